"""Texts sent after a call, through Twilio's REST API."""

import logging

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

logger = logging.getLogger(__name__)
PATIENCE = 5.0  # seconds; the caller is waiting, and Twilio waits for us 15


class Outbox:
    """Sends texts.  `http` replaces the way to Twilio, for the simulator."""

    def __init__(self, account_sid: str, auth_token: str, http: HttpClient | None = None) -> None:
        self._client = Client(account_sid, auth_token, http_client=http or TwilioHttpClient(timeout=PATIENCE))

    def send(self, number: str, line: str, texts: tuple[str, ...]) -> bool:
        """Send `texts` from our number `line`; whether all of them were taken."""
        try:
            for text in texts:
                self._client.messages.create(to=number, from_=line, body=text)
        except TwilioRestException as error:
            # Opted out, landline, region switched off: its code tells the operator; numbers stay out of the log.
            logger.warning("a text was not taken: Twilio error %s", error.code)
            return False
        except (TwilioException, OSError) as error:
            logger.warning("a text could not be sent: %s", type(error).__name__)
            return False
        return True


__all__ = ["HttpClient", "Outbox"]
