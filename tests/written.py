"""Reads the messages of tests/words and judges how each is understood."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from service.app import House
from service.core.content import Person
from service.core.meanings import Does, Emergency, Meaning, Pressed, Speaks, Unknown, Unsure, Wants

FOLDER = Path(__file__).parent / "words"
HOME = {"en": "US", "es": "MX", "fr": "FR"}  # where most of the writers of each file are


@dataclass(frozen=True, slots=True)
class Written:
    """One line: a message and the answers that are right."""

    language: str
    message: str
    answers: frozenset[str]

    @property
    def is_emergency(self) -> bool:
        return "alarm" in self.answers


def written(language: str, folder: str = "") -> Iterator[Written]:
    for line in (FOLDER / folder / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            message, _, answers = line.rpartition(" => ")
            yield Written(language, message, frozenset(answer.strip() for answer in answers.split(" + ")))


def understood(house: House, line: Written, *, settled: bool = False) -> set[str]:
    """How a stranger's message is understood, or that of somebody who chose its language before."""
    library = house.shelf.library
    prefer = (line.language,) if settled else library.offered(Person(HOME[line.language]))
    return answers(house.shelf.phrasebook.understand(line.message, prefer))


def answers(meaning: Meaning) -> set[str]:
    match meaning:
        case Emergency():
            return {"alarm"}
        case Pressed(key=key):
            return {f"key {key}"}
        case Does(command=command):
            return {command}
        case Speaks(language=language):
            return {f"language:{language}"}
        case Wants(topic=topic, passage=passage):
            return {f"{topic}/{passage}" if passage else topic}
        case Unsure(topics=topics):
            return {*topics}
        case Unknown():
            return {"nothing"}


def right(line: Written, got: set[str]) -> bool:
    """Whether one of the right answers was given, or, where two are right, asked for."""
    return (len(got) == 1 and got <= line.answers) or (len(line.answers) > 1 and line.answers <= got)


def figures(house: House, language: str, folder: str = "", *, settled: bool = False) -> Counter[str]:
    """Counts: lines, right, asked (the right one among others), wrong; alarms and those missed; guesses into nonsense."""
    counts: Counter[str] = Counter()
    for line in written(language, folder):
        got = understood(house, line, settled=settled)
        kind = "alarms" if line.is_emergency else "nonsense" if line.answers == {"nothing"} else "questions"
        verdict = "right" if right(line, got) else "asked" if len(got) > 1 and got & line.answers else "wrong"
        counts.update([kind, f"{kind} {verdict}"])
    return counts
