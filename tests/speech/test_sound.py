"""What is heard on the line has the line's rate, one loudness, no noise of clipping, and an end."""

import io

import numpy as np
import pytest
import soundfile as sf
from hypothesis import given, settings
from hypothesis import strategies as st

from service.speech.sound import (
    BEFORE,
    FORMATS,
    LEVEL,
    MESSAGE_RATE,
    RATE,
    TAIL,
    Samples,
    Sound,
    SoundError,
    decoded,
    encoded,
    evened,
    faults,
    for_messages,
    letters,
    silence,
)

TEXT = "These are thirty letters, all of them."  # 30: 0.9 to 9 seconds


def tone(seconds: float = 1.0, rate: int = RATE, loud: float = 0.3, pitch: float = 440) -> Samples:
    return (loud * np.sin(2 * np.pi * pitch * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def square(seconds: float = 1.0, rate: int = RATE, loud: float = 1.0) -> Samples:
    return (np.sign(tone(seconds, rate)) * loud).astype(np.float32)


def speech(rate: int = RATE, loud: float = 0.3) -> Samples:
    """Syllables, as far as loudness goes: they swell and fade, with pauses."""
    swell = np.abs(np.sin(2 * np.pi * 2 * np.arange(3 * rate) / rate)) ** 2
    return np.concatenate([tone(3, rate, loud) * swell, silence(20, rate)]).astype(np.float32)


def file(samples: np.ndarray, rate: int = RATE, form: str = "WAV", **how: object) -> bytes:
    out = io.BytesIO()
    sf.write(out, samples, rate, format=form, **how)
    return out.getvalue()


def level(samples: Samples) -> float:
    """In dB, of what is not silence."""
    frames = samples[: len(samples) // 160 * 160].reshape(-1, 160).astype(np.float64)
    power = (frames**2).mean(axis=1)
    return float(10 * np.log10(power[power > power.max() * 1e-3].mean()))


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 24000, 44100, 48000])
@pytest.mark.parametrize("loud", [0.003, 0.05, 0.3, 1.0])
def test_speech_is_as_loud_as_all_other_speech(rate: int, loud: float) -> None:
    heard = evened(Sound(speech(rate, loud), rate))
    assert heard.rate == RATE
    assert heard.samples.dtype == np.float32
    assert level(heard.samples) == pytest.approx(LEVEL, abs=1)


@pytest.mark.parametrize(("before", "after"), [(0, 20), (500, 500), (2000, 40), (40, 3000)])
def test_silence_around_it_is_trimmed_to_the_margin(before: int, after: int) -> None:
    heard = evened(Sound(np.concatenate([silence(before), tone(1.0), silence(after)]), RATE))
    assert heard.seconds == pytest.approx(1.0 + (min(before, BEFORE) + min(after, BEFORE) + TAIL) / 1000, abs=0.021)
    kept = min(before, BEFORE) * RATE // 1000
    assert not np.any(heard.samples[: kept - 160 if kept else 0])
    assert not np.any(heard.samples[-TAIL * RATE // 1000 :])


def test_pauses_inside_it_are_kept() -> None:
    heard = evened(Sound(np.concatenate([tone(0.5), silence(800), tone(0.5), silence(60)]), RATE))
    assert heard.seconds == pytest.approx(1.8 + (BEFORE + TAIL) / 1000, abs=0.02)


@pytest.mark.parametrize(
    "samples",
    [square() * np.float32(0.9), np.tile(np.eye(1, 160, dtype=np.float32)[0], 100)],
    ids=["loud all the time", "clicks, which have peaks and no strength"],
)
def test_nothing_is_clipped(samples: Samples) -> None:
    heard = evened(Sound(np.concatenate([samples, silence(60)]), RATE))
    assert np.abs(heard.samples).max() <= 10 ** (-1 / 20) + 1e-6
    assert "is clipped" not in list(faults(TEXT, encoded(heard, "mulaw")))


def test_what_was_recorded_too_loud_is_refused() -> None:
    loud = np.clip(tone() * np.float32(10), -1, 1)
    with pytest.raises(SoundError, match="is clipped: record it again, not so loud"):
        evened(Sound(np.concatenate([loud, silence(60)]), RATE))


def test_samples_that_are_no_numbers_are_refused() -> None:
    out = io.BytesIO()
    sf.write(out, np.array([0.1, np.nan, 0.1] * 4000, np.float32), RATE, format="WAV", subtype="FLOAT")
    with pytest.raises(SoundError, match="no numbers"):
        decoded(out.getvalue())


def test_a_file_without_samples_is_told() -> None:
    assert list(faults(TEXT, encoded(Sound(silence(0), RATE), "pcm16"))) == ["is empty"]


def test_what_is_not_loud_is_not_bent() -> None:
    heard = evened(Sound(np.concatenate([tone(), silence(60)]), RATE)).samples[: 8000 - 160]
    assert heard / np.abs(heard).max() == pytest.approx(tone()[: len(heard)] / 0.3, abs=1e-3)


@pytest.mark.parametrize(
    "samples",
    [[], [0.0] * 10, [0.1] * 159, [0.0] * RATE, [1e-5] * RATE],
    ids=["nothing", "a moment", "less than can be measured", "a second", "a whisper of noise"],
)
def test_silence_is_refused(samples: list[float]) -> None:
    for rate in (RATE, 16000):
        with pytest.raises(SoundError, match="is silence"):
            evened(Sound(np.array(samples, np.float32)[: 159 * rate // RATE if len(samples) == 159 else None], rate))


@pytest.mark.parametrize(
    ("end", "whole"),
    [
        (silence(0), False),  # as loud as the rest to the last sample
        (tone(0.1, loud=0.15), False),  # 6 dB below it
        (tone(0.1, loud=0.06), True),  # 14 dB below it: fading away
        (silence(5), False),  # half of the last moment
        (silence(10), True),
        (silence(300), True),
    ],
)
def test_speech_that_was_cut_off_is_refused(end: Samples, whole: bool) -> None:
    sound = Sound(np.concatenate([tone(), end]), RATE)
    if whole:
        assert evened(sound).seconds > 1
    else:
        with pytest.raises(SoundError, match="ends in the middle of a word"):
            evened(sound)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(-1, 1, width=32), max_size=2000), st.sampled_from([8000, 22050, 48000]))
def test_any_sound_is_evened_or_refused(samples: list[float], rate: int) -> None:
    try:
        heard = evened(Sound(np.array(samples, np.float32), rate))
    except SoundError:
        return
    assert heard.rate == RATE
    assert np.all(np.abs(heard.samples) <= 0.9)


KINDS = {
    "WAV": {"form": "WAV", "subtype": "PCM_16"},
    "WAV of 24 bit": {"form": "WAV", "subtype": "PCM_24"},
    "WAV of floats": {"form": "WAV", "subtype": "FLOAT"},
    "mu-law": {"form": "WAV", "subtype": "ULAW"},
    "FLAC": {"form": "FLAC"},
    "MP3": {"form": "MP3"},
    "OGG": {"form": "OGG", "subtype": "VORBIS"},
    "Opus": {"form": "OGG", "subtype": "OPUS"},
}


@pytest.mark.parametrize("how", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("channels", [1, 2])
def test_files_of_many_kinds_are_read(how: dict[str, str], channels: int) -> None:
    samples = tone(1.0, 24000)
    sound = decoded(file(np.stack([samples] * channels, axis=1), 24000, **how))
    assert sound.rate == 24000
    assert sound.seconds == pytest.approx(1.0, abs=0.1)
    assert sound.samples.shape == (len(sound.samples),)
    assert level(sound.samples) == pytest.approx(level(samples), abs=1)


def test_of_two_channels_the_mean_is_heard() -> None:
    sound = decoded(file(np.stack([tone(), np.zeros(RATE)], axis=1), subtype="FLOAT"))
    assert np.allclose(sound.samples, tone() / 2)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (file(tone())[:-1], None),  # a byte of padding may be missing
        (file(tone())[:-2], "is cut short: 16042 of 16044 bytes"),
        (file(tone())[:8000], "is cut short: 8000 of 16044 bytes"),
        (file(tone())[:20], "is cut short: 20 of 16044 bytes"),
        (file(tone()) + b"a remark after the end", None),
        (b"RIFF", "is cut short: 4 of 8 bytes"),
        (b"", "is no sound that can be read"),
        (b"Dear reader, this is a text.\n" * 40, "is no sound that can be read"),
        (b"\xff\xfb\x90", "is no sound that can be read"),
        # Its writer could not go back and say how long it is: allowed.
        (file(tone())[:4] + b"\xff\xff\xff\xff" + file(tone())[8:], None),
    ],
)
def test_what_is_no_whole_sound_is_refused(content: bytes, why: str | None) -> None:
    if why is None:
        assert decoded(content).seconds == pytest.approx(1.0, abs=0.001)
    else:
        with pytest.raises(SoundError, match=f"^{why}$"):
            decoded(content)


def test_a_file_without_a_sample_is_silence() -> None:
    with pytest.raises(SoundError, match="is silence"):
        evened(decoded(file(np.zeros(0, np.float32), 22050)))


@pytest.mark.parametrize(
    ("form", "suffix", "as_", "size"),
    [
        ("mulaw", "wav", ("WAV", "ULAW"), 8000),
        ("pcm16", "wav", ("WAV", "PCM_16"), 16000),
        ("mp3", "mp3", ("MP3", "MPEG_LAYER_III"), None),
        ("flac", "flac", ("FLAC", "PCM_16"), None),
    ],
)
def test_what_is_written_in_each_format_can_be_read(
    form: str, suffix: str, as_: tuple[str, str], size: int | None
) -> None:
    sound = evened(Sound(speech(), RATE))
    content = encoded(sound, form)
    described = sf.info(io.BytesIO(content))
    assert (described.format, described.subtype, described.channels, described.samplerate) == (*as_, 1, RATE)
    assert FORMATS[form][0] == suffix
    heard = decoded(content)
    assert heard.seconds == pytest.approx(sound.seconds, abs=0.15)
    assert level(heard.samples) == pytest.approx(LEVEL, abs=1)
    if size:
        assert len(content) == pytest.approx(size * sound.seconds, abs=100)
    assert encoded(sound, form) == content, "a file is named by its bytes"


def test_each_format_is_tried() -> None:
    table = test_what_is_written_in_each_format_can_be_read.pytestmark[0].args[1]
    assert {row[0] for row in table} == FORMATS.keys()


def test_a_recording_for_messages_is_small() -> None:
    sound = evened(Sound(np.concatenate([speech()] * 10), RATE))
    content = for_messages(sound)
    described = sf.info(io.BytesIO(content))
    assert (described.format, described.channels, described.samplerate) == ("MP3", 1, MESSAGE_RATE)
    assert len(content) * 8 / sound.seconds == pytest.approx(24_000, rel=0.02)
    assert decoded(content).seconds == pytest.approx(sound.seconds, abs=0.15)


@pytest.mark.parametrize(
    ("text", "samples", "rate", "slow", "why"),
    [
        (TEXT, tone(2), RATE, False, []),
        (TEXT, tone(0.8), RATE, False, ["lasts 0.8 s, which cannot be 30 letters"]),
        (TEXT, tone(0.95), RATE, False, []),  # hurried
        (TEXT, tone(8.9), RATE, False, []),
        (TEXT, tone(9.1), RATE, False, ["lasts 9.1 s, which cannot be 30 letters"]),
        (TEXT, tone(9.1), RATE, True, []),  # slow speech may take longer
        (TEXT, tone(15.2), RATE, True, []),
        (TEXT, tone(15.4), RATE, True, ["lasts 15.4 s, which cannot be 30 letters"]),
        (TEXT, tone(0.8), RATE, True, ["lasts 0.8 s, which cannot be 30 letters"]),
        ("9 1 1", tone(1), RATE, False, []),  # three words, however few letters
        ("没有呼吸", tone(1), RATE, False, []),
        ("", tone(1), RATE, False, []),
        ("", tone(2), RATE, False, ["lasts 2.0 s, which cannot be 0 letters"]),
        (TEXT, square(2), RATE, False, ["is clipped"]),
        (TEXT, square(2, loud=0.9), RATE, False, []),  # loud, and not at the limit
        (TEXT, np.concatenate([tone(2), square(0.002)]), RATE, False, []),  # a click
        (TEXT, np.concatenate([tone(2), square(0.01)]), RATE, False, ["is clipped"]),
        (TEXT, tone(2, loud=0.01), RATE, False, ["is nearly silent"]),
        (TEXT, tone(2, loud=0.02), RATE, False, []),
        (TEXT, silence(2000), RATE, False, ["is nearly silent"]),
        (TEXT, tone(2, 16000), 16000, False, ["is at 16000 Hz, not 8000"]),
        (
            TEXT,
            square(0.1, 16000),
            16000,
            True,
            ["is at 16000 Hz, not 8000", "lasts 0.1 s, which cannot be 30 letters", "is clipped"],
        ),
    ],
)
def test_a_recording_that_cannot_be_right_is_told(
    text: str, samples: Samples, rate: int, slow: bool, why: list[str]
) -> None:
    assert list(faults(text, file(samples, rate, subtype="PCM_16"), slow=slow)) == why


@pytest.mark.parametrize(
    ("text", "much"),
    [
        ("", 0),
        (" .,;!?…\n", 0),
        ("Hello, you.", 8),
        ("don't", 4),
        ("né", 2),
        ("ne\u0301", 2),  # the same: a mark on a letter is nothing
        ("9", 4),
        ("9 1 1", 12),
        ("3.5 mg", 10),
        ("A C T H", 12),  # letters that are spelled take as long as words
        ("A, C, T, H", 12),
        ("ACTH", 4),
        ("a b", 6),
        ("Привет", 6),
        ("Γεια σου", 7),
        ("مرحبا", 5),
        ("مَرْحَبًا", 5),  # the same with its vowels
        ("שָׁלוֹם", 4),
        ("नमस्ते", 4),  # न म स त: the vowels hang on them
        ("สวัสดี", 4),
        ("你好", 6),
        ("你", 5),  # alone, it is spelled
        ("안녕", 4),
        ("ありがとう", 10),
        ("カタカナ", 8),
        ("ሰላም", 6),
        ("၉", 4),  # a digit of Burmese
        ("९१", 8),  # and of Hindi
        ("🚑", 0),
    ],
)
def test_how_much_there_is_to_say(text: str, much: int) -> None:
    assert letters(text) == much
