"""The production server itself: a real process, real requests, and an end within seconds."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.house import ROOT
from service.simulator.calling import Caller, Played
from service.simulator.errors import Rejected
from service.simulator.exchange import OverHttp
from service.simulator.signing import Account
from service.simulator.texting import Texter
from service.simulator.webhooks import Webhooks
from tests.conftest import ACCOUNT, AMERICAN

# Twilio calls another address than the one the server listens at.
PUBLIC_URL = "http://127.0.0.1"
PATIENCE = 60.0  # seconds, for a machine that is busy with other tests


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, "subprocess.Popen[bytes]", Path]]:
    """A development line on a free port, all of its secrets from the environment; nothing is written into the checkout."""
    folder = tmp_path_factory.mktemp("served")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"{PUBLIC_URL}:{port}"
    environment = os.environ | {
        "ENVIRONMENT": "development", "PUBLIC_URL": url, "TWILIO_ACCOUNT_SID": ACCOUNT.sid, "TWILIO_AUTH_TOKEN": ACCOUNT.auth_token,
        "SECRET_KEY": "a secret only tests know", "DATABASE_URL": f"sqlite:///{folder}/memory.sqlite3", "LANGUAGES": "en,es",
        "PYTHONPATH": str(ROOT), "WEB_CONCURRENCY": "1", "SPEECH": "embedded", "AUDIO_FOLDER": str(folder / "speech"),
    }  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "service", "serve", "--port", str(port)],
            cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_for(url, process, folder / "log")
        yield url, process, folder
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(PATIENCE)


def wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if OverHttp().get(f"{url}/readyz").status == 200:
                return
        except Rejected:
            time.sleep(0.1)
    pytest.fail(f"the server did not start: {log.read_text()}")


def ask(url: str, target: str, account: Account = ACCOUNT, *, voice: bool = True) -> tuple[int, str, bytes]:
    form = [
        ("AccountSid", account.sid),
        ("From", AMERICAN),
        ("To", "+15005550006"),
        ("Body", "not breathing"),
        ("CallSid", "CA1"),
    ]
    answer = Webhooks(OverHttp(), account, voice).ask(f"{url}{target}", form)[1]
    return answer.status, answer.content_type, answer.body


@pytest.mark.parametrize(
    "target",
    [
        "/sms",
        "/sms/",
        "/sms?a=%41%2Fb+c%20d&b=%C3%A9%27~%7E",
        "/sms?From=whatsapp%3A%2B12025550123",
        "/voice",
        "/voice/en/menu",
        "/voice/en/ask/about.adults/~slow.s1",
        "/voice/en/menu?a=%2F&b=%26",
    ],
)
def test_a_signed_request_is_answered_in_twiml(served: tuple[str, object, Path], target: str) -> None:
    status, content_type, body = ask(served[0], target)
    assert (status, content_type) == (200, "text/xml; charset=utf-8")
    assert b"<Response>" in body


def test_a_request_that_is_not_signed_by_our_account_is_refused(served: tuple[str, object, Path]) -> None:
    assert ask(served[0], "/sms", Account(ACCOUNT.sid, "another token"))[::2] == (403, b"")
    assert ask(served[0], "/voice", Account("AC" + "1" * 32, ACCOUNT.auth_token))[::2] == (403, b"")
    assert OverHttp().post(f"{served[0]}/sms", [("Body", "menu")]).status == 403
    assert OverHttp().get(f"{served[0]}/sms").status == 405


def test_a_whole_conversation_goes_through_the_server(served: tuple[str, object, Path]) -> None:
    texter = Texter(OverHttp(), ACCOUNT, served[0], "+12025551234")
    assert len(texter.text("menu")) == 2
    first = texter.text("2")
    assert texter.text("6") != first
    assert texter.text("not breathing")[0].startswith("Call 911 now.")


def test_a_first_call_plays_recordings_that_were_made_before_the_line_was_ready(
    served: tuple[str, object, Path],
) -> None:
    caller = Caller(OverHttp(), ACCOUNT, served[0], "+12025551235", fetch=OverHttp().get)
    heard = [*caller.ring().said, *caller.press("1").said]
    assert len(heard) > 6
    assert all(isinstance(one, Played) for one in heard), heard
    caller.hang_up()
    log = (served[2] / "log").read_text()
    assert "Ready at" in log


def test_a_path_of_any_letters_is_answered_or_refused_without_a_page(served: tuple[str, object, Path]) -> None:
    for target in (
        "/voice/%C3%A9",
        "/voice/%ff",
        "/voice/a%2Fb",
        "/voice//x",
        "/voice/%25",
        "/voice/" + "x" * 4000,
        "/nothing",
    ):
        status, content_type, body = ask(served[0], target)
        assert (status, body) in {(403, b""), (404, b"")} or content_type.startswith("text/xml"), target


def test_a_body_that_is_too_large_is_refused_without_a_page(served: tuple[str, object, Path]) -> None:
    answer = OverHttp().post(f"{served[0]}/sms", [("Body", "x" * 70_000)], {"X-Twilio-Signature": "x"})
    assert (answer.status, answer.body) == (413, b"")


def test_it_ends_within_seconds_when_told_to_and_its_log_names_nobody(
    served: tuple[str, "subprocess.Popen[bytes]", Path],
) -> None:
    url, process, folder = served
    ask(url, "/sms")
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(PATIENCE)
    assert time.monotonic() - begun < 10
    log = (folder / "log").read_text()
    assert "sms" in log
    assert not re.search(r"2025550123|2025551234|breathing|Traceback", log)
    written = {file.name for file in folder.iterdir() if not file.name.startswith("memory")}
    assert written - {".coverage"} == {"log", "speech"}
