"""What only looks like something of ours: "dying of laughter", "the battery is dead"."""

from collections.abc import Collection

from service.core.index import Hit
from service.core.meanings import INNOCENT


def not_excused(hits: Collection[Hit], here: Collection[str | None] | None) -> list[Hit]:
    """Those of `hits` that no innocent word or phrase explains.

    An innocent word excuses what was read into it, but not a longer phrase that holds it ("heart not beating"); an
    innocent phrase ("dying of hunger") also what it shares with small words around it.  What is innocent in one
    language excuses nothing in another, unless the message may be in it: one of `here`, or anyone's if that is None.
    """
    exact = [hit for hit in hits if not hit.errors]
    innocent = [hit for hit in exact if hit.phrase.meaning == INNOCENT]
    if not innocent:
        return list(hits)
    small = [hit for hit in exact if hit.phrase.meaning == "common"]

    def excused(hit: Hit) -> bool:
        tongues = None if here is None else {hit.phrase.language, *here}
        mine = [one.positions for one in innocent if tongues is None or one.phrase.language in tongues]
        alone = frozenset().union(*mine)
        if hit.positions & alone and (hit.errors or hit.positions <= alone):
            return True
        phrases = [positions for positions in mine if len(positions) > 1]
        if not any(hit.positions & positions for positions in phrases):
            return False
        around = [one.positions for one in small if one.phrase.language == hit.phrase.language]
        return hit.positions <= frozenset().union(*phrases, *around)

    return [hit for hit in hits if hit.phrase.meaning == INNOCENT or not excused(hit)]
