"""Runs the checks: all of them for a release, or those of translations alone while somebody translates."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from service.core.content import TOPICS
from service.core.errors import ContentError
from service.files.catalogs import Status, Translation, read_catalogs
from service.files.checks.catalogs import check_language
from service.files.checks.contacts import check_contacts
from service.files.checks.content import check_content
from service.files.checks.examples import check_examples
from service.files.checks.lengths import check_alarms, check_lengths
from service.files.checks.names import check_names
from service.files.checks.phrases import Lists, check_lists, check_meanings, check_sentences, lists_of
from service.files.checks.prompts import check_prompts
from service.files.checks.readability import check_readability
from service.files.checks.spoken import check_spoken
from service.files.languages import SOURCE_LANGUAGE, Languages, read_languages
from service.files.lexicons import read_lexicon
from service.files.library import Choice, Shelf, read_library
from service.files.messages import Message, messages
from service.files.problems import Problem, Problems
from service.files.source import Source, read_source

LONGEST_OPERATOR: Final = 60  # letters of a name: what content/README.md allows


def check_all(root: Path, operator: str = "", today: date | None = None) -> list[Problem]:
    """Every check of content/ and locales/.  What cannot even be read is told like everything else."""
    day = today or datetime.now(UTC).date()
    read = _read(root)
    if isinstance(read, list):
        return read
    source, languages, known = read
    found = [
        *check_content(source, known),
        *check_readability(source),
        *check_contacts(source, day),
        *check_prompts(source),
        *check_lists(source),
        *_translations(root, languages, known, source, tuple(languages.entries), day, operator),
    ]
    return sorted(set(found))


def check_catalogs(root: Path, languages: tuple[str, ...] = (), today: date | None = None) -> list[Problem]:
    """The checks of translations into `languages`; of all without any."""
    read = _read(root)
    if isinstance(read, list):
        return read
    source, entries, known = read
    unknown = [tag for tag in languages if tag not in entries.entries]
    wanted = tuple(tag for tag in languages or entries.entries if tag not in {*unknown, SOURCE_LANGUAGE})
    day = today or datetime.now(UTC).date()
    found = [
        *(Problem("locales/languages.toml", 0, f"{tag} is not in it: add [languages.{tag}] first") for tag in unknown),
        *_translations(root, entries, known, source, wanted, day, ""),
    ]
    return sorted(set(found))


def _read(root: Path) -> tuple[Source, Languages, tuple[Message, ...]] | list[Problem]:
    """What the checks are about, or all that keeps it from being read."""
    found: list[Problem] = []
    source, languages = None, None
    try:
        source = read_source(root)
    except Problems as problems:
        found += problems.found
    try:
        languages = read_languages(root)
    except Problems as problems:
        found += problems.found
    if source is None or languages is None:
        return found
    return source, languages, messages(source)


def _translations(
    root: Path,
    languages: Languages,
    known: tuple[Message, ...],
    source: Source,
    wanted: tuple[str, ...],
    day: date,
    operator: str,
) -> list[Problem]:
    found: list[Problem] = []
    lists: dict[str, Lists] = {}
    english = {m.id: Translation(m.text, Status.MEDICALLY_REVIEWED, m.file, m.line) for m in known}
    for tag, entry in languages.entries.items():
        problems: list[Problem] = []
        translated = english if tag == SOURCE_LANGUAGE else read_catalogs(root, tag, known, problems)
        lists[tag] = lists_of(tag, translated, known, problems)
        if tag not in wanted:
            continue
        if tag != SOURCE_LANGUAGE:
            problems += check_language(root, tag, entry, known)
        found += [*problems, *check_alarms(tag, translated, source), *check_sentences(root, tag)]
        found += check_examples(tag, translated, lists[tag].phrases)
        found += check_names(tag, entry, translated)
        found += check_spoken(tag, translated, known, read_lexicon(root, tag, found))
    found += check_meanings(root, lists, known, wanted)
    shelf = _shelf(root, Choice(operator=operator or "O" * LONGEST_OPERATOR, today=day))
    return [*found, *(shelf if isinstance(shelf, list) else check_lengths(shelf, wanted))]


def _shelf(root: Path, choice: Choice) -> Shelf | list[Problem]:
    try:
        return read_library(root, choice)
    except ContentError as error:
        # A rule of the library itself; its subject is a topic or a passage.
        file = f"content/topics/{error.subject}.toml" if error.subject in TOPICS else "content"
        return [Problem(file, 0, str(error) if file == "content" else error.problem)]
