"""Where the letters OMS mean something else, the illness is named in full first."""

from collections.abc import Iterator, Mapping
from typing import Final

from service.core.folding import fold
from service.files.catalogs import Translation
from service.files.problems import Problem
from service.files.schema import LanguageEntry

# What somebody may read or hear first: the line's own first words, and the answer to "what is OMS".
FIRST: Final = ("prompt/greeting", "about/what")


def check_names(tag: str, entry: LanguageEntry, translated: Mapping[str, Translation]) -> Iterator[Problem]:
    """The full name that languages.toml gives must stand in the first words, written and spoken."""
    if not entry.full_name:
        return
    for message in (name for first in FIRST for name in (first, f"{first}/voice")):
        found = translated.get(message)
        if found is not None and fold(entry.full_name) not in fold(found.text):
            what = (
                f"{message} ({tag}) must name the illness in full, {entry.full_name!r}: its letters mean something else"
            )
            yield Problem(found.file, found.line, what)
