"""The embedded speaker: espeak-ng, offline, as programs of its own behind pipes.

A formant voice: understood in most languages that are written as they sound, never mistaken for a person.
"""

import json
import os
import queue
import select
import struct
import subprocess
import sys
import threading
import time
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np

from service.speech.sound import Sound
from service.speech.speakers import NotSpoken

NORMAL, SLOW = 165, 120  # words a minute
PATIENCE: Final = 60.0  # seconds for one text; some 4,000 characters take one
WORKERS: Final = 2 * (os.cpu_count() or 1)  # at most; each is started when it is first needed
PROGRAM: Final = Path(__file__).with_name("espeak_worker.py")
PACKAGE: Final = "espeakng-loader"
LANGUAGES: Final = Path("espeak-ng-data") / "lang"  # in the package
_HEAD: Final = struct.Struct("<?II")


def _version() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return ""


class EmbeddedSpeaker:
    """Voices are espeak-ng's identifiers, as `roa/fr`."""

    version: Final = f"{_version()} {NORMAL}/{SLOW}"
    online: Final = False

    def __init__(self, program: Path = PROGRAM, patience: float = PATIENCE) -> None:
        self._program, self._patience = program, patience
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all: list[_Worker] = []
        self._room = threading.Semaphore(WORKERS)

    def missing(self) -> str:
        """espeak-ng comes in a package that is not everywhere: no wheel for musl, and it forks."""
        if not _version():
            return "espeakng-loader is not installed: pip install espeakng-loader"
        return "" if hasattr(os, "fork") else "it needs Linux or macOS"

    def voices(self) -> dict[str, str]:
        """What espeak-ng's own folder of languages holds; none where it is not installed."""
        spec = find_spec("espeakng_loader")  # not imported: it is GPL, and only the worker loads it
        folders = [Path(folder) / LANGUAGES for folder in (spec and spec.submodule_search_locations) or ()]
        found = (path.relative_to(folder) for folder in folders for path in folder.rglob("*") if path.is_file())
        return {path.name: path.as_posix() for path in sorted(found)}

    def fault(self, voice: str) -> str:
        """Whether espeak-ng has the voice shows when it speaks; here only what can never be one."""
        return "" if voice.replace("/", "").replace("-", "").isalnum() else f"{voice!r} is no voice of espeak-ng"

    def speak(self, text: str, voice: str, *, slow: bool) -> Sound:
        """`text` as 22 kHz sound; the same words give the same samples."""
        rate, body = self._asked(text, voice, SLOW if slow else NORMAL)
        return Sound(np.frombuffer(body, "<i2").astype(np.float32) / np.float32(32768), rate)

    def ipa(self, text: str, voice: str) -> str:
        """The sounds it would make of `text`; "(en)" in them is a word it reads as English."""
        return self._asked(text, voice, 0)[1].decode()

    def close(self) -> None:
        """End the workers."""
        for worker in self._all:
            worker.end()

    def _asked(self, text: str, voice: str, wpm: int) -> tuple[int, bytes]:
        if why := self.missing():
            raise NotSpoken(why, for_now=True)
        with self._room:
            try:
                worker = self._idle.get_nowait()
            except queue.Empty:
                worker = _Worker(self._program)
                self._all.append(worker)
            try:
                return worker.ask({"text": text, "voice": voice, "wpm": wpm}, self._patience)
            finally:
                if worker.alive:
                    self._idle.put(worker)


class _Worker:
    """One program, one question at a time."""

    def __init__(self, program: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, order: dict[str, object], patience: float) -> tuple[int, bytes]:
        """Rate and sound.  A worker that is silent for too long, or dies, is not asked again."""
        until = time.monotonic() + patience
        try:
            self._write(json.dumps(order).encode() + b"\n")
            well, rate, size = _HEAD.unpack(self._read(_HEAD.size, until))
            body = self._read(size, until)
        except TimeoutError as error:
            self.end()
            raise NotSpoken(f"espeak-ng gave no answer in {patience:.0f} s") from error
        except (OSError, EOFError, struct.error) as error:
            self.end()
            raise NotSpoken("espeak-ng died") from error
        if not well:
            raise NotSpoken(body.decode("utf-8", "replace"))
        return rate, body

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe and not pipe.closed:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # what was still to be written to it has nobody to read it

    def _write(self, line: bytes) -> None:
        assert self._process.stdin  # noqa: S101 - it was asked for
        self._process.stdin.write(line)
        self._process.stdin.flush()

    def _read(self, size: int, until: float) -> bytes:
        assert self._process.stdout  # noqa: S101 - it was asked for
        file = self._process.stdout.fileno()
        read = bytearray()
        while len(read) < size:
            if not select.select([file], [], [], max(0.0, until - time.monotonic()))[0]:
                raise TimeoutError
            some = os.read(file, size - len(read))
            if not some:
                raise EOFError
            read += some
        return bytes(read)
