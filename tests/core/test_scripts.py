"""A message in letters that only one language uses is in that language, also if nothing of it is understood."""

import pytest

from service.core.matching import Phrasebook
from service.core.meanings import Unknown
from service.core.patterns import phrase
from service.core.scripts import Scripts, script

LISTS = {
    "en": ["hello"],
    "am": ["ሰላም", "selam"],
    "ja": ["ありがとう", "水"],
    "zh-Hans": ["谢谢"],
    "ru": ["да"],
    "uk": ["так"],
}


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("hello", "LATIN"),
        ("ሰላም", "ETHIOPIC"),
        ("'да", "CYRILLIC"),
        ("水", "CJK"),
        ("ー", "KATAKANA"),
        ("12", ""),
        ("", ""),
    ],
)
def test_a_word_has_a_script(word: str, name: str) -> None:
    assert script(word) == name


@pytest.mark.parametrize(
    ("words", "languages", "remark"),
    [
        (["ደህና", "ነህ"], {"am"}, "one language has these letters"),
        (["ደህና", "ok"], {"am"}, "half of it"),
        (["ደህና", "ok", "hi"], set(), "a stray word"),
        (["привет"], {"ru", "uk"}, "two have them"),
        (["水", "火"], {"ja", "zh-Hans"}, "two have them"),
        (["hello"], set(), "Latin letters are typed everywhere"),
        (["αβγ"], set(), "no language of ours"),
        ([], set(), "nothing"),
        (["12"], set(), "no letter"),
    ],
)
def test_languages_of_a_message(words: list[str], languages: set[str], remark: str) -> None:
    assert Scripts(LISTS).languages(words) == languages, remark


@pytest.mark.parametrize(
    ("message", "prefer", "language", "remark"),
    [
        ("ደህና ነህ", ("en",), "am", "its letters are enough"),
        ("привет всем", ("uk",), "uk", "the likelier of two"),
        ("привет всем", ("en",), None, "two, and nothing tells which"),
        ("так привет", ("en",), "uk", "a word of one of them"),
        ("good grief", ("en",), None, "Latin letters say nothing"),
    ],
)
def test_what_is_not_understood_still_tells_its_language(
    message: str, prefer: tuple[str, ...], language: str | None, remark: str
) -> None:
    phrases = [phrase(word, "common", tag) for tag, words in LISTS.items() for word in words]
    assert Phrasebook(phrases, (), ()).understand(message, prefer) == Unknown(language), remark
