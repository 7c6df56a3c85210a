"""Finding the listed words that somebody may have meant with a mistyped one.

Of a word with one error half is still right, of one with two errors a third.  So each listed word is known by its
pieces, and only words that share a piece are compared: the cost hardly grows with the number of words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

SHORTEST_WITH_ERRORS: Final = 5  # below, an edit makes another word: they are listed with their misspellings
TWO_ERRORS_FROM: Final = 9
MOST_ERRORS: Final = 2


def errors_allowed(word: str) -> int:
    """How many edits somebody may make in `word` before it is another one."""
    if len(word) < SHORTEST_WITH_ERRORS:
        return 0
    return 1 if len(word) < TWO_ERRORS_FROM else MOST_ERRORS


class Typos:
    """Words, found by what is left of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._pieces: dict[tuple[int, int, str], list[str]] = defaultdict(list)  # by length, place, letters
        for word in words:
            for start, end in _cuts(len(word)):
                self._pieces[len(word), start, word[start:end]].append(word)

    def near(self, written: str) -> dict[str, int]:
        """The listed words that `written` may stand for, each with its number of edits.

        An edit puts in, leaves out or changes a letter, or swaps two neighbours (optimal string alignment).
        """
        found: dict[str, int] = {}
        if len(written) < SHORTEST_WITH_ERRORS:
            return found
        for word in {word for key in self._keys(written) for word in self._pieces.get(key, ())}:
            allowed = errors_allowed(word)
            errors = OSA.distance(written, word, score_cutoff=allowed)
            if errors <= allowed:
                found[word] = errors
        return found

    @staticmethod
    def _keys(written: str) -> Iterator[tuple[int, int, str]]:
        for length in range(len(written) - MOST_ERRORS, len(written) + MOST_ERRORS + 1):
            for start, end in _cuts(length):
                reach = errors_allowed("x" * length)
                for first in range(max(0, start - reach), start + reach + 1):
                    last = first + end - start
                    if last > len(written):
                        break
                    yield length, start, written[first:last]
                    # Two letters swapped across the end of a piece would spoil it and its neighbour.
                    if first:
                        yield length, start, written[first - 1] + written[first + 1 : last]
                    if last < len(written):
                        yield length, start, written[first : last - 1] + written[last]


def _cuts(length: int) -> tuple[tuple[int, int], ...]:
    """The pieces of a word of this length: one more than the errors allowed in it; none where none is."""
    errors = errors_allowed("x" * max(0, length))
    ends = [length * piece // (errors + 1) for piece in range(errors + 2)]
    return tuple(pairwise(ends)) if errors else ()
