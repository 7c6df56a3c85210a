"""The only program that loads espeak-ng (GPL-3.0-or-later): JSON lines in, sound out.

It imports nothing of ours and is talked to through pipes.  Each text is spoken by a process of its own: espeak-ng
gives the same bytes for the same words only the first time, and a crash of it is then an answer, not an end.
"""

import ctypes as c
import json
import os
import signal
import struct
import sys

import espeakng_loader

SYNCHRONOUS, DONT_EXIT, UTF8, END_PAUSE, RATE = 2, 0x8000, 0x01, 0x1000, 1
heard: list[bytes] = []
# Whoever asked may end before the answer is written: then there is nobody to tell.
signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def collect(wave: int | None, count: int, _events: object) -> int:
    """Called by espeak-ng with the address of each piece of sound."""
    if wave and count > 0:
        heard.append(c.string_at(wave, count * 2))
    return 0


collector = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_int, c.c_void_p)(collect)
lib = c.CDLL(espeakng_loader.get_library_path())
lib.espeak_Synth.argtypes = [c.c_char_p, c.c_size_t, c.c_uint, c.c_int, c.c_uint, c.c_uint, c.c_void_p, c.c_void_p]
lib.espeak_TextToPhonemes.restype = c.c_char_p
rate = lib.espeak_Initialize(SYNCHRONOUS, 0, os.fsencode(espeakng_loader.get_data_path()), DONT_EXIT)
if rate <= 0:
    sys.exit("espeak-ng does not start")
lib.espeak_SetSynthCallback(collector)


def speak(text: str, voice: str, wpm: int) -> bytes:
    """16-bit mono samples at `rate`; `voice` by its identifier: "roa/fr", as "fr" is also Belgian."""
    if lib.espeak_SetVoiceByName(voice.encode()):
        raise LookupError(f"espeak-ng has no voice {voice!r}")
    lib.espeak_SetParameter(RATE, wpm, 0)
    raw = text.encode()
    if lib.espeak_Synth(raw, len(raw) + 1, 0, 1, 0, UTF8 | END_PAUSE, None, None) or not heard:
        raise RuntimeError("espeak-ng gave no sound")
    return b"".join(heard)


def ipa(text: str, voice: str) -> bytes:
    """The sounds it would make: "(en)" in it means that a word is read with the English voice."""
    if lib.espeak_SetVoiceByName(voice.encode()):
        raise LookupError(f"espeak-ng has no voice {voice!r}")
    raw = c.create_string_buffer(text.encode())
    at, said = c.c_void_p(c.addressof(raw)), []
    while at.value:  # one clause a call
        said.append((lib.espeak_TextToPhonemes(c.byref(at), 1, 2) or b"").decode())
    return " ".join(said).encode()


def answer(body: bytes, *, well: bool) -> None:
    """One answer: whether it went well, the rate, how many bytes follow."""
    sys.stdout.buffer.write(struct.pack("<?II", well, rate, len(body)) + body)
    sys.stdout.buffer.flush()


for line in sys.stdin.buffer:
    if child := os.fork():
        if os.waitpid(child, 0)[1]:
            answer(b"espeak-ng died", well=False)
        continue
    try:
        order = json.loads(line)
        answer(ipa(order["text"], order["voice"]) if order["wpm"] == 0 else speak(**order), well=True)
    except (LookupError, RuntimeError) as error:
        answer(str(error).encode(), well=False)
    os._exit(0)
