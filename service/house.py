"""What a line is made of before the first request: content and languages, and what speaks them.

While somebody translates, all of it is read anew as soon as a file has changed, so that a corrected sentence is read
and heard at once.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from service.core.errors import LineError
from service.files.changes import Stamp, stamp
from service.files.library import Choice, Shelf, read_library
from service.files.problems import Problem, Problems
from service.settings import Settings
from service.speech.carriers import SAY, Carriers, Spoken, TwilioVoice, VoiceError, order_of
from service.speech.recordings import Recordings
from service.speech.speakers import named

ROOT: Final = Path(__file__).resolve().parent.parent
LOOK: Final = 0.5  # seconds between two looks at the files
logger = logging.getLogger("service")


@dataclass(frozen=True, slots=True)
class House:
    """What was read at start, and what speaks it."""

    shelf: Shelf
    carriers: Carriers


def utc_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


def open_house(
    settings: Settings,
    root: Path = ROOT,
    clock: Callable[[], datetime] = utc_now,
    *,
    words: bool = True,
    preview: str = "",
    before: Shelf | None = None,
) -> House:
    """Read content and languages.  Raises Problems with all that is wrong in them.

    Without `words` nothing that people write is understood: for those who only make recordings.  `preview` is a
    language to show before it is complete.  What has not changed is taken from `before`.
    """
    choice = Choice(settings.languages, settings.drafts, settings.operator, clock().date(), preview, words)
    shelf = read_library(root, choice, before)
    languages, wrong = {}, []
    for tag, entry in shelf.languages.entries.items():
        phone = entry.phone
        try:
            voice = TwilioVoice(phone.voice or "", phone.say or "", phone.gather or "")
        except VoiceError as error:
            wrong.append(Problem("locales/languages.toml", 0, f"{tag}: {error}"))
            continue
        order = order_of(settings.speech, phone.weak)
        languages[tag] = Spoken(voice, shelf.lexicons[tag], order, phone.speakers)
    known = {*named(), SAY}
    wrong += [
        Problem("SPEECH", 0, f"{name} is no speaker that is installed; installed are {', '.join(sorted(known))}")
        for name in settings.speech
        if name not in known
    ]
    wrong += [
        Problem("NUMBERS", 0, f"{number}: neither {tag} nor a language near to it is in locales/languages.toml")
        for number, tag in settings.numbers.items()
        if shelf.languages.nearest(tag) is None
    ]
    if wrong:
        raise Problems(wrong)
    recordings = Recordings(root / settings.audio_folder, settings.audio_url)
    carriers = Carriers(languages, recordings, settings.audio_url or f"{settings.public_url}/audio")
    library = replace(shelf.library, by_phone=carriers.heard_whole(shelf.library))
    return House(replace(shelf, library=library), carriers)


@dataclass(frozen=True, slots=True)
class Kept:
    """A house that stays as it is."""

    house: House

    def __call__(self) -> House:
        """It."""
        return self.house


class Watched:
    """A house that is read anew when its files have changed.

    What is wrong in them is logged, and the line goes on with what it had: a half-saved file takes nothing down.
    """

    def __init__(self, house: House, settings: Settings, root: Path, clock: Callable[[], datetime]) -> None:
        self._house = house
        self._settings = settings
        self._root = root
        self._clock = clock
        self._stamp: Stamp = stamp(root)
        self._looked = time.monotonic()
        self._lock = Lock()

    def __call__(self) -> House:
        """The house as its files are now."""
        with self._lock:
            if time.monotonic() - self._looked >= LOOK:
                self._look()
                self._looked = time.monotonic()
            return self._house

    def _look(self) -> None:
        now = stamp(self._root)
        if now == self._stamp:
            return
        self._stamp = now
        try:
            house = open_house(self._settings, self._root, self._clock, before=self._house.shelf)
        except LineError as error:
            logger.error("not taken over: %s", error)
            return
        told = house.shelf.broken
        for problem in told:
            logger.error("left out: %s", problem)
        lost = {*self._house.shelf.library.languages} - {*house.shelf.library.languages}
        if any(problem.file.startswith(f"locales/{tag}/") for problem in told for tag in lost):
            return  # a language that cannot be read for a moment stays as it was
        logger.info("content and languages were read anew")
        self._house = house
