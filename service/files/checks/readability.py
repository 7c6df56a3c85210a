"""How hard the English is to read: Flesch-Kincaid grades, and sentences that are too long.

A score only sorts the work; people who say it back decide.  The formula is for English only.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from service.core.markup import written
from service.files.problems import Problem
from service.files.source import Source

HARDEST_GRADE: Final = 6.0
LONGEST_SENTENCE: Final = 20  # words
NOT_SCORED: Final = frozenset({"support"})  # names and addresses of contacts
SHORTEST_SCORED: Final = 12  # words: of fewer, one long word makes any grade
# Nobody can choose another word for these: each counts as two syllables, as a plain word would.
NAMED: Final = frozenset(
    {
        "opsoclonus", "myoclonus", "opsoclonus-myoclonus", "syndrome", "kinsbourne", "omas", "neuroblastoma", "ivig",
        "acth", "rituximab", "cyclophosphamide", "chickenpox", "measles", "shingles", "steroid", "steroids", "seizure",
        "seizures", "fahrenheit", "celsius", "oms", "mri", "ct",
    }
)  # fmt: skip
_EXCEPTIONS: Final = {
    "area": 3, "being": 2, "body": 2, "body's": 2, "didn't": 2, "doctor": 2, "emergency": 4, "every": 2, "everybody": 4,
    "idea": 3, "leukemia": 4, "maybe": 2, "medicine": 3, "medicines": 3, "people": 2, "poem": 2, "quiet": 2,
    "someone": 2, "something": 2, "somewhere": 2, "sometimes": 2, "area's": 3, "carers": 2, "used": 1, "tired": 1,
    "moved": 1, "diet": 2, "trial": 2, "create": 2, "react": 2, "video": 3, "radio": 3, "society": 4, "usually": 4,
    "therefore": 2, "safety": 2, "careful": 2, "homes": 1, "sides": 1, "times": 1, "others": 2, "eyes": 1, "scales": 1,
}  # fmt: skip
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,'-]*")
# Flesch counted what ends in a colon or semicolon as a sentence too.
_SENTENCE_END: Final = re.compile(r"(?<=[.!?:;])\s+")


def syllables(word: str) -> int:
    """Syllables of an English word, by its groups of vowels; a number is one, a named illness or medicine two."""
    word = word.casefold().strip("'-.,")
    if word in NAMED:
        return 2
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    if "-" in word:
        return sum(map(syllables, word.split("-")))
    letters = re.sub(r"[^a-z]", "", word)
    count = len(re.findall(r"[aeiouy]+", letters))
    if re.search(r"[^aeiouyl]e$|[^aeiouyst]es$|[^aeiouytd]ed$|[aeiouy]le$", letters):
        count -= 1  # silent: "make", "jerked", "whole"
    return max(count, 1)


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; the emergency number is one word."""
    parts = _SENTENCE_END.split(written(text).replace("{emergency}", "911"))
    return [words for part in parts if (words := _WORD.findall(part))]


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: years at a US school needed to follow `text`; 0 if it has no words."""
    parts = sentences(text)
    words = [word for part in parts for word in part]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def check_readability(source: Source) -> Iterator[Problem]:
    """Topics at grade 6 or below; as warnings, passages at grade 6 or below, and no sentence over 20 words."""
    for topic in source.topics:
        name, file = topic.entry.id, topic.file
        if name not in NOT_SCORED and (score := grade(" ".join(p.text for p in topic.passages))) > HARDEST_GRADE:
            yield Problem(file.name, 0, f"reads at grade {score:.1f}, at most {HARDEST_GRADE:.0f}: use shorter words")
        for index, passage in enumerate(topic.passages):
            for what in _hard(passage.text, scored=name not in NOT_SCORED):
                yield Problem(file.name, file.line(("passages", index, "text")), f"{passage.id} {what}", warning=True)


def _hard(text: str, *, scored: bool) -> Iterable[str]:
    parts = sentences(text)
    if scored and sum(map(len, parts)) >= SHORTEST_SCORED and (score := grade(text)) > HARDEST_GRADE:
        yield f"reads at grade {score:.1f}, at most {HARDEST_GRADE:.0f}: use shorter words and sentences"
    for words in parts:
        if len(words) > LONGEST_SENTENCE:
            yield f"has a sentence of {len(words)} words, at most {LONGEST_SENTENCE}: {' '.join(words[:5])} ..."
