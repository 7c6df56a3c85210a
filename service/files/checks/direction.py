"""Numbers, names and addresses in a text that is written from right to left: whether a phone shows them in order.

A phone sorts the pieces of such a line by rules of Unicode.  After an Arabic letter, 116 123 is shown as 123 116, and
38.0 C falls apart; after a Latin letter, or an invisible left-to-right mark, both stay as they are dialled and read.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product
from typing import Final

from bidi import get_display  # type: ignore[import-untyped]  # python-bidi ships no types

from service.core.markup import MARK_LIKE, written
from service.files.catalogs import Translation
from service.files.checks.contacts import ADDRESS
from service.files.messages import VOICE, WORDS
from service.files.problems import Problem
from service.files.schema import LanguageEntry

UNKNOWN_NUMBER: Final = "alarm/unknown-number"
REMEDY: Final = "set it right after a Latin name or word, or put the invisible mark U+200E before it"
_LATIN: Final = "A-Za-zÀ-ɏ"
_AMOUNT: Final = r"\d+(?:[.,]\d+)?"
_PIECE: Final = re.compile(
    ADDRESS.pattern
    + rf"|{_AMOUNT}(?:[ \u00a0]?°)?[ \u00a0]?(?:[CF]|kg|mg|ml|cm|km)(?!\w)|{_AMOUNT}[ \u00a0]?[%°]|\d+[.,]\d+"
    + r"|\+?\d(?:[ -]?\d){2,}"  # telephone numbers
    + rf"|[{_LATIN}][{_LATIN}'’&-]*(?: [{_LATIN}&][{_LATIN}'’&-]*)*"  # words
)
_IS_AMOUNT: Final = re.compile(rf"{_AMOUNT} [^\d\s]+")
_MARKS: Final = dict.fromkeys((0x200E, 0x200F, 0x061C))  # they steer, and are not seen


def check_direction(tag: str, entry: LanguageEntry, translated: Mapping[str, Translation]) -> Iterator[Problem]:
    """What falls apart in the texts that readers of a right-to-left language see; its spoken wordings nobody sees."""
    if not entry.rtl:
        return
    unknown = translated.get(UNKNOWN_NUMBER)
    numbers = ("112", *([unknown.text] if unknown else []))
    for name, found in translated.items():
        if name.startswith(WORDS) or name.endswith(VOICE):
            continue
        for piece in broken_in(found.text, numbers):
            what = f"{name} ({tag}): a phone shows {piece!r} in another order: {REMEDY}"
            yield Problem(found.file, found.line, what)


def broken_in(text: str, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """The pieces of a text that are not shown in one piece, whatever is filled in: `numbers` for {emergency}."""
    lines = (line for filled in _filled(written(text), numbers) for line in filled.splitlines())
    return tuple(dict.fromkeys(piece for line in lines for piece in broken(line)))


def broken(line: str) -> Iterator[str]:
    """The pieces of one line that must read from left to right, and do not in what a phone shows."""
    plain, seen = line.translate(_MARKS), str(get_display(line, base_dir="R")).translate(_MARKS)
    for piece in dict.fromkeys(_PIECE.findall(plain)):
        # An amount may also stand as the language reads: the number on the right, its unit to the left of it.
        turned = " ".join(reversed(piece.split())) if _IS_AMOUNT.fullmatch(piece) else piece
        if seen.count(piece) + (turned != piece and seen.count(turned)) < plain.count(piece):
            yield piece


def _filled(text: str, numbers: tuple[str, ...]) -> Iterator[str]:
    """`text` with each of what may stand in its placeholders; {date} is in the language itself."""
    for number, language in product(numbers, ("English", "français")):
        filling = {"{emergency}": number, "{language}": language, "{operator}": "The OMSLife Foundation", "{key}": "6"}
        yield MARK_LIKE.sub(partial(_filling, filling), text)


def _filling(filling: Mapping[str, str], found: re.Match[str]) -> str:
    return filling.get(found[0], "")
