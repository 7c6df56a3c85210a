"""Throw-away lines to call and write to: real WSGI applications that answer what a test tells them to."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest
from flask import Flask, Response, request
from werkzeug.serving import make_server

from service.simulator.calling import Caller
from service.simulator.exchange import InProcess
from service.simulator.signing import Account
from service.simulator.texting import Texter

ACCOUNT = Account("AC" + "0" * 32, "a token")
PUBLIC_URL = "https://line.example/oms"
CALLER = "+12025550123"


@dataclass
class Asked:
    """One request that a line got."""

    method: str
    target: str
    form: dict[str, str]
    headers: dict[str, str]
    signed: bool


@dataclass
class Line:
    """A line that says what it is told to, and remembers what it was asked."""

    answers: dict[str, object] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    public_url: str = PUBLIC_URL

    def answer(self, path: str, *answers: object) -> None:
        """Answer a path with TwiML (the inside of a Response), or a Response; the last answer stays."""
        self.answers[path] = list(answers)

    def __post_init__(self) -> None:
        self.app = Flask("line")
        self.app.add_url_rule("/<path:path>", view_func=self._view, methods=["GET", "POST"])
        self.answer("voice/status", Response(status=204))

    def _view(self, path: str) -> Response:
        target = request.environ["RAW_URI"]
        pairs = sorted(set(request.form.items(multi=True)))
        text = self.public_url + target + "".join(name + value for name, value in pairs)
        signature = base64.b64encode(hmac.digest(ACCOUNT.auth_token.encode(), text.encode(), hashlib.sha1)).decode()
        signed = request.headers.get("X-Twilio-Signature") == signature
        self.asked.append(Asked(request.method, target, request.form.to_dict(), dict(request.headers), signed))
        answers = self.answers[path]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, str):
            return Response(f"<?xml version='1.0'?><Response>{answer}</Response>", content_type="text/xml")
        return answer

    def last(self, path: str) -> Asked:
        """Return the last request for a path."""
        return next(asked for asked in reversed(self.asked) if asked.target.partition("?")[0] == f"/{path}")


@pytest.fixture
def line() -> Line:
    """Make a line that answers nothing yet but the end of a call."""
    return Line()


@pytest.fixture
def caller(line: Line) -> Caller:
    """Make somebody with a phone."""
    return Caller(InProcess(line.app, PUBLIC_URL), ACCOUNT, PUBLIC_URL, CALLER)


@pytest.fixture
def texter(line: Line) -> Texter:
    """Make somebody who writes."""
    return Texter(InProcess(line.app, PUBLIC_URL), ACCOUNT, PUBLIC_URL, CALLER)


@pytest.fixture
def account() -> Account:
    """Return the account whose token the lines know."""
    return ACCOUNT


@pytest.fixture
def public_url() -> str:
    """Return where the lines are."""
    return PUBLIC_URL


@pytest.fixture
def serving() -> Iterator[Callable[[Line], str]]:
    """Serve a line over a real connection, on this machine only."""
    servers = []

    def serve(line: Line) -> str:
        server = make_server("127.0.0.1", 0, line.app, threaded=True)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        servers.append((server, thread))
        line.public_url = f"http://127.0.0.1:{server.server_port}"
        return line.public_url

    yield serve
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()
