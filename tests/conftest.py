"""The line as tests meet it: the real content, the real webhooks, a store and a clock of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from service.app import create_app
from service.house import House, open_house
from service.memory import Memory, open_memory
from service.settings import Settings
from service.simulator.calling import Caller
from service.simulator.exchange import InProcess
from service.simulator.rest import SentBox
from service.simulator.signing import Account
from service.simulator.texting import Texter

ACCOUNT = Account("AC" + "0" * 32, "a token only tests know")
PUBLIC_URL = "https://line.example.org"
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
AMERICAN = "+12025550123"
SPANIARD = "+34612345678"
FRENCH = "+33612345678"


@dataclass(slots=True)
class Clock:
    """A clock that tests move."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **spans: float) -> None:
        self.now += timedelta(**spans)


def settings(**changes: object) -> Settings:
    """Settings of a line in production, with tests' own secrets."""
    given = {
        "production": True,
        "public_url": PUBLIC_URL,
        "account_sid": ACCOUNT.sid,
        "auth_tokens": (ACCOUNT.auth_token,),
        "secret_key": "a secret only tests know",
        "database_url": "sqlite://",
        "audio_folder": Path("/nonexistent"),  # no recordings: what is heard stands in the TwiML
    }
    return Settings(**(given | changes))  # type: ignore[arg-type] - tests name what they change


@dataclass(slots=True)
class Line:
    """A running line, and the people who use it."""

    app: Flask
    memory: Memory
    clock: Clock
    sent: SentBox
    exchange: InProcess = field(init=False)

    def __post_init__(self) -> None:
        self.exchange = InProcess(self.app, PUBLIC_URL)

    def texter(self, number: str = AMERICAN, *, line: str = "+15005550006", channel: str = "sms") -> Texter:
        return Texter(self.exchange, ACCOUNT, PUBLIC_URL, number, line=line, channel=channel)

    def caller(self, number: str = AMERICAN, *, line: str = "+15005550006") -> Caller:
        return Caller(self.exchange, ACCOUNT, PUBLIC_URL, number, line=line)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="record how the transcripts go now")


@pytest.fixture(scope="session")
def house() -> House:
    """The real content and languages."""
    return open_house(settings(), clock=Clock())


@pytest.fixture
def open_line(house: House) -> Iterator[Callable[..., Line]]:
    """Opens lines: `open_line()` with the real content, or with another house or other settings."""
    opened: list[Memory] = []

    def opener(other: House | None = None, **changes: object) -> Line:
        clock, sent = Clock(), SentBox(ACCOUNT)
        chosen = settings(**changes)
        memory = open_memory(chosen.database_url, chosen.secret_key, clock)
        opened.append(memory)
        return Line(create_app(chosen, other or house, memory, clock, sent), memory, clock, sent)

    yield opener
    for memory in opened:
        memory.close()


@pytest.fixture
def line(open_line: Callable[..., Line]) -> Line:
    """A line with the real content."""
    return open_line()
