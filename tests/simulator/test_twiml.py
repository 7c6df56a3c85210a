"""Every answer that Twilio refuses is refused here, with the number its debugger would show."""

import pytest

from service.simulator.exchange import Answer
from service.simulator.twiml import (
    Dial,
    Gather,
    Hangup,
    Message,
    Pause,
    Play,
    Redirect,
    Reject,
    Rejected,
    Say,
    read_messaging,
    read_voice,
)


def twiml(inside: str) -> Answer:
    return Answer(200, "text/xml; charset=utf-8", f"<?xml version='1.0'?><Response>{inside}</Response>".encode())


def said(text: str) -> Say:
    return Say(text, "", "en-US", "")


def refusal(answer: Answer, *, strict: bool = False, messaging: bool = False) -> int:
    with pytest.raises(Rejected) as caught:
        read_messaging(answer) if messaging else read_voice(answer, strict=strict)
    assert str(caught.value) == f"Twilio error {caught.value.code}: {caught.value.why}"
    return caught.value.code


def test_every_verb_is_read() -> None:
    verbs = read_voice(
        twiml(
            """<!-- a comment -->
            <Say voice="Polly.Mia" language="es-MX">Hola</Say><Play>https://line.example/a.wav</Play>
            <Pause/><Pause length="3"/><Gather><Say>One?</Say><Pause/><Play>b.wav</Play></Gather>
            <Dial action="after" method="GET"><Number>+18005550100</Number></Dial>
            <Dial> 911 </Dial><Redirect method="GET"> ../menu?a=1 </Redirect><Hangup/>"""
        )
    )
    assert verbs == (
        Say("Hola", "Polly.Mia", "es-MX", ""),
        Play("https://line.example/a.wav"),
        Pause(1),
        Pause(3),
        Gather(prompts=(said("One?"), Pause(1), Play("b.wav"))),
        Dial("+18005550100", "after", "GET"),
        Dial("911"),
        Redirect("../menu?a=1", "GET"),
        Hangup(),
    )
    assert read_voice(twiml("<Reject/>")) == (Reject("rejected"),)


def test_a_gather_has_the_documented_defaults_and_keeps_what_it_is_given() -> None:
    (gather,) = read_voice(twiml("<Gather/>"), strict=False)
    assert gather == Gather((), "", "POST", True, False, 5, None, "#", False, "en-US", (), "5", "")
    (gather,) = read_voice(
        twiml(
            '<Gather input="dtmf speech" timeout="4" numDigits="1" finishOnKey="" actionOnEmptyResult="true" '
            'action="/voice/es" method="GET" language="es-MX" hints="uno, dos" speechTimeout="2" '
            'speechModel="phone_call" partialResultCallback="/partly" bargeIn="true" maxSpeechTime="9" debug="false"/>'
        ),
        strict=False,
    )
    hints, model = ("uno", " dos"), "phone_call"
    assert gather == Gather((), "/voice/es", "GET", True, True, 4, 1, "", True, "es-MX", hints, "2", model)
    (gather,) = read_voice(twiml('<Gather input="speech" speechTimeout="auto"/>'), strict=False)
    assert not gather.dtmf
    assert gather.speech_timeout == "auto"


@pytest.mark.parametrize(
    ("inside", "heard", "rate"),
    [
        ("  Call\n   <break time='1s'/>now. ", "Call now.", ""),
        ("<prosody rate='slow'>Call <emphasis>now</emphasis>.</prosody>", "Call now.", "slow"),
        ("<prosody pitch='low'><prosody rate='80%'>Call</prosody></prosody>", "Call", "80%"),
        ("Call <say-as interpret-as='telephone'>911</say-as>!", "Call 911!", ""),
        ("<p>One.</p><p><s>Two.</s><s>Three.</s></p>", "One. Two. Three.", ""),
        ("<sub alias='opsoclonus'>O.</sub> <lang xml:lang='es-MX'>hola</lang>", "opsoclonus hola", ""),
        ("Où\u00a0?", "Où\u00a0?", ""),
    ],
)
def test_speech_is_heard_without_its_marks(inside: str, heard: str, rate: str) -> None:
    assert read_voice(twiml(f"<Say>{inside}</Say>"), strict=False) == (Say(heard, "", "en-US", rate),)


def test_a_loop_is_heard_as_often_as_it_says() -> None:
    assert read_voice(twiml("<Say loop='2'>Hi</Say>"), strict=False) == (said("Hi"), said("Hi"))
    assert len(read_voice(twiml("<Gather><Play loop='0'>a.wav</Play></Gather>"), strict=False)[0].prompts) == 1000


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(404, "text/xml", b"<Response/>"), 11200),
        (Answer(500, "text/html", b"oh"), 11200),
        (Answer(204, "", b""), 12300),
        (Answer(200, "text/plain", b"Hello"), 12300),
        (Answer(200, "text/html; charset=utf-8", b"<Response/>"), 12300),
        (Answer(200, "text/xml", b""), 12100),
        (Answer(200, "text/xml", b"<Response>"), 12100),
        (Answer(200, "text/xml", b" <?xml version='1.0'?><Response/>"), 12100),
        (Answer(200, "text/xml", b"\xef\xbb\xbf<?xml version='1.0'?><Response/>"), 12100),
        (Answer(200, "text/xml", b"<Response><Say>\xff</Say></Response>"), 12100),
        (Answer(200, "text/xml", b"<Response><Say>\x0b</Say></Response>"), 12100),
        (Answer(200, "text/xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><Response><Say>&b;</Say></Response>"), 12100),
        (Answer(200, "text/xml", "<?xml version='1.0'?><Response/>".encode("utf-16")), 12100),
        (Answer(200, "text/xml", b"<response/>"), 12102),
        (Answer(200, "text/xml", b"<Response><!--" + b"x" * 65536 + b"--></Response>"), 11750),
    ],
)
def test_what_is_no_twiml_document_is_refused(answer: Answer, code: int) -> None:
    assert refusal(answer) == code
    assert refusal(answer, messaging=True) == code


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<say>Hi</say>", 12200),
        ("<Speak>Hi</Speak>", 12200),
        ("<Message>Hi</Message>", 12200),
        ("Hi", 12200),
        ("<Hangup/>Hi", 12200),
        ("<Gather>Hi</Gather>", 12200),
        ("<Gather><Redirect>a</Redirect></Gather>", 12200),
        ("<Gather><Play digits='1'/></Gather>", 12200),
        ("<Gather num_digits='1'/>", 12200),
        ("<Gather numdigits='1'/>", 12200),
        ("<Gather debug='yes'/>", 12200),
        ("<Dial timeout='long'>911</Dial>", 12200),
        ("<Dial record='maybe'>911</Dial>", 12200),
        ("<Dial method='PUT'>911</Dial>", 12200),
        ("<Say><speak>Hi</speak></Say>", 12200),
        ("<Say><break>Hi</break></Say>", 12200),
        ("<Say><say-as interpret-as='song'>Hi</say-as></Say>", 12200),
        ("<Dial><Number statusCallbackEvent='ringing eaten'>911</Number></Dial>", 12200),
        ("<Say/>", 13520),
        ("<Say> <break/> </Say>", 13520),
        (f"<Say>{'a' * 3001}</Say>", 13521),
        (f"<Say language='hi-IN'>{'म' * 501}</Say>", 13521),
        ("<Say loop='often'>Hi</Say>", 13510),
        ("<Say voice='alice'>Hi</Say>", 13511),
        ("<Say voice='Polly.Nobody'>Hi</Say>", 13511),
        ("<Say voice='Polly.Mia'>Hi</Say>", 13511),
        ("<Say voice='Google.bg-BG-Standard-A' language='bg-BG'>Hi</Say>", 13511),
        ("<Say language='en'>Hi</Say>", 13512),
        ("<Say language='am-ET' voice='Google.am-ET-Standard-A'>Hi</Say>", 13512),
        ("<Gather finishOnKey='##'/>", 13310),
        ("<Gather method='post'/>", 13312),
        ("<Gather timeout='0'/>", 13313),
        ("<Gather timeout='auto'/>", 13313),
        ("<Gather numDigits='one'/>", 13314),
        ("<Gather numDigits='0'/>", 13314),
        ("<Gather input=\"['dtmf', 'speech']\"/>", 13326),
        ("<Gather speechTimeout='-1'/>", 13327),
        ("<Gather maxSpeechTime='0'/>", 13328),
        ("<Gather partialResultCallbackMethod='PUT'/>", 13329),
        (f"<Gather hints='{','.join('a' * 501)}'/>", 13330),
        (f"<Gather hints='{'a' * 101}'/>", 13330),
        ("<Gather input='speech' language='en'/>", 13331),
        ("<Gather bargeIn='yes'/>", 13332),
        ("<Gather profanityFilter='no'/>", 13333),
        ("<Gather speechModel='best'/>", 13334),
        ("<Gather input='speech' speechModel='phone_call' speechTimeout='auto'/>", 13335),
        ("<Gather actionOnEmptyResult='yes'/>", 13338),
        ("<Gather action='es:1'/>", 11100),
        ("<Gather action='//line.example/a'/>", 11100),
        ("<Gather partialResultCallback='ftp://line.example/a'/>", 11100),
        ("<Redirect/>", 11100),
        ("<Redirect>mailto:me@line.example</Redirect>", 11100),
        ("<Redirect>a b</Redirect>", 11100),
        ("<Redirect>http://[1</Redirect>", 11100),
        ("<Redirect>https:///a</Redirect>", 11100),
        ("<Redirect method='PUT'>a</Redirect>", 13710),
        ("<Play/>", 11100),
        ("<Play loop='-1'>a</Play>", 13410),
        ("<Play digits='x'/>", 13430),
        ("<Pause length='-1'/>", 13910),
        ("<Reject reason='tired'/>", 13810),
        ("<Dial>help</Dial>", 13223),
        ("<Dial/>", 13223),
        # What Twilio would do, and the simulator cannot.
        ("<Record/>", 0),
        ("<Play digits='1'/>", 0),
        ("<Dial><Client>joey</Client></Dial>", 0),
        ("<Dial><Number>+18005550100</Number><Number>+18005550101</Number></Dial>", 0),
    ],
)
def test_what_twilio_cannot_carry_out_in_a_call_is_refused(inside: str, code: int) -> None:
    assert refusal(twiml(inside)) == code


@pytest.mark.parametrize(
    "inside",
    ["", "<Say>Hi</Say>", "<Gather/>", "<Hangup/><Gather/>", "<Say>Hi</Say><Reject/>", "<Hangup/><Pause/>"],
)
def test_every_path_of_a_call_leads_on_or_says_goodbye_unless_that_is_not_asked_for(inside: str) -> None:
    assert refusal(twiml(inside), strict=True) == 0
    read_voice(twiml(inside), strict=False)


@pytest.mark.parametrize("ending", ["<Hangup/>", "<Redirect>a</Redirect>", "<Dial>911</Dial>"])
def test_a_question_is_followed_by_what_silence_does(ending: str) -> None:
    assert len(read_voice(twiml(f"<Gather/>{ending}"))) == 2


def test_messages_are_read_with_their_media() -> None:
    assert read_messaging(twiml("")) == ()
    assert read_messaging(
        twiml(
            """<Message>Call 911.</Message>
            <Message>
              <Body>One</Body><Body> two</Body>
              <Media> https://line.example/a.mp3 </Media>
            </Message>
            <Message><Media>https://line.example/b.mp3</Media></Message>
            <Redirect>/sms</Redirect>"""
        )
    ) == (
        Message("Call 911.", ()),
        Message("One two", ("https://line.example/a.mp3",)),
        Message("", ("https://line.example/b.mp3",)),
        Redirect("/sms", "POST"),
    )
    assert read_messaging(twiml(f"<Message>{'a' * 1600}</Message>" * 10))


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<Message/>", 14103),
        ("<Message> <Body> </Body> </Message>", 14103),
        (f"<Message>{'a' * 1601}</Message>", 14103),
        ("<Message>Hi</Message>" * 11, 14109),
        ("<Say>Hi</Say>", 14110),
        ("<message>Hi</message>", 12200),
        ("<Message><Say>Hi</Say></Message>", 14110),
        ("<Message body='Hi'/>", 12200),
        ("Hi", 12200),
        ("<Message method='PUT'>Hi</Message>", 14104),
        (f"<Message>Hi{'<Media>https://line.example/a</Media>' * 11}</Message>", 21623),
        ("<Message>Hi<Media>/a.mp3</Media></Message>", 21620),
        ("<Redirect>mailto:a</Redirect>", 11100),
        ("<Message action='/more'>Hi</Message>", 0),
    ],
)
def test_what_twilio_cannot_send_is_refused(inside: str, code: int) -> None:
    assert refusal(twiml(inside), messaging=True) == code
