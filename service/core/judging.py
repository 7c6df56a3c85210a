"""What the phrases found in one message come to: which of them count, and which means most."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from service.core.attribution import Attribution
from service.core.borrowed import Borrowed
from service.core.excuses import not_excused
from service.core.index import Hit, Words
from service.core.meanings import (
    ALARM,
    COMMANDS,
    ILLNESS,
    NAME,
    SELF_HARM,
    Does,
    Emergency,
    Meaning,
    Speaks,
    Unknown,
    Unsure,
    Wants,
)
from service.core.measures import Units, is_fever, lasts_long
from service.core.patterns import Phrase
from service.core.places import LARGEST_QUESTION

FEVER: Final = "urgent/fever"
SHORT_WORD: Final = 4
# Of an emergency in a language that is neither likely nor that of the message, and of a command among other words.
FEWEST_LETTERS: Final = 7
SAID_AT_LENGTH: Final = ("menu", "more", "back", "again", "people", "slower", "languages", "thanks")
SURE_WORD: Final = 7
SHORTEST_NAME: Final = 5
LONGEST_WISH: Final = 20
LONG_WORD: Final = 8
SHORT_GREETING: Final = 5
LEAST_SIGN: Final = 2  # words that show a language where nothing else was understood


class Search:
    """One message, looked at from all sides."""

    def __init__(self, found: Words, prefer: tuple[str, ...], units: Units, borrowed: Borrowed, *, sure: bool) -> None:
        self.words = found.words
        self.units = units
        self.prefer = prefer
        self.exact = found.languages
        self.attribution = Attribution(found, prefer, borrowed)
        # The language most of the known words are in.
        self.mostly = self.attribution.language([hit for hit in found.hits if not hit.errors])
        hits = not_excused(found.hits, {*prefer[:1], self.mostly} if prefer else None)
        self.alarms = [h for h in hits if h.phrase.meaning in {ALARM, SELF_HARM} and self._can_alarm(h)]
        self.hits = [h for h in hits if (sure or not h.errors) and self._counts_here(h)]
        self.language = self.attribution.language(self.hits)

    def of(self, *meanings: str) -> list[Hit]:
        """The phrases found in the lists of these names."""
        return [hit for hit in self.hits if hit.phrase.meaning in meanings]

    def alarm(self, text: str) -> Emergency | None:
        """Whether an emergency is reported."""
        whole = [hit for hit in self.alarms if self._is_enough(hit, self.alarms)]
        if whole:
            heaviest = max(whole, key=lambda h: (len(h.positions), -h.errors, h.phrase.meaning == SELF_HARM))
            return Emergency(heaviest.phrase.meaning == SELF_HARM, self._reported_in(whole))
        if (timed := self.of("alarm/timed")) and (self.of("hours") or lasts_long(text, self.words, self.units.minutes)):
            return Emergency(language=self._reported_in(timed))
        return None

    def _reported_in(self, hits: list[Hit]) -> str | None:
        """The language of the phrases; that of the message where they are words of it too, or of no likely language."""
        theirs = self.attribution.language(hits, of_hits=True)
        is_known = self.mostly and all(self.mostly in self.exact[place] for place in self._positions(hits))
        return self.mostly if is_known or (self.mostly in self.prefer and theirs not in self.prefer) else theirs

    def command(self, topics: tuple[str, ...]) -> Meaning | None:
        """A command or a language name, if the message is nothing else, and no topic accounts for more of it."""
        most = max(map(len, self._claims(topics).values()), default=0)
        filler = self._positions(self.of("common", "hello", "thanks"))
        plain = [hit for hit in self.of(NAME) if len(hit.positions) > 1 and not hit.errors]
        if plain and not most:  # "in English please", whatever is said around it
            return Speaks(self._named(self.of(NAME)))
        for meanings in ((NAME,), COMMANDS[:-2], COMMANDS[-2:]):
            hits = [hit for hit in self.of(*meanings) if not hit.errors or len(self.words) == len(hit.positions)]
            if not hits or len(self._positions(hits) | filler) < len(self.words) or len(self._positions(hits)) < most:
                continue
            best = min(hits, key=lambda h: (-len(h.positions), h.errors, self.attribution.rank(h.phrase.language)))
            if meanings == (NAME,):
                return Speaks(self._named(hits))
            return Does(best.phrase.meaning, self.language)
        return None

    def topic(self, text: str, topics: tuple[str, ...]) -> Meaning:
        """What is asked about, or several things, or nothing of ours."""
        named = [hit for hit in self.of(NAME) if len(hit.positions) > 1 or len(self.words) <= SHORT_WORD]
        asked = self._named(named) if named else None
        claims = self._claims(topics)
        scores = Counter({target: len(positions) for target, positions in claims.items()})
        if is_fever(text, self.units.degrees, heat=bool(self.of("heat")), patient=bool(self.of("child", "treatment"))):
            scores[FEVER] += 2
        illness = self._positions(self.of(ILLNESS))
        others = [positions for target, positions in claims.items() if target != "about"]
        if illness and FEVER not in scores and all(positions <= illness for positions in others):
            return self._illness(asked)  # "dancing eyes" is its name, though eyes that dance are a sign
        if not scores:
            return Speaks(asked) if asked else self._said_at_length() or self._mentioned() or self.politeness()
        urgent = {target: score for target, score in scores.items() if "/" in target}
        best = max((urgent or scores).values())
        nearest = [target for target, score in (urgent or scores).items() if score == best]
        if len(nearest) > 1 and not urgent:
            nearest = self._in_own_language(nearest) or nearest
            # Danger first; what the illness is says least about what is wanted.
            nearest = ["urgent"] if "urgent" in nearest else [one for one in nearest if one != "about"]
        if len(nearest) == 1 and self._is_a_guess(nearest[0]):
            return Unsure((nearest[0].partition("/")[0],), asked or self.language)
        if len(nearest) == 1 or urgent:
            topic, _, passage = min(nearest, key=_urgent_first).partition("/")
            return Wants(topic, passage, self.language, asked)
        return Unsure(tuple(sorted(nearest, key=topics.index)[:LARGEST_QUESTION]), asked or self.language)

    def _named(self, hits: list[Hit]) -> str:
        """The language that is asked for.

        Of several that are named, what stands in one piece ("auf Deutsch bitte"), and then not the one that it is
        asked in: "no English here, Arabic please".
        """

        def sureness(hit: Hit) -> tuple[int, bool, int, int]:
            piece = len(hit.phrase.slots) if self._is_in_one_piece(hit.phrase) else 1
            return piece, hit.phrase.language != self.mostly, -hit.errors, max(hit.positions)

        return max(hits, key=sureness).phrase.language

    def _is_in_one_piece(self, phrase: Phrase) -> bool:
        """Whether its words stand side by side somewhere, in its order."""
        rows = (self.words[start : start + len(phrase.slots)] for start in range(len(self.words)))
        return phrase.tight or any(phrase.is_said_by(row) for row in rows)

    def _mentioned(self) -> Meaning | None:
        """Another language that is named in a few words which say nothing else to us."""
        hits = [h for h in self.of(NAME) if not h.errors and h.phrase.language != self.mostly]
        hits = [h for h in hits if h.phrase.tight or self._letters(h) >= SHORTEST_NAME]
        return Speaks(self._named(hits)) if hits and len(self.words) <= LONGEST_WISH else None

    def _said_at_length(self) -> Meaning | None:
        """A command of several words, whatever follows them, if it is nothing of ours: "go on, I lost the rest"."""
        before = self._positions(self.of("common", "hello", "thanks"))
        hits = [
            hit
            for hit in self.of(*SAID_AT_LENGTH)
            if len(hit.positions) > 1
            and self._letters(hit) >= FEWEST_LETTERS
            and not (hit.errors or hit.phrase.weak)
            and before.issuperset(range(min(hit.positions)))
        ]
        if not hits:
            return None
        best = min(hits, key=lambda h: (-len(h.positions), self.attribution.rank(h.phrase.language)))
        return Does(best.phrase.meaning, self.language)

    def _illness(self, asked: str | None) -> Meaning:
        """What the illness is; only offered where its letters mean something else in the person's language (`oms?`)."""
        hits = [hit for hit in self.of(ILLNESS) if hit.phrase.language == self.language] or self.of(ILLNESS)
        if all(hit.phrase.weak for hit in hits):
            return Unsure(("about",), asked or self.language)
        return Wants("about", language=self.language, asked=asked)

    def politeness(self) -> Meaning:
        """Thanks or a greeting in a few words, if nothing else was understood."""
        if len(self.words) <= SHORT_GREETING:
            for command in COMMANDS[-2:]:
                if any(not hit.errors and not hit.phrase.weak for hit in self.of(command)):
                    return Does(command, self.language)
        seen = sum(len(word) > 1 and self.language in known for word, known in zip(self.words, self.exact, strict=True))
        return Unknown(self.language if seen >= LEAST_SIGN else self.attribution.by_script(self.language))

    def _claims(self, topics: tuple[str, ...]) -> dict[str, set[int]]:
        """The words of the message that each topic or passage accounts for."""
        hits = [hit for hit in self.hits if hit.phrase.meaning.partition("/")[0] in topics]
        claims = {}
        for target in {hit.phrase.meaning for hit in hits}:
            mine = [hit for hit in hits if hit.phrase.meaning == target]
            if good := [hit for hit in mine if self._is_enough(hit, mine)]:
                claims[target] = self._positions(good)
        return claims

    def _is_enough(self, hit: Hit, others: list[Hit]) -> bool:
        """A weak hit counts with another of the same meaning, or when little else was said.

        So does one mistyped word, unless it is long: shorter ones are often real words that nobody listed.
        """
        alarming = hit.phrase.meaning in {ALARM, SELF_HARM}
        doubtful = hit.errors and len(hit.positions) == 1 and not alarming
        if not hit.phrase.weak and not (doubtful and len(self.words[min(hit.positions)]) < LONG_WORD):
            return True
        # Words typed apart ("qu elle") are found twice as one ("quelle"): that is no other phrase.
        if any((alarming or one.phrase is not hit.phrase) and not one.positions <= hit.positions for one in others):
            return True
        filler = self._positions(self.of("common", ILLNESS, "hello", "thanks", "child"))
        return len(hit.positions | filler) == len(self.words)

    def _is_a_guess(self, target: str) -> bool:
        """Whether nothing but one short mistyped word speaks for it: then it is asked, not assumed."""
        hits = [hit for hit in self.of(target) if self._is_enough(hit, self.of(target))]
        return bool(hits) and all(
            hit.errors and len(hit.positions) == 1 and len(self.words[min(hit.positions)]) < SURE_WORD for hit in hits
        )

    def _counts_here(self, hit: Hit) -> bool:
        """Short words and typing errors count in the person's languages only: elsewhere they are other words.

        So are those that a likely language knows too, unless most of the message is in the other one.
        """
        if hit.phrase.language in self.prefer or not self.prefer:
            return True
        known = all(self.exact[place] & {*self.prefer} for place in hit.positions)
        if known and hit.phrase.meaning != NAME and hit.phrase.language != self.mostly:
            return False
        return not hit.errors and (self._letters(hit) > SHORT_WORD or len(self.words) <= len(hit.positions) + 1)

    def _can_alarm(self, hit: Hit) -> bool:
        """An emergency counts in every language.

        But one mistyped word only where its language is likely, and a few short words not beside words of another
        language: there they are different ones.
        """
        if hit.phrase.language in self.prefer or not self.prefer:
            return True
        if self._letters(hit) < FEWEST_LETTERS and not hit.phrase.tight and self._is_elsewhere(hit):
            return False
        return not hit.errors or len(hit.positions) > 1

    def _is_elsewhere(self, hit: Hit) -> bool:
        """Whether other words of the message are of languages that the phrase is not of."""
        around = (known for place, known in enumerate(self.exact) if place not in hit.positions)
        return any(known and hit.phrase.language not in known for known in around)

    def _letters(self, hit: Hit) -> int:
        return sum(len(self.words[position]) for position in hit.positions)

    def _in_own_language(self, targets: list[str]) -> list[str]:
        return [t for t in targets if any(h.phrase.language in self.prefer for h in self.of(t))]

    @staticmethod
    def _positions(hits: Iterable[Hit]) -> set[int]:
        return {position for hit in hits for position in hit.positions}


def _urgent_first(target: str) -> int:
    order = ("urgent/fever", "urgent/contact", "urgent/worse")
    return order.index(target) if target in order else len(order)
