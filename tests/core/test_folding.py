"""What people write is made comparable, whatever they type it on."""

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.core.folding import fold, is_unspaced, key_in, numbers, plain_digits

TRICKY = "اللـبكفوةىئ'’ʼ´ldquàéıŁøœþ়ंँোিかカガ゙゚ーงำ뷁ㅏ각각ሐሰ１①⑴½ŉßſİΐᾳͅ°º˚.,5 \u200b\u200c\u200e\ud800\udfff\x00\n_"
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=())), st.text(st.sampled_from(TRICKY)), st.text(alphabet="اللتهبوكفـ ")
)


@pytest.mark.parametrize(
    ("one", "other", "remark"),
    [
        ("No DESPIERTA!!!", "no despierta", "shouting"),
        ("İNME", "inme", "the Turkish capital with a dot"),
        ("YANIK", "yanık", "the Turkish small letter without one"),
        ("أزمة", "ازمه", "forms of alef and ta marbuta"),
        ("والحرق", "حرق", "the Arabic article, and 'and' before it"),
        ("الالتهاب", "التهاب", "a word that begins like the article, with the article and without"),
        ("ज़हर", "जहर", "nukta, often left out"),
        ("साँप", "सांप", "chandrabindu and anusvara"),
        ("ሐኪም", "ሀኪም", "Amharic letters that sound alike"),
        ("می\u200cشود", "میشود", "a zero-width non-joiner"),
        ("м'язи", "мязи", "an apostrophe inside a Ukrainian word"),
        ("м’язи", "мязи", "the same, curled"),
        ("ガン", "がん", "katakana and hiragana"),
        ("dell'occhio", "dell occhio", "an elision parts two words"),
        ("n’arrive pas", "n arrive pas", "the same, curled"),
        ("ｂｕｒｎ", "burn", "full-width letters"),
        ("bu\u200brn", "burn", "a zero-width space"),
        ("isn't", "isnt", "no elision: an apostrophe is nothing"),
        ("can´t", "cant", "the accent key typed for the apostrophe"),
        ("l´amour", "l amour", "the same in an elision"),
        ("heeeelp", "help", "a held key"),
        ("help  me,please", "help me please", "spaces and commas"),
        ("não", "nao", "a tilde"),
        ("ohnmächtig", "ohnmachtig", "an umlaut; ae is another spelling, and listed"),
        ("Łódź", "lodz", "a stroke is no accent to Unicode"),
        ("ЁЖ", "еж", "Russian yo"),
        ("ـتشنجـ", "تشنج", "the Arabic lengthening stroke"),
        ("", "?!…", "nothing that counts"),
    ],
)
def test_what_is_written_differently_is_the_same(one: str, other: str, remark: str) -> None:
    assert fold(one) == fold(other), remark


@pytest.mark.parametrize(
    ("one", "other", "remark"),
    [
        ("ガン", "カン", "cancer is not can: the voicing mark is a letter"),
        ("कि", "की", "vowel signs are letters"),
        ("п'ять", "п ять", "no elision in Ukrainian"),
        ("ng'ombe", "ng ombe", "nor in Swahili"),
        ("wait", "wai", "double letters only shrink when held"),
        ("been", "ben", "two of a letter are a spelling"),
        ("100", "1", "digits are never held keys"),
    ],
)
def test_what_means_something_else_stays_apart(one: str, other: str, remark: str) -> None:
    assert fold(one) != fold(other), remark


@pytest.mark.parametrize(
    ("written", "folded"),
    [("叫不醒", "叫 不 醒"), ("ไม่หายใจ", "ไ ม ่ ห า ย ใ จ"), ("CT検査", "ct 検 査"), ("mri?", "mri")],
)
def test_scripts_without_spaces_fall_into_letters(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_only_single_letters_of_such_scripts_are_unspaced() -> None:
    assert is_unspaced("醒")
    assert is_unspaced("不醒")
    assert not is_unspaced("ct検査")
    assert not is_unspaced("a")


@given(ANY_TEXT)
@example("الالالتهاب")
@example("েـা")
@example("かـ゙")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_nothing_that_can_be_written_is_too_much(text: str) -> None:
    assert not re.search(r"^\s|\s$|\s\s", fold(text))
    key_in(text)
    list(numbers(text))


def test_every_character_there_is_can_be_folded() -> None:
    # But for those not yet given out and the ideographs, which are all alike.
    for code in (*range(0x3400), *range(0xA000, 0xAC00), *range(0xD7A4, 0x17000), *range(0x1A000, 0x20000)):
        once = fold(chr(code))
        assert fold(once) == once, hex(code)


def test_digits_of_all_scripts_are_read() -> None:
    for code in range(0x80, sys.maxunicode + 1):
        if unicodedata.category(chr(code)) == "Nd":
            assert plain_digits(chr(code)) == str(unicodedata.decimal(chr(code))), hex(code)


@pytest.mark.parametrize(
    ("written", "key", "remark"),
    [
        ("1", "1", "plain"),
        (" 1 ", "1", "spaces around"),
        ("1.", "1", "as in a list"),
        ("(1)", "1", "in brackets"),
        ("⑴", "1", "the same in one character"),
        ("1️⃣", "1", "a keycap"),
        ("２", "2", "full width"),
        ("١", "1", "Arabic"),
        ("۴", "4", "Persian"),
        ("१", "1", "Hindi"),
        ("፩", "1", "Amharic"),
        ("①", "1", "circled"),
        ("0", "0", "people who can help"),
        ("*", "*", "back"),
        ("＊", "*", "the same, full width"),
        ("#", "#", "on"),
        ("＃", "#", "the same, full width"),
        ("15", None, "a number, no key"),
        ("2a", None, "no key"),
        ("1 2", None, "two keys"),
        ("½", None, "no key"),
        ("one", None, "a word"),
        ("**", None, "no key"),
        ("", None, "nothing"),
    ],
)
def test_a_key_can_be_written(written: str, key: str | None, remark: str) -> None:
    assert key_in(written) == key, remark


@pytest.mark.parametrize(
    ("written", "found", "remark"),
    [
        ("38,5", [(38.5, True, "")], "a decimal comma"),
        ("38.5°", [(38.5, True, "°")], "a degree sign"),
        ("38.5º", [(38.5, True, "°")], "the ordinal sign of Spanish keyboards typed for it"),
        ("38.5˚ C", [(38.5, True, "°")], "the ring of other keyboards typed for it"),
        ("38.5 °C", [(38.5, True, "°")], "a space before it"),
        ("39℃", [(39.0, False, "°")], "in one character"),
        ("100.4 F", [(100.4, True, "f")], "Fahrenheit"),
        ("100.4F", [(100.4, True, "f")], "without a space"),
        ("5 min", [(5.0, False, "min")], "minutes"),
        ("5-min", [(5.0, False, "min")], "a hyphen"),
        ("10min!", [(10.0, False, "min")], "without a space"),
        ("10分钟", [(10.0, False, "分")], "of an unspaced script the first letter"),
        ("٣٨٫٥°", [(38.5, True, "°")], "Arabic digits and their decimal mark"),
        ("３８．５", [(38.5, True, "")], "full width"),
        ("39, min", [(39.0, False, "")], "what comes after a comma is no unit"),
        ("38.5.2", [(38.5, True, "")], "three parts: the third is no number of its own"),
        ("12345", [], "too long for anything we measure"),
        ("from 38 to 39 c", [(38.0, False, "to"), (39.0, False, "c")], "several"),
        ("no numbers", [], "none"),
    ],
)
def test_numbers_are_read_with_their_unit(written: str, found: list[tuple[float, bool, str]], remark: str) -> None:
    assert list(numbers(written)) == found, remark


@given(st.text("abcABC123eéß", min_size=1))
def test_the_short_way_for_plain_words_gives_what_the_long_way_gives(text: str) -> None:
    assert fold(text) == fold(f"{text} ")
