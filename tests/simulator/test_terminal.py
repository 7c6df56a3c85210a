"""What the terminal shows is a transcript, and a transcript can be played again."""

import pytest

from service.simulator.terminal import call, chat, phoned, texted
from service.simulator.transcript import parse

QUESTION = "<Gather numDigits='1' finishOnKey='' input='dtmf speech'>{}</Gather><Redirect>voice/end</Redirect>"


@pytest.fixture
def shown() -> list[str]:
    return []


def test_messages_are_written_line_by_line_with_a_dot_between(line, texter, shown) -> None:
    line.answer(
        "sms",
        "<Message>One\n\n# two\n> three\n.\n\\</Message><Message><Body>Four</Body><Media>https://a.example/b</Media>"
        "</Message><Message><Media>https://a.example/c</Media></Message>",
        "",
        "<Message/>",
    )
    chat(texter, ["hi\n", "", "again"], shown.append)
    assert shown == [
        "> hi",
        "One",
        "\\",
        "\\# two",
        "\\> three",
        "\\.",
        "\\\\",
        ".",
        "Four",
        "(a recording: https://a.example/b)",
        ".",
        "(a recording: https://a.example/c)",
        "",
        ">",
        "(no answer)",
        "",
        "> again",
        "!! Twilio error 14103: a <Message> with nothing in it",
    ]
    assert [step.said for step in parse("\n".join(shown), "shown").steps] == ["hi", "", "again"]


def test_a_call_is_written_as_it_is_heard(line, caller, shown) -> None:
    slow = "<Say><prosody rate='{}'>Slow</prosody></Say>".format
    line.answer(
        "voice",
        QUESTION.format("<Say>Menu</Say>"),
        QUESTION.format(slow("slow") + slow("80%") + slow("110%") + slow("fast")),
        QUESTION.format("<Play>/oms/a.wav</Play>"),
        QUESTION.format(""),
    )
    line.answer("voice/end", "<Dial>911</Dial><Say># Goodbye</Say><Hangup/>")
    call(caller, ["1\n", "say hello", "#", "what?", "...", "never"], shown.append, lambda url: f"[{url[-5:]}]")
    assert shown == [
        "> (rings)",
        "Menu",
        "",
        "> 1",
        "(slowly) Slow",
        "(slowly) Slow",
        "Slow",
        "Slow",
        "",
        "> say hello",
        "[a.wav]",
        "",
        "> #",
        "(no answer)",
        "",
        "> what?",
        "!! Press keys (0-9 * #), `say` and words, `...` for silence, or `hang up`.",
        "",
        "> ...",
        "(connected to 911)",
        "\\# Goodbye",
        "(the line hangs up)",
    ]


def test_the_caller_hangs_up_when_told_to_or_when_nothing_is_left_to_do(line, caller, shown) -> None:
    line.answer("voice", QUESTION.format("<Say>Menu</Say>"))
    call(caller, ["(rings)", "hang up", "1"], shown.append)
    assert shown == ["> (rings)", "Menu", "", "> hang up"]
    assert line.last("voice/status").form["CallSid"] == caller.sid
    shown.clear()
    call(caller, [], shown.append)
    assert shown == ["> (rings)", "Menu"]
    assert caller.ended
    assert len(line.asked) == 4


def test_an_empty_line_is_silence_and_ringing_twice_is_not_understood(line, caller, shown) -> None:
    line.answer("voice", QUESTION.format("<Say>Menu</Say>"))
    line.answer("voice/end", "<Hangup/>")
    call(caller, ["1", "(rings)", ""], shown.append)
    assert shown[6] == "> (rings)"
    assert shown[7].startswith("!! Press keys")
    assert shown[-2:] == ["> ...", "(the line hangs up)"]


def test_what_twilio_refuses_is_shown(line, caller, texter, shown) -> None:
    line.answer("voice", "<Say>Menu</Say>")
    assert phoned(caller, "(rings)") == [
        "!! the answer must end in <Redirect>, <Dial> or <Hangup>",
        "(the line hangs up)",
    ]
    line.answer("voice", QUESTION.format("<Say/>"))
    call(caller, ["1"], shown.append)
    assert shown == ["> (rings)", "!! Twilio error 13520: a <Say> without words", "(the line hangs up)"]
    line.answer("voice", QUESTION.format(""))
    del line.answers["voice/status"]
    line.answer("voice/status", "")
    shown.clear()
    call(caller, [], shown.append)
    assert shown[-1].startswith("!! https://line.example/oms/voice/status answered the end of a call")
    line.answer("sms", "<Say>Hi</Say>")
    assert texted(texter, "hi") == ["!! Twilio error 14110: <Response> may hold no <Say>"]
    caller.ring()
    assert phoned(caller, "a") != []
    assert not caller.ended


def test_an_action_refused_by_us_leaves_the_call_as_it_is(line, caller) -> None:
    assert phoned(caller, "1") == ["!! there is no call: ring first", "(the line hangs up)"]
