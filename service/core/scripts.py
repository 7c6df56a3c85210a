"""The script of a word, which often tells its language: only Amharic is written in Ethiopic letters here."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

LATIN: Final = "LATIN"
LEAST_SHARE: Final = 0.5  # of the words: some stray ones say nothing


def script(word: str) -> str:
    """The first word of the Unicode name of its first letter: LATIN, CYRILLIC, CJK ...; "" if it holds no letter."""
    letter = next((letter for letter in word if letter.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0].partition("-")[0] if letter else ""


class Scripts:
    """Which languages are written in which script: those with a good part of the words of their lists in it."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._languages: dict[str, set[str]] = defaultdict(set)
        for language, listed in words.items():
            counts = Counter(map(script, listed))
            del counts[""], counts[LATIN]  # Latin letters are typed in every language
            for name, count in counts.items():
                if count > sum(counts.values()) / 10:
                    self._languages[name].add(language)

    def languages(self, words: Iterable[str]) -> frozenset[str]:
        """The languages of the script most of a message is in; none if that is Latin."""
        counts = Counter(map(script, words))
        if not counts:
            return frozenset()
        name, count = counts.most_common(1)[0]
        return frozenset(self._languages.get(name, ())) if count >= counts.total() * LEAST_SHARE else frozenset()

    def only(self, word: str) -> frozenset[str]:
        """The language of the word's script, if it is written in no other one of ours."""
        tags = self._languages.get(script(word), ())
        return frozenset(tags) if len(tags) == 1 else frozenset()
