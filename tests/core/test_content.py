"""What the line says is whole: the rules are in the things themselves, and a broken one cannot be made."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from service.core.content import MENUS, TOPICS, Library, Passage, Person, Topic, Urgency, Wording
from service.core.errors import ContentError, LineError

WORDS = Wording("words", "voice")
TODAY = date(2026, 12, 1)


def passage(name: str, urgency: Urgency = Urgency.ROUTINE, *regions: str, facts: tuple[str, ...] = ("F01",)) -> Passage:
    return Passage(name, WORDS, urgency, facts, frozenset(regions))


def topic(*passages: Passage) -> Topic:
    return Topic("support", "en", WORDS, passages, TODAY)


@pytest.mark.parametrize(("text", "voice"), [("", "voice"), ("text", ""), ("  ", "voice"), ("text", "  ")])
def test_words_are_never_empty(text: str, voice: str) -> None:
    with pytest.raises(ContentError, match="silence"):
        Wording(text, voice)


def test_both_forms_of_words_are_filled() -> None:
    filled = Wording("{a} and {b}", "{b}, {a}, {c}").filled(a="1", b="2")
    assert filled == Wording("1 and 2", "2, 1, {c}")


def test_medicine_without_a_source_is_refused() -> None:
    with pytest.raises(ContentError, match="names no fact"):
        passage("signs", facts=())


@pytest.mark.parametrize(
    ("passages", "problem"),
    [
        ((), "no passage for everybody"),
        ((passage("here", Urgency.ROUTINE, "ES"),), "no passage for everybody"),
        ((passage("later"), passage("now", Urgency.EMERGENCY)), "most urgent passage"),
        ((passage("here", Urgency.ROUTINE, "ES"), passage("all")), "open with a passage for everybody"),
    ],
)
def test_a_topic_that_would_mislead_is_refused(passages: tuple[Passage, ...], problem: str) -> None:
    with pytest.raises(ContentError, match=problem) as refusal:
        topic(*passages)
    assert refusal.value.subject == "support"
    assert isinstance(refusal.value, LineError)


def test_people_get_the_passages_of_their_region() -> None:
    made = topic(passage("all"), passage("spain", Urgency.ROUTINE, "ES"), passage("rest"))
    assert [part.id for part in made.parts("ES")] == ["all", "spain", "rest"]
    assert [part.id for part in made.parts("")] == ["all", "rest"]


@pytest.mark.parametrize(
    ("region", "nearest", "remark"),
    [("ES", 1, "contacts of their own region"), ("FR", 2, "else the first that names contacts")],
)
def test_the_nearest_help_comes_first(region: str, nearest: int, remark: str) -> None:
    made = topic(
        passage("all"), passage("spain", Urgency.ROUTINE, "ES"), passage("no"), passage("any", facts=("F1", "C1"))
    )
    assert made.nearest_help(region) == nearest, remark


def test_without_contacts_help_begins_at_the_beginning() -> None:
    assert topic(passage("all"), passage("rest")).nearest_help("") == 0


def test_a_topic_is_overdue_the_day_after() -> None:
    made = topic(passage("all"))
    assert not made.overdue(TODAY)
    assert made.overdue(TODAY + timedelta(days=1))


def test_an_edition_holds_every_topic(library: Library) -> None:
    english = library.editions["en"]
    with pytest.raises(ContentError, match="adults, service"):
        replace(english, topics={name: english.topics[name] for name in TOPICS if name not in {"adults", "service"}})


def test_a_library_holds_an_edition(library: Library) -> None:
    with pytest.raises(ContentError, match="no edition"):
        replace(library, editions={})


def test_every_topic_is_on_a_menu_once() -> None:
    offered = [name for names in MENUS.values() for name in names if name not in {*MENUS, "door"}]
    assert sorted([*offered, "urgent"]) == sorted(TOPICS), "key 1 is urgent, at every place"


@pytest.mark.parametrize(
    ("person", "offered", "remark"),
    [
        (Person(), ("en", "fr", "es"), "in the order of the library"),
        (Person("ES"), ("es", "en", "fr"), "the likeliest first"),
        (Person("MX"), ("es", "en", "fr"), "a likely language that is not offered is passed over"),
        (Person(by_phone=True), ("en", "es"), "by phone only what can be heard"),
        (Person("FR", by_phone=True), ("en", "es"), "even where it is the likeliest"),
    ],
)
def test_languages_are_offered_likeliest_first(
    library: Library, person: Person, offered: tuple[str, ...], remark: str
) -> None:
    english = library.editions["en"]
    made = replace(
        library,
        languages=(),
        editions={tag: replace(english, language=tag) for tag in ("en", "fr", "es")},
        likely={"ES": ("es",), "MX": ("nah", "es"), "FR": ("fr",)},
        by_phone=frozenset({"en", "es"}),
    )
    assert made.offered(person) == offered, remark


def test_a_topic_is_borrowed_only_from_an_edition_that_is_there(english: Library) -> None:
    edition = english.editions["en"]
    lent = {**edition.topics, "about": replace(edition.topics["about"], language="de")}
    with pytest.raises(ContentError, match="borrows about"):
        replace(english, editions={"en": replace(edition, topics=lent)})
