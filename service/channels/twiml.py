"""Replies as TwiML, made by twilio-python and by nothing else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import Response
from twilio.twiml import TwiML
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, Play, Say, VoiceResponse

from service.core.lexicon import Pause, Sounds, Words
from service.speech.carriers import Play as Recorded
from service.speech.carriers import Say as Said

# Letters XML cannot hold; twilio-python writes them all the same, and Twilio then reads nothing of the answer.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SLOW: Final = "75%"
PAUSE: Final = "400ms"  # between the groups of a telephone number
Carrier = Recorded | Said
SPEECH_PAUSE: Final = "3"  # seconds of silence that end what somebody says; people in fear speak in pieces


@dataclass(frozen=True, slots=True)
class Question:
    """What a call waits for: where the answer goes, how long (s), and the tag of speech ("": keys only)."""

    url: str
    patience: int
    recognised: str
    hints: str


def messages(texts: Iterable[str], recording: str = "") -> Response:
    """An answer of text messages; none is silence.  `recording` is the address of one that comes after them."""
    response = MessagingResponse()
    for text in texts:
        response.message(clean(text))
    if recording:
        response.message().media(recording)  # by itself: beside a recording, some phones show no words
    return _answer(response)


def conversation(said: Iterable[Carrier], question: Question, farewell: Iterable[Carrier], *, ends: bool) -> Response:
    """A turn of a call: a key or a word interrupts `said`; silence goes on at the same place, or ends the call."""
    response = VoiceResponse()
    heard = {"speech_timeout": SPEECH_PAUSE, "language": question.recognised, "hints": question.hints}
    gather = Gather(
        input="dtmf speech" if question.recognised else "dtmf",
        action=question.url,
        method="POST",
        num_digits=1,
        finish_on_key="",  # else # would be swallowed, and nobody could press it
        timeout=question.patience,
        **(heard if question.recognised else {}),
    )
    for one in said:
        gather.append(_heard(one))
    response.append(gather)
    for one in farewell:
        response.append(_heard(one))
    if ends:
        response.hangup()
    else:
        response.redirect(question.url, method="POST")
    return _answer(response)


def statement(said: Iterable[Carrier]) -> Response:
    """Words after which the call ends."""
    response = VoiceResponse()
    for one in said:
        response.append(_heard(one))
    response.hangup()
    return _answer(response)


def rejected() -> Response:
    """A call that is not taken: the caller hears the tone of a line out of use, and pays nothing."""
    response = VoiceResponse()
    response.reject()
    return _answer(response)


def clean(text: str) -> str:
    """`text` without letters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _heard(carrier: Carrier) -> TwiML:
    if isinstance(carrier, Recorded):
        return Play(carrier.url)
    say = Say(voice=carrier.voice, language=carrier.tag)
    inner = say.prosody(rate=SLOW) if carrier.slow else say
    for bit in carrier.bits:
        match bit:
            case Words(text):
                inner.append(clean(text))
            case Pause():
                inner.break_(time=PAUSE)
            case Sounds(text, ipa):
                inner.phoneme(clean(text), alphabet="ipa", ph=clean(ipa))
    return say


def _answer(response: TwiML) -> Response:
    return Response(str(response), content_type="text/xml; charset=utf-8")
