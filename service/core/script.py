"""Everything that can be said in a call: what recordings are made of, what matters most first.

The walk goes from key to key and takes its time; this lists the same utterances place by place, and a test holds the
two together.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from service.core.content import MENUS, TOPICS, Edition, Library, Person
from service.core.places import (
    LARGEST_QUESTION,
    MOST_MISSES,
    MOST_SILENCES,
    Alarmed,
    AnyPlace,
    Asking,
    Goodbye,
    Menu,
    Notice,
    Reading,
)
from service.core.reply import own_offers, read_aloud, reply_at, trouble
from service.core.utterances import Utterance

NUMBERS_KNOWN = frozenset({"112", "911", "999"})
ONLY_WRITTEN = frozenset({Notice.NO_PICTURES, Notice.CANNOT_READ, Notice.READ_ALOUD, Notice.ONLY_BY_PHONE})


def script(library: Library, language: str) -> tuple[Utterance, ...]:
    """All that callers can hear in an edition, each once: the alarm, the first words, the urgent signs, the rest."""
    said = (
        utterance
        for person in _people(library, library.editions[language])
        for place in _places(library, language, person)
        for utterance in _heard(library, place)
    )
    sorry = (
        said
        for person in _people(library, library.editions[language])
        for piece in trouble(library, language, person).body
        for said in piece.spoken
    )
    offers = (said for piece in own_offers(library, language) for said in piece.spoken)
    return tuple(sorted(dict.fromkeys((*said, *offers, *sorry)), key=_urgency))


def first_words(library: Library, language: str) -> tuple[Utterance, ...]:
    """The part of `script` that the first minute of a call needs: the alarm, the menus, the urgent signs.

    Of sentences with an emergency number, those with the numbers known everywhere.
    """
    return tuple(said for said in script(library, language) if _urgency(said) < len(_FIRST) and not _is_local(said))


def readings(library: Library, language: str) -> tuple[tuple[Utterance, ...], ...]:
    """What can be sent to a texter as one recording, each in the order it is heard."""
    found = (
        read_aloud(library, place)
        for person in _people(library, library.editions[language])
        for place in _calm(library, language, person)
    )
    return tuple(dict.fromkeys(found))


_FIRST = (
    ("alarm",),
    ("prompt/greeting", "prompt/draft", "prompt/unreviewed", "prompt/reply-with-number", "prompt/choice/"),
    ("urgent/",),
    ("prompt/",),
)


def _is_local(said: Utterance) -> bool:
    filled = said.id.rpartition("@")[2]
    return len(filled) > 1 and filled.isdecimal() and filled not in NUMBERS_KNOWN


def _urgency(said: Utterance) -> int:
    return next((rank for rank, starts in enumerate(_FIRST) if said.id.startswith(starts)), len(_FIRST))


def _heard(library: Library, place: AnyPlace) -> Iterator[Utterance]:
    reply = reply_at(library, place)
    yield from reply.spoken()
    yield from (said for piece in reply.farewell for said in piece.spoken)


def _people(library: Library, edition: Edition) -> Iterator[Person]:
    """One caller without a country, and one for each emergency number that is spoken in the language."""
    spoken = {edition.language, *(topic.language for topic in edition.topics.values())}
    numbers = frozenset().union(*(library.editions[tag].numbers_said for tag in spoken))
    yield Person(by_phone=True, can_text=True)
    countries = {number: region for region, number in sorted(library.emergency.items(), reverse=True)}
    yield from (
        Person(countries[number], by_phone=True, can_text=True) for number in sorted(numbers) if number in countries
    )


def _places(library: Library, language: str, person: Person) -> Iterator[AnyPlace]:
    yield from _calm(library, language, person)
    menu = Menu(language=language, person=person)
    yield replace(menu, fresh=True)
    yield Goodbye(language=language, person=person)
    yield from (replace(menu, notice=notice) for notice in Notice if notice not in ONLY_WRITTEN)
    if person.region:
        return  # what follows holds no number
    yield from (replace(menu, silences=count) for count in range(1, MOST_SILENCES + 1))
    yield from (replace(menu, misses=MOST_MISSES, slow=slow) for slow in (False, True))
    for many in range(1, LARGEST_QUESTION + 1):
        yield from (Asking(language=language, person=person, topics=names) for names in combinations(TOPICS, many))


def _calm(library: Library, language: str, person: Person) -> Iterator[AnyPlace]:
    yield Alarmed(language=language, person=person)
    for topic in library.editions[language].topics.values():
        regions = [person.region]
        if not person.region:  # each passage for certain countries is heard in one of them
            regions += [min(passage.regions) for passage in topic.passages if passage.regions]
        for region in regions:
            someone = replace(person, region=region)
            for part in range(len(topic.parts(region))):
                yield Reading(language=language, person=someone, topic=topic.id, part=part)
    yield from (Menu(language=language, person=person, name=name) for name in MENUS)
