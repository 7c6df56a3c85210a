"""One request to the line as Twilio makes it: signed, with its redirects followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode, urljoin
from uuid import uuid4

from twilio.request_validator import HMAC_SHA1, SIGNATURE_SETTINGS_HEADER

from service.simulator.errors import Rejected
from service.simulator.exchange import Answer, Exchange
from service.simulator.signing import Account, sign, signed_url

LINE: Final = "+15005550006"  # Twilio's own test number stands for the line where no other is given
FOLLOWED: Final = frozenset({301, 302, 303, 307})
MOST_REDIRECTS: Final = 10
# What a person did goes to the first address only: a redirect from there does not carry it on.
NOT_REPEATED: Final = frozenset({"Digits", "FinishedOnKey", "SpeechResult", "Confidence"})


@dataclass(frozen=True, slots=True)
class Webhooks:
    """The line's webhooks, for one account."""

    exchange: Exchange
    account: Account
    voice: bool

    def ask(self, url: str, form: Sequence[tuple[str, str]], method: str = "POST") -> tuple[str, Answer]:
        """Request a document; the url that comes back is where it was found, and what its relative urls go from."""
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._once(url, form, method)
            if answer.failed or answer.status < HTTPStatus.MULTIPLE_CHOICES:
                return url, answer
            if answer.status not in FOLLOWED or not answer.location:
                raise Rejected(11216, f"{url} redirects with {answer.status}, which is not followed")
            url = urljoin(url, answer.location)
            form = [(name, value) for name, value in form if name not in NOT_REPEATED]
            method = method if answer.status == HTTPStatus.TEMPORARY_REDIRECT else "GET"
        raise Rejected(11215, f"more than {MOST_REDIRECTS} redirects, the last to {url}")

    def _once(self, url: str, form: Sequence[tuple[str, str]], method: str) -> Answer:
        url = url.partition("#")[0]
        if method == "GET":
            url = f"{url}{'&' if '?' in url else '?'}{urlencode(form)}"
            form = ()
        headers = {
            "User-Agent": "TwilioProxy/1.1",
            "I-Twilio-Idempotency-Token": str(uuid4()),
            "X-Twilio-Signature": sign(self.account, signed_url(url, voice=self.voice), form),
        }
        if self.account.algorithm != HMAC_SHA1:
            headers[SIGNATURE_SETTINGS_HEADER] = f"key=webhooks_sharedkey,algorithm={self.account.algorithm}"
        # Twilio signs the url as it was given, and then requests it with its query in order.
        path, question, query = url.partition("?")
        url = f"{path}{question}{'&'.join(sorted(query.split('&')))}"
        if method == "GET":
            return self.exchange.get(url, headers)
        return self.exchange.post(url, form, headers)
