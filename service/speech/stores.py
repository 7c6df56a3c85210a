"""Recordings elsewhere: a folder to copy, or an object store behind a CDN.

Files go before the manifest that names them, and nothing there is ever overwritten but the manifest.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from service.speech.archive import MANIFEST, Archive
from service.speech.disk import ArchiveError, reading, replace, writing
from service.speech.manifest import file_name, read_manifest

if TYPE_CHECKING:
    from obstore.store import ObjectStore

FOR_EVER: Final = "public, max-age=31536000, immutable"
NOT_LONG: Final = "public, max-age=60"
TYPES: Final = {"wav": "audio/wav", "mp3": "audio/mpeg", "json": "application/json"}


def wanted(archive: Archive) -> tuple[str, ...]:
    """The files the manifest names, each once."""
    manifest = archive.manifest()
    return tuple(dict.fromkeys((*(made.file for made in manifest.recordings), *manifest.joined.values())))


def export(archive: Archive, folder: Path, told: Callable[[], None]) -> int:
    """Copy what the manifest names, and then the manifest, into a folder; gives back how many files are new there."""
    new = 0
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name in wanted(archive):
            if not (folder / name).exists():
                replace(folder / name, archive.whole(name), lasting=False)
                new += 1
            told()
    with reading(archive.folder / MANIFEST):
        content = (archive.folder / MANIFEST).read_bytes()
    replace(folder / MANIFEST, content)
    return new


def sync(archive: Archive, url: str, told: Callable[[], None]) -> int:
    """Put what the manifest names, and then the manifest, into a store; gives back how many files are new there."""
    store = opened(url)
    new = 0
    with _talking(url):
        there = {item["path"] for batch in store.list() for item in batch}
        for name in wanted(archive):
            if name not in there:
                _put(store, name, archive.whole(name), FOR_EVER)
                new += 1
            told()
        with reading(archive.folder / MANIFEST):
            _put(store, MANIFEST, (archive.folder / MANIFEST).read_bytes(), NOT_LONG)
    return new


def fetch(archive: Archive, url: str, told: Callable[[], None]) -> int:
    """Get what the store has and the archive lacks: so a machine with an empty disk makes only what has changed.

    The archive must be open for us alone.  A file whose bytes are not those of its name is left there.
    """
    store = opened(url)
    new = 0
    with _talking(url):
        if MANIFEST not in {item["path"] for batch in store.list() for item in batch}:
            return 0
        manifest = read_manifest(bytes(store.get(MANIFEST).bytes()), f"{url}/{MANIFEST}")
        for made in manifest.recordings:
            if made.place not in archive.made and _fetched(archive, store, made.file):
                archive.add(made)
                new += 1
            told()
        for key, name in manifest.joined.items():
            if key not in archive.joined and _fetched(archive, store, name):
                archive.join(key, name)
                new += 1
    return new


def opened(url: str) -> "ObjectStore":
    """The store at a URL (file:///…, s3://bucket/path, gs://…, az://…); its credentials are in the environment."""
    try:
        from obstore.exceptions import BaseError  # noqa: PLC0415 - an extra that only CDNs need
        from obstore.store import from_url  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise ArchiveError("object stores need a package: pip install obstore") from error
    try:
        return from_url(url)
    except (BaseError, ValueError) as error:
        raise ArchiveError(f"{url} is no store: s3://bucket/path, gs://…, az://… or file:///path ({error})") from error


@contextmanager
def _talking(url: str) -> Iterator[None]:
    from obstore.exceptions import BaseError  # noqa: PLC0415 - `opened` came before

    try:
        yield
    except (BaseError, OSError) as error:
        raise ArchiveError(f"{url} does not answer as a store: {error}") from error


def _fetched(archive: Archive, store: "ObjectStore", name: str) -> bool:
    try:
        content = bytes(store.get(name).bytes())
    except FileNotFoundError:
        return False
    suffix = name.partition(".")[2]
    return file_name(content, suffix) == name and archive.keep(content, suffix) == name


def _put(store: "ObjectStore", name: str, content: bytes, cached: str) -> None:
    attributes = {"Content-Type": TYPES[name.rpartition(".")[2]], "Cache-Control": cached}
    try:
        store.put(name, content, attributes=attributes)
    except NotImplementedError:
        store.put(name, content)  # a folder has no attributes
