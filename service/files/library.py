"""From files to a library: for each language an edition that is whole, and the word lists of all of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from service.core.borrowed import Vocabulary
from service.core.content import SOURCE_LANGUAGE, TOPICS, Edition, Library, Passage, Topic, Urgency, Wording
from service.core.lexicon import Lexicon
from service.core.markup import written
from service.core.matching import Phrasebook
from service.core.script import NUMBERS_KNOWN
from service.files.catalogs import Status, Translation, read_catalogs
from service.files.languages import Languages, read_languages
from service.files.lexicons import read_lexicon
from service.files.messages import VOICE, Message, messages
from service.files.problems import Problem, Problems
from service.files.regions import likely_languages, written_date
from service.files.schema import PassageEntry
from service.files.source import Source, TopicSource, read_source
from service.files.wordlists import phrases_of, phrases_shown, words_of

_URGENCY: Final = {"emergency": Urgency.EMERGENCY, "same-day": Urgency.SAME_DAY, "routine": Urgency.ROUTINE}


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that was read: the library itself, and what the checks and commands for its editors need."""

    library: Library
    phrasebook: Phrasebook
    source: Source
    languages: Languages
    messages: tuple[Message, ...]
    translations: Mapping[str, Mapping[str, Translation]]  # by language and message id
    lexicons: Mapping[str, Lexicon]  # by language
    broken: tuple[Problem, ...]  # in catalogs; a language whose files cannot be read is not offered


@dataclass(frozen=True, slots=True)
class Choice:
    """What an operator decides about languages."""

    languages: tuple[str, ...] = ()  # those to offer; empty: all
    drafts: bool = True  # whether what no second person has reviewed is served too
    operator: str = ""
    today: date = date.min
    preview: str = ""  # a language to show before it is complete: what is missing comes in English, in [brackets]
    words: bool = True  # whether the word lists are read too: who makes recordings does without


def read_library(root: Path, choice: Choice, before: Shelf | None = None) -> Shelf:
    """Everything in `root`/content and `root`/locales; `before` spares putting the same word lists in order again.

    Raises Problems: the English or languages.toml is invalid, a language asked for does not exist, or none is left.
    A language whose own catalogs cannot be read is left out, and told in `broken`.
    """
    source = read_source(root)
    known = messages(source)
    languages = read_languages(root)
    asked = {tag: languages.nearest(tag) for tag in choice.languages}
    if unknown := sorted(tag for tag, near in asked.items() if near is None):
        what = f"{', '.join(unknown)}: not in locales/languages.toml, nor near to a language that is"
        raise Problems([Problem("LANGUAGES", 0, what)])
    broken: list[Problem] = []
    translations: dict[str, Mapping[str, Translation]] = {
        SOURCE_LANGUAGE: {m.id: Translation(m.text, Status.MEDICALLY_REVIEWED, m.file, m.line) for m in known}
    }
    lexicons: dict[str, Lexicon] = {}
    faulty: set[str] = set()
    for language in languages.entries:
        problems: list[Problem] = []
        lexicons[language] = read_lexicon(root, language, problems)
        if language == SOURCE_LANGUAGE and problems:
            raise Problems(problems)
        if language != SOURCE_LANGUAGE:
            translations[language] = read_catalogs(root, language, known, problems)
            if language == choice.preview:
                translations[language] = {**_in_brackets(known), **translations[language]}
            faulty |= {language} if problems else set()
            broken += problems
    listed = languages.entries if choice.words else ()
    phrases = tuple(
        one
        for tag in listed
        for one in (*phrases_of(tag, translations[tag], known, broken), *phrases_shown(tag, translations[tag]))
    )
    vocabulary = Vocabulary(
        {tag: words_of(translations[tag], known) for tag in listed if tag != choice.preview},
        {tag: languages.entries[tag].mixed_with for tag in listed},
    )
    likely = likely_languages(languages.entries, languages.regions)
    maker = _Maker(source, languages, translations, choice, likely)
    wanted = {*asked.values()} or {*languages.entries}
    offered = [tag for tag in languages.entries if tag in wanted - faulty]
    editions = {tag: edition for tag in offered if (edition := maker.edition(tag))}
    # A topic that is borrowed comes from an edition that is there, offered or not.
    lenders = {topic.language for edition in editions.values() for topic in edition.topics.values()} - {*editions}
    lent = {tag: edition for tag in languages.entries if tag in lenders and (edition := maker.edition(tag))}
    if not editions:
        raise Problems([*broken, Problem("locales/languages.toml", 0, "no language is complete enough to be offered")])
    emergency = {region: entry.number for region, entry in source.emergency.items()}
    library = Library(editions | lent, emergency, likely, choice.today, languages=tuple(editions))
    same = before is not None and before.phrasebook.phrases == phrases and before.source.emergency == source.emergency
    if before and same:
        phrasebook = before.phrasebook.knowing(vocabulary)
    else:
        phrasebook = Phrasebook(phrases, TOPICS, source.emergency_numbers, vocabulary)
    return Shelf(library, phrasebook, source, languages, known, translations, lexicons, tuple(broken))


def _in_brackets(known: Collection[Message]) -> Mapping[str, Translation]:
    """What stands for texts that nobody has translated yet, while somebody looks at their translation."""
    texts = (message for message in known if message.catalog != "words")
    return {
        one.id: Translation(f"[{one.text}]" if one.text.strip(" ,") else one.text, Status.DRAFT, one.file, one.line)
        for one in texts
    }


class _Maker:
    """Makes editions: each topic whole in one language, the first of the chain that has all of it."""

    def __init__(
        self,
        source: Source,
        languages: Languages,
        translations: Mapping[str, Mapping[str, Translation]],
        choice: Choice,
        likely: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.source = source
        self.languages = languages
        self.translations = translations
        self.choice = choice
        self.likely = likely
        self.least = Status.DRAFT if choice.drafts else Status.LANGUAGE_REVIEWED

    def edition(self, tag: str) -> Edition | None:
        """The edition of a language; None where its own words or its alarm are not ready."""
        entry = self.languages.entries[tag]
        names = ["alarm", "alarm/unknown-number", *(f"prompt/{name}" for name in self.source.prompts)]
        if not all(self.has(tag, name) for name in names):
            return None
        topics = {
            topic.entry.id: next(
                made for language in self.languages.chain(tag) if (made := self.topic(language, topic))
            )
            for topic in self.source.topics
        }
        served = [self.status(tag, name) for name in self.served(tag, names, topics)]
        english = tag == SOURCE_LANGUAGE
        return Edition(
            language=tag,
            name=entry.name,
            prompts={name: self.wording(tag, f"prompt/{name}") for name in self.source.prompts},
            topics=topics,
            alarm=self.wording(tag, "alarm"),
            unknown_number=self.text(tag, "alarm/unknown-number"),
            draft=min(served) < Status.TRANSLATED,
            reviewed=self.source.reviewed if english else min(served) >= Status.MEDICALLY_REVIEWED,
            numbers_said=self.numbers_said(tag),
        )

    def served(self, tag: str, names: list[str], topics: Mapping[str, Topic]) -> list[str]:
        own = [t for t in self.source.topics if topics[t.entry.id].language == tag]
        return [*names, *(name for topic in own for name in self.names(topic))]

    def names(self, topic: TopicSource) -> list[str]:
        """The messages a topic is made of now, without those that are not shown."""
        return [f"{topic.entry.id}/title", *(f"{topic.entry.id}/{passage.id}" for passage in self.shown(topic))]

    def shown(self, topic: TopicSource) -> list[PassageEntry]:
        conditions = {
            "always": True,
            "reviewed": self.source.reviewed,
            "unreviewed": not self.source.reviewed,
            "operator": bool(self.choice.operator),
        }
        return [passage for passage in topic.passages if conditions[passage.when]]

    def topic(self, tag: str, topic: TopicSource) -> Topic | None:
        if not all(self.has(tag, name) for name in self.names(topic)):
            return None
        entry = topic.entry
        filling = {"operator": self.choice.operator}
        if entry.reviewed:
            filling["date"] = written_date(entry.reviewed, tag)
        passages = tuple(
            Passage(
                passage.id,
                self.wording(tag, f"{entry.id}/{passage.id}").filled(**filling),
                _URGENCY[passage.urgency],
                passage.facts,
                frozenset(passage.regions),
            )
            for passage in self.shown(topic)
        )
        return Topic(entry.id, tag, self.wording(tag, f"{entry.id}/title"), passages, entry.review_by, entry.reviewed)

    def has(self, tag: str, name: str) -> bool:
        """Whether a message can be served."""
        return self.status(tag, name) >= self.least

    def status(self, tag: str, name: str) -> Status:
        """How far a message has come, with its spoken wording where the English has one."""
        spoken = f"{name}{VOICE}"
        needed = [name, *([spoken] if spoken in self.translations[SOURCE_LANGUAGE] else [])]
        found = [self.translations[tag].get(one) for one in needed]
        return min(one.status if one else Status.MISSING for one in found)

    def text(self, tag: str, name: str) -> str:
        return self.translations[tag][name].text

    def wording(self, tag: str, name: str) -> Wording:
        text = self.text(tag, name)
        spoken = self.translations[tag].get(f"{name}{VOICE}")
        return Wording(written(text), spoken.text if spoken else text)

    def numbers_said(self, tag: str) -> frozenset[str]:
        """The emergency numbers of countries where the language is likely, and those known everywhere."""
        here = {entry.number for region, entry in self.source.emergency.items() if tag in self.likely.get(region, ())}
        return NUMBERS_KNOWN | here
