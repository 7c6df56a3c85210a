"""What every English sentence keeps to: its letters, its placeholders, its words, and where the number stands."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from service.core.content import TOPICS, Urgency
from service.core.markup import marks, written
from service.core.segments import length
from service.files.messages import VOICE, Message
from service.files.problems import Problem
from service.files.source import Source, TopicSource

NUMBER: Final = "{emergency}"
PLACEHOLDER: Final = re.compile(r"\{[a-z_]+\}")
FORBIDDEN: Final = {
    "do not worry": "say what to do instead",
    "don't worry": "say what to do instead",
    "it is probably": "nobody can know that from here",
    "you can wait": "nobody can know that from here",
    "your child has": "nothing is said about one person",
    "benign": "families hear 'harmless'",
    "suffer": "write 'people with'",
    "victim": "write 'people with'",
    "afflicted": "write 'people with'",
    "%": "write 'about half' or '1 in 5'",
    "per cent": "write 'about half' or '1 in 5'",
    "percent": "write 'about half' or '1 in 5'",
}
DOSE: Final = re.compile(r"(?i)\b\d+(?:[.,]\d+)?\s?(?:mg|mcg|g|ml|milligrams?|grams?|units?|tablets?|pills?)\b")
AT_ONCE: Final = ("at once", "doctor now", "nurse at once")
_URGENCY: Final = {"emergency": Urgency.EMERGENCY, "same-day": Urgency.SAME_DAY, "routine": Urgency.ROUTINE}


def check_content(source: Source, known: Iterable[Message]) -> Iterator[Problem]:
    """All checks of English sentences and of the order of topics."""
    allowed = allowed_placeholders(source)
    for message in known:
        if message.catalog == "words":
            continue
        for what in (
            *wrong_letters(message),
            *wrong_placeholders(message, *allowed.get(message.id.removesuffix(VOICE), (frozenset(), frozenset()))),
            *forbidden(message.text),
        ):
            yield Problem(message.file, message.line, f"{message.id}: {what}")
    for topic in source.topics:
        yield from check_order(topic)
        yield from check_urgent(topic)


def wrong_letters(message: Message) -> Iterator[str]:
    """English is written in the GSM alphabet only: one other letter doubles what a message costs."""
    guilty = () if message.id.endswith(VOICE) else length(written(message.text)).guilty
    if guilty:
        named = ", ".join(f"{letter!r} (U+{ord(letter):04X})" for letter in guilty)
        yield f"write {named} in another way: it is no letter of the GSM alphabet"


def allowed_placeholders(source: Source) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """By message id: the placeholders that are filled there, and those that must be there."""
    number = frozenset({NUMBER})
    allowed = {"alarm": (number, number)}
    for topic in source.topics:
        for passage in topic.passages:
            filled = {"operator": number | {"{operator}"}, "reviewed": number | {"{date}"}}.get(passage.when, number)
            allowed[f"{topic.entry.id}/{passage.id}"] = filled, frozenset()
    for name in source.prompts:
        key, language = frozenset({"{key}"}), frozenset({"{language}"})
        if name.startswith("choice/"):
            allowed[f"prompt/{name}"] = key, key
        elif name == "notice/other-language":
            allowed[f"prompt/{name}"] = number | language, language
        elif name not in {"star", "list-comma"}:
            allowed[f"prompt/{name}"] = number, frozenset()
    return allowed


def wrong_placeholders(message: Message, filled: frozenset[str], needed: frozenset[str]) -> Iterator[str]:
    """Placeholders that nothing fills, missing ones, braces that are none, and a number that does not follow "call"."""
    found = set(PLACEHOLDER.findall(message.text))
    yield from (f"{mark} {fault}" for mark in marks(message.text) if (fault := mark.fault()))
    for name in sorted(found - filled):
        here = f"here only {', '.join(sorted(filled))} is" if filled else "nothing is"
        yield f"{name} would be read out as it stands: {here} filled in"
    for name in sorted(needed - found):
        yield f"needs {name}"
    if re.search(r"[{}]", PLACEHOLDER.sub("", written(message.text))):
        yield "a brace is no letter of ours; a placeholder looks like {emergency}, a mark like {phone:116 123}"
    if re.search(r"(?<!call )\{emergency\}", message.text, re.IGNORECASE):
        yield f"{NUMBER} stands right after 'call', so that it can be translated: 'call {NUMBER} now'"


def forbidden(text: str) -> Iterator[str]:
    """Words that comfort where nobody can know, frighten, label people, or dose medicines."""
    for phrase, why in FORBIDDEN.items():
        if phrase in text.casefold():
            yield f"do not say {phrase!r}: {why}"
    if dose := DOSE.search(text):
        yield f"do not name a dose ({dose[0]!r}): only their own team knows it"


def check_order(topic: TopicSource) -> Iterator[Problem]:
    """A topic opens with its most urgent passage, and with one for everybody."""
    first = topic.passages[0]
    where = topic.file.line(("passages", 0, "id"))
    if _URGENCY[first.urgency] != min(_URGENCY[passage.urgency] for passage in topic.passages):
        yield Problem(topic.file.name, where, "the most urgent passage comes first: calls drop, batteries die")
    if first.regions or first.when != "always":
        yield Problem(topic.file.name, where, "the first passage is for everybody: no `regions` and no `when`")


def check_urgent(topic: TopicSource) -> Iterator[Problem]:
    """An emergency says whom to call, and the urgent topic ends with the number."""
    for index, passage in enumerate(topic.passages):
        for field, text in (("text", passage.text), ("voice", passage.voice)):
            says_so = any(one in (text or "").casefold() for one in (NUMBER, *AT_ONCE))
            if passage.urgency == "emergency" and text and not says_so:
                what = f"{passage.id}: an emergency says 'call {NUMBER}', 'call the doctor now' or '... at once'"
                yield Problem(topic.file.name, topic.file.line(("passages", index, field)), what)
    last = topic.passages[-1]
    if topic.entry.id == TOPICS[0] and not all(NUMBER in text for text in (last.text, last.voice or last.text)):
        where = topic.file.line(("passages", len(topic.passages) - 1, "text"))
        yield Problem(topic.file.name, where, f"{last.id}: the last passage of this topic names {NUMBER}")
