"""A request gets to the line unaltered, in this process or over a connection."""

import socket
import ssl
from threading import Thread

import pytest
from flask import Response

from service.simulator import exchange
from service.simulator.calling import Caller
from service.simulator.errors import Rejected
from service.simulator.exchange import InProcess, OverHttp
from service.simulator.signing import Account, sign
from service.simulator.texting import Texter
from service.simulator.webhooks import Webhooks

MENU = "<Gather numDigits='1'><Say>Menu</Say></Gather><Hangup/>"


def test_the_path_is_passed_on_to_the_letter(line, account, public_url) -> None:
    line.answer("voice/~it's:é", MENU)
    webhooks = Webhooks(InProcess(line.app, public_url), account, voice=True)
    webhooks.ask(f"{public_url}/voice/%7Eit%27s%3A%C3%A9?a=%2B1", [("A", "é b"), ("A", "c")])
    assert line.asked[0].target == "/voice/%7Eit%27s%3A%C3%A9?a=%2B1"
    assert line.asked[0].signed
    assert line.asked[0].headers["Host"] == "line.example"


def test_nothing_is_asked_of_another_host(line, public_url) -> None:
    here = InProcess(line.app, public_url)
    for url in ("https://other.example/sms", "https://line.example/omsx", "https://line.example/sms"):
        with pytest.raises(Rejected) as caught:
            here.post(url, [])
        assert caught.value.code == 11210
    assert here.get(public_url).status == 404


def test_twilio_puts_the_query_in_order_after_signing(line, account, public_url) -> None:
    line.answer("voice", MENU)
    webhooks = Webhooks(InProcess(line.app, public_url), account, voice=True)
    webhooks.ask(f"{public_url}/voice?a=1&b=2#rt=5000", [("A", "b")])
    webhooks.ask(f"{public_url}/voice?b=2&a=1", [("A", "b")])
    assert [(asked.target, asked.signed) for asked in line.asked] == [
        ("/voice?a=1&b=2", True),
        ("/voice?a=1&b=2", False),
    ]


def test_a_shared_key_signs_by_sha_256_and_says_so(line, account, public_url) -> None:
    line.answer("sms", "")
    shared = Account(account.sid, "a shared key", "HMAC_SHA256")
    Webhooks(InProcess(line.app, public_url), shared, voice=False).ask(f"{public_url}/sms", [("Body", "hi")])
    headers = line.asked[0].headers
    assert headers["X-Twilio-Webhooks-Signature-Settings"].endswith("algorithm=HMAC_SHA256")
    assert headers["X-Twilio-Signature"] == sign(shared, f"{public_url}/sms", [("Body", "hi")])


def test_redirects_are_followed_by_twilios_rule(line, account, public_url) -> None:
    webhooks = Webhooks(InProcess(line.app, public_url), account, voice=True)
    line.answer("a", Response(status=302, headers={"Location": "b?x=1"}))
    line.answer("b", Response(status=307, headers={"Location": f"{public_url}/c"}))
    line.answer("c", MENU)
    url, answer = webhooks.ask(f"{public_url}/a", [("CallSid", "CA1"), ("Digits", "1")])
    assert answer.status == 200
    assert url == f"{public_url}/c"
    assert [asked.method for asked in line.asked] == ["POST", "GET", "GET"]
    assert line.asked[1].target == "/b?CallSid=CA1&x=1"
    line.answer("a", Response(status=307, headers={"Location": "c"}))
    webhooks.ask(f"{public_url}/a", [("CallSid", "CA1"), ("Digits", "1")])
    assert line.last("c").form == {"CallSid": "CA1"}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Response(status=308, headers={"Location": "/voice"}), 11216),
        (Response(status=302), 11216),
        (Response(status=302, headers={"Location": "a"}), 11215),
    ],
)
def test_other_redirects_and_endless_ones_are_refused(line, account, public_url, answer, code) -> None:
    line.answer("a", answer)
    with pytest.raises(Rejected) as caught:
        Webhooks(InProcess(line.app, public_url), account, voice=True).ask(f"{public_url}/a", [("A", "b")])
    assert caught.value.code == code


def test_a_call_and_a_message_go_over_a_real_connection(line, account, serving) -> None:
    url = serving(line)
    line.answer("voice", MENU, "<Play>/audio/a.wav</Play><Hangup/>")
    line.answer("audio/a.wav", Response(b"RIFF", content_type="audio/wav"))
    line.answer("sms", Response(status=303, headers={"Location": "/sms2?b=%7E&a=1"}))
    line.answer("sms2", "<Message>Hello</Message>")
    web = OverHttp()
    caller = Caller(web, account, url, "+12025550123", fetch=web.get)
    caller.ring()
    assert caller.press("1").ended
    assert Texter(web, account, url, "+12025550123").text("hi é") == ["Hello"]
    assert [asked.signed for asked in line.asked if "sms2" not in asked.target] == [True, True, False, True, True]
    assert line.asked[-1].method == "GET"
    assert web.get(f"{url}?a=1").status == 404


def _refusal(url: str) -> int:
    with pytest.raises(Rejected) as caught:
        OverHttp().post(url, [("A", "b")])
    return caught.value.code


def test_a_line_that_is_not_there_is_named_as_twilio_names_it(monkeypatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/sms"
        monkeypatch.setattr(exchange, "PATIENCE", 0.05)
        assert _refusal(url) == 11205
    assert _refusal(url) == 11202


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (socket.gaierror(), 11210),
        (ssl.SSLError("self-signed"), 11220),
        (ConnectionResetError(), 11205),
    ],
)
def test_a_broken_connection_is_named_as_twilio_names_it(monkeypatch, error, code) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(exchange.HTTPSConnection, "request", fail)
    assert _refusal("https://line.invalid/sms") == code


def test_what_does_not_speak_http_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as odd:

        def answer() -> None:
            connection, _ = odd.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"SSH-2.0\r\n\r\n")

        thread = Thread(target=answer)
        thread.start()
        assert _refusal(f"http://127.0.0.1:{odd.getsockname()[1]}/sms") == 11206
        thread.join()
