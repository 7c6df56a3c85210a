"""The online speaker: the voices of Google Translate, by gTTS.

gTTS writes the requests and we send them, because it verifies no certificate, waits for ever, never asks again, and
takes a part without sound for success.  So it is pinned: the address and the form of an answer stand here too.
Not affiliated with Google; its terms do not foresee automatic use.  Each text is asked once, before release.
"""

import base64
import re
import threading
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Final, TypeVar

import numpy as np
import requests
from gtts import gTTS
from gtts.lang import tts_langs
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from service.speech.sound import Sound, SoundError, decoded, silence
from service.speech.speakers import NotSpoken

LIMIT: Final = gTTS.GOOGLE_TTS_MAX_CHARS  # characters a request may hold: 100
CONNECT, READ, WHOLE = 5.0, 20.0, 45.0  # seconds: to connect, between two bytes, for all of an answer
TRIES: Final = 5
LONGEST_WAIT: Final = 60.0  # seconds between two tries
GAP: Final = 1.0  # seconds between two requests: faster, it refuses for hours
BETWEEN: Final = 150  # ms between the parts of a text
LARGEST: Final = 4 * 1024 * 1024  # bytes of an answer
PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？।॥؟۔።፧။។])\s*")  # "3.5" stays whole
_CLAUSE: Final = re.compile(r"(?<=[,;:–—])\s+|(?<=[،؛、，；：፣၊])\s*")
_SOUND: Final = re.compile(r'jQ1olc","\[\\"([^"\\]+)\\"')
_DOMAIN: Final = re.compile(r"(com|[a-z]{2}|com?\.[a-z]{2})")  # anything else might lead to another host

T = TypeVar("T")


class _Passing(NotSpoken):
    """Asking again may help."""


def pack(text: str) -> list[str]:
    """Whole sentences, as many as fit into one request; a longer one by clauses, then by words, then anywhere."""
    pieces: list[str] = []
    for sentence in _SENTENCE.split(text):
        if len(sentence) <= LIMIT:
            pieces.append(sentence)
            continue
        for clause in _CLAUSE.split(sentence):
            words = [clause] if len(clause) <= LIMIT else clause.split()
            pieces += [word[at : at + LIMIT] for word in words for at in range(0, len(word), LIMIT)]
    parts = [""]
    for piece in filter(None, map(str.strip, pieces)):
        if len(parts[-1]) + 1 + len(piece) <= LIMIT:
            parts[-1] = f"{parts[-1]} {piece}".strip()
        else:
            parts.append(piece)
    return [part for part in parts if part]


class GoogleSpeaker:
    """Voices are `language/domain`, as `pt/com.br`: the domain decides the accent."""

    version: Final = f"{version('gTTS')} 1"
    online: Final = True
    _turn: Final = threading.Lock()  # of the whole process: one request at a time
    _free_at = 0.0

    def __init__(self, gap: float = GAP, longest_wait: float = LONGEST_WAIT, whole: float = WHOLE) -> None:
        self._gap, self._whole = gap, whole
        self._session = requests.Session()  # verifies certificates; gTTS's own does not
        self._heard = False  # whether anything ever came: before that, no answer means that we are offline
        self._retry = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=wait_random_exponential(multiplier=min(1.0, longest_wait), max=longest_wait),
            retry=retry_if_exception(lambda error: isinstance(error, _Passing)),
            reraise=True,
        )

    def voices(self) -> dict[str, str]:
        """All languages that gTTS knows of, with the accent of google.com."""
        return {tag: f"{tag}/com" for tag in tts_langs()}

    def missing(self) -> str:
        """It is always there; whether it answers shows when it is asked."""
        return ""

    def fault(self, voice: str) -> str:
        """Checked here: gTTS itself would speak pt-PT as Brazilian, with only a warning."""
        language, _, domain = voice.partition("/")
        if language not in tts_langs():
            return f"gTTS does not speak {language!r}"
        return "" if _DOMAIN.fullmatch(domain) else f"{domain!r} is no domain of Google's: com, co.uk, com.br …"

    def speak(self, text: str, voice: str, *, slow: bool) -> Sound:
        """Part by part, each decoded by itself: joined MP3 would lose all but the first."""
        if why := self.fault(voice):
            raise NotSpoken(why)
        language, _, domain = voice.partition("/")
        if not any(map(str.isalnum, text)):
            raise NotSpoken("there is nothing to say")
        asked = gTTS(
            text,
            tld=domain,
            lang=language,
            slow=slow,
            lang_check=False,
            pre_processor_funcs=[],  # its own take the full stop of "at first. Now" for that of an abbreviation
            tokenizer_func=pack,
        )
        url = f"https://translate.google.{domain}/_/TranslateWebserverUi/data/batchexecute"
        parts = []
        for body in asked.get_bodies():
            try:
                parts.append(self._retry(self._ask, url, body))
            except _Passing as error:
                raise NotSpoken(f"{error}, {TRIES} times", for_now=True) from error
        rate = parts[0].rate
        if any(part.rate != rate for part in parts):
            raise NotSpoken("its parts have different rates")
        joined = [piece for part in parts for piece in (part.samples, silence(BETWEEN, rate))]
        return Sound(np.concatenate(joined[:-1]), rate)

    def close(self) -> None:
        """Hang up."""
        self._session.close()

    def _ask(self, url: str, body: str) -> Sound:
        with GoogleSpeaker._turn:
            time.sleep(max(0.0, GoogleSpeaker._free_at - time.monotonic()))
            try:
                status, location, text = _within(self._whole, lambda: self._post(url, body))
            except (requests.RequestException, TimeoutError, OSError) as error:
                if "CERTIFICATE_VERIFY_FAILED" in str(error):
                    raise NotSpoken("its certificate is not to be trusted", for_now=True) from error
                if not self._heard:
                    raise NotSpoken("cannot be reached", for_now=True) from error
                raise _Passing("no answer") from error
            finally:
                GoogleSpeaker._free_at = time.monotonic() + self._gap
        limited = "/sorry/" in location  # how Google says 429
        if limited or status != requests.codes.ok:
            why = "too many requests" if limited or status == requests.codes.too_many else f"HTTP {status}"
            if limited or status in PASSING:
                raise _Passing(why)
            raise NotSpoken(why, for_now=status in {401, 403, 404})
        return self._read(text)

    def _read(self, text: str) -> Sound:
        found = _SOUND.search(text)
        if not found:
            raise _Passing("an answer without sound")
        try:
            sound = decoded(base64.b64decode(found[1], validate=True))
        except (ValueError, SoundError) as error:
            raise _Passing("an answer that is no sound") from error
        if sound.seconds < 0.1 or not np.any(np.abs(sound.samples) > 1e-3):  # noqa: PLR2004 - nothing to hear
            raise _Passing("silence")
        self._heard = True
        return sound

    def _post(self, url: str, body: str) -> tuple[int, str, str]:
        answer = self._session.post(
            url,
            data=body,
            headers=gTTS.GOOGLE_TTS_HEADERS,
            timeout=(CONNECT, READ),
            allow_redirects=False,
            stream=True,
        )
        with answer:
            content = bytearray()
            for some in answer.iter_content(1 << 16):
                content += some
                if len(content) > LARGEST:
                    break  # what follows is not what was asked for
            return answer.status_code, answer.headers.get("Location", ""), content.decode("utf-8", "replace")


def _within(seconds: float, do: Callable[[], T]) -> T:
    """What `do` gives, or TimeoutError: an answer that trickles in byte by byte never runs into READ."""
    done: list[T] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(do())
        except Exception as error:  # noqa: BLE001 - it is raised again, in the thread that waits
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]
