"""How what people write is made comparable: case, accents, scripts, digits and habits set aside.

Both sides are folded, the word lists and the message, so "No DESPIERTA!!!" and "no despierta" are one.
The same fold serves all languages; what it must not merge (a vowel sign, a voiced kana) it keeps.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_LATIN: Final = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ə": "e",
    }
)
_ARABIC: Final = str.maketrans("أإآٱىیئؤةۃہھک", "اااايييوههههك")
# Amharic letters that sound alike are written for one another.
_ETHIOPIC: Final = {
    spelt + vowel: heard + vowel
    for spelt, heard in ((0x1210, 0x1200), (0x1280, 0x1200), (0x1220, 0x1230), (0x12D0, 0x12A0), (0x1340, 0x1338))
    for vowel in range(7)
}
_KATAKANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_TABLE: Final = _LATIN | _ARABIC | _ETHIOPIC | _KATAKANA | {ord("ँ"): "ं"}
# In Indic and Southeast Asian scripts a mark is a vowel, in kana it makes another word: ガン is not カン.
_MARKS_ARE_LETTERS: Final = re.compile("[\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff\u3099\u309a]")
# Left out before letters are composed, or what they part would compose only the second time: nukta, tatweel.
_LEFT_OUT: Final = dict.fromkeys((0x093C, 0x09BC, 0x0A3C, 0x0ABC, 0x0B3C, 0x0640))
_APOSTROPHES: Final = "'’‘ʼʻ`"
_ELISION: Final = re.compile(rf"\b(qu|un|jusqu|all|dall|dell|nell|sull|quest|quell|[ldjmtsnc])[{_APOSTROPHES}](?=\w\w)")
# Repeated: a word that itself begins like the article must fold alike with it and without.
_ARTICLE: Final = re.compile("^(?:(?:[وفبك]?ال|لل)(?=[\u0620-\u064a]{3}))+")
_HELD_LETTER: Final = re.compile(r"([^\W\d])\1{2,}")
# Scripts written without spaces: each letter is a word of its own to the matching.
_WITHOUT_SPACES: Final = (
    "[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
_UNSPACED: Final = re.compile(f"({_WITHOUT_SPACES})")
_ALL_UNSPACED: Final = re.compile(f"{_WITHOUT_SPACES}+")
_MEASURES: Final = str.maketrans("º˚٫", "°°.")  # typed for the degree sign; the decimal mark of Arabic digits
_NUMBER: Final = re.compile(r"(?<![\d.,])(\d{1,4})(?:[.,](\d{1,2}))?(?![\d])")


def plain_digits(text: str) -> str:
    """`text` with the digits of every script as 0-9: ١ and १ and １ become 1."""
    return "".join(
        letter if letter.isascii() or (digit := unicodedata.digit(letter, None)) is None else str(digit)
        for letter in text
    )


def fold(text: str) -> str:
    """`text` as lower-case words without accents, parted by single spaces; empty if it holds no letter and no digit."""
    if text.isascii() and text.isalnum():  # most words of the lists: the long way gives the same
        return _HELD_LETTER.sub(r"\1", text.lower())
    text = text.replace("´", "'")  # NFKC would make a space of it
    text = plain_digits(unicodedata.normalize("NFKC", text)).casefold()
    text = re.sub(f"[{_APOSTROPHES}]", "", _ELISION.sub(r"\1 ", text))
    text = unicodedata.normalize("NFD", text).translate(_LEFT_OUT)
    text = "".join(letter for letter in text if _counts(letter))
    text = unicodedata.normalize("NFC", text).translate(_TABLE)
    text = _HELD_LETTER.sub(r"\1", text)
    text = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in text)
    text = _UNSPACED.sub(r" \1 ", text)
    return " ".join(_ARTICLE.sub("", word) for word in text.split())


def is_unspaced(word: str) -> bool:
    """Whether all letters of a folded word are of a script that is written without spaces."""
    return bool(_ALL_UNSPACED.fullmatch(word))


def key_in(text: str) -> str | None:
    """The key somebody wrote instead of pressing: "２", "(2)", "2." and "*" are keys; "15" and "2a" are not."""
    if text.strip() in {"*", "#", "＊", "＃"}:
        return unicodedata.normalize("NFKC", text.strip())
    folded = fold(text)
    return folded if len(folded) == 1 and folded in "0123456789" else None


def numbers(text: str) -> Iterator[tuple[float, bool, str]]:
    """Each number, whether it has decimals, and the folded word right after it, or "°": "38,5 C" → 38.5, True, "c"."""
    flat = plain_digits(unicodedata.normalize("NFKC", text.translate(_MEASURES))).casefold()
    for found in _NUMBER.finditer(flat):
        whole, decimals = found.groups()
        rest = flat[found.end() :].lstrip()
        after = fold(re.split(r"[,;.!?\n]", rest.lstrip("° "), maxsplit=1)[0]).split()
        unit = "°" if rest.startswith("°") else after[0] if after else ""
        yield float(f"{whole}.{decimals or 0}"), decimals is not None, unit


def _counts(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category not in {"Mn", "Me", "Cf"} or (category == "Mn" and bool(_MARKS_ARE_LETTERS.match(letter)))
