"""The places a person can be at, and the short path each of them has.

A path such as `es/symptoms/1` stands in the URL of a phone call and in the store for text messages.  We wrote
it, but it comes back from outside: a stale or forged one leads to the nearest place that exists, or to none.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from service.core.content import MENUS, TOPICS, Library, Person

LONGEST_PATH: Final = 120
LANGUAGES_A_PAGE: Final = 4
MOST_SILENCES: Final = 2  # the next one ends the call
MOST_MISSES: Final = 3  # the third hears the whole menu slowly
LARGEST_QUESTION: Final = 3  # topics that are asked back at once
ALARM_TOPICS: Final = ("urgent", "support")


class Notice(StrEnum):
    """One sentence that is said before a reply, once."""

    NOT_UNDERSTOOD = "not-understood"
    WRONG_KEY = "wrong-key"
    NO_PICTURES = "no-pictures"
    CANNOT_TEXT = "cannot-text"
    TEXTED = "texted"
    TEXT_ONCE = "text-once"
    CANNOT_READ = "cannot-read"
    READ_ALOUD = "read-aloud"  # with the reply comes a recording of it
    ONLY_BY_PHONE = "only-by-phone"
    SLOWER = "slower"
    NORMAL_SPEED = "normal-speed"
    LAST_PART = "last-part"
    WELCOME = "welcome"
    HELP = "help"
    ONLY_BY_TEXT = "only-by-text"
    STATUS = "status"  # of the translation, where a language is entered other than by an offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody is.  All history that matters is here, and bounded."""

    language: str
    person: Person
    fresh: bool = False  # the first words to somebody: the greeting comes with them
    slow: bool = False
    silences: int = 0  # in a row
    misses: int = 0  # not understood, in a row
    notice: Notice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorstep(Place):
    """Where a language is chosen."""

    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu(Place):
    """One of MENUS."""

    name: str = "menu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Place):
    """A passage of a topic; `part` counts those that the person's region gets."""

    topic: str
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(Place):
    """The question whether one of these topics was meant."""

    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarmed(Place):
    """The answer to an emergency; the next thing asked for opens the topic `then`."""

    then: str = "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goodbye(Place):
    """The kind end of a call after silence."""


AnyPlace = Doorstep | Menu | Reading | Asking | Alarmed | Goodbye


def doorstep(here: Place, page: int = 0) -> Doorstep:
    """The languages, for somebody who is `here`; as in all of these, silences and misses are forgotten."""
    return Doorstep(language=here.language, person=here.person, slow=here.slow, page=page)


def menu(here: Place, name: str = "menu") -> Menu:
    """A menu."""
    return Menu(language=here.language, person=here.person, slow=here.slow, name=name)


def reading(here: Place, topic: str, part: int = 0) -> Reading:
    """A passage."""
    return Reading(language=here.language, person=here.person, slow=here.slow, topic=topic, part=part)


def asking(here: Place, topics: tuple[str, ...]) -> Asking:
    """Did you mean."""
    return Asking(language=here.language, person=here.person, slow=here.slow, topics=topics)


def alarmed(here: Place, then: str) -> Alarmed:
    """The answer to an emergency."""
    return Alarmed(language=here.language, person=here.person, slow=here.slow, then=then)


def goodbye(here: Place) -> Goodbye:
    """The end of a call."""
    return Goodbye(language=here.language, person=here.person, slow=here.slow)


def menu_of(topic: str) -> str:
    """The menu that offers a topic: the one its reader goes back to."""
    return next((name for name, entries in MENUS.items() if topic in entries), "menu")


def path_to(place: AnyPlace) -> str:
    """The path of a place: its language, where it is, and what is unusual about it after a `~`."""
    marks = [
        *(["fresh"] if place.fresh else []),
        *(["slow"] if place.slow else []),
        *([f"s{place.silences}"] if place.silences else []),
        *([f"m{place.misses}"] if place.misses else []),
        *([place.notice.value] if place.notice else []),
    ]
    return f"{place.language}/{_name(place)}" + (f"/~{'.'.join(marks)}" if marks else "")


def _name(place: AnyPlace) -> str:
    match place:
        case Doorstep(page=page):
            return f"door/{page}"
        case Menu(name=name):
            return name
        case Reading(topic=topic, part=part):
            return f"{topic}/{part}"
        case Asking(topics=topics):
            return f"ask/{'.'.join(topics)}"
        case Alarmed(then=then):
            return f"alarm/{then}"
        case Goodbye():
            return "goodbye"


def place_at(library: Library, path: str, person: Person) -> AnyPlace | None:
    """The place of a path, or the nearest there is now; None if its language is not offered or it says nothing."""
    if len(path) > LONGEST_PATH:
        return None
    language, *where = path.split("/")
    if language not in library.offered(person) or not where:
        return None
    marks = where.pop()[1:].split(".") if where[-1].startswith("~") else []
    return _marked(_where(library, language, where, person), marks)


def _where(library: Library, language: str, where: list[str], person: Person) -> AnyPlace:
    match where:
        case ["door", page]:
            last = (len(library.offered(person)) - 1) // LANGUAGES_A_PAGE
            return Doorstep(language=language, person=person, page=_number(page, last))
        case ["ask", names] if topics := sorted({*names.split(".")} & {*TOPICS}, key=TOPICS.index):
            return Asking(language=language, person=person, topics=tuple(topics[:LARGEST_QUESTION]))
        case ["alarm", then]:
            return Alarmed(language=language, person=person, then=then if then in ALARM_TOPICS else ALARM_TOPICS[0])
        case ["goodbye"]:
            return Goodbye(language=language, person=person)
        case [topic, part] if topic in TOPICS:
            last = len(library.editions[language].topics[topic].parts(person.region)) - 1
            return Reading(language=language, person=person, topic=topic, part=_number(part, last))
        case [name] if name in MENUS:
            return Menu(language=language, person=person, name=name)
        case _:
            return Menu(language=language, person=person)


def _marked(place: AnyPlace, marks: list[str]) -> AnyPlace:
    notices = {notice.value: notice for notice in Notice}
    for mark in marks:
        if mark in notices:
            place = replace(place, notice=notices[mark])
        elif mark in {"fresh", "slow"}:
            place = replace(place, fresh=place.fresh or mark == "fresh", slow=place.slow or mark == "slow")
        elif mark.startswith("s"):
            place = replace(place, silences=_number(mark[1:], MOST_SILENCES))
        elif mark.startswith("m"):
            place = replace(place, misses=_number(mark[1:], MOST_MISSES))
    return place


def _number(written: str, most: int) -> int:
    return min(int(written), most) if written.isascii() and written.isdecimal() else 0
