"""Both stores, a clock that goes when told to, and memories that are closed again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from service.memory import Memory, open_memory, stores
from tests.postgresql import postgresql

__all__ = ["postgresql"]

SECRET = "the secret of these tests"
NUMBER = "+15005550006"


@dataclass(slots=True)
class Clock:
    """A clock for tests."""

    now: datetime = datetime(2030, 3, 10, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        self.now += timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """The URL of an SQLite store that does not exist yet, nor does its folder."""
    return f"sqlite:///{tmp_path}/var/memory.sqlite3"


@pytest.fixture
def emptied(postgresql: str) -> str:
    """The URL of the PostgreSQL store, without a table."""
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return postgresql


@pytest.fixture(params=["sqlite", "emptied"], ids=["SQLite", "PostgreSQL"])
def url(request: pytest.FixtureRequest) -> str:
    """An empty store of either kind."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def remembering(clock: Clock) -> Iterator[Callable[[str], Memory]]:
    """Open memories that are closed when the test is over."""
    memories: list[Memory] = []

    def remembering(url: str) -> Memory:
        memories.append(open_memory(url, SECRET, clock))
        return memories[-1]

    yield remembering
    for memory in memories:
        memory.close()


@pytest.fixture
def memory(url: str, remembering: Callable[[str], Memory]) -> Memory:
    return remembering(url)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a fifth of a second where the line waits for three."""
    monkeypatch.setattr(stores, "PATIENCE", 0.2)
