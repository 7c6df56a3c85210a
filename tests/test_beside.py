"""While somebody develops or translates, recordings are made beside the line, and what they changed comes first."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from service.cli import beside, main, serving
from service.cli.beside import Beside, Build, recording
from service.house import House, open_house
from service.settings import Settings
from service.speech.archive import Archive
from tests.conftest import Clock, settings
from tests.files.conftest import Desk, desk

__all__ = ["desk"]  # a fixture

PATIENCE = 20.0  # seconds, for a machine that is busy with other tests
# Stands in for the interpreter: notes what it was started for, and is at work until it is ended or let go.
PROGRAM = """#!/bin/sh
printf '%s|%s\\n' "$SPEECH" "$*" >> started
{first}
while [ ! -e done ]; do sleep 0.02; done
"""
ALL = "-m service speech build"


class Workplace:
    """A checkout in which something is built, by programs that only note what they were started for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.begun: list[Beside] = []
        self.change("locales/languages.toml", "")

    def change(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text)

    @property
    def started(self) -> list[tuple[str, str]]:
        """For each build so far its speakers, and what it was asked for."""
        path = self.root / "started"
        lines = path.read_text().splitlines() if path.exists() else []
        return [(line.partition("|")[0], line.partition("|")[2]) for line in lines]

    def wait_for(self, many: int) -> list[tuple[str, str]]:
        wait_until(lambda: len(self.started) >= many)
        return self.started

    def begin(self, at_work: Beside) -> Beside:
        """Start it; it is stopped when the test has ended, however it ends."""
        self.begun.append(at_work)
        at_work.start()
        return at_work

    def finish(self) -> None:
        """Let builds end by themselves."""
        (self.root / "done").touch()

    def leave(self) -> None:
        """Whatever a test has left behind ends here, not in the next one."""
        self.finish()
        for at_work in self.begun:
            at_work.stop()


def wait_until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def installed(folder: Path, first: str = "") -> Path:
    program = folder / "python"
    program.write_text(PROGRAM.format(first=first))
    program.chmod(0o755)
    return program


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    monkeypatch.setattr(beside, "LOOK", 0.02)
    monkeypatch.setattr(beside.sys, "executable", str(installed(tmp_path)))
    monkeypatch.chdir(tmp_path)
    place = Workplace(tmp_path)
    yield place
    place.leave()


def test_first_those_speak_that_need_no_network_and_then_all(workplace: Workplace) -> None:
    workplace.finish()
    with recording(workplace.root, "embedded", "gtts,embedded"):
        started = workplace.wait_for(2)
        time.sleep(0.1)
    assert started == workplace.started == [("embedded", ALL), ("gtts,embedded", ALL)]


@pytest.mark.parametrize(
    ("offline", "speakers", "started", "remark"),
    [
        ("embedded", "embedded", ["embedded"], "the same once"),
        ("", "gtts", ["gtts"], "nobody speaks without a network"),
        ("", "", [], "nobody speaks at all"),
        ("embedded", "gtts,embedded", ["embedded", "gtts,embedded"], ""),
    ],
)
def test_builds_are_those_that_are_needed(
    workplace: Workplace, offline: str, speakers: str, started: list[str], remark: str
) -> None:
    assert [one.speakers for one in Beside(workplace.root, offline, speakers)._all()] == started, remark


def test_one_build_is_at_work_at_a_time(workplace: Workplace) -> None:
    with recording(workplace.root, "embedded", "gtts,embedded"):
        workplace.wait_for(1)
        time.sleep(0.1)
        assert len(workplace.started) == 1
        workplace.finish()
        workplace.wait_for(2)


def test_at_the_end_the_build_that_is_at_work_ends_too(workplace: Workplace) -> None:
    at_work = workplace.begin(Beside(workplace.root, "embedded", "gtts"))
    workplace.wait_for(1)
    at_work.stop()
    assert at_work._running is not None
    assert at_work._running.returncode == -15, "terminated, and waited for"
    assert workplace.started == [("embedded", ALL)], "and the next one is not begun"


def test_one_that_does_not_want_to_end_is_ended(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "SECONDS_TO_STOP", 0.1)
    installed(workplace.root, "trap '' TERM")
    at_work = workplace.begin(Beside(workplace.root, "embedded", ""))
    workplace.wait_for(1)
    time.sleep(0.1)  # for the program to close its ears
    at_work.stop()
    assert at_work._running is not None
    assert at_work._running.returncode == -9


def test_it_ends_at_once_where_nothing_is_at_work(workplace: Workplace) -> None:
    with recording(workplace.root, "", ""):
        pass
    assert workplace.started == []


def test_a_change_ends_the_build_that_is_at_work(workplace: Workplace) -> None:
    at_work = workplace.begin(Beside(workplace.root, "embedded", "gtts"))
    workplace.wait_for(1)
    wait_until(lambda: at_work._running)  # a program can have begun before its starter knows of it
    first = at_work._running
    workplace.change("locales/es/LC_MESSAGES/content.po", "new")
    assert workplace.wait_for(2)[1:] == [("embedded", f"{ALL} --language es")]
    assert first is not None
    assert first.returncode == -15
    workplace.finish()
    assert workplace.wait_for(4)[2:] == [("embedded", ALL), ("gtts", ALL)]


@pytest.mark.parametrize(
    ("names", "first", "remark"),
    [
        (["locales/es/LC_MESSAGES/content.po"], [f"{ALL} --language es"], "only what changed"),
        (
            ["locales/fr/lexicon.toml", "locales/es/reviews.csv"],
            [f"{ALL} --language es", f"{ALL} --language fr"],
            "each",
        ),
        (["content/alarm.toml"], [], "what concerns all languages is in the builds of all"),
        (["locales/languages.toml", "locales/es/lexicon.toml"], [], "and whatever else has changed"),
    ],
)
def test_what_changed_is_recorded_first(workplace: Workplace, names: list[str], first: list[str], remark: str) -> None:
    workplace.finish()
    at_work = Beside(workplace.root, "embedded", "gtts")
    for name in names:  # all before it looks for the first time
        workplace.change(name, f"{name} is another")
    workplace.begin(at_work)
    expected = [*(("embedded", asked) for asked in first), ("embedded", ALL), ("gtts", ALL)]
    assert workplace.wait_for(len(expected)) == expected, remark
    time.sleep(0.1)
    at_work.stop()
    assert workplace.started == expected, remark


def test_a_change_after_all_is_built_begins_anew(workplace: Workplace) -> None:
    workplace.finish()
    with recording(workplace.root, "embedded", "gtts"):
        workplace.wait_for(2)
        workplace.change("locales/es/LC_MESSAGES/content.po", "new")
        started = workplace.wait_for(5)
    assert started[2:] == [("embedded", f"{ALL} --language es"), ("embedded", ALL), ("gtts", ALL)]


def test_without_a_speaker_that_needs_no_network_a_change_is_left_to_the_builds_of_all(workplace: Workplace) -> None:
    workplace.finish()
    with recording(workplace.root, "", "gtts"):
        workplace.wait_for(1)
        workplace.change("locales/es/LC_MESSAGES/content.po", "new")
        started = workplace.wait_for(2)
    assert started[1:] == [("gtts", ALL)]


def test_what_concerns_no_recording_changes_nothing(workplace: Workplace) -> None:
    with recording(workplace.root, "embedded", ""):
        workplace.wait_for(1)
        workplace.change("README.md", "new")
        workplace.change("locales/es/recordings/alarm.wav", "new")
        time.sleep(0.1)
    assert len(workplace.started) == 1


def test_the_words_of_a_build_are_those_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[list[str], str]] = []

    def noted(command: list[str], env: dict[str, str]) -> None:
        seen.append((command, env["SPEECH"]))
        assert env["PATH"] == os.environ["PATH"], "all else is as it is here"

    monkeypatch.setattr(beside, "subprocess", SimpleNamespace(Popen=noted))
    Build("embedded").started()
    Build("gtts", "es").started()
    start = [sys.executable, "-m", "service"]
    assert seen == [
        ([*start, "speech", "build"], "embedded"),
        ([*start, "speech", "build", "--language", "es"], "gtts"),
    ]
    for command, _ in seen:  # what is no option of it would be told before its help
        assert CliRunner().invoke(main, [*command[3:], "--help"]).exit_code == 0


# ---- at the start --------------------------------------------------------------------------------


@pytest.fixture
def house(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> House:
    """English and another language, each with a voice of the embedded speaker and of the online one."""
    phones = "".join(
        f'\n[languages.{tag}.phone]\nvoice = "Polly.Joanna"\nsay = "en-US"\ngather = "en-US"\n'
        'speakers = { embedded = "gmw/en-US", gtts = "en/com" }\n'
        for tag in ("en", "xx")
    )
    desk.languages("xx", more=phones)
    desk.translate("xx", prefix="xx ")
    monkeypatch.setattr(serving.base, "ROOT", desk.root)
    return open_house(given(), desk.root, Clock(), words=False)


def given(**changes: object) -> Settings:
    return settings(**{"production": False, "audio_folder": Path("speech"), "speech": ("gtts", "embedded"), **changes})


def made(root: Path) -> list[tuple[str, str, bool]]:
    archive = Archive(root / "speech")
    archive.read()
    return [(one.language, one.speaker, one.slow) for one in archive.made.values()]


def test_the_first_words_of_a_call_are_made_by_those_who_need_no_network(house: House, desk: Desk) -> None:
    assert serving.first_words(given(), house) == ("embedded",)
    kinds = {*made(desk.root)}
    # All languages are offered at the beginning of a call, each in its own words.
    assert kinds == {("en", "embedded", False), ("xx", "embedded", False)}
    english = sum(language == "en" for language, _, _ in made(desk.root))
    assert english > len(made(desk.root)) - english > 0, "of the others only what is said at the doorstep"


def test_where_nobody_speaks_without_a_network_nothing_is_made_before_the_start(house: House, desk: Desk) -> None:
    only = given(speech=("gtts",))
    online = open_house(only, desk.root, Clock(), words=False)
    assert serving.first_words(only, online) == ()
    assert made(desk.root) == []
    said = given(speech=("say",))
    assert serving.first_words(said, open_house(said, desk.root, Clock(), words=False)) == ()


def test_a_folder_in_which_nothing_can_be_written_is_told_and_the_line_starts(
    house: House, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.write("speech", "in the way")
    assert serving.first_words(given(), house) == ()
    assert capsys.readouterr().err.startswith("No recordings: ")


def test_in_production_nothing_is_made_here(house: House, desk: Desk, workplace: Workplace) -> None:
    with serving.building(given(production=True), house):
        time.sleep(0.1)
    assert workplace.started == []
    assert not (desk.root / "speech").exists()


def test_in_development_the_rest_is_made_beside_the_line(
    house: House, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Path, str, str]] = []

    @contextmanager
    def noted(root: Path, offline: str, speakers: str) -> Iterator[None]:
        seen.append((root, offline, speakers))
        assert made(root), "the first words are there before"
        yield

    monkeypatch.setattr(serving, "recording", noted)
    with serving.building(given(), house):
        assert seen == [(desk.root, "embedded", "gtts,embedded")]
