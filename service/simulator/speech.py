"""What a <Say> would sound like, and whether Twilio has a voice that can say it."""

import re
from typing import Final
from urllib.parse import quote
from xml.etree.ElementTree import Element

from service.simulator.errors import Rejected
from service.simulator.verbs import Say
from service.speech.voices import VOICES

MOST_CHARACTERS: Final = 3000
MOST_ENCODED: Final = 4500  # what the same text may be in a url: one letter of Hindi takes nine
APART: Final = frozenset({"break", "p", "s"})  # what separates words without a space


def read_say(element: Element) -> Say:
    """Flatten the words of a <Say> and check its text, language and voice.  The first prosody tells its rate."""
    text = re.sub(r"[ \t\r\n]+", " ", _words(element)).strip(" ")
    if not text:
        raise Rejected(13520, "a <Say> without words")
    if len(text) > MOST_CHARACTERS or len(quote(text, safe="")) > MOST_ENCODED:
        raise Rejected(13521, f"a <Say> of {len(text)} characters, {len(quote(text, safe=''))} in a url: {text[:40]}…")
    language = element.get("language", "en-US")
    if language not in VOICES.voices:
        raise Rejected(13512, f"Twilio has no documented voice for {language}")
    voice = element.get("voice", "")
    if voice and voice not in VOICES.voices[language]:
        raise Rejected(13511, f"{voice} is no documented voice for {language}")
    rates = [prosody.get("rate", "") for prosody in element.iter("prosody")]
    return Say(text, voice, language, next(filter(None, rates), ""))


def _words(element: Element) -> str:
    if element.tag == "sub":
        return element.get("alias", "")
    parts = [element.text or ""]
    for child in element:
        space = " " if child.tag in APART else ""
        parts += [space, _words(child), space, child.tail or ""]
    return "".join(parts)
