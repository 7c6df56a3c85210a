"""The ledger of reviews: who has read which translation, and found it right.

A row holds the hashes of both texts.  It counts only while both are still the same, so any later change of the English
or of the translation ends the review by itself.
"""

import csv
import hashlib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final, Literal

from service.files.problems import Problem, shown

LEDGER: Final = "reviews.csv"
FIELDS: Final = ("id", "source_sha", "target_sha", "kind", "reviewer", "date")
Kind = Literal["language", "medical"]
KINDS: Final[tuple[Kind, ...]] = ("language", "medical")


@dataclass(frozen=True, slots=True)
class Review:
    """One row."""

    id: str
    source_sha: str
    target_sha: str
    kind: str
    reviewer: str
    date: str

    def holds(self, english: str, translated: str) -> bool:
        """Whether it is about just these texts."""
        return (self.source_sha, self.target_sha) == (digest(english), digest(translated))


def digest(text: str) -> str:
    """The hash by which a review knows a text: twelve hex digits of SHA-256 over its NFC form."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:12]


def read_reviews(root: Path, language: str, problems: list[Problem]) -> tuple[Review, ...]:
    """All rows of a language; those that are not whole are problems, each with its line."""
    path = _path(root, language)
    if not path.exists():
        return ()
    found = []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, restkey="more", restval="")
            if tuple(rows.fieldnames or ()) != FIELDS:
                problems.append(Problem(shown(path, root), 1, f"its first line must be {','.join(FIELDS)}"))
                return ()
            for row in rows:
                if row["kind"] in KINDS and row["reviewer"] and row["date"] and "more" not in row:
                    found.append(Review(*(row[field] for field in FIELDS)))
                else:
                    what = "a review has a kind (language or medical), a reviewer and a date"
                    problems.append(Problem(shown(path, root), rows.line_num, what))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problems.append(Problem(shown(path, root), 0, f"is not a table that can be read: {error}"))
        return ()
    return tuple(found)


def add_reviews(root: Path, language: str, reviews: Collection[Review]) -> Path:
    """Write rows at the end of a language's ledger, which is begun if there is none."""
    path = _path(root, language)
    rows: Iterable[tuple[str, ...]] = map(astuple, reviews)
    if not path.exists() or not path.stat().st_size:
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = (FIELDS, *rows)
    elif not path.read_bytes().endswith(b"\n"):
        with path.open("a", encoding="utf-8") as file:  # an editor left the last line open: ours would go on in it
            file.write("\n")
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


def _path(root: Path, language: str) -> Path:
    return root / "locales" / language / LEDGER
