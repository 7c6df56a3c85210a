"""The languages the line knows of: locales/languages.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from service.files.problems import Problem, Problems
from service.files.schema import LanguageEntry
from service.files.tables import TomlFile

SOURCE_LANGUAGE: Final = "en"


@dataclass(frozen=True, slots=True)
class Languages:
    """By BCP 47 tag in the order of the file, and the likely languages of countries that the file knows better."""

    entries: Mapping[str, LanguageEntry]
    regions: Mapping[str, tuple[str, ...]]


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
        for other in entry.fallbacks:
            if other not in entries:
                file.problem(("languages", tag, "fallbacks"), f"{other} is no language of this file")
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
