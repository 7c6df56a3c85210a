"""The word lists: whether each is there, means one thing, and leaves the phone networks their own words."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from service.core.content import SOURCE_LANGUAGE, TOPICS
from service.core.meanings import ALARM, AROUND, COMMANDS, ILLNESS, RESERVED, SELF_HARM
from service.core.patterns import Phrase
from service.files.catalogs import Translation, catalog_path
from service.files.messages import WORDS, Message
from service.files.problems import Problem, shown
from service.files.source import Source
from service.files.wordlists import phrases_of

PASSAGES: Final = ("urgent/fever", "urgent/contact", "urgent/worse")
NEEDED: Final = (ALARM, SELF_HARM, *PASSAGES, *COMMANDS, *AROUND, *TOPICS, ILLNESS, "name")
# Words of these lists lend meaning to others, or stand beside them: they may be in several.
SHARED: Final = frozenset({*AROUND, ILLNESS, "hello", "name"})
FEWEST_SENTENCES: Final = 60
MOST_SPELLED_OUT: Final = 256
MOST_NAMED: Final = 5

Words = tuple[str, ...]  # of a phrase, in the order of the alphabet: it is found in any order


@dataclass(frozen=True, slots=True)
class Said:
    """One way to say a phrase: in the list at `place`, and whether it stands there as it is or by choices with |."""

    place: Problem
    text: str
    literal: bool


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of a language, and where each stands."""

    phrases: tuple[Phrase, ...]
    places: Mapping[str, Problem]  # by the meaning of the list: its file and line


def lists_of(
    tag: str, translated: Mapping[str, Translation], known: Collection[Message], problems: list[Problem]
) -> Lists:
    """What a language has, with what cannot be read noted in `problems`."""
    places = {
        name.removeprefix(WORDS): Problem(found.file, found.line, "")
        for name, found in translated.items()
        if name.startswith(WORDS)
    }
    return Lists(tuple(phrases_of(tag, translated, known, problems)), places)


def check_lists(source: Source) -> Iterator[Problem]:
    """English has each list the program asks for, and none that it never does."""
    file = source.words_file
    for name in NEEDED:
        if not source.words.get(name):
            yield Problem(file.name, file.line((name,)), f'"{name}" is missing or empty: what do people write for it?')
    passages = {f"{topic.entry.id}/{passage.id}" for topic in source.topics for passage in topic.passages}
    for name in source.words:
        if name not in {*NEEDED, *passages}:
            yield Problem(file.name, file.line((name,)), f'"{name}" is no topic, passage or command: it leads nowhere')


def check_missing_lists(root: Path, own: Lists, tag: str, known: Collection[Message]) -> Iterator[Problem]:
    """A language has all lists that English has."""
    file = shown(catalog_path(root, tag, "words"), root)
    for message in known if tag != SOURCE_LANGUAGE else ():
        if message.id.startswith(WORDS) and message.id.removeprefix(WORDS) not in own.places:
            yield Problem(file, 0, f"{message.id} is missing: what do people write in {tag} for it?")


def check_meanings(lists: Mapping[str, Lists], wanted: Collection[str]) -> Iterator[Problem]:
    """Reserved words, and phrases with two meanings, for the languages `wanted`."""
    spelled: dict[Words, dict[tuple[str, str], Said]] = defaultdict(dict)
    for tag, own in lists.items():
        for one in own.phrases:
            literal = all(len(slot) == 1 for slot in one.slots)
            for words in spelled_out(one):
                before = spelled[words].get((tag, one.meaning))
                spelled[words][tag, one.meaning] = Said(
                    own.places[one.meaning], " ".join(words), literal or (before is not None and before.literal)
                )
    for tag in wanted:
        for one in lists[tag].phrases:
            if taken := reserved(one):
                place, name = lists[tag].places[one.meaning], f"{WORDS}{one.meaning}"
                what = f"{name}: {taken!r} alone belongs to the phone networks; remove it, or add a word to it"
                yield Problem(place.file, place.line, what)
    overlaps: dict[tuple[Problem, str], list[str]] = defaultdict(list)
    for meanings in spelled.values():
        for tag in wanted:
            yield from _clashes(meanings, tag, overlaps)
    for (place, what), said in overlaps.items():
        named = ", ".join(sorted(said)[:MOST_NAMED]) + (" ..." if len(said) > MOST_NAMED else "")
        yield Problem(place.file, place.line, f"{what}: {named}", warning=True)


def spelled_out(one: Phrase) -> Iterator[Words]:
    """Each way to say a phrase of whole words; none if it is weak, has stems, or too many ways."""
    ways = 1
    for slot in one.slots:
        ways *= len(slot)
    if one.weak or ways > MOST_SPELLED_OUT or any(word.endswith("*") for slot in one.slots for word in slot):
        return
    for words in product(*one.slots):
        yield words if one.tight else tuple(sorted(words))


def reserved(one: Phrase) -> str:
    """The word of the networks that a phrase of one word is; else ""."""
    if len(one.slots) != 1:
        return ""
    return next((word for word in (option.rstrip("*") for option in one.slots[0]) if word in RESERVED), "")


def check_sentences(root: Path, tag: str) -> Iterator[Problem]:
    """Each language has sentences that people write, with where they lead (only where there are tests)."""
    if not (root / "tests").is_dir():
        return
    path = root / "tests" / "words" / f"{tag}.txt"
    written = path.read_text("utf-8").splitlines() if path.exists() else []
    count = sum(bool(line.strip()) and not line.startswith("#") for line in written)
    if count < FEWEST_SENTENCES:
        what = f"has {count} sentences, and needs {FEWEST_SENTENCES}: what people write, and where it should lead"
        yield Problem(shown(path, root), 0, what)


def _clashes(
    meanings: Mapping[tuple[str, str], Said], tag: str, overlaps: dict[tuple[Problem, str], list[str]]
) -> Iterator[Problem]:
    own = {meaning: said for (language, meaning), said in meanings.items() if language == tag}
    if "innocent" in own and own.keys() & {ALARM, SELF_HARM}:
        place, said = own["innocent"].place, own["innocent"].text
        what = f"{WORDS}innocent: {said!r} is an alarm too, which would not be heard; remove it here"
        yield Problem(place.file, place.line, what)
    leading = sorted(meaning for meaning in own if meaning not in SHARED)
    if not leading:
        return
    last = own[leading[-1]]
    written = [meaning for meaning in leading if own[meaning].literal]
    if len(written) > 1:
        what = f"{last.text!r} is in the lists {', '.join(written)}: keep it in one"
        yield Problem(own[written[-1]].place.file, own[written[-1]].place.line, what)
    elif len({*leading} - {*COMMANDS, ALARM, SELF_HARM}) > 1:
        # An alarm comes before all, a command before a topic; between topics people are asked.
        overlaps[last.place, f"what is meant by both {' and '.join(leading)} is asked back"].append(last.text)
    for (language, meaning), other in meanings.items():
        # Each pair once: told to the language that comes later in the alphabet.
        if language < tag and last.literal and other.literal and meaning not in {*leading, *SHARED}:
            what = f"{leading[-1]} here is {meaning} in {language} ({other.place.file})"
            overlaps[last.place, what].append(last.text)
