"""Marks: written one way, said another."""

import pytest

from service.core.markup import Kind, Mark, marks, written


def test_a_mark_is_written_as_it_stands_after_the_colon() -> None:
    text = "Call {digits:988}, {phone:0800 611 116} at {temperature:38,0 C}; {emergency} stays."
    assert written(text) == "Call 988, 0800 611 116 at 38,0 C; {emergency} stays."
    assert [mark.kind for mark in marks(text)] == [Kind.DIGITS, Kind.PHONE, Kind.TEMPERATURE]
    assert "".join(map(str, marks(text))) == "{digits:988}{phone:0800 611 116}{temperature:38,0 C}"


@pytest.mark.parametrize("text", ["", "No mark.", "{digits}", "{unknown:1}", "{phone:1{2}", "a } b {"])
def test_what_is_no_mark_stays_as_it_is(text: str) -> None:
    assert written(text) == text
    assert marks(text) == ()


@pytest.mark.parametrize(
    ("mark", "is_right", "remark"),
    [
        (Mark(Kind.DIGITS, "988"), True, ""),
        (Mark(Kind.DIGITS, "٩٩٩"), True, "digits of another script"),
        (Mark(Kind.DIGITS, "98 8"), False, "groups are for phone"),
        (Mark(Kind.PHONE, "0800 611 116"), True, ""),
        (Mark(Kind.PHONE, "116-123"), True, ""),
        (Mark(Kind.PHONE, "+44 116"), False, "the plus would be lost"),
        (Mark(Kind.PHONE, "call me"), False, ""),
        (Mark(Kind.PHONE, ""), False, ""),
        (Mark(Kind.NUMBER, "114"), True, ""),
        (Mark(Kind.NUMBER, "1.000"), True, ""),
        (Mark(Kind.NUMBER, "many"), False, ""),
        (Mark(Kind.TEMPERATURE, "38.0 C"), True, ""),
        (Mark(Kind.TEMPERATURE, "100,4 °F"), True, "a comma, a sign"),
        (Mark(Kind.TEMPERATURE, "38"), False, "no unit: 38 F would be ice"),
        (Mark(Kind.TEMPERATURE, "380 K"), False, ""),
        (Mark(Kind.SPELL, "kosek"), True, ""),
        (Mark(Kind.TERM, "ACTH"), True, "the lexicon decides"),
    ],
)
def test_a_mark_holds_what_its_kind_says(mark: Mark, is_right: bool, remark: str) -> None:
    assert (mark.fault() == "") is is_right, remark


@pytest.mark.parametrize(
    ("value", "degrees"),
    [
        ("38.0 C", ("38", "", "C")),
        ("100.4 F", ("100", "4", "F")),
        ("100,4 F", ("100", "4", "F")),
        ("38,50 °C", ("38", "5", "C")),
        ("٣٨٫٥ C", ("38", "5", "C")),
        ("38 С", ("38", "", "C")),  # a Cyrillic letter
        ("warm", ("", "", "")),
    ],
)
def test_degrees_have_a_whole_part_a_fraction_and_a_unit(value: str, degrees: tuple[str, str, str]) -> None:
    assert Mark(Kind.TEMPERATURE, value).degrees() == degrees
