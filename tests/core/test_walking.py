"""Properties of everything the line can ever say."""

import re
from collections import Counter
from dataclasses import replace
from itertools import islice

import pytest

from service.core.content import TOPICS, Library, Person
from service.core.keys import Key
from service.core.markup import written
from service.core.places import Alarmed, AnyPlace, Asking, Doorstep, Goodbye, Menu, Notice, Reading, path_to
from service.core.reply import Reply, reply_at
from service.core.segments import length
from service.core.steps import calm, fallen_silent, pressed
from service.core.utterances import Piece
from service.core.walking import regions_that_differ, walk
from service.house import House
from tests.invented import BRACKETS, HEBREW, invented_library, outside_brackets

Heard = tuple[tuple[AnyPlace, Reply], ...]


@pytest.fixture(scope="module")
def heard(english: Library, walked: tuple[AnyPlace, ...]) -> Heard:
    """Every place of the walk with its reply."""
    return tuple((place, reply_at(english, place)) for place in walked)


def words(place: AnyPlace, reply: Reply) -> tuple[object, ...]:
    """What the person gets by their channel."""
    return (reply.spoken(), reply.slow) if place.person.by_phone else reply.written()


def pieces(reply: Reply) -> tuple[Piece, ...]:
    return (*reply.greeting, *reply.body, *reply.choices, *reply.farewell)


def test_every_kind_of_place_topic_part_and_notice_is_visited(english: Library, walked: tuple[AnyPlace, ...]) -> None:
    assert {type(place) for place in walked} == {Doorstep, Menu, Reading, Asking, Alarmed, Goodbye}
    read = {(place.topic, place.part) for place in walked if isinstance(place, Reading)}
    for topic in TOPICS:
        assert {(topic, n) for n in range(len(english.editions["en"].topics[topic].parts("")))} <= read
    assert {place.notice for place in walked} >= {*Notice} - {Notice.ONLY_BY_TEXT}


def test_every_place_is_visited_once(walked: tuple[AnyPlace, ...]) -> None:
    assert not [place for place, times in Counter(walked).items() if times > 1]


def test_every_region_that_differs_is_visited(english: Library, walked: tuple[AnyPlace, ...]) -> None:
    assert {place.person.region for place in walked} == {"", *regions_that_differ(english)}


def test_regions_that_do_not_differ_are_not(english: Library) -> None:
    made = replace(english, emergency={"AA": "112", "BB": "112", "CC": "911"})
    assert {"AA", "CC"} <= {*regions_that_differ(made)}
    assert "BB" not in regions_that_differ(made)


def test_other_languages_and_their_pages_are_visited(six: Library) -> None:
    first = tuple(islice(walk(six), 400))
    assert {place.language for place in first} == {*six.editions}
    assert {place.page for place in first if isinstance(place, Doorstep)} == {0, 1}


def test_no_place_is_without_words(heard: Heard) -> None:
    assert not [path_to(place) for place, reply in heard if not words(place, reply)]
    for _, reply in heard:
        assert all(text.strip() for text in reply.written())
        assert all(utterance.text.strip() for utterance in reply.spoken())


def test_nothing_is_left_to_be_filled(heard: Heard) -> None:
    holes = {found for _, reply in heard for text in reply.written() for found in re.findall(r"\{\w*\}", text)}
    holes |= {found for _, reply in heard for spoken in reply.spoken() for found in re.findall(r"\{\w*\}", spoken.text)}
    assert not holes


def test_every_key_offered_leads_inside_the_walk_and_changes_what_is_heard(english: Library, heard: Heard) -> None:
    places = {here(place) for place, _ in heard}
    for place, reply in heard:
        keys = [piece.key for piece in reply.choices]
        assert len({*keys}) == len(keys), f"{path_to(place)} offers a key twice"
        for key in keys:
            assert key is not None
            there = pressed(english, place, key)
            # Where regions differ only what is heard for the first time is walked: no notices, no history.
            assert here(calm(there) if is_plain(place) else there) in places, (path_to(place), key)
            # 9 says it again, and is offered for nothing else; a text can be asked for twice.
            again = key is Key.AGAIN or (key is Key.OTHER_CHANNEL and place.notice is Notice.TEXTED)
            assert again or words(there, reply_at(english, there)) != words(place, reply), (path_to(place), key)


def test_every_key_leads_inside_the_walk(english: Library, walked: tuple[AnyPlace, ...]) -> None:
    places = {here(place) for place in walked}
    for place in walked:
        if not is_plain(place):
            assert all(here(pressed(english, place, key)) in places for key in Key), path_to(place)
            assert not place.person.by_phone or here(fallen_silent(english, place)) in places


def here(place: AnyPlace) -> tuple[str, Person]:
    """What is heard does not depend on who chose the language."""
    return path_to(place), replace(place.person, settled=False)


def is_plain(place: AnyPlace) -> bool:
    """Whether only what is heard for the first time is walked for somebody like this."""
    person = place.person
    return bool(person.region) or person.can_listen or (person.by_phone and not person.can_text)


def test_only_a_goodbye_ends(english: Library, heard: Heard) -> None:
    for place, reply in heard:
        assert reply.ends == isinstance(place, Goodbye)
        if not reply.ends and not reply.choices:
            # An alarm is alone, and a caller listens on: the next step leads on without being told.
            assert isinstance(place, Alarmed) or place.person.by_phone
            assert pressed(english, place, Key.NEXT) != place
            if place.person.by_phone:
                assert fallen_silent(english, place) == pressed(english, place, Key.NEXT)


def test_an_alarm_is_one_text_message_in_every_language(library: Library) -> None:
    for tag in library.editions:
        for region in ("", *regions_that_differ(library)):
            (text,) = reply_at(library, Alarmed(language=tag, person=Person(region))).written()
            assert length(text).segments == 1, (tag, region)


def test_every_text_message_keeps_within_its_parts(house: House, walked: tuple[AnyPlace, ...]) -> None:
    library = house.shelf.library
    parts = {tag: entry.parts for tag, entry in house.shelf.languages.entries.items()}
    texts = {
        place
        for place in walked
        if not (place.person.by_phone or place.misses or place.person.settled) and place.person.pays_by_part
    }
    too_long = {
        (tag, path_to(place), length(text).segments)
        for tag in library.editions
        for place in texts
        if not isinstance(place, Asking) or tag == "en"
        for text in reply_at(library, replace(place, language=tag)).written()
        # Where languages are offered, each stands in its own letters.
        if length(text).segments > (max(parts.values()) if isinstance(place, Doorstep) else parts[tag])
    }
    assert not too_long


@pytest.fixture(scope="module")
def invented(english: Library) -> Library:
    """The library of the invented languages."""
    return invented_library(english)


def elsewhere(tag: str, walked: tuple[AnyPlace, ...]) -> list[AnyPlace]:
    """The places of the English walk in another language."""
    return [replace(place, language=tag) for place in walked]


def test_nothing_is_written_or_heard_but_what_translators_wrote(
    invented: Library, walked: tuple[AnyPlace, ...]
) -> None:
    alone = replace(
        invented, languages=(), editions={BRACKETS: invented.editions[BRACKETS]}, by_phone=frozenset({BRACKETS})
    )
    for place in elsewhere(BRACKETS, walked):
        reply = reply_at(alone, place)
        assert not [outside for text in reply.written() if (outside := outside_brackets(text))], path_to(place)
        for piece in pieces(reply):
            assert not outside_brackets(" ".join(spoken.text for spoken in piece.spoken)), path_to(place)
            assert {spoken.language for spoken in piece.spoken} == {BRACKETS}


def test_no_letter_of_another_script_comes_from_anywhere(invented: Library, walked: tuple[AnyPlace, ...]) -> None:
    alone = replace(invented, languages=(), editions={HEBREW: invented.editions[HEBREW]}, by_phone=frozenset({HEBREW}))
    for place in elsewhere(HEBREW, walked):
        reply = reply_at(alone, place)
        for text in (*reply.written(), *(written(spoken.text) for piece in pieces(reply) for spoken in piece.spoken)):
            assert not re.search("[A-Za-z]", text), (path_to(place), text)


def test_a_language_is_offered_in_its_own_words(invented: Library) -> None:
    reply = reply_at(invented, Doorstep(language=HEBREW, person=Person("IL", by_phone=True)))
    languages = [{spoken.language for spoken in piece.spoken} for piece in reply.choices]
    assert languages == [{HEBREW}, {HEBREW}, {BRACKETS}]


def test_where_no_language_can_be_heard_texters_are_still_walked(english: Library) -> None:
    walked = [place.person.by_phone for place in islice(walk(replace(english, by_phone=frozenset())), 20000)]
    assert walked
    assert not any(walked)
