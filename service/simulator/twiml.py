"""Reads what the line answers, and refuses what Twilio refuses."""

import re
from typing import Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from service.simulator.document import opened
from service.simulator.errors import OURS, Rejected
from service.simulator.exchange import Answer
from service.simulator.speech import read_say
from service.simulator.verbs import (
    Dial,
    Gather,
    Hangup,
    Message,
    Pause,
    Play,
    Prompt,
    Redirect,
    Reject,
    Say,
    Verb,
)
from service.speech.voices import VOICES

__all__ = [
    "Dial",
    "Gather",
    "Hangup",
    "Message",
    "Pause",
    "Play",
    "Prompt",
    "Redirect",
    "Reject",
    "Rejected",
    "Say",
    "Verb",
    "read_messaging",
    "read_voice",
]

MOST_MESSAGES: Final = 10
MOST_MEDIA: Final = 10
LONGEST_MESSAGE: Final = 1600
MOST_HINTS: Final = 500
LONGEST_HINT: Final = 100
FOR_EVER: Final = 1000  # what Twilio makes of loop="0"


def read_voice(answer: Answer, *, strict: bool = True) -> tuple[Verb, ...]:
    """Read the answer to a call.

    Strictly, every path through it must lead on or say goodbye: Twilio itself would hang up in the middle.
    """
    root = opened(answer, "voice")
    verbs = tuple(verb for element in root for verb in _verbs(element))
    if strict:
        _whole(verbs)
    return verbs


def read_messaging(answer: Answer) -> tuple[Message | Redirect, ...]:
    """Read the answer to a message; nothing in it is the line's silence."""
    root = opened(answer, "messaging")
    verbs = tuple(_redirect(element) if element.tag == "Redirect" else _message(element) for element in root)
    if sum(isinstance(verb, Message) for verb in verbs) > MOST_MESSAGES:
        raise Rejected(14109, f"more than {MOST_MESSAGES} messages in answer to one")
    return verbs


def _whole(verbs: tuple[Verb, ...]) -> None:
    match verbs:
        case (*_, Gather()):
            raise Rejected(OURS, "a <Gather> with nothing after it: silence would end the call")
        case (_, *rest) if any(isinstance(verb, Reject) for verb in rest):
            raise Rejected(OURS, "a <Reject> that is not the first verb: the call is already taken")
        case (*_, Redirect() | Dial() | Hangup() | Reject()):
            return
        case _:
            raise Rejected(OURS, "the answer must end in <Redirect>, <Dial> or <Hangup>")


def _verbs(element: Element) -> tuple[Verb, ...]:
    match element.tag:
        case "Gather":
            return (_gather(element),)
        case "Redirect":
            return (_redirect(element),)
        case "Dial":
            return (_dial(element),)
        case "Hangup":
            return (Hangup(),)
        case "Reject":
            return (Reject(element.get("reason", "rejected")),)
        case _:
            return _prompts(element)


def _prompts(element: Element) -> tuple[Prompt, ...]:
    if element.tag == "Pause":
        return (Pause(int(element.get("length", "1"))),)
    if "digits" in element.attrib:
        raise Rejected(OURS, "the simulator cannot follow <Play digits>")
    prompt = read_say(element) if element.tag == "Say" else Play(_url(element.text))
    return (prompt,) * (int(element.get("loop", "1")) or FOR_EVER)


def _redirect(element: Element) -> Redirect:
    return Redirect(_url(element.text), element.get("method", "POST"))


def _dial(element: Element) -> Dial:
    numbers = [(child.text or "").strip() for child in element] or [(element.text or "").strip()]
    if not all(child.tag == "Number" for child in element) or len(numbers) > 1:
        raise Rejected(OURS, "the simulator can <Dial> one number only")
    if not re.fullmatch(r"\+?[0-9]{3,15}", numbers[0]):
        raise Rejected(13223, f"{numbers[0]!r} is no phone number to <Dial>")
    return Dial(numbers[0], _optional_url(element, "action"), element.get("method", "POST"))


def _gather(element: Element) -> Gather:
    kinds = element.get("input", "dtmf").split(" ")
    hints = tuple(element.get("hints", "").split(",")) if element.get("hints") else ()
    language, model = element.get("language", "en-US"), element.get("speechModel", "")
    timeout, digits = element.get("timeout", "5"), element.get("numDigits")
    speech_timeout = element.get("speechTimeout", timeout)
    if "speech" in kinds and language not in VOICES.recognised:
        raise Rejected(13331, f"Twilio cannot listen for {language}")
    if len(hints) > MOST_HINTS or any(len(hint.strip()) > LONGEST_HINT for hint in hints):
        raise Rejected(13330, f"over {MOST_HINTS} hints, or one of more than {LONGEST_HINT} characters")
    if model and speech_timeout == "auto":
        raise Rejected(13335, f"speechTimeout must be a number with the speechModel {model}")
    if any("digits" in child.attrib for child in element):
        raise Rejected(12200, "<Gather> may hold no <Play digits>")
    _optional_url(element, "partialResultCallback")
    return Gather(
        prompts=tuple(prompt for child in element for prompt in _prompts(child)),
        action=_optional_url(element, "action"),
        method=element.get("method", "POST"),
        dtmf="dtmf" in kinds,
        speech="speech" in kinds,
        timeout=int(timeout),
        num_digits=int(digits) if digits else None,
        finish_on_key=element.get("finishOnKey", "#"),
        action_on_empty_result=element.get("actionOnEmptyResult") == "true",
        language=language,
        hints=hints,
        speech_timeout=speech_timeout,
        speech_model=model,
    )


def _message(element: Element) -> Message:
    if "action" in element.attrib:
        raise Rejected(OURS, "the simulator cannot follow <Message action>")
    bodies = [child.text or "" for child in element if child.tag == "Body"]
    # Beside a <Body>, the text of the <Message> itself is only how the document is laid out.
    body = "".join(bodies) if bodies else (element.text or "")
    body = body if body.strip() else ""
    media = tuple((child.text or "").strip() for child in element if child.tag == "Media")
    if not body and not media:
        raise Rejected(14103, "a <Message> with nothing in it")
    if len(body) > LONGEST_MESSAGE:
        raise Rejected(14103, f"a <Message> of {len(body)} characters: {LONGEST_MESSAGE} is the most")
    if len(media) > MOST_MEDIA:
        raise Rejected(21623, f"more than {MOST_MEDIA} media in one message")
    if not all(re.match("https?://[^/]", url) for url in media):
        raise Rejected(21620, f"media need an absolute url: {', '.join(media)}")
    return Message(body, media)


def _optional_url(element: Element, name: str) -> str:
    return _url(element.get(name)) if element.get(name) else ""


def _url(text: str | None) -> str:
    """Return an absolute web address, or a path relative to the document it stands in."""
    url = (text or "").strip()
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Rejected(11100, f"{url!r} is no url") from error
    absolute = parts.scheme in {"http", "https"} and parts.netloc
    relative = url and not parts.scheme and not parts.netloc
    if not (absolute or relative) or re.search(r"\s", url):
        raise Rejected(11100, f"{url!r} is neither an http(s) address nor a path")
    return url
