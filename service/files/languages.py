"""The languages the line knows of: locales/languages.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from langcodes import closest_match
from langcodes.tag_parser import LanguageTagError

from service.core.content import SOURCE_LANGUAGE
from service.files.problems import Problem, Problems
from service.files.schema import LanguageEntry
from service.files.tables import TomlFile

# Distances of Unicode's language matching, which langcodes counts: a region is 5 at most, a script or a language that
# most of its speakers also read 15 (Cantonese to Chinese in traditional letters is 14).
SAME_LANGUAGE: Final = 9
READ_TOO: Final = 15


@dataclass(frozen=True, slots=True)
class Languages:
    """By BCP 47 tag in the order of the file, and the likely languages of countries that the file knows better."""

    entries: Mapping[str, LanguageEntry]
    regions: Mapping[str, tuple[str, ...]]

    def nearest(self, tag: str) -> str | None:
        """The language of the file that speakers of `tag` read: pt-BR for pt-PT, zh-Hant for zh-HK; None if none is."""
        return _closest(tag, [*self.entries], READ_TOO)

    def chain(self, tag: str) -> tuple[str, ...]:
        """Where a topic may be taken from for readers of `tag`, the best first: es-MX, es, English."""
        own = self.entries[tag].fallbacks
        others = [other for other in self.entries if other not in {tag, *own, SOURCE_LANGUAGE}]
        sister = _closest(tag, others, SAME_LANGUAGE)
        return tuple(dict.fromkeys((tag, *own, *([sister] if sister else []), SOURCE_LANGUAGE)))


def read_languages(root: Path) -> Languages:
    """languages.toml.  Raises Problems with all that is wrong in it."""
    problems: list[Problem] = []
    file = TomlFile(root / "locales" / "languages.toml", root, problems)
    given = file.tables.get("languages", {})
    entries = {}
    for tag, table in given.items() if isinstance(given, Mapping) else ():
        if entry := file.read(("languages", tag), table, LanguageEntry):
            entries[tag] = entry
    if SOURCE_LANGUAGE not in entries and not problems:
        file.problem(("languages",), "English, the language everything is written in first, is missing")
    for tag, entry in entries.items():
        for name, others in (("fallbacks", entry.fallbacks), ("mixed_with", entry.mixed_with)):
            for other in others:
                if other not in entries:
                    file.problem(("languages", tag, name), f"{other} is no language of this file")
    regions = _regions(file, entries)
    if problems:
        raise Problems(problems)
    return Languages(entries, regions)


def _regions(file: TomlFile, entries: Mapping[str, LanguageEntry]) -> Mapping[str, tuple[str, ...]]:
    try:
        regions = msgspec.convert(file.tables.get("regions", {}), dict[str, tuple[str, ...]])
    except msgspec.ValidationError as error:
        file.problem(("regions",), f"each country has a list of languages: {error}")
        return {}
    for region, tags in regions.items():
        for tag in tags:
            if tag not in entries:
                file.problem(("regions", region), f"{tag} is no language of this file")
    return regions


def _closest(tag: str, others: list[str], most: int) -> str | None:
    if tag in others:
        return tag
    try:
        found, distance = closest_match(tag, others, max_distance=most)
    except LanguageTagError:
        return None
    return found if distance <= most and found in others else None
