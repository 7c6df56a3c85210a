"""One thing we say, as it is written and as it is spoken: whole, but for the emergency number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from service.core.content import Edition, Library, Person
from service.core.keys import Key

_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？।॥؟۔።])\s*")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A whole prompt or passage, or a sentence that holds an emergency number: what one recording holds."""

    text: str
    language: str  # BCP 47


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing we say, in both forms."""

    written: str
    spoken: tuple[Utterance, ...]
    key: Key | None = None  # the one it offers, if it is a choice


def emergency_written(library: Library, edition: Edition, person: Person) -> str:
    """The emergency number where somebody's phone is from, or the words for it where we are not sure."""
    return library.emergency.get(person.region, edition.unknown_number)


def emergency_spoken(library: Library, edition: Edition, person: Person) -> str:
    """The same digit by digit, for the numbers that are spoken in this language; else the words for it."""
    number = library.emergency.get(person.region, "")
    return " ".join(number) if number in edition.numbers_said else edition.unknown_number


def utterances(voice: str, emergency: str) -> Iterator[str]:
    """`voice` as recordings would hold it: whole, but each sentence with the emergency number by itself."""
    if "{emergency}" not in voice:
        yield voice
        return
    together: list[str] = []
    for sentence in _SENTENCE.split(voice):
        if "{emergency}" in sentence:
            if together:
                yield " ".join(together)
                together = []
            yield sentence.replace("{emergency}", emergency)
        elif sentence:
            together.append(sentence)
    if together:
        yield " ".join(together)
