"""Words that a prompt tells people to write: the line must understand them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from service.core.content import TOPICS
from service.core.matching import Phrasebook
from service.core.meanings import Unknown
from service.core.patterns import Phrase
from service.files.catalogs import Translation
from service.files.problems import Problem

# In quotation marks of any language, or in capitals.  Three capitals are an abbreviation: OMS, USA.
_EXAMPLE: Final = re.compile(r"[\"“„«‹「『]\s?([^\"“”„«»‹›「」『』]+?)\s?[\"”“»›」』]|\b([^\W\d_]{4,})\b")


def check_examples(tag: str, translated: Mapping[str, Translation], phrases: Iterable[Phrase]) -> Iterator[Problem]:
    """Each example in the prompts of a language leads somewhere in that language."""
    book = Phrasebook(phrases, TOPICS, ())
    for name, found in translated.items():
        if name.startswith("prompt/"):
            for example in examples(found.text):
                if isinstance(book.understand(example, (tag,)), Unknown):
                    what = f"{name}: tells people to write {example!r}, which is in no word list of {tag}"
                    yield Problem(found.file, found.line, what)


def examples(text: str) -> tuple[str, ...]:
    """The words in `text` that people may copy."""
    found = ((quoted, plain) for quoted, plain in _EXAMPLE.findall(text))
    return tuple(quoted or plain for quoted, plain in found if quoted or _in_capitals(plain))


def _in_capitals(word: str) -> bool:
    """Whether all its letters are capitals; a letter of a script without capitals, such as a particle, is none."""
    return all(letter.isupper() for letter in word)
