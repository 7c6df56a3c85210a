"""What a person read aloud is heard as it was read, whatever it was recorded with."""

import os
import sys
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile as sf

from service.speech.people import LARGEST, Reader, by_av, can_slow, voice_of
from service.speech.sound import Samples, SoundError, silence
from service.speech.speakers import NotSpoken

RATE = 44100
PITCH = 440  # Hz
INSTALL = "needs a package to be read: pip install .*, or save it as WAV$"


def tone(seconds: float = 2.0) -> Samples:
    return (0.3 * np.sin(2 * np.pi * PITCH * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)


def pitch(samples: Samples, rate: int) -> float:
    """The loudest pitch, in Hz."""
    strength = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.fft.rfftfreq(len(samples), 1 / rate)[strength.argmax()])


def recorded(path: Path, codec: str, rate: int = RATE) -> None:
    """A tone as a phone records it."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone()[None], format="flt", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=rate, frame_size=stream.frame_size)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))


def filmed(path: Path) -> None:
    """A picture that does not move, without sound."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Recordings of all kinds."""
    root = tmp_path_factory.mktemp("recordings")
    sf.write(root / "a.wav", tone(), RATE)
    sf.write(root / "STEREO.WAV", np.stack([tone()] * 2, axis=1), RATE)
    sf.write(root / "a.mp3", tone(), RATE)
    sf.write(root / "a.ogg", tone(), RATE)
    sf.write(root / "a.flac", tone(), RATE)
    for name, codec, rate in (
        ("a.m4a", "aac", RATE),
        ("A.M4A", "aac", RATE),
        ("a.aac", "aac", RATE),
        ("a.opus", "libopus", 48000),
        ("a.webm", "libopus", 48000),
    ):
        recorded(root / name, codec, rate)
    filmed(root / "film.mp4")
    (root / "film.m4a").write_bytes((root / "film.mp4").read_bytes())
    (root / "text.m4a").write_text("Dear reader, this is a text.\n" * 40)
    (root / "text.wav").write_text("Dear reader, this is a text.\n" * 40)
    (root / "empty.m4a").touch()
    (root / "empty.wav").touch()
    sf.write(root / "nothing.wav", np.zeros(0), RATE)
    (root / "half.m4a").write_bytes((root / "a.m4a").read_bytes()[:4000])
    (root / "half.wav").write_bytes((root / "a.wav").read_bytes()[:4000])
    (root / "folder.wav").mkdir()
    (root / "huge.wav").touch()
    os.truncate(root / "huge.wav", LARGEST + 1)  # takes no room on the disk
    return root


def voice(root: Path, name: str, *, slowed: bool = False) -> str:
    return voice_of(root / name, root, slowed=slowed)


SOUND = ["a.wav", "STEREO.WAV", "a.mp3", "a.ogg", "a.flac", "a.m4a", "A.M4A", "a.aac", "a.opus", "a.webm"]


@pytest.mark.parametrize("name", SOUND)
def test_what_was_read_is_heard_as_it_was_read(root: Path, name: str) -> None:
    sound = Reader(root).speak("", voice(root, name), slow=False)
    assert sound.samples.ndim == 1
    assert sound.seconds == pytest.approx(2.0, abs=0.1)
    assert pitch(sound.samples, sound.rate) == pytest.approx(PITCH, abs=2)
    assert np.abs(sound.samples).max() == pytest.approx(0.3, abs=0.05)


@pytest.mark.parametrize("name", SOUND)
def test_a_slowed_copy_takes_a_third_longer_at_the_same_pitch(root: Path, name: str) -> None:
    sound = Reader(root).speak("", voice(root, name, slowed=True), slow=True)
    assert sound.seconds == pytest.approx(2.0 * 4 / 3, abs=0.15)
    assert pitch(sound.samples, sound.rate) == pytest.approx(PITCH, abs=10)


@pytest.mark.parametrize(
    ("slowed", "slow", "seconds"),
    [
        (True, True, 8 / 3),
        (True, False, 2.0),  # the same file at normal speed
        (False, True, 2.0),  # it was read slowly: nothing more is to be done
        (False, False, 2.0),
    ],
)
def test_only_what_was_not_read_slowly_is_slowed(root: Path, slowed: bool, slow: bool, seconds: float) -> None:
    sound = Reader(root).speak("", voice(root, "a.wav", slowed=slowed), slow=slow)
    assert sound.seconds == pytest.approx(seconds, abs=0.03)  # to its very end


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("film.mp4", "holds no sound"),
        ("film.m4a", "holds no sound"),
        ("text.m4a", "is no sound that can be read"),
        ("text.wav", "is no sound that can be read"),
        ("empty.m4a", "is no sound that can be read"),
        ("empty.wav", "is no sound that can be read"),
        ("half.m4a", "is no sound that can be read"),
        ("half.wav", "is cut short: 4000 of 176444 bytes"),
        ("missing.wav", "cannot be read: No such file or directory"),
        ("missing.m4a", "cannot be read: No such file or directory"),
        ("folder.wav", "cannot be read: Is a directory"),
        ("huge.wav", "is larger than 50 MB"),
    ],
)
@pytest.mark.parametrize("slowed", [False, True])
def test_a_file_that_cannot_be_heard_is_named(root: Path, name: str, why: str, slowed: bool) -> None:
    with pytest.raises(NotSpoken, match=f"^{name} {why}$") as caught:
        Reader(root).speak("", voice(root, name, slowed=slowed), slow=slowed)
    assert not caught.value.for_now, "the next file may be better"


def test_a_file_without_a_sample_cannot_be_slowed(root: Path) -> None:
    with pytest.raises(NotSpoken, match=r"^nothing\.wav holds no sound$"):
        Reader(root).speak("", voice(root, "nothing.wav", slowed=True), slow=True)


def test_without_the_package_phones_recordings_ask_for_it_and_others_are_heard(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert can_slow()
    monkeypatch.setitem(sys.modules, "av", None)  # as if it were not installed
    assert not can_slow()
    reader = Reader(root)
    assert reader.speak("", voice(root, "a.wav"), slow=False).seconds == 2
    with pytest.raises(NotSpoken, match=f"^a.m4a {INSTALL}"):
        reader.speak("", voice(root, "a.m4a"), slow=False)
    with pytest.raises(NotSpoken, match=f"^a.wav {INSTALL}"):
        reader.speak("", voice(root, "a.wav", slowed=True), slow=True)
    with pytest.raises(SoundError, match=INSTALL):
        by_av(root / "a.wav")


def test_a_new_take_is_another_voice(tmp_path: Path) -> None:
    path = tmp_path / "es" / "urgent#1.wav"
    assert voice_of(path, tmp_path) == "es/urgent#1.wav#e3b0c44298fc1c14", "there is none: the hash of nothing"
    path.parent.mkdir()
    sf.write(path, tone(1), RATE)
    first = voice_of(path, tmp_path)
    assert voice_of(path, tmp_path) == first
    assert voice_of(path, tmp_path, slowed=True) == f"~{first}"
    assert Reader(tmp_path).speak("", first, slow=False).seconds == 1
    sf.write(path, np.concatenate([tone(1), silence(100, RATE)]), RATE)
    assert voice_of(path, tmp_path) != first


def test_people_are_always_there_and_any_file_may_be_theirs(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    assert (reader.missing(), reader.fault("anything"), reader.online) == ("", "", False)
    assert "0.75" in reader.version
    reader.close()


def test_nobody_has_a_voice_before_somebody_has_read_aloud(root: Path) -> None:
    assert Reader(root).voices() == {}
