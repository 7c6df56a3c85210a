"""Each message is taken once."""

from collections.abc import Callable

import pytest

from service.memory import Memory, Remembered, Turn, open_memory
from tests.memory.conftest import NUMBER, Clock
from tests.memory.steps import Step, unexpected


def test_somebody_new_is_nobody_yet(memory: Memory) -> None:
    assert memory.recall(NUMBER) == Remembered()


def test_the_next_message_goes_on_where_the_last_one_got_to(memory: Memory) -> None:
    first, second = Step("es", "es"), Step("es/symptoms/1")
    assert memory.turn(NUMBER, "SM1", first) == Turn("es", "es")
    assert memory.turn(NUMBER, "SM2", second) == Turn("es/symptoms/1")
    assert first.told == [Remembered()]
    assert second.told == [Remembered("es", "es", known=True, replies=1)]
    assert memory.recall(NUMBER) == Remembered("es/symptoms/1", "es", known=True, replies=2)


def test_people_are_told_apart(memory: Memory) -> None:
    memory.turn(NUMBER, "SM1", Step("es", "es"))
    assert memory.recall("+15005550001") == Remembered()


def test_a_repeat_gets_the_same_turn_and_moves_nothing(memory: Memory) -> None:
    memory.turn(NUMBER, "SM1", Step("es", "es"))
    memory.turn(NUMBER, "SM2", Step("es/tests"))
    assert memory.turn(NUMBER, "SM1", unexpected) == Turn("es", "es")
    assert memory.recall(NUMBER) == Remembered("es/tests", "es", known=True, replies=2)


def test_a_repeat_of_silence_is_silence(memory: Memory) -> None:
    assert memory.turn(NUMBER, "SM1", Step(None)) == Turn(None)
    assert memory.turn(NUMBER, "SM1", unexpected) == Turn(None)


def test_a_repeat_is_known_for_24_hours(memory: Memory, clock: Clock) -> None:
    memory.turn(NUMBER, "SM1", Step("es"))
    clock.forward(hours=24, seconds=-1)
    assert memory.turn(NUMBER, "SM1", unexpected) == Turn("es")
    clock.forward(seconds=1)
    assert memory.turn(NUMBER, "SM1", Step("en")) == Turn("en")
    assert memory.turn(NUMBER, "SM1", unexpected) == Turn("en")


def test_silence_moves_nobody_and_makes_nobody_known(memory: Memory) -> None:
    memory.turn("+15005550001", "SM1", Step(None))
    assert memory.recall("+15005550001") == Remembered()
    memory.turn(NUMBER, "SM2", Step("es"))
    memory.turn(NUMBER, "SM3", Step(None))
    assert memory.recall(NUMBER) == Remembered("es", known=True, replies=1)


def test_a_language_stays_until_another_is_chosen(memory: Memory) -> None:
    memory.turn(NUMBER, "SM1", Step("es", "es"))
    memory.turn(NUMBER, "SM2", Step("es/tests"))
    assert memory.recall(NUMBER).language == "es"
    memory.turn(NUMBER, "SM3", Step(None, "pt-BR"))
    assert memory.recall(NUMBER) == Remembered("es/tests", "pt-BR", known=True, replies=2)


def test_an_empty_path_is_a_place_too(memory: Memory) -> None:
    memory.turn(NUMBER, "SM1", Step("es"))
    assert memory.turn(NUMBER, "SM2", Step("")) == Turn("")
    assert memory.recall(NUMBER) == Remembered("", known=True, replies=2)


def test_what_a_step_raises_goes_out_unchanged_and_nothing_is_stored(memory: Memory) -> None:
    mistake = KeyError("our own")

    def stumble(_: Remembered) -> Turn:
        raise mistake

    memory.turn(NUMBER, "SM1", Step("es"))
    with pytest.raises(KeyError) as raised:
        memory.turn(NUMBER, "SM2", stumble)
    assert raised.value is mistake
    assert memory.recall(NUMBER) == Remembered("es", known=True, replies=1)
    # Twilio's second attempt is then the first that counts.
    assert memory.turn(NUMBER, "SM2", Step("en")) == Turn("en")


def test_a_store_outlives_the_memory(memory: Memory, url: str, remembering: Callable[[str], Memory]) -> None:
    memory.turn(NUMBER, "SM1", Step("es", "es"))
    memory.close()
    again = remembering(url)
    assert again.recall(NUMBER) == Remembered("es", "es", known=True, replies=1)
    assert again.turn(NUMBER, "SM1", unexpected) == Turn("es", "es")


def test_another_secret_knows_nobody(memory: Memory, url: str, clock: Clock) -> None:
    memory.turn(NUMBER, "SM1", Step("es"))
    other = open_memory(url, "another secret", clock)
    try:
        assert other.recall(NUMBER) == Remembered()
    finally:
        other.close()
