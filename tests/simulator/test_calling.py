"""A call goes as Twilio would let it go."""

import pytest
from flask import Response

from service.simulator.calling import Caller, Dialled, Heard, Played, Spoken
from service.simulator.errors import Rejected
from service.simulator.exchange import InProcess
from service.simulator.hearing import Typed, typed
from service.simulator.twiml import Gather


def words(heard: Heard) -> list[str]:
    return [thing.text for thing in heard.said if isinstance(thing, Spoken)]


def question(text: str, attributes: str = "numDigits='1'") -> str:
    gather = f"<Gather action='/oms/voice/next' {attributes}><Say>{text}</Say></Gather>"
    return gather + "<Redirect>/oms/voice/silence</Redirect>"


@pytest.fixture
def talk(line, caller) -> Caller:
    line.answer("voice", question("Menu?"))
    line.answer("voice/next", question("Next?"))
    line.answer("voice/silence", "<Say>Goodbye</Say><Hangup/>")
    return caller


def test_a_call_carries_what_twilio_sends(line, talk, account) -> None:
    assert talk.ring() == Heard((Spoken("Menu?", "", "en-US", ""),), ended=False)
    talk.press("1")
    first, second = line.asked
    assert first.signed
    assert second.signed
    assert first.form["CallSid"] == second.form["CallSid"] == talk.sid
    assert talk.sid.startswith("CA")
    assert len(talk.sid) == 34
    assert first.form["AccountSid"] == account.sid
    assert (first.form["CallStatus"], second.form["CallStatus"]) == ("ringing", "in-progress")
    assert first.form["Direction"] == "inbound"
    assert first.form["From"] == first.form["Caller"] == "+12025550123"
    assert first.form["To"] == first.form["Called"] == "+15005550006"
    assert first.form["CallerCountry"] == first.form["FromCountry"] == "US"
    assert (second.form["Digits"], second.form["FinishedOnKey"]) == ("1", "")
    assert "Digits" not in first.form


def test_silence_falls_through_to_the_next_verb_and_the_end_is_reported(line, talk) -> None:
    talk.ring()
    assert talk.wait() == Heard((Spoken("Goodbye", "", "en-US", ""),), ended=True)
    assert talk.ended
    status = line.last("voice/status")
    assert status.signed
    assert status.form["CallStatus"] == "completed"
    assert int(status.form["CallDuration"]) >= 5
    talk.hang_up()
    assert len([asked for asked in line.asked if asked.target == "/voice/status"]) == 1


@pytest.mark.parametrize("do", ["press", "say", "wait"])
def test_nothing_can_be_done_without_a_call(talk, do) -> None:
    for _ in range(2):
        with pytest.raises(Rejected) as caught:
            talk.wait() if do == "wait" else getattr(talk, do)("1")
        assert caught.value.code == 0
        talk.ring()
        talk.hang_up()


def test_hanging_up_is_reported(line, talk) -> None:
    talk.ring()
    talk.hang_up()
    assert talk.ended
    assert line.last("voice/status").form["CallSid"] == talk.sid


@pytest.mark.parametrize(("status", "code"), [(200, 0), (500, 15003)])
def test_the_end_must_be_answered_with_204(line, talk, status, code) -> None:
    line.answer("voice/status", Response(status=status))
    talk.ring()
    with pytest.raises(Rejected) as caught:
        talk.hang_up()
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("gather", "keys", "made"),
    [
        (Gather(num_digits=1), "1", Typed("1")),
        (Gather(num_digits=1), "12", Typed("1", rest="2")),
        (Gather(num_digits=2), "1", Typed("1")),
        (Gather(num_digits=2), "12", Typed("12")),
        (Gather(num_digits=2), "1#2", Typed("1", "#", "2")),
        (Gather(num_digits=1), "#", Typed("", "#")),
        (Gather(num_digits=1, finish_on_key=""), "#", Typed("#")),
        (Gather(num_digits=1, finish_on_key="*"), "*", Typed("", "*")),
        (Gather(num_digits=1, finish_on_key="*"), "#", Typed("#")),
        (Gather(finish_on_key=""), "1#*", Typed("1#*")),
        (Gather(), "123#", Typed("123", "#")),
        (Gather(), "", Typed("")),
    ],
)
def test_keys_are_collected_as_documented(gather, keys, made) -> None:
    assert typed(gather, keys) == made


def test_the_finish_key_is_no_digit_and_pressed_first_it_is_no_input(line, talk) -> None:
    line.answer("voice", question("Number?", ""))
    talk.ring()
    assert words(talk.press("42#")) == ["Next?"]
    assert (line.asked[-1].form["Digits"], line.asked[-1].form["FinishedOnKey"]) == ("42", "#")
    assert words(talk.press("#")) == ["Goodbye"]


def test_keys_left_over_answer_the_next_question(line, talk) -> None:
    line.answer("voice/next", question("One?"), question("Two?"), "<Say>Three</Say><Hangup/>")
    talk.ring()
    assert words(talk.press("12")) == ["One?", "Two?"]
    assert talk.press("34").ended


def test_no_input_is_sent_where_the_question_asks_for_it(line, talk) -> None:
    line.answer("voice", question("?", "actionOnEmptyResult='true'"))
    line.answer("voice/next", question("?", "actionOnEmptyResult='true' input='speech'"))
    talk.ring()
    for act in (talk.wait, lambda: talk.press("5")):
        act()
    assert line.asked[1].form["Digits"] == ""
    assert line.asked[2].form["SpeechResult"] == ""
    assert "Digits" not in line.asked[2].form


def test_speech_is_heard_where_it_is_listened_for(line, talk) -> None:
    line.answer("voice", question("?", "input='dtmf speech'"))
    talk.ring()
    talk.say("no respira", confidence=0.5)
    form = line.asked[-1].form
    assert (form["SpeechResult"], form["Confidence"]) == ("no respira", "0.5")
    assert "Digits" not in form
    assert words(talk.say("hello")) == ["Goodbye"]


def test_keys_are_not_heard_where_only_speech_is_and_no_words_are_silence(line, talk) -> None:
    line.answer("voice", question("?", "input='speech'"))
    for act in (lambda: talk.press("1"), lambda: talk.say(" "), talk.wait):
        talk.ring()
        assert act().ended
    talk.ring()
    with pytest.raises(Rejected):
        talk.press("a")
    assert not talk.ended


def test_a_question_without_an_address_asks_the_current_document_again(line, caller) -> None:
    line.answer("voice", "<Redirect>voice/a?b=1</Redirect>")
    line.answer("voice/a", "<Gather method='GET'/><Hangup/>")
    caller.ring()
    caller.press("1#")
    asked = line.asked[-1]
    assert asked.method == "GET"
    assert asked.target.startswith("/voice/a?")
    assert "Digits=1" in asked.target
    assert asked.target.endswith("b=1")


def test_addresses_go_from_where_the_document_was_found(line, caller) -> None:
    line.answer("voice", Response(status=302, headers={"Location": "/oms/es/voice"}))
    line.answer("es/voice", "<Play>a.wav</Play><Gather action='next'/><Hangup/>")
    line.answer("es/next", "<Hangup/>")
    assert caller.ring().said == (Played("https://line.example/oms/es/a.wav"),)
    assert caller.press("1").ended


def test_everything_before_a_question_is_heard(line, caller) -> None:
    line.answer(
        "voice",
        "<Say voice='Polly.Mia' language='es-MX'><prosody rate='slow'>Hola</prosody></Say><Pause length='2'/>"
        "<Redirect method='GET'>voice/b</Redirect><Say>never</Say><Hangup/>",
    )
    line.answer(
        "voice/b", "<Gather><Play>https://line.example/oms/b.wav</Play><Pause/><Say>One?</Say></Gather><Hangup/>"
    )
    assert caller.ring().said == (
        Spoken("Hola", "Polly.Mia", "es-MX", "slow"),
        Played("https://line.example/oms/b.wav"),
        Spoken("One?", "", "en-US", ""),
    )
    assert line.asked[-1].method == "GET"


@pytest.mark.parametrize(
    ("inside", "answer", "code"),
    [
        ("<Play>a.wav</Play><Hangup/>", Response(status=404), 11200),
        ("<Play>a.wav</Play><Hangup/>", Response(b"", content_type="text/html"), 13420),
        ("<Gather><Play>a.wav</Play></Gather><Hangup/>", Response(b"", content_type="audio/ogg"), 13325),
    ],
)
def test_a_recording_that_cannot_be_played_is_refused(line, account, public_url, inside, answer, code) -> None:
    web = InProcess(line.app, public_url)
    caller = Caller(web, account, public_url, "+12025550123", fetch=web.get)
    line.answer("voice", inside)
    line.answer("a.wav", answer)
    with pytest.raises(Rejected) as caught:
        caller.ring()
    assert caught.value.code == code
    assert caller.ended


def test_a_recording_that_is_there_is_played(line, account, public_url) -> None:
    web = InProcess(line.app, public_url)
    line.answer("voice", "<Play>a.mp3</Play><Hangup/>")
    line.answer("a.mp3", Response(b"", content_type="audio/mpeg"))
    assert Caller(web, account, public_url, "+12025550123", fetch=web.get).ring().ended


def test_a_connected_talk_goes_on_where_the_document_says(line, caller) -> None:
    line.answer("voice", "<Dial>+18005550100</Dial><Say>Back</Say><Dial action='voice/after'>911</Dial>")
    line.answer("voice/after", "<Say>After</Say><Hangup/>")
    heard = caller.ring()
    assert heard.said == (
        Dialled("+18005550100"),
        Spoken("Back", "", "en-US", ""),
        Dialled("911"),
        Spoken("After", "", "en-US", ""),
    )
    assert heard.ended
    assert line.last("voice/after").form["DialCallStatus"] == "completed"


def test_a_call_can_be_declined(line, caller) -> None:
    line.answer("voice", "<Reject reason='busy'/>")
    assert caller.ring() == Heard((), ended=True)
    form = line.last("voice/status").form
    assert (form["CallStatus"], form["CallDuration"]) == ("busy", "0")


def test_going_in_circles_is_noticed(line, caller) -> None:
    line.answer("voice", "<Redirect>voice</Redirect>")
    with pytest.raises(Rejected) as caught:
        caller.ring()
    assert caught.value.code == 0
    assert len(line.asked) == 100
    assert caller.ended


def test_questions_start_the_count_of_documents_again(line, caller) -> None:
    line.answer("voice", question("?", "action='/oms/voice' numDigits='1'").replace("action='/oms/voice/next' ", ""))
    caller.ring()
    for _ in range(150):
        assert not caller.press("1").ended


def test_without_strictness_a_document_may_just_end(line, account, public_url) -> None:
    web = InProcess(line.app, public_url)
    line.answer("voice", "<Say>Hi</Say>")
    caller = Caller(web, account, public_url, "+12025550123", strict=False)
    assert caller.ring() == Heard((Spoken("Hi", "", "en-US", ""),), ended=True)


def test_a_refused_answer_ends_the_call(line, talk) -> None:
    talk.ring()
    line.answer("voice/next", Response(status=500))
    with pytest.raises(Rejected) as caught:
        talk.press("1")
    assert caught.value.code == 11200
    assert talk.ended
