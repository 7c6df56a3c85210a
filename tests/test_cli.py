"""The command of operators and translators: each of its words, as somebody types it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import service.cli.base
import service.cli.phones
from service.cli import main
from service.cli.base import report
from service.files.problems import Problem
from service.house import ROOT
from service.settings import Settings
from service.simulator.exchange import InProcess, OverHttp
from service.simulator.transcript import read
from tests.conftest import ACCOUNT, PUBLIC_URL

COMMANDS = (
    "serve", "chat", "call", "check", "catalog", "catalog extract", "catalog update", "catalog check",
    "speech", "speech status", "speech build", "speech prune", "speech export", "speech sync", "speech record-list",
    "language", "language new", "language report", "language review",
)  # fmt: skip


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """All settings from the environment, and a store in a folder of its own: nothing is written into the checkout."""
    for name, value in {
        "ENVIRONMENT": "development", "PUBLIC_URL": PUBLIC_URL, "TWILIO_ACCOUNT_SID": ACCOUNT.sid,
        "TWILIO_AUTH_TOKEN": ACCOUNT.auth_token, "SECRET_KEY": "a secret of the tests", "LANGUAGES": "en,es",
        "DATABASE_URL": f"sqlite:///{tmp_path}/memory.sqlite3", "PORT": "8123", "WEB_CONCURRENCY": "2",
        "SPEECH": "say", "AUDIO_FOLDER": str(tmp_path / "speech"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)


@pytest.fixture
def copy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A copy of what people edit, in place of the real one."""
    root = tmp_path / "copy"
    for folder in ("content", "locales"):
        shutil.copytree(ROOT / folder, root / folder)
    monkeypatch.setattr("service.cli.base.ROOT", root)
    return root


def run(*words: str, typed: str = "") -> Result:
    return CliRunner(mix_stderr=False).invoke(main, words, input=typed)


def words_below(group: click.Group, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        yield f"{before}{name}"
        if isinstance(command, click.Group):
            yield from words_below(command, f"{before}{name} ")


def test_these_are_the_commands() -> None:
    assert set(words_below(main)) == set(COMMANDS)


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_each_command_tells_what_it_is_for(command: str, option: str) -> None:
    answer = run(*command.split(), option)
    assert answer.exit_code == 0
    assert answer.stdout.startswith("Usage: ")
    assert len(answer.stdout.splitlines()) > 3


def test_the_version_is_told() -> None:
    answer = run("--version")
    assert answer.exit_code == 0
    assert any(letter.isdigit() for letter in answer.stdout)


# ---- the phones ----------------------------------------------------------------------------------


def test_a_conversation_by_text_can_be_typed_and_saved(tmp_path: Path) -> None:
    saved = tmp_path / "saved.txt"
    answer = run("chat", "--from", "+34612345678", "--save", str(saved), typed="menu\nnot breathing\n")
    assert answer.exit_code == 0, answer.stderr
    assert "> menu" in answer.stdout
    assert "112" in answer.stdout.partition("> not breathing")[2]
    script = read(saved)
    assert script.headers == {"from": "+34612345678", "channel": "sms"}
    assert [step.said for step in script.steps] == ["menu", "not breathing"]
    assert saved.read_text(encoding="utf-8").partition("\n> ")[2] in answer.stdout


def test_a_conversation_can_be_on_whatsapp(tmp_path: Path) -> None:
    saved = tmp_path / "saved.txt"
    answer = run("chat", "--whatsapp", "--save", str(saved), typed="HELP\n")
    assert "If someone is in danger, call 911 now." in answer.stdout
    assert read(saved).headers["channel"] == "whatsapp"
    assert "(no answer)" in run("chat", typed="HELP\n").stdout


def test_a_call_can_be_typed_and_saved(tmp_path: Path) -> None:
    saved = tmp_path / "saved.txt"
    answer = run("call", "--from", "anonymous", "--save", str(saved), typed="1\nsay not breathing\n...\nhang up\n")
    assert answer.exit_code == 0, answer.stderr
    assert "> (rings)" in answer.stdout
    assert "Hang up and call" in answer.stdout
    assert read(saved).headers == {"from": "anonymous", "channel": "phone"}


def test_a_phone_without_anything_typed_ends_at_once() -> None:
    assert run("chat").exit_code == 0
    assert "> (rings)" in run("call").stdout


def test_somebody_at_a_keyboard_is_asked_for_each_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Keyboard:
        typed = ["menu\n", ""]

        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return self.typed.pop(0)

    monkeypatch.setattr("service.cli.phones.sys.stdin", Keyboard())
    assert list(service.cli.phones.lines("A message: ")) == ["menu"]
    assert capsys.readouterr().err == "A message: " * 2


def test_a_phone_reaches_the_line_here_or_a_running_one() -> None:
    exchange, account, public_url = service.cli.phones.way_in("http://127.0.0.1:1/oms/")
    assert isinstance(exchange, OverHttp)
    assert (account, public_url) == (ACCOUNT, "http://127.0.0.1:1/oms")
    exchange, _, public_url = service.cli.phones.way_in(None)
    assert isinstance(exchange, InProcess)
    assert public_url == PUBLIC_URL


def test_a_phone_signs_with_the_shared_key_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_SHARED_KEY", "a shared key of the tests")
    assert "OMS information line." in run("chat", typed="menu\n").stdout


def test_a_line_that_is_not_running_is_told() -> None:
    answer = run("chat", "--url", "http://127.0.0.1:1", typed="menu\n")
    assert "nothing listens at" in answer.stdout


@pytest.mark.parametrize("command", ["serve", "chat", "call", "check"])
def test_settings_that_are_wrong_are_told_without_a_trace(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "none")
    monkeypatch.setenv("DRAFTS", "perhaps")
    answer = run(command)
    assert answer.exit_code == 1
    assert "PORT" in answer.stderr
    assert "DRAFTS" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_store_that_cannot_be_opened_leaves_the_phone_answering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://host/name")
    answer = run("chat", typed="menu\n")
    assert answer.exit_code == 0
    assert "OMS information line." in answer.stdout
    assert "Traceback" not in answer.stdout + answer.stderr


# ---- serve ---------------------------------------------------------------------------------------


class Served:
    """Stands in for the server, which test_serve.py starts for real."""

    started: list[dict[str, object]] = []

    def __init__(self, target: str, **options: object) -> None:
        self.options = {"target": target, **options}

    def serve(self) -> None:
        self.started.append(self.options)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    monkeypatch.setattr("service.cli.serving.Granian", Served)
    monkeypatch.setattr(Served, "started", [])
    return Served.started


def test_the_server_listens_where_it_is_told(started: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch) -> None:
    answer = run("serve")
    assert answer.exit_code == 0, answer.stderr
    assert "The line speaks en, es." in answer.stderr
    assert "oms-line chat" in answer.stderr
    monkeypatch.setenv("PORT", "8123")  # so that it is put back
    run("serve", "--host", "0.0.0.0", "--port", "9000")
    assert [(one["address"], one["port"], one["workers"]) for one in started] == [
        ("127.0.0.1", 8123, 2),
        ("0.0.0.0", 9000, 2),
    ]
    assert started[0]["target"] == "service.app:wsgi"


def test_in_production_no_development_phone_is_named(
    started: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    assert "oms-line chat" not in run("serve").stderr
    assert len(started) == 1


def test_the_server_does_not_start_without_content(
    started: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGES", "xx")
    answer = run("serve")
    assert answer.exit_code == 1
    assert "LANGUAGES" in answer.stderr
    assert started == []


def test_secrets_of_development_are_looked_for_in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def made(settings: Settings, folder: Path) -> Settings:
        asked.append(folder)
        return settings

    monkeypatch.setattr("service.cli.base.with_development_secrets", made)
    service.cli.base.our_settings()
    assert asked == [ROOT / "var"]


# ---- content and catalogs ------------------------------------------------------------------------


def test_faults_make_a_check_fail_and_warnings_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    warning = Problem("locales/es/x.po", 3, "is rather long", warning=True)
    fault = Problem("content/x.toml", 0, "is empty")
    report([])
    report([warning])
    with pytest.raises(click.ClickException, match="1 to mend"):
        report([warning, fault])
    said = capsys.readouterr().out
    assert "All is well; 0 warnings." in said
    assert "locales/es/x.po:3: warning: is rather long" in said
    assert "content/x.toml: is empty" in said


@pytest.mark.parametrize("words", [("check",), ("catalog", "check"), ("catalog", "check", "es")])
def test_a_check_ends_with_how_much_is_to_mend(words: tuple[str, ...], copy: Path) -> None:
    answer = run(*words)
    assert answer.exit_code in {0, 1}
    assert "All is well" in answer.stdout or "to mend." in answer.stderr
    assert not isinstance(answer.exception, LookupError | TypeError | ValueError)


def test_templates_are_written_once_and_then_left_alone(copy: Path) -> None:
    run("catalog", "extract")
    before = {file.name: file.read_bytes() for file in (copy / "locales").glob("*.pot")}
    assert len(before) == 3
    answer = run("catalog", "extract")
    assert answer.stdout == "0 of 3 templates changed.\n"
    assert {file.name: file.read_bytes() for file in (copy / "locales").glob("*.pot")} == before
    (copy / "locales" / "words.pot").unlink()
    assert run("catalog", "extract").stdout == "1 of 3 templates changed.\n"


def test_catalogs_are_brought_up_to_the_english_and_then_left_alone(copy: Path) -> None:
    first = run("catalog", "update")
    assert first.exit_code == 0, first.stderr
    again = run("catalog", "update")
    assert again.stdout
    assert all(line.endswith(": 0 of 3 catalogs changed.") for line in again.stdout.splitlines())
    assert run("catalog", "update", "es").stdout == "es: 0 of 3 catalogs changed.\n"


@pytest.mark.parametrize("language", ["en", "xx"])
def test_only_languages_to_translate_into_have_catalogs(copy: Path, language: str) -> None:
    answer = run("catalog", "update", language)
    assert answer.exit_code == 1
    assert f"{language} is no language of locales/languages.toml" in answer.stderr


@pytest.mark.parametrize("words", [("check",), ("catalog", "extract"), ("catalog", "update"), ("catalog", "check")])
def test_english_that_cannot_be_read_is_told_with_its_file(copy: Path, words: tuple[str, ...]) -> None:
    (copy / "content" / "alarm.toml").write_text("text = ", encoding="utf-8")
    answer = run(*words)
    assert answer.exit_code == 1
    assert "content/alarm.toml" in answer.stderr + answer.stdout
    assert isinstance(answer.exception, SystemExit)


def test_a_language_can_be_seen_before_it_is_complete() -> None:
    answer = CliRunner().invoke(main, ["chat", "--preview", "sw", "--from", "+254712345678"], input="hapumui\n")
    assert "Piga simu kwa 999 sasa hivi." in answer.output


def test_a_preview_is_a_line_of_its_own() -> None:
    answer = run("call", "--preview", "sw", "--url", "http://127.0.0.1:1")
    assert answer.exit_code == 1
    assert "leave out --url" in answer.stderr
