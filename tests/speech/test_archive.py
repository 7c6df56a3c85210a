"""What was made is never lost, and never taken for something else, whatever ends a build."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from service.speech.archive import (
    JOURNAL,
    MANIFEST,
    REFUSED,
    Archive,
    ArchiveError,
    Made,
    Manifest,
    Refusal,
    file_name,
    read_manifest,
    replace,
)
from tests.speech.kept import built, content, keep, unexpected

PATIENCE = 60  # seconds; only a test that fails waits for so long
STARTING = """
import os, resource, signal, sys
from pathlib import Path
from service.speech.archive import *
from tests.speech.kept import content, keep, unexpected
folder = Path(sys.argv[1])
archive = Archive(folder)
"""


def started(program: str, folder: Path) -> "subprocess.Popen[str]":
    """Another process, with an archive of its own of the same folder."""
    return subprocess.Popen(
        [sys.executable, "-c", STARTING + program, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def said(program: str, folder: Path) -> list[str]:
    """What another process says before it ends well."""
    with started(program, folder) as process:
        out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    return out.splitlines()


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".*.new")]


def test_what_a_build_made_is_there_for_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "audio"
    before = built(folder, 1, 2)
    after = Archive(folder)
    after.read()
    assert (after.made, after.joined) == (before.made, before.joined)
    assert [made.said for made in after.made.values()] == ["Número 1", "Número 2"]
    assert len(after.joined) == 1
    assert len(after.files()) == 3
    assert not (folder / JOURNAL).exists()
    assert after.altered() == ()


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "nothing")
    archive.read()
    assert (archive.made, archive.joined, archive.refusals(), archive.manifest()) == ({}, {}, (), Manifest())


def test_the_manifest_is_sorted_and_a_file_that_the_web_server_can_read(tmp_path: Path) -> None:
    built(tmp_path / "a", 1, 2, 3)
    built(tmp_path / "b", 3)
    archive = Archive(tmp_path / "b")
    with archive.open(unexpected):
        for number in (2, 1):
            keep(archive, number)
    texts = [json.loads((tmp_path / name / MANIFEST).read_text()) for name in "ab"]
    assert texts[0]["recordings"] == texts[1]["recordings"]
    for path in (tmp_path / "a").glob("[!.]*"):
        assert path.stat().st_mode & 0o777 == 0o644


def test_a_process_that_is_killed_leaves_only_whole_files(tmp_path: Path) -> None:
    program = """
with archive.open(unexpected):
    for number in range(len(archive.made), 10**6):
        keep(archive, number, size=300_000)
        print(number, flush=True)
"""
    for last in (3, 20):  # the second goes on where the first was killed
        with started(program, tmp_path) as process:
            assert process.stdout
            while (number := int(process.stdout.readline())) < last:
                continue
            process.send_signal(signal.SIGKILL)
            number = max([number, *map(int, process.communicate(timeout=PATIENCE)[0].split())])
        archive = Archive(tmp_path)
        archive.read()
        assert len(archive.made) > number, "what was told to be made is not there"
        assert archive.altered() == ()
        assert all(map(archive.intact, archive.files()))


def test_after_a_build_that_was_killed_the_next_takes_over_and_tidies_up(tmp_path: Path) -> None:
    program = """
import tempfile
with archive.open(unexpected):
    keep(archive, 1)
    left = tempfile.NamedTemporaryFile(dir=folder, prefix=".", suffix=".new", delete=False)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    with started(program, tmp_path) as process:
        process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGKILL
    assert (tmp_path / JOURNAL).exists()
    assert not (tmp_path / MANIFEST).exists()
    archive = Archive(tmp_path)
    with archive.open(unexpected):
        assert [made.said for made in archive.made.values()] == ["Número 1"]
    assert not (tmp_path / JOURNAL).exists()
    left = leftovers(tmp_path)
    assert len(left) == 1
    assert list(archive.remove((), ())) == left
    assert leftovers(tmp_path) == []
    assert len(archive.manifest().recordings) == 1


def test_an_error_in_a_build_loses_nothing_that_was_made(tmp_path: Path) -> None:
    archive = Archive(tmp_path)

    def build() -> None:
        with archive.open(unexpected):
            keep(archive, 1)
            raise KeyError

    with pytest.raises(KeyError):
        build()
    assert archive.manifest() == Manifest()
    with Archive(tmp_path).open(unexpected):
        pass
    assert [made.said for made in archive.manifest().recordings] == ["Número 1"]


@pytest.mark.parametrize("bytes_", [1, 10, 100, 150])
def test_a_torn_last_line_of_the_journal_costs_one_recording(tmp_path: Path, bytes_: int) -> None:
    archive = Archive(tmp_path)
    for number in (1, 2):
        keep(archive, number)
    journal = tmp_path / JOURNAL
    os.truncate(journal, journal.stat().st_size - bytes_)
    archive.read()
    assert [made.said for made in archive.made.values()] == ["Número 1"]
    keep(archive, 3)  # not behind the torn line, but below it
    archive.read()
    assert [made.said for made in archive.made.values()] == ["Número 1", "Número 3"]


def test_the_journal_is_newer_than_the_manifest(tmp_path: Path) -> None:
    archive = built(tmp_path, 1)
    (old,) = archive.made.values()
    name = archive.keep(content(9), "wav")
    new = Made(*old.place, key="0" * 32, file=name, size=2000, seconds=1)
    archive.add(new)
    archive.read()
    assert [*archive.made.values()] == [new]


def test_a_missing_or_shorter_file_is_made_again(tmp_path: Path) -> None:
    archive = built(tmp_path, 1, 2, 3)
    first, second, third = archive.made.values()
    (tmp_path / first.file).unlink()
    os.truncate(tmp_path / second.file, 100)
    (tmp_path / next(iter(archive.joined.values()))).unlink()
    archive.read()
    assert [*archive.made.values()] == [third]
    assert archive.joined == {}


def test_a_file_with_other_bytes_of_the_same_size_is_found_and_replaced(tmp_path: Path) -> None:
    archive = built(tmp_path, 1, 2)
    first, second = archive.made.values()
    (tmp_path / first.file).write_bytes(content(7))
    archive.read()
    assert archive.altered() == (first,)
    assert (archive.intact(first.file), archive.intact(second.file)) == (False, True)
    assert not archive.intact("0123456789abcdef.wav"), "there is none"
    assert archive.keep(content(1), "wav") == first.file
    assert archive.altered() == ()


@pytest.mark.parametrize(
    ("bytes_", "seconds", "kept"),
    [
        (content(7), 1, False),
        (content(1), 1, True),  # copied from elsewhere, and right
        (content(7), -1, True),  # not looked at again at each build: `altered` finds it
    ],
)
def test_a_build_forgets_a_file_that_was_altered_since_the_last(
    tmp_path: Path, bytes_: bytes, seconds: int, kept: bool
) -> None:
    archive = built(tmp_path, 1, 2)
    first, second = archive.made.values()
    (tmp_path / first.file).write_bytes(bytes_)
    at = (tmp_path / MANIFEST).stat().st_mtime_ns + seconds * 10**9
    os.utime(tmp_path / first.file, ns=(at, at))
    os.utime(tmp_path / second.file, ns=(at, at))
    with archive.open(unexpected):
        assert [*archive.made.values()] == ([first, second] if kept else [second])
    assert [*archive.manifest().recordings] == ([first, second] if kept else [second])


def test_what_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    archive = built(tmp_path, 1)
    (made,) = archive.made.values()
    before = (tmp_path / made.file).stat()
    assert archive.keep(content(1), "wav") == made.file
    assert (tmp_path / made.file).stat().st_ino == before.st_ino
    os.truncate(tmp_path / made.file, 5)
    assert archive.keep(content(1), "wav") == made.file
    assert archive.intact(made.file)


def test_files_of_somebody_else_are_left_alone(tmp_path: Path) -> None:
    archive = built(tmp_path, 1)
    for name in ("notes.txt", "song.wav", "0123456789ABCDEF.wav", "0123456789abcdef.ogg", ".hidden"):
        (tmp_path / name).write_text("mine")
    foreign = "0123456789abcdef.wav"  # named like ours, and not of our bytes
    (tmp_path / foreign).write_text("mine")
    (mine,) = archive.made.values()
    assert archive.files() == {mine.file, foreign}
    assert not archive.intact(foreign)
    assert archive.remove(archive.files() - {mine.file}, ()) == (foreign,)
    assert (tmp_path / "song.wav").read_text() == "mine"


def test_only_sound_of_online_speakers_that_is_still_wanted_is_kept(tmp_path: Path) -> None:
    archive = built(tmp_path, 1)
    for key in ("wanted", "unwanted"):
        replace(archive.master(key), b"sound")
    assert archive.remove((), {"wanted"}) == ("unwanted.flac",)
    assert (archive.master("wanted").exists(), archive.master("unwanted").exists()) == (True, False)


def test_what_is_gone_already_can_be_removed(tmp_path: Path) -> None:
    assert built(tmp_path, 1).remove(["0123456789abcdef.wav"], ()) == ("0123456789abcdef.wav",)


MADE = (
    '{"language": "es", "speaker": "x", "slow": false, "said": "a", "key": "k", "file": "%s", "size": 1, "seconds": 1}'
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is damaged"),
        ("{", "is damaged"),
        ("[]", "is damaged"),
        ('{"format": 1, "recordings": [{"language": "es"}]}', "is damaged"),
        ('{"format": "1"}', "is damaged"),
        ('{"format": 1, "joined": {"a": 1}}', "is damaged"),
        ('{"format": 2}', "is of format 2, not 1"),
        ('{"format": 1, "recordings": [%s]}' % (MADE % "../../etc/passwd"), r"names '\.\./\.\./etc/passwd'"),
        ('{"format": 1, "recordings": [%s]}' % (MADE % "/etc/passwd"), "names '/etc/passwd'"),
        ('{"format": 1, "recordings": [%s]}' % (MADE % "0123456789abcdef.exe"), r"names '0123456789abcdef\.exe'"),
        ('{"format": 1, "recordings": [%s]}' % (MADE % r"0123456789abcdef.wav\n"), r"which is no recording"),
        ('{"format": 1, "joined": {"a": "../../etc/passwd"}}', r"names '\.\./\.\./etc/passwd'"),
        ('{"format": 1, "joined": {"a": ""}}', "names ''"),
    ],
)
def test_a_manifest_that_is_none_is_refused_and_it_is_said_what_to_do(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / MANIFEST
    path.write_text(text)
    with pytest.raises(ArchiveError, match=why) as caught:
        Archive(tmp_path).read()
    assert str(caught.value).startswith(f"{path} ")
    assert str(caught.value).endswith("delete it, and build again")
    assert path.read_text() == text


def test_a_manifest_may_know_more_than_this_release() -> None:
    text = '{"format": 1, "recordings": [%s], "voice": "x"}' % (MADE % "0123456789abcdef.wav")
    assert read_manifest(text.encode(), "it").recordings[0].file == "0123456789abcdef.wav"


def test_files_are_named_by_their_bytes() -> None:
    assert file_name(b"", "wav") == "e3b0c44298fc1c14.wav"
    assert len(file_name(b"sound", "mp3")) == 20


def test_a_full_disk_leaves_all_files_as_they_were(tmp_path: Path) -> None:
    built(tmp_path, 1)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    program = """
def tried(act):
    try:
        act()
    except ArchiveError as error:
        print(error)

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error, as on a full disk, and not the end
before = resource.getrlimit(resource.RLIMIT_FSIZE)
archive.read()
resource.setrlimit(resource.RLIMIT_FSIZE, (50, before[1]))
tried(lambda: archive.keep(content(2, 10**6), "wav"))
tried(lambda: archive.keep(content(2, 60), "wav"))
tried(archive.write)
tried(lambda: archive.refuse((Refusal("es", "id" * 50, "x", False, "why"),)))
resource.setrlimit(resource.RLIMIT_FSIZE, before)
"""
    assert (
        said(program, tmp_path) == [f"{tmp_path} cannot be written: File too large; nothing that was made is lost"] * 4
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_disk_that_is_full_in_the_middle_of_the_journal_loses_no_earlier_line(tmp_path: Path) -> None:
    program = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
before = resource.getrlimit(resource.RLIMIT_FSIZE)
try:
    with archive.open(unexpected):
        keep(archive, 1, size=100)
        resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / JOURNAL).stat().st_size + 20, before[1]))
        keep(archive, 2, size=100)
except ArchiveError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, before)
"""
    assert said(program, tmp_path) == [f"{tmp_path} cannot be written: File too large; nothing that was made is lost"]
    assert (tmp_path / JOURNAL).read_bytes().count(b"\n") == 2
    archive = Archive(tmp_path)
    with archive.open(unexpected):
        assert [made.said for made in archive.made.values()] == ["Número 1"]
        keep(archive, 3)
    assert [made.said for made in archive.manifest().recordings] == ["Número 1", "Número 3"]


def test_a_machine_that_opens_no_more_files_says_so(tmp_path: Path) -> None:
    program = """
before = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
try:
    replace(folder / "a.wav", b"sound")
except ArchiveError as error:
    print(error)
finally:
    resource.setrlimit(resource.RLIMIT_NOFILE, before)
"""
    assert said(program, tmp_path) == [
        f"{tmp_path} cannot be written: Too many open files; nothing that was made is lost"
    ]
    assert [*tmp_path.iterdir()] == []


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "audio"):
        archive = Archive(folder)
        with pytest.raises(ArchiveError, match=f"^{folder} cannot be written: "), archive.open(unexpected):
            pytest.fail("it was opened")
        with pytest.raises(ArchiveError, match=f"^{folder} cannot be written: "):
            archive.keep(b"sound", "wav")
        with pytest.raises(ArchiveError, match=f"^{folder} cannot be read: Not a directory$"):
            archive.files()


@pytest.mark.parametrize("name", [MANIFEST, JOURNAL])
def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(ArchiveError, match=f"^{tmp_path / name} cannot be read: Is a directory$"):
        Archive(tmp_path).read()


def test_whatever_interrupts_a_file_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).mkdir()
    with pytest.raises(ArchiveError, match="Is a directory"):
        replace(tmp_path / MANIFEST, b"{}")
    assert leftovers(tmp_path) == []


def test_two_builds_take_turns(tmp_path: Path) -> None:
    program = """
with archive.open(unexpected):
    keep(archive, 1)
    print("in", flush=True)
    sys.stdin.readline()
    keep(archive, 2)
"""
    waited = []
    with started(program, tmp_path) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == "in\n"

        def waiting() -> None:
            waited.append(sorted(path.name for path in tmp_path.glob("*.wav")))
            other.stdin.write("\n")
            other.stdin.flush()

        archive = Archive(tmp_path)
        with archive.open(waiting):
            assert [made.said for made in archive.made.values()] == ["Número 1", "Número 2"]
            keep(archive, 3)
    assert other.returncode == 0
    assert [len(names) for names in waited] == [1]
    with archive.open(unexpected):  # nobody has it any more
        assert len(archive.made) == 3


def test_refusals_are_kept_for_who_asks_later(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    refusals = (Refusal("es", "urgent/first", "gtts", slow=True, why="too many requests, 5 times"),)
    archive.refuse(refusals)
    assert Archive(tmp_path).refusals() == refusals
    archive.refuse(())
    assert Archive(tmp_path).refusals() == ()


@pytest.mark.parametrize("text", ["", "{", '[{"language": "es"}]', "7"])
def test_refusals_that_cannot_be_read_are_none(tmp_path: Path, text: str) -> None:
    (tmp_path / REFUSED).write_text(text)
    assert Archive(tmp_path).refusals() == ()


# ---- bytes from anywhere -------------------------------------------------------------------------


def test_bytes_that_are_no_text_are_a_damaged_manifest_and_a_torn_journal(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is damaged"):
        read_manifest(b'{"format":1,"joined":{"\xff":"0123456789abcdef.wav"}}', "there")
    (tmp_path / "journal.jsonl").write_bytes(b'{"language":"\xff"}\n')
    (tmp_path / "refused.json").write_bytes(b'[{"language":"\xff"}]')
    archive = Archive(tmp_path)
    assert list(archive.journal()) == []
    assert archive.refusals() == ()


def test_a_journal_that_names_another_file_is_not_believed(tmp_path: Path) -> None:
    made = Made("en", "embedded", False, "Hello.", "key", "../../etc/passwd", 1, 1.0)
    (tmp_path / "journal.jsonl").write_bytes(msgspec.json.encode(made))
    assert list(Archive(tmp_path).journal()) == []


def test_after_a_damaged_manifest_the_folder_can_be_opened_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(ArchiveError) as caught, archive.open(lambda: None):
        pass
    (tmp_path / "manifest.json").unlink()
    with archive.open(pytest.fail):
        pass
    assert "is damaged" in str(caught.value)


def test_an_altered_recording_goes_nowhere(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    name = archive.keep(b"sound", "wav")
    assert archive.whole(name) == b"sound"
    (tmp_path / name).write_bytes(b"other")
    with pytest.raises(ArchiveError, match="was altered: run `oms-line speech build` first"):
        archive.whole(name)
