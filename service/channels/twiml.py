"""Replies as TwiML, made by twilio-python and by nothing else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import Response
from twilio.twiml import TwiML
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, Say, VoiceResponse

from service.speech.carriers import Say as Said

# Letters XML cannot hold; twilio-python writes them all the same, and Twilio then reads nothing of the answer.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SLOW: Final = "75%"
SPEECH_PAUSE: Final = "3"  # seconds of silence that end what somebody says; people in fear speak in pieces


@dataclass(frozen=True, slots=True)
class Question:
    """What a call waits for: where the answer goes, how long (s), and the tag of speech ("": keys only)."""

    url: str
    patience: int
    recognised: str
    hints: str


def messages(texts: Iterable[str]) -> Response:
    """An answer of text messages; none is silence."""
    response = MessagingResponse()
    for text in texts:
        response.message(clean(text))
    return _answer(response)


def conversation(said: Iterable[Said], question: Question, farewell: Iterable[Said], *, ends: bool) -> Response:
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
        gather.append(_say(one))
    response.append(gather)
    for one in farewell:
        response.append(_say(one))
    if ends:
        response.hangup()
    else:
        response.redirect(question.url, method="POST")
    return _answer(response)


def statement(said: Iterable[Said]) -> Response:
    """Words after which the call ends."""
    response = VoiceResponse()
    for one in said:
        response.append(_say(one))
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


def _say(said: Said) -> Say:
    if not said.slow:
        return Say(clean(said.text), voice=said.voice, language=said.tag)
    say = Say(voice=said.voice, language=said.tag)
    say.prosody(clean(said.text), rate=SLOW)
    return say


def _answer(response: TwiML) -> Response:
    return Response(str(response), content_type="text/xml; charset=utf-8")
