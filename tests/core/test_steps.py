"""What each key does at each place, and what silence and misunderstanding do."""

from dataclasses import replace

import pytest

from service.core.content import Library, Person
from service.core.keys import Key
from service.core.places import AnyPlace, Goodbye, Notice, path_to, place_at
from service.core.steps import calm, fallen_silent, missed, pressed

TEXTER = Person()
CALLER = Person(by_phone=True)
TEXTABLE = Person(by_phone=True, can_text=True)
PLACES = (
    "en/menu",
    "en/more",
    "en/further",
    "en/door/0",
    "en/about/0",
    "en/ask/urgent.support",
    "en/alarm/urgent",
    "en/goodbye",
)


def at(library: Library, path: str, person: Person = TEXTER) -> AnyPlace:
    place = place_at(library, path, person)
    assert place is not None
    return place


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        # Where 2, 3, 4, 5, 6 and * lead; 1, 9 and 0 mean the same everywhere.
        ("en/menu", "symptoms/0 support/0 more door/0 more door/0"),
        ("en/more", "about/0 diagnosis/0 treatment/0 further further menu"),
        ("en/further", "outlook/0 adults/0 questions/0 service/0 menu more"),
        ("en/symptoms/0", "symptoms/0 support/0 more door/0 symptoms/1 menu"),
        ("en/urgent/0", "symptoms/0 support/0 more door/0 urgent/1 menu"),
        ("en/about/0", "about/0 diagnosis/0 treatment/0 further about/1 more"),
        ("en/outlook/0", "outlook/0 adults/0 questions/0 service/0 outlook/1 further"),
        ("en/ask/urgent.support", "urgent/0 support/0 = = menu menu"),
        ("en/ask/urgent.support.about", "urgent/0 support/0 about/0 = menu menu"),
        ("en/alarm/urgent", "symptoms/0 support/0 more door/0 urgent/0 menu"),
        ("en/alarm/support", "symptoms/0 support/0 more door/0 support/0 menu"),
        ("en/goodbye", "symptoms/0 support/0 more door/0 menu menu"),
        ("en/door/0", "menu es/menu fr/menu de/menu door/1 menu"),
        ("en/door/1", "it/menu sw/menu = = door/0 menu"),
    ],
)
def test_keys_by_place(six: Library, path: str, keys: str) -> None:
    place = at(six, path)
    for key, there in zip((*"23456", "*"), keys.split(), strict=True):
        wanted = there if there[:3] in {"es/", "fr/", "de/", "it/", "sw/"} else f"en/{there}"
        wanted = f"{path}/~m1.wrong-key" if there == "=" else wanted
        assert path_to(pressed(six, place, Key(key))) == wanted, key
    assert pressed(six, place, Key.POUND) == pressed(six, place, Key.NEXT)


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("marks", ["", "/~fresh.slow.s1.m2.last-part"])
def test_these_keys_mean_the_same_at_every_place(english: Library, path: str, marks: str) -> None:
    place = at(english, path + marks, CALLER)
    slow = "/~slow" if marks else ""
    assert path_to(pressed(english, place, Key.URGENT)) == f"en/urgent/0{slow}"
    assert path_to(pressed(english, place, Key.PEOPLE)).startswith("en/support/")
    assert path_to(pressed(english, place, Key.AGAIN)) == path + slow


def test_people_who_can_help_are_the_nearest(english: Library) -> None:
    support = english.editions["en"].topics["support"]
    for region in sorted({region for passage in support.passages for region in passage.regions}):
        there = pressed(english, at(english, "en/menu", Person(region)), Key.PEOPLE)
        assert path_to(there) == f"en/support/{support.nearest_help(region)}"


@pytest.mark.parametrize(
    ("person", "key", "before", "after", "remark"),
    [
        (CALLER, "7", "en/about/1", "en/about/1/~slow.slower", "slower"),
        (CALLER, "7", "en/about/1/~slow", "en/about/1/~normal-speed", "and back"),
        (TEXTER, "7", "en/about/1", "en/about/1/~only-by-phone", "a text has no speed"),
        (CALLER, "8", "en/about/1", "en/about/1/~cannot-text", "no text can be sent"),
        (TEXTABLE, "8", "en/about/1", "en/about/1/~texted", "a text is sent"),
        (TEXTER, "8", "en/about/1", "en/about/1/~cannot-read", "no recording can be sent"),
        (CALLER, "9", "en/menu/~s2.m1.slower", "en/menu", "again, without what was said once"),
    ],
)
def test_keys_by_channel(english: Library, person: Person, key: str, before: str, after: str, remark: str) -> None:
    assert path_to(pressed(english, at(english, before, person), Key(key))) == after, remark


def test_the_last_part_leads_back_to_the_menu(english: Library) -> None:
    last = at(english, "en/about/99")
    assert path_to(pressed(english, last, Key.NEXT)) == "en/more/~last-part"


def test_with_one_page_of_languages_there_is_no_next(english: Library) -> None:
    assert path_to(pressed(english, at(english, "en/door/0"), Key.NEXT)) == "en/door/0/~m1.wrong-key"
    assert path_to(pressed(english, at(english, "en/door/0"), Key.FIVE)) == "en/door/0/~m1.wrong-key"


def test_whoever_picks_a_language_has_chosen_it(six: Library) -> None:
    assert pressed(six, at(six, "en/door/0"), Key.THREE).person.settled


@pytest.mark.parametrize(
    ("path", "ladder"),
    [
        ("en/menu", "en/menu/~s1 en/menu/~s2 en/goodbye en/goodbye"),
        ("en/further/~slow.m1", "en/further/~slow.s1 en/further/~slow.s2 en/goodbye/~slow"),
        ("en/door/0/~fresh", "en/door/0/~s1 en/door/0/~s2 en/goodbye"),
        ("en/ask/urgent.about", "en/ask/urgent.about/~s1 en/ask/urgent.about/~s2 en/goodbye"),
        ("en/alarm/support", "en/support/0 en/support/1"),
        ("en/about/0", "en/about/1"),
        ("en/about/99", "en/more/~last-part en/more/~s1 en/more/~s2 en/goodbye"),
    ],
)
def test_silence(english: Library, path: str, ladder: str) -> None:
    place = at(english, path, CALLER)
    for step in ladder.split():
        place = fallen_silent(english, place)
        assert path_to(place) == step


def test_whoever_is_always_silent_hears_a_goodbye(english: Library, walked: tuple[AnyPlace, ...]) -> None:
    longest = max(len(topic.passages) for topic in english.editions["en"].topics.values()) + 5
    for place in {path_to(calm(place)): calm(place) for place in walked if place.person.by_phone}.values():
        there = place
        for _ in range(longest):
            there = fallen_silent(english, there)
        assert isinstance(there, Goodbye), path_to(place)


@pytest.mark.parametrize(
    ("path", "third"),
    [
        ("en/more", "en/menu"),
        ("en/about/1", "en/menu"),
        ("en/door/0", "en/menu"),
        ("en/ask/urgent.about", "en/menu"),
        ("en/alarm/urgent", "en/menu"),
        ("en/goodbye", "en/menu"),
    ],
)
def test_the_third_miss_in_a_row_hears_the_whole_menu(english: Library, path: str, third: str) -> None:
    place = at(english, f"{path}/~s1", CALLER)
    for step in (f"{path}/~m1", f"{path}/~m2", f"{third}/~m3", f"{third}/~m1"):
        place = missed(place, Notice.WRONG_KEY)
        assert path_to(place) == f"{step}.wrong-key"


def test_a_step_in_between_starts_the_count_again(english: Library) -> None:
    place = at(english, "en/menu/~s1.m2", CALLER)
    assert path_to(pressed(english, place, Key.TWO)) == "en/symptoms/0"
    assert path_to(missed(replace(place, misses=0), Notice.NOT_UNDERSTOOD)) == "en/menu/~m1.not-understood"
