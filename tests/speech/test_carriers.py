"""Every utterance is heard whole, in its own language, in pieces that Twilio accepts."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.lexicon import Words
from service.core.utterances import Utterance
from service.house import House
from service.speech.carriers import LONGEST_ENCODED, LONGEST_SAY, Carriers, Say, Spoken, TwilioVoice, VoiceError, parts
from service.speech.recordings import Recordings
from service.speech.voices import VOICES

ENGLISH = TwilioVoice("Polly.Joanna", "en-US", "en-US")
SPANISH = TwilioVoice("Polly.Lupe", "es-US", "es-US")
LETTERS = st.characters(exclude_categories=["Cs"])
SENTENCES = ["Call 9 1 1 now. ", "38.5 degrees, or 3,000! ", "www.example.org/a/b ", "没有呼吸。", "، ماذا؟ ", "क्या? ठीक है। ", "ไม่มีช่องว่าง",
             "a" * 900 + " ", "é" * 700, "/" * 400, "… ", "\n"]  # fmt: skip


NOWHERE = Path("/nonexistent")


def carriers(**voices: TwilioVoice) -> Carriers:
    return Carriers(
        {tag: Spoken(voice) for tag, voice in voices.items()}, Recordings(NOWHERE), "https://a.example/audio"
    )


def fits(part: str) -> bool:
    return bool(part) and len(part) <= LONGEST_SAY and len(quote(part, safe="")) <= LONGEST_ENCODED


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


@settings(deadline=None, max_examples=50)
@given(
    st.one_of(st.text(LETTERS, min_size=1), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=40).map("".join))
)
def test_cutting_loses_no_letter_and_each_piece_is_accepted(text: str) -> None:
    cut = list(parts(text))
    assert letters("".join(cut)) == letters(text)
    assert all(map(fits, cut)) or not text.strip()


def test_no_empty_piece_follows_a_long_sentence_that_ends_in_an_endless_word() -> None:
    assert all(parts("a" * 3000 + " " + "b" * 6001))


@settings(deadline=None, max_examples=10)  # pages of one letter are slow to cut, and nobody says them
@given(LETTERS.filter(str.strip), st.integers(400, 3_200))
def test_even_one_endless_word_is_cut(letter: str, times: int) -> None:
    cut = list(parts(letter * times))
    assert "".join(cut) == letter * times
    assert all(map(fits, cut))


@pytest.mark.parametrize("text", ["Hello.", "a" * LONGEST_SAY, "अ" * (LONGEST_ENCODED // 9), "One. Two. Three."])
def test_what_fits_stays_whole(text: str) -> None:
    assert list(parts(text)) == [text]
    assert list(parts(f" {text}\n")) == [text]


def test_a_long_text_is_cut_after_sentences_then_clauses_then_words() -> None:
    sentence = "a" * 1999 + "."
    assert list(parts(f"{sentence} {sentence}")) == [sentence, sentence]
    clause = "b" * 1999 + ","
    assert list(parts(f"{clause} {clause}")) == [clause, clause]
    word = "c" * 2000
    assert list(parts(f"{word} {word}")) == [word, word]
    chinese = "没" * 400 + "。"
    assert list(parts(chinese * 2)) == [chinese, chinese]


@pytest.mark.parametrize(
    "inside", ["38.5 degrees", "www.example.org", "3,000 children", "at 10:30", "+1.202.555", "a…b"]
)
def test_nothing_is_put_into_a_number_or_an_address_when_a_text_is_cut(inside: str) -> None:
    text = f"{'word ' * 500}{inside}. {'word ' * 500}{inside}, {'word ' * 900}"
    assert inside in " ".join(parts(text))


def test_an_address_counts_with_its_slashes_escaped() -> None:
    assert all(map(fits, parts("/" * 2900)))


@pytest.mark.parametrize(
    ("voice", "tag"),
    [
        ("Polly.Joana", "en-US"),
        ("Polly.Joanna", "en"),
        ("Polly.Joanna", "es-US"),
        ("Polly.Joanna", ""),
        ("alice", "en-US"),
        ("x", "xx"),
    ],
)
def test_a_voice_that_twilio_does_not_document_for_the_language_is_refused(voice: str, tag: str) -> None:
    with pytest.raises(VoiceError, match="documents no voice"):
        TwilioVoice(voice, tag)


def test_the_refusal_names_the_voices_there_are() -> None:
    with pytest.raises(VoiceError, match=re.escape("Polly.Celine")):
        TwilioVoice("Polly.Nobody", "fr-FR")
    with pytest.raises(VoiceError, match="none"):
        TwilioVoice("Polly.Nobody", "xx-XX")


@pytest.mark.parametrize("recognised", ["en", "xx-XX", "EN-US"])
def test_a_language_that_twilio_does_not_recognise_is_refused(recognised: str) -> None:
    with pytest.raises(VoiceError, match="recognises no speech"):
        TwilioVoice("Polly.Joanna", "en-US", recognised)


def test_a_language_may_be_heard_and_not_understood_or_neither() -> None:
    assert carriers(cy=TwilioVoice("Polly.Gwyneth", "cy-GB")).recognised("cy") == ""
    assert carriers(sw=TwilioVoice("", "")).carry(Utterance("Habari", "sw")) == ()


def test_the_table_of_voices_says_where_it_is_from() -> None:
    assert VOICES.origin
    assert VOICES.licence
    assert "Polly.Joanna" in VOICES.voices["en-US"]
    assert not {"am-ET", "uk-UA", "sr-RS"} & VOICES.voices.keys(), "only the SDKs list voices there"


def test_an_utterance_is_carried_in_its_own_language_or_not_at_all() -> None:
    both = carriers(en=ENGLISH, es=SPANISH)
    assert both.carry(Utterance("Hola.", "es")) == (Say((Words("Hola."),), "Polly.Lupe", "es-US", slow=False),)
    slowly = both.carry(Utterance("Hello.", "en"), slow=True)
    assert slowly == (Say((Words("Hello."),), "Polly.Joanna", "en-US", slow=True),)
    assert both.carry(Utterance("Bonjour.", "fr")) == ()
    assert (both.recognised("es"), both.recognised("fr")) == ("es-US", "")


def test_a_long_utterance_is_carried_in_several_parts() -> None:
    said = carriers(en=ENGLISH).carry(Utterance("A sentence. " * 400, "en"))
    assert len(said) > 1
    assert {(one.voice, one.tag, one.slow) for one in said} == {("Polly.Joanna", "en-US", False)}


def test_a_language_is_offered_by_phone_only_if_all_of_it_can_be_heard(house: House) -> None:
    library = house.shelf.library
    spanish = library.editions["es"]
    topics = dict(spanish.topics) | {"adults": replace(spanish.topics["adults"], language="fr")}
    mixed = replace(library, languages=(), editions={**library.editions, "es": replace(spanish, topics=topics)})
    all_three = {"en": ENGLISH, "es": SPANISH, "fr": TwilioVoice("Polly.Celine", "fr-FR")}
    assert carriers(**all_three).heard_whole(mixed) == {"en", "es", "fr"}
    assert carriers(en=ENGLISH, es=SPANISH).heard_whole(mixed) == {"en"}
    assert carriers().heard_whole(mixed) == frozenset()
