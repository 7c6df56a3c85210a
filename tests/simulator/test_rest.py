"""What the line sends of its own accord is caught, and fails as it would fail with Twilio."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from service.simulator.rest import Sent, SentBox


@pytest.fixture
def box(account) -> SentBox:
    return SentBox(account)


@pytest.fixture
def client(account, box) -> Client:
    return Client(account.sid, account.auth_token, http_client=box)


def test_a_message_is_kept_and_confirmed(client, box, account) -> None:
    message = client.messages.create(to="+12025550123", from_="+15005550006", body="Hola é")
    assert box.sent == [Sent("+12025550123", "+15005550006", "Hola é")]
    assert message.sid.startswith("SM")
    assert (message.status, message.direction, message.account_sid) == ("queued", "outbound-api", account.sid)
    client.messages.create(to="whatsapp:+12025550123", from_="whatsapp:+15005550006", body="Hi")
    assert len(box.sent) == 2


@pytest.mark.parametrize("code", [21408, 21610, 21614])
def test_the_next_message_fails_if_it_is_told_to(client, box, code) -> None:
    box.fail_next(code)
    with pytest.raises(TwilioRestException) as caught:
        client.messages.create(to="+12025550123", from_="+15005550006", body="Hi")
    assert (caught.value.code, caught.value.status) == (code, 400)
    assert box.sent == []
    client.messages.create(to="+12025550123", from_="+15005550006", body="Hi")
    assert len(box.sent) == 1


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"to": "", "from_": "+15005550006", "body": "Hi"}, 21604),
        ({"to": "+12025550123", "body": "Hi"}, 21603),
        ({"to": "+12025550123", "from_": "+15005550006"}, 21602),
        ({"to": "anonymous", "from_": "+15005550006", "body": "Hi"}, 21211),
        ({"to": "+12025550123", "from_": "+15005550006", "body": "a" * 1601}, 21617),
    ],
)
def test_what_cannot_be_sent_is_refused(client, message, code) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client.messages.create(**message)
    assert caught.value.code == code


def test_the_wrong_token_and_other_addresses_are_refused(client, box, account) -> None:
    with pytest.raises(TwilioRestException) as caught:
        Client(account.sid, "wrong", http_client=box).messages.create(to="+12025550123", from_="+1", body="Hi")
    assert (caught.value.code, caught.value.status) == (20003, 401)
    with pytest.raises(TwilioRestException) as caught:
        client.messages("SM" + "0" * 32).fetch()
    assert (caught.value.code, caught.value.status) == (20404, 404)


def test_only_known_failures_can_be_asked_for(box) -> None:
    with pytest.raises(KeyError):
        box.fail_next(1)
