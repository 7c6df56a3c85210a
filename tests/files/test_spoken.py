"""What a voice would misread is told before anybody hears it."""

import pytest

from service.core.lexicon import Lexicon, Term
from service.files.checks.spoken import misread
from service.files.lexicons import read_lexicon
from service.files.problems import Problem
from tests.files.conftest import Desk

CONTENT = "content/topics/about.toml"
ENGLISH = Lexicon({"OMS": Term("O M S")}, "{number} degrees", "{number} degrees Fahrenheit", "{whole} point {part}")


@pytest.mark.parametrize(
    ("text", "words", "remark"),
    [
        ("OMS is rare. Look for 3 of these 4, or 38.", None, "a voice reads short numbers rightly"),
        ("Call {emergency}, press {key}, {phone:116 123}.", None, "what is filled in is written for voices"),
        ("Il y a 3 signes : là-bas, l'été.", None, ""),
        ("눈이 빠르게 움직입니다.", None, ""),
        ("ダンシングアイ症候群とは、目がオーオー動く、人々の病気です。", None, "three scripts that make one"),
        ("NHS helps.", "NHS: say in lexicon.toml", "capitals"),
        ("Say McDonald.", "McDonald", "capitals within a word are a guess too"),
        ("In 1998.", "1998: write {digits:…}", "nineteen ninety-eight, or one thousand …"),
        ("Call 116 123.", "116 123: write", ""),
        ("١١٦", "116: write", "digits of any script"),
        ("mild/severe", "/: voices read it", ""),
        ("50 % or 38°", "%: voices", ""),
        ("See rarediseases.org now.", "rarediseases.org: nobody can note", ""),
        ("Это OMS и NORD.", "NORD", "of another script, and in capitals"),
        ("Это Nord.", "Nord: letters of another script", ""),
        ("Это ひ.", "mixes the scripts Cjk, Cyrillic", ""),
        ("{term:ACTH}", "lexicon.toml has no [terms.ACTH]", ""),
        ("没有" * 51, "102 letters without a pause", "the online speaker would cut inside a word"),
        ("没有，" * 50, None, ""),
    ],
)
def test_a_sentence_is_read_as_it_is_meant_or_told(text: str, words: str | None, remark: str) -> None:
    told = list(misread(text, ENGLISH))
    assert bool(told) is bool(words), (remark, told)
    assert words is None or any(words in one for one in told), (remark, told)


def test_a_temperature_needs_the_words_for_it() -> None:
    assert list(misread("{temperature:38.0 C}", Lexicon())) == [
        "{temperature:38.0 C}: lexicon.toml has no [temperature]"
    ]


def test_what_is_only_read_is_not_judged_and_what_has_a_spoken_wording_neither(desk: Desk) -> None:
    desk.edit("content/prompts.toml", 'text = "We cannot open pictures', 'text = "WE cannot open pictures')
    desk.edit("content/topics/support.toml", 'text = "Ireland: Sam', 'text = "IRELAND: Sam')
    assert not [problem for problem in desk.found() if not problem.warning]


def test_what_is_heard_is_told_with_its_file_and_line(desk: Desk) -> None:
    line = desk.edit(CONTENT, "You cannot catch it.", "You CANNOT catch it.")
    desk.told(CONTENT, line, "CANNOT: say in lexicon.toml")


# ---- lexicon.toml --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[terms.OMS]\nsay = 5\n", 2, "say must be words"),
        ("[terms.OMS]\nipa = 'x'\n", 1, "say is missing"),
        ("[terms.OMS]\nsay = 'O'\nsaid = 'O'\n", 3, "unknown field 'said'"),
        ("[therms.OMS]\nsay = 'O'\n", 1, "unknown table 'therms'"),
        ("terms = 5\n", None, None),
        ("[temperature]\ncelsius = 'warm'\nfahrenheit = '{number} F'\ndecimal = '{whole}.{part}'\n", 2, "{number}"),
        ("[temperature]\ncelsius = '{number} C'\nfahrenheit = '{number} F'\ndecimal = '{whole}'\n", 4, "{part}"),
        ("[terms.OMS\n", 1, "is not valid TOML"),
    ],
)
def test_a_fault_in_a_lexicon_is_told_with_its_line(desk: Desk, text: str, line: int | None, words: str | None) -> None:
    desk.write("locales/xx/lexicon.toml", text)
    problems: list[Problem] = []
    read_lexicon(desk.root, "xx", problems)
    if words is None:
        assert problems == []
        return
    assert [(one.file, one.line) for one in problems] == [("locales/xx/lexicon.toml", line)]
    assert words in problems[0].what


def test_a_language_without_a_lexicon_has_an_empty_one(desk: Desk) -> None:
    problems: list[Problem] = []
    assert read_lexicon(desk.root, "zz", problems) == Lexicon()
    assert problems == []


def test_a_broken_lexicon_takes_out_its_own_language_and_no_other(desk: Desk) -> None:
    desk.languages("xx", "yy")
    desk.translate("xx", prefix="xx ")
    desk.translate("yy", prefix="yy ")
    desk.write("locales/xx/lexicon.toml", "[terms.OMS\n")
    shelf = desk.read()
    assert set(shelf.library.editions) == {"en", "yy"}
    assert [problem.file for problem in shelf.broken] == ["locales/xx/lexicon.toml"]


def test_a_broken_english_lexicon_is_no_start(desk: Desk) -> None:
    desk.write("locales/en/lexicon.toml", "[terms.OMS\n")
    with pytest.raises(Exception, match=r"locales/en/lexicon\.toml"):
        desk.read()
