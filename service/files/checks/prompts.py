"""Whether the line has all of its own words: the prompts that the program asks for by name."""

from collections.abc import Iterator
from typing import Final

from service.core.content import TOPICS
from service.core.places import Notice
from service.files.problems import Problem
from service.files.source import Source

CHOICES: Final = (
    *TOPICS, "more-topics", "further-topics", "language", "next", "people", "back", "urgent-short", "again",
    "slower", "faster", "text-me", "listen", "this-language", "this-language-draft", "more-languages",
)  # fmt: skip
NEEDED: Final = frozenset(
    {
        "greeting", "draft", "unreviewed", "reply-with-number", "ways", "list-comma", "star", "ask",
        "goodbye", "goodbye/end", "trouble", "notice/other-language", "notice/overdue",
        *(f"choice/{name}" for name in CHOICES),
        # STATUS is said with the words of `draft` or `unreviewed`.
        *(f"notice/{notice.value}" for notice in Notice if notice is not Notice.STATUS),
    }
)  # fmt: skip


def check_prompts(source: Source) -> Iterator[Problem]:
    """A prompt that is missing would end a call; one that nothing asks for is work for every translator."""
    file = source.prompts_file
    for name in sorted(NEEDED - source.prompts.keys()):
        yield Problem(file.name, 0, f'[prompts."{name}"] is missing: the line says it')
    for name in source.prompts:
        if name not in NEEDED:
            what = f"{name}: nothing says this prompt; remove it, and spare translators the work"
            yield Problem(file.name, file.line(("prompts", name)), what, warning=True)
