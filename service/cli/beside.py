"""Recordings that are made beside a running line while somebody develops or translates.

First by the speakers that need no network, so that every language can be heard soon; then as the settings have it.
When a file changes, what changed is recorded first.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from service.files.changes import languages_changed, stamp

LOOK: Final = 1.0  # seconds between two looks at the files
SECONDS_TO_STOP: Final = 10.0


@dataclass(frozen=True, slots=True)
class Build:
    """One `oms-line speech build`: by which speakers, and of which language (of all without one)."""

    speakers: str
    language: str = ""

    def started(self) -> subprocess.Popen[bytes]:
        """Start it, in a process of its own."""
        chosen = ["--language", self.language] if self.language else []
        command = [sys.executable, "-m", "service", "speech", "build", *chosen]
        return subprocess.Popen(command, env={**os.environ, "SPEECH": self.speakers})  # noqa: S603 - our own program


class Beside:
    """Builds one after the other, until it is stopped."""

    def __init__(self, root: Path, offline: str, speakers: str) -> None:
        self._root = root
        self._offline = offline
        self._speakers = speakers
        self._seen = stamp(root)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, with the build that is at work: nothing is lost, the next one goes on."""
        self._stopped.set()
        self._thread.join()

    def _all(self) -> list[Build]:
        return [Build(speakers) for speakers in dict.fromkeys((self._offline, self._speakers)) if speakers]

    def _work(self) -> None:
        waiting = self._all()
        while not self._stopped.wait(LOOK):
            if changed := self._changed():
                self._end()
                # What concerns all languages is in the builds of all of them.  One that is not offered fails alone.
                alone = changed if "" not in changed and self._offline else ()
                waiting = [*(Build(self._offline, tag) for tag in sorted(alone)), *self._all()]
            if self._running is None or self._running.poll() is not None:
                self._running = waiting.pop(0).started() if waiting else None
        self._end()

    def _changed(self) -> frozenset[str]:
        now = stamp(self._root)
        changed = languages_changed(self._seen, now)
        self._seen = now
        return changed

    def _end(self) -> None:
        if self._running is not None and self._running.poll() is None:
            self._running.terminate()
            try:
                self._running.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                self._running.kill()
                self._running.wait()


@contextmanager
def recording(root: Path, offline: str, speakers: str) -> Iterator[None]:
    """While something else goes on."""
    beside = Beside(root, offline, speakers)
    beside.start()
    try:
        yield
    finally:
        beside.stop()
