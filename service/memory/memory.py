"""The memory of the line: each message is taken once, and one person's messages one after the other."""

import hashlib
import hmac
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from service.memory.failures import MemoryFailed, failures_of
from service.memory.people import meet, remember
from service.memory.purge import PURGED_EVERY, PURGING, purge
from service.memory.remembered import PERSON_KEPT, TEXTS_A_DAY, TURN_KEPT, Remembered, Turn
from service.memory.stores import READING, confirm, hold, open_store
from service.memory.tables import HASH, people, texts, turns

# A caller's every key press asks what is remembered; one note a day keeps the 180 days right.
CALLS_NOTED_EVERY = timedelta(days=1)
# How often a store that could not be opened is tried again.
OPENED_EVERY = timedelta(seconds=10)
STILL_CLOSED = "the store could not be opened; it will be tried again within seconds"

logger = logging.getLogger(__name__)


def _same(engine: Engine) -> Engine:
    return engine


def _utc() -> datetime:
    return datetime.now(UTC)


class Memory:
    """Where texters had got to, and how often we answered, in a store that open_memory has opened."""

    def __init__(self, store: Engine | Callable[[], Engine], secret: str, clock: Callable[[], datetime]) -> None:
        """Take an engine from open_store, or what opens one when it is needed; `clock` tells the time with its zone."""
        self._opened: Engine | None = None
        self._open: Callable[[], Engine] = partial(_same, store) if isinstance(store, Engine) else store
        self._opening = threading.Lock()
        self._closed_until: datetime | None = None
        self._secret = secret.encode()
        self._clock = clock
        self._purging = threading.Lock()
        self._purged: datetime | None = None

    @property
    def _engine(self) -> Engine:
        with self._opening:
            if self._opened is None:
                now = self._clock()
                if self._closed_until is not None and now < self._closed_until:
                    # People wait for an answer: not each of them also waits for a store that is down.
                    raise MemoryFailed(STILL_CLOSED)
                self._closed_until = now + OPENED_EVERY
                self._opened = self._open()
            return self._opened

    def pseudonym(self, number: str) -> str:
        """Give the only name we have for a person; without the secret nobody can try which number it stands for."""
        return hmac.new(self._secret, number.encode(), hashlib.sha256).hexdigest()[:HASH]

    def turn(self, number: str, message_sid: str, step: Callable[[Remembered], Turn]) -> Turn:
        """Take a message, once: a repeat of it, even at the same moment elsewhere, gets the same Turn without a step.

        `step` runs while the person's other messages wait, so it is pure and fast.  What it raises goes out as it is,
        and then nothing is stored.  Raises MemoryFailed.
        """
        person, message = self.pseudonym(number), self.pseudonym(message_sid)
        with self._writing(person) as connection:
            now = self._clock()  # only here, after waiting: times are then in the order of turns
            same = turns.c.message == message
            done = connection.execute(select(turns).where(same)).one_or_none()
            if done is not None and done.at > now - TURN_KEPT:
                return Turn(done.path, done.language)
            before = remember(connection, person, now)
            turn = step(before)
            connection.execute(delete(turns).where(same))
            connection.execute(
                insert(turns).values(message=message, person=person, path=turn.path, language=turn.language, at=now),
            )
            if turn.path is None:
                meet(connection, person, now, wrote=now, path=before.path)
            else:
                meet(connection, person, now, wrote=now, path=turn.path, answered=now)
            if turn.language is not None:
                meet(connection, person, now, language=turn.language)
            return turn

    def recall(self, number: str) -> Remembered:
        """Tell what is remembered of somebody who calls.

        To call is contact: it makes nobody known, but keeps those who are.  Raises MemoryFailed.
        """
        person = self.pseudonym(number)
        now = self._clock()
        noted = people.c.met > now - CALLS_NOTED_EVERY
        alive = people.c.met > now - PERSON_KEPT
        with failures_of(self._engine.url), self._engine.execution_options(**{READING: True}).begin() as connection:
            remembered = remember(connection, person, now)
            due = connection.scalar(select(people.c.person).where(people.c.person == person, alive, ~noted))
        if due is not None:
            with self._unimportant(), self._engine.begin() as connection:
                connection.execute(update(people).where(people.c.person == person, alive).values(met=now))
        return remembered

    def remember_language(self, number: str, language: str) -> None:
        """Keep the language chosen during a call.  Raises MemoryFailed."""
        person = self.pseudonym(number)
        with self._writing(person) as connection:
            now = self._clock()
            meet(connection, person, now, language=language, answered=now)

    def claim_text(self, number: str, call_sid: str) -> bool:
        """Whether this call may be answered by one text now, and count it: once a call, 5 a day (UTC) for a number.

        Raises MemoryFailed.
        """
        person, call = self.pseudonym(number), self.pseudonym(call_sid)
        with self._writing(person) as connection:
            now = self._clock()
            if connection.scalar(select(texts.c.call).where(texts.c.call == call)) is not None:
                return False
            today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            sent = select(func.count()).select_from(texts).where(texts.c.person == person, texts.c.at >= today)
            if (connection.scalar(sent) or 0) >= TEXTS_A_DAY:
                return False
            connection.execute(insert(texts).values(call=call, person=person, at=now))
            meet(connection, person, now, answered=now)
            return True

    def texted(self, call_sid: str) -> bool:
        """Whether a text was claimed for this call.  Raises MemoryFailed."""
        of_call = select(texts.c.call).where(texts.c.call == self.pseudonym(call_sid))
        with failures_of(self._engine.url), self._engine.execution_options(**{READING: True}).begin() as connection:
            return connection.scalar(of_call) is not None

    def ready(self) -> None:
        """Write to the store without changing it; raises MemoryFailed if it is out of reach, read-only or not ours."""
        with failures_of(self._engine.url), self._engine.begin() as connection:
            confirm(connection)

    def close(self) -> None:
        """Let go of the store."""
        if self._opened is not None:
            self._opened.dispose()

    @contextmanager
    def _writing(self, person: str) -> Iterator[Connection]:
        with failures_of(self._engine.url), self._engine.begin() as connection:
            hold(connection, int(person[:16], 16) - 2**63)
            yield connection
        self._purge()

    @contextmanager
    def _unimportant(self) -> Iterator[None]:
        # Whoever wrote or called gets an answer all the same.
        try:
            with failures_of(self._engine.url):
                yield
        except MemoryFailed as failure:
            logger.warning("%s", failure)

    def _purge(self) -> None:
        now = self._clock()
        with self._purging:
            if self._purged is not None and now - self._purged < PURGED_EVERY:
                return
            self._purged = now
        # In a transaction of its own, holding no person: else two of them could wait for each other.
        with self._unimportant(), self._engine.begin() as connection:
            hold(connection, PURGING)
            purge(connection, now)


def open_memory(url: str, secret: str, clock: Callable[[], datetime] = _utc, *, at_once: bool = True) -> Memory:
    """Open the store at `url`, making its folder and tables where they are missing; raises MemoryFailed.

    Not `at_once`, a store that cannot be opened is logged and tried again when somebody writes: they are answered
    without it.
    """
    memory = Memory(partial(open_store, url), secret, clock)
    try:
        memory.ready()
    except MemoryFailed as failure:
        if at_once:
            raise
        logger.error("%s", failure)
    return memory
