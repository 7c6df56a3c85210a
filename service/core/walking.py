"""Every place anybody can get to: what the line can ever say.

The same walk measures messages, orders recordings, and proves that no key leads nowhere.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from service.core.content import TOPICS, Library, Person
from service.core.conversation import arrive, follow, greeted
from service.core.keys import Key
from service.core.meanings import COMMANDS, Does, Emergency, Meaning, Speaks, Unknown, Unsure, Wants
from service.core.places import LARGEST_QUESTION, AnyPlace, Notice, path_to
from service.core.steps import calm, fallen_silent, missed, pressed


def walk(library: Library) -> Iterator[AnyPlace]:
    """Every place of texters and callers, each once, nearest first.

    Somebody of an unknown country is followed everywhere.  For those who cannot be texted, and for the countries that
    differ in emergency number or contacts, only what is read and heard for the first time is visited: their history
    changes nothing more.
    """
    for person in (Person(), Person(by_phone=True, can_text=True)):
        yield from _everywhere(library, person, whole=True)
    yield from _everywhere(library, Person(by_phone=True), whole=False)
    yield from _everywhere(library, Person(can_listen=True, pays_by_part=False), whole=False)
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
    waiting = deque(_beginnings(library, person))
    seen: set[str] = set()
    asked: set[tuple[str, bool]] = set()
    while waiting:
        place = waiting.popleft()
        path = path_to(place)
        if path in seen:
            continue
        seen.add(path)
        yield place
        if not whole:
            waiting += map(calm, _by_key(library, place))
            continue
        waiting += _from_here(library, place)
        standing = place.language, place.slow
        if standing not in asked:
            asked.add(standing)
            waiting += _from_anywhere(library, place)


def _beginnings(library: Library, person: Person) -> Iterator[AnyPlace]:
    offered = library.offered(person)
    if not offered:
        return  # no language can be heard by phone: calls are not taken
    yield arrive(library, person)
    for language in offered:
        yield arrive(library, person, chosen=language)
        yield arrive(library, person, number=language)
    if not person.by_phone:
        first = arrive(library, person)
        yield from map(greeted, (*_from_here(library, first), *_from_anywhere(library, first)))


def _by_key(library: Library, place: AnyPlace) -> Iterator[AnyPlace]:
    yield from (pressed(library, place, key) for key in Key)
    if place.person.by_phone:
        yield fallen_silent(library, place)


def _from_here(library: Library, place: AnyPlace) -> Iterator[AnyPlace]:
    """Where one step leads from this place and no other."""
    yield from _by_key(library, place)
    yield follow(library, place, Unknown())
    if not place.person.by_phone:
        yield missed(place, Notice.NO_PICTURES)
        yield replace(calm(place), notice=Notice.READ_ALOUD)  # where a recording can be sent
    else:
        # What comes of a text depends on the network, and on what was sent before.
        yield from (replace(calm(place), notice=notice) for notice in (Notice.TEXT_ONCE, Notice.CANNOT_TEXT))


def _from_anywhere(library: Library, place: AnyPlace) -> Iterator[AnyPlace]:
    """Where words lead that mean the same wherever somebody is, in this language and at this speed."""
    for meaning in _meanings(library):
        yield follow(library, place, meaning)


def _meanings(library: Library) -> Iterator[Meaning]:
    yield from (Emergency(self_harm) for self_harm in (False, True))
    yield from (Speaks(language) for language in library.editions)
    yield from (Wants(topic) for topic in TOPICS)
    yield from (Wants("urgent", language=language) for language in library.editions)
    yield from (Does(command) for command in COMMANDS)
    for many in range(1, LARGEST_QUESTION + 1):
        yield from (Unsure(topics) for topics in combinations(TOPICS, many))
