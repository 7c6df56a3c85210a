"""Only what Twilio signed for our account is believed; the rest is refused without a word."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

import pytest
from flask import Flask, Response
from werkzeug.test import EnvironBuilder

from service.channels.guard import FORM, HMAC_SHA1, HMAC_SHA256, Guard
from service.simulator.signing import Account, sign
from tests.conftest import ACCOUNT, PUBLIC_URL, Line

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "signature_vectors.json").read_text(encoding="utf-8"))[
    "vectors"
]
SHARED_KEY = "a shared key of the tests"
FORM_SENT = [("AccountSid", ACCOUNT.sid), ("Body", "a secret word"), ("From", "+12025550199")]
PUBLIC_ROUTES = frozenset({"/healthz", "/readyz", "/audio/<name>"})
SETTINGS_HEADER = "X-Twilio-Webhooks-Signature-Settings"
TARGETS = ("RAW_URI", "REQUEST_URI")


def guarded(guard: Guard) -> Flask:
    """An application that answers every signed request with 204."""
    app = Flask("guarded", static_folder=None)

    @app.post("/<path:path>")
    @guard.protects
    def view(path: str) -> Response:
        return Response(status=204)

    return app


def send(
    app: Flask,
    url: str,
    body: bytes | Sequence[tuple[str, str]] = FORM_SENT,
    *,
    signature: str | None = None,
    content_type: str = FORM,
    headers: Mapping[str, str] | None = None,
    target: Mapping[str, str] | None = None,
) -> Response:
    """Post to `url` to the letter; `target` says what the server calls the target, both names without it."""
    parts = urlsplit(url)
    raw = url.partition("://")[2].partition("/")[2]
    path, _, query = f"/{raw}".partition("?")
    given = {name: f"/{raw}" for name in TARGETS} if target is None else target
    builder = EnvironBuilder(
        base_url=f"{parts.scheme}://localhost",
        method="POST",
        data=body if isinstance(body, bytes) else urlencode(body).encode(),
        content_type=content_type,
        headers={**({"X-Twilio-Signature": signature} if signature is not None else {}), **(headers or {})},
    )
    environ = builder.get_environ()
    for name in TARGETS:
        environ.pop(name, None)
    environ |= {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query, **given}
    return Response.from_app(app, environ)


def signature_of(
    url: str, body: Sequence[tuple[str, str]] = FORM_SENT, secret: str = ACCOUNT.auth_token, algorithm: str = HMAC_SHA1
) -> str:
    return sign(Account(ACCOUNT.sid, secret), url, body, algorithm)


def guard_of(
    public_url: str = PUBLIC_URL, secrets: tuple[str, ...] = (ACCOUNT.auth_token,), algorithm: str = HMAC_SHA1
) -> Guard:
    return Guard(public_url, ACCOUNT.sid, secrets, algorithm)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_requests_that_other_libraries_agree_about_are_judged_alike(vector: Mapping[str, str]) -> None:
    scheme, _, rest = vector["url"].partition("://")
    settings = {SETTINGS_HEADER: f"key=k,algorithm={vector['algorithm']}"}
    guard = Guard(f"{scheme}://{rest.partition('/')[0]}", "", (vector["auth_token"],), vector["algorithm"])
    is_json = vector.get("json_body") is not None
    answer = send(
        guarded(guard),
        vector["url"],
        vector["json_body"].encode() if is_json else [tuple(pair) for pair in vector["params"]],
        signature=vector["signature"],
        content_type="application/json" if is_json else FORM,
        headers=settings,
    )
    # No webhook of ours takes JSON: even signed, it is no message and no call.
    assert answer.status_code == (204 if vector["expect_valid"] and not is_json else 403)


def test_the_vectors_are_the_usable_ones_that_nobody_contests() -> None:
    assert VECTORS
    assert all(vector["usable"] and not vector.get("contested") for vector in VECTORS)


@pytest.mark.parametrize(
    "public_url", ["https://h.example:abc", "https://h.example:99999", "https://[h.example", "https://[::1]x"]
)
def test_an_address_the_validator_cannot_read_is_refused_and_not_an_error(public_url: str) -> None:
    assert send(guarded(guard_of(public_url)), f"{PUBLIC_URL}/sms", signature="x" * 28).status_code == 403


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"Body": "hello"}', "application/json"),
        (b"hello", "text/plain"),
        (b"\x00\xff", "application/octet-stream"),
        (b"--b\r\n\r\n--b--", "multipart/form-data; boundary=b"),
        (b"Body=hello", ""),
        (b"Body=%FF%FE", FORM),
        (b"Body=\xff", FORM),
        (b"&&&===", FORM),
    ],
)
def test_a_body_that_is_no_signed_form_is_refused(body: bytes, content_type: str) -> None:
    app = guarded(guard_of())
    for signature in (signature_of(f"{PUBLIC_URL}/sms", []), "not base64 é", "="):
        answer = send(app, f"{PUBLIC_URL}/sms", body, signature=signature, content_type=content_type)
        assert (answer.status_code, answer.data) == (403, b"")


def test_a_request_without_a_signature_is_refused() -> None:
    assert send(guarded(guard_of()), f"{PUBLIC_URL}/sms").status_code == 403
    assert send(guarded(guard_of()), f"{PUBLIC_URL}/sms", signature="").status_code == 403


@pytest.mark.parametrize(
    ("public_url", "signed_url"),
    [
        ("https://line.example.org", "https://line.example.org:443/voice"),
        ("https://line.example.org:8443", "https://line.example.org:8443/voice"),
        ("https://line.example.org:8443", "https://line.example.org/voice"),
        ("http://line.example.org:8080", "http://line.example.org:8080/voice"),
        ("http://line.example.org", "http://line.example.org:80/voice"),
        ("https://[::1]:8443", "https://[::1]:8443/voice"),
    ],
)
def test_a_signature_counts_with_the_port_and_without(public_url: str, signed_url: str) -> None:
    answer = send(guarded(guard_of(public_url)), f"{public_url}/voice", signature=signature_of(signed_url))
    assert answer.status_code == 204


def test_while_tokens_rotate_the_old_and_the_new_one_sign() -> None:
    app = guarded(guard_of(secrets=("old", "new")))
    url = f"{PUBLIC_URL}/sms"
    found = [
        send(app, url, signature=signature_of(url, secret=secret)).status_code for secret in ("old", "new", "other")
    ]
    assert found == [204, 204, 403]


@pytest.mark.parametrize("secrets", [(), ("",), ("a token", "")])
def test_a_guard_without_a_secret_cannot_be_made(secrets: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="secret"):
        guard_of(secrets=secrets)


@pytest.mark.parametrize(
    ("setting", "named", "signed_with", "expected"),
    [
        (HMAC_SHA1, None, HMAC_SHA1, 204),
        (HMAC_SHA1, "key=k", HMAC_SHA1, 204),
        (HMAC_SHA1, "key=k,algorithm=hmac_sha1", HMAC_SHA1, 204),
        (HMAC_SHA1, "key=k,algorithm=HMAC_SHA256", HMAC_SHA256, 403),
        (HMAC_SHA1, "key=k,algorithm=HMAC_SHA256", HMAC_SHA1, 403),
        (HMAC_SHA256, "key=k,algorithm=HMAC_SHA256", HMAC_SHA256, 204),
        (HMAC_SHA256, None, HMAC_SHA1, 403),
        (HMAC_SHA256, None, HMAC_SHA256, 403),
        (HMAC_SHA256, "key=k,algorithm=HMAC_SHA1", HMAC_SHA1, 403),
        (HMAC_SHA256, "key=k,algorithm=MD5", HMAC_SHA256, 403),
    ],
)
def test_the_signature_scheme_is_our_setting_and_not_the_senders_word(
    setting: str, named: str | None, signed_with: str, expected: int
) -> None:
    app = guarded(guard_of(secrets=(SHARED_KEY,), algorithm=setting))
    url = f"{PUBLIC_URL}/sms"
    signature = signature_of(url, secret=SHARED_KEY, algorithm=signed_with)
    headers = {} if named is None else {SETTINGS_HEADER: named}
    assert send(app, url, signature=signature, headers=headers).status_code == expected


@pytest.mark.parametrize("sid", ["AC" + "1" * 32, "", "é", ACCOUNT.sid.lower()])
def test_a_signed_request_of_another_account_is_refused(sid: str) -> None:
    url, body = f"{PUBLIC_URL}/sms", [("AccountSid", sid)]
    assert send(guarded(guard_of()), url, body, signature=signature_of(url, body)).status_code == 403
    assert send(guarded(guard_of()), url, [], signature=signature_of(url, [])).status_code == 403


def test_one_changed_letter_anywhere_is_refused() -> None:
    app, url = guarded(guard_of()), f"{PUBLIC_URL}/sms?a=1"
    signature = signature_of(url)
    assert send(app, url, signature=signature).status_code == 204
    assert send(app, f"{PUBLIC_URL}/sms?a=2", signature=signature).status_code == 403
    assert send(app, f"{PUBLIC_URL}/smS?a=1", signature=signature).status_code == 403
    assert send(app, url, [*FORM_SENT, ("Digits", "1")], signature=signature).status_code == 403
    assert send(app, url, FORM_SENT[:-1], signature=signature).status_code == 403
    assert send(app, url, signature=f"{signature[:-2]}A=").status_code == 403


@pytest.mark.parametrize("names", [("RAW_URI",), ("REQUEST_URI",), TARGETS, ()])
@pytest.mark.parametrize(
    "target",
    [
        "/sms",
        "/sms?From=whatsapp%3A%2B1202&b=a%20b+c%27%7E",
        "/voice/en/ask/about.adults/~slow.s1.m2",
        "/voice?é=%C3%A9",
    ],
)
def test_a_request_is_known_by_whichever_name_the_server_gives_its_target(names: tuple[str, ...], target: str) -> None:
    url = f"{PUBLIC_URL}{target}"
    answer = send(guarded(guard_of()), url, signature=signature_of(url), target=dict.fromkeys(names, target))
    assert answer.status_code == 204


@pytest.mark.parametrize("target", ["https://line.example.org/sms", "*", "@evil.example/sms", "sms", ".evil.example/"])
def test_a_target_that_is_no_path_is_refused(target: str) -> None:
    url = f"{PUBLIC_URL}{target}"
    answer = send(guarded(guard_of()), f"{PUBLIC_URL}/sms", signature=signature_of(url), target={"RAW_URI": target})
    assert answer.status_code == 403


def test_a_path_that_a_proxy_cuts_off_belongs_to_the_public_url() -> None:
    app = guarded(guard_of("https://line.example.org/oms"))
    signature = signature_of("https://line.example.org/oms/sms")
    assert send(app, "https://line.example.org/sms", signature=signature).status_code == 204
    assert (
        send(app, "https://line.example.org/sms", signature=signature_of("https://line.example.org/sms")).status_code
        == 403
    )


def test_a_repeated_parameter_is_signed_with_all_its_values() -> None:
    url, body = f"{PUBLIC_URL}/sms", [*FORM_SENT, ("Body", "b"), ("Body", "a"), ("Body", "b"), ("Empty", "")]
    assert send(guarded(guard_of()), url, body, signature=signature_of(url, body)).status_code == 204


def test_nothing_of_a_refused_request_is_logged_but_the_names_of_its_parameters(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    app = guarded(guard_of())
    for signature in (None, "a forged signature"):
        answer = send(
            app, f"{PUBLIC_URL}/voice/a-path?q=a-query", signature=signature, headers={"User-Agent": "an agent"}
        )
        assert (answer.status_code, answer.data) == (403, b"")
    logged = caplog.text
    assert "AccountSid,Body,From" in logged
    assert not [
        secret
        for secret in ("secret word", "555", "forged", "a-path", "a-query", "agent", ACCOUNT.sid)
        if secret in logged
    ]


def test_what_is_no_name_of_a_parameter_is_not_logged_as_one(caplog: pytest.LogCaptureFixture) -> None:
    # The sender chooses the names too: a number, a sentence or a forged line of the log can stand there.
    body = [("+12025550199", ""), ("he is not breathing", ""), ("a\nINFO forged", ""), ("x" * 5000, ""), ("Body", "")]
    send(guarded(guard_of()), f"{PUBLIC_URL}/sms", [*body, *((f"p{n}", "") for n in range(900))])
    (record,) = (record for record in caplog.records if record.name == "service.channels.guard")
    logged = record.getMessage()
    assert "Body" in logged
    assert len(logged) < 2000
    assert not [wrong for wrong in ("555", "breathing", "forged", "\n", "xxx") if wrong in logged]


def test_every_route_refuses_an_unsigned_request_unless_it_is_public_by_name(line: Line) -> None:
    rules = [rule for rule in line.app.url_map.iter_rules() if rule.rule not in PUBLIC_ROUTES]
    assert {rule.rule for rule in rules} >= {"/sms", "/voice", "/voice/<path:path>", "/voice/status"}
    client = line.app.test_client()
    for rule in rules:
        path = rule.rule.replace("<path:path>", "en/menu")
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = client.open(path, method=method, data=dict(FORM_SENT))
            assert (rule.rule, answer.status_code, answer.data) == (rule.rule, 403, b"")


def test_a_line_with_shared_keys_takes_no_other_signatures(open_line: Callable[..., Line]) -> None:
    line = open_line(shared_keys=(SHARED_KEY,))
    url = f"{PUBLIC_URL}/sms"
    new = {SETTINGS_HEADER: "key=k,algorithm=HMAC_SHA256"}
    signature = signature_of(url, secret=SHARED_KEY, algorithm=HMAC_SHA256)
    assert send(line.app, url, signature=signature, headers=new).status_code == 200
    assert send(line.app, url, signature=signature_of(url)).status_code == 403
