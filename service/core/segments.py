"""How many text messages a text really is.

Networks charge, and phones receive, by segment.  One letter from outside the GSM alphabet makes
every segment of the message less than half as long.  Limits: Twilio, "How long can a message be?".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED: Final = frozenset("\f^{}\\[~]|€")  # an escape before each: two septets
GSM_7: Final = "GSM-7"
UCS_2: Final = "UCS-2"
SINGLE: Final = {GSM_7: 160, UCS_2: 70}
EACH_OF_SEVERAL: Final = {GSM_7: 153, UCS_2: 67}


@dataclass(frozen=True, slots=True)
class Length:
    """A text as the network sees it; `units` are septets in GSM-7, 16-bit units in UCS-2."""

    encoding: str
    units: int
    segments: int
    guilty: tuple[str, ...] = ()  # the letters outside GSM-7, each once, in order


def length(text: str) -> Length:
    """Encoding, units and segments of `text`; an empty text is one empty segment, as Twilio counts."""
    guilty = tuple(dict.fromkeys(letter for letter in text if letter not in BASIC and letter not in EXTENDED))
    encoding = UCS_2 if guilty else GSM_7
    sizes = list(_sizes(text, encoding))
    units = sum(sizes)
    if units <= SINGLE[encoding]:
        return Length(encoding, units, 1, guilty)
    segments, used = 1, 0
    for size in sizes:
        # An escaped letter or a surrogate pair is never split: it moves whole to the next segment.
        if used + size > EACH_OF_SEVERAL[encoding]:
            segments, used = segments + 1, 0
        used += size
    return Length(encoding, units, segments, guilty)


def _sizes(text: str, encoding: str) -> Iterator[int]:
    for letter in text:
        if encoding == GSM_7:
            yield 2 if letter in EXTENDED else 1
        else:
            yield 2 if ord(letter) > 0xFFFF else 1  # noqa: PLR2004 - the end of the Basic Multilingual Plane
