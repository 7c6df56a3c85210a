"""The real library, and every place of it, found once for all tests of the core."""

from dataclasses import replace

import pytest

from service.core.content import Library
from service.core.matching import Phrasebook
from service.core.places import AnyPlace
from service.core.walking import walk
from service.house import House


@pytest.fixture(scope="session")
def library(house: House) -> Library:
    """All editions of the real content."""
    return house.shelf.library


@pytest.fixture(scope="session")
def phrasebook(house: House) -> Phrasebook:
    """The real word lists."""
    return house.shelf.phrasebook


@pytest.fixture(scope="session")
def english(library: Library) -> Library:
    """The real content in English only: its places are those of every language, but for the languages offered there."""
    return replace(library, languages=(), editions={"en": library.editions["en"]}, by_phone=frozenset({"en"}))


@pytest.fixture(scope="session")
def walked(english: Library) -> tuple[AnyPlace, ...]:
    """Every place of the English library."""
    return tuple(walk(english))


@pytest.fixture(scope="session")
def six(english: Library) -> Library:
    """Six languages, all in English words: more than one page of them."""
    tags = ("en", "es", "fr", "de", "it", "sw")
    editions = {tag: replace(english.editions["en"], language=tag) for tag in tags}
    return replace(
        english,
        languages=(),
        editions=editions,
        by_phone=frozenset(tags[:2]),
        likely={"ES": ("es",), "US": ("en", "es")},
    )
