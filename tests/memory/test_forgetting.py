"""How long anything is remembered, and that it is gone afterwards."""

import logging
from collections.abc import Callable
from datetime import timedelta, timezone

import pytest
from sqlalchemy import func, select, text

from service.memory import Memory, Remembered, tables
from service.memory.stores import open_store
from tests.memory.conftest import NUMBER, Clock
from tests.memory.steps import Step

OTHER = "+15005550001"


def rows(url: str) -> dict[str, int]:
    """How many rows each table has."""
    engine = open_store(url)
    with engine.begin() as connection:
        found = {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (tables.people, tables.turns, tables.texts)
        }
    engine.dispose()
    return found


def test_a_place_is_forgotten_4_hours_after_the_last_message(memory: Memory, clock: Clock) -> None:
    memory.turn(NUMBER, "SM1", Step("es", "es"))
    clock.forward(hours=4, seconds=-1)
    assert memory.recall(NUMBER) == Remembered("es", "es", known=True)
    memory.turn(NUMBER, "SM2", Step("es/tests"))
    clock.forward(hours=4, seconds=-1)
    assert memory.recall(NUMBER).path == "es/tests"
    clock.forward(seconds=1)
    assert memory.recall(NUMBER) == Remembered(None, "es", known=True)


def test_a_call_does_not_keep_a_place_alive(memory: Memory, clock: Clock) -> None:
    memory.turn(NUMBER, "SM1", Step("es"))
    clock.forward(hours=3)
    memory.remember_language(NUMBER, "es")
    assert memory.recall(NUMBER).path == "es"
    clock.forward(hours=1)
    assert memory.recall(NUMBER) == Remembered(None, "es", known=True)


def test_silence_does_not_bring_back_a_forgotten_place(memory: Memory, clock: Clock) -> None:
    memory.turn(NUMBER, "SM1", Step("es"))
    clock.forward(hours=4)
    memory.turn(NUMBER, "SM2", Step(None))
    assert memory.recall(NUMBER) == Remembered(None, known=True)


def test_silence_is_a_message_and_keeps_a_place_alive(memory: Memory, clock: Clock) -> None:
    memory.turn(NUMBER, "SM1", Step("es"))
    clock.forward(hours=3)
    memory.turn(NUMBER, "SM2", Step(None))
    clock.forward(hours=3)
    assert memory.recall(NUMBER).path == "es"


def test_a_language_is_forgotten_after_180_days_without_contact(memory: Memory, clock: Clock) -> None:
    memory.turn(NUMBER, "SM1", Step("es", "es"))
    clock.forward(days=180, seconds=-1)
    memory.turn(NUMBER, "SM2", Step("es"))
    clock.forward(days=180)
    assert memory.recall(NUMBER) == Remembered()


def test_to_call_is_contact(memory: Memory, clock: Clock) -> None:
    memory.turn(NUMBER, "SM1", Step("es", "es"))
    clock.forward(days=179)
    assert memory.recall(NUMBER) == Remembered(None, "es", known=True)
    clock.forward(days=179)
    assert memory.recall(NUMBER).language == "es"
    clock.forward(days=180)
    assert memory.recall(NUMBER) == Remembered()


def test_who_was_answered_180_days_ago_is_not_known_even_if_silent_messages_came_since(
    memory: Memory, clock: Clock
) -> None:
    memory.turn(NUMBER, "SM1", Step("es", "es"))
    clock.forward(days=179)
    memory.turn(NUMBER, "SM2", Step(None))
    assert memory.recall(NUMBER).known
    clock.forward(days=1)
    assert memory.recall(NUMBER) == Remembered(None, "es", known=False)


def test_a_forgotten_language_does_not_come_back_with_the_person(memory: Memory, clock: Clock) -> None:
    memory.turn(NUMBER, "SM1", Step("es", "es"))
    clock.forward(days=180)
    memory.turn(NUMBER, "SM2", Step("en"))
    assert memory.recall(NUMBER) == Remembered("en", None, known=True, replies=1)


def test_replies_of_the_last_5_minutes_are_counted_and_silence_is_none(memory: Memory, clock: Clock) -> None:
    memory.turn(OTHER, "SM0", Step("en"))
    for minute, path in enumerate(["en/1", "en/2", None, "en/3"]):
        memory.turn(NUMBER, f"SM{minute + 1}", Step(path))
        clock.forward(minutes=1)
    assert memory.recall(NUMBER).replies == 3
    clock.forward(minutes=1, seconds=-1)
    assert memory.recall(NUMBER).replies == 3
    clock.forward(seconds=1)
    assert memory.recall(NUMBER).replies == 2
    clock.forward(minutes=3)
    assert memory.recall(NUMBER).replies == 0


def test_what_is_forgotten_is_deleted_with_the_next_message(memory: Memory, clock: Clock, url: str) -> None:
    memory.turn(NUMBER, "SM1", Step("es", "es"))
    memory.claim_text(NUMBER, "CA1")
    clock.forward(days=180)
    memory.turn(OTHER, "SM2", Step("en"))
    assert rows(url) == {"people": 1, "turns": 1, "texts": 0}


def test_a_forgotten_place_is_deleted_though_its_person_is_known(memory: Memory, clock: Clock, url: str) -> None:
    memory.turn(NUMBER, "SM1", Step("es", "es"))
    clock.forward(hours=4)
    memory.turn(OTHER, "SM2", Step("en"))
    engine = open_store(url)
    with engine.begin() as connection:
        paths = set(connection.scalars(select(tables.people.c.path)))
    engine.dispose()
    assert paths == {None, "en"}


def test_deleting_is_done_once_a_minute_at_most(memory: Memory, clock: Clock, url: str) -> None:
    memory.turn(NUMBER, "SM1", Step("es"))
    clock.forward(hours=24, seconds=-59)
    memory.turn(OTHER, "SM2", Step("en"))
    clock.forward(seconds=59)
    memory.turn(OTHER, "SM3", Step("en"))
    assert rows(url)["turns"] == 3
    clock.forward(seconds=1)
    memory.turn(OTHER, "SM4", Step("en"))
    assert rows(url)["turns"] == 3


def test_a_message_is_answered_though_nothing_can_be_deleted(
    memory: Memory, clock: Clock, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    memory.turn(NUMBER, "SM1", Step("es"))
    engine = open_store(url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE texts RENAME TO elsewhere"))
    engine.dispose()
    clock.forward(minutes=1)
    with caplog.at_level(logging.WARNING):
        memory.turn(NUMBER, "SM2", Step("en"))
    assert memory.recall(NUMBER).path == "en"
    assert "texts" in caplog.text
    assert NUMBER not in caplog.text


@pytest.mark.parametrize("hours", [-8, 14])
def test_times_are_stored_as_utc_whatever_the_clock_says(memory: Memory, clock: Clock, url: str, hours: int) -> None:
    moment = clock.now
    clock.now = moment.astimezone(timezone(timedelta(hours=hours)))
    memory.turn(NUMBER, "SM1", Step("es"))
    engine = open_store(url)
    with engine.begin() as connection:
        assert str(connection.scalar(text("SELECT at FROM turns"))).startswith("2030-03-10 12:00:00")
        assert connection.scalar(select(tables.turns.c.at)) == moment
    engine.dispose()


def test_each_deletion_finds_its_rows_by_an_index(sqlite: str, remembering: Callable[[str], Memory]) -> None:
    remembering(sqlite)
    engine = open_store(sqlite)
    deletions = [
        "DELETE FROM turns WHERE at <= ''",
        "DELETE FROM texts WHERE at <= ''",
        "DELETE FROM people WHERE met <= ''",
        "UPDATE people SET path = NULL WHERE path IS NOT NULL AND wrote <= ''",
    ]
    with engine.begin() as connection:
        for deletion in deletions:
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {deletion}")).one().detail
            assert "USING" in plan, deletion
            assert "INDEX" in plan, deletion
    engine.dispose()
