"""Letters that a simple phone shows as a box, and letters of another script."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from service.core.folding import plain_digits
from service.core.markup import MARK_LIKE, written
from service.files.catalogs import Translation
from service.files.checks.pairs import Fault
from service.files.messages import Message
from service.files.problems import Problem
from service.files.schema import LanguageEntry

PUNCTUATION: Final = frozenset("،؛؟۔।、。「」（）：；，？・ー。።፣፤፥፦¿¡«»“”‘’…–—°\u00a0\u202f")
# Beside those of a language's own name, and Latin for names.
MORE_SCRIPTS: Final = {"ja": frozenset({"HIRAGANA", "KATAKANA"})}
# What phones of each country have had from the beginning.  A letter of the other Chinese script is not among it either.
OLD_SETS: Final = {"zh-Hans": "gb2312", "zh-Hant": "big5", "ja": "shift_jis", "ko": "euc_kr"}
NEWER: Final = "ৎ"  # of 2005; older phones compose it, and Bangla cannot be written without it
LAST: Final = 0xFFFF
LONGEST_CODE: Final = 2  # bytes; in longer ones Python puts together Korean syllables that phones have not
SHOWN: Final = 20  # letters of a word, or of a sentence without spaces
_NEUTRAL: Final = frozenset({"IDEOGRAPHIC"})  # 々: belongs to the Chinese letter before it
_WESTERN: Final = ("cp1252", "cp1250", "cp1254")  # Latin letters that phones have, accents aside
_WORD: Final = re.compile(r"[^\W\d_]+")


def check_letters(
    tag: str, entry: LanguageEntry, translated: Mapping[str, Translation], known: Collection[Message]
) -> Iterator[Problem]:
    """All letters of a language's texts that its readers may not see.  In word lists people write what they like."""
    for message in known:
        found = translated.get(message.id)
        if found is None or message.catalog == "words":
            continue
        for what, warning in unseen(tag, entry.name, MARK_LIKE.sub(" ", written(found.text))):
            yield Problem(found.file, found.line, f"{message.id} ({tag}): {what}", warning)


def unseen(tag: str, name: str, text: str) -> Iterator[Fault]:
    """What of one text may show as a box, for a language that calls itself `name`."""
    scripts = scripts_of(tag, name)
    left = [letter for letter in dict.fromkeys(text) if not _is_plain(letter)]
    for digit in _taken(left, lambda letter: unicodedata.category(letter) == "Nd"):
        yield f"{digit}: write {plain_digits(digit)}; it is 0 to 9 that people dial and press", False
    if boxes := _taken(left, lambda letter: not _on_phones(letter)):
        yield f"has {_named(boxes)}: simple phones show a box; write it with other letters", False
    if foreign := _taken(left, lambda letter: _script(letter) not in scripts | _NEUTRAL):
        words = (word[:SHOWN] for word in text.split() if any(letter in word for letter in foreign))
        where = ", ".join(dict.fromkeys(words))
        yield f"has {_named(foreign)} in {where}: of another script; type it anew", False
    if mixed := [word for word in dict.fromkeys(_WORD.findall(text)) if _is_mixed(word)]:
        yield f"{', '.join(mixed)}: mixes two alphabets whose letters look alike; type it anew", False
    if missing := _taken(left, lambda letter: letter.isalpha() and not _has(OLD_SETS.get(tag), letter)):
        what = f"has {', '.join(missing)}, which older phones of {OLD_SETS[tag]} show as a box; choose another word"
        yield what, True


def scripts_of(tag: str, name: str) -> frozenset[str]:
    """The scripts of a language: those of its own name, and Latin."""
    return frozenset({"LATIN", *(_script(letter) for letter in name if letter.isalpha())}) | MORE_SCRIPTS.get(
        tag, frozenset()
    )


def _is_plain(letter: str) -> bool:
    """Whether it is right in any language, or, being invisible, told by `pairs`."""
    return letter.isascii() or letter in PUNCTUATION or unicodedata.category(letter) == "Cf"


def _taken(letters: list[str], wrong: Callable[[str], bool]) -> list[str]:
    """Takes what is wrong out of `letters`, so that each letter is told once, for its first fault."""
    found = [letter for letter in letters if wrong(letter)]
    letters[:] = [letter for letter in letters if letter not in found]
    return found


def _on_phones(letter: str) -> bool:
    """Whether it is a letter, or part of one, that phones have: not a sign, a ligature, or new in Unicode."""
    is_part = unicodedata.category(letter)[0] in "LM"
    if ord(letter) > LAST or not is_part or unicodedata.decomposition(letter).startswith("<"):
        return False
    if _script(letter) == "LATIN":
        plain = unicodedata.normalize("NFD", letter)[0]
        return any(_has(old, plain) for old in _WESTERN)
    # Of 2002: phones with keys were made with the letters of that time.
    return unicodedata.ucd_3_2_0.category(letter) != "Cn" or letter in NEWER


def _is_mixed(word: str) -> bool:
    """Whether it has Latin letters and such of another alphabet with capitals: а is not a, and no search finds it."""
    scripts = {_script(letter) for letter in word if letter.lower() != letter.upper()}
    return "LATIN" in scripts and len(scripts) > 1


def _has(old: str | None, letter: str) -> bool:
    if old is None:
        return True
    try:
        return len(letter.encode(old)) <= LONGEST_CODE
    except UnicodeEncodeError:
        return False


def _script(letter: str) -> str:
    """The first word of its name in Unicode: LATIN, ARABIC, CJK."""
    return unicodedata.name(letter, "?").partition(" ")[0].partition("-")[0]


def _named(letters: Iterable[str]) -> str:
    return ", ".join(f"{letter} (U+{ord(letter):04X} {unicodedata.name(letter, '').lower()})" for letter in letters)
