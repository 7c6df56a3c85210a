"""Every message of the line with its id, in the order of a conversation: what translators translate.

The id is the `msgctxt` of the catalogs: `topic/passage`, with `/voice` where the spoken wording differs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from service.files.source import Source, TopicSource

CATALOGS: Final = ("content", "messages", "words")
VOICE: Final = "/voice"
WORDS: Final = "words/"


@dataclass(frozen=True, slots=True)
class Message:
    """One message in English, and what its translators have to know."""

    id: str
    catalog: str
    text: str
    file: str
    line: int
    comments: tuple[str, ...]


def messages(source: Source) -> tuple[Message, ...]:
    """All messages, the alarm first."""
    return (*_alarm(source), *(m for topic in source.topics for m in _topic(topic)), *_prompts(source), *_words(source))


def _alarm(source: Source) -> Iterator[Message]:
    file, entry = source.alarm_file, source.alarm
    what = "The answer to somebody who reports an emergency."
    for name, kind, text, note in (
        ("alarm", "[TEXT] one part of a text message", entry.text, entry.note),
        ("alarm/voice", "[VOICE]", entry.voice, entry.note),
        ("alarm/unknown-number", "[TEXT] also spoken", entry.unknown_number, entry.unknown_number_note),
    ):
        key = {"alarm": "text", "alarm/voice": "voice"}.get(name, "unknown_number")
        yield Message(name, "content", text, file.name, file.line((key,)), _comments(kind, what, note))


def _topic(topic: TopicSource) -> Iterator[Message]:
    file, entry = topic.file, topic.entry
    title = Message(
        f"{entry.id}/title", "content", entry.title, file.name, file.line(("title",)), _comments("[TITLE]", "", "")
    )
    yield title
    if entry.title_voice:
        line = file.line(("title_voice",))
        yield Message(f"{title.id}{VOICE}", "content", entry.title_voice, file.name, line, _comments("[VOICE]", "", ""))
    for number, passage in enumerate(topic.passages):
        where = f"Topic {entry.title!r}, part {number + 1} of {len(topic.passages)}, {passage.urgency}."
        for field, text, end in (("text", passage.text, ""), ("voice", passage.voice, VOICE)):
            if text is not None:
                line = file.line(("passages", number, field))
                kind = f"[{field.upper()}]"
                yield Message(
                    f"{entry.id}/{passage.id}{end}",
                    "content",
                    text,
                    file.name,
                    line,
                    _comments(kind, where, passage.note),
                )


def _prompts(source: Source) -> Iterator[Message]:
    file = source.prompts_file
    for name, entry in source.prompts.items():
        for field, text, end in (("text", entry.text, ""), ("voice", entry.voice, VOICE)):
            if text is not None:
                line = file.line(("prompts", name, field))
                kind = f"[{field.upper()}]" if entry.voice else "[TEXT] also spoken"
                yield Message(f"prompt/{name}{end}", "messages", text, file.name, line, _comments(kind, "", entry.note))


def _words(source: Source) -> Iterator[Message]:
    kind = "[WORDS] one phrase a line: what people of YOUR language write, not a translation of this list."
    for name, phrases in source.words.items():
        line = source.words_file.line((name,))
        yield Message(f"{WORDS}{name}", "words", "\n".join(phrases), source.words_file.name, line, (kind,))


def _comments(*comments: str) -> tuple[str, ...]:
    return tuple(comment for comment in comments if comment)
