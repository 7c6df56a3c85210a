"""Each fault of the word lists is found."""

import pytest

from service.core.patterns import phrase
from service.files.checks.examples import examples
from service.files.checks.phrases import reserved, spelled_out
from tests.files.conftest import Desk

ENGLISH = "content/words.toml"
WORDS = "locales/xx/LC_MESSAGES/words.po"


def replaced(desk: Desk, name: str, phrases: str) -> int:
    """An English list of other phrases; gives back its line."""
    lines = (desk.root / ENGLISH).read_text("utf-8").splitlines()
    line = next(n for n, written in enumerate(lines) if written.startswith(f'"{name}" ='))
    lines[line] = f'"{name}" = {phrases}'
    desk.write(ENGLISH, "\n".join(lines) + "\n")
    return line + 1


def test_a_list_that_is_missing_or_empty_is_told(desk: Desk) -> None:
    desk.told(ENGLISH, replaced(desk, "menu", "[]"), '"menu" is missing or empty')


def test_a_list_that_leads_nowhere_is_told(desk: Desk) -> None:
    line = (desk.root / ENGLISH).read_text("utf-8").count("\n") + 1
    desk.write(ENGLISH, (desk.root / ENGLISH).read_text("utf-8") + 'nonsense = ["n"]\n"about/blame" = ["fault"]\n')
    desk.told(ENGLISH, line, '"nonsense"', "leads nowhere")
    assert not [problem for problem in desk.found() if '"about/blame"' in problem.what]


@pytest.mark.parametrize("word", ["stop", "STOP", "help", "arrêt", "info*", "more|yes"])
def test_words_of_the_phone_networks_are_not_ours(desk: Desk, word: str) -> None:
    desk.told(ENGLISH, replaced(desk, "menu", f'["{word}"]'), "belongs to the phone networks")


def test_words_of_the_networks_may_stand_in_a_longer_phrase() -> None:
    assert not reserved(phrase("stopped|stop breathing", "alarm", "en"))
    assert not reserved(phrase("beginning", "menu", "en"))


def test_two_meanings_within_a_language_are_an_error(desk: Desk) -> None:
    replaced(desk, "about", '["what is it"]')
    line = replaced(desk, "symptoms", '["it is what"]')
    desk.told(ENGLISH, line, "'is it what' is in the lists about, symptoms")


def test_choices_that_overlap_are_told_once_and_commands_come_first(desk: Desk) -> None:
    replaced(desk, "about", '["what|how is it|this"]')
    replaced(desk, "again", '["how is|was it"]')
    line = replaced(desk, "symptoms", '["how is|are it|this"]')
    assert [p for p in desk.found() if p.line == line and p.warning and "asked back" in p.what]


def test_lists_that_lend_meaning_may_share_words(desk: Desk) -> None:
    replaced(desk, "heat", '["fever"]')
    replaced(desk, "urgent/fever", '["fever"]')
    assert not [problem for problem in desk.found() if "'fever'" in problem.what]


def test_two_meanings_in_two_languages_are_a_warning(desk: Desk) -> None:
    desk.languages("xx")
    replaced(desk, "about", '["gift"]')
    desk.translate("xx", {"words/treatment": "gift"})
    line = desk.line("xx", "words", "words/treatment")
    desk.told(WORDS, line, "treatment here is about in en (content/words.toml): gift", warning=True)


def test_an_innocent_phrase_that_is_an_alarm_is_an_error(desk: Desk) -> None:
    replaced(desk, "alarm", '["not|isnt breathing"]')
    desk.told(ENGLISH, replaced(desk, "innocent", '["isnt breathing"]'), "'breathing isnt' is an alarm too")


def test_a_list_that_a_language_lacks_is_an_error(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"words/alarm": ""})
    desk.told(WORDS, 0, "words/alarm is missing")


@pytest.mark.parametrize("name", ["alarm", "prompt/ask", "prompt/star/voice"])
def test_a_language_that_is_only_begun_may_lack_lists_and_sentences(desk: Desk, name: str) -> None:
    """Nothing of it is offered yet: whoever has just begun is not told of faults, but of what is still to do."""
    desk.write("tests/words/en.txt", "what is oms => about\n" * 60)
    desk.languages("xx")
    desk.translate("xx", {"words/alarm": "", name: ""})
    desk.told(WORDS, 0, "words/alarm is missing", warning=True)
    desk.told("tests/words/xx.txt", 0, "has 0 sentences", warning=True)
    desk.translate("xx", {"words/alarm": ""})
    desk.told(WORDS, 0, "words/alarm is missing")
    desk.told("tests/words/xx.txt", 0, "has 0 sentences")


def test_a_topic_that_is_missing_does_not_make_a_language_only_begun(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"words/alarm": "", "about/blame": "", "words/menu": ""})
    desk.told(WORDS, 0, "words/alarm is missing")
    desk.told(WORDS, 0, "words/menu is missing: what do people write in xx for it?")


def test_english_lacks_no_lists_of_its_own(desk: Desk) -> None:
    assert not [problem for problem in desk.found() if "what do people write in" in problem.what]


def test_an_entry_that_cannot_be_read_is_an_error(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"words/menu": "a*"})
    desk.told(WORDS, desk.line("xx", "words", "words/menu"), "words/menu: ", "stem")


def test_weak_phrases_stems_and_long_choices_are_not_spelled_out() -> None:
    assert not list(spelled_out(phrase("test?", "diagnosis", "en")))
    assert not list(spelled_out(phrase("breath*", "alarm", "en")))
    many = "|".join(f"w{n}" for n in range(10))
    assert not list(spelled_out(phrase(f"{many} {many} {many}", "alarm", "en")))
    assert list(spelled_out(phrase("b|c a", "alarm", "en"))) == [("a", "b"), ("a", "c")]
    assert list(spelled_out(phrase("没有呼吸", "alarm", "zh"))) == [("没有呼吸",)]


def test_an_example_in_a_prompt_must_be_understood(desk: Desk) -> None:
    line = desk.edit("content/prompts.toml", 'text = "Reply with a number or a word."', 'text = "Reply MENU."')
    desk.told("content/prompts.toml", line, "'MENU'", "in no word list of en")
    replaced(desk, "menu", '["menu"]')
    assert not [problem for problem in desk.found() if "'MENU'" in problem.what]


def test_examples_are_in_capitals_or_quoted() -> None:
    assert examples('Write "main menu" or MENU about OMS.') == ("main menu", "MENU")
    assert examples("OMS에 대해 쓰려면 MENU를, MENU라고") == (), "a particle makes another word of it"
    assert examples("メニューはMENU、「はい」") == ("はい",), "without spaces only quotation marks show one"
    assert examples("Пишите МЕНЮ или Menu, dOS, مرحبا, 菜单菜单") == ("МЕНЮ",), (
        "a script without capitals has no such words"
    )
    assert examples("MENU2 ÉTÉS İZMİR") == ("ÉTÉS", "İZMİR")
    assert examples("Écrivez « aide moi » ou „hallo“ 「はい」") == ("aide moi", "hallo", "はい")


def test_each_language_has_sentences_that_people_write(desk: Desk) -> None:
    desk.write("tests/words/en.txt", "# ours\n" + "what is oms => about\n" * 59 + "\n")
    desk.told("tests/words/en.txt", 0, "has 59 sentences, and needs 60")
    desk.write("tests/words/en.txt", "what is oms => about\n" * 60)
    desk.languages("xx")
    assert [problem.file for problem in desk.found() if "sentences, and needs" in problem.what] == [
        "tests/words/xx.txt"
    ]
