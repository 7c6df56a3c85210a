"""What is read or heard: always something, always with a way to go on, and the number to call where it matters."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.core.content import Library, Person
from service.core.places import AnyPlace, Notice, place_at
from service.core.reply import LAST_PATIENCE, MENU_PATIENCE, READING_PATIENCE, Reply, reply_at, trouble
from service.core.utterances import Utterance, emergency_spoken, emergency_written, named

TEXTER = Person()
CALLER = Person(by_phone=True)
TEXTABLE = Person(by_phone=True, can_text=True)


def at(library: Library, path: str, person: Person = TEXTER) -> AnyPlace:
    place = place_at(library, path, person)
    assert place is not None
    return place


def said(reply: Reply) -> str:
    return " ".join(utterance.text for utterance in reply.spoken())


@pytest.mark.parametrize(
    ("path", "person", "keys", "remark"),
    [
        ("en/menu", TEXTER, "12345", "the main menu"),
        ("en/menu", CALLER, "12345", "the same by phone"),
        ("en/more", TEXTER, "23451*", "other menus end with the ways out"),
        ("en/menu/~s1", CALLER, "109", "after a silence it is shorter"),
        ("en/menu/~s2", CALLER, "12345097", "after another fuller"),
        ("en/menu/~s2", TEXTABLE, "123450978", "with a text where one can be sent"),
        ("en/more/~m3", CALLER, "23451*097", "after three misses too"),
        ("en/more/~m3", TEXTER, "23451*", "there is no more of it by text"),
        ("en/door/0", TEXTER, "123456", "languages, and more of them"),
        ("en/door/1", TEXTER, "1236", "the last page"),
        ("en/door/0", CALLER, "123", "those that can be heard, all on one page"),
        ("en/about/0", TEXTER, "60*1", "a part of a topic"),
        ("en/about/99", TEXTER, "0*1", "the last part"),
        ("en/support/0", TEXTER, "6*1", "people are here already"),
        ("en/urgent/0", TEXTER, "60*", "urgent signs too"),
        ("en/about/0", CALLER, "69*", "keys are told once in a topic"),
        ("en/about/0", TEXTABLE, "69*8", "with a text where one can be sent"),
        ("en/about/1", CALLER, "", "then it is only read"),
        ("en/ask/urgent.about", TEXTER, "231*", "a question of two"),
        ("en/ask/urgent.about.adults", CALLER, "2341*", "of three"),
        ("en/alarm/urgent", TEXTER, "", "an alarm is alone"),
        ("en/goodbye", CALLER, "", "the end"),
        ("en/goodbye", TEXTABLE, "8", "with a text"),
    ],
)
def test_the_keys_offered(six: Library, path: str, person: Person, keys: str, remark: str) -> None:
    assert "".join(choice.key or "?" for choice in reply_at(six, at(six, path, person)).choices) == keys, remark


def test_a_topic_of_one_part_offers_no_next(english: Library) -> None:
    edition = english.editions["en"]
    short = replace(edition.topics["about"], passages=edition.topics["about"].passages[:1])
    made = replace(english, languages=(), editions={"en": replace(edition, topics={**edition.topics, "about": short})})
    for person in (TEXTER, CALLER):
        assert "6" not in [choice.key for choice in reply_at(made, at(made, "en/about/0", person)).choices]


@pytest.mark.parametrize(
    ("path", "patience", "slow", "remark"),
    [
        ("en/menu", MENU_PATIENCE, False, "time to think"),
        ("en/menu/~s1", 2 * MENU_PATIENCE, False, "more when asked again"),
        ("en/menu/~slow", MENU_PATIENCE, True, "slowly"),
        ("en/menu/~m3", MENU_PATIENCE, True, "slowly for whoever got lost"),
        ("en/about/1", READING_PATIENCE, False, "listening on"),
        ("en/alarm/urgent/~slow", LAST_PATIENCE, True, "an alarm"),
        ("en/goodbye", LAST_PATIENCE, False, "the end"),
    ],
)
def test_how_long_a_silence_is_waited_for(
    english: Library, path: str, patience: int, *, slow: bool, remark: str
) -> None:
    reply = reply_at(english, at(english, path, CALLER))
    assert (reply.patience, reply.slow, reply.ends) == (patience, slow, path == "en/goodbye"), remark


@pytest.mark.parametrize("region", ["US", "ES", "GB", "", "XX"])
def test_the_emergency_number_stands_in_the_greeting(english: Library, region: str) -> None:
    edition = english.editions["en"]
    for path in ("en/menu/~fresh", "en/door/0/~fresh", "en/about/0/~fresh"):
        texter, caller = Person(region), Person(region, by_phone=True)
        first = reply_at(english, at(english, path, texter)).written()[0]
        heard = " ".join(
            u.text for piece in reply_at(english, at(english, path, caller)).greeting for u in piece.spoken
        )
        assert emergency_written(english, edition, texter) in first
        assert emergency_spoken(english, edition, caller) in heard


def test_the_greeting_comes_first_and_is_a_message_of_its_own(english: Library) -> None:
    greeting = english.editions["en"].prompts["greeting"].filled(emergency=english.editions["en"].unknown_number)
    texts = reply_at(english, at(english, "en/about/0/~fresh")).written()
    assert texts[0].startswith(greeting.text)
    assert texts[1:] == reply_at(english, at(english, "en/about/0")).written()
    assert said(reply_at(english, at(english, "en/menu/~fresh", CALLER))).startswith(greeting.voice)


@pytest.mark.parametrize("region", ["US", "ES", ""])
@pytest.mark.parametrize("marks", ["", "/~fresh.slow.s2.m3.last-part"])
def test_an_alarm_is_sent_alone(english: Library, region: str, marks: str) -> None:
    edition = english.editions["en"]
    text = reply_at(english, at(english, f"en/alarm/urgent{marks}", Person(region)))
    call = reply_at(english, at(english, f"en/alarm/urgent{marks}", Person(region, by_phone=True)))
    number = english.emergency.get(region, edition.unknown_number)
    assert text.written() == (edition.alarm.text.replace("{emergency}", number),)
    assert said(call) == edition.alarm.voice.replace("{emergency}", emergency_spoken(english, edition, Person(region)))
    assert not (text.greeting)
    assert not (text.choices)
    assert not (text.farewell)


def test_a_call_ends_kindly(english: Library) -> None:
    prompts, region = english.editions["en"].prompts, Person("US", by_phone=True, can_text=True)
    reply = reply_at(english, at(english, "en/goodbye", region))
    assert "{digits:911}" in said(reply)
    assert [choice.key for choice in reply.choices] == ["8"]
    assert [u.text for piece in reply.farewell for u in piece.spoken] == [prompts["goodbye/end"].voice]
    assert said(reply_at(english, at(english, "en/goodbye/~texted", region))).startswith(prompts["notice/texted"].voice)


@pytest.mark.parametrize("notice", [notice for notice in Notice if notice is not Notice.STATUS])
def test_every_notice_is_said_first(english: Library, notice: Notice) -> None:
    prompt = english.editions["en"].prompts[f"notice/{notice.value}"].filled(emergency="112", language="X")
    place = at(english, f"en/menu/~{notice.value}", Person("ES"))
    call = at(english, f"en/menu/~{notice.value}", Person("ES", by_phone=True))
    assert reply_at(english, place).written()[0].startswith(prompt.text)
    assert said(reply_at(english, call)).startswith(prompt.filled().voice.replace("112", "{digits:112}"))


@pytest.mark.parametrize(
    ("path", "repeated", "remark"),
    [
        ("en/menu/~m1.not-understood", False, "they have it on their screen"),
        ("en/menu/~m3.not-understood", True, "but not the third time"),
        ("en/menu/~last-part", True, "nor with news"),
    ],
)
def test_what_was_just_sent_is_not_sent_again(english: Library, path: str, *, repeated: bool, remark: str) -> None:
    prompts = english.editions["en"].prompts
    written = reply_at(english, at(english, path)).written()[0].splitlines()
    asked = {prompts["reply-with-number"].text, prompts["ways"].text}
    assert bool(asked & set(written)) == repeated, remark
    assert len(reply_at(english, at(english, path, CALLER)).body) > 1, "a caller hears it"


@pytest.mark.parametrize(
    ("notice", "told"), [("m1.not-understood", True), ("m3.not-understood", True), ("m1.wrong-key", False)]
)
def test_what_was_not_understood_may_have_been_an_emergency(english: Library, notice: str, *, told: bool) -> None:
    written = reply_at(english, at(english, f"en/menu/~{notice}", Person("KE"))).written()[0]
    assert ("If someone is in danger, call 999 now." in written.splitlines()) == told
    heard = said(reply_at(english, at(english, f"en/menu/~{notice}", Person("KE", by_phone=True))))
    assert ("If someone is in danger, hang up and call {digits:999}." in heard) == told


@pytest.mark.parametrize(
    ("draft", "reviewed", "prompt"),
    [(True, False, "draft"), (False, False, "unreviewed"), (True, True, "draft"), (False, True, None)],
)
def test_what_nobody_has_checked_says_so_at_first(
    english: Library, *, draft: bool, reviewed: bool, prompt: str | None
) -> None:
    edition = replace(english.editions["en"], draft=draft, reviewed=reviewed)
    made = replace(english, languages=(), editions={"en": edition})
    for path in ("en/menu/~fresh", "en/menu/~status"):
        written = "\n".join(reply_at(made, at(made, path)).written())
        told = [name for name in ("draft", "unreviewed") if edition.prompts[name].text in written]
        assert told == ([prompt] if prompt else [])
    offer = edition.prompts["choice/this-language-draft" if draft else "choice/this-language"].text.replace(
        "{key}", "2"
    )
    assert offer in reply_at(made, at(made, "en/door/0")).written()[0].split(", ")


def test_a_topic_of_another_language_says_so_and_is_heard_in_it(six: Library) -> None:
    german = six.editions["de"]
    topics = {**german.topics, "about": replace(six.editions["en"].topics["about"], language="en")}
    made = replace(
        six,
        languages=(),
        editions={**six.editions, "de": replace(german, topics=topics)},
        by_phone=frozenset(six.editions),
    )
    notice = german.prompts["notice/other-language"].filled(language=made.editions["en"].name)
    reply = reply_at(made, at(made, "de/about/0", CALLER))
    assert reply.spoken()[0] == Utterance(notice.voice, "de")
    assert {utterance.language for utterance in reply.spoken()[1:3]} == {"en"}
    assert reply.spoken()[-1].language == "de", "the choices stay in theirs"
    assert notice.text not in reply_at(made, at(made, "de/about/1")).written()[0]


def test_a_topic_past_its_review_says_so_with_its_first_routine_part(english: Library) -> None:
    edition = english.editions["en"]
    late = replace(english, today=edition.topics["symptoms"].review_by + timedelta(days=1))
    told = [
        n
        for n in range(len(edition.topics["symptoms"].parts("")))
        if edition.prompts["notice/overdue"].text in reply_at(late, at(late, f"en/symptoms/{n}")).written()[0]
    ]
    assert told == [
        next(n for n, part in enumerate(edition.topics["symptoms"].parts("")) if part.urgency == max(part.urgency, 2))
    ]


@pytest.mark.parametrize(
    ("voice", "spoken", "remark"),
    [
        ("Just words. More words.", ["Just words. More words."], "without a number a prompt is whole"),
        ("Call {emergency} now.", ["Call {digits:112} now."], "only the number"),
        ("One. Call {emergency} now. Two. Three!", ["One.", "Call {digits:112} now.", "Two. Three!"], "each by itself"),
        ("Call {emergency}! Or {emergency}?", ["Call {digits:112}!", "Or {digits:112}?"], "two"),
        ("打{emergency}。快。", ["打{digits:112}。", "快。"], "no spaces between sentences"),
        ("{emergency} پر کال کریں۔ ابھی", ["{digits:112} پر کال کریں۔", "ابھی"], "Urdu"),
    ],
)
def test_a_sentence_with_the_number_is_an_utterance_of_its_own(voice: str, spoken: list[str], remark: str) -> None:
    assert [said.text for said in named(voice, "{digits:112}", "xx", "alarm")] == spoken, remark


@pytest.mark.parametrize(
    ("voice", "ids"),
    [
        ("Just words. More words.", ["a/b"]),
        ("Call {emergency} now.", ["a/b@112"]),
        ("One. Call {emergency} now. Two. Three!", ["a/b.1", "a/b.2@112", "a/b.3"]),
    ],
)
def test_an_utterance_is_named_after_its_message_its_sentence_and_its_number(voice: str, ids: list[str]) -> None:
    assert [said.id for said in named(voice, "{digits:112}", "xx", "a/b")] == ids
    unknown = [said.id for said in named(voice, "the emergency number", "xx", "a/b")]
    assert unknown == [name.replace("@112", "@unknown") for name in ids]


def test_a_number_that_is_not_spoken_here_is_told_in_words(english: Library) -> None:
    made = replace(english, emergency={"XX": "98765"})
    edition, person = replace(made.editions["en"], numbers_said=frozenset({"112"})), Person("XX")
    assert emergency_written(made, edition, person) == "98765"
    assert emergency_spoken(made, edition, person) == edition.unknown_number


def test_trouble_on_our_side_names_the_number(english: Library) -> None:
    reply = trouble(english, "en", Person("US", by_phone=True))
    assert "{digits:911}" in said(reply)
    assert "911" in reply.written()[0]
    assert reply.ends
