"""Every message a texter can get in one language, with the message id it stands or falls with.

The walk of the core goes from key to key and takes minutes with many languages; this lists the same messages
place by place, and a test holds the two together.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from service.core.content import MENUS, TOPICS, Library, Person
from service.core.places import (
    ALARM_TOPICS,
    LANGUAGES_A_PAGE,
    LARGEST_QUESTION,
    MOST_MISSES,
    Alarmed,
    AnyPlace,
    Asking,
    Doorstep,
    Goodbye,
    Menu,
    Notice,
    Reading,
)
from service.core.reply import reply_at, trouble
from service.core.walking import regions_that_differ

MISSED: Final = (Notice.NOT_UNDERSTOOD, Notice.WRONG_KEY, Notice.NO_PICTURES)
ANYWHERE: Final = (*MISSED, Notice.CANNOT_READ, Notice.READ_ALOUD, Notice.ONLY_BY_PHONE)


@dataclass(frozen=True, slots=True)
class Written:
    """A text message; `id` is the message most of it is made of, `language` the one that is in.

    `beside` are languages of which some words stand in it too.
    """

    id: str
    language: str
    text: str
    beside: tuple[str, ...] = ()


def written_in(library: Library, language: str) -> Iterator[Written]:
    """All text messages of an edition, for people of no known region and of each region that differs."""
    for region in ("", *regions_that_differ(library)):
        person = Person(region)
        for place in _places(library, language, person, everywhere=not region):
            identity, own = _identity(library, place)
            *before, last = reply_at(library, place).written()
            first = "prompt/greeting" if place.fresh else "prompt/notice/help"
            yield from (Written(first, language, text) for text in before)
            yield Written(identity, own, last)
        yield Written("prompt/trouble", language, trouble(library, language, person).written()[0])
    yield from _doorsteps(library, language)


def _places(library: Library, language: str, person: Person, *, everywhere: bool) -> Iterator[AnyPlace]:
    topics = library.editions[language].topics
    menu = Menu(language=language, person=person)
    yield replace(menu, fresh=True)
    calm: list[AnyPlace] = [
        *(replace(menu, name=name) for name in MENUS),
        *(
            Reading(language=language, person=person, topic=topic, part=part)
            for topic in TOPICS
            for part in range(len(topics[topic].parts(person.region)))
        ),
    ]
    yield from calm
    if everywhere:  # what follows names no number and no contact
        questions = [
            Asking(language=language, person=person, topics=names)
            for many in range(1, LARGEST_QUESTION + 1)
            for names in combinations(TOPICS, many)
        ]
        yield from questions
        yield from (replace(place, notice=notice) for place in (*calm, *questions) for notice in ANYWHERE)
    yield from (replace(menu, name=name, notice=Notice.LAST_PART) for name in MENUS)
    yield from (replace(menu, notice=notice) for notice in (Notice.WELCOME, Notice.STATUS))
    yield from (replace(menu, notice=notice, misses=MOST_MISSES) for notice in MISSED)
    helped = Reading(language=language, person=person, topic="service", notice=Notice.HELP)
    yield from (helped, replace(helped, fresh=True))
    yield from (Alarmed(language=language, person=person, then=then) for then in ALARM_TOPICS)
    yield Goodbye(language=language, person=person)


def _doorsteps(library: Library, language: str) -> Iterator[Written]:
    """Which languages are offered together depends on the country."""
    orders = {library.offered(Person(region)): region for region in reversed(("", *library.likely))}
    for offered, region in orders.items():
        for page in range(-(-len(offered) // LANGUAGES_A_PAGE)):
            place = Doorstep(language=language, person=Person(region), page=page)
            beside = offered[page * LANGUAGES_A_PAGE :][:LANGUAGES_A_PAGE]
            yield Written("prompt/reply-with-number", language, reply_at(library, place).written()[-1], beside)
            for notice in ANYWHERE:
                noticed = reply_at(library, replace(place, notice=notice)).written()[-1]
                yield Written(f"prompt/notice/{notice.value}", language, noticed, beside)


def _identity(library: Library, place: AnyPlace) -> tuple[str, str]:
    match place:
        case Reading(topic=topic, part=part, notice=None | Notice.HELP):
            own = library.editions[place.language].topics[topic]
            return f"{topic}/{own.parts(place.person.region)[part].id}", own.language
        case Alarmed():
            return "alarm", place.language
        case Goodbye():
            return "prompt/goodbye", place.language
        case Asking(notice=None):
            return "prompt/ask", place.language
        case Menu() if place.misses == MOST_MISSES:
            return "prompt/ways", place.language
        case Menu() | Doorstep() if place.notice is None or place.notice is Notice.STATUS:
            return "prompt/reply-with-number", place.language
        case _:
            return f"prompt/notice/{place.notice}", place.language
