"""Messages that people might write, with the right answers, and how the line understands them.

The files are `tests/words/<language>.txt`, owned by translators, and `aside/` in that folder: messages that nobody
looks at who changes the word lists.  One a line: `no respira mi bebe => alarm`; two right answers are joined by ` + `.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import langcodes

from service.core.content import Library, Person
from service.core.conversation import arrive, preferred
from service.core.matching import Phrasebook
from service.core.meanings import Does, Emergency, Meaning, Pressed, Speaks, Unknown, Unsure, Wants
from service.files.beginning import SENTENCES

ASIDE: Final = "aside"
NOTHING: Final = "nothing"
ALARM: Final = "alarm"
ARROW: Final = " => "


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line: a message in a language, and the answers that are right."""

    language: str
    message: str
    answers: frozenset[str]

    @property
    def kind(self) -> str:
        """`alarm`, `nothing`, or `topic` for whatever else the line can be asked."""
        return ALARM if ALARM in self.answers else NOTHING if self.answers == {NOTHING} else "topic"


@dataclass(frozen=True, slots=True)
class Result:
    """How the sentences of one file were understood: by kind how many, and how many rightly."""

    counts: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)  # the right answer was offered among others
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)  # what was right, what was understood


def sentences(root: Path, language: str, folder: str = "") -> Iterator[Sentence]:
    """Those of one language; none where there is no file."""
    path = root / SENTENCES / folder / f"{language}.txt"
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        if line.strip() and not line.startswith("#"):
            message, _, answers = line.rpartition(ARROW)
            yield Sentence(language, message, frozenset(answer.strip() for answer in answers.split(" + ")))


def home(language: str) -> str:
    """The country where most speakers of a language are: what a stranger's number would tell."""
    return langcodes.Language.get(language).maximize().territory or ""


def understood(library: Library, book: Phrasebook, one: Sentence, *, settled: bool = False) -> frozenset[str]:
    """How a stranger's message is understood, or that of somebody who chose its language before."""
    stranger = arrive(library, Person(home(one.language)))
    prefer = (one.language,) if settled else preferred(library, stranger)
    return answers(book.understand(one.message, prefer))


def answers(meaning: Meaning) -> frozenset[str]:
    """A meaning in the words of the files; several where the person is asked."""
    match meaning:
        case Emergency():
            return frozenset({ALARM})
        case Pressed(key=key):
            return frozenset({f"key {key}"})
        case Does(command=command):
            return frozenset({command})
        case Speaks(language=language):
            return frozenset({f"language:{language}"})
        case Wants(topic=topic, passage=passage):
            return frozenset({f"{topic}/{passage}" if passage else topic})
        case Unsure(topics=topics):
            return frozenset(topics)
        case Unknown():
            return frozenset({NOTHING})


def right(one: Sentence, got: frozenset[str]) -> bool:
    """Whether one of the right answers was given, or, where two are right, asked for."""
    return (len(got) == 1 and got <= one.answers) or (len(one.answers) > 1 and one.answers <= got)


def judged(
    root: Path, library: Library, book: Phrasebook, language: str, folder: str = "", *, settled: bool = False
) -> Result:
    """How all sentences of a language are understood."""
    result = Result()
    for one in sentences(root, language, folder):
        got = understood(library, book, one, settled=settled)
        result.counts[one.kind] += 1
        if right(one, got):
            result.right[one.kind] += 1
            continue
        result.asked[one.kind] += bool(got & one.answers)
        result.confused[" + ".join(sorted(one.answers)), " or ".join(sorted(got))] += 1
    return result
