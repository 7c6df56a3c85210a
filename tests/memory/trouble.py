"""What can be asked of a memory in trouble, and one kind of trouble: somebody whose turn does not end."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from service.memory import Memory, Remembered, Turn, open_memory, stores
from tests.memory.conftest import NUMBER, SECRET, Clock
from tests.memory.steps import Step

ACTS: dict[str, Callable[[Memory], object]] = {
    "turn": lambda memory: memory.turn(NUMBER, "SM1", Step("es")),
    "recall": lambda memory: memory.recall(NUMBER),
    "remember_language": lambda memory: memory.remember_language(NUMBER, "es"),
    "claim_text": lambda memory: memory.claim_text(NUMBER, "CA1"),
    "ready": lambda memory: memory.ready(),
}
# The same for many people, until the store is full.
FILLING: dict[str, Callable[[Memory, str], object]] = {
    "turn": lambda memory, which: memory.turn(f"+1500555{which}", f"SM{which}", Step("es")),
    "remember_language": lambda memory, which: memory.remember_language(f"+1500555{which}", "es"),
    "claim_text": lambda memory, which: memory.claim_text(f"+1500555{which}", f"CA{which}"),
}
WRITING = [name for name in ACTS if name != "recall"]


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Somebody else is in the middle of a turn of the same person, and does not come to an end."""
    taken, done = threading.Event(), threading.Event()
    other = open_memory(url, SECRET, Clock())

    def linger(_: Remembered) -> Turn:
        taken.set()
        done.wait(20)
        raise KeyError

    def turn() -> None:
        with pytest.raises(KeyError):
            other.turn(NUMBER, "SM-other", linger)

    thread = threading.Thread(target=turn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stores, "PATIENCE", 20.0)  # PostgreSQL's, with whoever lingers
        thread.start()
        assert taken.wait(20)
    try:
        yield
    finally:
        done.set()
        thread.join()
        other.close()
