"""What families write is understood: the files of tests/words, owned by translators.

Every emergency is answered with the alarm.  The share of right answers may not fall below what was reached; the lines
known to fail stand in words/known.txt, which may only shrink.
"""

import pytest

from service.app import House
from tests.written import FOLDER, figures, right, understood, written

LANGUAGES = ("en", "es", "fr")
LEAST_RIGHT = 0.95


def known() -> set[str]:
    lines = (FOLDER / "known.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_every_language_has_its_file(house: House) -> None:
    assert {path.stem for path in FOLDER.glob("??.txt")} == {*house.shelf.languages.entries} == {*LANGUAGES}
    for language in LANGUAGES:
        lines = [*written(language)]
        assert len(lines) >= 60
        assert sum(line.is_emergency for line in lines) >= 15
        assert sum(line.answers == {"nothing"} for line in lines) >= 8


def test_every_answer_in_the_files_is_one_we_have(house: House) -> None:
    targets = {phrase.meaning for phrase in house.shelf.phrasebook.phrases}
    answers = {answer for language in LANGUAGES for line in written(language) for answer in line.answers}
    assert answers <= targets | {"nothing"} | {f"language:{tag}" for tag in LANGUAGES}


def test_only_the_known_lines_fail_and_all_of_them_do(house: House) -> None:
    failing = {
        f"{language}: {line.message}"
        for language in LANGUAGES
        for line in written(language)
        if not right(line, understood(house, line))
    }
    assert failing == known()


@pytest.mark.parametrize("settled", [False, True], ids=["a stranger", "somebody who chose the language"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_emergency_is_answered_with_the_alarm(house: House, language: str, *, settled: bool) -> None:
    for line in written(language):
        if line.is_emergency:
            assert understood(house, line, settled=settled) == {"alarm"}, line.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_emergency_is_heard_from_somebody_set_to_another_language(house: House, language: str) -> None:
    phrasebook = house.shelf.phrasebook
    for other in {*LANGUAGES} - {language}:
        heard = [
            type(phrasebook.understand(line.message, (other,))).__name__ == "Emergency"
            for line in written(language)
            if line.is_emergency
        ]
        assert sum(heard) / len(heard) >= LEAST_RIGHT


@pytest.mark.parametrize("language", LANGUAGES)
def test_nonsense_is_never_guessed_into_medicine(house: House, language: str) -> None:
    for line in written(language):
        if line.answers == {"nothing"}:
            assert understood(house, line) == {"nothing"}, line.message


@pytest.mark.parametrize("folder", ["aside", "hard"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_reached_once_is_not_lost(house: House, language: str, folder: str) -> None:
    counts = figures(house, language, folder)
    assert not counts["alarms wrong"]
    assert counts["questions right"] / counts["questions"] >= REACHED[folder][0]
    assert counts["nonsense right"] / counts["nonsense"] >= REACHED[folder][1]


# The least share of right topics, and of nonsense left alone.
REACHED = {"aside": (0.8, 0.7), "hard": (0.95, 0.93)}
