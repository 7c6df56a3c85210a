"""Sound: brought to the level, length and format of a telephone line, and refused if it cannot be right.

A line carries 8 kHz mu-law.  Given exactly that, Twilio changes nothing any more.
"""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import soundfile as sf
import soxr

from service.core.errors import LineError

Samples = npt.NDArray[np.float32]

RATE: Final = 8000  # Hz: of a telephone line
LEVEL: Final = -20.0  # dB: active speech after levelling
BEFORE: Final = 60  # ms kept before the first and after the last sound
TAIL: Final = 150  # ms of silence added at the end, so that one recording does not run into the next
QUIETEST: Final = 1e-3  # of the loudest frame's power: 30 dB below it is silence
BENDS: Final = 0.5  # louder than this (-6 dB) is bent, so that nothing passes -1 dB
MESSAGE_RATE: Final = 16000  # Hz: of what is sent as a message; some phones play nothing below it
MESSAGE: Final[dict[str, Any]] = {
    "format": "MP3",
    "subtype": "MPEG_LAYER_III",
    "bitrate_mode": "CONSTANT",
    "compression_level": 0.9,  # 24 kbit/s at MESSAGE_RATE
}
MESSAGE_BYTES: Final = 3000  # a second
FORMATS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "mulaw": ("wav", {"format": "WAV", "subtype": "ULAW"}),
    "pcm16": ("wav", {"format": "WAV", "subtype": "PCM_16"}),
    "mp3": ("mp3", MESSAGE | {"compression_level": 0.0}),
    "flac": ("flac", {"format": "FLAC", "subtype": "PCM_16"}),  # of what is kept, not of what is played
}
VERSION: Final = f"1 {RATE} Hz {LEVEL} dB {BEFORE}+{TAIL} ms"  # part of each recording's key: change it with the sound

SHORTEST: Final = 0.03  # seconds for each letter's worth of speech; see `letters`
LONGEST: Final = 0.25
LEEWAY: Final = 1.5  # seconds: pauses, and that short words take longer
SLOWER: Final = 1.7  # how much longer slow speech may take
SOFTEST: Final = -40.0  # dB over all
CLIPPED: Final = 0.002  # share of samples at the limit
ABRUPT: Final = 10 ** (-12 / 20)  # an end this loud, against the rest, was cut off in the middle of a word
_FRAME: Final = 50  # frames a second, in which loudness is measured


class SoundError(LineError):
    """Sound that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Mono samples between -1 and 1, and how many of them make a second."""

    samples: Samples
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


def decoded(content: bytes) -> Sound:
    """Read any file libsndfile knows (WAV, FLAC, MP3, OGG); several channels become one.  Raises SoundError."""
    if content[:4] == b"RIFF" and len(content) + 1 < (said := int.from_bytes(content[4:8], "little") + 8) < 2**32 - 8:
        raise SoundError(f"is cut short: {len(content)} of {said} bytes")
    try:
        samples, rate = sf.read(io.BytesIO(content), dtype="float32", always_2d=True)
    except (sf.LibsndfileError, ValueError, TypeError) as error:
        raise SoundError("is no sound that can be read") from error
    if not np.isfinite(samples).all():
        raise SoundError("holds samples that are no numbers")
    return Sound(samples.mean(axis=1, dtype=np.float32), int(rate))


def evened(sound: Sound) -> Sound:
    """At the rate of a telephone line, silence around it trimmed, its speech at LEVEL, nothing clipped.

    Raises SoundError for silence and for speech that was cut off.
    """
    # What was too loud for a microphone is flat where it should be round.
    flat = (np.abs(sound.samples[1:]) > 0.98) & (sound.samples[1:] == sound.samples[:-1])  # noqa: PLR2004 - the limit
    if len(flat) and flat.mean() > CLIPPED:
        raise SoundError("is clipped: record it again, not so loud")
    samples = soxr.resample(sound.samples, sound.rate, RATE) if sound.rate != RATE else sound.samples
    frame = RATE // _FRAME
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    power = (frames.astype(np.float64) ** 2).mean(axis=1)
    if not len(power) or power.max() < 1e-7:  # noqa: PLR2004 - -70 dB: nobody can hear it
        raise SoundError("is silence")
    active = np.flatnonzero(power > power.max() * QUIETEST)
    loudness = power[active].mean()
    end = samples[-frame // 2 :].astype(np.float64)
    if (end**2).mean() > loudness * ABRUPT**2:
        raise SoundError("ends in the middle of a word")
    kept = BEFORE * _FRAME // 1000
    samples = samples[max(0, active[0] - kept) * frame : (active[-1] + 1 + kept) * frame]
    samples = samples * np.float32(10 ** ((LEVEL - 10 * np.log10(loudness)) / 20))
    room = 10 ** (-1 / 20) - BENDS
    bent = np.sign(samples) * (BENDS + room * np.tanh((np.abs(samples) - BENDS) / room))
    samples = np.where(np.abs(samples) > BENDS, bent, samples)
    return Sound(np.concatenate([samples, silence(TAIL)]).astype(np.float32), RATE)


def silence(milliseconds: int, rate: int = RATE) -> Samples:
    """Nothing to hear."""
    return np.zeros(rate * milliseconds // 1000, np.float32)


def encoded(sound: Sound, form: str) -> bytes:
    """A file in one of FORMATS."""
    out = io.BytesIO()
    sf.write(out, sound.samples, sound.rate, **FORMATS[form][1])
    return out.getvalue()


def for_messages(sound: Sound) -> bytes:
    """The same as a small MP3 that phones and computers play: 24 kbit/s."""
    out = io.BytesIO()
    samples = soxr.resample(sound.samples, sound.rate, MESSAGE_RATE)
    sf.write(out, samples, MESSAGE_RATE, **MESSAGE)
    return out.getvalue()


def letters(text: str) -> int:
    """How much there is to say, in letters: a digit is a word, an ideograph a syllable, a mark on a letter nothing."""
    spelled = sum(len(word) == 1 and word.isalpha() for word in text.replace(",", " ").split())
    return sum(map(_weight, text)) + 2 * spelled


def _weight(letter: str) -> int:
    if letter.isdigit():
        return 4
    name = unicodedata.name(letter, "") if letter.isalpha() else ""
    if name.startswith("CJK"):
        return 3
    return 2 if name.startswith(("HANGUL", "HIRAGANA", "KATAKANA", "ETHIOPIC")) else int(letter.isalpha())


def faults(text: str, content: bytes, *, slow: bool = False) -> Iterator[str]:
    """Why a finished recording of `text` cannot be right; nothing if it may be."""
    sound = decoded(content)
    if not len(sound.samples):
        yield "is empty"
        return
    much, pace = letters(text), SLOWER if slow else 1.0
    if sound.rate != RATE:
        yield f"is at {sound.rate} Hz, not {RATE}"
    if not SHORTEST * much < sound.seconds < pace * (LONGEST * much + LEEWAY):
        yield f"lasts {sound.seconds:.1f} s, which cannot be {much} letters"
    if float(np.mean(np.abs(sound.samples) > 0.97)) > CLIPPED:  # noqa: PLR2004 - as loud as the format goes
        yield "is clipped"
    if 20 * np.log10(float(np.sqrt(np.mean(sound.samples.astype(np.float64) ** 2))) + 1e-9) < SOFTEST:
        yield "is nearly silent"
