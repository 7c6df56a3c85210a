"""Text messages: SMS, MMS and WhatsApp."""

import logging
from dataclasses import replace
from typing import Final
from uuid import uuid4

from flask import Blueprint, Response, request

from service.channels.desk import Desk, Known, Noted, likeliest, told
from service.channels.senders import Sender, sender_of
from service.channels.twiml import messages
from service.core.content import Person
from service.core.conversation import Picture, Said, Words, arrive, greeted, move, owes_greeting
from service.core.folding import fold
from service.core.meanings import OPT_OUT, RESERVED
from service.core.places import Alarmed, AnyPlace, Notice, goodbye, path_to, place_at
from service.core.reply import read_aloud, reply_at, trouble
from service.memory import MemoryFailed, Remembered, Turn

MOST_REPLIES: Final = 20  # in the five minutes that memory counts: no family asks faster, and a robot never tires
MOST_ALARMS: Final = 30  # somebody in danger is answered longer; Twilio itself stops there
LONGEST_BODY: Final = 1600  # letters, what Twilio delivers at most
logger = logging.getLogger(__name__)


def blueprint(desk: Desk) -> Blueprint:
    """The messaging webhook."""
    sms = Blueprint("sms", __name__)

    @sms.post("/sms")
    @desk.guard.protects
    def message() -> Response:
        sender = sender_of(request.form, by_phone=False)
        noted = Noted(desk, sender)
        known = desk.known()
        if _is_networks_own(sender):
            noted.note(None, "left to the network")
            return messages(())
        try:
            place, outcome = _answered(desk, known, sender)
            texts, recording = _told(known, place) if place else ((), "")
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody may be waiting in fear: they get words
            logger.error("a message was answered with an apology: %s", told(error))
            place, outcome, recording = None, "trouble", ""
            texts = trouble(known.library, likeliest(known.library, sender.person()), sender.person()).written()
        noted.note(place, outcome)
        return messages(texts, recording)

    return sms


def _is_networks_own(sender: Sender) -> bool:
    """Whether the phone network answers this message itself: a second answer would only confuse, or cost an opt-out."""
    if request.form.get("OptOutType", "").strip():
        return True
    # Networks know their words by the letter: "HELP!" they leave to us, and silence would be all the answer.
    return request.form.get("Body", "").strip().casefold() in RESERVED and not sender.has_own_keywords


def _answered(desk: Desk, known: Known, sender: Sender) -> tuple[AnyPlace | None, str]:
    """The place whose reply is due, and what to note; None where silence is due."""

    def step(before: Remembered) -> Turn:
        after = _moved(desk, known, sender, before)
        if before.replies >= (MOST_ALARMS if isinstance(after, Alarmed) else MOST_REPLIES):
            return Turn(None)
        return Turn(path_to(after), after.language if after.person.settled else None)

    outcome = "answered"
    if not sender.number:
        turn = step(Remembered())
    else:
        try:
            turn = desk.memory.turn(sender.number, request.form.get("MessageSid") or uuid4().hex, step)
        except MemoryFailed as error:
            logger.error("answered as a stranger: %s", error)
            turn, outcome = step(Remembered()), "answered without memory"
    if turn.path is None:
        return None, "silent: too many messages"
    place = place_at(known.library, turn.path, sender.person())
    # A repeat of a message from before a language was withdrawn: its place is gone.
    return place or _beginning(desk, known, sender, Remembered()), outcome


def _moved(desk: Desk, known: Known, sender: Sender, before: Remembered) -> AnyPlace:
    begun = _beginning(desk, known, sender, before)
    is_new = not before.known or owes_greeting(begun)
    # What was said last is said: only somebody who never wrote is at a place that is still fresh.
    here = replace(begun, fresh=begun.fresh and not before.path)
    body = request.form.get("Body", "")[:LONGEST_BODY]
    # On WhatsApp and on short codes nobody else answers STOP: one last word, and we never write first anyway.
    there = goodbye(here) if fold(body) in OPT_OUT else move(known.library, known.phrasebook, here, _words(body))
    if there.notice is Notice.READ_ALOUD and not _recording(known, there):
        there = replace(there, notice=Notice.CANNOT_READ)
    return greeted(there) if is_new else there


def _told(known: Known, place: AnyPlace) -> tuple[tuple[str, ...], str]:
    """The messages of a place, and the address of the recording that was asked for."""
    recording = _recording(known, place)
    # What is not recorded is not offered.
    place = replace(place, person=replace(place.person, can_listen=bool(recording)))
    return reply_at(known.library, place).written(), recording if place.notice is Notice.READ_ALOUD else ""


def _recording(known: Known, place: AnyPlace) -> str:
    """The address of what is read at `place`, read aloud; "" where nothing is recorded, or nothing can be sent."""
    return known.carriers.message(read_aloud(known.library, place)) if place.person.can_listen else ""


def _beginning(desk: Desk, known: Known, sender: Sender, before: Remembered) -> AnyPlace:
    # A language that is offered no longer is no choice any more: else whatever takes its place would pass for one.
    person: Person = sender.person(settled=before.language in known.library.offered(sender.person()))
    place = place_at(known.library, before.path, person) if before.path else None
    chosen, number = before.language, desk.numbers.get(sender.line)
    if place is None:
        return arrive(known.library, person, chosen=chosen, number=number)
    return place if chosen in {None, place.language} else _as_chosen(known, place, chosen)


def _as_chosen(known: Known, place: AnyPlace, chosen: str | None) -> AnyPlace:
    """A language chosen in a call since then counts for texts too."""
    if chosen is None or chosen not in known.library.offered(place.person):
        return place
    return replace(place, language=chosen)


def _words(body: str) -> Words:
    has_media = request.form.get("NumMedia", "0").strip() not in {"", "0"}
    return Picture() if has_media and not body.strip() else Said(body)
