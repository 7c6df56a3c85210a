"""How a voice should say what it would misread: one lexicon for each language."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from service.core.markup import Kind, Mark, pieces


@dataclass(frozen=True, slots=True)
class Words:
    """Words a voice reads as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A short silence, as between the groups of a telephone number."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """A word with its sounds (IPA), for carriers that can take them; `text` for the others."""

    text: str
    ipa: str


Bit = Words | Pause | Sounds


@dataclass(frozen=True, slots=True)
class Term:
    """How a word is said: respelt for every voice, for one speaker by name, or by its sounds (IPA)."""

    say: str
    ipa: str = ""
    speakers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lexicon:
    """The terms of one language, and how it says a temperature: patterns with {number}, {whole} and {part}."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    celsius: str = "{number} C"
    fahrenheit: str = "{number} F"
    decimal: str = "{whole}.{part}"

    def bits(self, text: str, speaker: str = "") -> tuple[Bit, ...]:
        """What `speaker` is given for `text`, no two Words in a row; "" is a voice that knows pauses and sounds."""
        found: list[Bit] = []
        for bit in (bit for piece in pieces(text) for bit in self._bits(piece, speaker)):
            if isinstance(bit, Words) and found and isinstance(before := found[-1], Words):
                found[-1] = Words(before.text + bit.text)
            else:
                found.append(bit)
        return tuple(found)

    def said(self, text: str, speaker: str) -> str:
        """The same for a speaker that takes plain words only: commas are its short pauses."""
        flat = "".join(_PAUSE if isinstance(bit, Pause) else bit.text for bit in self.bits(text, speaker))
        return re.sub(r"\s+", " ", flat).strip()

    def covered(self, text: str) -> str:
        """`text` without what the lexicon or a mark takes care of: what a voice is left to read by itself."""
        plain = "".join(" " if isinstance(piece, Mark) else piece for piece in pieces(text))
        return self._pattern.sub(" ", plain) if self.terms else plain

    def _bits(self, piece: str | Mark, speaker: str) -> Iterator[Bit]:
        if isinstance(piece, str):
            yield from self._termed(piece, speaker)
            return
        match piece.kind:
            case Kind.DIGITS | Kind.PHONE:
                yield from _grouped(piece.groups())
            case Kind.SPELL:
                yield from _grouped((piece.written.replace(" ", ""),))
            case Kind.NUMBER:
                yield Words(piece.written)
            case Kind.TEMPERATURE:
                yield Words(self._temperature(piece))
            case Kind.TERM:
                yield from self._termed(piece.written, speaker)

    def _termed(self, plain: str, speaker: str) -> Iterator[Bit]:
        end = 0
        for found in self._pattern.finditer(plain) if self.terms else ():
            if found.start() > end:
                yield Words(plain[end : found.start()])
            term = self.terms[found[0]]
            say = term.speakers.get(speaker, term.say)
            yield Sounds(say, term.ipa) if term.ipa and not speaker else Words(say)
            end = found.end()
        if end < len(plain):
            yield Words(plain[end:])

    def _temperature(self, mark: Mark) -> str:
        whole, part, unit = mark.degrees()
        number = self.decimal.replace("{whole}", whole).replace("{part}", part) if part else whole
        return (self.fahrenheit if unit == "F" else self.celsius).replace("{number}", number)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.terms, key=lambda term: (-len(term), term))
        return re.compile("|".join(f"{_edge(t[0], '(?<!')}{re.escape(t)}{_edge(t[-1], '(?!')}" for t in longest_first))


_PAUSE: Final = "; "
_LATIN: Final = "[0-9A-Za-z\u00c0-\u024f]"


def _edge(letter: str, look: str) -> str:
    """No term in the middle of a word; beside letters of another script a word begins anew (Chinese has no spaces)."""
    if unicodedata.name(letter, "").startswith(("LATIN", "DIGIT")):
        return f"{look}{_LATIN})"
    return f"{look}\\w)" if letter.isalnum() and not _is_unspaced(letter) else ""


def _is_unspaced(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "THAI", "KHMER", "MYANMAR", "LAO"))


def _grouped(groups: tuple[str, ...]) -> Iterator[Bit]:
    """One by one, with a pause between groups.  A comma ends each: else voices make a number of them."""
    for number, group in enumerate(groups):
        if number:
            yield Pause()
        yield Words(", ".join(group))
