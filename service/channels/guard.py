"""Whether a request comes from Twilio, and for our account.  If not: 403, nothing said, nothing of it logged."""

import hmac
import logging
import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Final, ParamSpec
from urllib.parse import quote

from flask import Request, Response, request
from twilio.request_validator import (
    HMAC_SHA1,
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

FORM: Final = "application/x-www-form-urlencoded"
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,39}")
MOST_NAMES: Final = 60  # Twilio sends some forty
P = ParamSpec("P")
logger = logging.getLogger(__name__)


class Guard:
    """Checks signatures.

    `secrets` are the auth token that signs and, while rotating, the next one; with `algorithm` HMAC_SHA256 they are
    shared keys.  `public_url` is what Twilio calls, without the path.
    """

    def __init__(self, public_url: str, account_sid: str, secrets: tuple[str, ...], algorithm: str = HMAC_SHA1) -> None:
        if not secrets or not all(secrets):
            # Without a secret every request would have to be believed.
            raise ValueError("a guard needs a secret")
        self._public_url = public_url
        self._account_sid = account_sid
        self._validators = tuple(RequestValidator(secret) for secret in secrets)
        self._algorithm = algorithm

    def protects(self, view: Callable[P, Response]) -> Callable[P, Response]:
        """`view`, for signed requests only."""

        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
            if why := self.refusal(request):
                # Names of parameters tell an operator what is wrong with a proxy; values would tell about people.
                logger.warning("refused: %s; parameters %s", why, _names(request.form))
                return Response(status=403)
            return view(*args, **kwargs)

        return guarded

    def refusal(self, given: Request) -> str:
        """Why a request is refused; "" if it is signed, by Twilio, for us."""
        signature = given.headers.get(SIGNATURE_HEADER, "")
        if not signature:
            return "no signature"
        if given.mimetype != FORM:
            return "not a form"
        # The header is not signed itself: which scheme counts is our setting, not the sender's word.
        if get_signature_algorithm(given.headers.get(SIGNATURE_SETTINGS_HEADER)).upper() != self._algorithm:
            return "another signature scheme"
        target = raw_target(given)
        if not target.startswith("/"):
            return "a target without a path"
        if not any(
            self._signed(validator, self._public_url + target, given, signature) for validator in self._validators
        ):
            return "wrong signature"
        sid = given.form.get("AccountSid", "")
        return "" if hmac.compare_digest(sid.encode(), self._account_sid.encode()) else "another account"

    def _signed(self, validator: RequestValidator, url: str, given: Request, signature: str) -> bool:
        try:
            return bool(validator.validate(url, given.form, signature, self._algorithm))
        except (TypeError, ValueError, IndexError, KeyError, AttributeError, UnicodeError):
            # It raises on what it does not expect; what cannot be checked is refused.
            return False


def _names(form: Iterable[str]) -> str:
    """The names for the log; a forger chooses them too, and could put somebody's number or a line of log there."""
    names = sorted(name for name in form if _NAME.fullmatch(name))
    return ",".join(names[:MOST_NAMES]) or "none"


def raw_target(given: Request) -> str:
    """Path and query as they were requested, escapes untouched: Flask's own URL is decoded, and fails signatures."""
    raw = given.environ.get("RAW_URI") or given.environ.get("REQUEST_URI")
    if raw:
        return str(raw)
    # Granian gives the path decoded (our own paths need no escapes) and the query as it was.
    path = quote(
        (given.environ.get("SCRIPT_NAME", "") + given.environ.get("PATH_INFO", "")).encode("latin-1"),
        safe="/~:@!$&'()*+,;=",
    )
    query = str(given.environ.get("QUERY_STRING", ""))
    return f"{path}?{query}" if query else path


__all__ = ["HMAC_SHA1", "HMAC_SHA256", "Guard", "raw_target"]
