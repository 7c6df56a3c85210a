"""The recordings a running line can play: found by what is said in them."""

import logging
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import requests

from service.speech.archive import JOURNAL, MANIFEST, Archive
from service.speech.disk import ArchiveError, changed
from service.speech.manifest import NAME, Made, file_name, read_manifest

LOOK: Final = 2.0  # seconds between two looks whether the folder has changed
LOOK_ELSEWHERE: Final = 600.0  # seconds between two looks at another address
PATIENCE: Final = (5, 15)  # seconds: to connect to where recordings are served from, and to be answered
logger = logging.getLogger(__name__)


class Recordings:
    """What is in a folder, or, if it has no manifest, behind `elsewhere`, the address a CDN serves them from.

    A build that goes on while the line runs is noticed within LOOK seconds.
    """

    def __init__(self, folder: Path, elsewhere: str = "") -> None:
        self.folder = folder
        self._elsewhere = elsewhere
        self._made: Mapping[tuple[str, str, bool, str], Made] = {}
        self._joined: Mapping[str, str] = {}
        self._seen: tuple[int, ...] = ()
        self._looked = -LOOK
        self._fetched: float | None = None
        self.generation = 0  # counts the changes

    def refresh(self) -> None:
        """Look whether something has changed, now and then.  What cannot be read leaves what was known."""
        if time.monotonic() - self._looked < LOOK:
            return
        self._looked = time.monotonic()
        seen = tuple(changed(self.folder / name) for name in (MANIFEST, JOURNAL))
        if not any(seen) and self._elsewhere:
            self._look_elsewhere()
            return
        if seen != self._seen:
            self._seen = seen
            self._read()

    def reload(self) -> None:
        """Read the folder now."""
        self._seen, self._looked = (), -LOOK
        self.refresh()

    def find(self, language: str, speaker: str, said: str, *, slow: bool) -> str | None:
        """The name of the recording in which `speaker` says just that."""
        made = self._made.get((language, speaker, slow, said))
        return made.file if made else None

    def joined(self, names: tuple[str, ...]) -> str | None:
        """The name of the one recording for messages in which these follow each other."""
        return self._joined.get("+".join(names))

    def said_in(self, name: str) -> Made | None:
        """What is said in a recording."""
        return next((made for made in self._made.values() if made.file == name), None)

    def content(self, name: str) -> bytes | None:
        """The bytes of a recording (some hundred kB at most); None if it is none of ours, or was altered."""
        if not NAME.fullmatch(name):
            return None
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            return None
        if file_name(content, name.partition(".")[2]) == name:
            return content
        logger.error("%s was altered and is not played: build the recordings again", name)
        return None

    def _read(self) -> None:
        archive = Archive(self.folder)
        try:
            archive.read()
        except ArchiveError as error:
            logger.error("the recordings are left as they were: %s", error)
            return
        self._made, self._joined = archive.made, archive.joined
        self.generation += 1

    def _look_elsewhere(self) -> None:
        """At the start somebody waits for the answer; later nobody may, as Twilio waits for us 15 seconds."""
        if self._fetched is None:
            self._fetched = time.monotonic()
            self._fetch()
        elif time.monotonic() - self._fetched > LOOK_ELSEWHERE:
            self._fetched = time.monotonic()
            threading.Thread(target=self._fetch, daemon=True).start()

    def _fetch(self) -> None:
        address = f"{self._elsewhere}/{MANIFEST}"
        try:
            answer = requests.get(address, timeout=PATIENCE)
            answer.raise_for_status()
            manifest = read_manifest(answer.content, address)
        except (requests.RequestException, ArchiveError) as error:
            logger.error("no recordings are played: %s", error)
            return
        self._made = {made.place: made for made in manifest.recordings}
        self._joined = manifest.joined
        self.generation += 1
