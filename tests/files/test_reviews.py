"""What somebody has read and found right is written down, and counts while both texts are as they were."""

import unicodedata
from pathlib import Path

import pytest

from service.files.problems import Problem
from service.files.reviews import FIELDS, LEDGER, Review, add_reviews, digest, read_reviews

HEADER = ",".join(FIELDS) + "\n"
ENGLISH, SPANISH = "Call the doctor.", "Llame al médico."


def review(name: str = "about/what", kind: str = "language", reviewer: str = "Somebody") -> Review:
    return Review(name, digest(ENGLISH), digest(SPANISH), kind, reviewer, "2026-11-30")


def read(root: Path) -> tuple[tuple[Review, ...], list[Problem]]:
    problems: list[Problem] = []
    return read_reviews(root, "es", problems), problems


def write(root: Path, content: bytes | str) -> Path:
    path = root / "locales" / "es" / LEDGER
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("english", "translated", "holds", "remark"),
    [
        (ENGLISH, SPANISH, True, ""),
        (ENGLISH, unicodedata.normalize("NFD", SPANISH), True, "the same letters, put together"),
        (ENGLISH, "Llame al medico.", False, "an accent is a change"),
        (ENGLISH, f"{SPANISH} ", False, "a space too"),
        ("Call a doctor.", SPANISH, False, "the English was changed"),
        (SPANISH, ENGLISH, False, "each in its place"),
        ("", "", False, ""),
    ],
)
def test_a_review_is_about_two_texts(english: str, translated: str, holds: bool, remark: str) -> None:
    assert review().holds(english, translated) is holds, remark


def test_a_digest_is_twelve_hexadecimal_digits_and_never_changes() -> None:
    # Rows in ledgers were written with it: another one would end all reviews.
    assert digest("Goodbye.") == "2b687db6298b"
    assert digest("") == "e3b0c44298fc"


def test_a_language_without_a_ledger_has_no_reviews(tmp_path: Path) -> None:
    assert read(tmp_path) == ((), [])


def test_what_is_added_is_read_again_in_the_same_order(tmp_path: Path) -> None:
    first, second = review(), review("about/blame", "medical", 'Dr. "Who", of the\nTardis, 博士')
    path = add_reviews(tmp_path, "es", [first])
    assert path == tmp_path / "locales/es/reviews.csv"
    assert path.read_text("utf-8").splitlines()[0] == HEADER.strip()
    before = path.read_bytes()
    assert add_reviews(tmp_path, "es", [second, first]) == path
    assert path.read_bytes().startswith(before), "what stands there is never written anew"
    assert read(tmp_path) == ((first, second, first), [])


def test_nothing_to_add_leaves_the_ledger_alone(tmp_path: Path) -> None:
    path = add_reviews(tmp_path, "es", [review()])
    before = path.read_bytes()
    add_reviews(tmp_path, "es", [])
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("written", "remark"),
    [
        (b"", "an empty file"),
        (HEADER, ""),
        (HEADER.rstrip("\n"), "an editor left the last line open"),
        (HEADER.replace("\n", "\r\n"), "another editor's line ends"),
        (HEADER + "\n\n", "empty lines"),
    ],
)
def test_a_ledger_that_somebody_edited_can_be_added_to(tmp_path: Path, written: bytes | str, remark: str) -> None:
    write(tmp_path, written)
    add_reviews(tmp_path, "es", [review()])
    assert read(tmp_path) == ((review(),), []), remark


def test_a_row_left_open_stays_a_row_of_its_own(tmp_path: Path) -> None:
    path = add_reviews(tmp_path, "es", [review()])
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    add_reviews(tmp_path, "es", [review("about/blame")])
    assert read(tmp_path) == ((review(), review("about/blame")), [])


ROW = "a,b,c,language,A,2026-11-30\n"


@pytest.mark.parametrize(
    ("written", "line", "words", "kept"),
    [
        (b"", 1, "its first line must be id,source_sha,target_sha,kind,reviewer,date", 0),
        ("\n" + HEADER + ROW, 1, "its first line must be", 0),
        ("\ufeff" + HEADER + ROW, 1, "its first line must be", 0),  # as spreadsheets save it
        (HEADER.replace(",", ";"), 1, "its first line must be", 0),
        (HEADER + ROW + "a,b,c,other,A,2026-11-30\n", 3, "a review has a kind (language or medical)", 1),
        (HEADER + "a,b,c,medical,,2026-11-30\n" + ROW, 2, "a reviewer and a date", 1),
        (HEADER + "a,b,c,medical,A\n", 2, "a reviewer and a date", 0),
        (HEADER + "a\n", 2, "a review has", 0),
        (HEADER + "a,b,c,medical,A, the second,2026-11-30\n", 2, "a review has", 0),  # a comma without quotes
        (HEADER.encode() + b"\xff\n", 0, "is not a table that can be read", 0),
        (HEADER + f"a,b,c,medical,{'A' * 200_000},2026-11-30\n", 0, "is not a table that can be read", 0),
    ],
)
def test_what_is_no_review_is_told_with_its_line(
    tmp_path: Path, written: bytes | str, line: int, words: str, kept: int
) -> None:
    write(tmp_path, written)
    found, problems = read(tmp_path)
    assert [(problem.file, problem.line) for problem in problems] == [("locales/es/reviews.csv", line)]
    assert words in problems[0].what
    assert len(found) == kept


def test_a_folder_in_place_of_the_ledger_is_told(tmp_path: Path) -> None:
    (tmp_path / "locales/es" / LEDGER).mkdir(parents=True)
    found, problems = read(tmp_path)
    assert (found, [problem.line for problem in problems]) == ((), [0])
    assert "is not a table that can be read" in problems[0].what
