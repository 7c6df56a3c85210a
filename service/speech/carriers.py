"""The one place that knows what carries an utterance.

Today that is Twilio's `<Say>`, in a voice that Twilio documents for that very language.  An utterance that nothing
can carry in its own language is not said in another one: its language is then offered by text only.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from service.core.content import Library
from service.core.errors import LineError
from service.core.utterances import Utterance
from service.speech.voices import VOICES

LONGEST_SAY: Final = 3000  # characters, Amazon Polly's limit, the smallest of Twilio's voices
LONGEST_ENCODED: Final = 4500  # bytes once URL-encoded: Twilio's warning 13521
# A full stop or a comma with nothing after it may stand in a number or an address; those of unspaced scripts never do.
_BREAKS: Final = (r"(?<=[.!?…])\s+|(?<=[。！？।॥؟۔።])\s*", r"(?<=[,;:،؛])\s+|(?<=[、，；：])\s*", r"\s+", "")


class VoiceError(LineError):
    """A voice or tag in languages.toml that Twilio does not document."""


@dataclass(frozen=True, slots=True)
class TwilioVoice:
    """How Twilio speaks a language (`<Say>` voice, tag) and hears it (`<Gather>` tag; "" for keys only)."""

    voice: str
    tag: str
    recognised: str = ""

    def __post_init__(self) -> None:
        if self.voice and self.voice not in VOICES.voices.get(self.tag, ()):
            known = ", ".join(sorted(VOICES.voices.get(self.tag, ()))) or "none"
            raise VoiceError(f"Twilio documents no voice {self.voice!r} for {self.tag!r}; documented there: {known}")
        if self.recognised and self.recognised not in VOICES.recognised:
            raise VoiceError(f"Twilio recognises no speech in {self.recognised!r}")


@dataclass(frozen=True, slots=True)
class Say:
    """Twilio's synthesiser says `text`; `slow` asks it to take its time."""

    text: str
    voice: str
    tag: str
    slow: bool


class Carriers:
    """Knows for each language what can carry its utterances."""

    def __init__(self, voices: Mapping[str, TwilioVoice]) -> None:
        self._voices = voices

    def carry(self, utterance: Utterance, *, slow: bool = False) -> tuple[Say, ...]:
        """What carries an utterance, in order; nothing if it cannot be heard in its language."""
        voice = self._voices.get(utterance.language)
        if voice is None or not voice.voice:
            return ()
        return tuple(Say(part, voice.voice, voice.tag, slow) for part in parts(utterance.text))

    def recognised(self, language: str) -> str:
        """The tag under which Twilio understands speech in a language; "" if it does not."""
        voice = self._voices.get(language)
        return voice.recognised if voice else ""

    def heard_whole(self, library: Library) -> frozenset[str]:
        """The languages of which everything that is said to their callers can be heard."""
        return frozenset(
            tag
            for tag, edition in library.editions.items()
            if all(
                self.carry(Utterance("?", language))
                for language in {tag, *(topic.language for topic in edition.topics.values())}
            )
        )


def parts(text: str) -> Iterator[str]:
    """`text` in pieces that `<Say>` accepts: cut after sentences, else clauses, else words, else anywhere."""
    yield from _cut(text.strip(), _BREAKS)


def _cut(text: str, breaks: tuple[str, ...]) -> Iterator[str]:
    if _fits(text):
        yield text
        return
    together = ""
    pieces: Iterable[str] = filter(None, re.split(breaks[0], text)) if breaks[0] else text
    for piece in pieces:
        joined = f"{together} {piece}".strip() if breaks[0] else together + piece
        if _fits(joined):
            together = joined
            continue
        if together:
            yield together
        *whole, together = [piece] if _fits(piece) else _cut(piece, breaks[1:])
        yield from whole
    yield together


def _fits(text: str) -> bool:
    return len(text) <= LONGEST_SAY and len(quote(text, safe="")) <= LONGEST_ENCODED
