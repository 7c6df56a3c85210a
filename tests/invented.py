"""Two languages that nobody speaks, made from the English edition: they show what was not said in the language chosen.

In the first every message stands in ⟦brackets⟧: whatever is read or heard without them was hard-coded.
The second is written from right to left, in Hebrew letters: a Latin letter in it comes from elsewhere.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import msgspec

from service.core.content import Edition, Library, Wording
from service.house import House
from service.speech.carriers import Carriers, TwilioVoice

BRACKETS: Final = "qaa"  # a tag that BCP 47 keeps for private use
HEBREW: Final = "he"
_LETTER: Final = re.compile(r"\{\w+\}|[A-Za-z]")
_ALPHABET: Final = dict(zip("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתאבגד", strict=True))


def in_brackets(text: str) -> str:
    """`text` as the first language has it."""
    return f"⟦{text}⟧"


def in_hebrew(text: str) -> str:
    """`text` as the second language has it; the names of fillings are left alone."""
    return _LETTER.sub(lambda found: _ALPHABET.get(found[0].lower(), found[0]), text)


def outside_brackets(text: str) -> str:
    """What of `text` stands outside all brackets, line breaks left out."""
    depth, outside = 0, ""
    for letter in text.replace("\n", ""):
        depth -= letter == "⟧"
        outside += letter if depth == 0 and letter not in "⟦⟧" else ""
        depth += letter == "⟦"
    return outside if depth == 0 else f"{outside} (brackets without their fellows)"


def edition(english: Edition, tag: str, change: Callable[[str], str]) -> Edition:
    """An edition with every message of `english` changed."""

    def changed(wording: Wording) -> Wording:
        return Wording(change(wording.text), change(wording.voice))

    topics = {
        name: replace(
            topic,
            language=tag,
            title=changed(topic.title),
            passages=tuple(replace(passage, wording=changed(passage.wording)) for passage in topic.passages),
        )
        for name, topic in english.topics.items()
    }
    return replace(
        english,
        language=tag,
        name=change(english.name),
        prompts={name: changed(wording) for name, wording in english.prompts.items()},
        topics=topics,
        alarm=changed(english.alarm),
        unknown_number=change(english.unknown_number),
    )


def invented_library(library: Library) -> Library:
    """A library of the invented languages only."""
    english = library.editions["en"]
    editions = {BRACKETS: edition(english, BRACKETS, in_brackets), HEBREW: edition(english, HEBREW, in_hebrew)}
    likely = {"US": (BRACKETS,), "IL": (HEBREW,)}
    return replace(library, languages=(), editions=editions, likely=likely, by_phone=frozenset(editions))


def invented_house(house: House) -> House:
    """The house with the invented languages instead of its own; Twilio's English voice stands in for theirs."""
    library = invented_library(house.shelf.library)
    english = house.shelf.languages.entries["en"]
    entries = {
        tag: msgspec.structs.replace(english, name=library.editions[tag].name, rtl=tag == HEBREW, fallbacks=())
        for tag in library.editions
    }
    languages = replace(house.shelf.languages, entries={**house.shelf.languages.entries, **entries})
    voice = TwilioVoice("Polly.Joanna", "en-US", "en-US")
    return House(
        replace(house.shelf, library=library, languages=languages), Carriers(dict.fromkeys(library.editions, voice))
    )
