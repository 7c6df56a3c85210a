"""One thing we say, as it is written and as it is spoken: whole, but for the emergency number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from service.core.content import Edition, Library, Person
from service.core.keys import Key
from service.core.markup import Kind, Mark

NUMBER: Final = "{emergency}"
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？।॥؟۔።])\s*")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A whole prompt or passage, or a sentence that holds an emergency number: what one recording holds.

    `id` is that of the message it is made from; `.2` is its second sentence, `@911` what was filled in.
    """

    text: str  # with the marks of markup.py
    language: str  # BCP 47
    id: str = field(default="", compare=False)


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
    """The same to be said digit by digit, for the numbers spoken in this language; else the words for it."""
    number = library.emergency.get(person.region, "")
    return str(Mark(Kind.DIGITS, number)) if number in edition.numbers_said else edition.unknown_number


def parts_of(voice: str) -> Iterator[str]:
    """`voice` cut around each sentence with the emergency number, which is not filled in yet."""
    if NUMBER not in voice:
        yield voice
        return
    together: list[str] = []
    for sentence in _SENTENCE.split(voice):
        if NUMBER in sentence:
            if together:
                yield " ".join(together)
                together = []
            yield sentence
        elif sentence:
            together.append(sentence)
    if together:
        yield " ".join(together)


def named(voice: str, emergency: str, language: str, name: str) -> Iterator[Utterance]:
    """`voice` as utterances, each with its id: that of the message, `name`, and what sets it apart from the others."""
    parts = tuple(parts_of(voice))
    filled = "".join(filter(str.isdigit, emergency)) or "unknown"
    for count, part in enumerate(parts, 1):
        own = (f".{count}" if len(parts) > 1 else "") + (f"@{filled}" if NUMBER in part else "")
        yield Utterance(part.replace(NUMBER, emergency), language, name + own)
