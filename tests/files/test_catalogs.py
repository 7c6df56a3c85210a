"""How far each translation has come, and that one broken file costs one language."""

import os

import polib
import pytest

from service.files.catalogs import Status, Translation, _parsed, catalog_path, read_catalogs
from service.files.messages import messages
from service.files.problems import Problem
from service.files.reviews import LEDGER, digest
from service.files.source import read_source
from tests.files.conftest import Desk

HEADER = "id,source_sha,target_sha,kind,reviewer,date\n"
ENGLISH = "Goodbye."
NAME = "prompt/goodbye/end"


def read(desk: Desk) -> tuple[dict[str, Translation], list[Problem]]:
    problems: list[Problem] = []
    known = messages(read_source(desk.root))
    return dict(read_catalogs(desk.root, "xx", known, problems)), problems


def entry_with(desk: Desk, **changes: object) -> Status:
    """The status of one entry with these changes."""
    desk.languages("xx")
    desk.translate("xx", {NAME: "Adieu."}, prefix="xx ")
    po = desk.catalog("xx", "messages")
    entry = next(entry for entry in po if entry.msgctxt == NAME)
    for name, value in changes.items():
        setattr(entry, name, value)
    po.save()
    found, problems = read(desk)
    assert not problems
    return found[NAME].status if NAME in found else Status.MISSING


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, Status.TRANSLATED),
        ({"flags": ["fuzzy"]}, Status.DRAFT),
        ({"flags": ["fuzzy"], "previous_msgid": "Bye."}, Status.STALE),
        ({"previous_msgid": "Bye."}, Status.TRANSLATED),  # a tool left it; a person has cleared the mark
        ({"msgid": "Bye."}, Status.STALE),
        ({"msgid": "Bye.", "flags": ["fuzzy"]}, Status.STALE),
        ({"msgstr": ""}, Status.MISSING),
        ({"msgstr": "  "}, Status.MISSING),
        ({"obsolete": True}, Status.MISSING),
        ({"msgctxt": "prompt/other"}, Status.MISSING),
        ({"msgctxt": None}, Status.MISSING),
    ],
)
def test_status(desk: Desk, changes: dict[str, object], status: Status) -> None:
    assert entry_with(desk, **changes) is status


@pytest.mark.parametrize(
    ("kind", "english", "translated", "status"),
    [
        ("language", ENGLISH, "Adieu.", Status.LANGUAGE_REVIEWED),
        ("medical", ENGLISH, "Adieu.", Status.MEDICALLY_REVIEWED),
        ("medical", ENGLISH, "Ade.", Status.TRANSLATED),
        ("medical", "Bye.", "Adieu.", Status.TRANSLATED),
    ],
)
def test_a_review_holds_while_both_texts_are_as_they_were(
    desk: Desk, kind: str, english: str, translated: str, status: Status
) -> None:
    row = f"{NAME},{digest(english)},{digest(translated)},{kind},Somebody,2026-11-30\n"
    desk.write(f"locales/xx/{LEDGER}", HEADER + row)
    assert entry_with(desk) is status


def test_the_best_review_counts_and_a_draft_is_never_reviewed(desk: Desk) -> None:
    hashes = f"{NAME},{digest(ENGLISH)},{digest('Adieu.')}"
    desk.write(f"locales/xx/{LEDGER}", f"{HEADER}{hashes},medical,A,2026-11-30\n{hashes},language,B,2026-11-30\n")
    assert entry_with(desk) is Status.MEDICALLY_REVIEWED
    assert entry_with(desk, flags=["fuzzy"]) is Status.DRAFT


def test_a_digest_is_the_same_in_both_unicode_forms() -> None:
    assert digest("a\u0301") == digest("\u00e1")


@pytest.mark.parametrize(
    ("ledger", "line", "words"),
    [
        ("id,kind\n", 1, "its first line must be id,source_sha"),
        ("", 1, "its first line must be"),
        (HEADER + "a,b,c,medical,A,2026-11-30\na,b,c,other,A,2026-11-30\n", 3, "a review has a kind"),
        (HEADER + "a,b,c,medical,,2026-11-30\n", 2, "a review has a kind"),
        (HEADER + "a,b,c,medical,A,\n", 2, "a review has a kind"),
    ],
)
def test_a_ledger_that_is_wrong_is_told(desk: Desk, ledger: str, line: int, words: str) -> None:
    desk.write(f"locales/xx/{LEDGER}", ledger)
    problems = read(desk)[1]
    assert [(p.file, p.line) for p in problems] == [(f"locales/xx/{LEDGER}", line)]
    assert words in problems[0].what


def test_a_language_without_files_has_nothing(desk: Desk) -> None:
    assert read(desk) == ({}, [])


def test_a_message_counts_only_in_its_own_catalog(desk: Desk) -> None:
    desk.translate("xx", {NAME: ""}, prefix="xx ")
    po = desk.catalog("xx", "content")
    po.append(polib.POEntry(msgctxt=NAME, msgid=ENGLISH, msgstr="Ade."))
    po.save()
    assert NAME not in read(desk)[0]


def test_an_id_that_is_there_twice_is_told(desk: Desk) -> None:
    desk.translate("xx", prefix="xx ")
    po = desk.catalog("xx", "messages")
    po.append(polib.POEntry(msgctxt=NAME, msgid=ENGLISH, msgstr="Ade."))
    po.save()
    found, problems = read(desk)
    assert [problem.what for problem in problems] == [f"{NAME} is there twice: keep one"]
    assert found[NAME].text == f"xx {ENGLISH}"


@pytest.mark.parametrize("made", [b"\xff\xfe", b'msgctxt "a"\nthis is nothing\n', b'msgid "a"\nmsgid "b"\n'])
def test_a_broken_file_takes_no_other_language_down(desk: Desk, made: bytes) -> None:
    desk.languages("xx", "xy")
    for tag in ("xx", "xy"):
        desk.translate(tag, prefix=f"{tag} ")
    catalog_path(desk.root, "xx", "messages").write_bytes(made)
    shelf = desk.read()
    assert list(shelf.library.editions) == ["en", "xy"]
    assert [problem.file for problem in shelf.broken] == ["locales/xx/LC_MESSAGES/messages.po"]
    assert "a PO file" in shelf.broken[0].what


@pytest.mark.parametrize(
    "torn",
    [
        'msgstr no quote"',
        'msgstr "no end',
        'msgstr "a quote " inside"',
        'msgstr "a \\"',
        "msgstr",
        "words",
        'msgtext "word"',
    ],
)
def test_a_torn_text_is_never_served_with_a_letter_less(desk: Desk, torn: str) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ")
    path = catalog_path(desk.root, "xx", "content")
    whole = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(whole) if text.startswith("msgstr ") and number > 9)
    path.write_text("\n".join([*whole[:line], torn, *whole[line + 1 :]]), encoding="utf-8")
    shelf = desk.read()
    assert list(shelf.library.editions) == ["en"]
    assert [(problem.file, problem.line) for problem in shelf.broken] == [
        ("locales/xx/LC_MESSAGES/content.po", line + 1)
    ]


def replaced(desk: Desk, old: str, new: str) -> None:
    path = catalog_path(desk.root, "xx", "messages")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_a_file_is_read_anew_when_it_has_changed_and_only_then(desk: Desk) -> None:
    desk.translate("xx", {NAME: "Adieu."}, prefix="xx ")
    assert read(desk)[0][NAME].text == "Adieu."
    _parsed.cache_clear()
    read(desk)
    read(desk)
    assert (_parsed.cache_info().misses, _parsed.cache_info().hits) == (3, 3)
    replaced(desk, "Adieu.", "Adieu!!")
    assert read(desk)[0][NAME].text == "Adieu!!"
    assert _parsed.cache_info().misses == 4, "the others are as they were"


def test_a_change_of_no_letters_more_or_less_is_one(desk: Desk) -> None:
    desk.translate("xx", {NAME: "Adieu."}, prefix="xx ")
    path = catalog_path(desk.root, "xx", "messages")
    read(desk)
    written = path.stat().st_mtime_ns
    replaced(desk, "Adieu.", "Adieu!")
    os.utime(path, ns=(written, written + 1))
    assert read(desk)[0][NAME].text == "Adieu!"


def test_the_same_file_has_another_status_when_the_english_or_a_review_is_another(desk: Desk) -> None:
    """What is kept of a file is what stands in it, and not what it means."""
    desk.translate("xx", {NAME: "Adieu."}, prefix="xx ")
    assert read(desk)[0][NAME].status is Status.TRANSLATED
    desk.write(f"locales/xx/{LEDGER}", f"{HEADER}{NAME},{digest(ENGLISH)},{digest('Adieu.')},medical,A,2026-11-30\n")
    assert read(desk)[0][NAME].status is Status.MEDICALLY_REVIEWED
    desk.edit("content/prompts.toml", f'text = "{ENGLISH}"', 'text = "Bye."')
    assert read(desk)[0][NAME].status is Status.STALE


def test_a_fault_is_told_each_time_until_it_is_mended_and_a_file_that_is_gone_is_no_fault(desk: Desk) -> None:
    desk.translate("xx", {NAME: "Adieu."}, prefix="xx ")
    replaced(desk, '"Adieu."', '"Adieu.')
    faults = [read(desk)[1] for _ in range(2)]
    assert faults[0] == faults[1]
    assert [problem.file for problem in faults[0]] == ["locales/xx/LC_MESSAGES/messages.po"]
    replaced(desk, '"Adieu.', '"Adieu."')
    found, problems = read(desk)
    assert (found[NAME].text, problems) == ("Adieu.", [])
    catalog_path(desk.root, "xx", "messages").unlink()
    found, problems = read(desk)
    assert (NAME in found, problems) == (False, [])
