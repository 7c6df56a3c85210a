"""Every place anybody can get to: what the line can ever say.

The same walk measures messages, orders recordings, and proves that no key leads nowhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from service.core.content import TOPICS, Library, Person
from service.core.conversation import arrive, follow, greeted
from service.core.keys import Key
from service.core.matching import COMMANDS, Does, Emergency, Meaning, Speaks, Unknown, Unsure, Wants
from service.core.places import LARGEST_QUESTION, AnyPlace, Menu, Notice, path_to
from service.core.steps import calm, fallen_silent, missed, pressed


def walk(library: Library) -> Iterator[AnyPlace]:
    """Every place of texters and callers, each once, nearest first.

    Somebody of an unknown country is followed everywhere.  For the countries that differ from it, in emergency number
    or contacts, only what is read and heard there for the first time is visited: their history changes nothing more.
    """
    for person in (Person(), Person(by_phone=True), Person(by_phone=True, can_text=True)):
        yield from _everywhere(library, person, whole=True)
    for region in regions_that_differ(library):
        for person in (Person(region), Person(region, by_phone=True, can_text=True)):
            yield from _everywhere(library, person, whole=False)


def regions_that_differ(library: Library) -> tuple[str, ...]:
    """One country for each pair of emergency number and contacts, in the order of their codes."""
    support = next(iter(library.editions.values())).topics["support"]
    found: dict[tuple[str, tuple[str, ...]], str] = {}
    named = {region for passage in support.passages for region in passage.regions}
    for region in sorted({*library.emergency, *named}):
        kind = library.emergency.get(region, ""), tuple(passage.id for passage in support.parts(region))
        found.setdefault(kind, region)
    return tuple(found.values())


def _everywhere(library: Library, person: Person, *, whole: bool) -> Iterator[AnyPlace]:
    waiting: list[AnyPlace] = list(dict.fromkeys(_beginnings(library, person)))
    seen = {_name(place) for place in waiting}
    while waiting:
        place = waiting.pop(0)
        yield place
        for there in _from(library, place) if whole else map(calm, _by_key(library, place)):
            if _name(there) not in seen:
                seen.add(_name(there))
                waiting.append(there)


def _name(place: AnyPlace) -> tuple[str, bool]:
    return path_to(place), place.person.settled


def _beginnings(library: Library, person: Person) -> Iterator[AnyPlace]:
    offered = library.offered(person)
    yield arrive(library, person)
    for language in offered:
        yield arrive(library, person, chosen=language)
        yield arrive(library, person, number=language)
    if not person.by_phone:
        yield from (greeted(there) for there in _from(library, arrive(library, person)))


def _by_key(library: Library, place: AnyPlace) -> Iterator[AnyPlace]:
    yield from (pressed(library, place, key) for key in Key)
    if place.person.by_phone:
        yield fallen_silent(library, place)


def _from(library: Library, place: AnyPlace) -> Iterator[AnyPlace]:
    yield from _by_key(library, place)
    yield from (follow(library, place, meaning) for meaning in _meanings(library, place))
    if not place.person.by_phone:
        yield missed(place, Notice.NO_PICTURES)


def _meanings(library: Library, place: AnyPlace) -> Iterable[Meaning]:
    yield from (Emergency(self_harm) for self_harm in (False, True))
    yield from (Speaks(language) for language in library.editions)
    yield from (Wants(topic) for topic in TOPICS)
    yield from (Wants(topic, language=language) for topic in TOPICS[:1] for language in library.editions)
    yield from (Does(command) for command in COMMANDS)
    yield Unknown()
    if place == replace(Menu(language=place.language, person=place.person)):
        for many in range(1, LARGEST_QUESTION + 1):
            yield from (Unsure(topics) for topics in combinations(TOPICS, many))
