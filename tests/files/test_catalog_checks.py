"""Each fault of a translation is found, in its file and on its line."""

import shutil

import polib
import pytest

from service.files.checks import catalogs, check_catalogs
from service.files.checks.pairs import addresses, edges, invisible, numbers, placeholders, spoken_numbers, untranslated
from tests.files.conftest import TODAY, Desk

CONTENT = "locales/xx/LC_MESSAGES/content.po"
MESSAGES = "locales/xx/LC_MESSAGES/messages.po"
WORDS = "locales/xx/LC_MESSAGES/words.po"


@pytest.mark.parametrize(
    ("name", "text", "words", "warning"),
    [
        ("urgent/breathing", "Call 112 now.", "lacks {emergency}", False),
        ("urgent/fever", "Call {emergency}: 38,0 C (100,4 F).", "has {emergency} more often", False),
        ("urgent/fever", "38,0 C (100,4 F) {", "brace", False),
        ("urgent/fever", "39,0 C (100,4 F)", "number 39,0", False),
        ("urgent/fever", "38,0 C", "lacks the number 100.4", True),
        ("support/families/voice", "Call 50.", "says the number 50", False),
        ("support/families", "omslife.org", "lacks the address omslifefoundation.org", False),
        ("support/carers", "example.org", "has the address example.org", False),
        ("support/carers", "a\u0301", "NFC", False),
        ("support/carers", "a\u200bb", "U+200B", False),
        ("support/carers", " ab", "begins with ' '", False),
        ("support/carers", "a\nb", "has 2 lines", False),
        ("support/carers", "Carers need rest and help too. It is right to ask for it.", "is the English", True),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(desk: Desk, name: str, text: str, words: str, warning: bool) -> None:
    desk.languages("xx")
    desk.translate("xx", {name: text}, prefix="xx ")
    desk.told(CONTENT, desk.line("xx", "content", name), name, words, warning=warning)


def test_a_translation_without_fault_has_none(desk: Desk) -> None:
    desk.languages("xx", parts=4)
    desk.translate("xx", prefix="xx ")
    found = [problem for problem in desk.found() if problem.file.startswith("locales/xx")]
    # "xx " before "O M S" and lists' comma are the only strange things in it.
    assert not [str(problem) for problem in found if problem.warning is False and "words" not in problem.what]


@pytest.mark.parametrize(
    ("english", "translated", "faults"),
    [
        ("38.0 C (100.4 F)", "38,0 C (100,4 F)", 0),
        ("38.0 C (100.4 F)", "٣٨٫٠ (١٠٠٫٤)", 0),
        ("5,000 people", "5.000 personas", 0),
        ("5,000 people", "5 000 personas", 2),  # 5 and 000 are new, 5000 is lost
        ("1,000,000", "1.000.000", 0),
        ("0800 611 116", "800 611 116", 2),
        ("20 mg", "200 mg", 2),
        ("3 of these 4", "3 de estas 4", 0),
        ("3 of these 4", "tres de estas 4", 1),
        ("3 of 3", "3 de 3 de 3", 1),
        ("No number", "Ninguno", 0),
    ],
)
def test_numbers_are_compared_by_value(english: str, translated: str, faults: int) -> None:
    found = list(numbers(english, translated))
    assert len(found) == faults + ("5 000" in translated)


def test_a_new_number_is_an_error_and_a_lost_one_a_warning() -> None:
    assert [warning for _, warning in numbers("20 mg", "200 mg")] == [False, True]


@pytest.mark.parametrize(
    ("english", "translated", "faults"),
    [
        ("one hundred and fourteen adults\n114 adults", "114 adultos", 0),
        ("one hundred and fourteen adults\n114 adults", "ciento catorce", 0),
        ("one hundred and fourteen adults\n114 adults", "141 adultos", 1),
        ("Samaritans: {phone:116 123}\n116 123", "Samaritans: {phone:116 123}", 0),
        ("Samaritans: {phone:116 123}\n116 123", "Samaritans: {phone:116-123}", 0),
        ("Samaritans: {phone:116 123}\n116 123", "Samaritans: {phone:116 124}", 1),
    ],
)
def test_digits_in_speech_are_those_of_the_english(english: str, translated: str, faults: int) -> None:
    assert len(list(spoken_numbers(english, translated))) == faults


def test_what_a_script_needs_is_allowed() -> None:
    assert not list(invisible("\u200e116 123", "ar", rtl=True))
    assert list(invisible("\u200e116 123", "es", rtl=False))
    assert not list(invisible("می\u200cشود", "fa", rtl=True))
    assert list(invisible("می\u200cشود", "ar", rtl=True))
    assert list(invisible("\u202eabc", "ar", rtl=True))


def test_pairs_that_are_right() -> None:
    assert not list(placeholders("Call {emergency}", "Llame al {emergency}"))
    assert not list(addresses("See orpha.net", "Vea orpha.net"))
    assert not list(edges("a, ", "b, "))
    assert not list(untranslated("Solving Kids Cancer UK IVIG", "Solving Kids Cancer UK IVIG"))
    assert not list(untranslated("New Zealand", "New Zealand"))
    assert list(edges("a, ", "b,"))


def test_a_comma_of_a_list_may_need_no_space(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"prompt/list-comma": "、"})
    assert not [problem for problem in desk.found() if "list-comma" in problem.what]


def test_a_catalog_that_is_missing_or_behind_is_told(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ")
    desk.edit("content/prompts.toml", 'text = "Goodbye."', 'text = "Bye."')
    desk.edit("content/prompts.toml", "[prompts.ask]", "[prompts.new]\ntext = 'New.'\n\n[prompts.ask]")
    (desk.root / WORDS).unlink()
    desk.told(MESSAGES, 0, "prompt/new", "prompt/goodbye/end", "`oms-line catalog update xx`")
    desk.told(MESSAGES, desk.line("xx", "messages", "prompt/goodbye/end"), "its English has changed", warning=True)
    desk.told(WORDS, 0, "is missing: run `oms-line catalog update xx`")


def test_new_english_is_stale_after_the_merge_too(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ")
    desk.edit("content/prompts.toml", 'text = "Goodbye."', 'text = "Bye."')
    desk.translate("xx", {"prompt/goodbye/end": "Adieu 5."}, prefix="xx ")
    line = desk.line("xx", "messages", "prompt/goodbye/end")
    desk.told(MESSAGES, line, "its English has changed", warning=True)
    # What is wrong in a text that is translated anew anyway is not told.
    assert not [problem for problem in desk.found() if "number 5" in problem.what]


def test_drafts_are_counted_once_a_file(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"prompt/ask": ""}, prefix="xx ", fuzzy=True)
    desk.told(MESSAGES, 0, "are drafts, checked by nobody", warning=True)
    desk.told(MESSAGES, 0, "not translated: prompt/ask", warning=True)
    assert len([problem for problem in desk.found() if "are drafts" in problem.what]) == 3


def test_many_missing_are_named_shortly(desk: Desk) -> None:
    desk.languages("xx")
    names = [f"prompt/choice/{name}" for name in ("about", "adults", "again", "back", "diagnosis", "faster", "next")]
    desk.translate("xx", dict.fromkeys(names, ""), prefix="xx ")
    desk.told(MESSAGES, 0, "and 2 more", warning=True)


def test_the_word_of_a_machine_that_stays_on_checked_text_is_a_warning(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ")
    po = desk.catalog("xx", "messages")
    entry = next(entry for entry in po if entry.msgctxt == "prompt/ask")
    entry.tcomment = "machine-drafted: somebody, 2026-11-21, not checked by a person"
    po.save()
    desk.told(MESSAGES, desk.line("xx", "messages", "prompt/ask"), "without being marked fuzzy", warning=True)


def test_word_lists_are_checked_for_letters_nobody_sees(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"words/menu": "me\u00adnu\nstart over"})
    desk.told(WORDS, desk.line("xx", "words", "words/menu"), "U+00AD")


def test_obsolete_entries_are_left_alone(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ")
    po = desk.catalog("xx", "messages")
    po.append(polib.POEntry(msgctxt="prompt/gone", msgid="Gone", msgstr="{x} 5", obsolete=True))
    po.save()
    assert not [problem for problem in desk.found() if "prompt/gone" in problem.what]


def test_a_catalog_that_cannot_be_read_is_told_with_its_line(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ")
    text = (desk.root / MESSAGES).read_text("utf-8")
    desk.write(MESSAGES, text + 'msgctxt "x"\nmsgid "y"\nthis is nothing\n')
    line = text.count("\n") + 3
    desk.told(MESSAGES, line, "is not a line of a PO file")


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed; CI installs it")
def test_msgfmt_has_its_word(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"urgent/breathing": "{emergncy} 1"})
    line = next(entry.linenum for entry in desk.catalog("xx", "content") if entry.msgctxt == "urgent/breathing")
    found = [problem for problem in desk.found() if problem.what.startswith("msgfmt:") and not problem.warning]
    assert [(problem.file, line < problem.line < line + 9) for problem in found] == [(CONTENT, True)]


def test_without_msgfmt_all_else_is_checked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogs.shutil, "which", lambda *_, **__: None)
    desk.languages("xx")
    desk.translate("xx", {"urgent/breathing": "{emergncy} 1"})
    found = [problem.what for problem in desk.found()]
    assert not [what for what in found if what.startswith("msgfmt:")]
    assert [what for what in found if "urgent/breathing: lacks {emergency}" in what]


def test_one_language_can_be_checked_alone(desk: Desk) -> None:
    desk.languages("xx", "xy")
    for tag in ("xx", "xy"):
        desk.translate(tag, {"urgent/breathing": "x"})
    desk.edit("content/prompts.toml", 'text = "Goodbye."', 'text = "Goodbye…"')
    files = {
        problem.file.partition("/LC")[0] for problem in check_catalogs(desk.root, ("xx",), TODAY) if not problem.warning
    }
    assert files == {"locales/xx"}
    everyone = {problem.file.partition("/LC")[0] for problem in check_catalogs(desk.root) if not problem.warning}
    assert everyone == {"locales/xx", "locales/xy"}


def test_an_unknown_language_is_told(desk: Desk) -> None:
    found = check_catalogs(desk.root, ("qq",))
    assert [str(problem) for problem in found] == ["locales/languages.toml: qq is not in it: add [languages.qq] first"]


def test_translations_of_english_that_cannot_be_read_are_not_checked(desk: Desk) -> None:
    desk.write("content/alarm.toml", "text = 5\n")
    assert {problem.file for problem in check_catalogs(desk.root)} == {"content/alarm.toml"}
