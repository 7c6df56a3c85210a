"""locales/<language>/lexicon.toml: how the voices of a language say what they would misread."""

from collections.abc import Mapping
from pathlib import Path

from service.core.lexicon import Lexicon, Term
from service.files.problems import Problem
from service.files.schema import TemperatureEntry, TermEntry
from service.files.tables import TomlFile

NAME = "lexicon.toml"


def read_lexicon(root: Path, language: str, problems: list[Problem]) -> Lexicon:
    """The lexicon of a language: empty if it has none, or, with its problems noted, as far as it can be read."""
    path = root / "locales" / language / NAME
    if not path.exists():
        return Lexicon()
    file = TomlFile(path, root, problems)
    for unknown in file.tables.keys() - {"terms", "temperature"}:
        file.problem((unknown,), f"unknown table {unknown!r}; known are terms and temperature")
    given = file.tables.get("terms", {})
    terms = {}
    for word, table in given.items() if isinstance(given, Mapping) else ():
        if entry := file.read(("terms", word), table, TermEntry):
            terms[word] = Term(entry.say, entry.ipa, entry.speakers)
    temperature = file.tables.get("temperature")
    degrees = file.read(("temperature",), temperature, TemperatureEntry) if temperature is not None else None
    if degrees is None:
        return Lexicon(terms)
    return Lexicon(terms, degrees.celsius, degrees.fahrenheit, degrees.decimal)
