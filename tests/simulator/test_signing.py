"""Requests are signed to the letter as Twilio signs them."""

import json
from pathlib import Path

import pytest

from service.simulator.signing import Account, sign, signed_url

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "signature_vectors.json").read_text("utf-8"))["vectors"]
# A changed body does not change the signature of its url: that is for whoever checks the body.
SIGNED = [vector for vector in VECTORS if vector["expect_valid"] or "json_body" not in vector]


@pytest.mark.parametrize("vector", SIGNED, ids=[vector["id"] for vector in SIGNED])
def test_the_signature_is_the_published_one(vector: dict[str, object]) -> None:
    account = Account("AC1", str(vector["auth_token"]))
    url = str(vector.get("url_signed", vector["url"]))
    form = [(name, value) for name, value in vector.get("params", [])]
    made = sign(account, url, form, str(vector["algorithm"]))
    assert (made == vector["signature"]) is vector["expect_valid"]


def test_the_vectors_keep_their_origin_and_licence() -> None:
    assert all(vector["origin"] and vector["licence"] for vector in VECTORS)


def test_a_token_is_not_shown() -> None:
    assert "secret" not in repr(Account("AC1", "secret"))


@pytest.mark.parametrize(
    ("url", "voice", "signed"),
    [
        ("https://h:8443/a?b=1#rt=5000", False, "https://h:8443/a?b=1"),
        ("https://h:8443/a?b=1", True, "https://h/a?b=1"),
        ("http://h:8000/a", True, "http://h:8000/a"),
        ("https://h/a", True, "https://h/a"),
        ("https://me:word@h/%7Ea", False, "https://h/%7Ea"),
        ("https://h/a?", True, "https://h/a?"),
        ("https://h/a?#x", True, "https://h/a?"),
    ],
)
def test_the_url_is_signed_as_documented(url: str, voice: bool, signed: str) -> None:
    assert signed_url(url, voice=voice) == signed
