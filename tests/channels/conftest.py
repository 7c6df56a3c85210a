"""The channels are tested with a few words of their own: the real lists change without changing what a channel does."""

from dataclasses import replace
from typing import Final

import pytest

from service.core.content import TOPICS
from service.core.matching import Phrasebook
from service.core.patterns import phrase
from service.house import House, open_house
from tests.conftest import Clock, settings

WORDS: Final = (
    ("alarm", "en", "not breath*"),
    ("alarm", "en", "seizure"),
    ("symptoms", "en", "symptoms"),
    ("menu", "en", "menu"),
    ("more", "en", "more"),
    ("hello", "en", "hello"),
    ("name", "en", "english"),
    ("name", "es", "español"),
    ("name", "fr", "français"),
)


@pytest.fixture(scope="session")
def house() -> House:
    """The real content and languages, with WORDS."""
    opened = open_house(settings(), clock=Clock())
    phrases = [phrase(written, meaning, language) for meaning, language, written in WORDS]
    return replace(opened, shelf=replace(opened.shelf, phrasebook=Phrasebook(phrases, TOPICS, ("112", "911", "999"))))
