"""What can befall a file: it is locked, full, read-only, damaged."""

import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, text

from service.memory import Memory, MemoryFailed, Remembered, open_memory
from service.memory.stores import open_store
from tests.memory.conftest import NUMBER, SECRET, Clock
from tests.memory.trouble import ACTS, FILLING, WRITING, locked

NOBODY = 65534  # a user who owns nothing


@pytest.fixture
def unwritable() -> Iterator[Path]:
    """A folder that nobody may write to; whoever runs the tests as root is somebody else meanwhile."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.usefixtures("impatient")
def test_callers_are_remembered_though_their_call_cannot_be_noted(
    sqlite: str, remembering: Callable[[str], Memory], clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    memory = remembering(sqlite)
    memory.remember_language(NUMBER, "es")
    clock.forward(days=2)
    with locked(sqlite), caplog.at_level(logging.WARNING):
        assert memory.recall(NUMBER).language == "es"
    assert "locked" in caplog.text


def test_nobody_waits_longer_than_3_seconds_for_sqlite(sqlite: str) -> None:
    engine = open_store(sqlite)
    with engine.begin() as connection:
        assert connection.scalar(text("PRAGMA busy_timeout")) == 3000
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA secure_delete")) == 1
    assert engine.pool.timeout() == 3  # type: ignore[attr-defined]
    engine.dispose()


def test_a_folder_that_cannot_be_made_fails(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(MemoryFailed, match=r"its folder cannot be made \(File exists\)"):
        open_memory(f"sqlite:///{tmp_path}/var/memory.sqlite3", SECRET)


def test_a_read_only_folder_fails(unwritable: Path) -> None:
    with pytest.raises(MemoryFailed, match=r"its folder cannot be made \(Permission denied\)"):
        open_memory(f"sqlite:///{unwritable}/var/memory.sqlite3", SECRET)
    with pytest.raises(MemoryFailed, match="unable to open database file"):
        open_memory(f"sqlite:///{unwritable}/memory.sqlite3", SECRET)


@pytest.mark.parametrize("act", WRITING)
def test_a_read_only_file_fails(sqlite: str, remembering: Callable[[str], Memory], act: str) -> None:
    remembering(sqlite)
    engine = open_store(sqlite)
    event.listen(engine, "checkout", lambda connection, *_: connection.execute("PRAGMA query_only = ON"))
    with pytest.raises(MemoryFailed, match="readonly"):
        ACTS[act](Memory(engine, SECRET, Clock()))
    engine.dispose()


def test_a_file_opened_read_only_fails(sqlite: str, remembering: Callable[[str], Memory]) -> None:
    remembering(sqlite).close()
    file = sqlite.removeprefix("sqlite:///")
    for journal in ("WAL", "DELETE"):
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute(f"PRAGMA journal_mode = {journal}")
        with pytest.raises(MemoryFailed, match="readonly"):
            open_memory(f"sqlite:///file:{file}?mode=ro&uri=true", SECRET)
    assert not Path("file:").exists()


@pytest.mark.parametrize("act", FILLING)
def test_a_full_disk_fails_and_stores_nothing(sqlite: str, act: str) -> None:
    engine = open_store(sqlite)
    memory = Memory(engine, SECRET, Clock())

    def full(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(engine, "checkout", full)
    for other in range(200):
        try:
            FILLING[act](memory, f"{other:04}")
        except MemoryFailed as failure:
            assert "full" in str(failure)  # noqa: PT017 - which of them it is depends on SQLite
            assert memory.recall(f"+1500555{other:04}") == Remembered()
            break
    else:
        pytest.fail("never full")
    engine.dispose()


def test_a_damaged_file_fails(sqlite: str) -> None:
    file = Path(sqlite.removeprefix("sqlite:///"))
    file.parent.mkdir()
    file.write_bytes(b"this is no database " * 1000)
    with pytest.raises(MemoryFailed, match="file is not a database"):
        open_memory(sqlite, SECRET)


@pytest.mark.parametrize("act", [name for name in ACTS if name != "ready"])
def test_a_file_damaged_later_fails(sqlite: str, act: str) -> None:
    open_memory(sqlite, SECRET).close()
    file = Path(sqlite.removeprefix("sqlite:///"))
    engine = open_store(sqlite)
    engine.dispose()
    with file.open("r+b") as bytes_of_file:
        bytes_of_file.seek(4096 * 2)
        bytes_of_file.write(b"\xff" * (file.stat().st_size - 4096 * 2))
    memory = Memory(engine, SECRET, Clock())
    with pytest.raises(MemoryFailed, match="malformed"):
        ACTS[act](memory)
    memory.close()


@pytest.mark.usefixtures("impatient")
def test_a_journal_that_cannot_be_changed_now_is_no_failure(sqlite: str) -> None:
    # As when several processes open a new store in the same moment.
    memory = open_memory(sqlite, SECRET)
    memory.close()
    with closing(sqlite3.connect(sqlite.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN")
        other.execute("SELECT * FROM people").fetchall()
        assert memory.recall(NUMBER) == Remembered()
    memory.close()
