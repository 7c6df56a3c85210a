"""Whoever installs a speaker can use it, and ours are always there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.speech import speakers
from service.speech.embedded import EmbeddedSpeaker
from service.speech.google import GoogleSpeaker
from service.speech.speakers import GROUP, NotSpoken, installed, named


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with a speaker of its own."""
    (tmp_path / "others_voice.py").write_text("class Voice: pass\n")
    about = tmp_path / "others_voice-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: others-voice\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[{GROUP}]\nother = others_voice:Voice\n")
    monkeypatch.syspath_prepend(tmp_path)
    speakers._others.cache_clear()
    yield
    speakers._others.cache_clear()


def test_ours_are_always_there() -> None:
    assert named() == installed().keys() == {"gtts", "embedded"}
    assert installed() == {"gtts": GoogleSpeaker, "embedded": EmbeddedSpeaker}


@pytest.mark.usefixtures("other")
def test_a_speaker_of_another_package_is_found_by_its_name() -> None:
    assert named() == installed().keys() == {"gtts", "embedded", "other"}
    assert installed()["other"].__name__ == "Voice"


def test_not_spoken_is_for_this_text_unless_it_is_said_to_be_for_now() -> None:
    assert not NotSpoken("why").for_now
    assert NotSpoken("why", for_now=True).for_now


def test_each_of_ours_offers_voices_by_language_and_finds_no_fault_with_them() -> None:
    """What a new language is given: by its tag, a voice that its speaker knows."""
    for name, kind in installed().items():
        speaker = kind()
        voices = speaker.voices()
        assert len(voices) > 50, name
        assert {"es", "de", "sw"} <= voices.keys(), name
        assert not [voice for voice in voices.values() if speaker.fault(voice)], name
        speaker.close()
