"""Every message a texter can get is measured, in every language."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

import pytest

from service.core.content import Library, Person, Topic, Wording
from service.core.keys import Key
from service.core.places import AnyPlace, Menu, Notice
from service.core.reply import reply_at
from service.core.steps import pressed
from service.core.walking import walk
from service.files.checks.lengths import check_lengths
from service.files.checks.places import written_in
from service.files.checks.prompts import NEEDED
from tests.files.conftest import Desk


def short(library: Library) -> Library:
    """The same with few passages and regions, so that it is walked in a moment."""

    def shorter(topic: Topic) -> Topic:
        kept = [p for n, p in enumerate(topic.passages) if n < 2 or p.regions & {"US", "GB"}]
        return replace(topic, passages=tuple(kept))

    editions = {
        tag: replace(edition, topics={name: shorter(topic) for name, topic in edition.topics.items()})
        for tag, edition in library.editions.items()
    }
    return replace(library, languages=(), editions=editions, by_phone=frozenset(editions))


def test_the_list_of_messages_holds_all_of_the_walk(desk: Desk) -> None:
    """The walk is the truth, and takes too long for every check; callers' places, which it holds too, are left out."""
    desk.languages("xx")
    desk.translate("xx", prefix="xx ", fuzzy=True)
    desk.edit("content/topics/urgent.toml", "review_by = 2027-11-21", "review_by = 2026-11-30")
    library = short(desk.read(operator="Somebody").library)
    listed = {written.text for tag in library.editions for written in written_in(library, tag)}
    texters = takewhile(lambda there: not there.person.by_phone, walk(replace(library, likely={})))
    places = [*texters, *in_region(library, "GB")]
    assert not {text for place in places for text in reply_at(library, place).written()} - listed


def in_region(library: Library, region: str) -> Iterator[AnyPlace]:
    """Where keys lead somebody of a region, in every language."""
    waiting: list[AnyPlace] = [Menu(language=tag, person=Person(region)) for tag in library.editions]
    seen = {*waiting}
    while waiting:
        place = waiting.pop()
        yield place
        new = {pressed(library, place, key) for key in Key} - seen
        seen |= new
        waiting += new


class Recording(dict[str, Wording]):
    """Prompts that note which of them were asked for."""

    def __init__(self, prompts: dict[str, Wording], asked: set[str]) -> None:
        super().__init__(prompts)
        self.asked = asked

    def __getitem__(self, name: str) -> Wording:
        self.asked.add(name)
        return super().__getitem__(name)


def test_the_prompts_that_are_needed_are_those_the_line_says(desk: Desk) -> None:
    """Proved both ways: nothing is said that is not on the list, and nothing is on the list that is never said."""
    desk.languages("xx", "xy", "xz", "ya")
    for tag in ("xx", "xy", "xz", "ya"):
        desk.translate(tag, {"about/what": ""}, prefix="xx ", fuzzy=tag != "xx")
    desk.edit("content/topics/service.toml", "review_by = 2027-11-21", "review_by = 2026-11-30")
    library = short(desk.read().library)
    asked: set[str] = set()
    editions = {
        tag: replace(edition, prompts=Recording(dict(edition.prompts), asked))
        for tag, edition in library.editions.items()
    }
    said = replace(library, languages=(), editions=editions)
    for tag in ("en", "xx", "xy"):
        assert list(written_in(said, tag))
    few = {"en": editions["en"], "xy": editions["xy"]}
    alone = replace(said, editions=few, languages=(), by_phone=frozenset({"en"}), emergency={})
    for place in takewhile(lambda there: not there.person.region, walk(alone)):
        reply = reply_at(alone, place)
        reply.written()
        reply.spoken()
    # No step leads there: the phone channel says it when a second text is asked for.
    assert asked | {f"notice/{Notice.TEXT_ONCE.value}"} == NEEDED


def test_a_message_with_too_many_parts_is_told_with_its_letters(desk: Desk) -> None:
    desk.languages("xx", parts=2)
    long = "Ω" + "ő" * 200
    desk.translate("xx", {"about/blame": long, "prompt/draft": long})
    told = ("about/blame (xx): 4 parts", "UCS-2 because of ő", "at most 2")
    desk.told("locales/xx/LC_MESSAGES/content.po", desk.line("xx", "content", "about/blame"), *told)


def test_english_that_is_too_long_is_an_error(desk: Desk) -> None:
    desk.edit("content/topics/about.toml", 'text = "You cannot catch it.', 'text = "You cannot catch it.' + " So." * 60)
    desk.told("content/topics/about.toml", 35, "blame (en)", "3 parts")


def test_a_borrowed_topic_that_is_too_long_is_a_warning(desk: Desk) -> None:
    desk.languages("xx", parts=2)
    desk.translate("xx", {"about/blame": "", "prompt/choice/back": "{key} ő"}, prefix="xx ")
    line = desk.edit("content/topics/about.toml", 'text = "Opsoclonus-myoclonus', 'text = "Opsoclonus-myoclonus')
    desk.told("content/topics/about.toml", line, "about/what (xx)", "translate its topic into xx", warning=True)


def test_the_operators_name_is_measured_too(desk: Desk) -> None:
    file = "content/topics/service.toml"
    line = desk.edit(file, 'text = "This service is run by {operator}.', 'text = "' + "So. " * 62 + "By {operator}.")
    desk.told(file, line, "service/who (en): 3 parts")


def test_an_alarm_is_one_part_with_the_number_and_with_the_words_for_it(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"alarm": "ő {emergency}. " + "x" * 60, "alarm/unknown-number": "z" * 20})
    line = desk.line("xx", "content", "alarm")
    desk.told(
        "locales/xx/LC_MESSAGES/content.po", line, "alarm (xx), with 'zzzzzzzzzzzzzzzzzzzz': 2 parts", "because of ő"
    )
    desk.translate("xx", {"alarm": "ő {emergency}. " + "x" * 80})
    desk.told("locales/xx/LC_MESSAGES/content.po", line, "alarm (xx), with '9", "2 parts")


def test_an_alarm_names_the_number_in_its_first_sentence_and_at_once(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"alarm": "Help. Call {emergency}.", "alarm/voice": "x" * 61 + " {emergency}."})
    file = "locales/xx/LC_MESSAGES/content.po"
    desk.told(file, desk.line("xx", "content", "alarm"), "first sentence")
    desk.told(file, desk.line("xx", "content", "alarm/voice"), "first 60 letters")


def test_a_language_without_an_edition_is_measured_by_its_alarm_alone(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"prompt/ask": "", "alarm": "", "alarm/voice": ""})
    assert not [problem for problem in desk.found() if "(xx)" in problem.what]


@pytest.mark.parametrize(
    ("parts", "told", "remark"),
    [
        (3, True, "none of them may be so long"),
        (9, False, "the letters of one make it longer, and the other's translator cannot mend that"),
    ],
)
def test_where_languages_are_offered_together_the_largest_of_their_allowances_counts(
    desk: Desk, parts: int, told: bool, remark: str
) -> None:
    desk.languages("xx", "xy")
    entries = (desk.root / "locales/languages.toml").read_text("utf-8").partition("[languages.xy]")
    desk.write("locales/languages.toml", "".join((*entries[:2], entries[2].replace("parts = 3", f"parts = {parts}"))))
    long = {name: "{key} " + "ő" * 201 for name in ("prompt/choice/this-language", "prompt/choice/this-language-draft")}
    desk.translate("xx", prefix="xx ")
    desk.translate("xy", long, prefix="xy ")
    found = [one for one in check_lengths(desk.read(), ("xx",)) if "prompt/reply-with-number (xx)" in one.what]
    assert bool(found) is told, remark
    assert all("parts of a text message" in one.what and "at most 3" in one.what for one in found)


def test_what_stands_beside_a_language_is_told_only_where_languages_are_offered(desk: Desk) -> None:
    desk.languages("xx", "xy")
    for tag in ("xx", "xy"):
        desk.translate(tag, prefix=f"{tag} ")
    library = desk.read().library
    beside = {one.text: one.beside for one in written_in(library, "xx") if one.beside}
    assert {frozenset(tags) for tags in beside.values()} == {frozenset({"en", "xx", "xy"})}
    assert all("xy " in text for text in beside), "their words are in it"
    others = [one for one in written_in(library, "xx") if not one.beside]
    assert not [one.text for one in others if "xy " in one.text]
    assert len(others) > len(beside)


def test_languages_that_are_offered_on_another_page_are_not_beside(desk: Desk) -> None:
    tags = ("xa", "xb", "xc", "xd", "xe")
    desk.languages(*tags)
    for tag in tags:
        desk.translate(tag, prefix=f"{tag} ")
    pages = {one.beside for one in written_in(desk.read().library, "xa") if one.beside}
    assert {len(page) for page in pages} == {4, 2}
    assert {tag for page in pages for tag in page} == {"en", *tags}
