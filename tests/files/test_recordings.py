"""recordings.toml: what people have read aloud."""

from service.files.problems import Problem
from service.files.recordings import PersonsRecording, read_recordings
from tests.files.conftest import Desk

TOML = "locales/xx/recordings/recordings.toml"


def found(desk: Desk) -> tuple[tuple[PersonsRecording, ...], list[str]]:
    problems: list[Problem] = []
    return read_recordings(desk.root, "xx", problems), [str(problem) for problem in problems]


def test_a_language_nobody_has_read_has_none(desk: Desk) -> None:
    assert found(desk) == ((), [])


def test_a_recording_is_known_by_its_id_with_what_was_read(desk: Desk) -> None:
    desk.write(
        TOML,
        '["alarm.1@911"]\nfile = "a.wav"\nread = "0123456789ab"\nslow = "s.m4a"\nreader = "Amina"\non = 2026-11-21\n',
    )
    desk.write("locales/xx/recordings/a.wav", "")
    desk.write("locales/xx/recordings/s.m4a", "")
    desk.write("locales/xx/recordings/README.md", "who read this")
    folder = desk.root / "locales/xx/recordings"
    one = PersonsRecording("alarm.1@911", "0123456789ab", folder / "a.wav", folder / "s.m4a", TOML, 1)
    assert found(desk) == ((one,), [])


def test_what_is_not_recorded_yet_is_told_and_costs_nothing_else(desk: Desk) -> None:
    desk.write(
        TOML, '[a]\nfile = "a.wav"\nread = "0123456789ab"\nslow = "s.wav"\n[b]\nfile = "b.wav"\nread = "0123456789ab"\n'
    )
    desk.write("locales/xx/recordings/a.wav", "")
    recordings, told = found(desk)
    assert [(one.id, one.slow) for one in recordings] == [("a", None)]
    assert told == [
        f"{TOML}:4: warning: s.wav is not there: nobody has recorded it yet",
        f"{TOML}:6: warning: b.wav is not there: nobody has recorded it yet",
    ]


def test_a_file_that_belongs_to_nothing_is_told(desk: Desk) -> None:
    desk.write(TOML, "")
    desk.write("locales/xx/recordings/old.wav", "")
    assert found(desk)[1] == [f"{TOML}: warning: old.wav belongs to no recording of this file"]


def test_faults_are_told_with_their_lines(desk: Desk) -> None:
    desk.write(TOML, '[a]\nfile = "../../../etc/passwd"\nread = "0123456789ab"\n[b]\nfile = "b.wav"\nread = "now"\n')
    recordings, told = found(desk)
    assert recordings == ()
    assert told == [
        f"{TOML}:2: file must be a file beside recordings.toml, as alarm.m4a",
        f"{TOML}:6: read must be 12 hex digits: `oms-line speech record-list` tells them",
    ]
