"""The phrases of a language: those of its word lists, and those it shows in its choices and titles.  Its own words."""

from collections.abc import Collection, Mapping
from typing import Final
from unicodedata import category

from service.core.content import TOPICS
from service.core.errors import ContentError
from service.core.folding import fold
from service.core.markup import MARK_LIKE
from service.core.patterns import MOST_SLOTS, Phrase, phrase
from service.files.catalogs import Translation
from service.files.messages import WORDS, Message
from service.files.problems import Problem

# What choices lead to; those that name their topic besides.
_CHOICES: Final = {
    **{topic: topic for topic in TOPICS},
    "urgent-short": "urgent",
    "next": "more",
    "more-topics": "more",
    "language": "languages",
    "people": "people",
    "back": "menu",
    "again": "again",
    "slower": "slower",
    "text-me": "text-me",
    "listen": "read-me",
}


def phrases_of(
    language: str, translated: Mapping[str, Translation], known: Collection[Message], problems: list[Problem]
) -> list[Phrase]:
    """A language's word lists.  They are used in any state: an old list of alarms is better than none.

    An entry that cannot be read is a problem, and costs nothing but itself.
    """
    found = []
    for message in known:
        if message.catalog == "words" and message.id in translated:
            lines = translated[message.id]
            for written in filter(None, map(str.strip, lines.text.splitlines())):
                try:
                    found.append(phrase(written, message.id.removeprefix(WORDS), language))
                except ContentError as error:
                    problems.append(Problem(lines.file, lines.line, f"{message.id}: {error.problem}"))
    return found


def phrases_shown(language: str, translated: Mapping[str, Translation]) -> list[Phrase]:
    """What choices and titles say, as phrases: whoever copies one gets there, also where no word list has it."""
    shown_as = {f"prompt/choice/{name}": meaning for name, meaning in _CHOICES.items()}
    shown_as |= {f"{topic}/title": topic for topic in TOPICS}
    found = []
    for name, meaning in shown_as.items():
        text = MARK_LIKE.sub(" ", translated[name].text) if name in translated else ""
        words = "".join(
            " " if letter not in "'’" and category(letter)[0] in "PS" else letter for letter in text
        ).split()
        if 0 < len(words) <= MOST_SLOTS:
            found.append(phrase(" ".join(words), meaning, language))
    return found


def words_of(translated: Mapping[str, Translation], known: Collection[Message]) -> frozenset[str]:
    """The words that a language's own texts use, folded.  Not those of the contacts: their names are English."""
    texts = (
        translated[message.id].text
        for message in known
        if message.catalog != "words" and message.id in translated and not message.id.startswith("support/")
    )
    return frozenset(word for text in texts for word in fold(MARK_LIKE.sub(" ", text)).split())
