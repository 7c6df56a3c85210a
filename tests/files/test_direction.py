"""What must read from left to right still does so inside a line that is written from right to left."""

import pytest

from service.files.catalogs import Status, Translation, read_catalogs
from service.files.checks.direction import broken, broken_in, check_direction
from service.files.messages import messages
from service.files.schema import LanguageEntry
from service.files.source import read_source
from service.house import ROOT, House

MARK = "\u200e"
ENTRY = LanguageEntry(name="العربية", english_name="X", plural_forms="nplurals=1; plural=0;", parts=4, rtl=True)


@pytest.mark.parametrize(
    ("line", "pieces", "remark"),
    [
        ("أيرلندا، Samaritans: 116 123.", [], "after a Latin name"),
        ("اتصلوا 116 123 الآن", ["116 123"], "a phone shows 123 116"),
        ("116 123 الآن", ["116 123"], "the start of a line does not help"),
        (f"اتصلوا {MARK}116 123 الآن", [], "an invisible mark does"),
        ("اتصلوا 988 الآن", [], "digits without a space stay together"),
        ("لاہور: 0800-611 116", ["0800-611 116"], "a hyphen parts them as well"),
        ("حمى 38.0 C أو", [], "the unit is to the left of its number, as the language reads"),
        ("حمى 38.0 C (100.4 F) أو", ["38.0 C"], "the unit goes to another number"),
        (f"حمى {MARK}38.0 C (100.4 F) أو", [], "what comes after Latin letters stays"),
        ("OMS 38.0 C", [], ""),
        ("حمى 38.5 أو", [], "decimals alone stay together"),
        ("حمى 38° أو", ["38°"], ""),
        ("نسبة 50% منهم", ["50%"], ""),
        ("من 1-3 سنوات", [], "a span reads from right to left, as its line does"),
        ("عن OMS بالفرنسية: mircem.fr", [], ""),
        ("موقع mircem.fr/ar/ الآن", ["mircem.fr/ar/"], "its last stroke goes to the other side"),
        ("Solving Kids' Cancer UK: مرحبا", [], "several words of a name"),
        ("Kids\u200f Cancer", ["Kids Cancer"], "a mark that parts a name"),
        ("3 من 4", [], "plain numbers"),
        ("نعم", [], ""),
    ],
)
def test_a_piece_that_falls_apart_is_told(line: str, pieces: list[str], remark: str) -> None:
    assert [*broken(line)] == pieces, remark


@pytest.mark.parametrize(
    ("text", "pieces", "remark"),
    [
        ("اتصلوا على {emergency} الآن", (), "a number of three digits, or words"),
        ("اتصلوا على {phone:116 123} الآن", ("116 123",), "what is written in a mark"),
        ("مرحبا\n{digits:988}\n{phone:116 123}", ("116 123",), "each line for itself"),
        ("بلغة {language}، {date}.", (), ""),
        ("{operator} {phone:116 123}", (), "after the name of the operator"),
        ("{language} {phone:116 123}", (), "after the name of a language"),
        ("{key} {broken", (), "told elsewhere"),
    ],
)
def test_what_is_filled_in_is_tried(text: str, pieces: tuple[str, ...], remark: str) -> None:
    assert broken_in(text, ("112", "رقم الطوارئ")) == pieces, remark


def test_a_fault_has_its_message_and_line_and_what_nobody_sees_is_free() -> None:
    names = ("a", "a/voice", "words/a", "alarm/unknown-number")
    translated = {name: Translation("رقم 116 123", Status.DRAFT, "a.po", 7) for name in names}
    told = [*check_direction("ar", ENTRY, translated)]
    assert [(one.file, one.line, one.what[:6], one.warning) for one in told] == [
        ("a.po", 7, "a (ar)", False),
        ("a.po", 7, "alarm/", False),
    ]
    assert "U+200E" in told[0].what


def test_a_language_without_its_alarm_is_tried_with_a_number_alone() -> None:
    assert not [*check_direction("ar", ENTRY, {"a": Translation("{emergency}", Status.DRAFT, "a.po", 7)})]


def test_languages_from_left_to_right_are_not_asked() -> None:
    entry = LanguageEntry(name="x", english_name="X", plural_forms="nplurals=1; plural=0;", parts=4)
    assert not [*check_direction("es", entry, {"a": Translation("رقم 116 123", Status.DRAFT, "a.po", 7)})]


def test_our_own_translations_are_shown_in_order_where_a_mark_stands_before_degrees(house: House) -> None:
    known = messages(read_source(ROOT))
    for tag, entry in house.shelf.languages.entries.items():
        marked = {
            name: Translation(one.text.replace("{temp", f"{MARK}{{temp", 1), one.status, one.file, one.line)
            for name, one in read_catalogs(ROOT, tag, known, []).items()
        }
        assert not [*check_direction(tag, entry, marked)]
