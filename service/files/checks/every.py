"""Runs the checks: all of them for a release, or those of translations alone while somebody translates."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from service.core.content import SOURCE_LANGUAGE, TOPICS
from service.core.errors import ContentError
from service.files.catalogs import Status, Translation, read_catalogs
from service.files.checks.catalogs import check_language
from service.files.checks.contacts import check_contacts
from service.files.checks.content import check_content
from service.files.checks.direction import check_direction
from service.files.checks.examples import check_examples
from service.files.checks.glossary import check_glossary, read_glossary
from service.files.checks.lengths import check_alarms, check_lengths
from service.files.checks.letters import check_letters
from service.files.checks.names import check_names
from service.files.checks.phrases import (
    Lists,
    check_lists,
    check_meanings,
    check_missing_lists,
    check_sentences,
    lists_of,
)
from service.files.checks.prompts import check_prompts
from service.files.checks.readability import check_readability
from service.files.checks.spoken import check_spoken
from service.files.checks.tongue import check_tongue
from service.files.languages import Languages, read_languages
from service.files.lexicons import read_lexicon
from service.files.library import Choice, Shelf, read_library
from service.files.messages import Message, messages
from service.files.problems import Problem, Problems
from service.files.source import Source, read_source

NEEDED: Final = ("alarm", "prompt/")  # what these ids begin with has to be there before a language is offered
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
    every: dict[str, Mapping[str, Translation]] = {}
    english = {m.id: Translation(m.text, Status.MEDICALLY_REVIEWED, m.file, m.line) for m in known}
    for tag, entry in languages.entries.items():
        problems: list[Problem] = []
        translated = english if tag == SOURCE_LANGUAGE else read_catalogs(root, tag, known, problems)
        every[tag] = translated
        lists[tag] = lists_of(tag, translated, known, problems)
        if tag not in wanted:
            continue
        if tag != SOURCE_LANGUAGE:
            problems += check_language(root, tag, entry, known)
        unfinished = [*check_sentences(root, tag), *check_missing_lists(root, lists[tag], tag, known)]
        if _is_begun_only(translated, known):  # what is not offered yet may lack things
            unfinished = [replace(problem, warning=True) for problem in unfinished]
        found += [*problems, *check_alarms(tag, translated, source), *unfinished]
        found += check_examples(tag, translated, lists[tag].phrases)
        found += check_names(tag, entry, translated)
        found += check_letters(tag, entry, translated, known)
        found += check_direction(tag, entry, translated)
        found += check_glossary(tag, translated, known, read_glossary(root, tag, found))
        found += check_spoken(tag, translated, known, read_lexicon(root, tag, found))
    found += [problem for tag in wanted for problem in check_tongue(tag, every, known)]
    found += check_meanings(lists, wanted)
    # Lengths need no word lists, and those of all languages take seconds.
    shelf = _shelf(root, Choice(operator=operator or "O" * LONGEST_OPERATOR, today=day, words=False))
    return [*found, *(shelf if isinstance(shelf, list) else check_lengths(shelf, wanted))]


def _is_begun_only(translated: Mapping[str, Translation], known: Collection[Message]) -> bool:
    """Whether the alarm or some of the line's own words are still to be translated: then nothing of it is offered."""
    needed = (message.id for message in known if message.id.startswith(NEEDED))
    return any(name not in translated for name in needed)


def _shelf(root: Path, choice: Choice) -> Shelf | list[Problem]:
    try:
        return read_library(root, choice)
    except ContentError as error:
        # A rule of the library itself; its subject is a topic or a passage.
        file = f"content/topics/{error.subject}.toml" if error.subject in TOPICS else "content"
        return [Problem(file, 0, str(error) if file == "content" else error.problem)]
