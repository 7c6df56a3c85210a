"""Whether Google still answers as its stand-in does.  By hand, and from a network that may:

pytest -m online --force-enable-socket --no-cov tests/speech/test_google_online.py
"""

import pytest

from service.speech.google import GoogleSpeaker
from service.speech.sound import encoded, evened, faults


@pytest.mark.online
def test_google_says_a_short_phrase(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("markexpr") != "online":
        pytest.skip("asks the real service: only with -m online --force-enable-socket")
    phrase = "Call now, we are here."
    speaker = GoogleSpeaker()
    try:
        sound = speaker.speak(phrase, "en/com", slow=False)
    finally:
        speaker.close()
    assert list(faults(phrase, encoded(evened(sound), "mulaw"))) == []
