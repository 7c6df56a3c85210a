"""One English text beside its translation: what must be the same in both, in any language."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from service.core.folding import plain_digits
from service.core.markup import Kind, marks, written
from service.files.checks.contacts import ADDRESS, written_numbers
from service.files.checks.content import PLACEHOLDER
from service.files.messages import VOICE, Message

Fault = tuple[str, bool]  # what to do, and whether it is only a warning
LONGEST_ALIKE: Final = 3  # words that may be the same in both languages: "IVIG", "New Zealand"
EXACT: Final = (Kind.DIGITS, Kind.PHONE, Kind.TEMPERATURE)  # the others are a translator's own choice
SEPARATOR: Final = "prompt/list-comma"
_NUMBER: Final = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_DIRECTION: Final = frozenset("\u200e\u200f")
_JOINERS: Final = {"fa": frozenset("\u200c"), "ur": frozenset("\u200c")}
_THOUSAND: Final = 3  # digits after a separator that may be one of thousands


def check_pair(message: Message, translated: str, tag: str, *, rtl: bool, written: str = "") -> Iterator[Fault]:
    """All faults of one translation.  For a spoken wording, `written` is the English text that goes with it."""
    english = message.text
    yield from ((what, False) for what in placeholders(english, translated))
    if message.id.endswith(VOICE):
        yield from ((what, False) for what in spoken_numbers(f"{english}\n{written}", translated))
    else:
        yield from numbers(english, translated)
    yield from ((what, False) for what in addresses(english, translated))
    yield from ((what, False) for what in invisible(translated, tag, rtl=rtl))
    if message.id != SEPARATOR:  # "、" needs no space after it
        yield from ((what, False) for what in edges(english, translated))
    yield from ((what, True) for what in untranslated(english, translated))


def placeholders(english: str, translated: str) -> Iterator[str]:
    """The same placeholders, as often, spelled as they are."""
    ours, theirs = Counter(PLACEHOLDER.findall(english)), Counter(PLACEHOLDER.findall(translated))
    for name in sorted((ours - theirs).keys()):
        yield f"lacks {name}: copy it as it stands"
    for name in sorted((theirs - ours).keys()):
        yield f"has {name} more often than the English"
    our_marks, their_marks = (Counter(mark.kind for mark in marks(text)) for text in (english, translated))
    for kind in sorted(EXACT):
        if our_marks[kind] != their_marks[kind]:
            yield f"has {their_marks[kind]} marks like {{{kind}:…}}, the English {our_marks[kind]}"
    yield from (f"{mark} {fault}" for mark in marks(translated) if (fault := mark.fault()))
    if re.search(r"[{}]", PLACEHOLDER.sub("", written(translated))):
        yield "a brace is left over; a placeholder looks like {emergency}, a mark like {phone:116 123}"


def numbers(english: str, translated: str) -> Iterator[Fault]:
    """No number that the English does not have (an error); none lost (a warning: it may be written in words)."""
    left = _counted(english)
    for found in _NUMBER.findall(_flat(translated)):
        same = next((value for value in values(found) if left[value] > 0), None)
        if same is not None:
            left[same] -= 1
        else:
            yield f"has the number {found}, which the English has not, or not as often", False
    yield from ((f"lacks the number {value}; right only if it is written in words", True) for value in +left)


def spoken_numbers(english: str, translated: str) -> Iterator[str]:
    """In speech a number is digits or words, as the language likes: only digits can be compared."""
    known = {*_counted(english), *written_numbers(written(english))}
    for found in _NUMBER.findall(_flat(translated)):
        if not known & {*values(found)}:
            yield f"says the number {found}, which the English has not"


def values(written: str) -> tuple[str, ...]:
    """What a number may stand for, likeliest first: 38,0 is 38; 1.000 is 1, or a thousand; 0800 keeps its zero."""
    parts = re.split(r"[.,٫٬]", written)
    if len(parts) == 1:
        return (written,)
    whole = "".join(parts)
    if len(parts) > 2:  # noqa: PLR2004 - more than one separator: they part thousands
        return (whole,)
    decimal = format(Decimal(".".join(parts)).normalize(), "f")
    return (decimal, whole) if len(parts[1]) == _THOUSAND else (decimal,)


def addresses(english: str, translated: str) -> Iterator[str]:
    """The same web addresses, letter by letter."""
    ours, theirs = set(ADDRESS.findall(english)), set(ADDRESS.findall(translated))
    for address in sorted(ours - theirs):
        yield f"lacks the address {address}: copy it as it stands"
    for address in sorted(theirs - ours):
        yield f"has the address {address}, which the English has not"


def invisible(translated: str, tag: str, *, rtl: bool) -> Iterator[str]:
    """Letters nobody sees, which break searches, prices and the order of digits; and letters in two pieces."""
    if not unicodedata.is_normalized("NFC", translated):
        yield "has letters in two pieces: save it in Unicode form NFC"
    allowed = (_DIRECTION if rtl else frozenset()) | _JOINERS.get(tag.partition("-")[0], frozenset()) | {"\n"}
    for letter in dict.fromkeys(translated):
        if unicodedata.category(letter) in {"Cf", "Cc", "Co", "Cn", "Zl", "Zp"} and letter not in allowed:
            yield f"has an invisible letter, U+{ord(letter):04X}: delete it"


def edges(english: str, translated: str) -> Iterator[str]:
    """The same white space at both ends, and as many lines."""
    for what, ours, theirs in (
        ("begins", _before(english), _before(translated)),
        ("ends", _before(english[::-1]), _before(translated[::-1])),
    ):
        if ours != theirs:
            yield f"{what} with {theirs!r}, the English with {ours!r}: make them the same"
    if english.count("\n") != translated.count("\n"):
        yield f"has {translated.count(chr(10)) + 1} lines, the English {english.count(chr(10)) + 1}"


def untranslated(english: str, translated: str) -> Iterator[str]:
    """The English itself, unless it is short or only names."""
    words = [word for word in re.findall(r"[^\W\d_]+", ADDRESS.sub("", PLACEHOLDER.sub("", english))) if word.islower()]
    if english == translated and len(english.split()) > LONGEST_ALIKE and words:
        yield "is the English: translate it"


def _before(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _counted(english: str) -> Counter[str]:
    return Counter(values(found.replace(",", ""))[0] for found in _NUMBER.findall(_flat(english)))


def _flat(text: str) -> str:
    return plain_digits(ADDRESS.sub("", text))
