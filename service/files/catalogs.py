"""Reading the PO files of one language: each message with its translation, its status and its line.

The files are read at start.  A broken one is an error with its line; it takes no other language down.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

import polib

from service.files.messages import CATALOGS, Message
from service.files.problems import Problem, shown
from service.files.reviews import Review, read_reviews

DRAFTED: Final = "machine-drafted:"
_PO_LINE: Final = re.compile(
    r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*")?\s*'
)


class Status(IntEnum):
    """How far a translation has come."""

    MISSING = 0
    STALE = 1  # its English has changed since
    DRAFT = 2  # a machine's, checked by nobody
    TRANSLATED = 3
    LANGUAGE_REVIEWED = 4
    MEDICALLY_REVIEWED = 5


_REVIEWED: Final = {"language": Status.LANGUAGE_REVIEWED, "medical": Status.MEDICALLY_REVIEWED}


@dataclass(frozen=True, slots=True)
class Translation:
    """One message in one language."""

    text: str
    status: Status
    file: str
    line: int


def catalog_path(root: Path, language: str, catalog: str) -> Path:
    """Where a catalog of a language lies; its template is `locales/<catalog>.pot`."""
    return root / "locales" / language / "LC_MESSAGES" / f"{catalog}.po"


def read_catalogs(
    root: Path, language: str, messages: Iterable[Message], problems: list[Problem]
) -> Mapping[str, Translation]:
    """The translations of a language by message id; those that are missing are not in it."""
    wanted = {message.id: message for message in messages}
    reviews: dict[str, list[Review]] = {}
    for review in read_reviews(root, language, problems):
        reviews.setdefault(review.id, []).append(review)
    found: dict[str, Translation] = {}
    for catalog in CATALOGS:
        path = catalog_path(root, language, catalog)
        for entry in _entries(path, root, problems):
            if entry.obsolete or not entry.msgctxt:
                continue
            where = Problem(shown(path, root), entry.linenum or 0, f"{entry.msgctxt} is there twice: keep one")
            message = wanted.get(entry.msgctxt)
            if entry.msgctxt in found:
                problems.append(where)
            elif message is not None and message.catalog == catalog and entry.msgstr.strip(" "):
                status = _status(entry, message, reviews)
                found[entry.msgctxt] = Translation(entry.msgstr, status, where.file, where.line)
    return found


def _entries(path: Path, root: Path, problems: list[Problem]) -> Iterable[polib.POEntry]:
    try:
        seen = path.stat()
    except FileNotFoundError:
        return ()
    entries, found = _parsed(path, root, seen.st_mtime_ns, seen.st_size)
    problems += found
    return entries


@lru_cache(maxsize=128)  # while somebody translates, all are looked at after each change, and one has changed
def _parsed(
    path: Path, root: Path, _written_at: int, _size: int
) -> tuple[tuple[polib.POEntry, ...], tuple[Problem, ...]]:
    try:
        for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not _PO_LINE.fullmatch(row):
                # polib takes such a line without its first and last letter: medicine with a hole in it.
                what = "is not a line of a PO file: a text stands in double quotes, and \\ before a quote inside it"
                return (), (Problem(shown(path, root), number, what),)
        return tuple(polib.pofile(str(path), encoding="utf-8", check_for_duplicates=False)), ()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        line = re.search(r"line (\d+)", str(error))
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error).partition(":")[2].strip()
        what = f"is not a PO file that can be read: {reason or error}"
        return (), (Problem(shown(path, root), int(line[1]) if line else 0, what),)


def _status(entry: polib.POEntry, message: Message, reviews: Mapping[str, list[Review]]) -> Status:
    if message.catalog != "words" and (entry.msgid != message.text or (entry.fuzzy and entry.previous_msgid)):
        return Status.STALE
    if entry.fuzzy:
        return Status.DRAFT
    held = {review.kind for review in reviews.get(message.id, ()) if review.holds(message.text, entry.msgstr)}
    return max([Status.TRANSLATED, *(status for kind, status in _REVIEWED.items() if kind in held)])
