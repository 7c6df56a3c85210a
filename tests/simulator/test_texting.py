"""Somebody who writes sends what Twilio would send, and gets what Twilio would deliver."""

import pytest

from service.simulator.errors import Rejected
from service.simulator.exchange import InProcess
from service.simulator.texting import Texter
from service.simulator.twiml import Message


def test_a_message_carries_what_twilio_sends(line, texter, account) -> None:
    line.answer("sms", "<Message>One</Message><Message>Two</Message>")
    assert texter.text("Hola é") == ["One", "Two"]
    asked = line.asked[0]
    assert asked.signed
    form = asked.form
    assert form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"]
    assert form["MessageSid"].startswith("SM")
    assert len(form["MessageSid"]) == 34
    assert form["AccountSid"] == account.sid
    assert (form["From"], form["To"], form["Body"]) == ("+12025550123", "+15005550006", "Hola é")
    assert (form["NumMedia"], form["NumSegments"], form["SmsStatus"]) == ("0", "1", "received")
    assert (form["FromCountry"], form["FromCity"], form["ToCountry"]) == ("US", "", "US")


def test_no_message_is_silence(line, texter) -> None:
    line.answer("sms", "")
    assert texter.text("") == []


def test_pictures_and_parameters_can_be_added(line, texter) -> None:
    line.answer("sms", "<Message>Hi<Media>https://line.example/a.mp3</Media></Message>")
    texter.text("", media=2, extra=[("OptOutType", "HELP"), ("FromCountry", "MX")])
    form = line.asked[0].form
    assert form["MessageSid"].startswith("MM")
    assert form["MediaContentType1"] == "image/jpeg"
    assert form["MediaUrl0"].startswith("https://")
    assert (form["OptOutType"], form["FromCountry"]) == ("HELP", "MX")
    assert texter.last == (Message("Hi", ("https://line.example/a.mp3",)),)


def test_the_same_message_can_come_twice(line, texter) -> None:
    line.answer("sms", "")
    texter.text("hi", sid="SM1")
    texter.text("hi", sid="SM1")
    assert [asked.form["MessageSid"] for asked in line.asked] == ["SM1", "SM1"]


def test_whatsapp_names_its_numbers_and_no_places(line, account, public_url) -> None:
    line.answer("sms", "<Message>Hi</Message>")
    web = InProcess(line.app, public_url)
    texter = Texter(web, account, public_url, "whatsapp:+4915112345678", channel="whatsapp")
    assert texter.text("STOP") == ["Hi"]
    form = line.asked[0].form
    assert (form["From"], form["To"]) == ("whatsapp:+4915112345678", "whatsapp:+15005550006")
    assert (form["WaId"], form["ProfileName"]) == ("4915112345678", "Somebody")
    assert "FromCountry" not in form


@pytest.mark.parametrize(
    ("sender", "country"),
    [
        ("+4915112345678", "DE"),
        ("+266696687", "LS"),
        ("+86282452253", "CN"),
        ("anonymous", ""),
        ("+80012345678", ""),
        ("12345", ""),
        ("+9991234", ""),
    ],
)
def test_a_country_is_told_from_the_number_even_where_that_means_nothing(
    line, account, public_url, sender, country
) -> None:
    line.answer("sms", "")
    Texter(InProcess(line.app, public_url), account, public_url, sender).text("hi")
    assert line.asked[0].form["FromCountry"] == country


def test_a_redirect_is_followed_from_where_it_stands(line, texter) -> None:
    line.answer("sms", "<Message>One</Message><Redirect method='GET'>sms/more</Redirect>")
    line.answer("sms/more", "<Message>Two</Message>")
    assert texter.text("hi") == ["One", "Two"]
    assert line.asked[1].method == "GET"
    line.answer("sms/more", "<Redirect>more</Redirect>")
    with pytest.raises(Rejected) as caught:
        texter.text("hi")
    assert caught.value.code == 14106
    assert texter.last == ()


def test_nobody_who_said_stop_is_written_to_until_they_say_start(line, texter) -> None:
    line.answer("sms", "", "<Message>Sorry</Message>", "", "<Message>Welcome</Message>")
    assert texter.text(" stop ") == []
    with pytest.raises(Rejected) as caught:
        texter.text("hi")
    assert caught.value.code == 21610
    assert texter.text("START") == []
    assert texter.text("stop it") == ["Welcome"]
