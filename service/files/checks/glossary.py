"""locales/<language>/glossary.toml: how a language says its medical words, and which words would be wrong.

The same word in every text lets a family recognise what a doctor says.  And some words that come to mind first are
another illness: smallpox for chickenpox, rubella for measles.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from msgspec import Meta, Struct, field

from service.core.folding import fold
from service.core.markup import MARK_LIKE, written
from service.files.catalogs import Translation
from service.files.messages import Message
from service.files.problems import Problem
from service.files.schema import Sentence
from service.files.tables import TomlFile

NAME: Final = "glossary.toml"
ANY: Final = "*"  # at an end of a word: any letters more
_LISTS: Final = ("english", "use", "not")
_ENGLISH_NAME: Final = re.compile(r"[A-Z][\w']*(?: [A-Z][\w']*)+")  # Solving Kids' Cancer UK


class GlossaryEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A `[[terms]]` of glossary.toml."""

    english: Annotated[tuple[Sentence, ...], Meta(min_length=1, description='words in quotes, as ["seizure"]')]
    use: Annotated[tuple[Sentence, ...], Meta(min_length=1, description='words in quotes, as ["convulsión*"]')]
    wrong: Annotated[tuple[Sentence, ...], Meta(description='words in quotes, as ["tic*"]')] = field(
        default=(), name="not"
    )
    note: str = ""


@dataclass(frozen=True, slots=True)
class MedicalWord:
    """One medical word: its English, the words a language has for it, and those that mean something else."""

    english: tuple[str, ...]
    use: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    note: str = ""

    def faults(self, english: str, translated: str) -> Iterator[tuple[str, bool]]:
        """What is wrong in one folded translation, each with whether it is only a warning."""
        said = next((word for word in self.english if _pattern(word).search(english)), "")
        if not said:
            return
        if not any(_pattern(word).search(translated) for word in self.use):
            what = f"the English says {said!r}, this none of {', '.join(self.use)}; if it is right, add it to {NAME}"
            yield what, True
        right = [found for word in self.use for found in _pattern(word).finditer(translated)]
        why = f" ({self.note})" if self.note else ""
        for word in self.wrong:
            for found in _pattern(word).finditer(translated):
                if not any(_is_part(found, longer) for longer in right):  # bulutong-tubig is right, bulutong is not
                    yield f"{word} is wrong for {said!r}, say {self.use[0]}{why}", False
                    break


def read_glossary(root: Path, tag: str, problems: list[Problem]) -> tuple[MedicalWord, ...]:
    """The glossary of a language: empty if it has none, or, with its problems noted, as far as it can be read."""
    path = root / "locales" / tag / NAME
    if not path.exists():
        return ()
    file = TomlFile(path, root, problems)
    for unknown in file.tables.keys() - {"terms"}:
        file.problem((unknown,), f"unknown table {unknown!r}; known is [[terms]]")
    given = file.tables.get("terms", [])
    if not isinstance(given, list):
        file.problem(("terms",), "write [[terms]], in two brackets, before each word")
        return ()
    entries = ((number, file.read(("terms", number), table, GlossaryEntry)) for number, table in enumerate(given))
    return tuple(
        MedicalWord(entry.english, entry.use, entry.wrong, entry.note)
        for number, entry in entries
        if entry is not None and _is_readable(file, number, entry)
    )


def check_glossary(
    tag: str, translated: Mapping[str, Translation], known: Collection[Message], glossary: Sequence[MedicalWord]
) -> Iterator[Problem]:
    """Where a translation does not say a medical word as its glossary does (a warning), or wrongly (an error)."""
    for message in known:
        found = translated.get(message.id)
        if found is None or message.catalog == "words":
            continue
        english, text = _plain(_ENGLISH_NAME.sub(" ", message.text)), _plain(found.text)
        for word in glossary:
            for what, warning in word.faults(english, text):
                yield Problem(found.file, found.line, f"{message.id} ({tag}): {what}", warning)


def _is_readable(file: TomlFile, number: int, entry: GlossaryEntry) -> bool:
    """Whether each phrase has letters that can be compared; what has none is told."""
    bare = [
        (name, phrase)
        for name, phrases in zip(_LISTS, (entry.english, entry.use, entry.wrong), strict=True)
        for phrase in phrases
        if not all(fold(word) for word in phrase.split())
    ]
    for name, phrase in bare:
        file.problem(
            ("terms", number, name), f"{phrase!r} has a word without letters: write words, with {ANY} at an end"
        )
    return not bare


def _plain(text: str) -> str:
    return fold(MARK_LIKE.sub(" ", written(text)))


def _is_part(found: re.Match[str], longer: re.Match[str]) -> bool:
    """Whether what was found is only a part of a longer phrase."""
    return found[0] != longer[0] and longer.start() <= found.start() and found.end() <= longer.end()


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """Finds a phrase in folded text: its words side by side, whole but where a `*` stands."""
    return re.compile(rf"(?<!\S){' '.join(map(_word, phrase.split()))}(?!\S)")


def _word(word: str) -> str:
    before, after = (r"\S*" if star else "" for star in (word.startswith(ANY), word.endswith(ANY)))
    return f"{before}{re.escape(fold(word))}{after}"
