"""TwiML that Twilio can read, whatever is in the words."""

from xml.etree.ElementTree import fromstring

import pytest
from flask import Response

from service.channels.twiml import PAUSE, SLOW, Question, clean, conversation, messages, statement
from service.core.lexicon import Pause, Sounds, Words
from service.simulator.exchange import Answer
from service.simulator.twiml import Gather, Hangup, Message, Play, Redirect, Say, read_messaging, read_voice
from service.speech.carriers import Play as Recorded
from service.speech.carriers import Say as Said

UNREADABLE = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF]))
KEPT = "\u200e\u200f\u202b\u2066\t\n\x7f\x85\ufffd\U0010ffff😀<&>\"'é我ש"
HELLO = Said((Words("Hello."),), "Polly.Joanna", "en-US", slow=False)
URL = "https://line.example.org/voice/en/menu"
KEYS_ONLY = Question(URL, 10, "", "")
SPEECH = Question(URL, 3, "en-US", "not breathing,menu")


def answer(response: Response) -> Answer:
    return Answer(response.status_code, response.content_type or "", response.get_data())


def test_letters_that_xml_cannot_hold_are_left_out_and_all_others_stay() -> None:
    assert clean(f"a{UNREADABLE}b") == "ab"
    assert clean(KEPT) == KEPT


@pytest.mark.parametrize("letter", UNREADABLE, ids=lambda letter: f"U+{ord(letter):04X}")
def test_a_document_stays_whole_whatever_is_in_the_words(letter: str) -> None:
    said = Said((Words(f"a{letter}b"),), "Polly.Joanna", "en-US", slow=False)
    slowly = Said((Words(f"a{letter}b"),), "Polly.Joanna", "en-US", slow=True)
    for response in (
        messages([f"a{letter}b"]),
        conversation([said, slowly], SPEECH, [said], ends=True),
        statement([said, slowly]),
    ):
        assert "ab" in "".join(fromstring(response.get_data().decode()).itertext())


def test_marks_of_direction_and_markup_reach_the_reader_as_they_were() -> None:
    (message,) = read_messaging(answer(messages([f"a{KEPT}b"])))
    assert message.body == f"a{KEPT}b"


def test_no_message_is_silence() -> None:
    assert read_messaging(answer(messages([]))) == ()


def test_an_answer_says_that_it_is_xml_in_utf_8() -> None:
    assert messages(["é"]).content_type == "text/xml; charset=utf-8"
    assert "é".encode() in messages(["é"]).get_data()


def test_slow_words_are_said_slower_in_the_same_voice() -> None:
    slowly = Said((Words("Hello."),), "Polly.Joanna", "en-US", slow=True)
    verbs = read_voice(answer(statement([HELLO, slowly])))
    assert verbs == (Say("Hello.", "Polly.Joanna", "en-US", ""), Say("Hello.", "Polly.Joanna", "en-US", SLOW), Hangup())


@pytest.mark.parametrize("slow", [False, True])
def test_pauses_and_sounds_stand_between_the_words(slow: bool) -> None:
    bits = (
        Words("Call "),
        Words("1, 1, 6"),
        Pause(),
        Words("1, 2, 3"),
        Words(", "),
        Sounds("A C T H", "eɪsiː"),
        Words("."),
    )
    merged = (Words("Call 1, 1, 6"), Pause(), Words("1, 2, 3, "), Sounds("A C T H", "eɪsiː"), Words("."))
    said = Said(merged, "Polly.Joanna", "en-US", slow=slow)
    assert said.text == "Call 1, 1, 6 1, 2, 3, A C T H."
    assert "".join(getattr(bit, "text", " ") for bit in bits) == said.text
    response = statement([said])
    assert (Say(said.text, "Polly.Joanna", "en-US", SLOW if slow else ""), Hangup()) == read_voice(answer(response))
    assert (
        f'6<break time="{PAUSE}" />1, 2, 3, <phoneme alphabet="ipa" ph="eɪsiː">A C T H</phoneme>.'
        in response.get_data(True)
    )


def test_a_recording_is_played_by_its_address() -> None:
    recorded = Recorded("https://line.example.org/audio/0123456789abcdef.wav")
    assert read_voice(answer(statement([recorded]))) == (Play(recorded.url), Hangup())


def test_a_recording_for_a_texter_is_a_message_of_its_own() -> None:
    texts = read_messaging(answer(messages(["Here it is."], "https://line.example.org/audio/0123456789abcdef.mp3")))
    assert texts == (Message("Here it is.", ()), Message("", ("https://line.example.org/audio/0123456789abcdef.mp3",)))


def test_where_speech_is_not_understood_only_keys_are_asked_for() -> None:
    response = conversation([HELLO], KEYS_ONLY, [], ends=False)
    gather, redirect = read_voice(answer(response))
    assert isinstance(gather, Gather)
    assert (gather.dtmf, gather.speech, gather.hints) == (True, False, ())
    assert b"language" not in response.get_data().partition(b"<Say")[0]
    assert redirect == Redirect(URL, "POST")


def test_a_question_can_be_answered_by_any_key_or_by_words() -> None:
    gather, *_ = read_voice(answer(conversation([HELLO], SPEECH, [], ends=False)))
    assert isinstance(gather, Gather)
    assert gather.prompts == (Say("Hello.", "Polly.Joanna", "en-US", ""),)
    assert (gather.action, gather.method, gather.timeout) == (URL, "POST", 3)
    assert (gather.dtmf, gather.speech, gather.num_digits) == (True, True, 1)
    assert gather.finish_on_key == ""  # else nobody could press #
    assert (gather.language, gather.hints) == ("en-US", ("not breathing", "menu"))
    assert gather.speech_timeout.isdecimal()


def test_a_call_that_ends_says_goodbye_after_the_silence() -> None:
    gather, say, hangup = read_voice(answer(conversation([HELLO], SPEECH, [HELLO], ends=True)))
    assert isinstance(gather, Gather)
    assert (say, hangup) == (Say("Hello.", "Polly.Joanna", "en-US", ""), Hangup())
