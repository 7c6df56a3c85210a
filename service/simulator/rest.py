"""The messages the line sends of its own accord, caught before they cost anything."""

from dataclasses import dataclass
from json import dumps
from logging import getLogger
from types import MappingProxyType
from typing import Final

from twilio.http import HttpClient
from twilio.http.response import Response

from service.simulator.numbers import new_sid
from service.simulator.signing import Account

API: Final = "https://api.twilio.com"
VERSION: Final = "2010-04-01"
LONGEST: Final = 1600
# Twilio's code: the HTTP status and words that come with it.
REFUSALS: Final = MappingProxyType(
    {
        20003: (401, "Authenticate"),
        20404: (404, "The requested resource was not found"),
        21211: (400, "Invalid 'To' Phone Number"),
        21408: (400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"),
        21602: (400, "Message body is required."),
        21603: (400, "A 'From' phone number is required."),
        21604: (400, "A 'To' phone number is required."),
        21606: (400, "The 'From' phone number is not a valid, SMS-capable inbound phone number"),
        21608: (400, "The number is unverified. Trial accounts cannot send messages to unverified numbers"),
        21610: (400, "Attempt to send to unsubscribed recipient"),
        21614: (400, "'To' number is not a valid mobile number"),
        21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    }
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One message that would have gone out."""

    to: str
    from_: str
    body: str


class SentBox(HttpClient):  # type: ignore[misc]  # twilio ships no types
    """Stands in for Twilio's REST API: give it to twilio.rest.Client as its `http_client`."""

    def __init__(self, account: Account) -> None:
        super().__init__(getLogger(__name__), is_async=False)
        self._account = account
        self._failures: list[int] = []
        self.sent: list[Sent] = []

    def fail_next(self, code: int) -> None:
        """Let the next message fail; raises KeyError for a code that is not in REFUSALS."""
        REFUSALS[code]
        self._failures.append(code)

    def request(
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,  # noqa: ARG002 - as Twilio has it
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,  # noqa: ARG002 - as Twilio has it
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002 - as Twilio has it
        allow_redirects: bool = False,  # noqa: ARG002, FBT001, FBT002 - as Twilio has it
    ) -> Response:
        """Answer as Twilio does: 201 with the message, or its error."""
        form = {name: str(value) for name, value in (data or {}).items()}
        sent = Sent(form.get("To", ""), form.get("From", ""), form.get("Body", ""))
        code = self._refusal(method, uri, auth, sent)
        if code:
            status, message = REFUSALS[code]
            more = f"https://www.twilio.com/docs/errors/{code}"
            return _answer(status, {"code": code, "message": message, "more_info": more, "status": status})
        self.sent.append(sent)
        return _answer(201, self._resource(sent))

    def _refusal(self, method: str, uri: str, auth: tuple[str, str] | None, sent: Sent) -> int:
        account = self._account
        if auth != (account.sid, account.auth_token):
            return 20003
        if (method, uri) != ("POST", f"{API}/{VERSION}/Accounts/{account.sid}/Messages.json"):
            return 20404
        if self._failures:
            return self._failures.pop(0)
        wrong = {
            21604: not sent.to,
            21603: not sent.from_,
            21602: not sent.body,
            21211: not sent.to.removeprefix("whatsapp:").removeprefix("+").isdecimal(),
            21617: len(sent.body) > LONGEST,
        }
        return next((code for code, is_wrong in wrong.items() if is_wrong), 0)

    def _resource(self, sent: Sent) -> dict[str, object]:
        sid, account = new_sid("SM"), self._account.sid
        path = f"/{VERSION}/Accounts/{account}/Messages/{sid}"
        return {
            "account_sid": account,
            "api_version": VERSION,
            "body": sent.body,
            "date_created": None,
            "date_sent": None,
            "date_updated": None,
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from": sent.from_,
            "messaging_service_sid": None,
            "num_media": "0",
            "num_segments": "1",
            "price": None,
            "price_unit": None,
            "sid": sid,
            "status": "queued",
            "subresource_uris": {"media": f"{path}/Media.json"},
            "to": sent.to,
            "uri": f"{path}.json",
        }


def _answer(status: int, body: dict[str, object]) -> Response:
    return Response(status, dumps(body), {"Content-Type": "application/json"})
