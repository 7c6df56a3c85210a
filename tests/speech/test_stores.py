"""Recordings elsewhere are those of the archive: whole, for ever, and named before they are missed."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from service.speech.archive import MANIFEST, Archive, ArchiveError
from service.speech.stores import FOR_EVER, NOT_LONG, export, fetch, opened, sync
from tests.speech.kept import built, content, keep, unexpected


class Told:
    """How often somebody was told that it goes on, and what they saw."""

    def __init__(self, look: Callable[[], object] = lambda: None) -> None:
        self.look = look
        self.seen: list[object] = []

    def __call__(self) -> None:
        self.seen.append(self.look())


def quietly() -> None:
    """Nobody wants to know."""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Three recordings, and one for messages."""
    return built(tmp_path / "audio", 1, 2, 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture(params=["a folder", "S3"])
def url(request: pytest.FixtureRequest, folder: Path) -> str:
    """An empty store of either kind."""
    return folder.as_uri() if request.param == "a folder" else f"s3://{request.getfixturevalue('bucket')}/line/audio"


def fetched(url: str, folder: Path) -> Archive:
    """A new archive with what the store has."""
    archive = Archive(folder)
    with archive.open(unexpected):
        fetch(archive, url, quietly)
    return archive


def files(archive: Archive) -> set[str]:
    return {*archive.files(), MANIFEST}


def test_what_is_synced_can_be_fetched_by_a_machine_with_an_empty_disk(
    archive: Archive, url: str, tmp_path: Path
) -> None:
    told = Told()
    assert sync(archive, url, told) == 4
    assert len(told.seen) == 4
    other = Archive(tmp_path / "other")
    with other.open(unexpected):
        told = Told()
        assert fetch(other, url, told) == 4
        assert len(told.seen) == 3
        assert fetch(other, url, quietly) == 0, "it has all of it"
    assert (other.made, other.joined, other.altered()) == (archive.made, archive.joined, ())
    assert other.manifest() == archive.manifest()
    assert files(other) == files(archive)


def test_only_what_is_new_is_put_there(archive: Archive, url: str, tmp_path: Path) -> None:
    assert sync(archive, url, quietly) == 4
    assert sync(archive, url, quietly) == 0
    with archive.open(unexpected):
        keep(archive, 4)
    told = Told()
    assert sync(archive, url, told) == 1
    assert len(told.seen) == 5
    assert [*fetched(url, tmp_path / "other").made] == [*archive.made]


def test_only_what_is_lacking_is_fetched(archive: Archive, url: str, tmp_path: Path) -> None:
    sync(archive, url, quietly)
    other = built(tmp_path / "other", 1, 5)
    with other.open(unexpected):
        assert fetch(other, url, quietly) == 3, "two recordings, and one for messages"
    assert sorted(made.said for made in other.manifest().recordings) == [f"Número {which}" for which in (1, 2, 3, 5)]


def test_nothing_is_fetched_from_an_empty_store(url: str, tmp_path: Path) -> None:
    other = fetched(url, tmp_path / "other")
    assert (other.made, other.joined) == ({}, {})


def test_in_a_folder_the_manifest_comes_last(archive: Archive, folder: Path) -> None:
    told = Told((folder / MANIFEST).exists)
    sync(archive, folder.as_uri(), told)
    assert told.seen == [False] * 4
    assert {path.name for path in folder.iterdir()} == files(archive)


def test_in_a_bucket_the_manifest_comes_last_and_alone_may_change(archive: Archive, bucket: str) -> None:
    store = opened(f"s3://{bucket}/audio")
    told = Told(lambda: {item["path"] for batch in store.list() for item in batch})
    sync(archive, f"s3://{bucket}/audio", told)
    assert [len(there) for there in told.seen] == [1, 2, 3, 4]
    assert MANIFEST not in told.seen[-1]
    assert told.look() == files(archive)
    for name in files(archive):
        answer = store.get(name)
        kind = {"wav": "audio/wav", "mp3": "audio/mpeg", "json": "application/json"}[name.partition(".")[2]]
        cached = NOT_LONG if name == MANIFEST else FOR_EVER
        assert answer.attributes == {"Content-Type": kind, "Cache-Control": cached}
        assert bytes(answer.bytes()) == (archive.folder / name).read_bytes()


def test_what_is_there_is_never_overwritten(archive: Archive, url: str) -> None:
    (name, *_) = archive.files()
    store = opened(url)
    store.put(name, b"there before")
    assert sync(archive, url, quietly) == 3
    assert bytes(store.get(name).bytes()) == b"there before"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(content(7)),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
    ],
    ids=["other bytes", "no bytes", "no file"],
)
@pytest.mark.parametrize("suffix", ["wav", "mp3"])
def test_a_file_that_is_not_what_its_name_says_is_left_there(
    archive: Archive, folder: Path, tmp_path: Path, spoil: Callable[[Path], None], suffix: str
) -> None:
    sync(archive, folder.as_uri(), quietly)
    spoiled = min(folder.glob(f"*.{suffix}"))
    spoil(spoiled)
    other = fetched(folder.as_uri(), tmp_path / "other")
    assert files(other) == files(archive) - {spoiled.name}
    assert spoiled.name not in {*(made.file for made in other.made.values()), *other.joined.values()}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "is damaged"),
        ('{"format": 7}', "is of format 7"),
        ('{"joined": {"a": "../../etc/passwd"}}', "which is no recording"),
    ],
)
def test_a_manifest_there_that_is_none_is_named(folder: Path, tmp_path: Path, text: str, why: str) -> None:
    (folder / MANIFEST).write_text(text)
    with pytest.raises(ArchiveError, match=f"^{folder.as_uri()}/{MANIFEST} .*{why}"):
        fetch(Archive(tmp_path / "other"), folder.as_uri(), quietly)


def test_a_recording_that_is_not_there_any_more_is_named(archive: Archive, folder: Path) -> None:
    (made, *_) = archive.made.values()
    (archive.folder / made.file).unlink()
    with pytest.raises(ArchiveError, match=f"{made.file} cannot be read: No such file"):
        sync(archive, folder.as_uri(), quietly)
    assert not (folder / MANIFEST).exists(), "what it names is not there"


@pytest.mark.parametrize("act", [sync, export])
def test_an_archive_that_was_never_built_is_named(tmp_path: Path, folder: Path, act: Callable[..., int]) -> None:
    where = folder.as_uri() if act is sync else folder
    with pytest.raises(ArchiveError, match=f"{MANIFEST} cannot be read: No such file"):
        act(Archive(tmp_path / "nothing"), where, quietly)


@pytest.mark.parametrize(
    "url", ["", "nonsense", "/var/audio", "ftp://example.org/audio", "s3://", "file:///nonexistent/audio"]
)
def test_an_address_that_is_no_store_is_named(archive: Archive, url: str) -> None:
    for act in (sync, fetch):
        with pytest.raises(ArchiveError, match=f"^{re.escape(url)} is no store: s3://bucket/path, gs://"):
            act(archive, url, quietly)


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_does_not_exist_is_named(archive: Archive) -> None:
    for act in (sync, fetch):
        with pytest.raises(ArchiveError, match=r"^s3://nobodys/audio does not answer as a store: (?s:.*)NoSuchBucket"):
            act(archive, "s3://nobodys/audio", quietly)


@pytest.mark.usefixtures("forbidden")
def test_keys_that_do_not_fit_are_told(archive: Archive) -> None:
    for act in (sync, fetch):
        with pytest.raises(ArchiveError, match=r"^s3://bucket/audio does not answer as a store: .*403"):
            act(archive, "s3://bucket/audio", quietly)


def test_a_machine_without_the_package_is_told_what_to_install(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "obstore.exceptions", None)  # as if it were not installed
    with pytest.raises(ArchiveError, match="need a package: pip install "):
        opened(folder.as_uri())
    assert export(archive, folder, quietly) == 4, "a folder needs no package"


def test_an_export_is_the_archive_without_what_nobody_else_needs(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "usb" / "audio"
    told = Told((folder / MANIFEST).exists)
    (archive.folder / "0123456789abcdef.wav").write_bytes(b"unwanted")
    assert export(archive, folder, told) == 4
    assert told.seen == [False] * 4
    exported = Archive(folder)
    exported.read()
    assert (exported.made, exported.joined, exported.altered()) == (archive.made, archive.joined, ())
    assert {path.name for path in folder.iterdir()} == files(exported) == files(archive) - {"0123456789abcdef.wav"}


def test_only_what_is_new_is_exported(archive: Archive, folder: Path) -> None:
    assert export(archive, folder, quietly) == 4
    with archive.open(unexpected):
        keep(archive, 4)
    before = {path.name: path.stat().st_ino for path in folder.glob("*.wav")}
    assert export(archive, folder, quietly) == 1
    assert export(archive, folder, quietly) == 0
    assert before.items() < {path.name: path.stat().st_ino for path in folder.glob("*.wav")}.items()
    assert (folder / MANIFEST).read_bytes() == (archive.folder / MANIFEST).read_bytes()


def test_an_export_into_a_file_is_refused(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match=f"^{tmp_path / 'file'} cannot be written: "):
        export(archive, tmp_path / "file", quietly)
