"""What calls leave behind: a language, and a count of the texts that answered them."""

from datetime import UTC, datetime

import pytest

from service.memory import Memory, Remembered
from tests.memory.conftest import NUMBER, Clock
from tests.memory.steps import Step


def test_a_language_chosen_by_phone_is_remembered_by_text(memory: Memory) -> None:
    memory.remember_language(NUMBER, "es")
    step = Step("es")
    memory.turn(NUMBER, "SM1", step)
    assert step.told == [Remembered(None, "es", known=True)]


def test_a_language_chosen_by_phone_moves_no_texter(memory: Memory) -> None:
    memory.turn(NUMBER, "SM1", Step("es/tests", "es"))
    memory.remember_language(NUMBER, "en")
    assert memory.recall(NUMBER) == Remembered("es/tests", "en", known=True, replies=1)


def test_a_call_is_answered_by_one_text(memory: Memory) -> None:
    assert memory.claim_text(NUMBER, "CA1")
    assert not memory.claim_text(NUMBER, "CA1")
    assert memory.claim_text(NUMBER, "CA2")


def test_whoever_was_sent_a_text_is_known(memory: Memory) -> None:
    memory.claim_text(NUMBER, "CA1")
    assert memory.recall(NUMBER) == Remembered(known=True)


def test_a_number_is_sent_5_texts_a_day(memory: Memory) -> None:
    assert [memory.claim_text(NUMBER, f"CA{call}") for call in range(7)] == [True] * 5 + [False] * 2
    assert memory.claim_text("+15005550001", "CA10")


def test_the_day_begins_at_midnight_utc(memory: Memory, clock: Clock) -> None:
    clock.now = datetime(2030, 3, 10, 0, 0, tzinfo=UTC)
    assert all(memory.claim_text(NUMBER, f"CA{call}") for call in range(5))
    clock.now = datetime(2030, 3, 10, 23, 59, 59, 999999, tzinfo=UTC)
    assert not memory.claim_text(NUMBER, "CA5")
    clock.now = datetime(2030, 3, 11, 0, 0, tzinfo=UTC)
    # The text refused before midnight was not counted, and may be asked for again.
    assert [memory.claim_text(NUMBER, f"CA{call}") for call in range(5, 11)] == [True] * 5 + [False]


def test_a_call_is_answered_by_one_text_also_past_midnight(memory: Memory, clock: Clock) -> None:
    clock.now = datetime(2030, 3, 10, 23, 59, tzinfo=UTC)
    assert memory.claim_text(NUMBER, "CA1")
    clock.forward(minutes=2)
    assert not memory.claim_text(NUMBER, "CA1")
    clock.forward(hours=24)
    assert not memory.claim_text(NUMBER, "CA1")


def test_a_stranger_who_asks_what_is_remembered_is_not_stored(memory: Memory, clock: Clock) -> None:
    memory.recall(NUMBER)
    clock.forward(days=2)
    assert memory.recall(NUMBER) == Remembered()


def test_a_call_that_was_texted_is_known(memory: Memory) -> None:
    assert not memory.texted("CA1")
    memory.claim_text(NUMBER, "CA1")
    assert memory.texted("CA1")
    assert not memory.texted("CA2")


def test_a_memory_that_was_never_used_can_be_closed() -> None:
    Memory(lambda: pytest.fail("opened"), "secret", Clock()).close()
