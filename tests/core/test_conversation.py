"""Where people begin, and where their words lead them."""

from dataclasses import replace

import pytest

from service.core.content import TOPICS, Library, Person
from service.core.conversation import Picture, Said, Silence, arrive, follow, greeted, move, preferred
from service.core.keys import Key
from service.core.matching import Phrasebook
from service.core.meanings import COMMANDS, Does, Emergency, Meaning, Pressed, Speaks, Unknown, Unsure, Wants
from service.core.places import Alarmed, AnyPlace, Doorstep, Menu, Reading, path_to, place_at
from service.core.reply import reply_at
from service.core.steps import calm
from tests.core import words

BOOK = words.phrasebook()
TEXTER = Person()
CALLER = Person(by_phone=True)
SETTLED = Person(settled=True)


def at(library: Library, path: str, person: Person = TEXTER) -> AnyPlace:
    place = place_at(library, path, person)
    assert place is not None
    return place


@pytest.mark.parametrize(
    ("person", "chosen", "number", "path", "remark"),
    [
        (Person("ES"), "fr", "de", "fr/menu/~fresh", "what they chose before"),
        (Person("ES"), None, "de", "de/menu/~fresh", "the called number's language"),
        (Person("ES"), "xx", "yy", "es/door/0/~fresh", "what is not offered is passed over"),
        (Person("ES"), None, None, "es/door/0/~fresh", "a choice, in the likeliest language"),
        (Person("JP"), None, None, "en/door/0/~fresh", "a country we know nothing of"),
        (Person(), None, None, "en/door/0/~fresh", "nobody we know"),
        (CALLER, "fr", None, "en/door/0/~fresh", "a language that cannot be heard"),
    ],
)
def test_where_somebody_begins(
    six: Library, person: Person, chosen: str | None, number: str | None, path: str, remark: str
) -> None:
    place = arrive(six, person, chosen=chosen, number=number)
    assert path_to(place) == path, remark
    assert place.person.settled == (chosen == "fr" and not person.by_phone), "only a choice of theirs is one"


def test_without_english_the_first_language_stands_in(six: Library) -> None:
    without = replace(six, languages=tuple(tag for tag in six.editions if tag != "en"))
    assert arrive(without, Person()).language == "es"


def test_with_one_language_there_is_nothing_to_choose(english: Library) -> None:
    assert path_to(arrive(english, Person("ES"))) == "en/menu/~fresh"


@pytest.mark.parametrize(
    ("place", "languages", "remark"),
    [
        (Menu(language="de", person=SETTLED), ("de",), "who chose writes in that"),
        (Menu(language="de", person=Person("ES")), ("de", "es"), "else what is spoken in their country may come"),
        (Menu(language="en", person=Person("ES", by_phone=True)), ("en", "es"), "by phone what can be heard"),
    ],
)
def test_languages_somebody_is_expected_to_write(
    six: Library, place: AnyPlace, languages: tuple[str, ...], remark: str
) -> None:
    assert preferred(six, place) == languages, remark


@pytest.mark.parametrize(
    ("person", "path", "meaning", "there", "remark"),
    [
        (TEXTER, "en/about/1", Emergency(), "en/alarm/urgent", "an alarm"),
        (TEXTER, "en/about/1", Emergency(self_harm=True), "en/alarm/support", "self-harm leads to people"),
        (TEXTER, "en/menu", Emergency(language="es"), "es/alarm/urgent/~fresh", "in the language it was reported in"),
        (SETTLED, "en/menu", Emergency(language="es"), "en/alarm/urgent", "unless they chose one"),
        (CALLER, "en/menu", Emergency(language="fr"), "en/alarm/urgent", "or it cannot be heard"),
        (TEXTER, "en/menu", Emergency(language="tlh"), "en/alarm/urgent", "or it is none of ours"),
        (TEXTER, "en/menu", Pressed("2"), "en/symptoms/0", "a written key"),
        (TEXTER, "en/about/1", Speaks("es"), "es/menu/~status", "a language"),
        (SETTLED, "en/about/1", Speaks("es"), "es/menu/~status", "also for whoever chose another"),
        (CALLER, "en/about/1", Speaks("fr"), "en/menu/~only-by-text", "a language that cannot be heard"),
        (TEXTER, "en/about/1", Speaks("tlh"), "en/door/0", "a language we do not have: here are those we have"),
        (CALLER, "en/about/1", Speaks("tlh"), "en/door/0", "the same by phone"),
        (TEXTER, "en/menu", Wants("about"), "en/about/0", "a topic"),
        (TEXTER, "en/menu", Wants("about", language="es"), "es/about/0/~fresh", "in the language it was asked in"),
        (SETTLED, "en/menu", Wants("about", language="es"), "en/about/0", "unless they chose one"),
        (SETTLED, "en/menu", Wants("about", language="es", asked="fr"), "fr/about/0/~fresh", "or ask for another now"),
        (CALLER, "en/menu", Wants("about", asked="fr"), "en/about/0", "if it can be heard"),
        (TEXTER, "en/menu", Wants("about", "no such passage"), "en/about/0", "a passage that is not there"),
        (TEXTER, "en/menu", Unsure(("urgent", "about")), "en/ask/urgent.about", "a question back"),
        (TEXTER, "en/about/1", Does("menu"), "en/menu", "commands"),
        (TEXTER, "en/about/1", Does("hello"), "en/menu", "a greeting"),
        (TEXTER, "en/about/1", Does("thanks"), "en/menu/~welcome", "thanks"),
        (TEXTER, "en/about/1", Does("languages"), "en/door/0", "the languages"),
        (TEXTER, "en/about/1", Does("help"), "en/service/0/~help", "help: the emergency number, then this service"),
        (TEXTER, "en/about/0", Does("more"), "en/about/1", "the next part"),
        (TEXTER, "en/about/1", Does("back"), "en/more", "back"),
        (TEXTER, "en/about/1/~last-part", Does("again"), "en/about/1", "again"),
        (TEXTER, "en/about/1", Does("slower"), "en/about/1/~only-by-phone", "slower"),
        (CALLER, "en/about/1", Does("text-me"), "en/about/1/~cannot-text", "by text"),
        (TEXTER, "en/about/1", Does("read-me"), "en/about/1/~cannot-read", "as a recording"),
        (TEXTER, "en/about/1", Does("menu", "es"), "es/menu/~fresh", "a command of another language"),
        (TEXTER, "en/menu/~fresh", Unknown(), "en/door/0", "a first message: which language?"),
        (SETTLED, "en/menu/~fresh", Unknown(), "en/menu", "or, where that is known, what there is"),
        (TEXTER, "en/menu/~fresh", Unknown("es"), "es/menu/~fresh", "or shown by common words"),
        (CALLER, "en/menu/~fresh", Unknown(), "en/menu/~m1.not-understood", "a caller was greeted before"),
        (TEXTER, "en/menu/~m1", Unknown(), "en/menu/~m2.not-understood", "nothing of ours"),
    ],
)
def test_where_a_meaning_leads(
    six: Library, person: Person, path: str, meaning: Meaning, there: str, remark: str
) -> None:
    assert path_to(follow(six, at(six, path, person), meaning)) == there, remark


@pytest.mark.parametrize(
    ("meaning", "there", "remark"),
    [
        (Wants("about", language="es", shared=True), "es/about/0/~fresh", "answered as it was asked"),
        (Emergency(language="es", shared=True), "es/alarm/urgent/~fresh", "the same with an alarm"),
        (Unsure(("urgent", "about"), "es", shared=True), "es/ask/urgent.about/~fresh", "or a question"),
        (Does("help", "es", shared=True), "es/service/0/~fresh.help", "or a cry for help"),
        (Does("menu", "es", shared=True), "es/menu/~fresh", "or a command"),
        (Does("menu", shared=True), "en/menu", "a word of everybody's tells no language"),
        (Does("hello", shared=True), "en/door/0", "after a greeting: which language is theirs?"),
        (Does("hello", "en", shared=True), "en/menu", "the likeliest"),
    ],
)
def test_words_of_a_likelier_language_too_do_not_decide_for_the_next_ones(
    six: Library, meaning: Meaning, there: str, remark: str
) -> None:
    reached = follow(six, at(six, "en/menu"), meaning)
    assert path_to(reached) == there, remark
    assert not reached.person.settled
    assert follow(six, at(six, "en/menu"), Wants("about", language="es")).person.settled
    chosen = follow(six, at(six, "en/menu", SETTLED), meaning)
    assert chosen.language == "en", "and whoever chose a language keeps it"
    assert not isinstance(chosen, Doorstep)


def test_a_passage_is_found_by_its_name(english: Library) -> None:
    for number, passage in enumerate(english.editions["en"].topics["urgent"].parts("")):
        there = follow(english, at(english, "en/menu"), Wants("urgent", passage.id))
        assert there == Reading(language="en", person=TEXTER, topic="urgent", part=number)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_opens_by_its_name(english: Library, topic: str) -> None:
    assert path_to(follow(english, at(english, "en/menu"), Wants(topic))) == f"en/{topic}/0"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_leads_somewhere_from_everywhere(english: Library, command: str) -> None:
    for path in ("en/menu", "en/door/0", "en/about/0", "en/ask/urgent.about", "en/alarm/urgent", "en/goodbye"):
        there = follow(english, at(english, path), Does(command))
        assert place_at(english, path_to(there), there.person) == there


def test_the_first_answer_greets_but_an_alarm_is_still_alone(english: Library) -> None:
    assert greeted(at(english, "en/about/0")).fresh
    alarm = at(english, "en/alarm/urgent")
    assert reply_at(english, greeted(alarm)) == reply_at(english, alarm)


def test_keys_pictures_and_silence_are_words_too(english: Library) -> None:
    menu = at(english, "en/menu", CALLER)
    assert path_to(move(english, BOOK, menu, Key.TWO)) == "en/symptoms/0"
    assert path_to(move(english, BOOK, menu, Picture())) == "en/menu/~m1.no-pictures"
    assert path_to(move(english, BOOK, menu, Silence())) == "en/menu/~s1"
    assert path_to(move(english, BOOK, menu, Said("neuroblastama"))) == "en/diagnosis/0"
    assert path_to(move(english, BOOK, menu, Said("neuroblastama", sure=False))) == "en/menu/~m1.not-understood"


def test_an_emergency_is_heard_at_every_place(english: Library, walked: tuple[AnyPlace, ...]) -> None:
    # What somebody means depends on their languages alone, and an alarm on the language, person and speed of the place.
    kinds = {
        (place.person, place.slow, path_to(calm(place))): place for place in walked if place.person.region in {"", "US"}
    }
    for place in kinds.values():
        for said in ("menu he is not breathing", "no respira", "911", "叫不醒", "quiero morir"):
            there = move(english, BOOK, place, Said(said, sure=False))
            assert isinstance(there, Alarmed), (path_to(place), said)
            assert there == Alarmed(language="en", person=there.person, slow=place.slow, then=there.then)
            assert there.then == ("support" if said == "quiero morir" else "urgent")


def test_the_real_line_knows_menu_and_more(english: Library, phrasebook: Phrasebook) -> None:
    assert path_to(move(english, phrasebook, at(english, "en/about/0"), Said("More"))) == "en/about/1"
    assert path_to(move(english, phrasebook, at(english, "en/about/0"), Said("MENU"))) == "en/menu"
