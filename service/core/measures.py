"""Temperatures and times in a message: whether they tell of a fever, or of what lasts too long."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from service.core.folding import numbers

FEVER_C: Final = (38.0, 43.0)
FEVER_F: Final = (100.4, 109.0)
LONG_MINUTES: Final = 5
OTHER_UNITS: Final = frozenset({"mg", "ml", "kg", "g", "cm", "мг", "мл", "кг", "см", "ملغ", "كجم", "मिग्रा", "किलो"})


@dataclass(frozen=True, slots=True)
class Units:
    """Words that make a temperature or minutes of the number before them, also typed together with it."""

    degrees: frozenset[str]
    minutes: frozenset[str]


def is_fever(text: str, degrees: Collection[str], *, heat: bool, patient: bool) -> bool:
    """Whether a temperature is that of a fever.

    38 alone is any number: it needs its unit, a word for heat (`heat`), or, with decimals, a word for a `patient`, as a
    child or a medicine.
    """
    for number, has_decimals, unit in numbers(text):
        measured = unit in degrees or heat
        if FEVER_F[0] <= number <= FEVER_F[1] and measured:
            return True
        if FEVER_C[0] <= number <= FEVER_C[1] and (measured or (has_decimals and patient and unit not in OTHER_UNITS)):
            return True
    return False


def lasts_long(text: str, words: Sequence[str], minutes: Collection[str]) -> bool:
    """Whether so many minutes are named that what happens is an emergency."""
    if any(number >= LONG_MINUTES and unit in minutes for number, _, unit in numbers(text)):
        return True
    # In some languages the unit comes first: "dakika 10".
    return any(one in minutes and two.isdecimal() and int(two) >= LONG_MINUTES for one, two in pairwise(words))
