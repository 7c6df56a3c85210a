"""Each fault of the English is found, in its file and on its line."""

from datetime import timedelta

import pytest

from service.files.checks import check_all
from service.files.checks.contacts import spoken_numbers, written_numbers
from service.files.checks.prompts import NEEDED, check_prompts
from service.files.checks.readability import grade, syllables
from service.files.source import read_source
from tests.files.conftest import TODAY, Desk

URGENT = "content/topics/urgent.toml"
SUPPORT = "content/topics/support.toml"
SERVICE = "content/topics/service.toml"
TREATMENT = "content/topics/treatment.toml"
PROMPTS = "content/prompts.toml"


def test_the_copy_has_nothing_to_mend(desk: Desk) -> None:
    assert not [str(problem) for problem in desk.found() if not problem.warning]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (URGENT, 'text = "Call {emergency} now for a first', 'text = "Call {emergency} now — for a first', ("U+2014",)),
        (PROMPTS, 'text = "Goodbye."', 'text = "Goodbye… ’"', ("U+2026", "U+2019")),
        (PROMPTS, 'text = "Goodbye."', 'text = "Goodbye {name}."', ("{name}", "filled in")),
        (PROMPTS, 'text = "Goodbye."', 'text = "Goodbye {."', ("brace",)),
        (PROMPTS, 'text = "{key} language"', 'text = "language"', ("needs {key}",)),
        (PROMPTS, 'text = "*"', 'text = "{emergency}"', ("nothing is filled in",)),
        (PROMPTS, "It comes in {language}.", "It comes.", ("needs {language}",)),
        (SERVICE, "In an emergency, call {emergency}.", "In an emergency, dial {emergency}.", ("right after 'call'",)),
        (SERVICE, "on {date}.", "on {operator}.", ("{operator}",)),
        ("content/alarm.toml", 'text = "Call {emergency} now. Do', 'text = "Call now. Do', ("needs {emergency}",)),
        ("content/topics/about.toml", 'text = "You cannot catch it.', 'text = "Do not worry.', ("do not worry",)),
        ("content/topics/about.toml", 'text = "You cannot catch it.', 'text = "It is Benign.', ("benign",)),
        ("content/topics/about.toml", 'text = "You cannot catch it.', 'text = "About 5% of people.', ("1 in 5",)),
        (TREATMENT, 'text = "Some chemo', 'text = "Give 5 mg of it. Some chemo', ("'5 mg'",)),
        (TREATMENT, 'text = "During a drip, tell the nurse at once', 'text = "During a drip, say', ("an emergency says",)),
        (URGENT, 'text = "If you are not sure, call {emergency}. It', 'text = "Call at once. It', ("last passage",)),
        (SUPPORT, 'text = "Canada: CORD, for rare diseases, rare', 'text = "Canada: CORD, rare-', ("none of its contacts",)),
        (SUPPORT, 'text = "Portugal: Linha Rara, ', 'text = "Portugal: Linha Rara, www.', ("without https://",)),
        (SUPPORT, 'text = "Ireland: Samaritans, 116 123."', 'text = "Samaritans, 116 124."', ("116124", "none of its")),
        (SUPPORT, 'text = "Ireland: Samaritans, 116 123."', 'text = "Samaritans."', ("116123", "is not in it")),
        (SUPPORT, 'voice = "In Ireland, Samaritans: {phone:116 123}.', 'voice = "{phone:116 124}.', ("reads out",)),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_file_and_line(
    desk: Desk, file: str, old: str, new: str, words: tuple[str, ...]
) -> None:
    desk.told(file, desk.edit(file, old, new), *words)


def test_a_number_that_is_written_must_be_read_out(desk: Desk) -> None:
    line = desk.edit(SUPPORT, "In Ireland, Samaritans: {phone:116 123}. Again: {phone:116 123}.", "Hm.")
    desk.told(SUPPORT, line, "needs 116123 in its `voice`")


def test_an_address_is_not_read_out(desk: Desk) -> None:
    line = desk.edit(SUPPORT, "In Germany, the German OMS association has a website.", "In Germany: opsoklonus.info.")
    desk.told(SUPPORT, line, "a web address cannot be noted down by ear")


def test_a_number_without_voice_needs_one(desk: Desk) -> None:
    line = desk.edit(SUPPORT, 'voice = "In Ireland', '#voice = "In Ireland')
    desk.told(SUPPORT, line - 1, "needs 116123 in its `voice`")


def test_numbers_are_read_out_where_a_mark_says_so() -> None:
    assert spoken_numbers("Call: {phone:0800 611 116}. Again: {digits:12}, {number:114}.") == ["0800611116", "12"]
    assert written_numbers("0800 611 116, 1 in 5 million, 38.0 C, 13 11 14") == ["0800611116", "131114"]


def test_a_topic_opens_with_its_most_urgent_passage(desk: Desk) -> None:
    line = desk.edit(
        "content/topics/adults.toml", 'id = "stroke"\nurgency = "emergency"', 'id = "stroke"\nurgency = "routine"'
    )
    desk.edit("content/topics/adults.toml", 'id = "signs"\nurgency = "routine"', 'id = "signs"\nurgency = "same-day"')
    desk.told("content/topics/adults.toml", line, "most urgent passage comes first")
    desk.told("content/topics/adults.toml", 0, "must open with its most urgent passage")


def test_a_topic_opens_with_a_passage_for_everybody(desk: Desk) -> None:
    file = "content/topics/service.toml"
    line = desk.edit(file, 'id = "what"\n', 'id = "what"\nwhen = "operator"\n')
    desk.told(file, line, "for everybody")


def test_no_topic_may_be_for_regions_only(desk: Desk) -> None:
    for name in ("first", "team", "safety", "later"):
        desk.edit("content/topics/questions.toml", f'id = "{name}"\n', f'id = "{name}"\nregions = ["US"]\n')
    desk.told("content/topics/questions.toml", 0, "no passage for everybody")


def test_what_the_library_refuses_without_a_topic_is_told_too(desk: Desk) -> None:
    desk.edit("content/prompts.toml", 'text = ", "', 'text = " "')
    desk.told("content", 0, "met with silence")


def test_a_passage_that_is_too_hard_is_a_warning_and_a_topic_an_error(desk: Desk) -> None:
    hard = "Immunological deterioration necessitates multidisciplinary rehabilitation consultations and considerations regularly."
    file = "content/topics/questions.toml"
    line = desk.edit(file, 'text = "Ask: Is it OMS, or could', f'text = "{hard * 3} Ask: Is it OMS, or could')
    desk.told(file, line, "reads at grade", warning=True)
    desk.told(file, 0, "reads at grade")


@pytest.mark.parametrize(
    ("word", "count"),
    [("make", 1), ("jerked", 1), ("needed", 2), ("little", 2), ("people", 2), ("infections", 3), ("neuroblastoma", 2),
     ("fast-acting", 3), ("38.0", 1), ("opsoclonus-myoclonus", 2), ("antibodies", 4)],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_text_without_words_has_no_grade() -> None:
    assert grade("...") == 0.0


def test_a_long_sentence_is_a_warning(desk: Desk) -> None:
    line = desk.edit(SERVICE, 'text = "Your phone company may', f'text = "{"so " * 20}your phone company may')
    desk.told(SERVICE, line, "sentence of 29 words", warning=True)


def test_a_date_of_review_that_has_passed_is_an_error(desk: Desk) -> None:
    line = desk.edit(URGENT, "review_by = 2027-11-21", "review_by = 2026-11-30")
    desk.told(URGENT, line, "2026-11-30, has passed")


def test_a_contact_is_checked_every_year_and_not_in_the_future(desk: Desk) -> None:
    line = desk.edit("content/contacts.toml", "checked = 2026-11-21", "checked = 2025-11-21")
    desk.told("content/contacts.toml", line, "C01 (OMSLife Foundation) was last checked on 2025-11-21")
    later = check_all(desk.root, today=TODAY + timedelta(days=-60))
    assert any("nobody has checked it on" in problem.what for problem in later)


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_each_prompt_the_program_says_must_be_there(desk: Desk, name: str) -> None:
    text = (desk.root / PROMPTS).read_text("utf-8")
    header = next(form for form in (f'[prompts."{name}"]', f"[prompts.{name}]") if form in text)
    text = text.replace(header, f'[prompts."x-{name}"]')
    # A library without the prompt cannot be walked: only the check of names is asked.
    desk.write(PROMPTS, text)
    found = list(check_prompts(read_source(desk.root)))
    assert [p for p in found if name in p.what and not p.warning]
    assert [p for p in found if f"x-{name}" in p.what and p.warning]


def test_everything_unreadable_is_told_at_once(desk: Desk) -> None:
    desk.write("content/alarm.toml", "text = 5\n")
    desk.write("locales/languages.toml", "[languages\n")
    assert {problem.file for problem in desk.found()} == {"content/alarm.toml", "locales/languages.toml"}
