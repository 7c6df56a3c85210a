"""Making recordings ahead, before anybody calls.

What is there and still right is not made again; what cannot be made is named with the reason, and left to the next
carrier.  A build that is interrupted loses nothing: the next one goes on.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import numpy as np

from service.speech.archive import Archive
from service.speech.disk import replace
from service.speech.manifest import Made, Refusal
from service.speech.sound import (
    FORMATS,
    MESSAGE_BYTES,
    VERSION,
    Sound,
    SoundError,
    decoded,
    encoded,
    evened,
    faults,
    for_messages,
)
from service.speech.speakers import NotSpoken, Speaker

LARGEST_MESSAGE: Final = 500 * 1024  # bytes: the smallest limit of the networks for what comes with a message
AHEAD: Final = 4  # recordings begun for each job, so that none waits


@dataclass(frozen=True, slots=True)
class Order:
    """One recording that could be made: these words, by this speaker, in this voice."""

    language: str
    id: str  # of the utterance: for people to read
    speaker: str
    said: str  # what the speaker is given
    voice: str
    slow: bool

    @property
    def place(self) -> tuple[str, str, bool, str]:
        """What its recording is found by."""
        return self.language, self.speaker, self.slow, self.said

    def sounds(self, version: str) -> str:
        """Hash of all that decides what the speaker gives."""
        facts = [self.language, self.speaker, version, self.voice, self.said, self.slow]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()[:32]

    def key(self, version: str, form: str) -> str:
        """Hash of all that decides the file."""
        return hashlib.sha256(f"{self.sounds(version)} {form} {VERSION}".encode()).hexdigest()[:32]


Wanted = tuple[Order, ...]  # for one utterance at one speed: whom to ask, the best first


@dataclass(slots=True)
class Result:
    """What came of a build."""

    made: list[Made] = field(default_factory=list)
    kept: int = 0
    joined: int = 0  # recordings for messages
    refused: list[Refusal] = field(default_factory=list)
    given_up: dict[str, str] = field(default_factory=dict)  # speakers that were of no use any more, and why


@dataclass(slots=True)
class Builder:
    """Makes recordings with these speakers into this archive; `told` is called after each."""

    archive: Archive
    speakers: Mapping[str, Speaker]
    form: str
    jobs: int = 1
    told: Callable[[], None] = lambda: None
    result: Result = field(default_factory=Result)

    def missing(self, wanted: Iterable[Wanted]) -> list[Wanted]:
        """What is not there as its first speaker would make it now."""
        return [orders for orders in wanted if orders and not self.is_made(orders[0])]

    def is_made(self, order: Order) -> bool:
        """Whether there is a recording of exactly this order."""
        made = self.archive.made.get(order.place)
        return made is not None and made.key == order.key(self.speakers[order.speaker].version, self.form)

    def build(self, wanted: Sequence[Wanted]) -> Result:
        """Make what is missing, in order.  Raises ArchiveError if the folder cannot be written."""
        missing = self.missing(wanted)
        self.result.kept = len(wanted) - len(missing)
        todo = iter({orders[0].place: orders for orders in missing}.values())  # the same words are made once
        with ThreadPoolExecutor(self.jobs) as pool:
            running: set[Future[Made | None]] = set()
            try:
                while True:
                    running |= {pool.submit(self._make, one) for one in islice(todo, AHEAD * self.jobs - len(running))}
                    if not running:
                        break
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        self._note(future.result())
            finally:
                for future in running:
                    future.cancel()
        return self.result

    def join(self, readings: Iterable[tuple[str, ...]]) -> None:
        """For messages: make one recording of each row of file names, if it is small enough."""
        wanted = {"+".join(names): names for names in readings}
        missing = [(key, names) for key, names in wanted.items() if key not in self.archive.joined]
        with ThreadPoolExecutor(self.jobs) as pool:
            for (key, _), content in zip(missing, pool.map(self._joined, [names for _, names in missing]), strict=True):
                if content:
                    self.archive.join(key, self.archive.keep(content, "mp3"))
                    self.result.joined += 1
                self.told()

    def _note(self, made: Made | None) -> None:
        if made:
            self.archive.add(made)
            self.result.made.append(made)
        self.told()

    def _make(self, orders: Wanted) -> Made | None:
        for order in orders:
            if self.is_made(order):
                self.result.kept += 1
                return None
            if order.speaker in self.result.given_up:
                continue
            try:
                content = self._recorded(order)
            except NotSpoken as error:
                if error.for_now:
                    self.result.given_up.setdefault(order.speaker, str(error))
                self._refuse(order, str(error))
                continue
            suffix = FORMATS[self.form][0]
            name = self.archive.keep(content, suffix)
            key = order.key(self.speakers[order.speaker].version, self.form)
            return Made(*order.place, key, name, len(content), round(decoded(content).seconds, 2))
        return None

    def _recorded(self, order: Order) -> bytes:
        try:
            sound = evened(self._spoken(order))
            content = encoded(sound, self.form)
            wrong = ", ".join(faults(order.said, content, slow=order.slow))
        except SoundError as error:
            raise NotSpoken(str(error)) from error
        if wrong:
            raise NotSpoken(wrong)
        return content

    def _spoken(self, order: Order) -> Sound:
        speaker = self.speakers[order.speaker]
        if not speaker.online:
            return speaker.speak(order.said, order.voice, slow=order.slow)
        master = self.archive.master(order.sounds(speaker.version))
        if master.exists():
            return decoded(master.read_bytes())
        sound = speaker.speak(order.said, order.voice, slow=order.slow)
        evened(sound)  # what cannot be used is not kept
        replace(master, encoded(sound, "flac"), lasting=False)
        return sound

    def _refuse(self, order: Order, why: str) -> None:
        self.result.refused.append(Refusal(order.language, order.id, order.speaker, order.slow, why))

    def _joined(self, names: tuple[str, ...]) -> bytes:
        sounds = [decoded((self.archive.folder / name).read_bytes()) for name in names]
        if sum(sound.seconds for sound in sounds) * MESSAGE_BYTES > LARGEST_MESSAGE:
            return b""
        return for_messages(Sound(np.concatenate([sound.samples for sound in sounds]), sounds[0].rate))


def prune(archive: Archive, wanted: Sequence[Wanted], versions: Mapping[str, str]) -> tuple[str, ...]:
    """Forget what nobody says any more, and remove its files; gives back their names.

    What is said stays, whoever spoke it and however long ago: it is played until something better is made.  The
    manifest is written before a file goes: calls in progress may still play one.
    """
    places = {order.place for orders in wanted for order in orders}
    archive.made = {place: made for place, made in archive.made.items() if place in places}
    files = {made.file for made in archive.made.values()}
    archive.joined = {key: name for key, name in archive.joined.items() if set(key.split("+")) <= files}
    archive.write()
    masters = {order.sounds(versions[order.speaker]) for orders in wanted for order in orders}
    return archive.remove(archive.files() - files - {*archive.joined.values()}, masters)
