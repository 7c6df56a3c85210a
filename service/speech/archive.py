"""The folder of recordings: files named by their bytes, and a manifest that says what is heard in each.

A name never changes its meaning, so players may keep a file for ever.  A journal holds what a build that was
interrupted had already made.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
from filelock import FileLock, Timeout

from service.speech.disk import ArchiveError, changed, reading, replace, writing
from service.speech.manifest import FORMAT, NAME, Joined, Made, Manifest, Refusal, file_name, noted, read_manifest

MANIFEST: Final = "manifest.json"
JOURNAL: Final = "journal.jsonl"
REFUSED: Final = "refused.json"
LOCK: Final = ".lock"
MASTERS: Final = "masters"  # what an online speaker sent, so that a new format need not ask again


class Archive:
    """The folder of recordings, for who builds it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: dict[tuple[str, str, bool, str], Made] = {}
        self.joined: dict[str, str] = {}

    @contextmanager
    def open(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Keep it for this build alone; `waiting` is called if another one has it.  At the end the manifest is written.

        Whatever ends the build, what was made stays: the journal is read by the next.
        """
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / LOCK)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                waiting()
                lock.acquire()
        try:
            self.read()
            for made in self.altered(touched=True):  # made again, or forgotten
                del self.made[made.place]
            yield
            self.write()
        finally:
            lock.release()

    def read(self) -> None:
        """What manifest and journal say, without what is not there or has another size."""
        manifest = self.manifest()
        self.joined = dict(manifest.joined)
        self.made = {made.place: made for made in manifest.recordings}
        for one in self.journal():
            if isinstance(one, Made):
                self.made[one.place] = one
            else:
                self.joined[one.joined] = one.file
        self.joined = {key: name for key, name in self.joined.items() if (self.folder / name).is_file()}
        self.made = {place: made for place, made in self.made.items() if self.holds(made)}

    def manifest(self) -> Manifest:
        """The manifest as it was last written."""
        path = self.folder / MANIFEST
        with reading(path):
            return read_manifest(path.read_bytes(), str(path)) if path.exists() else Manifest()

    def journal(self) -> Iterator[Made | Joined]:
        """What was made since; the last line may be torn."""
        path = self.folder / JOURNAL
        with reading(path):
            lines = path.read_bytes().splitlines() if path.exists() else []
        for line in lines:
            one = noted(line, Made) or noted(line, Joined)
            if one and NAME.fullmatch(one.file):
                yield one

    def holds(self, made: Made) -> bool:
        """Whether the file is there, as long as it was."""
        try:
            return (self.folder / made.file).stat().st_size == made.size
        except OSError:
            return False

    def altered(self, *, touched: bool = False) -> tuple[Made, ...]:
        """Recordings whose bytes are no longer those of their name; with `touched`, only of files changed of late."""
        written = changed(self.folder / MANIFEST) if touched else -1
        suspects = (made for made in self.made.values() if changed(self.folder / made.file) > written)
        return tuple(made for made in suspects if not self.intact(made.file))

    def whole(self, name: str) -> bytes:
        """The bytes of a recording.  Raises ArchiveError if they are not those of its name."""
        with reading(self.folder / name):
            content = (self.folder / name).read_bytes()
        if file_name(content, name.partition(".")[2]) != name:
            raise ArchiveError(f"{self.folder / name} was altered: run `oms-line speech build` first")
        return content

    def intact(self, name: str) -> bool:
        """Whether a file's bytes are those of its name."""
        try:
            return file_name((self.folder / name).read_bytes(), name.partition(".")[2]) == name
        except OSError:
            return False

    def keep(self, content: bytes, suffix: str) -> str:
        """Put a file there, whole or not at all; gives back its name."""
        name = file_name(content, suffix)
        path = self.folder / name
        if not path.exists() or path.stat().st_size != len(content) or not self.intact(name):
            replace(path, content, lasting=False)  # its name tells whether it is whole
        return name

    def add(self, made: Made) -> None:
        """Note a recording, at once and for good."""
        self.made[made.place] = made
        self._note(made)

    def join(self, key: str, name: str) -> None:
        """Note a recording for messages."""
        self.joined[key] = name
        self._note(Joined(key, name))

    def _note(self, one: Made | Joined) -> None:
        with writing(self.folder), (self.folder / JOURNAL).open("ab") as file:
            # The line before may be torn.
            file.write(b"\n" + msgspec.json.encode(one))

    def write(self) -> None:
        """The manifest, sorted so that it can be compared."""
        recordings = tuple(sorted(self.made.values(), key=lambda made: made.place))
        manifest = Manifest(FORMAT, recordings, dict(sorted(self.joined.items())))
        replace(self.folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        with writing(self.folder):
            (self.folder / JOURNAL).unlink(missing_ok=True)

    def refuse(self, refusals: tuple[Refusal, ...]) -> None:
        """Note what could not be made, for `speech status`."""
        replace(self.folder / REFUSED, msgspec.json.format(msgspec.json.encode(refusals), indent=1))

    def refusals(self) -> tuple[Refusal, ...]:
        """What the last build could not make."""
        path = self.folder / REFUSED
        try:
            return msgspec.json.decode(path.read_bytes(), type=tuple[Refusal, ...])
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return ()

    def master(self, key: str) -> Path:
        """Where the sound an online speaker sent is kept."""
        return self.folder / MASTERS / f"{key}.flac"

    def remove(self, names: Collection[str], masters: Collection[str]) -> tuple[str, ...]:
        """Remove these recordings, and all sound of online speakers but these `masters`."""
        gone = [self.folder / name for name in sorted(names)]
        kept = self.folder / MASTERS
        gone += [path for path in sorted(kept.glob("*.flac")) if path.stem not in masters]
        gone += sorted((*self.folder.glob(".*.new"), *kept.glob(".*.new")))  # left by builds that were killed
        with writing(self.folder):
            for path in gone:
                path.unlink(missing_ok=True)
        return tuple(path.name for path in gone)

    def files(self) -> frozenset[str]:
        """All recordings in the folder, wanted or not."""
        with reading(self.folder):
            return frozenset(path.name for path in self.folder.iterdir() if NAME.fullmatch(path.name))
