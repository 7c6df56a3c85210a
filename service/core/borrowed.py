"""Words that people of one language have from another: "symptoms" in a Swahili list does not make it Swahili."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from service.core.meanings import NAME
from service.core.patterns import Phrase

NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the word lists do not tell about the words of the languages."""

    texts: Mapping[str, Collection[str]] = field(default_factory=dict)  # the folded words each language's own texts use
    mixed_with: Mapping[str, Collection[str]] = field(default_factory=dict)  # whose words its people write among theirs


NOTHING_TOLD: Final = Vocabulary()


class Borrowed:
    """Which languages know a word only because they are mixed with another that has it."""

    def __init__(self, phrases: Iterable[Phrase], vocabulary: Vocabulary) -> None:
        words = {tag: set(texts) for tag, texts in vocabulary.texts.items()}
        lenders = {lender for lenders in vocabulary.mixed_with.values() for lender in lenders}
        for phrase in phrases:
            if phrase.language in lenders and phrase.meaning != NAME:
                words.setdefault(phrase.language, set()).update(word for slot in phrase.slots for word in slot)
        self._by: dict[str, frozenset[str]] = {}
        borrowers: dict[str, set[str]] = defaultdict(set)
        for tag, lent_by in vocabulary.mixed_with.items():
            own = vocabulary.texts.get(tag, NONE)
            for word in {word for lender in lent_by for word in words.get(lender, ())}.difference(own):
                if word.isalpha():  # a number or a stem is nobody's
                    borrowers[word].add(tag)
        alike: dict[frozenset[str], frozenset[str]] = {}
        for word, tags in borrowers.items():
            self._by[word] = alike.setdefault(frozenset(tags), frozenset(tags))

    def by(self, word: str) -> frozenset[str]:
        """The languages that the folded `word` says nothing about, though it may be in their lists."""
        return self._by.get(word, NONE)
