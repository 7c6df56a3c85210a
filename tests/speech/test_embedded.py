"""The embedded voice says the same words the same way, and what goes wrong with it is an answer, soon."""

import contextlib
import itertools
import json
import os
import re
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import espeakng_loader
import numpy as np
import pytest

from service.speech import embedded
from service.speech.embedded import PROGRAM, EmbeddedSpeaker
from service.speech.sound import evened
from service.speech.speakers import NotSpoken

WORDS = "Bonjour, appelez tout de suite."
# Each speaks as the worker does: a line in; well or not, a rate, a length and as many bytes out.
ENDS = "import sys; sys.stdin.readline()"
CRASHES = "import os, sys; sys.stdin.readline(); os.kill(os.getpid(), 11)"
NEVER_STARTS = "raise SystemExit('espeak-ng does not start')"
HANGS = "import time; time.sleep(60)"
SAYS_HALF = """
import struct, sys
sys.stdin.readline()
sys.stdout.buffer.write(struct.pack("<?II", True, 22050, 1000) + b"half")
"""
TRICKLES = """
import struct, sys, time
sys.stdin.readline()
for byte in struct.pack("<?II", True, 22050, 10**6) + bytes(10**6):
    sys.stdout.buffer.write(bytes([byte]))
    sys.stdout.buffer.flush()
    time.sleep(0.05)
"""
CRASHES_ONCE = """
import pathlib, struct, sys
before = pathlib.Path(sys.argv[0]).with_name("crashed")
for line in sys.stdin.buffer:
    if not before.exists():
        before.touch()
        sys.exit()
    sys.stdout.buffer.write(struct.pack("<?II", True, 22050, 4) + bytes([0, 64, 0, 192]))
    sys.stdout.buffer.flush()
"""


@pytest.fixture(scope="module")
def speaker() -> Iterator[EmbeddedSpeaker]:
    speaker = EmbeddedSpeaker()
    yield speaker
    speaker.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Callable[..., EmbeddedSpeaker]]:
    """Speakers with another program in place of espeak-ng's."""
    speakers: list[EmbeddedSpeaker] = []

    def other(program: str, patience: float = 20.0) -> EmbeddedSpeaker:
        path = tmp_path / "program.py"
        path.write_text(program)
        speakers.append(EmbeddedSpeaker(path, patience))
        return speakers[-1]

    yield other
    for speaker in speakers:
        speaker.close()


def workers(speaker: EmbeddedSpeaker) -> list[int]:
    return [worker._process.pid for worker in speaker._all]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_same_words_give_the_same_samples_whatever_was_said_before(speaker: EmbeddedSpeaker) -> None:
    first = speaker.speak(WORDS, "roa/fr", slow=False)
    speaker.speak("Something else.", "gmw/en", slow=True)
    again = speaker.speak(WORDS, "roa/fr", slow=False)
    assert first.rate == again.rate == 22050
    assert np.array_equal(first.samples, again.samples)
    assert evened(first).seconds > 1


def test_slow_takes_longer(speaker: EmbeddedSpeaker) -> None:
    normal, slow = (speaker.speak(WORDS, "roa/fr", slow=slow).seconds for slow in (False, True))
    assert 1.2 < slow / normal < 1.6


def test_threads_do_not_mix_their_words(speaker: EmbeddedSpeaker) -> None:
    asked = [(f"{number}, {WORDS}", voice) for number in range(6) for voice in ("roa/fr", "gmw/en")]
    alone = [speaker.speak(text, voice, slow=False).samples for text, voice in asked]
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda one: speaker.speak(*one, slow=False).samples, asked))
    assert all(map(np.array_equal, alone, at_once))


def test_4000_letters_are_said_to_their_end(speaker: EmbeddedSpeaker) -> None:
    text = "Une phrase comme beaucoup d'autres. " * 112
    assert len(text) > 4000
    one = speaker.speak("Une phrase comme beaucoup d'autres.", "roa/fr", slow=False).seconds
    assert speaker.speak(text, "roa/fr", slow=False).seconds == pytest.approx(112 * one, rel=0.1)


@pytest.mark.parametrize(
    ("text", "voice", "english"),
    [
        ("ACTH", "roa/fr", True),  # no French word: read as an English one
        ("A C T H", "roa/fr", False),
        ("Bonjour. Appelez, tout de suite.", "roa/fr", False),
        ("Hello.", "gmw/en", False),
    ],
)
def test_words_that_are_read_as_english_are_told(
    speaker: EmbeddedSpeaker, text: str, voice: str, english: bool
) -> None:
    assert ("(en)" in speaker.ipa(text, voice)) is english


def test_the_sounds_of_all_clauses_are_told(speaker: EmbeddedSpeaker) -> None:
    assert speaker.ipa("Oui. Oui, oui.", "roa/fr") == " ".join([speaker.ipa("Oui.", "roa/fr")] * 3)


@pytest.mark.parametrize("voice", ["roa/xx", "nobody"])
def test_a_voice_espeak_does_not_have_is_named(speaker: EmbeddedSpeaker, voice: str) -> None:
    for ask in (lambda: speaker.speak(WORDS, voice, slow=False), lambda: speaker.ipa(WORDS, voice)):
        with pytest.raises(NotSpoken, match=f"^espeak-ng has no voice {voice!r}$") as caught:
            ask()
        assert not caught.value.for_now


@pytest.mark.parametrize(
    ("voice", "right"),
    [
        ("roa/fr", True),
        ("gmw/en-US", True),
        ("sit/cmn-Latn-pinyin", True),
        ("fr", True),  # whether espeak-ng has it shows when it speaks
        ("", False),
        ("/", False),
        ("../../etc/passwd", False),
        ("roa fr", False),
    ],
)
def test_what_can_never_be_a_voice_is_known_before_anything_is_asked(
    speaker: EmbeddedSpeaker, voice: str, right: bool
) -> None:
    assert speaker.fault(voice) == ("" if right else f"{voice!r} is no voice of espeak-ng")


@pytest.mark.parametrize("program", [ENDS, CRASHES, NEVER_STARTS, SAYS_HALF], ids=itertools.count())
def test_a_worker_that_dies_is_an_answer(other: Callable[..., EmbeddedSpeaker], program: str) -> None:
    speaker = other(program)
    for _ in range(2):
        with pytest.raises(NotSpoken, match=r"^espeak-ng died$") as caught:
            speaker.speak(WORDS, "roa/fr", slow=False)
        assert not caught.value.for_now


def test_a_worker_that_died_while_nobody_asked_is_an_answer_too(other: Callable[..., EmbeddedSpeaker]) -> None:
    speaker = other(CRASHES_ONCE)
    with pytest.raises(NotSpoken, match="died"):
        speaker.speak(WORDS, "roa/fr", slow=False)
    speaker.speak(WORDS, "roa/fr", slow=False)
    worker = speaker._all[-1]._process
    worker.kill()
    worker.wait()
    with pytest.raises(NotSpoken, match="died"):
        speaker.speak(WORDS, "roa/fr", slow=False)
    assert speaker.speak(WORDS, "roa/fr", slow=False).seconds


@pytest.mark.parametrize("program", [HANGS, TRICKLES], ids=["hangs", "trickles"])
def test_a_worker_that_gives_no_answer_is_not_waited_for(other: Callable[..., EmbeddedSpeaker], program: str) -> None:
    speaker = other(program, patience=0.3)
    began = monotonic()
    with pytest.raises(NotSpoken, match=r"^espeak-ng gave no answer in 0 s$"):
        speaker.speak(WORDS, "roa/fr", slow=False)
    assert 0.2 < monotonic() - began < 5
    assert not any(map(is_running, workers(speaker)))


def test_after_a_crash_the_next_text_is_spoken_by_a_new_worker(other: Callable[..., EmbeddedSpeaker]) -> None:
    speaker = other(CRASHES_ONCE)
    with pytest.raises(NotSpoken, match="died"):
        speaker.speak(WORDS, "roa/fr", slow=False)
    for _ in range(3):
        sound = speaker.speak(WORDS, "roa/fr", slow=False)
        assert (sound.rate, [*sound.samples]) == (22050, [0.5, -0.5])
    assert len(workers(speaker)) == 2


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        (WORDS, "roa"),  # a folder of voices: espeak-ng ends itself
        ("half a letter: \ud800", "roa/fr"),
    ],
)
def test_a_crash_of_espeak_itself_leaves_its_worker_alive(speaker: EmbeddedSpeaker, text: str, voice: str) -> None:
    speaker.speak(WORDS, "roa/fr", slow=False)
    before = workers(speaker)
    with pytest.raises(NotSpoken, match=r"^espeak-ng died$"):
        speaker.speak(text, voice, slow=False)
    assert speaker.speak(WORDS, "roa/fr", slow=False).seconds > 1
    assert workers(speaker) == before


@pytest.mark.parametrize("program", [PROGRAM.read_text(), HANGS], ids=["espeak-ng", "a program that hangs"])
def test_closing_ends_all_that_was_started(other: Callable[..., EmbeddedSpeaker], program: str) -> None:
    speaker = other(program, patience=1.0)

    def speak(number: int) -> None:
        with contextlib.suppress(NotSpoken):
            speaker.speak(f"{number} {WORDS}", "roa/fr", slow=False)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(speak, range(2)))
    started = workers(speaker)
    speaker.close()
    assert started
    assert not any(map(is_running, started))
    speaker.close()


def test_no_more_workers_are_started_than_may_be(
    other: Callable[..., EmbeddedSpeaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "WORKERS", 2)
    speaker = other(PROGRAM.read_text())
    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(lambda number: speaker.speak(f"{number}", "roa/fr", slow=False), range(16)))) == 16
    assert len(workers(speaker)) <= 2


@pytest.mark.parametrize(("tag", "voice"), [("fr", "roa/fr"), ("ko", "ko"), ("en-US", "gmw/en-US"), ("cmn", "sit/cmn")])
def test_its_voices_are_the_files_of_espeak_by_their_names(speaker: EmbeddedSpeaker, tag: str, voice: str) -> None:
    assert speaker.voices()[tag] == voice
    assert speaker.speak("1 2 3", voice, slow=False).seconds > 0.5


def test_where_espeak_is_not_installed_it_has_no_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "find_spec", lambda _: None)
    assert EmbeddedSpeaker().voices() == {}


def test_nothing_is_started_before_it_is_needed() -> None:
    speaker = EmbeddedSpeaker()
    assert (workers(speaker), speaker.missing(), speaker.online) == ([], "", False)
    speaker.close()


def test_its_version_names_the_package_and_the_speeds() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+ 165/120", EmbeddedSpeaker.version)


def test_a_machine_without_the_package_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])  # no package is found any more
    speaker = EmbeddedSpeaker()
    assert speaker.missing().startswith("espeakng-loader is not installed: pip install ")
    with pytest.raises(NotSpoken, match="pip install ") as caught:
        speaker.speak(WORDS, "roa/fr", slow=False)
    assert caught.value.for_now
    assert workers(speaker) == []


def test_a_machine_that_cannot_fork_is_told_what_it_would_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert EmbeddedSpeaker().missing() == "it needs Linux or macOS"


def worker(*orders: dict[str, object], loader: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """What the worker says to these, by hand and to its end; with another espeak-ng, if it is to have one."""
    lines = b"".join(json.dumps(order).encode() + b"\n" for order in orders)
    environment = os.environ | ({"PYTHONPATH": str(loader)} if loader else {})
    return subprocess.run(
        [sys.executable, "-P", PROGRAM], input=lines, capture_output=True, timeout=60, check=False, env=environment
    )


def answers(said: bytes) -> Iterator[tuple[bool, int, bytes]]:
    while said:
        well, rate, size = struct.unpack("<?II", said[:9])
        yield well, rate, said[9 : 9 + size]
        said = said[9 + size :]


OUI: dict[str, object] = {"text": "Oui.", "voice": "roa/fr", "wpm": 165}


def test_the_worker_answers_each_line_once_and_in_order() -> None:
    ended = worker(
        OUI,
        OUI,
        OUI | {"wpm": 0},
        OUI | {"voice": "roa/xx"},
        OUI | {"voice": "roa/xx", "wpm": 0},
        OUI | {"text": "\ud800"},
        OUI,
    )
    spoken, again, sounds, nobody, unsaid, dead, last = answers(ended.stdout)
    assert spoken == again == last
    assert (spoken[:2], len(spoken[2]) > 5000) == ((True, 22050), True)
    assert sounds == (True, 22050, "wˈi".encode())
    assert nobody == unsaid == (False, 22050, b"espeak-ng has no voice 'roa/xx'")
    assert dead == (False, 22050, b"espeak-ng died")


def test_the_worker_ends_when_nobody_asks_any_more() -> None:
    ended = worker()
    assert (ended.returncode, ended.stdout) == (0, b"")


def test_the_worker_says_if_espeak_does_not_start(tmp_path: Path) -> None:
    loader = f"""
def get_library_path(): return {espeakng_loader.get_library_path()!r}
def get_data_path(): return {str(tmp_path / "nothing")!r}
"""
    (tmp_path / "espeakng_loader.py").write_text(loader)
    ended = worker(OUI, loader=tmp_path)
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.endswith(b"espeak-ng does not start\n")


def test_the_worker_says_if_espeak_gave_no_sound(tmp_path: Path) -> None:
    # An espeak-ng that takes every text and says nothing; the real one was never seen to.
    loader = """
import ctypes, types
names = "Synth TextToPhonemes Initialize SetSynthCallback SetVoiceByName SetParameter"
library = {f"espeak_{name}": lambda *_, name=name: 22050 if name == "Initialize" else 0 for name in names.split()}
ctypes.CDLL = lambda _: types.SimpleNamespace(**library)
def get_library_path(): return ""
def get_data_path(): return ""
"""
    (tmp_path / "espeakng_loader.py").write_text(loader)
    assert [*answers(worker(OUI, loader=tmp_path).stdout)] == [(False, 22050, b"espeak-ng gave no sound")]


def test_a_worker_that_nobody_listens_to_any_more_ends_without_a_word(tmp_path: Path) -> None:
    told = tmp_path / "told"
    order = json.dumps({"text": WORDS, "voice": "roa/fr", "wpm": 150}).encode() + b"\n"
    with told.open("wb") as errors:
        worker = subprocess.Popen(
            [sys.executable, "-P", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
        )
    assert worker.stdin
    assert worker.stdout
    worker.stdout.close()
    worker.stdin.write(order)
    worker.stdin.flush()
    worker.wait(60)
    worker.stdin.close()
    assert told.read_text() == ""
