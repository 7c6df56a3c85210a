"""`oms-line speech`: each of its words, as an operator types it, with the real embedded voice."""

import json
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from time import sleep
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

import service.cli.beside
import service.cli.progress
import service.cli.serving
from service.cli import main
from service.cli.phones import words_of
from service.cli.progress import shown
from service.house import ROOT
from service.speech.archive import Archive
from tests.conftest import ACCOUNT, PUBLIC_URL

NO_NETWORK = "http://127.0.0.1:9"  # nobody listens there: what an online speaker meets without a network


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what people edit, with English in few words: one region, one topic's worth of recordings."""
    root = tmp_path / "copy"
    for folder in ("content", "locales"):
        shutil.copytree(ROOT / folder, root / folder)
    emergency = (root / "content/emergency.toml").read_text("utf-8")
    kept = [table for table in emergency.split("\n\n") if table.startswith(("[US]", "[GB]"))]
    (root / "content/emergency.toml").write_text("\n\n".join(kept), "utf-8")
    for topic in (root / "content/topics").glob("*.toml"):  # two passages of each topic are as good as all
        head, *passages = topic.read_text("utf-8").split("[[passages]]")
        kept = [p for p in passages if "regions" not in p][: 5 if topic.stem == "about" else 2]
        topic.write_text("[[passages]]".join([head, *kept]), "utf-8")
    monkeypatch.setattr("service.cli.base.ROOT", root)
    return root


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "ENVIRONMENT": "development", "PUBLIC_URL": PUBLIC_URL, "TWILIO_ACCOUNT_SID": ACCOUNT.sid,
        "TWILIO_AUTH_TOKEN": ACCOUNT.auth_token, "SECRET_KEY": "a secret of the tests", "LANGUAGES": "en",
        "SPEECH": "embedded", "AUDIO_FOLDER": str(tmp_path / "speech"), "HTTPS_PROXY": NO_NETWORK,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    for name in ("https_proxy", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


def run(*words: str) -> Result:
    return CliRunner(mix_stderr=False).invoke(main, ["speech", *words])


def told(*words: str, code: int = 0) -> str:
    answer = run(*words)
    assert answer.exit_code == code, answer.stdout + answer.stderr
    return answer.stdout + answer.stderr


def archive(tmp_path: Path) -> Archive:
    found = Archive(tmp_path / "speech")
    found.read()
    return found


def test_everything_is_built_checked_altered_mended_taken_elsewhere_and_pruned(root: Path, tmp_path: Path) -> None:
    assert "recordings are missing" in told("build", "--check", code=1)
    built = told("build", "--speed", "normal", "--jobs", "2")
    assert " 0 unchanged, 0 refused" in built
    assert "All recordings are there." in told("build", "--check", "--speed", "normal")
    assert built.startswith(f"{len(archive(tmp_path).made)} made")
    again = told("build", "--speed", "normal")
    assert again.startswith("0 made")
    assert " 0 joined" in again

    one = next(iter(archive(tmp_path).made.values()))
    file = tmp_path / "speech" / one.file
    file.write_bytes(file.read_bytes()[::-1])
    assert one.file in told("build", "--check", "--speed", "normal", code=1)
    assert "altered" in told("status", code=1)
    assert told("build", "--speed", "normal").startswith("1 made")
    assert "embedded" in told("status")

    there = tmp_path / "elsewhere"
    assert f"{len(list((tmp_path / 'speech').glob('*.[wm][ap][v3]')))} files are new" in told("export", str(there))
    assert "0 files are new" in told("export", str(there))
    store = tmp_path / "store"
    store.mkdir()
    assert "files are new" in told("sync", store.as_uri())
    shutil.rmtree(tmp_path / "speech")
    assert "files came from" in told("sync", "--get", store.as_uri())
    assert told("build", "--speed", "normal").startswith("0 made")

    topic = root / "content/topics/about.toml"
    topic.write_text(topic.read_text().replace("You cannot catch it.", "Nobody can catch it."))
    changed = told("build", "--speed", "normal")
    assert changed.startswith("1 made")
    assert " 1 joined" in changed
    assert "2 files removed." in told("prune")


def test_without_a_network_the_online_speaker_is_given_up_and_the_embedded_one_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.setenv("SPEECH", "gtts,embedded")
    built = told("build", "--speed", "normal")
    assert "gtts was not asked any more: cannot be reached." in built
    assert {made.speaker for made in archive(tmp_path).made.values()} == {"embedded"}
    assert "recordings are missing" in told("build", "--check", "--speed", "normal", code=1), "gtts is the one wanted"


def test_a_reader_is_given_a_script_that_is_also_the_manifest(root: Path) -> None:
    script = told("record-list", "--language", "en")
    assert script.index("Hang up and call 911 now.") < script.index("This is the OMS information line.")
    folder = root / "locales/en/recordings"
    folder.mkdir()
    (folder / "recordings.toml").write_text(script)
    listed = told("build")
    assert "alarm.1@911.wav is not there: nobody has recorded it yet" in listed
    (folder / "alarm.1@911.wav").write_text("no sound")
    assert "en alarm.1@911: person: alarm.1@911.wav is no sound that can be read" in told("build")
    assert "en: alarm.1@911 was refused by person" in told("status")
    topic = root / "content/alarm.toml"
    topic.write_text(topic.read_text().replace("Hang up and call", "Hang up now and call"))
    assert "READ IT AGAIN" in told("record-list", "--language", "en", "--all")
    (folder / "recordings.toml").write_text(script.replace('["alarm.1@911"]', '["gone/away"]'))
    assert "gone/away is no message any more" in told("build")


def test_a_language_that_is_not_offered_is_an_error_that_names_those_that_are(root: Path) -> None:
    assert "so: not offered; offered are en" in told("record-list", "--language", "so", code=1)
    assert "so: not offered" in told("build", "--language", "so", code=1)


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("AUDIO_FOLDER", str(tmp_path / "file" / "speech"))
    message = told("build", code=1)
    assert "cannot be written" in message
    assert "Traceback" not in message


def test_a_speaker_that_is_not_installed_is_named_and_others_speak(root: Path, tmp_path: Path) -> None:
    """In a process of its own, in which the package cannot be found."""
    blocked = (
        "import sys, importlib.metadata as m; real = m.version\n"
        "def version(name):\n"
        "    if name == 'espeakng-loader': raise m.PackageNotFoundError(name)\n"
        "    return real(name)\n"
        "m.version = version\n"
        "from service.cli import main; main(['speech', 'build'])"
    )
    done = subprocess.run([sys.executable, "-c", blocked], cwd=ROOT, capture_output=True, text=True, check=True)
    state = blocked.replace("'build'", "'status'")
    shown = subprocess.run([sys.executable, "-c", state], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "embedded cannot speak here: espeakng-loader is not installed" in shown
    assert "embedded cannot speak here: espeakng-loader is not installed: pip install espeakng-loader" in done.stdout
    assert done.stdout.startswith("0 made")


def test_an_unknown_speaker_is_no_start_and_the_known_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECH", "gtts,shouting")
    assert "shouting is no speaker that is installed; installed are embedded, gtts, say" in told("status", code=1)


def test_a_recording_in_the_terminal_is_shown_as_its_words(root: Path, tmp_path: Path) -> None:
    told("build")
    for slow, shown_as in ((False, "Goodbye."), (True, "(slowly) Goodbye.")):
        made = next(m for m in archive(tmp_path).made.values() if (m.said, m.slow) == ("Goodbye.", slow))
        assert words_of(f"{PUBLIC_URL}/audio/{made.file}") == shown_as
    assert words_of("https://elsewhere.example/x.wav") == "(a recording: https://elsewhere.example/x.wav)"


# ---- what is shown meanwhile ---------------------------------------------------------------------


def test_in_a_log_progress_is_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.cli.progress, "EVERY", 0.0)
    with shown("Recordings") as progress:
        progress.waiting()
        progress.begin(2)
        progress.step()
        monkeypatch.setattr(service.cli.progress, "EVERY", 100.0)
        progress.step()
    assert capsys.readouterr().err.splitlines() == [
        "Recordings: another build is at work; waiting for it.",
        "Recordings: 1 of 2, about 0 s left",
    ]


def test_in_a_terminal_progress_is_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(force_terminal=True, width=100, file=(file := StringIO()))
    monkeypatch.setattr(service.cli.progress, "Console", lambda **_: console)
    with shown("Recordings") as progress:
        progress.begin(1)
        progress.waiting()
        progress.begin(1)
        progress.step()
    assert "another build is at work" in file.getvalue()
    assert "1/2" in file.getvalue()


# ---- the first start -----------------------------------------------------------------------------


def test_the_first_words_are_there_before_the_line_is_ready_and_no_network_is_asked(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEECH", "gtts,embedded")
    seen: list[int] = []

    class Served:
        def __init__(self, *_: object, **__: object) -> None:
            seen.append(len(archive(tmp_path).made))

        def serve(self) -> None:
            while not started:
                sleep(0.01)

    started: list[tuple[str, ...]] = []

    class Beside:
        def __init__(self, words: list[str], env: dict[str, str]) -> None:
            started.append((env["SPEECH"], *words))

        def poll(self) -> None:
            return

        def terminate(self) -> None:
            started.append(("terminated",))

        def wait(self, seconds: float) -> None:
            return

    monkeypatch.setattr(service.cli.serving, "Granian", Served)
    monkeypatch.setattr(service.cli.beside, "LOOK", 0.0)
    monkeypatch.setattr(service.cli.beside, "subprocess", SimpleNamespace(Popen=Beside))
    answer = CliRunner(mix_stderr=False).invoke(main, ["serve"])
    assert answer.exit_code == 0, answer.stderr
    assert seen[0] > 50
    assert started == [("embedded", sys.executable, "-m", "service", "speech", "build"), ("terminated",)]
    assert "Ready at" in answer.stderr
    monkeypatch.setenv("AUDIO_FOLDER", str(ROOT / "Makefile"))
    answer = CliRunner(mix_stderr=False).invoke(main, ["serve"])
    assert "No recordings: " in answer.stderr
    assert answer.exit_code == 0, "Twilio's voice speaks all the same"


def test_a_damaged_manifest_is_told_and_leaves_what_there_is(root: Path, tmp_path: Path) -> None:
    (tmp_path / "speech").mkdir()
    (tmp_path / "speech/manifest.json").write_text('{"format": 1, "recordings": [{]}')
    assert "manifest.json is damaged" in told("build", code=1)
    (tmp_path / "speech/manifest.json").write_text(json.dumps({"format": 9}))
    assert "is of format 9, not 1" in told("status", code=1)
