"""A phrase as translators write it in a word list, made ready for the search.

not|cant|stopped breath*|breth*     two slots, in any order, near each other; * stands for any ending
test?                               weak: counts only with little else around it
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from service.core.errors import ContentError
from service.core.folding import fold, is_unspaced

MOST_SLOTS: Final = 8
SHORTEST_STEM: Final = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """Slots of folded alternatives; a stem ends in `*`.  `meaning` is what the list it stands in is for."""

    meaning: str
    language: str
    slots: tuple[tuple[str, ...], ...]
    weak: bool = False
    tight: bool = False  # of an unspaced script: its letters stand next to each other, in order

    @property
    def literal(self) -> str:
        """The phrase as somebody would say it, with the first alternative of each slot."""
        return " ".join(slot[0].rstrip("*") for slot in self.slots)


def phrase(written: str, meaning: str, language: str) -> Phrase:
    """Read one entry of a word list.

    Raises ContentError: nothing is left of it, too many slots, a stem too short to mean anything, or a slot
    whose alternatives would fall apart into several words.
    """
    weak = written.rstrip().endswith("?")
    slots: list[tuple[str, ...]] = []
    for slot in written.strip().rstrip("?").split():
        alternatives = [_alternative(part, written, language) for part in slot.split("|")]
        if len(alternatives) == 1:
            # An elision or an unspaced script makes several words of one: each is a slot.
            slots += [(word,) for word in alternatives[0].split()]
        elif any(" " in word for word in alternatives):
            raise ContentError(language, f"{written!r}: a choice with | must be between single words")
        else:
            slots.append(tuple(alternatives))
    if not slots or len(written.split()) > MOST_SLOTS:
        raise ContentError(language, f"{written!r}: a phrase has 1 to {MOST_SLOTS} words")
    tight = len(slots) > 1 and all(is_unspaced(word) for slot in slots for word in slot)
    return Phrase(meaning, language, tuple(slots), weak, tight)


@lru_cache(maxsize=1 << 17)  # the same words stand in many phrases, and every start folds them all
def _folded(word: str) -> str:
    return fold(word)


def _alternative(part: str, written: str, language: str) -> str:
    stem = part.endswith("*")
    folded = _folded(part.removesuffix("*"))
    if not folded:
        raise ContentError(language, f"{written!r}: {part!r} holds no letter and no digit")
    if stem and len(folded) < SHORTEST_STEM:
        raise ContentError(language, f"{written!r}: the stem {part!r} would match nearly everything")
    return f"{folded}*" if stem else folded
