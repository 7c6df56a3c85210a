"""Where somebody gets to by writing, pressing or saying something.

arrive(library, person, …) -> place     where a call or a first message begins
move(library, place, words) -> place    where words lead
"""

from dataclasses import dataclass, replace
from typing import Final

from service.core.content import SOURCE_LANGUAGE, Library, Person
from service.core.keys import Key
from service.core.matching import Phrasebook
from service.core.meanings import Does, Emergency, Meaning, Pressed, Speaks, Unknown, Unsure, Wants
from service.core.places import (
    LANGUAGES_A_PAGE,
    Alarmed,
    AnyPlace,
    Doorstep,
    Menu,
    Notice,
    alarmed,
    asking,
    doorstep,
    menu,
    reading,
)
from service.core.steps import fallen_silent, missed, pressed

_COMMAND_KEYS: Final = {
    "more": Key.NEXT,
    "back": Key.BACK,
    "again": Key.AGAIN,
    "people": Key.PEOPLE,
    "slower": Key.SLOWER,
    "text-me": Key.OTHER_CHANNEL,
    "read-me": Key.OTHER_CHANNEL,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote, or what speech recognition made of what they said (`sure` if it was)."""

    text: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing was pressed or said."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, a recording, a place: something we cannot read."""


Words = Key | Said | Silence | Picture


def arrive(library: Library, person: Person, *, chosen: str | None = None, number: str | None = None) -> AnyPlace:
    """Where somebody begins: in the language they chose before, else in the number's, else at the doorstep.

    With one language in the whole library there is nothing to choose.
    """
    offered = library.offered(person)
    if chosen in offered:
        return Menu(language=chosen, person=replace(person, settled=True), fresh=True)
    if number in offered:
        return Menu(language=number, person=person, fresh=True)
    if len(offered) == 1:
        return Menu(language=offered[0], person=person, fresh=True)
    inferred = offered[0] if library.likely.get(person.region) else SOURCE_LANGUAGE
    return Doorstep(language=inferred if inferred in offered else offered[0], person=person, fresh=True)


def move(library: Library, phrasebook: Phrasebook, place: AnyPlace, words: Words) -> AnyPlace:
    """The place that `words` lead to from `place`; an emergency comes before everything else."""
    match words:
        case Said(text, sure):
            return follow(library, place, phrasebook.understand(text, preferred(library, place), sure=sure))
        case Key():
            return pressed(library, place, words)
        case Picture():
            return missed(place, Notice.NO_PICTURES)
        case Silence():
            return fallen_silent(library, place)


def greeted(place: AnyPlace) -> AnyPlace:
    """The same place for somebody who does not know us: who we are comes first.  An alarm stays alone, and owes it."""
    return replace(place, fresh=True)


def owes_greeting(place: AnyPlace) -> bool:
    """Whether the first thing somebody got was an alarm, so that they have still not been told who we are."""
    return place.fresh and isinstance(place, Alarmed)


def preferred(library: Library, place: AnyPlace) -> tuple[str, ...]:
    """The languages in which somebody at `place` is expected to write, likeliest first."""
    if place.person.settled:
        return (place.language,)
    offered = library.offered(place.person)
    likely = [tag for tag in library.likely.get(place.person.region, ()) if tag in offered]
    return tuple(dict.fromkeys((place.language, *likely[:LANGUAGES_A_PAGE])))


def follow(library: Library, place: AnyPlace, meaning: Meaning) -> AnyPlace:
    """The place that something understood leads to.

    Whoever turns out to write in another language is told in it who we are, and who has checked the words.
    """
    there = _led(library, place, meaning)
    is_chosen = isinstance(meaning, Pressed | Speaks)
    return there if is_chosen or there.language == place.language else greeted(there)


def _led(library: Library, place: AnyPlace, meaning: Meaning) -> AnyPlace:
    match meaning:
        case Emergency(self_harm=self_harm):
            return alarmed(_heard_in(library, place, meaning), "support" if self_harm else "urgent")
        case Pressed(key=key):
            return pressed(library, place, Key(key))
        case Speaks(language=language):
            return _spoken_to(library, place, language)
        case Wants(topic=topic, passage=passage, asked=asked):
            there = _switched(library, place, asked) if asked else _heard_in(library, place, meaning)
            parts = library.editions[there.language].topics[topic].parts(there.person.region)
            return reading(there, topic, next((n for n, part in enumerate(parts) if part.id == passage), 0))
        case Unsure(topics=topics):
            return asking(_heard_in(library, place, meaning), topics)
        case Does(command=command):
            if command == "hello" and meaning.shared and not (meaning.language or place.person.settled):
                return doorstep(place)  # in a word of many languages: which one is theirs?
            return _commanded(library, _heard_in(library, place, meaning), command)
        case Unknown():
            there = _heard_in(library, place, meaning)
            if place.fresh and not place.person.by_phone:
                # A first message: whatever it says, it is answered by who we are and what there is.
                return menu(there) if there.person.settled else doorstep(there)
            return missed(there, Notice.NOT_UNDERSTOOD)


def _commanded(library: Library, place: AnyPlace, command: str) -> AnyPlace:
    match command:
        case "menu" | "hello":
            return menu(place)
        case "thanks":
            return replace(menu(place), notice=Notice.WELCOME)
        case "languages":
            return doorstep(place)
        case "help":
            return replace(reading(place, "service"), notice=Notice.HELP)
        case _:
            return pressed(library, place, _COMMAND_KEYS[command])


def _spoken_to(library: Library, place: AnyPlace, language: str) -> AnyPlace:
    if language not in library.editions:
        return doorstep(place)
    if language not in library.offered(place.person):
        return replace(menu(place), notice=Notice.ONLY_BY_TEXT)
    return replace(menu(_switched(library, place, language)), notice=Notice.STATUS)


def _switched(library: Library, place: AnyPlace, language: str) -> AnyPlace:
    """`place` in another language, chosen by the person; in its own where the other cannot be had here."""
    if language not in library.offered(place.person):
        return place
    return replace(place, language=language, person=replace(place.person, settled=True))


def _heard_in(library: Library, place: AnyPlace, heard: Emergency | Wants | Unsure | Does | Unknown) -> AnyPlace:
    """`place` in the language somebody wrote in, unless they chose one before."""
    if place.person.settled or heard.language is None:
        return place
    there = _switched(library, place, heard.language)
    # What people of other languages write too is answered as it is written, but does not decide for the next message.
    return replace(there, person=place.person) if heard.shared else there
