"""Texts after a call: what is not sent is never said to be, and numbers stay out of the log."""

import logging

import pytest
from twilio.base.exceptions import TwilioException
from twilio.http import HttpClient

from service.channels.outbox import Outbox
from service.simulator.rest import SentBox
from tests.conftest import ACCOUNT

TO, LINE = "+12025551234", "+15005550006"


class Cut(HttpClient):
    """A connection that breaks."""

    def __init__(self, error: Exception) -> None:
        super().__init__(logging.getLogger(__name__), is_async=False)
        self.error = error

    def request(self, *_: object, **__: object) -> object:
        raise self.error


@pytest.mark.parametrize("error", [OSError(TO), ConnectionResetError(TO), TimeoutError(TO), TwilioException(TO)])
def test_a_connection_that_breaks_sends_nothing_and_says_so(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    assert not Outbox(ACCOUNT.sid, ACCOUNT.auth_token, Cut(error)).send(TO, LINE, ("Hello.",))
    assert type(error).__name__ in caplog.text
    assert TO not in caplog.text


def test_several_texts_are_sent_in_order_and_none_after_one_that_is_not_taken() -> None:
    sent = SentBox(ACCOUNT)
    outbox = Outbox(ACCOUNT.sid, ACCOUNT.auth_token, sent)
    assert outbox.send(TO, LINE, ("One.", "Two."))
    assert [one.body for one in sent.sent] == ["One.", "Two."]
    sent.fail_next(21610)
    assert not outbox.send(TO, LINE, ("Three.", "Four."))
    assert len(sent.sent) == 2
