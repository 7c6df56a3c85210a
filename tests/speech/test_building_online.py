"""The online speaker from end to end: real gTTS, real TLS, a stand-in for Google, recordings that can be played."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from service.house import ROOT, open_house
from service.speech.google import GoogleSpeaker
from service.speech.sound import decoded, letters
from service.studio import opened
from tests.conftest import Clock, settings
from tests.speech.google import Fault, Google, mp3
from tests.test_studio import Shown

FEW = 6
RATE = 24000


@cache
def a_sentence(text: str) -> bytes:
    """A tone as long as the words, and the silence after them that every voice leaves."""
    moments = np.arange(RATE * letters(text) // 12) / RATE
    return mp3(np.concatenate([0.3 * np.sin(2 * np.pi * 300 * moments), np.zeros(RATE // 5)]).astype(np.float32))


def test_the_best_speaker_is_the_online_one_and_what_it_cannot_say_the_next_one_says(
    google: Google, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    google.speak = a_sentence
    chosen = settings(speech=("gtts", "embedded"), audio_folder=tmp_path / "speech", languages=("es",))
    with opened(open_house(chosen, ROOT, Clock()), ROOT, "mulaw") as studio:
        studio.speakers["gtts"] = GoogleSpeaker(gap=0, longest_wait=0.01)
        orders = studio.wanted(["es"], [False])[:FEW]
        first = studio.build(orders, Shown())
        assert ([made.speaker for made in first.made], first.refused) == (["gtts"] * FEW, [])
        assert {asked.language for asked in google.asked} == {"es"}
        for made in first.made:
            assert decoded((studio.archive.folder / made.file).read_bytes()).rate == 8000
        asked = len(google.asked)
        google.always = Fault(status=403)
        more = studio.wanted(["es"], [False])[: 2 * FEW]
        second = studio.build(more, Shown(), 1)
        assert [made.speaker for made in second.made] == ["embedded"] * FEW
        assert (second.kept, second.given_up) == (FEW, {"gtts": "HTTP 403"})
        assert len(google.asked) == asked + 1, "somebody who refuses is not asked again"
        google.always = None
        third = studio.build(more, Shown())
        assert [made.speaker for made in third.made] == ["gtts"] * FEW, "the next build asks again"
