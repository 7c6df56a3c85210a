"""The signature by which the line knows that a request is Twilio's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from twilio.request_validator import HMAC_SHA1, RequestValidator
from werkzeug.datastructures import MultiDict


@dataclass(frozen=True, slots=True)
class Account:
    """A Twilio account: its SID (AC and 32 hexadecimal digits) and what signs: a token, or a shared key by SHA-256."""

    sid: str
    auth_token: str = field(repr=False)
    algorithm: str = HMAC_SHA1


def sign(account: Account, url: str, form: Sequence[tuple[str, str]], algorithm: str = "") -> str:
    """Sign a request for `url` exactly as it is requested; of a GET the form is empty, as the url has it all."""
    # A MultiDict, as a plain dict would lose the second value of a repeated name.
    return str(
        RequestValidator(account.auth_token).compute_signature(url, MultiDict(form), algorithm or account.algorithm)
    )


def signed_url(url: str, *, voice: bool) -> str:
    """Cut the url down to what Twilio signs: no fragment, no user, and for calls over https no port."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if voice and parts.scheme == "https" and parts.port is not None:
        host = host.removesuffix(f":{parts.port}")
    signed = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
    # urlunsplit drops a question mark with nothing after it, which is requested and so is signed.
    return f"{signed}?" if url.partition("#")[0].endswith("?") and not parts.query else signed
