"""A running line plays what is there now, and goes on playing what it knows when that cannot be read."""

import logging
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import pytest

from service.speech import recordings as module
from service.speech.archive import JOURNAL, MANIFEST, Archive
from service.speech.recordings import Recordings
from tests.postgresql import free_port
from tests.speech.cdn import Files, listening
from tests.speech.kept import built, content, keep, unexpected

PATIENCE = 20  # seconds; only a test that fails waits for so long


@pytest.fixture(autouse=True)
def _watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look each time, and not every two seconds."""
    monkeypatch.setattr(module, "LOOK", 1e-9)


def found(recordings: Recordings, *numbers: int) -> list[bool]:
    """Whether each of these can be heard."""
    return [recordings.find("es", "embedded", f"Número {number}", slow=False) is not None for number in numbers]


def test_a_recording_is_found_by_what_is_said_in_it(tmp_path: Path) -> None:
    archive = built(tmp_path, 1, 2)
    recordings = Recordings(tmp_path)
    recordings.refresh()
    first, second = archive.made.values()
    assert recordings.find("es", "embedded", "Número 1", slow=False) == first.file
    assert recordings.said_in(second.file) == second
    assert recordings.content(first.file) == content(1)
    assert recordings.joined((first.file, second.file)) == archive.joined[f"{first.file}+{second.file}"]


@pytest.mark.parametrize(
    ("language", "speaker", "said", "slow"),
    [
        ("fr", "embedded", "Número 1", False),
        ("es", "gtts", "Número 1", False),
        ("es", "embedded", "Número 1.", False),
        ("es", "embedded", "Número 1", True),
    ],
)
def test_nothing_else_is_played_for_it(tmp_path: Path, language: str, speaker: str, said: str, slow: bool) -> None:
    built(tmp_path, 1)
    recordings = Recordings(tmp_path)
    recordings.refresh()
    assert recordings.find(language, speaker, said, slow=slow) is None


def test_names_of_nothing_lead_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    archive = built(tmp_path / "audio", 1, 2)
    recordings = Recordings(tmp_path / "audio")
    recordings.refresh()
    first, second = (made.file for made in archive.made.values())
    (tmp_path / first).write_bytes(content(1))  # outside
    (tmp_path / "audio" / "0123456789abcdef.wav").mkdir()
    for name in (
        "0123456789abcdef.wav",
        "123456789abcdef0.wav",
        f"../{first}",
        MANIFEST,
        "",
        ".",
        f"{first}\n",
        first.upper(),
    ):
        assert recordings.content(name) is None
        assert recordings.said_in(name) is None
    assert caplog.records == [], "nothing was read that is none of ours"
    assert recordings.joined((second, first)) is None
    assert recordings.joined((first,)) is None


def test_a_file_that_was_altered_is_not_played(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (made,) = built(tmp_path, 1).made.values()
    (tmp_path / made.file).write_bytes(content(7))
    recordings = Recordings(tmp_path)
    recordings.refresh()
    assert recordings.content(made.file) is None
    assert [(record.levelno, record.message) for record in caplog.records] == [
        (logging.ERROR, f"{made.file} was altered and is not played: build the recordings again")
    ]


def test_a_line_without_recordings_plays_none(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path / "nothing")
    recordings.refresh()
    assert found(recordings, 1) == [False]


def test_a_build_that_goes_on_is_noticed(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    recordings.refresh()
    generations = [recordings.generation]
    archive = Archive(tmp_path)
    with archive.open(unexpected):
        keep(archive, 1)
        recordings.refresh()
        assert found(recordings, 1, 2) == [True, False]
        generations.append(recordings.generation)
        keep(archive, 2)
    recordings.refresh()
    assert found(recordings, 1, 2) == [True, True]
    generations.append(recordings.generation)
    recordings.refresh()
    assert generations == [recordings.generation - 2, recordings.generation - 1, recordings.generation]


def test_between_two_looks_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK", 1000.0)
    recordings = Recordings(tmp_path)
    recordings.refresh()
    built(tmp_path, 1)
    recordings.refresh()
    assert found(recordings, 1) == [False]
    recordings.reload()
    assert found(recordings, 1) == [True]


@pytest.mark.parametrize("name", [MANIFEST, JOURNAL])
def test_what_cannot_be_read_leaves_what_was_known(tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str) -> None:
    archive = built(tmp_path, 1)
    recordings = Recordings(tmp_path)
    recordings.refresh()
    before = recordings.generation
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).mkdir()
    recordings.refresh()
    recordings.refresh()
    assert (found(recordings, 1), recordings.generation) == ([True], before)
    assert [(record.levelno, record.message) for record in caplog.records] == [
        (logging.ERROR, f"the recordings are left as they were: {tmp_path / name} cannot be read: Is a directory")
    ]
    (tmp_path / name).rmdir()
    archive.write()
    recordings.refresh()
    assert recordings.generation == before + 1


def test_a_line_without_a_manifest_plays_what_is_served_elsewhere(
    tmp_path: Path, serving: Callable[[Path], str], caplog: pytest.LogCaptureFixture
) -> None:
    archive = built(tmp_path / "cdn", 1, 2)
    recordings = Recordings(tmp_path / "nothing", serving(tmp_path / "cdn"))
    recordings.refresh()
    first, second = archive.made.values()
    assert (found(recordings, 1, 2), recordings.generation) == ([True, True], 1)
    assert recordings.said_in(first.file) == first
    assert recordings.joined((first.file, second.file))
    assert recordings.content(first.file) is None, "its file is not here"
    recordings.refresh()
    assert recordings.generation == 1, "it is not asked for each time"
    assert caplog.records == []


def test_a_new_manifest_elsewhere_is_found_and_no_caller_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answering = [], threading.Event()
    answering.set()

    class Slow(Files):
        def do_GET(self) -> None:
            asked.append(self.path)
            answering.wait(PATIENCE)
            super().do_GET()

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    built(tmp_path, 1)
    with listening(partial(Slow, directory=str(tmp_path))) as address:
        recordings = Recordings(tmp_path / "nothing", address)
        recordings.refresh()
        built(tmp_path, 2)
        answering.clear()
        recordings.refresh()
        assert len(asked) == 1, "it is not time yet"
        monkeypatch.setattr(module, "LOOK_ELSEWHERE", 0.0)
        recordings.refresh()
        assert (found(recordings, 1, 2), recordings.generation) == ([True, False], 1)
        answering.set()
        until = monotonic() + PATIENCE
        while recordings.generation == 1 and monotonic() < until:
            sleep(0.01)
    assert (found(recordings, 1, 2), recordings.generation) == ([True, True], 2)
    assert asked == [f"/{MANIFEST}"] * 2


def test_a_folder_with_a_manifest_goes_before_what_is_elsewhere(tmp_path: Path, serving: Callable[[Path], str]) -> None:
    built(tmp_path / "cdn", 1)
    recordings = Recordings(tmp_path / "here", serving(tmp_path / "cdn"))
    built(tmp_path / "here", 2)
    recordings.refresh()
    assert found(recordings, 1, 2) == [False, True]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "404 Client Error"),
        ("{", "is damaged"),
        ("<html>Welcome</html>", "is damaged"),
        ('{"format": 7}', "is of format 7"),
        ('{"joined": {"a": "../../etc/passwd"}}', "which is no recording"),
    ],
)
def test_a_manifest_elsewhere_that_is_none_is_told_and_nothing_is_played(
    tmp_path: Path, serving: Callable[[Path], str], caplog: pytest.LogCaptureFixture, text: str | None, why: str
) -> None:
    if text is not None:
        (tmp_path / MANIFEST).write_text(text)
    address = serving(tmp_path)
    recordings = Recordings(tmp_path / "nothing", address)
    recordings.refresh()
    assert (found(recordings, 1), recordings.generation) == ([False], 0)
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.message.startswith("no recordings are played: ")
    assert f"{address}/{MANIFEST}" in record.message
    assert why in record.message


def test_a_server_that_is_not_there_is_told_and_nothing_is_played(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recordings = Recordings(tmp_path, f"http://127.0.0.1:{free_port()}")
    recordings.refresh()
    assert (found(recordings, 1), recordings.generation) == ([False], 0)
    assert [record.message.partition(":")[0] for record in caplog.records] == ["no recordings are played"]
