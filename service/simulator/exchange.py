"""How a request reaches the line: in this process, or over a real connection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import gaierror
from ssl import SSLError
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

from werkzeug.test import Client, EnvironBuilder

from service.simulator.errors import Rejected

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

NONE: Final[Mapping[str, str]] = MappingProxyType({})
FORM: Final = "application/x-www-form-urlencoded"
PATIENCE: Final = 15.0  # seconds that Twilio gives a whole answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over HTTP; `content_type` and `location` are empty where the header is missing."""

    status: int
    content_type: str
    body: bytes
    location: str = ""

    @property
    def failed(self) -> bool:
        """Whether the status is an error's."""
        return self.status >= HTTPStatus.BAD_REQUEST


class Exchange(Protocol):
    """A way to the line.  Neither of its methods follows a redirect."""

    def post(self, url: str, form: Sequence[tuple[str, str]], headers: Mapping[str, str] = NONE) -> Answer:
        """Send a form.  Raises Rejected where nobody answers."""

    def get(self, url: str, headers: Mapping[str, str] = NONE) -> Answer:
        """Fetch a page or a recording.  Raises Rejected where nobody answers."""


class InProcess:
    """Calls the line's WSGI application directly, as a proxy at `public_url` would, cutting off its path."""

    def __init__(self, wsgi_app: "WSGIApplication", public_url: str) -> None:
        # No cookies: Twilio keeps them between two numbers only, and the line must not need them.
        self._client = Client(wsgi_app, use_cookies=False)
        parts = urlsplit(public_url)
        self._base = f"{parts.scheme}://{parts.netloc}"
        self._prefix = self._base + parts.path.rstrip("/")

    def post(self, url: str, form: Sequence[tuple[str, str]], headers: Mapping[str, str] = NONE) -> Answer:
        """Send a form."""
        return self._send("POST", url, headers, urlencode(form).encode())

    def get(self, url: str, headers: Mapping[str, str] = NONE) -> Answer:
        """Fetch a page or a recording."""
        return self._send("GET", url, headers, b"")

    def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if not url.startswith((f"{self._prefix}/", f"{self._prefix}?")) and url != self._prefix:
            raise Rejected(11210, f"{url} is not at {self._prefix}")
        target = url.removeprefix(self._prefix) or "/"
        path, _, query = target.partition("?")
        builder = EnvironBuilder(
            base_url=self._base,
            method=method,
            headers=list(headers.items()),
            data=body,
            content_type=FORM if method == "POST" else None,
            # The target to the letter: Werkzeug itself would decode some escapes and so spoil the signature.
            environ_overrides={
                "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
                "QUERY_STRING": query,
                "RAW_URI": target,
                "REQUEST_URI": target,
            },
        )
        response = self._client.open(builder)
        kept = response.headers
        answer = Answer(
            response.status_code,
            kept.get("Content-Type", ""),
            response.get_data(),
            kept.get("Location", ""),
        )
        response.close()
        return answer


class OverHttp:
    """Calls the line over HTTP or HTTPS, wherever its url says it is."""

    def post(self, url: str, form: Sequence[tuple[str, str]], headers: Mapping[str, str] = NONE) -> Answer:
        """Send a form."""
        return self._send("POST", url, {"Content-Type": FORM, **headers}, urlencode(form).encode())

    def get(self, url: str, headers: Mapping[str, str] = NONE) -> Answer:
        """Fetch a page or a recording."""
        return self._send("GET", url, dict(headers), None)

    def _send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Answer:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        connection = (HTTPSConnection if secure else HTTPConnection)(parts.hostname or "", parts.port, timeout=PATIENCE)
        # http.client and not requests, which would rewrite the escapes in a path that is already signed.
        target = url.partition("#")[0].partition(parts.netloc)[2]
        try:
            connection.request(method, target if target.startswith("/") else f"/{target}", body, headers)
            response = connection.getresponse()
            return Answer(
                response.status,
                response.getheader("Content-Type") or "",
                response.read(),
                response.getheader("Location") or "",
            )
        except ConnectionRefusedError as error:
            raise Rejected(11202, f"nothing listens at {url}: is the line running?") from error
        except TimeoutError as error:
            raise Rejected(11205, f"no answer from {url} within {PATIENCE:.0f} seconds") from error
        except gaierror as error:
            raise Rejected(11210, f"there is no host {parts.hostname}") from error
        except SSLError as error:
            raise Rejected(11220, f"no secure connection to {url}: {error}") from error
        except HTTPException as error:
            raise Rejected(11206, f"{url} does not answer in HTTP: {error!r}") from error
        except OSError as error:
            raise Rejected(11205, f"the connection to {url} broke: {error}") from error
        finally:
            connection.close()
