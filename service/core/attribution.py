"""Which language a message is written in, as far as its words show it."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from service.core.borrowed import Borrowed
from service.core.content import SOURCE_LANGUAGE
from service.core.index import Hit, Words

NEARLY: Final = 0.8  # of the words another language has: with so many it is the person's likeliest


class Attribution:
    """The languages of one message's words, and of the phrases found in it."""

    def __init__(self, found: Words, prefer: tuple[str, ...], borrowed: Borrowed) -> None:
        self.prefer = prefer
        self.exact = found.languages
        self._written_in = found.written_in
        self._borrowed = [borrowed.by(word) for word in found.words]

    def language(self, hits: Collection[Hit], *, of_hits: bool = False) -> str | None:
        """The language most of the words are in; None if nothing shows it.

        Among nearly equals it is the person's likeliest.  A language counts only if some word of it is no borrowed one.
        With `of_hits` only the languages of `hits` are looked at.
        """
        known: dict[str, set[int]] = defaultdict(set)
        for place, tags in enumerate(self.exact):
            for tag in tags:
                known[tag].add(place)
        told: dict[str, set[int]] = defaultdict(set)
        places = {tag: set(mine) for tag, mine in known.items()}
        for hit in hits:
            tag = hit.phrase.language
            places.setdefault(tag, set()).update(hit.positions)
            if len(hit.positions) > 1 or hit.errors:  # one word as it is listed is known already
                told[tag] |= hit.positions
        wanted = {hit.phrase.language for hit in hits} if of_hits else {*places}
        own = {tag for tag in wanted if any(tag not in self._borrowed[place] for place in places[tag])}
        votes = {tag: len(known.get(tag, ())) + len(told[tag]) for tag in own or wanted}
        likeliest = next((tag for tag in self.prefer[:1] if tag in votes), None)
        if likeliest and votes[likeliest] >= NEARLY * max(votes.values()):
            return likeliest
        return min(votes, key=lambda tag: (-votes[tag], self.rank(tag), tag), default=None)

    def rank(self, language: str) -> tuple[int, bool]:
        """How likely a language is for this person: the less, the likelier."""
        place = self.prefer.index(language) if language in self.prefer else len(self.prefer)
        return place, language != SOURCE_LANGUAGE

    def is_shared(self, language: str | None) -> bool:
        """Whether people of another language may have written all that shows this one.

        A borrowed word may come from people of a likelier language ("symptoms" in Kenya), not of a less likely one.
        """
        places = self._places(language)
        likelier = {tag for tag in self.prefer if language and self.rank(tag) < self.rank(language)}
        return any(
            tag in likelier or not any(tag in self._borrowed[place] for place in places)
            for tag in self._others(places) - {language}
        )

    def could_be_likeliest(self, language: str | None) -> bool:
        """Whether all that shows `language` may as well have been written in the person's likeliest, another one."""
        return self.prefer[:1] != (language,) and not self._others(self._places(language)).isdisjoint(self.prefer[:1])

    def by_script(self, language: str | None) -> str | None:
        """The language a message must be in by its letters, or the likeliest of several; None where that is open."""
        if len(self._written_in) == 1 or language in self._written_in:
            return language if language in self._written_in else next(iter(self._written_in))
        return next((one for one in self.prefer if one in self._written_in), None)

    def _places(self, language: str | None) -> list[int]:
        return [place for place, known in enumerate(self.exact) if language in known]

    def _others(self, places: list[int]) -> frozenset[str]:
        return frozenset.intersection(*(self.exact[place] for place in places)) if places else frozenset()
