"""Places that recordings are fetched from or put to: a web server, and an S3 that is none of Amazon's."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread

import pytest
import requests
from moto.server import ThreadedMotoServer

BUCKETS = count()


class Files(SimpleHTTPRequestHandler):
    """A folder."""

    def log_message(self, *_: object) -> None:
        """Tests that pass say nothing."""


class Forbidding(BaseHTTPRequestHandler):
    """Whoever asks may not."""

    def do_GET(self) -> None:
        self.send_response(403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PUT = do_GET

    def log_message(self, *_: object) -> None:
        """Tests that pass say nothing."""


@contextmanager
def listening(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server for as long as it is needed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], str]]:
    """Serves folders; gives back where."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(listening(partial(Files, directory=str(folder))))


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """Where S3 is."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that any S3 of these tests takes."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def bucket(moto: str, credentials: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new bucket."""
    name = f"bucket{next(BUCKETS)}"
    requests.put(f"{moto}/{name}", timeout=20).raise_for_status()
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto)
    return name


@pytest.fixture
def forbidden(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An S3 whose keys are other ones."""
    with listening(Forbidding) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        yield
