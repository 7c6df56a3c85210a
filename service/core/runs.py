"""Finding words in scripts that are written without spaces.

There a message is a row of letters, and nothing shows where a word begins.  So all known words that begin at a
letter are looked up together; how many languages know words does not matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from service.core.folding import is_unspaced
from service.core.patterns import Phrase

SPARE_LETTERS: Final = 3  # that may stand where a phrase has a gap
SPARE_LETTERS_IN_FEAR: Final = 6  # in those of an emergency

SlotAt = tuple[int, int]  # the number of a phrase, and which of its slots
Run = tuple[int, int]  # the places of its first letter, and of the letter after it


class Runs:
    """The words of unspaced scripts in all lists."""

    def __init__(self) -> None:
        self._slots: dict[str, list[SlotAt]] = defaultdict(list)
        self._beginnings: set[str] = set()
        self._languages: dict[str, set[str]] = defaultdict(set)

    def add(self, word: str, slot: SlotAt, languages: Iterable[str]) -> None:
        """Note that `word` fills a slot of a phrase, and shows one of `languages`."""
        self._slots[word].append(slot)
        self._languages[word].update(languages)
        self._beginnings |= {word[:length] for length in range(1, len(word) + 1)}

    def find(self, letters: Sequence[str]) -> Iterator[tuple[Run, list[SlotAt], set[str]]]:
        """Each known word in a folded message, where it stands, the slots it fills, and the languages that know it."""
        for start, letter in enumerate(letters):
            word = ""
            for end in range(start, len(letters)) if is_unspaced(letter) else ():
                word += letters[end]
                if word not in self._beginnings:
                    break
                if word in self._slots:
                    yield (start, end + 1), self._slots[word], self._languages[word]


def in_order(phrase: Phrase, options: Sequence[Sequence[Run]]) -> Iterator[frozenset[int]]:
    """The places of the letters of a tight phrase, wherever its words follow each other as it says."""
    spare = SPARE_LETTERS_IN_FEAR if phrase.meaning.startswith("alarm") else SPARE_LETTERS
    longest = [
        sorted(option, key=lambda run: (run[0], -run[1])) for option in options
    ]  # おはようございます before おはよう
    taken: set[int] = set()
    for first in longest[0]:
        row = _continued([first], longest, phrase, spare)
        if row and not taken & (places := {place for start, end in row for place in range(start, end)}):
            taken |= places
            yield frozenset(places)


def _continued(row: list[Run], options: Sequence[Sequence[Run]], phrase: Phrase, spare: int) -> list[Run]:
    slot, end = len(row), row[-1][1]
    if slot == len(options):
        return row
    last = end + (spare if slot in phrase.gaps else 0)
    for run in options[slot]:
        if end <= run[0] <= last and (whole := _continued([*row, run], options, phrase, spare)):
            return whole
    return []
