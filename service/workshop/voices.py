"""The voices a new language can have: Twilio's, and those of the speakers that are installed."""

from collections.abc import Iterable, Mapping
from typing import Final

import langcodes
from langcodes.tag_parser import LanguageTagError

from service.files.beginning import Phone
from service.speech.voices import VOICES

Voices = Mapping[str, str]  # of one speaker: a voice by language tag
# What stands in the names of dear voices, the dearest last; Twilio asks four and sixteen times the price of the others.
_DEAR: Final = (("Neural", "Wavenet"), ("Generative", "Chirp"))


def phone_of(tag: str, speakers: Mapping[str, Voices]) -> Phone:
    """What languages.toml says of a language under `phone`; `speakers` by name."""
    language = _of(tag)
    voice, say = say_voice(language)
    spoken = {name: voices[near] for name, voices in speakers.items() if (near := nearest(language, voices))}
    return Phone({"voice": voice, "say": say, "gather": nearest(language, VOICES.recognised)}, spoken)


def say_voice(language: langcodes.Language) -> tuple[str, str]:
    """A documented voice of Twilio's `<Say>` and its tag; what costs least first, then Amazon's (Polly)."""
    tag = nearest(language, VOICES.voices)
    names = sorted(VOICES.voices.get(tag, ()), key=lambda name: (_price(name), not name.startswith("Polly."), name))
    return (names[0], tag) if names else ("", "")


def nearest(language: langcodes.Language, tags: Iterable[str]) -> str:
    """That of `tags` which is this language, in the country where most of its speakers are if there is a choice."""
    likely = language.prefer_macrolanguage().maximize()  # Twilio says cmn for zh, and arb for ar
    same = {tag: its for tag in tags if (its := _language(tag)) and its.language == likely.language}

    def distance(tag: str) -> tuple[int, bool, bool, str]:
        # A tag without a country is as near as one with it, but Portugal's voice may stand behind plain `pt`.
        dialect = bool(same[tag].variants or same[tag].private)
        return langcodes.tag_distance(likely, tag), dialect, same[tag].territory != likely.territory, tag

    return min(same, key=distance, default="")


def _of(tag: str) -> langcodes.Language:
    language = langcodes.Language.get(tag)
    # Norwegian without more is Bokmål; CLDR has it so, langcodes keeps them apart.
    return language.update_dict({"language": "nb"}) if language.language == "no" else language


def _language(tag: str) -> langcodes.Language | None:
    try:
        return _of(tag).prefer_macrolanguage()
    except LanguageTagError:  # names of voices that are no tags
        return None


def _price(voice: str) -> int:
    return next((price for price, marks in enumerate(_DEAR, 1) if any(mark in voice for mark in marks)), 0)
