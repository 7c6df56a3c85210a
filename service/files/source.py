"""The English the line is written in: everything in content/, read, typed and checked against itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from service.core.content import SOURCE_LANGUAGE, TOPICS, Contact
from service.core.errors import ContentError
from service.core.patterns import phrase
from service.files.problems import Problem, Problems
from service.files.schema import (
    AlarmEntry,
    ContactEntry,
    EmergencyEntry,
    FactEntry,
    PassageEntry,
    PromptEntry,
    SourceEntry,
    TopicEntry,
)
from service.files.tables import T, TomlFile, Where

EDITORIAL: Final = "S"  # facts about the line itself: our own word is their source
UNPUBLISHED: Final = "unverified"


@dataclass(frozen=True, slots=True)
class TopicSource:
    """One topic file."""

    file: TomlFile
    entry: TopicEntry
    passages: tuple[PassageEntry, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """All of content/."""

    topics: tuple[TopicSource, ...]
    prompts: Mapping[str, PromptEntry]
    prompts_file: TomlFile
    alarm: AlarmEntry
    alarm_file: TomlFile
    facts: Mapping[str, FactEntry]
    sources: Mapping[str, SourceEntry]
    contacts: tuple[Contact, ...]
    emergency: Mapping[str, EmergencyEntry]
    words: Mapping[str, tuple[str, ...]]
    words_file: TomlFile

    @property
    def emergency_numbers(self) -> frozenset[str]:
        """Every number that reaches help somewhere: recognised when somebody writes nothing else."""
        return frozenset(number for entry in self.emergency.values() for number in (entry.number, *entry.also))

    @property
    def reviewed(self) -> bool:
        """Whether a clinician has reviewed every topic."""
        return all(topic.entry.reviewed for topic in self.topics)


def read_source(root: Path) -> Source:
    """Everything in `root`/content.  Raises Problems with all that is wrong in it, by file and line."""
    reader = _Reader(root)
    source = reader.source()
    if source is None or reader.problems:
        raise Problems(reader.problems)
    return source


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def source(self) -> Source | None:
        sources_file = self.file("sources.toml")
        sources = self.named(sources_file, "sources", SourceEntry)
        facts = self.named(sources_file, "facts", FactEntry)
        contacts_file = self.file("contacts.toml")
        contacts = [
            (index, found)
            for index, given in enumerate(_list(contacts_file.tables.get("contacts")))
            if (found := contacts_file.read(("contacts", index), given, ContactEntry))
        ]
        self.check_facts(sources_file, sources, facts)
        self.check_contacts(contacts_file, contacts)
        known = {*facts, *(contact.id for _, contact in contacts)}
        emergency_file = self.file("emergency.toml")
        emergency = {
            region: number
            for region, given in emergency_file.tables.items()
            if (number := emergency_file.read((region,), given, EmergencyEntry))
        }
        prompts_file = self.file("prompts.toml")
        prompts = self.named(prompts_file, "prompts", PromptEntry)
        for name, entry in prompts.items():
            self.check_resolved(prompts_file, ("prompts", name), entry.facts, known)
        alarm_file = self.file("alarm.toml")
        alarm = alarm_file.read((), alarm_file.tables, AlarmEntry)
        if alarm:
            self.check_resolved(alarm_file, (), alarm.facts, known)
        topics = tuple(self.topics(known))
        words_file = self.file("words.toml")
        words = self.words(words_file)
        if alarm is None:
            return None
        return Source(
            topics=topics,
            prompts=prompts,
            prompts_file=prompts_file,
            alarm=alarm,
            alarm_file=alarm_file,
            facts=facts,
            sources=sources,
            contacts=tuple(_contact(contact) for _, contact in contacts),
            emergency=emergency,
            words=words,
            words_file=words_file,
        )

    def file(self, name: str) -> TomlFile:
        return TomlFile(self.root / "content" / name, self.root, self.problems)

    def named(self, file: TomlFile, table: str, kind: type[T]) -> dict[str, T]:
        given = file.tables.get(table, {})
        if not isinstance(given, Mapping):
            file.problem((table,), f"must be tables like [{table}.NAME]")
            return {}
        return {name: found for name, one in given.items() if (found := file.read((table, name), one, kind))}

    def topics(self, known: set[str]) -> Iterator[TopicSource]:
        paths = {path.stem: path for path in sorted((self.root / "content" / "topics").glob("*.toml"))}
        for name in TOPICS:
            if name not in paths:
                self.problems.append(
                    Problem(f"content/topics/{name}.toml", 0, "is missing: every topic of the menus is needed")
                )
        found = [topic for path in paths.values() if (topic := self.topic(path, known))]
        yield from sorted(found, key=lambda topic: topic.entry.order)

    def topic(self, path: Path, known: set[str]) -> TopicSource | None:
        file = TomlFile(path, self.root, self.problems)
        before = len(self.problems)
        given = _list(file.tables.get("passages"))
        if file.tables and not given:
            file.problem((), "has no [[passages]]")
        entry = file.read((), {name: value for name, value in file.tables.items() if name != "passages"}, TopicEntry)
        passages = [(n, file.read(("passages", n), one, PassageEntry)) for n, one in enumerate(given)]
        if entry and entry.id not in TOPICS:
            file.problem(("id",), f"{entry.id!r} is in no menu; known are {', '.join(TOPICS)}")
        if entry and entry.id != path.stem:
            file.problem(("id",), f"{entry.id!r} must be the file's own name, {path.stem!r}")
        if entry and (entry.reviewed is None) != (entry.reviewer is None):
            file.problem((), "`reviewed` and `reviewer` go together: a review has a date and a name")
        seen: set[str] = set()
        for number, passage in passages:
            if passage is None:
                raw = given[number]
                facts = _list(raw.get("facts")) if isinstance(raw, dict) else []
                self.check_resolved(file, ("passages", number), tuple(map(str, facts)), known)
                continue
            self.check_resolved(file, ("passages", number), passage.facts, known)
            if passage.id in seen:
                file.problem(("passages", number, "id"), f"{passage.id!r} is there twice")
            seen.add(passage.id)
        if entry is None or len(self.problems) > before:
            return None
        return TopicSource(file, entry, tuple(passage for _, passage in passages if passage))

    def words(self, file: TomlFile) -> dict[str, tuple[str, ...]]:
        lists: dict[str, tuple[str, ...]] = {}
        for name, given in file.tables.items():
            if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
                file.problem((name,), f"{name} must be a list of texts")
                continue
            lists[name] = tuple(map(str, given))
            for one in given:
                try:
                    phrase(str(one), name, SOURCE_LANGUAGE)
                except ContentError as error:
                    file.problem((name,), error.problem)
        return lists

    def check_resolved(self, file: TomlFile, where: Where, facts: tuple[str, ...], known: set[str]) -> None:
        for fact in facts:
            if fact not in known:
                file.problem((*where, "facts"), f"{fact} is no fact in sources.toml and no contact in contacts.toml")

    def check_facts(self, file: TomlFile, sources: Mapping[str, SourceEntry], facts: Mapping[str, FactEntry]) -> None:
        for name, fact in facts.items():
            for key in fact.sources:
                if key not in sources:
                    file.problem(("facts", name, "sources"), f"{key} is no source in this file")
            if not fact.sources and not name.startswith(EDITORIAL):
                file.problem(("facts", name, "sources"), "has no source: medicine says only what has one")
            if UNPUBLISHED in fact.confidence:
                file.problem(("facts", name, "confidence"), "is unverified: do not publish it, find a source first")

    def check_contacts(self, file: TomlFile, contacts: list[tuple[int, ContactEntry]]) -> None:
        seen: set[str] = set()
        for index, contact in contacts:
            if contact.id in seen:
                file.problem(("contacts", index, "id"), f"{contact.id} is there twice")
            seen.add(contact.id)
            if not (contact.dial or contact.sms or contact.web or contact.email):
                file.problem(("contacts", index), "offers no way to reach it")
            if contact.phone and not contact.dial:
                file.problem(("contacts", index, "phone"), "also needs `dial`, the number as people dial it")


def _list(given: object) -> list[object]:
    return given if isinstance(given, list) else []


def _contact(entry: ContactEntry) -> Contact:
    web = (entry.web or "").removeprefix("https://")
    return Contact(
        entry.id, entry.regions, entry.name, entry.phone or "", entry.dial or "", web, entry.source, entry.checked
    )
