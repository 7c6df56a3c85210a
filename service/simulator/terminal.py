"""The line in a terminal: write to it or call it, with a keyboard for a phone.

What is printed is a transcript (see transcript.py), so a good conversation can be kept as a test.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from service.simulator.calling import Caller, Dialled, Heard, Played, Spoken
from service.simulator.errors import Rejected
from service.simulator.texting import Texter
from service.simulator.transcript import DOT, escaped

NO_ANSWER: Final = "(no answer)"
HANGS_UP: Final = "(the line hangs up)"
SLOWLY: Final = "(slowly) "
RINGS: Final = "(rings)"
NORMAL: Final = 100  # percent of the usual speed
SILENCE: Final = "..."
HANG_UP: Final = "hang up"
HELP: Final = "!! Press keys (0-9 * #), `say` and words, `...` for silence, or `hang up`."


def a_recording(url: str) -> str:
    """Describe a recording of which only the url is known."""
    return f"(a recording: {url})"


def chat(
    texter: Texter,
    lines: Iterable[str],
    write: Callable[[str], None],
    words_of: Callable[[str], str] = a_recording,
) -> None:
    """Send each line as a message, and write what comes back; `write` is given one line at a time, without its end."""
    for count, line in enumerate(lines):
        _step(line.rstrip("\r\n"), texted(texter, line.rstrip("\r\n"), words_of), write, first=count == 0)


def call(
    caller: Caller,
    lines: Iterable[str],
    write: Callable[[str], None],
    words_of: Callable[[str], str] = a_recording,
) -> None:
    """Ring, then do what each line says until the call is over; at the end of the lines the caller hangs up.

    A first line `(rings)` is what happens anyway, so that a transcript can be played as it stands.
    """
    _step(RINGS, phoned(caller, RINGS, words_of), write, first=True)
    for count, raw in enumerate(lines):
        line = raw.strip()
        if count == 0 and line == RINGS:
            continue
        if caller.ended:
            break
        _step(line or SILENCE, phoned(caller, line, words_of), write, first=False)
    try:
        caller.hang_up()
    except Rejected as error:
        write(_refused(error))


def texted(texter: Texter, line: str, words_of: Callable[[str], str] = a_recording) -> list[str]:
    """Send one message; what comes back, as the lines of a transcript."""
    try:
        texter.text(line)
    except Rejected as error:
        return [_refused(error)]
    written: list[str] = []
    for message in texter.last:
        if written:
            written.append(DOT)
        if message.body:
            written += [escaped(part) for part in message.body.split("\n")]
        written += [words_of(url) for url in message.media]
    return written or [NO_ANSWER]


def phoned(caller: Caller, line: str, words_of: Callable[[str], str] = a_recording) -> list[str]:
    """Do one thing on the phone; what is heard, as the lines of a transcript."""
    try:
        heard = _done(caller, line)
    except Rejected as error:
        return [_refused(error), *([HANGS_UP] if caller.ended else [])]
    if heard is None:
        return [] if caller.ended else [HELP]
    written = [escaped(_sound(thing, words_of)) for thing in heard.said]
    if heard.ended:
        written.append(HANGS_UP)
    return written or [NO_ANSWER]


def _done(caller: Caller, line: str) -> Heard | None:
    if line == RINGS and caller.ended:
        return caller.ring()
    if line in {"", SILENCE}:
        return caller.wait()
    if re.fullmatch("[0-9*#]+", line):
        return caller.press(line)
    if line.startswith("say "):
        return caller.say(line.removeprefix("say "))
    if line == HANG_UP:
        caller.hang_up()
    return None


def _sound(thing: Spoken | Played | Dialled, words_of: Callable[[str], str]) -> str:
    match thing:
        case Spoken(text, rate=rate):
            return f"{SLOWLY}{text}" if _is_slow(rate) else text
        case Played(url):
            return words_of(url)
        case dialled:
            return f"(connected to {dialled.number})"


def _is_slow(rate: str) -> bool:
    percent = re.fullmatch(r"(\d+)%", rate)
    return rate in {"slow", "x-slow"} or (percent is not None and int(percent[1]) < NORMAL)


def _step(said: str, answer: list[str], write: Callable[[str], None], *, first: bool) -> None:
    if not first:
        write("")
    for line in (f"> {said}" if said.strip(" ") else ">", *answer):
        write(line)


def _refused(error: Rejected) -> str:
    return f"!! {error}" if error.code else f"!! {error.why}"
