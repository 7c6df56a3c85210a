"""A new language is given the voices that speak it, where most of its speakers are, and the cheapest of Twilio's."""

import langcodes
import pytest

from service.files.beginning import Phone
from service.speech.carriers import TwilioVoice
from service.speech.speakers import installed
from service.speech.voices import VOICES
from service.workshop.voices import Voices, nearest, phone_of, say_voice


@pytest.fixture(scope="module")
def speakers() -> dict[str, Voices]:
    """What is installed here, as `language new` asks it."""
    return {name: kind().voices() for name, kind in installed().items()}


@pytest.mark.parametrize(
    ("tag", "voice", "say"),
    [
        ("it", "Polly.Bianca", "it-IT"),
        ("pt-BR", "Polly.Camila", "pt-BR"),  # Neural2 costs four times as much, Chirp sixteen times
        ("pt-PT", "Polly.Cristiano", "pt-PT"),
        ("uk", "", ""),  # Twilio documents none
        ("zh-Hant", "Google.cmn-TW-Standard-A", "cmn-TW"),  # cmn is what Twilio calls zh
        ("zh-Hans", "Polly.Zhiyu", "cmn-CN"),
        ("yue", "Google.yue-HK-Standard-A", "yue-HK"),
        ("ar", "Polly.Zeina", "arb"),
        ("fr-BE", "Polly.Isabelle-Neural", "fr-BE"),  # the only one of that country
        ("sw", "", ""),
    ],
)
def test_of_twilios_voices_the_cheapest_of_the_country_is_taken(tag: str, voice: str, say: str) -> None:
    assert say_voice(langcodes.Language.get(tag)) == (voice, say)


@pytest.mark.parametrize("tag", sorted({tag.partition("-")[0] for tag in VOICES.voices}))
def test_every_voice_is_one_that_twilio_documents_for_its_tag(tag: str) -> None:
    phone = phone_of(langcodes.Language.get(tag).to_tag(), {})
    assert phone.tags["voice"]
    TwilioVoice(phone.tags["voice"], phone.tags["say"], phone.tags["gather"])  # raises VoiceError if it is not
    assert phone.speakers == {}


@pytest.mark.parametrize(
    ("tag", "gather", "spoken"),
    [
        ("sw", "sw-TZ", {"gtts": "sw/com", "embedded": "bnt/sw"}),
        ("pt-BR", "pt-BR", {"gtts": "pt/com", "embedded": "roa/pt-BR"}),  # plain `pt` is Portugal's there
        ("pt-PT", "pt-PT", {"gtts": "pt-PT/com", "embedded": "roa/pt"}),
        ("zh-Hans", "cmn-Hans-CN", {"gtts": "zh-CN/com", "embedded": "sit/cmn"}),
        ("fil", "fil-PH", {"gtts": "tl/com"}),  # its old name
        ("he", "he-IL", {"gtts": "iw/com", "embedded": "sem/he"}),  # likewise
        ("vi", "vi-VN", {"gtts": "vi/com", "embedded": "aav/vi"}),  # not the dialects of the centre or the south
        ("ht", "", {"embedded": "roa/ht"}),
        ("nb", "nb-NO", {"gtts": "no/com", "embedded": "gmq/nb"}),  # Norwegian without more is Bokmål
        ("no", "nb-NO", {"gtts": "no/com", "embedded": "gmq/nb"}),
        ("so", "", {}),
        ("qaa", "", {}),  # a language of nobody
    ],
)
def test_every_speaker_that_has_a_voice_is_named(
    tag: str, gather: str, spoken: dict[str, str], speakers: dict[str, Voices]
) -> None:
    phone = phone_of(tag, speakers)
    assert (phone.tags["gather"], phone.speakers) == (gather, spoken)


def test_a_language_that_nobody_speaks_has_no_phone() -> None:
    assert phone_of("so", {"other": {"en": "a", "no tag at all!": "b"}}) == Phone(
        {"voice": "", "say": "", "gather": ""}, {}
    )


@pytest.mark.parametrize(
    ("tag", "tags", "found"),
    [
        ("es", ["es-419", "es-MX", "es-ES"], "es-ES"),
        ("es-CO", ["es-419", "es-MX", "es-ES", "es-CO"], "es-CO"),
        ("es-CO", ["es-ES", "es-419"], "es-419"),  # nearer than Spain
        ("en", ["en-GB", "en-US-nyc", "en-US"], "en-US"),  # one that is no tag is passed over
        ("en", ["en-US-nyc"], ""),
        ("en", ["en-US", "en"], "en-US"),
        ("de", ["de-AT", "de"], "de"),
        ("de", ["nl", "da"], ""),  # near is not the same
        ("zh-Hant", ["zh-CN", "zh-TW"], "zh-TW"),
        ("yue", ["cmn-CN", "zh-HK"], ""),
        ("sw", [], ""),
    ],
)
def test_the_nearest_tag_is_one_of_that_very_language(tag: str, tags: list[str], found: str) -> None:
    assert nearest(langcodes.Language.get(tag), tags) == found
    assert nearest(langcodes.Language.get(tag), reversed(tags)) == found, "the order says nothing"
