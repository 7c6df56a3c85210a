"""The one place that knows what carries an utterance.

A person's recording; else one a speaker made ahead; else Twilio's `<Say>`, in a voice that Twilio documents for that
very language.  An utterance that nothing can carry in its own language is not said in another one: its language is
then offered by text only.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from service.core.content import Library
from service.core.errors import LineError
from service.core.lexicon import Bit, Lexicon, Pause, Words
from service.core.markup import written
from service.core.script import script
from service.core.utterances import Utterance
from service.speech.recordings import Recordings
from service.speech.voices import VOICES

PERSON: Final = "person"  # people who read the words aloud
SAY: Final = "say"  # Twilio's synthesiser

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
    """Twilio's synthesiser says `bits`; `slow` asks it to take its time."""

    bits: tuple[Bit, ...]
    voice: str
    tag: str
    slow: bool

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(" " if isinstance(bit, Pause) else bit.text for bit in self.bits)


@dataclass(frozen=True, slots=True)
class Play:
    """A recording is played, by its address."""

    url: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """How one language is spoken: by Twilio, by its lexicon, and in which order its carriers are asked."""

    twilio: TwilioVoice
    lexicon: Lexicon = Lexicon()  # noqa: RUF009 - frozen: one empty lexicon serves all
    order: tuple[str, ...] = (PERSON, SAY)
    voices: Mapping[str, str] = field(default_factory=dict)  # of each speaker, by its name


def order_of(wanted: Sequence[str], weak: Collection[str]) -> tuple[str, ...]:
    """The carriers of a language: people first, then as wanted, but weak speakers only after Twilio's voice."""
    named = [*wanted, *(() if SAY in wanted else (SAY,))]
    strong = [name for name in named if name == SAY or name not in weak]
    return (PERSON, *strong, *(name for name in named if name != SAY and name in weak))


class Carriers:
    """Knows for each language what can carry its utterances.  `audio_url` is where recordings are served."""

    def __init__(self, languages: Mapping[str, Spoken], recordings: Recordings, audio_url: str = "") -> None:
        self.languages = languages
        self.recordings = recordings
        self._audio_url = audio_url
        self._whole: tuple[int, int, frozenset[str]] = (-1, -1, frozenset())

    def carry(self, utterance: Utterance, *, slow: bool = False) -> tuple[Play | Say, ...]:
        """What carries an utterance, in order; nothing if it cannot be heard in its language."""
        return self.chosen(utterance, slow=slow)[1]

    def chosen(self, utterance: Utterance, *, slow: bool = False) -> tuple[str, tuple[Play | Say, ...]]:
        """The carrier by name ("" if none can), and what it plays or says."""
        language = self.languages.get(utterance.language)
        if language is None:
            return "", ()
        # Nothing slow at all: at normal speed it is at least heard.
        for pace in dict.fromkeys((slow, False)):
            for name in language.order:
                if name == SAY and language.twilio.voice:
                    return SAY, tuple(_said(utterance.text, language, slow=slow))
                if name != SAY and (file := self._recording(utterance, language, name, slow=pace)):
                    return name, (Play(f"{self._audio_url}/{file}"),)
        return "", ()

    def message(self, utterances: Iterable[Utterance]) -> str:
        """The address of one recording for a message in which all of these are heard; "" if there is none."""
        carried = [carrier for utterance in utterances for carrier in self.carry(utterance)]
        names = [carrier.url.rpartition("/")[2] for carrier in carried if isinstance(carrier, Play)]
        if not names or len(names) < len(carried):
            return ""
        name = self.recordings.joined(tuple(names))
        return f"{self._audio_url}/{name}" if name else ""

    def recognised(self, language: str) -> str:
        """The tag under which Twilio understands speech in a language; "" if it does not."""
        spoken = self.languages.get(language)
        return spoken.twilio.recognised if spoken else ""

    def heard_whole(self, library: Library) -> frozenset[str]:
        """The languages of which everything that is said to their callers can be heard."""
        self.recordings.refresh()
        known = (id(library.editions), self.recordings.generation)
        if self._whole[:2] != known:
            self._whole = (*known, frozenset(tag for tag in library.editions if self._is_whole(library, tag)))
        return self._whole[2]

    def _is_whole(self, library: Library, tag: str) -> bool:
        languages = {tag, *(topic.language for topic in library.editions[tag].topics.values())}
        if all(tag in self.languages and self.languages[tag].twilio.voice for tag in languages):
            return True  # Twilio's voice says anything
        return all(self.chosen(utterance)[0] for utterance in script(library, tag))

    def _recording(self, utterance: Utterance, language: Spoken, speaker: str, *, slow: bool) -> str | None:
        return self.recordings.find(utterance.language, speaker, said(utterance, speaker, language.lexicon), slow=slow)


def said(utterance: Utterance, speaker: str, lexicon: Lexicon) -> str:
    """What a speaker is given for an utterance: a person the words as they are written, others what they can say."""
    return written(utterance.text) if speaker == PERSON else lexicon.said(utterance.text, speaker)


def _said(text: str, language: Spoken, *, slow: bool) -> Iterator[Say]:
    bits = language.lexicon.bits(text)
    voice = language.twilio
    whole = Say(bits, voice.voice, voice.tag, slow)
    if _fits(whole.text):
        yield whole
        return
    yield from (Say((Words(part),), voice.voice, voice.tag, slow) for part in parts(whole.text))


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
