"""Google's voice is heard whole, in the language that was asked for, or it is said why not."""

import itertools
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from gtts import gTTS
from hypothesis import given, settings
from hypothesis import strategies as st

from service.speech.google import BETWEEN, LIMIT, TRIES, GoogleSpeaker, pack
from service.speech.speakers import NotSpoken
from tests.postgresql import free_port
from tests.speech.google import PASSING, RATE, Fault, Google, mp3, spoken_mp3

# Three requests: 60, 84 and 30 letters.
SENTENCES = ("The first is about what people see: eyes that dance about.",
             "The second is about what they do then, which is to call somebody who knows about it.",
             "The third is short, and kind.")  # fmt: skip
TEXT = " ".join(SENTENCES)


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_fault_costs_one_more_request_and_loses_no_sound(
    google: Google, speaker: GoogleSpeaker, fault: Fault
) -> None:
    calm = speaker.speak(TEXT, "en/com", slow=False)
    assert google.texts == [*SENTENCES]
    google.asked.clear()
    google.faults.extend([Fault(), fault])
    speaker._whole = 0.6
    troubled = speaker.speak(TEXT, "en/com", slow=False)
    assert google.texts == [SENTENCES[0], SENTENCES[1], SENTENCES[1], SENTENCES[2]]
    assert troubled.rate == calm.rate == RATE
    assert np.array_equal(troubled.samples, calm.samples)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("429, as Google says it", "too many requests"),
        ("429", "too many requests"),
        ("500", "HTTP 500"),
        ("HTML instead of audio", "an answer without sound"),
        ("HTML without end", "an answer without sound"),
        ("an answer without sound", "an answer without sound"),
        ("garbage in place of MP3", "an answer that is no sound"),
        ("what is not even base64", "an answer that is no sound"),
        ("silence", "silence"),
        ("no more than a click", "silence"),
        ("half an answer", "no answer"),
        ("a slow loris", "no answer"),
    ],
)
def test_a_fault_that_lasts_ends_it_until_the_next_build(
    google: Google, speaker: GoogleSpeaker, name: str, why: str
) -> None:
    speaker.speak("Hello.", "en/com", slow=False)
    google.always = PASSING[name]
    speaker._whole = 0.2
    with pytest.raises(NotSpoken, match=f"^{why}, {TRIES} times$") as caught:
        speaker.speak(TEXT, "en/com", slow=False)
    assert caught.value.for_now
    assert google.texts == ["Hello.", *[SENTENCES[0]] * TRIES]
    assert set(google.sought) == {"translate.google.com:443"}, "a redirect was followed"


def test_every_fault_is_tried_both_once_and_for_ever() -> None:
    table = test_a_fault_that_lasts_ends_it_until_the_next_build.pytestmark[0].args[1]
    assert [name for name, _ in table] == [*PASSING]


@pytest.mark.parametrize(
    ("fault", "for_now"),
    [
        (Fault(401), True),
        (Fault(403), True),  # as after too many requests for days
        (Fault(404), True),  # the address is another one now
        (Fault(400), False),  # this text is not liked, the next may be
        (Fault(302, "https://elsewhere.example/"), False),
    ],
    ids=lambda value: str(getattr(value, "status", "")),
)
def test_a_refusal_is_taken_at_once(google: Google, speaker: GoogleSpeaker, fault: Fault, for_now: bool) -> None:
    google.always = fault
    with pytest.raises(NotSpoken, match=f"^HTTP {fault.status}$") as caught:
        speaker.speak(TEXT, "en/com", slow=False)
    assert caught.value.for_now is for_now
    assert google.texts == [SENTENCES[0]]
    assert google.sought == ["translate.google.com:443"]


@pytest.mark.parametrize("name", ["half an answer", "a slow loris"])
def test_no_answer_to_the_first_request_means_that_google_is_out_of_reach(
    google: Google, speaker: GoogleSpeaker, name: str
) -> None:
    google.always = PASSING[name]
    speaker._whole = 0.3
    with pytest.raises(NotSpoken, match=r"^cannot be reached$") as caught:
        speaker.speak(TEXT, "en/com", slow=False)
    assert caught.value.for_now
    assert len(google.asked) <= 1


@pytest.mark.usefixtures("google")
def test_offline_nothing_is_tried_twice(monkeypatch: pytest.MonkeyPatch, speaker: GoogleSpeaker) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(NotSpoken, match=r"^cannot be reached$") as caught:
        speaker.speak("Hello.", "en/com", slow=False)
    assert caught.value.for_now


def test_a_certificate_nobody_vouches_for_is_refused_where_gtts_takes_any(
    google: Google, speaker: GoogleSpeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with pytest.raises(NotSpoken, match="certificate is not to be trusted") as caught:
        speaker.speak("Hello.", "en/com", slow=False)
    assert caught.value.for_now
    assert google.asked == []
    heard = BytesIO()
    gTTS("Hello.", timeout=5).write_to_fp(heard)
    assert heard.getvalue() == spoken_mp3("Hello.")


@pytest.mark.parametrize(
    ("voice", "host", "language"),
    [
        ("en/com", "translate.google.com", "en"),
        ("en/co.uk", "translate.google.co.uk", "en"),
        ("en/com.au", "translate.google.com.au", "en"),
        ("fr/fr", "translate.google.fr", "fr"),
        ("fr-CA/ca", "translate.google.ca", "fr-CA"),  # gTTS itself asks for fr
        ("pt-PT/pt", "translate.google.pt", "pt-PT"),  # gTTS itself asks for pt: Brazil's
        ("iw/com", "translate.google.com", "iw"),
        ("zh-TW/com", "translate.google.com", "zh-TW"),
    ],
)
@pytest.mark.parametrize("slow", [False, True])
def test_what_is_asked_for_is_the_language_the_accent_and_the_speed_that_were_wanted(
    google: Google, speaker: GoogleSpeaker, voice: str, host: str, language: str, slow: bool
) -> None:
    assert speaker.fault(voice) == ""
    speaker.speak("Allô.", voice, slow=slow)
    assert [(asked.host, asked.text, asked.language, asked.slow) for asked in google.asked] == [
        (host, "Allô.", language, slow)
    ]


@pytest.mark.parametrize(
    ("voice", "why"),
    [
        ("xx/com", "gTTS does not speak 'xx'"),
        ("fr-BE/com", "gTTS does not speak 'fr-BE'"),
        ("EN/com", "gTTS does not speak 'EN'"),
        ("/com", "gTTS does not speak ''"),
        ("", "gTTS does not speak ''"),
        ("en", "'' is no domain"),
        ("en/", "'' is no domain"),
        ("en/com@127.0.0.1:8443", "is no domain"),  # all before the @ would be a name and a password
        ("en/com/../elsewhere", "is no domain"),
        ("en/com:8443", "is no domain"),
        ("en/example.org", "is no domain"),
        ("en/com.example", "is no domain"),
        ("en/com\n", "is no domain"),
        ("en/com?", "is no domain"),
        ("en/com#", "is no domain"),
    ],
)
def test_a_voice_that_leads_to_another_language_or_host_is_refused(
    google: Google, speaker: GoogleSpeaker, voice: str, why: str
) -> None:
    assert why in speaker.fault(voice)
    with pytest.raises(NotSpoken, match=re.escape(why)) as caught:
        speaker.speak("Hello.", voice, slow=False)
    assert not caught.value.for_now
    assert google.sought == []


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_nothing_to_say_is_not_asked_for(google: Google, speaker: GoogleSpeaker, text: str) -> None:
    with pytest.raises(NotSpoken, match="nothing to say"):
        speaker.speak(text, "en/com", slow=False)
    assert google.sought == []


def test_a_text_of_4000_letters_is_heard_to_its_end(google: Google, speaker: GoogleSpeaker) -> None:
    google.speak = lambda _: spoken_mp3("Hello.")
    one = speaker.speak("Hello.", "en/com", slow=False)
    google.asked.clear()
    text = " ".join(f"Sentence {number} of many tells, in no hurry, what a family does next." for number in range(70))
    assert len(text) > 4000
    sound = speaker.speak(text, "en/com", slow=False)
    assert letters("".join(google.texts)) == letters(text)
    assert all(len(part) <= LIMIT for part in google.texts)
    parts = len(google.texts)
    assert sound.seconds == pytest.approx(parts * one.seconds + (parts - 1) * BETWEEN / 1000)


def test_parts_at_different_rates_are_not_joined(google: Google, speaker: GoogleSpeaker) -> None:
    google.speak = lambda text: spoken_mp3(text, RATE if text == SENTENCES[0] else 16000)
    with pytest.raises(NotSpoken, match="different rates") as caught:
        speaker.speak(TEXT, "en/com", slow=False)
    assert not caught.value.for_now


def test_parts_are_apart_by_a_breath_and_each_is_decoded_by_itself(google: Google, speaker: GoogleSpeaker) -> None:
    google.speak = lambda _: mp3(np.full(RATE, 0.1, np.float32) * np.resize([1, -1], RATE).astype(np.float32))
    one = speaker.speak("Hello.", "en/com", slow=False)
    three = speaker.speak(TEXT, "en/com", slow=False)
    breath = np.zeros(RATE * BETWEEN // 1000, np.float32)
    assert np.array_equal(three.samples, np.concatenate([one.samples, breath] * 2 + [one.samples]))


def test_one_request_at_a_time_and_a_pause_between_two_whoever_asks(google: Google) -> None:
    google.pause = 0.01
    speakers = [GoogleSpeaker(gap=0.05, longest_wait=0.01) for _ in range(2)]
    start = threading.Barrier(4)

    def speak(which: int) -> float:
        start.wait(10)
        return speakers[which % 2].speak(f"Number {which}.", "en/com", slow=False).seconds

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(speak, range(4)))
    for speaker in speakers:
        speaker.close()
    assert sorted(google.texts) == [f"Number {which}." for which in range(4)]
    assert google.most_at_once == 1
    assert all(later.began - earlier.ended >= 0.05 for earlier, later in pairwise(google.asked))


def test_its_voices_are_the_languages_of_gtts_each_at_google_com(speaker: GoogleSpeaker) -> None:
    voices = speaker.voices()
    assert voices["pt-PT"] == "pt-PT/com"
    assert voices["zh-TW"] == "zh-TW/com"
    assert "ht" not in voices
    assert all(voice == f"{tag}/com" for tag, voice in voices.items())


def test_what_it_is_and_that_it_is_there(speaker: GoogleSpeaker) -> None:
    assert (speaker.missing(), speaker.online) == ("", True)
    assert speaker.version == "2.5.4 1", "gTTS is pinned: read speech/google.py again before another one is taken"


LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"  # 96


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" \n", []),
        ("Hello.", ["Hello."]),
        ("One. Two? Three! Four…", ["One. Two? Three! Four…"]),  # as many as fit
        (f"{LONG}. Two.", [f"{LONG}.", "Two."]),
        (f"One. {LONG}.", ["One.", f"{LONG}."]),
        ("a" * 100, ["a" * 100]),
        ("a" * 101, ["a" * 100, "a"]),  # nobody can say where else
        (f"A dose of 3.5 {'b' * 80}. At 3.5", [f"A dose of 3.5 {'b' * 80}.", "At 3.5"]),  # 3.5 stays whole
        (f"{'b' * 90} 3.5 mg 3,000 10:30", ["b" * 90 + " 3.5 mg", "3,000 10:30"]),
        (f"{LONG}, {LONG}: {LONG}.", [f"{LONG},", f"{LONG}:", f"{LONG}."]),  # by clauses
        (f"{LONG} {LONG}.", [f"{LONG} one", LONG.removeprefix("one ") + "."]),  # by words
    ],
    ids=itertools.count(),
)
def test_a_text_is_asked_for_by_whole_sentences_else_clauses_else_words(text: str, parts: list[str]) -> None:
    assert pack(text) == parts


@pytest.mark.parametrize(
    ("script", "piece", "times", "fit"),
    [
        ("Hindi", "अभी फ़ोन करें। ", 10, 6),  # the danda
        ("Bengali", "এখনই ফোন করুন। ", 10, 6),  # the same danda
        ("Chinese", "没有呼吸。", 20, 16),  # no spaces: between sentences there may be one
        ("Chinese clauses", "没有，", 40, 25),
        ("Japanese", "息をしていません！", 15, 10),
        ("Arabic", "هل تسمعني؟ ", 12, 9),
        ("Arabic clauses", "نعم، ", 25, 20),
        ("Urdu", "جی ہاں۔ ", 15, 12),
        ("Amharic", "አዎ፣ አዎ። ", 20, 12),
        ("Burmese", "ဟုတ်ကဲ့။", 15, 11),
    ],
)
def test_each_script_is_cut_at_its_own_marks(script: str, piece: str, times: int, fit: int) -> None:
    whole, rest = divmod(times, fit)
    said = piece.strip()
    assert pack(piece * times) == [" ".join([said] * fit)] * whole + [" ".join([said] * rest)] * bool(rest)


WORDS = st.sampled_from(
    ["Call ", "now. ", "3.5 ", "mg, ", "क्या? ", "ठीक है। ", "没有呼吸。", "ماذا؟ ", "x" * 130, "…", "\n"]
)


@settings(deadline=None, max_examples=50)
@given(st.one_of(st.text(max_size=250), st.lists(WORDS, max_size=30).map("".join)))
def test_no_letter_is_lost_and_no_part_is_too_long(text: str) -> None:
    parts = pack(text)
    assert letters("".join(parts)) == letters(text)
    assert all(0 < len(part) <= LIMIT for part in parts)


@pytest.mark.parametrize("text", ["", " ", "…", "?!", "—"])
def test_a_text_without_a_letter_is_nothing_to_say(google: Google, text: str) -> None:
    with pytest.raises(NotSpoken, match="there is nothing to say"):
        GoogleSpeaker(gap=0).speak(text, "en/com", slow=False)
    assert google.asked == []


def test_full_stops_reach_the_voice(google: Google) -> None:
    GoogleSpeaker(gap=0).speak("He has eye problems. Call at first. Now.", "en/com", slow=False)
    assert google.texts == ["He has eye problems. Call at first. Now."]
