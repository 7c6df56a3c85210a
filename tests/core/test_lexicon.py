"""What a voice is given for what we write."""

import pytest

from service.core.lexicon import Lexicon, Pause, Sounds, Term, Words

ENGLISH = Lexicon(
    {
        "OMS": Term("O M S"),
        "OMSLife": Term("O M S Life"),
        "ACTH": Term("A C T H", ipa="eɪ siː tiː eɪtʃ", speakers={"embedded": "A, C, T, H"}),
        "C++": Term("C plus plus"),
        "医院": Term("yī yuàn"),
        "мг": Term("миллиграмм"),
    },
    "{number} degrees Celsius",
    "{number} degrees Fahrenheit",
    "{whole} point {part}",
)


@pytest.mark.parametrize(
    ("text", "said", "remark"),
    [
        ("OMS is rare.", "O M S is rare.", ""),
        ("The OMSLife Foundation", "The O M S Life Foundation", "the longest term wins"),
        ("COMS, OMSX, OMS2", "COMS, OMSX, OMS2", "not in the middle of a word"),
        ("OMS'nin (OMS), OMS-team", "O M S'nin (O M S), O M S-team", "beside a mark a word ends"),
        ("OMS是罕见病", "O M S是罕见病", "Chinese has no spaces"),
        ("去医院看", "去yī yuàn看", "nor around a term of its own"),
        ("5 мг, мгла", "5 миллиграмм, мгла", "other scripts have words too"),
        ("C++ here", "C plus plus here", "a term may end in a sign"),
        ("call {digits:911} now", "call 9, 1, 1 now", "digit by digit, or it is nine hundred and eleven"),
        ("{phone:0800 611 116}.", "0, 8, 0, 0; 6, 1, 1; 1, 1, 6.", "a pause between groups"),
        ("{phone:44 ١١٦}", "4, 4; 1, 1, 6", "digits of other scripts are digits"),
        ("{number:114} adults", "114 adults", "a count is read as one"),
        ("{spell:ko sek}", "k, o, s, e, k", ""),
        ("{term:ACTH} and ACTH", "A, C, T, H and A, C, T, H", "respelt for one speaker"),
        ("{temperature:38.0 C} ({temperature:100.4 F})", "38 degrees Celsius (100 point 4 degrees Fahrenheit)", ""),
        ("two  spaces\nand a line", "two spaces and a line", ""),
    ],
)
def test_a_speaker_is_given_words_it_cannot_misread(text: str, said: str, remark: str) -> None:
    assert ENGLISH.said(text, "embedded") == said, remark


def test_twilios_voice_is_given_pauses_and_sounds() -> None:
    assert ENGLISH.bits("ACTH: {phone:116 123}, {spell:ab}") == (
        Sounds("A C T H", "eɪ siː tiː eɪtʃ"),
        Words(": 1, 1, 6"),
        Pause(),
        Words("1, 2, 3, a, b"),
    )


def test_what_the_lexicon_covers_is_taken_out_for_the_checks() -> None:
    assert ENGLISH.covered("OMS {digits:911} NHS").split() == ["NHS"]
    assert Lexicon().covered("OMS {digits:911}").split() == ["OMS"]


def test_without_a_lexicon_words_stay_as_they_are() -> None:
    assert Lexicon().said("OMS, {temperature:100.4 F}", "gtts") == "OMS, 100.4 F"
