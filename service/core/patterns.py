"""A phrase as translators write it in a word list, made ready for the search.

not|cant|stopped breath*|breth*     two slots, in any order, near each other; * stands for any ending
dying hunger                        in the list of innocent phrases: in this order only
test?                               weak: counts only with little else around it
没|不 呼吸                          without spaces in the language: side by side, in this order
吞 … 电池|硬币                      … stands for a few other letters there
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from service.core.errors import ContentError
from service.core.folding import fold, is_unspaced

MOST_SLOTS: Final = 8
SHORTEST_STEM: Final = 2
GAP: Final = "…"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Slots of folded alternatives; a stem ends in `*`.  `meaning` is what the list it stands in is for."""

    meaning: str
    language: str
    slots: tuple[tuple[str, ...], ...]
    weak: bool = False
    tight: bool = False  # of a script without spaces: its slots stand side by side, in order
    gaps: frozenset[int] = frozenset()  # of a tight phrase: the slots before which other letters may stand

    @property
    def literal(self) -> str:
        """The phrase as somebody would say it, with the first alternative of each slot."""
        return ("" if self.tight else " ").join(slot[0].rstrip("*") for slot in self.slots)

    def is_said_by(self, words: Sequence[str]) -> bool:
        """Whether these folded words are this phrase, in its order and without any other."""
        return len(words) == len(self.slots) and all(
            any(word.startswith(one[:-1]) if one.endswith("*") else word == one for one in slot)
            for word, slot in zip(words, self.slots, strict=True)
        )


@lru_cache(maxsize=1 << 17)  # while somebody translates, the lists are read again and again
def phrase(written: str, meaning: str, language: str) -> Phrase:
    """Read one entry of a word list.

    Raises ContentError: nothing is left of it, too many slots, a stem too short to mean anything, or a slot
    whose alternatives would fall apart into several words.
    """
    weak = written.rstrip().endswith("?")
    slots: list[tuple[str, ...]] = []
    gaps: set[int] = set()
    for slot in written.strip().rstrip("?").replace("...", GAP).replace(GAP, f" {GAP} ").split():
        if slot == GAP:
            gaps.add(len(slots))
            continue
        alternatives = [_alternative(part, written, language) for part in slot.split("|")]
        if len(alternatives) == 1:
            # An elision, or Latin letters beside Chinese ones, make several words of one: each is a slot.
            slots += [(word,) for word in alternatives[0]]
        elif any(len(words) > 1 for words in alternatives):
            raise ContentError(language, f"{written!r}: a choice with | must be between single words")
        else:
            slots.append(tuple(word for words in alternatives for word in words))
    if not slots or len(slots) > MOST_SLOTS:
        raise ContentError(language, f"{written!r}: a phrase has 1 to {MOST_SLOTS} words")
    tight = all(is_unspaced(word) for slot in slots for word in slot)
    if gaps and (not tight or not gaps <= {*range(1, len(slots))}):
        raise ContentError(language, f"{written!r}: {GAP} stands between words of a language written without spaces")
    return Phrase(meaning, language, tuple(slots), weak, tight, frozenset(gaps))


@lru_cache(maxsize=1 << 17)  # the same words stand in many phrases, and every start folds them all
def _folded(word: str) -> tuple[str, ...]:
    """The words in `word`; letters of a script without spaces that stand together are one word."""
    pieces = groupby(fold(word).split(), key=is_unspaced)
    return tuple(one for unspaced, group in pieces for one in (("".join(group),) if unspaced else group))


def _alternative(part: str, written: str, language: str) -> tuple[str, ...]:
    stem = part.endswith("*")
    folded = _folded(part.removesuffix("*"))
    if not folded:
        raise ContentError(language, f"{written!r}: {part!r} holds no letter and no digit")
    if not stem:
        return folded
    if is_unspaced(folded[-1]):
        raise ContentError(language, f"{written!r}: * is not needed where words are written without spaces")
    if len(folded) == 1 and len(folded[0]) < SHORTEST_STEM:
        raise ContentError(language, f"{written!r}: the stem {part!r} would match nearly everything")
    return (*folded[:-1], f"{folded[-1]}*")
