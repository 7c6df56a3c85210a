"""What both channels work with, and the few things they both do."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter

from service.channels.guard import Guard
from service.channels.outbox import Outbox
from service.channels.senders import Sender
from service.core.content import Library, Person
from service.core.matching import Phrasebook
from service.core.places import AnyPlace, path_to
from service.memory import Memory
from service.speech.carriers import Carriers

logger = logging.getLogger("service.line")


@dataclass(frozen=True, slots=True)
class Known:
    """What the line knows at the moment: a corrected translation or a new day makes another one."""

    library: Library
    phrasebook: Phrasebook
    carriers: Carriers


@dataclass(frozen=True, slots=True)
class Desk:
    """The collaborators of the channels."""

    known: Callable[[], Known]
    memory: Memory
    guard: Guard
    public_url: str
    numbers: Mapping[str, str]  # language by called number
    outbox: Outbox | None  # None: no texts can be sent after a call


class Noted:
    """One line of log for each request: who (a pseudonym), where they got to, what came of it, how long it took.

    Never a number, never what somebody wrote.
    """

    def __init__(self, desk: Desk, sender: Sender) -> None:
        self._who = desk.memory.pseudonym(sender.number)[:12] if sender.number else "nobody"
        self._sender = sender
        self._begun = perf_counter()

    def note(self, place: AnyPlace | None, outcome: str) -> None:
        """Write it."""
        where = path_to(place) if place else "-"
        spent = (perf_counter() - self._begun) * 1000
        logger.info("%s %s %s %s %.0f ms", self._sender.channel, self._who, where, outcome, spent)


def likeliest(library: Library, person: Person) -> str:
    """The language to use when nothing else is known."""
    return library.offered(person)[0]


def told(error: Exception) -> str:
    """What went wrong and where, without the error's own words: those may be somebody's."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"
