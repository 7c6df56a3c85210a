"""The voices that Twilio documents for `<Say>`, and the languages it recognises for `<Gather>`."""

from importlib.resources import files
from typing import Final

import msgspec


class Voices(msgspec.Struct, frozen=True):
    """By locale the names of the documented voices; and the tags of speech recognition."""

    origin: str
    licence: str
    voices: dict[str, frozenset[str]]
    recognised: frozenset[str]


VOICES: Final = msgspec.json.decode(files("service.speech").joinpath("twilio_voices.json").read_bytes(), type=Voices)
