"""What the line knows: a library of editions, one per language, each whole.

The rules about these things are in them: a topic that does not open with its most urgent passage,
or an edition that lacks a prompt, cannot be made.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Final

from service.core.errors import ContentError

SOURCE_LANGUAGE: Final = "en"  # what everything is written in first, and what most people read besides their own
MENUS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    # Keys 2 to 5.  A name that is no topic is another menu, or the doorstep (the languages).
    "menu": ("symptoms", "support", "more", "door"),
    "more": ("about", "diagnosis", "treatment", "further"),
    "further": ("outlook", "adults", "questions", "service"),
}
TOPICS: Final = ("urgent", *(name for names in MENUS.values() for name in names if name not in {*MENUS, "door"}))


_ADDRESS: Final = re.compile(r"[a-z0-9-]\.[a-z]{2}", re.IGNORECASE | re.ASCII)


class Urgency(IntEnum):
    """How soon to act: within minutes, the same day, or neither."""

    EMERGENCY = 0
    SAME_DAY = 1
    ROUTINE = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence or more of ours, as it is written and as it is read aloud."""

    text: str
    voice: str

    def __post_init__(self) -> None:
        if not self.text.strip(" ") or not self.voice.strip(" "):
            raise ContentError("words", "are empty: a person would be met with silence")

    @property
    def has_address(self) -> bool:
        """Whether a web address is written in it: nobody can note one down by ear."""
        return bool(_ADDRESS.search(self.text))

    def filled(self, **values: str) -> "Wording":
        """The same with `{name}` replaced in both forms."""
        text, voice = self.text, self.voice
        for name, value in values.items():
            text, voice = text.replace(f"{{{name}}}", value), voice.replace(f"{{{name}}}", value)
        return Wording(text, voice)


@dataclass(frozen=True, slots=True)
class Passage:
    """One message of medicine: a text message, a breath of speech.  `facts` are ids in sources.toml."""

    id: str
    wording: Wording
    urgency: Urgency
    facts: tuple[str, ...]
    regions: frozenset[str] = frozenset()  # ISO 3166 codes; empty: for everybody

    def __post_init__(self) -> None:
        if not self.facts:
            raise ContentError(self.id, "names no fact: medicine says only what has a source")


@dataclass(frozen=True, slots=True)
class Topic:
    """Passages on one subject, in one language, most urgent first."""

    id: str
    language: str  # BCP 47, the language its words are in: not always the edition's own
    title: Wording
    passages: tuple[Passage, ...]
    review_by: date
    reviewed: date | None = None

    def __post_init__(self) -> None:
        if not any(not passage.regions for passage in self.passages):
            raise ContentError(self.id, "has no passage for everybody")
        if self.passages[0].urgency != min(passage.urgency for passage in self.passages):
            # Callers hang up, batteries die, messages arrive in part.
            raise ContentError(self.id, "must open with its most urgent passage")
        if self.passages[0].regions:
            raise ContentError(self.id, "must open with a passage for everybody")

    def parts(self, region: str) -> tuple[Passage, ...]:
        """The passages somebody in `region` gets (ISO 3166, "" when unknown), in order; never none."""
        return tuple(passage for passage in self.passages if not passage.regions or region in passage.regions)

    def nearest_help(self, region: str) -> int:
        """Which of `parts` names contacts of the region itself, else the first that names contacts, else the first."""
        parts = self.parts(region)
        for number, passage in enumerate(parts):
            if passage.regions:
                return number
        return next((n for n, passage in enumerate(parts) if any(fact.startswith("C") for fact in passage.facts)), 0)

    def overdue(self, today: date) -> bool:
        """Whether its date of review has passed."""
        return today > self.review_by


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything the line can say in one language."""

    language: str  # BCP 47
    name: str  # in the language itself: "español"
    prompts: Mapping[str, Wording]
    topics: Mapping[str, Topic]
    alarm: Wording
    unknown_number: str  # "your local emergency number", in the form that fits after "call"
    draft: bool  # no person has checked (all of) it
    reviewed: bool = False  # a clinician has checked every topic
    numbers_said: frozenset[str] = frozenset()  # emergency numbers that are spoken in this language

    def __post_init__(self) -> None:
        if missing := [topic for topic in TOPICS if topic not in self.topics]:
            raise ContentError(self.language, f"lacks the topics {', '.join(missing)}")


@dataclass(frozen=True, slots=True)
class Contact:
    """A helpline or group.  Numbers are E.164 (`phone`) and as people dial them (`dial`)."""

    id: str
    regions: tuple[str, ...]
    name: str
    phone: str
    dial: str
    web: str
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class Person:
    """What each request brings of somebody; no part of a place's path."""

    region: str = ""  # ISO 3166 code of their number's country; "" when unknown or anonymous
    by_phone: bool = False
    can_text: bool = False  # whether a text can be sent to the phone they call with
    settled: bool = False  # whether they chose the language, by saying so or by writing in it
    can_listen: bool = False  # whether a recording can be sent to where they write from
    pays_by_part: bool = True  # whether a longer message costs more: what is offered then is the least


@dataclass(frozen=True, slots=True)
class Library:
    """All editions, and what is the same in all languages."""

    editions: Mapping[str, Edition]  # by BCP 47 tag, in the order they are offered
    emergency: Mapping[str, str]  # medical emergency number by ISO 3166 code
    likely: Mapping[str, tuple[str, ...]]  # languages by ISO 3166 code, most spoken first
    today: date
    by_phone: frozenset[str] = field(default=frozenset())  # languages of which every utterance can be heard
    languages: tuple[str, ...] = ()  # those that are offered; the other editions only lend topics.  Empty: all

    def __post_init__(self) -> None:
        if not self.editions:
            raise ContentError("library", "has no edition")
        for edition in self.editions.values():
            if lent := [topic.id for topic in edition.topics.values() if topic.language not in self.editions]:
                raise ContentError(edition.language, f"borrows {', '.join(lent)} from a language without an edition")

    def offered(self, person: Person) -> tuple[str, ...]:
        """The languages somebody can choose from, likeliest first; by phone those that can be heard."""
        usable = [tag for tag in self.languages or self.editions if not person.by_phone or tag in self.by_phone]
        likely = [tag for tag in self.likely.get(person.region, ()) if tag in usable]
        return (*likely, *(tag for tag in usable if tag not in likely))
