"""Reading the PO files of one language: each message with its translation, its status and its line.

The files are read at start.  A broken one is an error with its line; it takes no other language down.
"""

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Final

import polib

from service.files.messages import CATALOGS, Message
from service.files.problems import Problem, shown

DRAFTED: Final = "machine-drafted:"
LEDGER: Final = "reviews.csv"
_PO_LINE: Final = re.compile(
    r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*")?\s*'
)
LEDGER_FIELDS: Final = ("id", "source_sha", "target_sha", "kind", "reviewer", "date")


class Status(IntEnum):
    """How far a translation has come."""

    MISSING = 0
    STALE = 1  # its English has changed since
    DRAFT = 2  # a machine's, checked by nobody
    TRANSLATED = 3
    LANGUAGE_REVIEWED = 4
    MEDICALLY_REVIEWED = 5


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


def digest(text: str) -> str:
    """The hash by which a review knows a text: twelve hex digits of SHA-256 over its NFC form."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:12]


def read_catalogs(
    root: Path, language: str, messages: Iterable[Message], problems: list[Problem]
) -> Mapping[str, Translation]:
    """The translations of a language by message id; those that are missing are not in it."""
    wanted = {message.id: message for message in messages}
    reviews = _reviews(root, language, problems)
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
    if not path.exists():
        return ()
    try:
        for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not _PO_LINE.fullmatch(row):
                # polib takes such a line without its first and last letter: medicine with a hole in it.
                what = "is not a line of a PO file: a text stands in double quotes, and \\ before a quote inside it"
                problems.append(Problem(shown(path, root), number, what))
                return ()
        return polib.pofile(str(path), encoding="utf-8", check_for_duplicates=False)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        line = re.search(r"line (\d+)", str(error))
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error).partition(":")[2].strip()
        problems.append(
            Problem(
                shown(path, root), int(line[1]) if line else 0, f"is not a PO file that can be read: {reason or error}"
            )
        )
        return ()


def _status(entry: polib.POEntry, message: Message, reviews: Mapping[str, list[tuple[str, str, Status]]]) -> Status:
    if entry.msgid != message.text or (entry.fuzzy and entry.previous_msgid):
        return Status.STALE
    if entry.fuzzy:
        return Status.DRAFT
    hashes = digest(message.text), digest(entry.msgstr)
    held = [status for source, target, status in reviews.get(message.id, ()) if (source, target) == hashes]
    return max([Status.TRANSLATED, *held])


def _reviews(root: Path, language: str, problems: list[Problem]) -> Mapping[str, list[tuple[str, str, Status]]]:
    path = root / "locales" / language / LEDGER
    reviews: dict[str, list[tuple[str, str, Status]]] = {}
    if not path.exists():
        return reviews
    kinds = {"language": Status.LANGUAGE_REVIEWED, "medical": Status.MEDICALLY_REVIEWED}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != LEDGER_FIELDS:
            problems.append(Problem(shown(path, root), 1, f"its first line must be {','.join(LEDGER_FIELDS)}"))
            return reviews
        for row in rows:
            if row["kind"] in kinds and row["reviewer"] and row["date"]:
                reviews.setdefault(row["id"], []).append((row["source_sha"], row["target_sha"], kinds[row["kind"]]))
            else:
                what = "a review has a kind (language or medical), a reviewer and a date"
                problems.append(Problem(shown(path, root), rows.line_num, what))
    return reviews
