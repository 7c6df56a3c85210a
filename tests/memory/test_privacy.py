"""Whoever gets hold of the store, or of the log, learns nobody's number and nothing anybody wrote."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, text

from service.memory import Memory, Remembered, Turn, tables
from service.memory.stores import open_store
from tests.memory.conftest import NUMBER, SECRET, Clock
from tests.memory.steps import Step

WRITTEN = "necesito ayuda"
READABLE = (NUMBER, NUMBER[1:], NUMBER[2:], WRITTEN, SECRET, "SM0123456789", "CA0123456789")


def converse(memory: Memory) -> None:
    """Do everything that can be done with a memory."""

    def answer(_: Remembered) -> Turn:
        return Turn("es/symptoms/1", "es" if WRITTEN.startswith("necesito") else None)

    memory.turn(NUMBER, "SM0123456789", answer)
    memory.turn(NUMBER, "SM0123456789", answer)
    memory.claim_text(NUMBER, "CA0123456789")
    memory.remember_language(NUMBER, "en")
    memory.recall(NUMBER)
    memory.ready()


def test_nothing_readable_is_in_the_files_of_sqlite(
    sqlite: str, tmp_path: Path, remembering: Callable[[str], Memory]
) -> None:
    memory = remembering(sqlite)
    converse(memory)
    files = sorted(file for file in tmp_path.rglob("*") if file.is_file())
    assert [file.name for file in files] == ["memory.sqlite3", "memory.sqlite3-shm", "memory.sqlite3-wal"]
    kept = b"".join(file.read_bytes() for file in files)
    # The search does find what is there.
    assert memory.pseudonym(NUMBER).encode() in kept
    assert [readable for readable in READABLE if readable.encode() in kept] == []


def test_the_forgotten_is_gone_from_the_file_of_sqlite(
    sqlite: str, tmp_path: Path, remembering: Callable[[str], Memory], clock: Clock
) -> None:
    memory = remembering(sqlite)
    converse(memory)
    clock.forward(days=180)
    memory.turn("+15005550001", "SM1", Step("en"))
    memory.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert memory.pseudonym("+15005550001").encode() in kept
    assert memory.pseudonym(NUMBER).encode() not in kept


def test_nothing_readable_is_in_any_table(memory: Memory, url: str) -> None:
    converse(memory)
    engine = open_store(url)
    with engine.begin() as connection:
        kept = repr([connection.execute(select(table)).all() for table in tables.metadata.sorted_tables])
    engine.dispose()
    assert memory.pseudonym(NUMBER) in kept
    assert [readable for readable in READABLE if readable in kept] == []


def test_nothing_readable_is_logged(memory: Memory, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        converse(memory)
    assert [readable for readable in READABLE if readable in caplog.text] == []


def test_a_pseudonym_is_the_keyed_hash_of_the_number(remembering: Callable[[str], Memory]) -> None:
    # echo -n +15005550006 | openssl dgst -sha256 -hmac 'the secret of these tests' (the first half)
    assert remembering("sqlite://").pseudonym(NUMBER) == "73f6e4dabba6780655571d311a24add4"


def test_what_a_failure_says_holds_no_row(memory: Memory, url: str) -> None:
    engine = open_store(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE people"))
        columns = "path VARCHAR, language VARCHAR, wrote TIMESTAMP, answered TIMESTAMP, met TIMESTAMP"
        connection.execute(text(f"CREATE TABLE people (person VARCHAR PRIMARY KEY CHECK (person = ''), {columns})"))
    engine.dispose()
    with pytest.raises(Exception, match="cannot be used") as raised:
        converse(memory)
    said = f"{raised.value} {raised.value.__cause__}"
    assert "constraint" in said
    assert memory.pseudonym(NUMBER) not in str(raised.value)
    assert [readable for readable in READABLE if readable in said] == []
