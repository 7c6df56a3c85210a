"""What is read from the environment: right, or refused with every fault named at once."""

import json
import stat
from pathlib import Path

import pytest

from service.settings import NAMES, Settings, SettingsError, read_settings, with_development_secrets

SID = "AC" + "0aF" * 10 + "00"
PRODUCTION = {
    "ENVIRONMENT": "production",
    "PUBLIC_URL": "https://line.example.org",
    "TWILIO_ACCOUNT_SID": SID,
    "TWILIO_AUTH_TOKEN": "token",
    "SECRET_KEY": "s" * 16,
}


def test_without_any_setting_it_is_a_development_line() -> None:
    assert read_settings({}) == Settings()
    assert read_settings(dict.fromkeys(NAMES, " ")) == Settings()


def test_the_defaults_in_the_table_are_those_of_the_settings() -> None:
    assert read_settings(dict(NAMES)) == Settings()


@pytest.mark.parametrize(
    ("name", "given", "field", "read"),
    [
        ("PUBLIC_URL", "https://line.example.org/", "public_url", "https://line.example.org"),
        ("PUBLIC_URL", "https://line.example.org:8443/oms/", "public_url", "https://line.example.org:8443/oms"),
        ("PUBLIC_URL", "http://[::1]:8000", "public_url", "http://[::1]:8000"),
        ("TWILIO_ACCOUNT_SID", SID, "account_sid", SID),
        ("TWILIO_AUTH_TOKEN", "a, b ,", "auth_tokens", ("a", "b")),
        ("TWILIO_SHARED_KEY", "k", "shared_keys", ("k",)),
        ("DATABASE_URL", "sqlite://", "database_url", "sqlite://"),
        ("SECRET_KEY", "s" * 16, "secret_key", "s" * 16),
        ("LANGUAGES", "en,zh-Hant, es", "languages", ("en", "zh-Hant", "es")),
        ("DRAFTS", "No", "drafts", False),
        ("DRAFTS", "YES", "drafts", True),
        ("OPERATOR", "x" * 60, "operator", "x" * 60),
        (
            "NUMBERS",
            "+12025550100=en, +34911234567=zh-Hant",
            "numbers",
            {"+12025550100": "en", "+34911234567": "zh-Hant"},
        ),
        ("SPEECH", "embedded, say", "speech", ("embedded", "say")),
        ("AUDIO_FOLDER", "/srv/speech", "audio_folder", Path("/srv/speech")),
        ("AUDIO_FORMAT", "pcm16", "audio_format", "pcm16"),
        ("AUDIO_URL", "https://cdn.example.org/oms/", "audio_url", "https://cdn.example.org/oms"),
        ("PORT", "65535", "port", 65535),
        ("WEB_CONCURRENCY", "4", "workers", 4),
    ],
)
def test_each_setting_is_read(name: str, given: str, field: str, read: object) -> None:
    assert getattr(read_settings({name: f" {given} "}), field) == read


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("ENVIRONMENT", "prod"),
        ("SPEECH", "gtts;embedded"),
        ("SPEECH", "Google"),
        ("AUDIO_FORMAT", "flac"),
        ("AUDIO_URL", "cdn.example.org"),
        ("AUDIO_URL", "https://cdn.example.org/?a=b"),
        ("PUBLIC_URL", "line.example.org"),
        ("PUBLIC_URL", "ftp://line.example.org"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://line.example.org?a=b"),
        ("PUBLIC_URL", "https://line.example.org/#a"),
        ("PUBLIC_URL", "https://me:word@line.example.org"),
        ("PUBLIC_URL", "https://[line.example.org"),
        ("PUBLIC_URL", "https://line.example.org:abc"),
        ("PUBLIC_URL", "https://line.example.org:99999"),
        ("TWILIO_ACCOUNT_SID", "AC123"),
        ("TWILIO_ACCOUNT_SID", "SK" + "0" * 32),
        ("TWILIO_AUTH_TOKEN", ","),
        ("TWILIO_SHARED_KEY", " , "),
        ("SECRET_KEY", "short"),
        ("DRAFTS", "perhaps"),
        ("OPERATOR", "x" * 61),
        ("NUMBERS", "+12025550100"),
        ("NUMBERS", "12025550100=en"),
        ("NUMBERS", "+12025550100=en,+12025550100=es"),
        ("PORT", "0"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("PORT", "８０"),
        ("WEB_CONCURRENCY", "0"),
        ("WEB_CONCURRENCY", "two"),
    ],
)
def test_each_wrong_setting_is_named(name: str, given: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({name: given})


def test_all_that_is_wrong_is_named_at_once() -> None:
    wrong = {
        "ENVIRONMENT": "x", "PUBLIC_URL": "x", "TWILIO_ACCOUNT_SID": "x", "SECRET_KEY": "x", "DRAFTS": "x", "OPERATOR": "x" * 61,
        "NUMBERS": "x", "PORT": "99999", "WEB_CONCURRENCY": "x", "TWILIO_AUTH_TOKEN": ",", "TWILIO_SHARED_KEY": ",",
    }  # fmt: skip
    with pytest.raises(SettingsError) as caught:
        read_settings(wrong)
    said = str(caught.value).splitlines()
    assert len(said) == len(wrong)
    assert {line.split()[0] for line in said} == set(wrong)


def test_a_line_in_production_starts_with_what_it_needs_and_no_less() -> None:
    settings = read_settings(PRODUCTION)
    assert settings.production
    for name in PRODUCTION.keys() - {"ENVIRONMENT"}:
        with pytest.raises(SettingsError, match=name):
            read_settings({**PRODUCTION, name: " "})
    with pytest.raises(SettingsError) as caught:
        read_settings({"ENVIRONMENT": "production"})
    assert len(str(caught.value).splitlines()) == len(PRODUCTION) - 1 + 1  # and the default address is not https


@pytest.mark.parametrize("name", ["PUBLIC_URL", "AUDIO_URL"])
def test_a_line_in_production_is_reached_by_https_only(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} must begin with https"):
        read_settings({**PRODUCTION, name: "http://line.example.org"})


def test_no_secret_is_told_in_an_error() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({**PRODUCTION, "SECRET_KEY": "hidden", "TWILIO_ACCOUNT_SID": "AChidden", "PORT": "x"})
    assert "hidden" not in str(caught.value)


# ---- secrets in development ----------------------------------------------------------------------


def test_secrets_of_development_are_made_once_for_the_owner_alone_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "var"
    made = with_development_secrets(Settings(), folder)
    assert made.account_sid.startswith("AC")
    assert len(made.account_sid) == 34
    assert made.auth_tokens[0]
    assert len(made.secret_key) >= 16
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert with_development_secrets(Settings(), folder) == made


@pytest.mark.parametrize(
    "written", [b"", b"{", b"\xff", b"[]", b"{}", b'{"account_sid": 1, "auth_token": "a", "secret_key": "b"}']
)
def test_a_damaged_file_of_secrets_is_made_anew_for_the_owner_alone(tmp_path: Path, written: bytes) -> None:
    file = tmp_path / "development.json"
    file.write_bytes(written)
    file.chmod(0o644)
    made = with_development_secrets(Settings(), tmp_path)
    assert json.loads(file.read_bytes())["auth_token"] == made.auth_tokens[0]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert with_development_secrets(Settings(), tmp_path) == made


def test_what_is_set_counts_before_what_was_made(tmp_path: Path) -> None:
    given = Settings(account_sid=SID, secret_key="s" * 16)
    made = with_development_secrets(given, tmp_path)
    assert (made.account_sid, made.secret_key) == (SID, "s" * 16)
    assert made.auth_tokens


def test_nothing_is_made_where_nothing_is_missing_or_in_production(tmp_path: Path) -> None:
    whole = Settings(account_sid=SID, auth_tokens=("a",), secret_key="s" * 16)
    for settings in (whole, Settings(production=True)):
        assert with_development_secrets(settings, tmp_path) == settings
    assert list(tmp_path.iterdir()) == []
