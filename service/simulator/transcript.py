r"""Conversations with the line as files that a clinician can read and write.

    @ from: +12025550123
    @ channel: sms

    # Somebody in fear writes before choosing anything.
    > please help he is not breathing
    Call 911 now. ...

Several messages are separated by a line with a dot.  A line of an answer that would look like something else
here (an empty one, or one that begins with `>`, `#` or a backslash) has a backslash before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from service.core.errors import LineError

DOT: Final = "."


class ScriptError(LineError):
    """A transcript that cannot be read: names the file and the line."""

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(f"{name}:{line}: {problem}")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done and what came back.  `comment_lines` are the lines above it, empty ones among them."""

    comment_lines: tuple[str, ...]
    said: str
    answer_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A whole transcript.  `opening` and `closing` are lines kept as they were written, before and after the steps."""

    headers: Mapping[str, str]
    steps: tuple[Step, ...]
    opening: tuple[str, ...] = field(default=(), repr=False)
    closing: tuple[str, ...] = field(default=("",), repr=False)


def escaped(line: str) -> str:
    """Mark a line of an answer that would otherwise be taken for something else."""
    return f"\\{line}" if line in {"", DOT} or line.startswith((">", "#", "\\")) else line


def read(path: Path) -> Script:
    """Read a transcript.  Raises ScriptError."""
    return parse(path.read_text(encoding="utf-8"), str(path))


def parse(text: str, name: str) -> Script:
    """Read the text of a transcript; `name` is what errors call it."""
    lines = text.split("\n")
    headed = (number for number, line in enumerate(_before_steps(lines), 1) if line.startswith("@"))
    last_header = max(headed, default=0)
    opening, rest = lines[:last_header], lines[last_header:]
    steps: list[Step] = []
    above: list[str] = []
    answers: list[str] | None = None  # of the step that is being read; nothing may be added to it once it is None

    def finish() -> None:
        if answers is not None:
            steps[-1] = Step(steps[-1].comment_lines, steps[-1].said, tuple(answers))

    for number, line in enumerate(rest, last_header + 1):
        if line == ">" or (line.startswith("> ") and line != "> "):
            finish()
            steps.append(Step(tuple(above), line[2:], ()))
            above, answers = [], []
        elif line.startswith(">"):
            raise ScriptError(name, number, "write `>`, a space and what the person did, or `>` alone for nothing")
        elif not line or line.startswith("#"):
            finish()
            above.append(line)
            answers = None
        elif answers is None:
            raise ScriptError(name, number, f"this answers nothing: `{line}`")
        else:
            answers.append(line)
    finish()
    return Script(_headers(opening, name), tuple(steps), tuple(opening), tuple(above))


def write(script: Script) -> str:
    """Write the transcript again, to the letter as it was read where nothing in it has changed."""
    lines = list(script.opening)
    if _headers(lines, "") != dict(script.headers):
        lines = [line for line in lines if not line.startswith("@")]
        lines += [f"@ {name}: {value}" for name, value in script.headers.items()]
    for step in script.steps:
        lines += [*step.comment_lines, f"> {step.said}" if step.said else ">", *step.answer_lines]
    return "\n".join([*lines, *script.closing])


def _before_steps(lines: list[str]) -> list[str]:
    first = next((number for number, line in enumerate(lines) if line.startswith(">")), len(lines))
    return lines[:first]


def _headers(opening: list[str], name: str) -> dict[str, str]:
    headers: dict[str, str] = {}
    for number, line in enumerate(opening, 1):
        if line and not line.startswith(("@", "#")):
            raise ScriptError(name, number, f"this answers nothing: `{line}`")
        if not line.startswith("@"):
            continue
        key, colon, value = line.removeprefix("@").partition(":")
        if not colon or key.strip() in headers:
            raise ScriptError(name, number, "write `@ name: value`, each name once")
        headers[key.strip()] = value.strip()
    return headers
