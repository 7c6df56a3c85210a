"""Threads and processes that take messages at the same moment."""

from collections.abc import Callable
from multiprocessing import get_context

from service.memory import Memory, Remembered, Turn
from tests.memory import crowd
from tests.memory.conftest import NUMBER
from tests.memory.steps import Step, onward, unexpected


def test_the_same_message_in_8_threads_is_taken_once(memory: Memory) -> None:
    steps = [Step(f"en/{which}") for which in range(8)]
    turns = crowd.in_threads(8, lambda which: memory.turn(NUMBER, "SM1", steps[which]))
    assert len(set(turns)) == 1
    assert sum(len(step.told) for step in steps) == 1
    assert memory.recall(NUMBER).replies == 1


def test_the_same_message_in_4_processes_is_taken_once(url: str, remembering: Callable[[str], Memory]) -> None:
    answers = sorted(crowd.in_processes(4, crowd.repeat, url))
    taken = answers[-1].removeprefix("1 ")
    assert answers == [f"0 {taken}"] * 3 + [f"1 {taken}"]
    assert remembering(url).turn(NUMBER, "SM1", unexpected) == Turn(taken)


def test_messages_of_one_person_in_8_threads_are_all_taken_one_after_the_other(memory: Memory) -> None:
    turns = crowd.in_threads(8, lambda which: memory.turn(NUMBER, f"SM{which}", onward))
    assert sorted(turn.path or "" for turn in turns) == [f"en/{step}" for step in range(1, 9)]
    assert memory.recall(NUMBER) == Remembered("en/8", known=True, replies=8)


def test_messages_of_one_person_in_4_processes_are_all_taken_one_after_the_other(
    url: str, remembering: Callable[[str], Memory]
) -> None:
    assert crowd.in_processes(4, crowd.march, url) == ["done"] * 4
    assert remembering(url).recall(NUMBER) == Remembered("en/40", known=True, replies=40)


def test_messages_of_16_people_at_once_are_all_taken(memory: Memory) -> None:
    crowd.in_threads(16, lambda which: memory.turn(f"+1500555{which:04}", f"SM{which}", Step(f"en/{which}")))
    assert [memory.recall(f"+1500555{which:04}").path for which in range(16)] == [f"en/{which}" for which in range(16)]


def test_a_text_is_claimed_once_in_8_threads(memory: Memory) -> None:
    claims = crowd.in_threads(8, lambda _: memory.claim_text(NUMBER, "CA1"))
    assert sorted(claims) == [False] * 7 + [True]


def test_5_texts_are_claimed_by_4_processes(url: str) -> None:
    claims = " ".join(crowd.in_processes(4, crowd.claim, url)).split()
    assert sorted(claims) == ["False"] * 7 + ["True"] * 5


def test_a_process_that_dies_in_a_step_leaves_nothing_behind_and_keeps_nobody_waiting(memory: Memory, url: str) -> None:
    context = get_context("spawn")
    process = context.Process(target=crowd.end_in_a_step, args=(url,))
    process.start()
    process.join(crowd.PATIENCE)
    assert process.exitcode == crowd.DEAD
    assert memory.turn(NUMBER, "SM1", Step("en")) == Turn("en")


def test_threads_take_turns_with_a_store_in_memory(remembering: Callable[[str], Memory]) -> None:
    memory = remembering("sqlite://")
    crowd.in_threads(8, lambda which: memory.turn(NUMBER, f"SM{which}", onward))
    assert memory.recall(NUMBER) == Remembered("en/8", known=True, replies=8)
