"""A stand-in for Google's speech endpoint, and the proxy that leads to it.

The real gTTS, requests, urllib3 and TLS talk to it over this machine's loopback; nothing of them is patched.
"""

import base64
import contextlib
import io
import json
import re
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np
import pytest
import soundfile as sf
import trustme

from service.speech.google import GoogleSpeaker

RATE = 24000  # Hz: what Google is said to send
LINGER = 5.0  # seconds: only a test that fails waits for so long


@dataclass(frozen=True, slots=True)
class Fault:
    """One answer that is not as it should be."""

    status: int = 200
    location: str = ""
    sound: bytes | None = None  # in place of the words
    page: bytes | None = None  # in place of all of an answer
    cut: bool = False  # half of the answer, then nobody is there
    endless: bool = False  # again and again
    slow: bool = False  # byte by byte


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: where it went, what was to be said, and when it came and was answered."""

    host: str
    text: str
    language: str
    slow: bool
    began: float
    ended: float


def mp3(samples: np.ndarray, rate: int = RATE) -> bytes:
    out = io.BytesIO()
    sf.write(out, samples, rate, format="MP3", subtype="MPEG_LAYER_III")
    return out.getvalue()


@cache
def spoken_mp3(text: str, rate: int = RATE) -> bytes:
    """A tone as long as a hurried reader would take; other words have another one."""
    pitch = 200 + sum(map(ord, text)) % 600
    moments = np.arange(max(rate // 5, len(text) * rate // 20)) / rate
    return mp3((0.3 * np.sin(2 * np.pi * pitch * moments)).astype(np.float32), rate)


def answer(sound: str) -> bytes:
    """What Google sends around a sound."""
    line = json.dumps([["wrb.fr", "jQ1olc", json.dumps([sound]), None, None, None, "generic"]], separators=(",", ":"))
    return f")]}}'\n\n{line}\n".encode()


# What may pass if it is asked again.
PASSING = {
    "429, as Google says it": Fault(302, "https://www.google.com/sorry/index"),
    "429": Fault(429),
    "500": Fault(500),
    "HTML instead of audio": Fault(page=b"<html>Try again later</html>"),
    "HTML without end": Fault(page=b"<p>" * 100_000, endless=True),
    "an answer without sound": Fault(page=b'[["wrb.fr","jQ1olc",null,null,null,null,"generic"]]'),
    "garbage in place of MP3": Fault(sound=b"garbage " * 100),
    "what is not even base64": Fault(page=answer("#" + base64.b64encode(spoken_mp3("Hello.")).decode())),
    "silence": Fault(sound=mp3(np.zeros(RATE, np.float32))),
    "no more than a click": Fault(sound=mp3(np.ones(200, np.float32))),
    "half an answer": Fault(cut=True),
    "a slow loris": Fault(slow=True),
}


class Google(ThreadingHTTPServer):
    """It speaks tones, remembers what it was asked, and has the faults it is told to have."""

    daemon_threads = False  # joined at the end: what they leave open would be found in a later test

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.authority = trustme.CA()
        self.faults: deque[Fault] = deque()
        self.always: Fault | None = None  # a fault that lasts
        self.asked: list[Asked] = []
        self.sought: list[str] = []  # hosts and ports
        self.at_once = 0  # requests now
        self.most_at_once = 0
        self.speak: Callable[[str], bytes] = spoken_mp3
        self.pause = 0.0  # seconds before each answer
        self.over = threading.Event()
        self.connections: list[socket.socket] = []

    @property
    def texts(self) -> list[str]:
        return [asked.text for asked in self.asked]

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def fault(self) -> Fault:
        return self.always or (self.faults.popleft() if self.faults else Fault())

    def close(self) -> None:
        """Hang up on everybody."""
        self.over.set()
        self.shutdown()
        for connection in self.connections:
            with contextlib.suppress(OSError):  # it is over already
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked has hung up, or trusts us not: it is for the tests to say whether that is right."""


class Answering(BaseHTTPRequestHandler):
    """One connection: first to the proxy, and through it to Google."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer's body waits for 40 ms
    server: Google
    host = ""

    def do_CONNECT(self) -> None:
        self.close_connection = True
        self.server.sought.append(self.path)
        if not re.fullmatch(r"translate\.google\.[a-z.]+:443", self.path):
            self.send_error(403)  # nothing leaves the tests
            return
        self.send_response(200)
        self.end_headers()
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        host = self.path.removesuffix(":443")
        self.server.authority.issue_cert(host).configure_cert(tls)
        with contextlib.suppress(OSError), tls.wrap_socket(self.connection, server_side=True) as secure:
            self.server.connections.append(secure)
            type("Inside", (Answering,), {"host": host})(secure, self.client_address, self.server)

    def do_POST(self) -> None:
        began = time.monotonic()
        if hasattr(socket, "TCP_QUICKACK"):  # through a proxy, urllib3 sends the rest only then: else after 40 ms
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        self.server.at_once += 1
        self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        text, language, slow, _ = json.loads(json.loads(form["f.req"][0])[0][0][1])
        time.sleep(self.server.pause)
        fault = self.server.fault()
        body = self._body(text, fault)
        self.server.at_once -= 1
        self.server.asked.append(Asked(self.host, text, language, bool(slow), began, time.monotonic()))
        self.send_response(400 if len(text) > 100 else fault.status)
        if fault.location:
            self.send_header("Location", fault.location)
        self.send_header("Content-Length", str(10**9 if fault.endless else len(body)))
        self.end_headers()
        if fault.cut:
            self.wfile.write(body[: len(body) // 2])
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif fault.endless:
            while not self.server.over.is_set():
                self.wfile.write(body)
        elif fault.slow:
            self._trickle(body)
        else:
            self.wfile.write(body)

    def _body(self, text: str, fault: Fault) -> bytes:
        if fault.page is not None:
            return fault.page
        return answer(base64.b64encode(fault.sound or self.server.speak(text)).decode())

    def _trickle(self, body: bytes) -> None:
        self.close_connection = True
        for at in range(len(body)):
            self.wfile.write(body[at : at + 1])
            if self.server.over.wait(0.01):
                return

    def log_message(self, *_: object) -> None:
        """Tests that pass say nothing."""


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Google]:
    """Google, as far as this test can reach it."""
    server = Google()
    bundle = tmp_path / "authority.pem"
    server.authority.cert_pem.write_to_path(bundle)
    for name in ("https_proxy", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)  # lower case wins over upper case
    monkeypatch.setenv("HTTPS_PROXY", server.proxy)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    monkeypatch.setattr(GoogleSpeaker, "_free_at", 0.0)  # of the whole process
    before = set(threading.enumerate())
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield server
    server.close()
    for left in set(threading.enumerate()) - before:
        left.join(LINGER)  # who was still waiting for an answer


@pytest.fixture
def speaker(google: Google) -> Iterator[GoogleSpeaker]:
    """A speaker that asks without a pause."""
    speaker = GoogleSpeaker(gap=0, longest_wait=0.01)
    yield speaker
    speaker.close()
