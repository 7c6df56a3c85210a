"""What is said in which recording: the manifest, and what a build notes on its way."""

import hashlib
import re
from typing import Final, TypeVar

import msgspec

from service.speech.disk import ArchiveError

NAME: Final = re.compile(r"[0-9a-f]{16}\.(wav|mp3)")
FORMAT: Final = 1


class Made(msgspec.Struct, frozen=True):
    """One recording: what is said in it, by whom, and the file it is in."""

    language: str
    speaker: str
    slow: bool
    said: str  # what the speaker was given
    key: str  # hash of all that decides how it sounds
    file: str
    size: int  # bytes
    seconds: float

    @property
    def place(self) -> tuple[str, str, bool, str]:
        """What it is found by."""
        return self.language, self.speaker, self.slow, self.said


class Manifest(msgspec.Struct, frozen=True):
    """All recordings, and for messages those that are joined to one: by their names, in order."""

    format: int = FORMAT
    recordings: tuple[Made, ...] = ()
    joined: dict[str, str] = {}


class Joined(msgspec.Struct, frozen=True):
    """One recording for messages: the names of those it is joined of, and its file."""

    joined: str
    file: str


class Refusal(msgspec.Struct, frozen=True):
    """A recording that could not be made, and why."""

    language: str
    id: str
    speaker: str
    slow: bool
    why: str


def file_name(content: bytes, suffix: str) -> str:
    """The name of a file with these bytes: 20 characters, as many as a message's attachment may have."""
    return f"{hashlib.sha256(content).hexdigest()[:16]}.{suffix}"


def read_manifest(content: bytes, where: str) -> Manifest:
    """A manifest from its bytes.  Raises ArchiveError if it is none, or names files that are no recordings."""
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ArchiveError(f"{where} is damaged ({error}): delete it, and build again") from error
    if manifest.format != FORMAT:
        raise ArchiveError(f"{where} is of format {manifest.format}, not {FORMAT}: delete it, and build again")
    for name in (*(made.file for made in manifest.recordings), *manifest.joined.values()):
        if not NAME.fullmatch(name):
            raise ArchiveError(f"{where} names {name!r}, which is no recording: delete it, and build again")
    return manifest


Noted = TypeVar("Noted", Made, Joined)


def noted(line: bytes, kind: type[Noted]) -> Noted | None:
    """One line of a journal, if it is of this kind; the last one may be torn."""
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
