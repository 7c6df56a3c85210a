"""Phone calls.  Where a caller is stands in the URL; each answer says what is heard there, and what silence does."""

import logging
from dataclasses import replace

from flask import Blueprint, Response, request

from service.channels.desk import Desk, Known, Noted, likeliest, told
from service.channels.senders import Sender, sender_of
from service.channels.twiml import Question, conversation, rejected, statement
from service.core.content import Person
from service.core.conversation import Said, Silence, Words, arrive, move
from service.core.keys import Key
from service.core.places import AnyPlace, Doorstep, Notice, path_to, place_at
from service.core.reply import Reply, reply_at, trouble
from service.core.steps import calm
from service.core.utterances import Piece
from service.memory import MemoryFailed, Remembered, Turn
from service.speech.carriers import Play, Say

UNSURE_BELOW = 0.4  # confidence of speech recognition; 0 and none mean that it does not tell
logger = logging.getLogger(__name__)


def blueprint(desk: Desk) -> Blueprint:
    """The voice webhooks."""
    voice = Blueprint("voice", __name__)

    @voice.post("/voice", strict_slashes=False)
    @desk.guard.protects
    def called() -> Response:
        return _answer(desk, "")

    @voice.post("/voice/<path:path>")
    @desk.guard.protects
    def at(path: str) -> Response:
        return _answer(desk, path)

    @voice.post("/voice/status")
    @desk.guard.protects
    def status() -> Response:
        noted = Noted(desk, sender_of(request.form, by_phone=True))
        noted.note(
            None,
            f"call {_word(request.form.get('CallStatus', ''))} after {_count(request.form.get('CallDuration', ''))} s",
        )
        return Response(status=204)

    return voice


def _answer(desk: Desk, path: str) -> Response:
    sender = sender_of(request.form, by_phone=True)
    noted = Noted(desk, sender)
    known = desk.known()
    if not known.library.offered(sender.person()):
        # No language that is offered can be heard: words in another one would be English by accident, or silence.
        noted.note(None, "rejected: no language can be heard")
        return rejected()
    person = sender.person(can_text=desk.outbox is not None and sender.is_mobile)
    try:
        place = _reached(desk, known, sender, person, path)
        response = _said(desk, known, place, reply_at(known.library, place))
    except Exception as error:  # noqa: BLE001 - whatever it is, somebody may be waiting in fear: they get words
        logger.error("a caller heard an apology: %s", told(error))
        noted.note(None, "trouble")
        sorry = trouble(known.library, likeliest(known.library, person), person)
        return statement(_carried(known, sorry.body, sorry))
    noted.note(place, "answered")
    return response


def _reached(desk: Desk, known: Known, sender: Sender, person: Person, path: str) -> AnyPlace:
    """Where the caller is now: where the call begins, or where their key, words or silence lead from `path`."""
    words = _words()
    here = place_at(known.library, path, person) if path else None
    if here is None:
        before = _remembered(desk, sender)
        here = arrive(known.library, person, chosen=before.language, number=desk.numbers.get(sender.line))
        if isinstance(words, Silence):
            return here
    elif not isinstance(here, Doorstep):
        here = replace(here, person=replace(person, settled=True))
    # Also where the place is gone: an emergency that was said there must not be answered by a greeting.
    there = move(known.library, known.phrasebook, here, words)
    if there.person.settled and (isinstance(here, Doorstep) or there.language != here.language):
        _remember(desk, sender, there.language)
    if there.notice is Notice.TEXTED:
        return replace(there, notice=_texted(desk, known, sender, there))
    return there


def _words() -> Words:
    digits, speech = request.form.get("Digits", ""), request.form.get("SpeechResult", "")
    if digits:
        return Key(digits) if digits in set(Key) else Said(digits)
    if not speech.strip():
        return Silence()
    try:
        confidence = float(request.form.get("Confidence", "0"))
    except ValueError:
        confidence = 0.0
    return Said(speech, sure=not 0 < confidence < UNSURE_BELOW)


def _remembered(desk: Desk, sender: Sender) -> Remembered:
    if not sender.number:
        return Remembered()
    try:
        return desk.memory.recall(sender.number)
    except MemoryFailed as error:
        logger.error("received as a stranger: %s", error)
        return Remembered()


def _remember(desk: Desk, sender: Sender, language: str) -> None:
    if not sender.number:
        return
    try:
        desk.memory.remember_language(sender.number, language)
    except MemoryFailed as error:
        logger.error("a language was not remembered: %s", error)


def _texted(desk: Desk, known: Known, sender: Sender, place: AnyPlace) -> Notice:
    """Send what is heard at `place` as a text, so that they can go on from there: once a call, a few times a day.

    Gives back what to tell the caller.
    """
    reader = replace(calm(place), slow=False, person=replace(place.person, by_phone=False))
    call = request.form.get("CallSid", "")
    try:
        if desk.memory.texted(call):
            return Notice.TEXT_ONCE
        if desk.outbox is None or not desk.memory.claim_text(sender.number, call):
            return Notice.CANNOT_TEXT
        if not desk.outbox.send(sender.number, sender.line, reply_at(known.library, reader).written()):
            return Notice.CANNOT_TEXT
        desk.memory.turn(sender.number, f"{call}/text", lambda _: Turn(path_to(reader), place.language))
    except MemoryFailed as error:
        # Without a memory nothing would stop a thousand texts.
        logger.error("no text was sent, or it is not remembered: %s", error)
        return Notice.CANNOT_TEXT
    return Notice.TEXTED


def _said(desk: Desk, known: Known, place: AnyPlace, reply: Reply) -> Response:
    pieces = (*reply.warning, *reply.greeting, *reply.body, *reply.choices)
    question = Question(
        url=f"{desk.public_url}/voice/{path_to(place)}",
        patience=reply.patience,
        recognised=known.carriers.recognised(reply.language),
        hints=known.phrasebook.hints(reply.language),
    )
    return conversation(
        _carried(known, pieces, reply), question, _carried(known, reply.farewell, reply), ends=reply.ends
    )


def _carried(known: Known, pieces: tuple[Piece, ...], reply: Reply) -> tuple[Play | Say, ...]:
    return tuple(
        carrier for piece in pieces for said in piece.spoken for carrier in known.carriers.carry(said, slow=reply.slow)
    )


def _word(given: str) -> str:
    return given if given.isascii() and given.replace("-", "").isalpha() else "ended"


def _count(given: str) -> str:
    return given if given.isascii() and given.isdecimal() else "?"
