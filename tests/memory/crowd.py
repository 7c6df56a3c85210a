"""Several threads, or several processes, at the store in the same moment."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import TypeVar

from service.memory import Memory, Remembered, Turn, open_memory
from tests.memory.conftest import NUMBER, SECRET
from tests.memory.steps import onward

T = TypeVar("T")

PATIENCE = 60  # seconds; only a test that fails waits for so long
DEAD = 9  # an exit code


def in_threads(count: int, act: Callable[[int], T]) -> list[T]:
    """What each of so many threads gets, all beginning at once."""
    start = threading.Barrier(count)

    def begin(which: int) -> T:
        start.wait(PATIENCE)
        return act(which)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def in_processes(count: int, act: Callable[[Memory, int], str], url: str) -> list[str]:
    """What each of so many processes gets, all opening the store at once; in no order."""
    context = get_context("spawn")
    start, answers = context.Barrier(count), context.Queue()
    processes = [context.Process(target=_member, args=(url, start, answers, act, which)) for which in range(count)]
    for process in processes:
        process.start()
    try:
        return [answers.get(timeout=PATIENCE) for _ in processes]
    finally:
        for process in processes:
            process.join(PATIENCE)


def _member(url: str, start: Barrier, answers: "Queue[str]", act: Callable[[Memory, int], str], which: int) -> None:
    start.wait(PATIENCE)
    try:
        memory = open_memory(url, SECRET, _noon)
        answers.put(act(memory, which))
        memory.close()
    except Exception as error:
        answers.put(repr(error))


def _noon() -> datetime:
    return datetime(2030, 3, 10, 12, 0, tzinfo=UTC)


def repeat(memory: Memory, which: int) -> str:
    """The same message in every process; each would answer it differently."""
    steps = 0

    def step(_: Remembered) -> Turn:
        nonlocal steps
        steps += 1
        return Turn(f"en/{which}")

    turn = memory.turn(NUMBER, "SM1", step)
    return f"{steps} {turn.path}"


def march(memory: Memory, which: int) -> str:
    """Ten messages of one person from every process."""
    for message in range(10):
        memory.turn(NUMBER, f"SM{which}-{message}", onward)
    return "done"


def claim(memory: Memory, which: int) -> str:
    """Three calls of one number in every process."""
    return " ".join(str(memory.claim_text(NUMBER, f"CA{which}-{call}")) for call in range(3))


def end_in_a_step(url: str) -> None:
    """Be gone in the middle of a step, as when the machine kills a process."""
    open_memory(url, SECRET, _noon).turn(NUMBER, "SM1", lambda _: os._exit(DEAD))
