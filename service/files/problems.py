"""What is wrong in the files people edit: all of it at once, each with its file and line."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from service.core.errors import LineError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend.  `line` counts from 1; 0 where the file as a whole is meant."""

    file: str
    line: int
    what: str
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {'warning: ' if self.warning else ''}{self.what}"


class Problems(LineError):  # noqa: N818 - it is what it is called
    """Everything found wrong; nothing is served from files in this state."""

    def __init__(self, found: Iterable[Problem]) -> None:
        self.found = tuple(sorted(set(found)))
        super().__init__("\n".join(map(str, self.found)))


def shown(path: Path, root: Path) -> str:
    """A file's name as its editors know it: from the root of the checkout."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
