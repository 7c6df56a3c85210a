"""Everything that is read from the environment, in one place: what it means, and what is wrong with it, all at once."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from service.core.errors import LineError

LONGEST_OPERATOR: Final = 60
SHORTEST_SECRET: Final = 16
HIGHEST_PORT: Final = 65535
_ACCOUNT: Final = re.compile(r"AC[0-9a-fA-F]{32}")
AUDIO_FORMATS: Final = ("mulaw", "pcm16", "mp3")
_SPEAKER: Final = re.compile(r"[a-z][a-z0-9_-]*")
_NUMBER: Final = re.compile(r"(\+[1-9]\d{6,14})=([A-Za-z0-9-]+)")

# Name, default, and what it is: the README's table says the same, and a test compares the two.
NAMES: Final[Mapping[str, str]] = {
    "ENVIRONMENT": "development",
    "PUBLIC_URL": "http://localhost:8000",
    "TWILIO_ACCOUNT_SID": "",
    "TWILIO_AUTH_TOKEN": "",
    "TWILIO_SHARED_KEY": "",
    "DATABASE_URL": "sqlite:///var/memory.sqlite3",
    "SECRET_KEY": "",
    "LANGUAGES": "",
    "DRAFTS": "yes",
    "OPERATOR": "",
    "NUMBERS": "",
    "SPEECH": "gtts,embedded",
    "AUDIO_FOLDER": "var/speech",
    "AUDIO_FORMAT": "mulaw",
    "AUDIO_URL": "",
    "PORT": "8000",
    "WEB_CONCURRENCY": "1",
}


class SettingsError(LineError):
    """Settings that are missing or wrong; the message names every one of them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running line."""

    production: bool = False
    public_url: str = NAMES["PUBLIC_URL"]  # scheme, host and a path prefix if there is one; no slash at its end
    account_sid: str = ""
    auth_tokens: tuple[str, ...] = ()  # the one that signs, and the next while rotating
    shared_keys: tuple[str, ...] = ()  # if any: webhooks must be signed with HMAC_SHA256 by one of these
    database_url: str = NAMES["DATABASE_URL"]
    secret_key: str = ""
    languages: tuple[str, ...] = ()  # empty: all that are ready
    drafts: bool = True
    operator: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)  # language by called number, E.164
    speech: tuple[str, ...] = ("gtts", "embedded")  # speakers, best first; "say" where Twilio's voice comes before some
    audio_folder: Path = Path(NAMES["AUDIO_FOLDER"])
    audio_format: str = NAMES["AUDIO_FORMAT"]
    audio_url: str = ""  # where recordings are served; empty: by the line itself
    port: int = 8000
    workers: int = 1


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in `environment`.  Raises SettingsError that names all that is missing or wrong."""
    given = {name: environment.get(name, "").strip() or default for name, default in NAMES.items()}
    if not environment.get("PUBLIC_URL", "").strip():
        given["PUBLIC_URL"] = f"http://localhost:{given['PORT']}"  # where `oms-line serve` listens, in development
    wrong: list[str] = []
    if given["ENVIRONMENT"] not in {"development", "production"}:
        wrong.append(f"ENVIRONMENT is {given['ENVIRONMENT']!r}: it is development or production")
    production = given["ENVIRONMENT"] == "production"
    if production:
        wrong += [f"{name} is missing: {why}" for name, why in _NEEDED.items() if not environment.get(name, "").strip()]
    if not _is_address(given["PUBLIC_URL"]):
        wrong.append("PUBLIC_URL must look like https://line.example.org: what Twilio calls, without ? and #")
    elif production and not given["PUBLIC_URL"].lower().startswith("https://"):
        wrong.append("PUBLIC_URL must begin with https:// in production: messages about illness travel over it")
    # A list of nothing would pass for a secret, and the line would fail later or believe another one.
    wrong += [
        f"{name} is a list of nothing: secrets are parted by commas"
        for name in ("TWILIO_AUTH_TOKEN", "TWILIO_SHARED_KEY")
        if given[name] and not _list(given[name])
    ]
    if given["TWILIO_ACCOUNT_SID"] and not _ACCOUNT.fullmatch(given["TWILIO_ACCOUNT_SID"]):
        wrong.append("TWILIO_ACCOUNT_SID must be AC and 32 hexadecimal digits")
    if given["SECRET_KEY"] and len(given["SECRET_KEY"]) < SHORTEST_SECRET:
        wrong.append(f"SECRET_KEY must have at least {SHORTEST_SECRET} characters: phone numbers are easily guessed")
    if given["DRAFTS"].lower() not in {"yes", "no"}:
        wrong.append(f"DRAFTS is {given['DRAFTS']!r}: it is yes or no")
    if len(given["OPERATOR"]) > LONGEST_OPERATOR:
        wrong.append(f"OPERATOR has {len(given['OPERATOR'])} characters: {LONGEST_OPERATOR} fit into a message")
    numbers = {found[1]: found[2] for part in _list(given["NUMBERS"]) if (found := _NUMBER.fullmatch(part))}
    if len(numbers) != len(_list(given["NUMBERS"])):
        wrong.append("NUMBERS must look like +12025550100=en,+34911234567=es: the language of each called number")
    wrong += [
        f"{name} is {given[name]!r}: it is a whole number above 0"
        for name in ("PORT", "WEB_CONCURRENCY")
        if not _is_count(given[name])
    ]
    if _is_count(given["PORT"]) and int(given["PORT"]) > HIGHEST_PORT:
        wrong.append(f"PORT is {given['PORT']}: the highest is {HIGHEST_PORT}")
    wrong += _wrong_speech(given, production=production)
    if wrong:
        raise SettingsError("\n".join(wrong))
    return Settings(
        production=production,
        public_url=given["PUBLIC_URL"].rstrip("/"),
        account_sid=given["TWILIO_ACCOUNT_SID"],
        auth_tokens=_list(given["TWILIO_AUTH_TOKEN"]),
        shared_keys=_list(given["TWILIO_SHARED_KEY"]),
        database_url=given["DATABASE_URL"],
        secret_key=given["SECRET_KEY"],
        languages=_list(given["LANGUAGES"]),
        drafts=given["DRAFTS"].lower() == "yes",
        operator=given["OPERATOR"],
        numbers=numbers,
        speech=_list(given["SPEECH"]),
        audio_folder=Path(given["AUDIO_FOLDER"]),
        audio_format=given["AUDIO_FORMAT"],
        audio_url=given["AUDIO_URL"].rstrip("/"),
        port=int(given["PORT"]),
        workers=int(given["WEB_CONCURRENCY"]),
    )


def _wrong_speech(given: Mapping[str, str], *, production: bool) -> Iterator[str]:
    if not all(_SPEAKER.fullmatch(name) for name in _list(given["SPEECH"])):
        yield "SPEECH must look like gtts,embedded: names of speakers, the best first, parted by commas"
    if given["AUDIO_FORMAT"] not in AUDIO_FORMATS:
        yield f"AUDIO_FORMAT is {given['AUDIO_FORMAT']!r}: it is {', '.join(AUDIO_FORMATS)}"
    if given["AUDIO_URL"] and not _is_address(given["AUDIO_URL"]):
        yield "AUDIO_URL must look like https://cdn.example.org/oms: where recordings are served, without ? and #"
    elif given["AUDIO_URL"] and production and not given["AUDIO_URL"].lower().startswith("https://"):
        yield "AUDIO_URL must begin with https:// in production: Twilio plays no others"


_NEEDED: Final = {
    "PUBLIC_URL": "the address Twilio calls, part of every signature",
    "TWILIO_ACCOUNT_SID": "requests of other accounts are refused",
    "TWILIO_AUTH_TOKEN": "every request must be signed with it",
    "SECRET_KEY": "people are remembered under a pseudonym made with it; keep it when you move",
}


class _Made(msgspec.Struct):
    account_sid: str
    auth_token: str
    secret_key: str


def with_development_secrets(settings: Settings, folder: Path) -> Settings:
    """In development, what is missing is made once and kept in `folder`: signatures are checked there too.

    The terminal phone reads the same file, and signs with it.
    """
    if settings.production or (settings.auth_tokens and settings.account_sid and settings.secret_key):
        return settings
    path = folder / "development.json"
    try:
        made = msgspec.json.decode(path.read_bytes(), type=_Made)
    except (FileNotFoundError, msgspec.DecodeError):
        made = _Made(f"AC{secrets.token_hex(16)}", secrets.token_hex(16), secrets.token_hex(32))
        folder.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # a damaged one keeps its rights, and others could read the new secrets
        path.touch(mode=0o600)
        path.write_bytes(msgspec.json.encode(made))
    return replace(
        settings,
        account_sid=settings.account_sid or made.account_sid,
        auth_tokens=settings.auth_tokens or (made.auth_token,),
        secret_key=settings.secret_key or made.secret_key,
    )


def _list(given: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in given.split(",") if part.strip())


def _is_address(given: str) -> bool:
    try:
        url = urlsplit(given)
        _ = url.port  # read only here: a port that is no number is an error, and every signature would fail
    except ValueError:
        return False
    return url.scheme in {"http", "https"} and bool(url.hostname) and not (url.query or url.fragment or url.username)


def _is_count(given: str) -> bool:
    return given.isascii() and given.isdecimal() and int(given) > 0
