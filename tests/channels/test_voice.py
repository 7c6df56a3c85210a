"""Whoever calls hears something that fits, whatever they press or say, and is never hung up on in the middle."""

import logging
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from service.core.keys import Key
from service.house import House
from service.memory import Remembered
from service.simulator.calling import Heard, Spoken
from service.simulator.signing import sign
from service.simulator.twiml import Gather, Hangup
from service.speech.carriers import Carriers
from tests.channels.asking import LINE_NUMBER, ask, next_path, texts, turn_of, words_of
from tests.conftest import ACCOUNT, AMERICAN, PUBLIC_URL, SPANIARD, Line

GREETING = "This is the O M S information line."
ALARM_US = "Hang up and call 9, 1, 1 now."
WRONG_KEY = "That key has no use here."
NOT_UNDERSTOOD = "Sorry, we did not understand that."
ANONYMOUS = ["anonymous", "Restricted", "unknown", "", "+266696687", "+7378742833", "+86282452253", "+8656696", "+2562533",
             "+464", "client:joey", "sip:joey@example.org"]  # fmt: skip
CANNOT_TEXT = "We cannot send a text to this phone."
TEXTED = "We sent a text to this phone."
MOBILE = "+12025551234"


def said(heard: Heard) -> str:
    return " ".join(one.text for one in heard.said if isinstance(one, Spoken))


# ---- the beginning -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/"])
def test_a_call_begins_with_who_we_are(line: Line, path: str) -> None:
    assert GREETING in words_of(turn_of(line)) if not path else GREETING.encode() in ask(line, "/voice/", {}).body


def test_a_call_of_no_parameters_is_answered(line: Line) -> None:
    assert GREETING.encode() in ask(line, "/voice", {}).body


@pytest.mark.parametrize(
    "path",
    [
        "xx/menu", "en", "en/nowhere", "en/symptoms/99", "en/symptoms/-1", "en/ask/", "en/ask/about", "en/alarm/zzz", "en/door/99",
        "en/menu/~", "en/menu/~s9.m9.fresh.slow.texted.nonsense", "en/menu/~s", "~", "en/~slow", "/en/menu"[1:], "en/" + "x" * 500,
        quote("é/menü/日本"), "en/menu%2F..%2F..", "en/%00", "en/menu%3Fa=1", "%ff%fe", "en/symptoms/" + "9" * 90,
        "en/symptoms/%D9%A1", "zh-Hant-TW/menu", "..%2F..%2Fetc%2Fpasswd", "en/menu?from=%2B1202&to=a%20b",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", [{}, {"Digits": "2"}, {"SpeechResult": "menu"}])
def test_a_stale_or_forged_path_leads_somewhere_near(line: Line, path: str, form: dict[str, str]) -> None:
    verbs = turn_of(line, path, **form)
    assert words_of(verbs)
    again = turn_of(line, next_path(verbs))
    assert words_of(again)


@pytest.mark.parametrize("path", ["xx/menu", "en/" + "x" * 500, "en/nowhere", "%ff"])
def test_an_emergency_is_heard_also_at_a_place_that_is_no_more(line: Line, path: str) -> None:
    assert ALARM_US in words_of(turn_of(line, path, SpeechResult="not breathing", Confidence="0.9"))
    assert "9, 1, 1" in words_of(turn_of(line, path, Digits="1"))


# ---- keys and words ------------------------------------------------------------------------------


@pytest.mark.parametrize("digits", ["55", "1234", "00", "A", "é", "２", "+", " ", "**"])
def test_what_is_no_single_key_never_ends_a_call(line: Line, digits: str) -> None:
    verbs = turn_of(line, "en/menu", Digits=digits)
    assert next_path(verbs).startswith("en/")


def test_a_key_that_was_not_offered_says_so_and_the_third_time_the_whole_menu_slowly(line: Line) -> None:
    path = "en/ask/about.adults"
    for _ in range(2):
        verbs = turn_of(line, path, Digits="5")
        assert words_of(verbs).startswith(WRONG_KEY)
        path = next_path(verbs)
    verbs = turn_of(line, path, Digits="5")
    gather = verbs[0]
    assert isinstance(gather, Gather)
    assert {prompt.rate for prompt in gather.prompts} == {"75%"}
    assert "You can press a key or say a word at any time" in words_of(verbs)


@pytest.mark.parametrize(
    ("key", "path"), [("#", "en/symptoms/1"), ("6", "en/symptoms/1"), ("*", "en/menu"), ("1", "en/urgent/0")]
)
def test_the_keys_mean_the_same_while_a_topic_is_heard(line: Line, key: str, path: str) -> None:
    assert next_path(turn_of(line, "en/symptoms/0", Digits=key)) == path


def test_a_key_counts_before_words_that_came_with_it(line: Line) -> None:
    assert next_path(turn_of(line, "en/menu", Digits="2", SpeechResult="not breathing")) == "en/symptoms/0"


@pytest.mark.parametrize(
    "confidence", ["0.9", "0.1", "0", "0.0", "", "nan", "inf", "-1", "1e400", "much", "０.５", None]
)
def test_an_emergency_is_heard_however_sure_the_recognition_is(line: Line, confidence: str | None) -> None:
    form = {} if confidence is None else {"Confidence": confidence}
    assert words_of(turn_of(line, "en/menu", SpeechResult="She is not breathing.", **form)).startswith(ALARM_US)


@pytest.mark.parametrize(
    ("confidence", "understood"),
    [
        ("0.39", False),
        ("0.01", False),
        ("0.4", True),
        ("0.9", True),
        ("0", True),
        ("nan", True),
        ("much", True),
        (None, True),
    ],
)
def test_typing_errors_are_assumed_only_in_speech_that_was_heard_well(
    line: Line, confidence: str | None, understood: bool
) -> None:
    form = {} if confidence is None else {"Confidence": confidence}
    verbs = turn_of(line, "en/menu", SpeechResult="symptons", **form)
    assert (next_path(verbs) == "en/symptoms/0") is understood


@pytest.mark.parametrize("speech", ["", " ", "\n\t"])
def test_speech_of_no_words_is_silence(line: Line, speech: str) -> None:
    assert next_path(turn_of(line, "en/symptoms/0", SpeechResult=speech)) == "en/symptoms/1"


def test_words_that_mean_nothing_are_not_guessed_at(line: Line) -> None:
    assert words_of(turn_of(line, "en/menu", SpeechResult="zyx wvu tsr", Confidence="0.9")).startswith(NOT_UNDERSTOOD)


def test_the_third_silence_ends_a_call_kindly(line: Line) -> None:
    caller = line.caller()
    assert GREETING in said(caller.ring())
    assert not caller.wait().ended
    assert not caller.wait().ended
    last = caller.wait()
    assert "If someone is in danger, hang up and call 9, 1, 1." in said(last)
    end = caller.wait() if not last.ended else last
    assert end.ended
    assert said(end).endswith("Goodbye.")


def test_slow_speech_is_slow_from_then_on_and_normal_again_when_asked(line: Line) -> None:
    caller = line.caller()
    caller.ring()
    caller.press("2")
    for keys, rate in (("7", "75%"), ("2", "75%"), ("6", "75%"), ("7", ""), ("6", "")):
        heard = caller.press(keys)
        assert {one.rate for one in heard.said if isinstance(one, Spoken)} == {rate}


# ---- http ----------------------------------------------------------------------------------------


@pytest.fixture
def client(line: Line) -> FlaskClient:
    return line.app.test_client()


@pytest.mark.parametrize("path", ["/voice", "/voice/", "/voice/en/menu", "/voice/status", "/sms", "/sms/"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_get_no_page_that_could_be_read_aloud(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.data) == (405, b"")
    assert "POST" in answer.headers["Allow"]
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/", "/nothing", "/voices", "/voice//en/menu", "//sms", "/sms/more", "/%ff", "/static/x", "/voice/en/%0d%0aa"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_there_is_answered_without_a_page(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(path, method=method, base_url=PUBLIC_URL)
    assert (answer.status_code, answer.data) == (404, b"")
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize("path", ["/sms", "/voice", "/voice/en/menu", "/voice/status"])
@pytest.mark.parametrize("signed", [False, True])
def test_a_body_that_is_too_large_is_refused_without_a_page(client: FlaskClient, path: str, signed: bool) -> None:
    form = {"AccountSid": ACCOUNT.sid, "Body": "x" * 70_000}
    signature = sign(ACCOUNT, f"{PUBLIC_URL}{path}", list(form.items())) if signed else ""
    answer = client.post(path, data=form, headers={"X-Twilio-Signature": signature})
    assert (answer.status_code, answer.data) == (413, b"")


@pytest.mark.parametrize(
    ("form", "noted"),
    [
        ({}, "ended after ?"),
        ({"From": AMERICAN, "CallStatus": "completed", "CallDuration": "61"}, "completed after 61"),
        ({"From": "anonymous", "CallStatus": "no-answer", "CallDuration": ""}, "no-answer after ?"),
        ({"CallStatus": "a\nforged line", "CallDuration": "+12025550123"}, "ended after ?"),
        ({"CallStatus": "é", "CallDuration": "١٢", "Digits": "1", "SpeechResult": "not breathing"}, "ended after ?"),
    ],
)
def test_the_end_of_a_call_is_noted_and_answered_with_nothing(
    line: Line, form: dict[str, str], noted: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    answer = ask(line, "/voice/status", form)
    assert (answer.status, answer.body) == (204, b"")
    assert not [word for word in ("forged", AMERICAN, "é", "١", "breathing") if word in caplog.text]
    (record,) = (record for record in caplog.records if record.name == "service.line")
    assert f"call {noted} s" in record.getMessage()


# ---- who is remembered ---------------------------------------------------------------------------


@pytest.mark.parametrize("number", ANONYMOUS)
def test_an_anonymous_caller_is_never_remembered_and_never_texted(line: Line, number: str) -> None:
    caller = line.caller(number)
    assert GREETING in said(caller.ring())
    caller.press("2")
    assert CANNOT_TEXT in said(caller.press("8"))
    caller.say("español")
    assert GREETING in said(line.caller(number).ring())
    assert line.memory.recall(number) == Remembered()
    assert line.sent.sent == []


def test_a_language_chosen_by_phone_is_remembered_for_texts_and_the_next_call(line: Line, house: House) -> None:
    edition = house.shelf.library.editions["es"]
    caller = line.caller()
    caller.ring()
    caller.say("español")
    caller.hang_up()
    assert line.memory.recall(AMERICAN).language == "es"
    assert edition.prompts["choice/urgent"].voice.replace("{key}", "1") in said(line.caller().ring())
    assert edition.prompts["choice/urgent"].text.replace("{key}", "1") in line.texter().text("zzz")[-1]


def test_a_language_chosen_by_key_at_the_doorstep_is_remembered(line: Line) -> None:
    verbs = turn_of(line, "en/door/0", Digits="2")
    assert next_path(verbs).split("/")[1] == "menu"
    assert line.memory.recall(AMERICAN).language == next_path(verbs).split("/")[0]


def test_reading_the_urgent_signs_before_choosing_a_language_chooses_none(line: Line) -> None:
    caller = line.caller(SPANIARD)
    caller.ring()
    caller.press("1")
    caller.press("6")
    assert line.memory.recall(SPANIARD).language is None


def test_the_called_numbers_language_is_spoken_until_somebody_chooses(
    open_line: Callable[..., Line], house: House
) -> None:
    line = open_line(numbers={LINE_NUMBER: "fr"})
    spoken = house.shelf.library.editions["fr"].prompts["choice/symptoms"].voice.replace("{key}", "2")
    spoken = spoken.replace("OMS", "O M S")
    assert spoken in said(line.caller().ring())


def test_a_language_that_cannot_be_heard_is_told_to_be_for_texts_only(
    open_line: Callable[..., Line], house: House
) -> None:
    heard = {tag: spoken for tag, spoken in house.carriers.languages.items() if tag != "fr"}
    line = open_line(replace(house, carriers=Carriers(heard, house.carriers.recordings)))
    caller = line.caller()
    caller.ring()
    caller.press("2")
    assert "offered only by text message" in said(caller.say("français"))


# ---- texts after a call --------------------------------------------------------------------------


def texted_call(line: Line, number: str = MOBILE) -> str:
    caller = line.caller(number)
    caller.ring()
    caller.say("english")
    caller.press("2")
    heard = said(caller.press("8"))
    caller.hang_up()
    return heard


def test_what_is_heard_is_sent_as_a_text_and_goes_on_by_text(line: Line, house: House) -> None:
    passages = house.shelf.library.editions["en"].topics["symptoms"].passages
    assert TEXTED in texted_call(line)
    (sent,) = line.sent.sent
    assert (sent.to, sent.from_) == (MOBILE, LINE_NUMBER)
    assert passages[0].wording.filled(emergency="911").text in sent.body
    assert "\n" in sent.body  # with the choices
    assert passages[1].wording.filled(emergency="911").text in line.texter(MOBILE).text("MORE")[-1]


def test_one_text_is_sent_in_a_call(line: Line) -> None:
    caller = line.caller(MOBILE)
    caller.ring()
    caller.say("english")
    caller.press("2")
    assert TEXTED in said(caller.press("8"))
    for _ in range(3):
        assert TEXTED not in said(caller.press("8"))
    assert len(line.sent.sent) == 1


def test_five_texts_are_sent_in_a_day(line: Line) -> None:
    heard = [texted_call(line) for _ in range(6)]
    assert [TEXTED in one for one in heard] == [True] * 5 + [False]
    assert CANNOT_TEXT in heard[-1]
    assert len(line.sent.sent) == 5
    line.clock.forward(days=1)
    assert TEXTED in texted_call(line)


@pytest.mark.parametrize("code", [20003, 21211, 21408, 21610, 21614])
def test_a_text_that_is_not_taken_is_not_said_to_be_sent(
    line: Line, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    line.sent.fail_next(code)
    heard = texted_call(line)
    assert CANNOT_TEXT in heard
    assert TEXTED not in heard
    assert f"Twilio error {code}" in caplog.text
    assert MOBILE not in caplog.text


def test_a_text_is_not_sent_to_a_landline(line: Line) -> None:
    assert CANNOT_TEXT in texted_call(line, "+442079460000")
    assert line.sent.sent == []


def test_no_text_is_sent_without_a_store_that_counts_them(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    line.memory.close()
    assert CANNOT_TEXT in texted_call(line)
    assert line.sent.sent == []
    assert "no text was sent" in caplog.text
    assert "received as a stranger" in caplog.text
    assert "a language was not remembered" in caplog.text
    assert MOBILE not in caplog.text


def test_repeating_the_address_of_a_text_sends_no_other(line: Line) -> None:
    for _ in range(3):
        turn_of(line, "en/symptoms/0/~texted", From=MOBILE)
        turn_of(line, "en/menu/~texted", From=MOBILE, SpeechResult="zzz zzz")
    assert line.sent.sent == []


# ---- trouble -------------------------------------------------------------------------------------


def test_when_something_breaks_the_caller_hears_an_apology_with_the_emergency_number(
    open_line: Callable[..., Line], house: House, caplog: pytest.LogCaptureFixture
) -> None:
    library = house.shelf.library
    editions = {
        tag: replace(
            edition, prompts={key: said for key, said in edition.prompts.items() if key != "reply-with-number"}
        )
        for tag, edition in library.editions.items()
        if tag in {"en", "es", "fr"}  # of the others a script is needed to know whether they can be heard
    }
    line = open_line(
        replace(house, shelf=replace(house.shelf, library=replace(library, languages=(), editions=editions)))
    )
    verbs = turn_of(line)
    assert words_of(verbs).startswith("Something went wrong on our side.")
    assert "9, 1, 1" in words_of(verbs)
    assert isinstance(verbs[-1], Hangup)
    assert "KeyError at reply.py:" in caplog.text


def test_without_the_store_a_call_goes_on(line: Line) -> None:
    line.memory.close()
    caller = line.caller()
    assert GREETING in said(caller.ring())
    caller.press("2")
    assert ALARM_US in said(caller.say("not breathing"))


@pytest.mark.parametrize("number", ["+9991234567", "+2101234567", "+80012345678", "whatsapp:+12025551234"])
def test_a_caller_of_no_country_is_answered(line: Line, number: str) -> None:
    assert GREETING in words_of(turn_of(line, From=number))


def test_no_number_and_no_words_of_a_caller_are_in_the_log(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caller = line.caller(SPANIARD)
    caller.ring()
    caller.say("english")
    caller.say("my son Quentin is not breathing")
    caller.press("8")
    caller.hang_up()
    texts(line, "menu", From=SPANIARD)
    assert [record for record in caplog.records if record.name == "service.line"]
    for record in caplog.records:
        written = f"{record.getMessage()} {record.args} {record.exc_text}"
        assert not [word for word in (SPANIARD[1:], "Quentin", "breathing", caller.sid) if word in written]


# ---- everywhere ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("number", [MOBILE, "anonymous"])
def test_no_key_at_any_place_three_steps_deep_leads_to_what_twilio_refuses(
    line: Line, language: str, number: str
) -> None:
    reached, waiting = {f"{language}/menu"}, [f"{language}/menu", f"{language}/door/0"]
    for depth in range(3):
        further = []
        for path in waiting:
            for form in ({}, *({"Digits": key.value} for key in Key)):
                call = f"CA{len(reached):032x}"
                verbs = turn_of(line, path, From=number, CallSid=call, **form)
                assert words_of(verbs), (depth, path, form)
                there = next_path(verbs)
                assert there, (depth, path, form)
                if there not in reached:
                    reached.add(there)
                    further.append(there)
        waiting = further
    assert len(reached) > 40


def test_a_call_is_not_taken_where_no_language_can_be_heard(
    open_line: Callable[..., Line], house: House, caplog: pytest.LogCaptureFixture
) -> None:
    line = open_line(replace(house, carriers=Carriers({}, house.carriers.recordings)))
    with caplog.at_level("INFO"):
        heard = line.caller(MOBILE).ring()
    assert heard.ended
    assert heard.said == ()
    assert "no language can be heard" in caplog.text
    assert line.texter(MOBILE).text("menu")
