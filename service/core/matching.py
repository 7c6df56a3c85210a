"""What somebody means by what they wrote or said.

In this order: an emergency, in any language; a key; a command; a language; a topic; several topics that are
equally near; nothing.  Nonsense is never guessed into medicine, and an emergency is never argued away.
"""

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import replace
from typing import Final

from service.core.attribution import Attribution
from service.core.borrowed import NOTHING_TOLD, Borrowed, Vocabulary
from service.core.folding import fold, key_in
from service.core.index import Index
from service.core.judging import Search
from service.core.meanings import (
    ALARM,
    AROUND,
    NETWORK_HELP,
    RESERVED,
    SELF_HARM,
    Does,
    Emergency,
    Meaning,
    Pressed,
    Speaks,
)
from service.core.measures import Units
from service.core.patterns import Phrase

LONGEST_HINT: Final = 100  # letters: Twilio's limits, and fewer entries, as each request carries them
MOST_HINTS: Final = 200
ANSWERED: Final = frozenset({"help", "people"})  # commands that are answered with a topic


class Phrasebook:
    """The word lists of all languages, searched at once."""

    def __init__(
        self,
        phrases: Iterable[Phrase],
        topics: Collection[str],
        emergency_numbers: Collection[str],
        vocabulary: Vocabulary = NOTHING_TOLD,
    ) -> None:
        self._index = Index(phrases)
        self._vocabulary = vocabulary
        self._borrowed = Borrowed(self.phrases, vocabulary)
        self._topics = tuple(topics)
        self._emergency_numbers = frozenset(emergency_numbers)
        self._units = Units(self._index.words_for("degrees") | {"°"}, self._index.words_for("minutes"))
        self._hints = {language: _hints(self.phrases, language) for language in {p.language for p in self.phrases}}

    def knowing(self, vocabulary: Vocabulary) -> "Phrasebook":
        """The same word lists beside other texts."""
        if vocabulary == self._vocabulary:
            return self
        other = copy(self)
        other._vocabulary, other._borrowed = vocabulary, Borrowed(self.phrases, vocabulary)  # noqa: SLF001 - one of ours
        return other

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All of them, for the checks and for the hints given to speech recognition."""
        return self._index.phrases

    def hints(self, language: str) -> str:
        """What callers are likely to say, for speech recognition: by commas, alarms first, within Twilio's limits."""
        return self._hints.get(language, "")

    def understand(self, text: str, prefer: tuple[str, ...] = (), *, sure: bool = True) -> Meaning:
        """What `text` means to somebody whose likely languages are `prefer`, likeliest first.

        `sure` is False for speech that was recognised badly: then no typing errors are assumed, except in an alarm.
        """
        folded = fold(text)
        if self._only_dials(folded):
            return Emergency()
        if key := key_in(text):
            return Pressed(key)
        if folded in RESERVED:
            # Where no network answers it, or said in a call: help is help, the others only mean to get away.
            return Does("help" if folded in NETWORK_HELP else "menu")
        search = Search(self._index.search(folded), prefer, self._units, self._borrowed, sure=sure)
        return _weighed(self._meant(text, search), search.attribution)

    def _meant(self, text: str, search: Search) -> Meaning:
        if (alarm := search.alarm(text)) is not None:
            return alarm
        if search.of("help") and not self._emergency_numbers.isdisjoint(search.words):  # "911 please help me"
            return Emergency(language=search.language)
        if (command := search.command(self._topics)) is not None:
            return command
        return search.topic(text, self._topics)

    def _only_dials(self, folded: str) -> bool:
        """Whether it is nothing but an emergency number, also in pieces or again and again."""
        words = folded.split()
        return "".join(words) in self._emergency_numbers or (bool(words) and self._emergency_numbers.issuperset(words))


def _weighed(meaning: Meaning, attribution: Attribution) -> Meaning:
    """Where people of another language may have written the same, it is said.

    "Hello" or "menu" is then in no language, but what is answered with more than a menu is answered as it was written.
    """
    match meaning:
        case Pressed() | Speaks():
            return meaning
        case Does(command=command, language=language) if attribution.could_be_likeliest(language):
            return Does(command, language if command in ANSWERED else None, shared=True)
        case _ if attribution.is_shared(meaning.language):
            return replace(meaning, shared=True)
        case _:
            return meaning


def _hints(phrases: Iterable[Phrase], language: str) -> str:
    spoken = [p for p in phrases if p.language == language and p.meaning not in AROUND and "*" not in str(p.slots)]
    spoken.sort(key=lambda p: p.meaning not in {ALARM, SELF_HARM})
    literal = dict.fromkeys(p.literal for p in spoken if len(p.literal) <= LONGEST_HINT)
    return ",".join(list(literal)[:MOST_HINTS])
