"""What is read or heard at a place: it depends on the place alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from service.core.content import MENUS, Edition, Library, Person, Urgency, Wording
from service.core.keys import CHOICES, Key
from service.core.places import (
    LANGUAGES_A_PAGE,
    MOST_MISSES,
    MOST_SILENCES,
    Alarmed,
    AnyPlace,
    Asking,
    Doorstep,
    Goodbye,
    Menu,
    Notice,
    Reading,
)
from service.core.steps import calm
from service.core.utterances import NUMBER, Piece, Utterance, emergency_spoken, emergency_written, named

_INSTEAD: Final = frozenset(
    {
        Notice.NOT_UNDERSTOOD,
        Notice.WRONG_KEY,
        Notice.NO_PICTURES,
        Notice.CANNOT_READ,
        Notice.READ_ALOUD,
        Notice.ONLY_BY_PHONE,
    }
)
MENU_PATIENCE: Final = 10  # seconds a caller has to think; twice that when asked again
READING_PATIENCE: Final = 3  # a longer silence sounds like a lost line
LAST_PATIENCE: Final = 5


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything somebody gets at a place, in order, for the channel they came by."""

    language: str
    warning: tuple[Piece, ...] = ()  # what cannot wait: a message of its own, the first
    greeting: tuple[Piece, ...] = ()  # who we are: a message of its own
    body: tuple[Piece, ...] = ()
    choices: tuple[Piece, ...] = ()
    farewell: tuple[Piece, ...] = ()  # said when nobody answers any more
    comma: str = ", "
    slow: bool = False
    patience: int = MENU_PATIENCE  # seconds of silence that are waited for
    ends: bool = False  # whether the call ends in that silence

    def written(self) -> tuple[str, ...]:
        """The text messages, each whole: warning, greeting, then one passage with the choices on one line."""
        line = self.comma.join(piece.written for piece in self.choices)
        main = [*(piece.written for piece in self.body), *([line] if line else [])]
        parts = [piece.written for piece in self.warning], [piece.written for piece in self.greeting], main
        return tuple("\n".join(lines) for lines in parts if lines)

    def spoken(self) -> tuple[Utterance, ...]:
        """What is said while the caller can already answer."""
        pieces = (*self.warning, *self.greeting, *self.body, *self.choices)
        return tuple(said for piece in pieces for said in piece.spoken)


def reply_at(library: Library, place: AnyPlace) -> Reply:
    """The reply at `place`; a place of an unknown language or part cannot be made (see `place_at`)."""
    speaker = _Speaker(library, place)
    match place:
        case Alarmed():
            # Sent alone, with nothing added to it.
            return Reply(place.language, body=(speaker.alarm(),), slow=place.slow, patience=LAST_PATIENCE)
        case Goodbye():
            return Reply(
                place.language,
                body=(*speaker.opening(), speaker.prompt("goodbye")),
                choices=(speaker.choice("text-me", Key.OTHER_CHANNEL),) if place.person.can_text else (),
                farewell=(speaker.prompt("goodbye/end"),),
                patience=LAST_PATIENCE,
                slow=place.slow,
                ends=True,
            )
        case Reading():
            return speaker.reply(tuple(speaker.passage(place)), tuple(speaker.reading_choices(place)), READING_PATIENCE)
        case Asking(topics=topics):
            choices = tuple(speaker.choice(topic, key) for topic, key in zip(topics, CHOICES, strict=False))
            return speaker.reply((speaker.prompt("ask"),), (*choices, *speaker.way_out()))
        case Doorstep():
            return speaker.reply(speaker.invitation(), tuple(speaker.languages(place)))
        case Menu():
            return speaker.reply(speaker.invitation(), tuple(speaker.menu_choices(place)))


def trouble(library: Library, language: str, person: Person) -> Reply:
    """What is said when something went wrong on our side."""
    edition = library.editions[language]
    speaker = _Speaker(library, Menu(language=language, person=person))
    return Reply(language, body=(speaker.said(edition.prompts["trouble"], edition, "prompt/trouble"),), ends=True)


def read_aloud(library: Library, place: AnyPlace) -> tuple[Utterance, ...]:
    """What a recording for a texter at `place` holds: the passage, or the choices of the menu; elsewhere nothing."""
    heard = reply_at(library, replace(calm(place), person=replace(place.person, by_phone=True)))
    match place:
        case Reading() | Alarmed():
            return tuple(said for piece in heard.body for said in piece.spoken)
        case Menu():
            return tuple(said for piece in heard.choices for said in piece.spoken)
        case Doorstep() | Asking() | Goodbye():
            return ()


def own_offers(library: Library, language: str) -> tuple[Piece, ...]:
    """How a language offers itself at the doorstep, under each key it can have there."""
    speaker = _Speaker(library, Doorstep(language=language, person=Person(by_phone=True)))
    return tuple(speaker.offer(language, key) for key in CHOICES)


class _Speaker:
    """Finds the words of one place, in its language and for its person."""

    def __init__(self, library: Library, place: AnyPlace) -> None:
        self.library = library
        self.place = place
        self.edition: Edition = library.editions[place.language]
        self.by_phone = place.person.by_phone

    def reply(self, body: tuple[Piece, ...], choices: tuple[Piece, ...], patience: int = MENU_PATIENCE) -> Reply:
        place = self.place
        notices = tuple(self.opening())
        is_help = place.notice is Notice.HELP  # with the passage it would be long, and it has to be read at once
        if place.notice in _INSTEAD and not self.by_phone and place.misses < MOST_MISSES:
            body = ()  # they have it on their screen
        return Reply(
            place.language,
            warning=notices if is_help else (),
            greeting=self.greeting() if place.fresh else (),
            body=body if is_help else (*notices, *body),
            choices=choices,
            comma=self.edition.prompts["list-comma"].text,
            slow=place.slow or place.misses == MOST_MISSES,
            patience=patience * 2 if place.silences else patience,
        )

    # ---- sentences ---------------------------------------------------------------------------

    def prompt(self, name: str, **values: str) -> Piece:
        own = self.edition
        filled = "".join(f"@{value}" for value in values.values())
        return self.said(own.prompts[name].filled(**values), own, f"prompt/{name}{filled}")

    def choice(self, name: str, key: Key, edition: Edition | None = None) -> Piece:
        own = edition or self.edition
        wording = own.prompts[f"choice/{name}"]
        pressed = own.prompts["star"].voice if key is Key.BACK else key.value
        spoken = Utterance(wording.voice.replace("{key}", pressed), own.language, f"prompt/choice/{name}@{key.value}")
        return Piece(wording.text.replace("{key}", key.value), (spoken,), key)

    def said(self, wording: Wording, edition: Edition, name: str) -> Piece:
        person = self.place.person
        return Piece(
            wording.text.replace(NUMBER, emergency_written(self.library, edition, person)),
            tuple(named(wording.voice, emergency_spoken(self.library, edition, person), edition.language, name)),
        )

    def alarm(self) -> Piece:
        return self.said(self.edition.alarm, self.edition, "alarm")

    def offer(self, language: str, key: Key) -> Piece:
        edition = self.library.editions[language]
        return self.choice("this-language-draft" if edition.draft else "this-language", key, edition)

    def greeting(self) -> tuple[Piece, ...]:
        return (self.prompt("greeting"), *self.status())

    def status(self) -> tuple[Piece, ...]:
        if self.edition.draft:
            return (self.prompt("draft"),)
        return () if self.edition.reviewed else (self.prompt("unreviewed"),)

    def opening(self) -> Iterator[Piece]:
        match self.place.notice:
            case None:
                return
            case Notice.STATUS:
                yield from self.status()
            case Notice.NOT_UNDERSTOOD:
                # It may have been an emergency in words we do not know.
                yield self.prompt(f"notice/{Notice.NOT_UNDERSTOOD.value}")
                yield self.prompt("goodbye" if self.by_phone else f"notice/{Notice.HELP.value}")
            case notice:
                yield self.prompt(f"notice/{notice.value}")

    # ---- what a place offers -----------------------------------------------------------------

    def invitation(self) -> tuple[Piece, ...]:
        full = self.place.misses == MOST_MISSES or self.place.silences == MOST_SILENCES
        return (self.prompt("ways" if full else "reply-with-number"),)

    def languages(self, place: Doorstep) -> Iterator[Piece]:
        offers = self.library.offered(place.person)
        page = offers[place.page * LANGUAGES_A_PAGE : (place.page + 1) * LANGUAGES_A_PAGE]
        yield self.choice("urgent", Key.URGENT)
        yield from (self.offer(language, key) for language, key in zip(page, CHOICES, strict=False))
        if len(offers) > LANGUAGES_A_PAGE:
            yield self.choice("more-languages", Key.NEXT)

    def menu_choices(self, place: Menu) -> Iterator[Piece]:
        if self.by_phone and place.silences == 1:
            yield from (
                self.choice("urgent", Key.URGENT),
                self.choice("people", Key.PEOPLE),
                self.choice("again", Key.AGAIN),
            )
            return
        if place.name == "menu":
            yield self.choice("urgent", Key.URGENT)
        for entry, key in zip(MENUS[place.name], CHOICES, strict=True):
            yield self.choice(_CHOICE_NAMES.get(entry, entry), key)
        if place.name != "menu":
            yield from self.way_out()
        if self.by_phone and (place.misses == MOST_MISSES or place.silences == MOST_SILENCES):
            yield from self.everything_else(place)

    def way_out(self) -> Iterator[Piece]:
        yield self.choice("urgent-short", Key.URGENT)
        yield self.choice("back", Key.BACK)

    def everything_else(self, place: Menu) -> Iterator[Piece]:
        yield self.choice("people", Key.PEOPLE)
        yield self.choice("again", Key.AGAIN)
        yield self.choice("faster" if place.slow else "slower", Key.SLOWER)
        if place.person.can_text:
            yield self.choice("text-me", Key.OTHER_CHANNEL)

    def passage(self, place: Reading) -> Iterator[Piece]:
        topic = self.edition.topics[place.topic]
        parts = topic.parts(place.person.region)
        passage = parts[place.part]
        own = self.library.editions[topic.language]
        if topic.language != place.language and place.part == 0:
            yield self.prompt("notice/other-language", language=own.name)
        if self.by_phone and place.part == 0:
            yield self.said(topic.title, own, f"{topic.id}/title")
        first_routine = next((n for n, part in enumerate(parts) if part.urgency is Urgency.ROUTINE), None)
        if topic.overdue(self.library.today) and place.part == first_routine:
            yield self.prompt("notice/overdue")
        yield self.said(passage.wording, own, f"{topic.id}/{passage.id}")

    def reading_choices(self, place: Reading) -> Iterator[Piece]:
        parts = self.edition.topics[place.topic].parts(place.person.region)
        last = place.part + 1 == len(parts)
        if self.by_phone:
            if place.part == 0:
                yield from () if last else (self.choice("next", Key.NEXT),)
                yield from (self.choice("again", Key.AGAIN), self.choice("back", Key.BACK))
            if place.person.can_text and (place.part == 0 or parts[place.part].wording.has_address):
                yield self.choice("text-me", Key.OTHER_CHANNEL)
            return
        if not last:
            yield self.choice("next", Key.NEXT)
        if place.topic != "support":
            yield self.choice("people", Key.PEOPLE)
        yield self.choice("back", Key.BACK)
        if place.topic != "urgent":
            yield self.choice("urgent-short", Key.URGENT)
        if place.person.can_listen and not place.person.pays_by_part:
            yield self.choice("listen", Key.OTHER_CHANNEL)


_CHOICE_NAMES: Final = {"more": "more-topics", "further": "further-topics", "door": "language"}
