"""Finding the phrases of all word lists in one message, at a cost that does not grow with the languages.

Each word of the message is looked up once: as it stands, by its stems, and, where no list knows it, with the
typing errors its length allows.  A phrase is found where all its slots are, near each other, in any order.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from service.core.folding import is_unspaced
from service.core.meanings import INNOCENT, NAME
from service.core.patterns import Phrase
from service.core.runs import Run, Runs, SlotAt, in_order
from service.core.scripts import Scripts
from service.core.typos import SHORTEST_WITH_ERRORS, Typos

LONGEST_MESSAGE: Final = 300  # words that are looked at; nobody explains an emergency after them
LONGEST_ENDING: Final = 12
SPARE_WORDS: Final = 3  # that may stand between the words of a phrase
SPARE_IN_FEAR: Final = 6  # between those of an emergency: people in fear tell it the long way
SHORTEST_JOINED: Final = 6
PLACES: Final = 3  # of each word of a message: the whole, its first half, its second half


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a message: the places of its words in it, and how many typing errors that took."""

    phrase: Phrase
    positions: frozenset[int]
    errors: int


@dataclass(frozen=True, slots=True)
class Words:
    """A message's folded words, with what the lists know of each."""

    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    languages: tuple[frozenset[str], ...]  # per word: the languages that know it exactly, or the only one of its script
    written_in: frozenset[str]  # the languages of its script; none if that is Latin


@dataclass(frozen=True, slots=True)
class _Found:
    """What the lists know of a word: the slots it fills, with how many errors, and those of two words in it."""

    whole: Mapping[SlotAt, int]
    halves: tuple[tuple[Mapping[SlotAt, int], Mapping[SlotAt, int]], ...] = ()


class Index:
    """All phrases, by their words."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self._runs = Runs()
        self._words: dict[str, list[SlotAt]] = defaultdict(list)
        self._stems: dict[str, list[SlotAt]] = defaultdict(list)
        self._languages: dict[str, set[str]] = defaultdict(set)
        for number, phrase in enumerate(self.phrases):
            # How a language is asked for in the words of all others ("en inglés por favor") shows none.
            shown = () if phrase.meaning == NAME and len(phrase.slots) > 1 else (phrase.language,)
            for slot, alternatives in enumerate(phrase.slots):
                for word in alternatives:
                    if is_unspaced(word):
                        self._runs.add(word, (number, slot), shown)
                        continue
                    (self._stems if word.endswith("*") else self._words)[word.rstrip("*")].append((number, slot))
                    if not word.endswith("*"):
                        self._languages[word].update(shown)
        self._typos = Typos(self._words)
        words: dict[str, set[str]] = defaultdict(set)
        for phrase in self.phrases:
            words[phrase.language].update(word for slot in phrase.slots for word in slot)
        self._scripts = Scripts(words)
        self._found = lru_cache(maxsize=4096)(self._look_up)

    def words_for(self, meaning: str) -> frozenset[str]:
        """The single words of all lists of one meaning, in every language; of unspaced scripts their first letters."""
        mine = (phrase for phrase in self.phrases if phrase.meaning == meaning)
        words = (word for phrase in mine if len(phrase.slots) == 1 or phrase.tight for word in phrase.slots[0])
        return frozenset(word[0] if is_unspaced(word) else word for word in words)

    def search(self, folded: str) -> Words:
        """Everything the lists find in a folded message."""
        words = tuple(folded.split()[:LONGEST_MESSAGE])
        where: dict[SlotAt, dict[int, int]] = defaultdict(dict)
        for place, found in self._candidates(words):
            for slot, errors in found.items():
                where[slot][place] = min(errors, where[slot].get(place, errors))
        known = [set(self._languages.get(word, ())) for word in words]
        runs: dict[SlotAt, list[Run]] = defaultdict(list)
        for run, slots, languages in self._runs.find(words):
            for slot in slots:
                runs[slot].append(run)
                if not self.phrases[slot[0]].tight:  # beside words with spaces its first letter stands for it
                    where[slot][run[0] * PLACES] = 0
            for place in range(*run):
                known[place] |= languages
        for place, word in enumerate(words):
            known[place] |= self._scripts.only(word)
        numbers = dict.fromkeys(number for number, _ in (*where, *runs))
        hits = tuple(hit for number in numbers for hit in self._placed(number, where, runs))
        return Words(words, hits, tuple(map(frozenset, known)), self._scripts.languages(words))

    def _candidates(self, words: tuple[str, ...]) -> Iterator[tuple[int, Mapping[SlotAt, int]]]:
        """Which slots each word may fill.  A word has three places: as a whole, and as two typed together."""
        for position, word in enumerate(words):
            found = self._found(word)
            yield position * PLACES, found.whole
            for first, second in found.halves:  # "cantbreathe"
                yield position * PLACES + 1, first
                yield position * PLACES + 2, second
            pair = word + words[position + 1] if position + 1 < len(words) else ""
            if len(pair) >= SHORTEST_JOINED and pair in self._words:  # "chicken pox" for chickenpox
                together = dict.fromkeys(self._words[pair], 0)
                yield position * PLACES, together
                yield (position + 1) * PLACES, together

    def _look_up(self, word: str) -> _Found:
        found = dict.fromkeys(self._words.get(word, ()), 0)
        for length in range(max(2, len(word) - LONGEST_ENDING), len(word) + 1):
            found |= dict.fromkeys(self._stems.get(word[:length], ()), 0)
        if found or len(word) < SHORTEST_WITH_ERRORS:
            return _Found(found)
        for near, errors in self._typos.near(word).items():
            found |= {slot: min(errors, found.get(slot, errors)) for slot in self._words[near]}
        halves = ((self._exactly(word[:cut]), self._exactly(word[cut:])) for cut in range(2, len(word) - 1))
        return _Found(found, tuple((first, second) for first, second in halves if first and second))

    def _exactly(self, word: str) -> Mapping[SlotAt, int]:
        found = list(self._words.get(word, ()))
        for length in range(SHORTEST_WITH_ERRORS, len(word) + 1):
            found += self._stems.get(word[:length], ())
        return dict.fromkeys(found, 0)

    def _placed(
        self, number: int, where: Mapping[SlotAt, Mapping[int, int]], runs: Mapping[SlotAt, list[Run]]
    ) -> Iterator[Hit]:
        phrase = self.phrases[number]
        slots = [(number, slot) for slot in range(len(phrase.slots))]
        if phrase.tight:
            rows = in_order(phrase, [runs.get(slot, []) for slot in slots])
            yield from (Hit(phrase, places, 0) for places in rows)
            return
        options = [where.get(slot, {}) for slot in slots]
        if not all(options):
            return
        spare = SPARE_IN_FEAR if phrase.meaning.startswith("alarm") else SPARE_WORDS
        reach = len(options) + spare if len(options) > 1 else 1
        done: set[int] = set()
        for start in sorted({place // PLACES for option in options for place in option}):
            find = _in_order if phrase.meaning == INNOCENT else _nearest
            best = find(options, start, start + reach)
            if best is not None and not done & best.keys():
                done |= best.keys()
                letters = (range(*run) for slot in slots for run in runs.get(slot, ()) if run[0] * PLACES in best)
                places = frozenset(place // PLACES for place in best).union(*letters)
                yield Hit(phrase, places, sum(best.values()))


def _in_order(options: list[Mapping[int, int]], start: int, end: int) -> dict[int, int] | None:
    """A place for each slot, as it is listed and after the one before; None if there is none."""
    chosen: dict[int, int] = {}
    last = start * PLACES - 1
    for option in options:
        place = min((p for p, errors in option.items() if last < p < end * PLACES and not errors), default=None)
        if place is None:
            return None
        chosen[place] = 0
        last = place
    return chosen if _are_whole(chosen) else None


def _nearest(options: list[Mapping[int, int]], start: int, end: int) -> dict[int, int] | None:
    """A place for each slot in the words from `start` up to `end`, each its own; None if there is none."""
    chosen: dict[int, int] = {}
    within = [{p: errors for p, errors in option.items() if start <= p // PLACES < end} for option in options]
    for option in sorted(within, key=len):
        free = [p for p in option if p not in chosen]
        if not free:
            return None
        place = min(free, key=lambda p: (option[p], p))
        chosen[place] = option[place]
    return chosen if _are_whole(chosen) else None


def _are_whole(places: Collection[int]) -> bool:
    """Half of a word counts only together with its other half: "whatever" is not "what"."""
    return all(place % PLACES == 0 or place // PLACES * PLACES + 3 - place % PLACES in places for place in places)
