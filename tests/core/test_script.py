"""The script of all that is said is that of the walk, in the order of urgency."""

from dataclasses import replace

import pytest

from service.core.content import Library
from service.core.places import AnyPlace
from service.core.reply import reply_at
from service.core.script import NUMBERS_KNOWN, first_words, readings, script
from service.house import House

# Said in every country: the walk follows people of a country only to where keys lead at once.
NOT_BY_KEYS = ("alarm", "prompt/notice/help", "prompt/trouble", "prompt/notice/only-by-text", "prompt/choice/this-lang")


def test_nothing_is_said_in_a_call_that_is_not_in_the_script(english: Library, walked: tuple[AnyPlace, ...]) -> None:
    replies = [reply_at(english, place) for place in walked if place.person.by_phone]
    heard = {said for reply in replies for said in reply.spoken()}
    heard |= {said for reply in replies for piece in reply.farewell for said in piece.spoken}
    all_said = {*script(english, "en")}
    assert not heard - all_said
    assert not [said.id for said in all_said - heard if not said.id.startswith(NOT_BY_KEYS)]


def test_the_alarm_comes_first_then_the_first_words_then_the_urgent_signs(house: House) -> None:
    library = house.shelf.library
    for tag in library.editions:
        ids = [said.id for said in script(library, tag)]
        assert len(ids) == len({*ids}), "each has an id of its own"
        kinds = [
            next((k for k in ("alarm", "prompt/greeting", "urgent/", "about/") if i.startswith(k)), "") for i in ids
        ]
        order = [kind for kind in dict.fromkeys(kinds) if kind]
        assert order == ["alarm", "prompt/greeting", "urgent/", "about/"]


def test_a_first_call_needs_a_part_of_it_and_no_local_numbers(house: House) -> None:
    library = house.shelf.library
    assert len(first_words(library, "en")) < len(script(library, "en")) / 2
    for tag in library.editions:
        first = first_words(library, tag)
        # The script of a language that is likely in few countries has fewer sentences with their numbers.
        assert 50 < len(first) < len(script(library, tag)) * 0.6
        filled = {said.id.rpartition("@")[2] for said in first if "@" in said.id}
        assert {name for name in filled if name.isdecimal() and len(name) > 1} <= NUMBERS_KNOWN


def test_each_language_says_everything_in_itself(house: House) -> None:
    library = house.shelf.library
    assert {said.language for tag in library.editions for said in script(library, tag) if tag == said.language}
    for tag in library.editions:
        assert {said.language for said in script(library, tag)} == {tag}


def test_a_borrowed_topic_is_said_with_the_numbers_of_its_own_language(house: House) -> None:
    library = house.shelf.library
    spanish = library.editions["es"]
    borrowed = dict(spanish.topics) | {"urgent": library.editions["en"].topics["urgent"]}
    made = replace(library, editions={**library.editions, "es": replace(spanish, topics=borrowed)})
    said = {utterance.id for utterance in script(made, "es") if utterance.language == "en"}
    numbers = {name.rpartition("@")[2] for name in said if name.startswith("urgent/breathing")}
    assert numbers >= {"unknown", "111", "911"}, "111 is said in New Zealand, where English is likely"


@pytest.mark.parametrize("tag", ["en", "es"])
def test_what_is_read_to_a_texter_is_what_a_caller_hears(house: House, tag: str) -> None:
    library = house.shelf.library
    rows = readings(library, tag)
    assert len(rows) > len(library.editions[tag].topics)
    said = {*script(library, tag)}
    assert not [one.id for row in rows for one in row if one not in said]
    assert any(row[0].id.startswith("alarm") for row in rows)
    assert all(rows), "nothing is empty"
