"""Letters that a simple phone cannot show, or that are of another script, are told before a family sees a box."""

import pytest

from service.files.catalogs import Status, Translation, read_catalogs
from service.files.checks.letters import check_letters, scripts_of, unseen
from service.files.messages import Message, messages
from service.files.schema import LanguageEntry
from service.files.source import read_source
from service.house import ROOT, House

NAMES = {
    "es": "español",
    "vi": "Tiếng Việt",
    "ru": "русский",
    "ar": "العربية",
    "hi": "हिन्दी",
    "bn": "বাংলা",
    "am": "አማርኛ",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "ja": "日本語",
    "ko": "한국어",
}


@pytest.mark.parametrize(
    ("tag", "text", "words", "warning", "remark"),
    [
        ("es", "¿Qué es? «Llame» – ahora… “ya” a 38°", None, False, "punctuation of our languages"),
        ("es", "mañana, œuvre, Łódź, İzmir", None, False, "Latin letters of old phones"),
        ("vi", "Giật cơ, đảo mắt, ngạt thở, ưỡn", None, False, "accents upon accents"),
        ("es", "llame 📞", "📞 (U+1F4DE telephone receiver): simple phones", False, "beyond U+FFFF"),
        ("es", "llame ☎", "☎ (U+260E black telephone)", False, "a pictograph of 1993 is one too"),
        ("es", "½ pastilla", "½", False, "signs that stand for letters"),
        ("es", "ﬁebre", "ﬁ", False, "a ligature"),
        ("es", "oꞌo", "ꞌ", False, "newer than the phones"),
        ("es", "fɔt", "ɔ", False, "Latin, but of no phone's set"),
        ("es", "convulsiоn", "о (U+043E cyrillic small letter o) in convulsiоn", False, "it looks like an o"),
        ("es", "a\u0331", "\u0331", False, "an accent that no letter has"),
        ("ru", "синдром OMS, NORD и 5", None, False, "names are in Latin letters"),
        ("ru", "судорoги", "судорoги: mixes two alphabets", False, "one letter of it is Latin"),
        ("ru", "судороги и ひ", "ひ", False, ""),
        ("ar", "اتصلوا، الآن؛ نعم؟", None, False, ""),
        ("ar", "اتصلوا ١١٢", "١: write 1", False, "two digits, told one by one"),
        ("ar", "ﻻ", "ﻻ", False, "a form that phones compose themselves"),
        ("hi", "बुखार। 38", None, False, ""),
        ("hi", "५ मिनट", "५: write 5", False, ""),
        ("hi", "জ্বর", "in জ্বর", False, "Bangla"),
        ("bn", "হঠাৎ জ্বর।", None, False, "the letter ৎ has been in Unicode since 2005 only"),
        ("am", "የOMS፣ ትኩሳት። ሕክምና፦", None, False, "endings grow on to the letters OMS"),
        ("ja", "ダンシングアイ「症候群」は、人々の（病気）です。", None, False, "three scripts, and 々"),
        ("ja", "１１９", "１: write 1", False, "wide digits"),
        ("ja", "한", "in 한", False, ""),
        (
            "ja",
            "疱疹、头",
            "has 头, which older phones of shift_jis",
            True,
            "a Chinese letter that Japan does not write",
        ),
        ("zh-Hans", "发烧：马上打（电话）；好吗？", None, False, ""),
        ("zh-Hans", "發烧", "has 發, which older phones of gb2312", True, "a traditional letter"),
        ("zh-Hant", "发燒", "has 发, which older phones of big5", True, "a simplified letter"),
        ("zh-Hans", "のようだ", "の", False, "another language with letters of China"),
        ("ko", "눈이 빠르게 OMS의", None, False, ""),
        ("ko", "눈똠", "has 똠", True, "a syllable of which the old set has no letter"),
        ("es", "sin\u200bnada", None, False, "what nobody sees is told where translations are compared"),
    ],
)
def test_each_letter_is_one_that_its_readers_see(
    tag: str, text: str, words: str | None, warning: bool, remark: str
) -> None:
    told = [*unseen(tag, NAMES[tag], text)]
    assert bool(told) is bool(words), (remark, told)
    assert words is None or any(words in what and only is warning for what, only in told), (remark, told)


def test_each_letter_is_told_once_for_its_first_fault() -> None:
    assert [what for what, _ in unseen("ar", NAMES["ar"], "٣ ٣")] == [
        "٣: write 3; it is 0 to 9 that people dial and press"
    ]


@pytest.mark.parametrize(
    ("tag", "scripts"),
    [
        ("es", {"LATIN"}),
        ("ru", {"LATIN", "CYRILLIC"}),
        ("zh-Hans", {"LATIN", "CJK"}),
        ("ja", {"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    ],
)
def test_the_scripts_of_a_language_are_those_of_its_name(tag: str, scripts: set[str]) -> None:
    assert scripts_of(tag, NAMES[tag]) == scripts


def test_a_fault_has_its_message_and_line_and_word_lists_are_free() -> None:
    entry = LanguageEntry(name="español", english_name="Spanish", plural_forms="nplurals=1; plural=0;", parts=4)
    known = [Message(name, catalog, "", "", 0, ()) for name, catalog in (("a", "content"), ("words/x", "words"))]
    known.append(Message("not-translated", "content", "", "", 0, ()))
    translated = {name: Translation("{phone:１１２} 📞", Status.DRAFT, "a.po", 7) for name in ("a", "words/x")}
    told = [*check_letters("es", entry, translated, known)]
    assert {(one.file, one.line, one.what[:6], one.warning) for one in told} == {("a.po", 7, "a (es)", False)}
    assert len(told) == 3  # two digits and a pictograph


def test_our_own_translations_are_seen_on_any_phone(house: House) -> None:
    known = messages(read_source(ROOT))
    for tag, entry in house.shelf.languages.entries.items():
        found = [str(one) for one in check_letters(tag, entry, read_catalogs(ROOT, tag, known, []), known)]
        assert not [one for one in found if "warning" not in one], "\n".join(found)
