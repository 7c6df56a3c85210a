"""A store that cannot be used is MemoryFailed, soon, and in words for its operator."""

import sqlite3
from collections.abc import Callable
from time import monotonic

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from service.core.errors import LineError
from service.memory import Memory, MemoryFailed, open_memory
from service.memory.failures import failures_of
from service.memory.stores import open_store
from tests.memory.conftest import NUMBER, SECRET, Clock
from tests.memory.trouble import ACTS, WRITING, locked


def test_memory_failed_is_one_of_our_errors() -> None:
    assert issubclass(MemoryFailed, LineError)


@pytest.mark.parametrize("act", ACTS)
def test_a_store_that_lost_its_tables_fails(memory: Memory, url: str, act: str) -> None:
    engine = open_store(url)
    with engine.begin() as connection:
        for table in ("people", "turns", "texts", "schema"):
            connection.execute(text(f"DROP TABLE {table}"))
    engine.dispose()
    with pytest.raises(MemoryFailed, match=r"store .* \(DATABASE_URL\) cannot be used: "):
        ACTS[act](memory)


@pytest.mark.parametrize("act", [name for name in WRITING if name != "ready"])
@pytest.mark.usefixtures("impatient")
def test_a_person_whose_turn_does_not_end_is_not_waited_for_any_longer(
    url: str, remembering: Callable[[str], Memory], act: str
) -> None:
    memory = remembering(url)
    with locked(url):
        began = monotonic()
        with pytest.raises(MemoryFailed, match=r"locked|timeout"):
            ACTS[act](memory)
        assert 0.1 < monotonic() - began < 2


def test_callers_are_remembered_while_somebody_writes(url: str, remembering: Callable[[str], Memory]) -> None:
    memory = remembering(url)
    memory.remember_language(NUMBER, "es")
    with locked(url):
        assert memory.recall(NUMBER).language == "es"


@pytest.mark.usefixtures("impatient")
def test_a_pool_with_no_connection_left_fails(url: str) -> None:
    engine = open_store(url)
    memory = Memory(engine, SECRET, Clock())
    held = [engine.connect() for _ in range(5)]
    with pytest.raises(MemoryFailed, match="timed out"):
        memory.recall(NUMBER)
    for connection in held:
        connection.close()
    memory.recall(NUMBER)
    memory.close()


@pytest.mark.parametrize(
    "url",
    [
        "hunter2",
        "postgresql://user:a:hunter2@host:hunter2/oms",
        "postgresql://user:p@hunter2@host/oms",
        "postgresql://user:p@hunter2/r@host/oms",
        "mysql://user:hunter2@host/oms",
    ],
)
def test_a_url_that_cannot_be_used_fails_without_its_password(url: str) -> None:
    with pytest.raises(MemoryFailed, match="DATABASE_URL") as raised:
        open_memory(url, SECRET)
    assert "hunter2" not in f"{raised.value} {raised.value.__cause__}"


def test_trouble_without_words_is_called_by_its_kind() -> None:
    with pytest.raises(MemoryFailed, match=r"cannot be used: OperationalError$"), failures_of(make_url("sqlite://")):
        raise OperationalError("SELECT 1", None, sqlite3.OperationalError())


def test_a_store_of_another_version_is_refused(memory: Memory, url: str) -> None:
    engine = open_store(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE schema SET version = 7"))
    engine.dispose()
    with pytest.raises(MemoryFailed, match="made by another release: its version is 7, and this one needs 1"):
        open_store(url)
    with pytest.raises(MemoryFailed, match="its version is 7"):
        memory.ready()


def test_a_store_without_a_version_is_refused(memory: Memory, url: str) -> None:
    memory.ready()
    engine = open_store(url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM schema"))
    engine.dispose()
    with pytest.raises(MemoryFailed, match="its version is none"):
        open_store(url)


def test_tables_of_somebody_else_are_left_alone(url: str) -> None:
    engine = open_store(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE schema"))
        connection.execute(text("DROP TABLE turns"))
    engine.dispose()
    with pytest.raises(MemoryFailed, match="has tables of somebody else: people, texts"):
        open_store(url)


def test_a_missing_table_is_made_again(url: str) -> None:
    engine = open_store(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE texts"))
    engine.dispose()
    memory = open_memory(url, SECRET)
    assert memory.claim_text(NUMBER, "CA1")
    memory.close()
