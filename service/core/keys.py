"""The keys, which mean the same at every place, by phone and by text."""

from enum import StrEnum
from typing import Final


class Key(StrEnum):
    """One key of a phone."""

    URGENT = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    NEXT = "6"
    SLOWER = "7"
    OTHER_CHANNEL = "8"
    AGAIN = "9"
    PEOPLE = "0"
    BACK = "*"
    POUND = "#"


CHOICES: Final = (Key.TWO, Key.THREE, Key.FOUR, Key.FIVE)
