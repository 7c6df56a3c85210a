"""Marks in a sentence of ours: what is written one way and said another.

`{phone:116 123}` is written 116 123, and said digit by digit with a pause between the groups.  After the colon
stands what is written, as the language writes it; the kind tells a voice how to say it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from service.core.folding import plain_digits


class Kind(StrEnum):
    """What stands in a mark."""

    DIGITS = "digits"  # a short number that is dialled: 988
    PHONE = "phone"  # a telephone number, in groups: 0800 611 116
    NUMBER = "number"  # a count: 114
    TEMPERATURE = "temperature"  # degrees with their unit: 38.0 C
    SPELL = "spell"  # a name that is heard letter by letter
    TERM = "term"  # a word that the lexicon must know


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: `written` as the language writes it."""

    kind: Kind
    written: str

    def __str__(self) -> str:
        return f"{{{self.kind.value}:{self.written}}}"

    def fault(self) -> str:
        """What is wrong with it, for whoever wrote it; "" if nothing is."""
        value = plain_digits(self.written)
        match self.kind:
            case Kind.DIGITS if not re.fullmatch(r"\d+", value):
                return "holds digits only: {digits:988}"
            case Kind.PHONE if not re.fullmatch(r"\d+(?:[ -]\d+)*", value):
                return "holds digits in groups: {phone:116 123}"
            case Kind.NUMBER if not re.fullmatch(r"\d+(?:[.,\u066b\u066c ]\d+)*", value):
                return "holds a number: {number:114}"
            case Kind.TEMPERATURE if not _DEGREES.fullmatch(value):
                return "holds degrees and C or F: {temperature:38.0 C}"
            case _:
                return ""

    def groups(self) -> tuple[str, ...]:
        """The digits of a telephone number, group by group."""
        return tuple(re.findall(r"\d+", plain_digits(self.written)))

    def degrees(self) -> tuple[str, str, str]:
        """Whole degrees, the part after the point ("" if there is none or it is 0), and the unit: C or F."""
        found = _DEGREES.fullmatch(plain_digits(self.written))
        if found is None:
            return "", "", ""
        return found["whole"], (found["part"] or "").rstrip("0"), "F" if found["unit"] in "F\u0424" else "C"


# Some write C and F in Cyrillic: С and Ф.
_DEGREES: Final = re.compile(
    r"(?P<whole>\d{2,3})(?:[.,\u066b](?P<part>\d+))?[\s\u00a0]?\u00b0?[\s\u00a0]?(?P<unit>[CF\u0421\u0424])"
)
_MARK: Final = re.compile(rf"\{{({'|'.join(Kind)}):([^{{}}]*)\}}")
MARK_LIKE: Final = re.compile(r"\{[a-z_]+(?::[^{}]*)?\}")  # marks, and placeholders that are filled in


def pieces(text: str) -> Iterator[str | Mark]:
    """`text` as plain words and marks, in order."""
    end = 0
    for found in _MARK.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield Mark(Kind(found[1]), found[2])
        end = found.end()
    if end < len(text):
        yield text[end:]


def written(text: str) -> str:
    """`text` as it is read on a screen."""
    return "".join(piece.written if isinstance(piece, Mark) else piece for piece in pieces(text))


def marks(text: str) -> tuple[Mark, ...]:
    """The marks of `text`, in order."""
    return tuple(piece for piece in pieces(text) if isinstance(piece, Mark))
