"""A path leads back to its place; any other string to the nearest place there is, or to none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.content import Library, Person
from service.core.places import (
    LONGEST_PATH,
    Alarmed,
    AnyPlace,
    Asking,
    Doorstep,
    Goodbye,
    Menu,
    Notice,
    Reading,
    menu_of,
    path_to,
    place_at,
)

NOBODY = Person()
PIECES = st.sampled_from(
    ["en", "xx", "door", "ask", "alarm", "goodbye", "menu", "more", "further", "urgent", "support", "urgent.support",
     "0", "1", "99", "-1", "٣", "²", "~", "~fresh", "~slow.s2.m3.texted", "~s9.m9", "~s.m.x", "~slower.fresh", "", "."]
)  # fmt: skip
PATHS = st.one_of(st.text(st.characters(exclude_categories=())), st.lists(PIECES, max_size=5).map("/".join))


def test_every_path_leads_back_to_its_place(english: Library, walked: tuple[AnyPlace, ...]) -> None:
    lost = [path for place in walked if place_at(english, path := path_to(place), place.person) != place]
    assert not lost


def test_every_path_is_short(walked: tuple[AnyPlace, ...]) -> None:
    assert max(len(path_to(place)) for place in walked) <= LONGEST_PATH


@given(path=PATHS, region=st.sampled_from(["", "US", "ES", "XX"]), by_phone=st.booleans())
def test_any_string_is_a_path_to_a_place_or_to_none(
    library: Library, path: str, region: str, *, by_phone: bool
) -> None:
    place = place_at(library, path, Person(region, by_phone=by_phone))
    if place is not None:
        assert place_at(library, path_to(place), place.person) == place


@pytest.mark.parametrize(
    ("path", "place", "remark"),
    [
        ("en/menu", Menu(language="en", person=NOBODY), "a menu"),
        ("en/further", Menu(language="en", person=NOBODY, name="further"), "another"),
        ("en/symptoms/1", Reading(language="en", person=NOBODY, topic="symptoms", part=1), "a part of a topic"),
        ("en/door/0", Doorstep(language="en", person=NOBODY), "the languages"),
        ("en/door/99", Doorstep(language="en", person=NOBODY), "a page there is no more: the last"),
        ("en/symptoms/-1", Reading(language="en", person=NOBODY, topic="symptoms"), "no number: the first part"),
        ("en/symptoms/²", Reading(language="en", person=NOBODY, topic="symptoms"), "no number int() would take"),
        ("en/symptoms/٣", Reading(language="en", person=NOBODY, topic="symptoms"), "a digit we never write"),
        ("en/symptoms", Menu(language="en", person=NOBODY), "a topic without a part: the menu"),
        ("en/gone/1", Menu(language="en", person=NOBODY), "a topic there is no more: the menu"),
        ("en/gone", Menu(language="en", person=NOBODY), "anything else: the menu"),
        ("en/a/b/c", Menu(language="en", person=NOBODY), "too deep: the menu"),
        ("en/", Menu(language="en", person=NOBODY), "nothing after the language: the menu"),
        ("en/~slow", Menu(language="en", person=NOBODY, slow=True), "only marks: the menu"),
        ("en/alarm/support", Alarmed(language="en", person=NOBODY, then="support"), "an alarm"),
        ("en/alarm/outlook", Alarmed(language="en", person=NOBODY), "an alarm that leads to no such topic"),
        ("en/goodbye", Goodbye(language="en", person=NOBODY), "the end"),
        (
            "en/ask/support.urgent",
            Asking(language="en", person=NOBODY, topics=("urgent", "support")),
            "topics in the order of the menus",
        ),
        ("en/ask/about", Asking(language="en", person=NOBODY, topics=("about",)), "one topic: is it this?"),
        (
            "en/ask/gone.support.support",
            Asking(language="en", person=NOBODY, topics=("support",)),
            "those that are left",
        ),
        ("en/ask/gone", Menu(language="en", person=NOBODY), "none is left: the menu"),
        (
            "en/ask/urgent.symptoms.support.about",
            Asking(language="en", person=NOBODY, topics=("urgent", "symptoms", "support")),
            "three at most",
        ),
        (
            "en/menu/~fresh.slow.s1.m2.last-part",
            Menu(language="en", person=NOBODY, fresh=True, slow=True, silences=1, misses=2, notice=Notice.LAST_PART),
            "all marks",
        ),
        ("en/menu/~s9.m9", Menu(language="en", person=NOBODY, silences=2, misses=3), "history is bounded"),
        ("en/menu/~slower", Menu(language="en", person=NOBODY, notice=Notice.SLOWER), "a notice, not slow"),
        ("en/menu/~x.s.m", Menu(language="en", person=NOBODY), "marks that say nothing"),
        ("xx/menu", None, "a language that is not offered"),
        ("en", None, "only a language"),
        ("", None, "nothing"),
        ("en/" + "a" * LONGEST_PATH, None, "too long to be ours"),
    ],
)
def test_where_a_path_leads(english: Library, path: str, place: AnyPlace | None, remark: str) -> None:
    assert place_at(english, path, NOBODY) == place, remark


def test_a_part_there_is_no_more_is_the_last(library: Library) -> None:
    last = len(library.editions["en"].topics["urgent"].parts("")) - 1
    assert place_at(library, "en/urgent/9999", NOBODY) == Reading(
        language="en", person=NOBODY, topic="urgent", part=last
    )


@pytest.mark.parametrize(
    ("topic", "menu"), [("symptoms", "menu"), ("about", "more"), ("service", "further"), ("urgent", "menu")]
)
def test_a_reader_goes_back_to_the_menu_that_offered_the_topic(topic: str, menu: str) -> None:
    assert menu_of(topic) == menu
