"""Reading a TOML file into typed tables, field by field, so that every error is found and has its line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar, get_args

import msgspec

from service.files.problems import Problem, shown

_ARRAY_HEADER: Final = re.compile(r"\s*\[\[\s*([^\]]+?)\s*\]\]")
_HEADER: Final = re.compile(r"\s*\[\s*([^\]]+?)\s*\]")
_KEY: Final = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w-]+)\s*=""")
_BARE: Final = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")

T = TypeVar("T", bound=msgspec.Struct)
Where = tuple[str | int, ...]


def lines_of(source: str) -> dict[Where, int]:
    """The line of every table header and key: `("passages", 1, "text")` → 32."""
    lines: dict[Where, int] = {}
    counts: dict[str, int] = {}
    table: Where = ()
    inside = False
    for number, line in enumerate(source.splitlines(), 1):
        if not inside:
            if header := _ARRAY_HEADER.match(line):
                name = header[1]
                counts[name] = counts.get(name, -1) + 1
                table = (*_names(name), counts[name])
                lines[table] = number
            elif header := _HEADER.match(line):
                table = _names(header[1])
                lines[table] = number
            elif key := _KEY.match(line):
                lines[(*table, *_names(key[1]))] = number
        if (line.count('"""') + line.count("'''")) % 2:
            inside = not inside
    return lines


def _described(kind: object) -> str:
    """What a field holds, in words: the description in its type."""
    for part in getattr(kind, "__metadata__", ()):
        if isinstance(part, msgspec.Meta) and part.description:
            return part.description
    return next(filter(None, map(_described, get_args(kind))), "")


def _names(written: str) -> tuple[str, ...]:
    return tuple(next(filter(None, found)) for found in _BARE.findall(written))


@dataclass(slots=True)
class TomlFile:
    """One file: its tables, its lines, and the problems found in it so far."""

    path: Path
    root: Path
    problems: list[Problem]
    tables: dict[str, object] = field(default_factory=dict)
    _lines: dict[Where, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            source = self.path.read_text("utf-8")
            self.tables = tomllib.loads(source)
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "is not UTF-8"
            self.problem((), f"cannot be read: {reason}")
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"at line (\d+)", str(error))
            self.problems.append(Problem(self.name, int(place[1]) if place else 0, f"is not valid TOML: {error}"))
        else:
            self._lines = lines_of(source)

    @property
    def name(self) -> str:
        """How its editors know the file."""
        return shown(self.path, self.root)

    def line(self, where: Where) -> int:
        """The line of a key, or of the first table within it, or of the nearest one around it."""
        within = (line for known, line in self._lines.items() if where and known[: len(where)] == where)
        if line := next(within, 0):
            return line
        while where and where not in self._lines:
            where = where[:-1]
        return self._lines.get(where, 0)

    def problem(self, where: Where, what: str, *, warning: bool = False) -> None:
        """Note something wrong at a place in this file."""
        self.problems.append(Problem(self.name, self.line(where), what, warning))

    def read(self, where: Where, given: object, kind: type[T]) -> T | None:
        """A table as a struct; None, with a problem noted for each wrong field, if it cannot be one."""
        if not isinstance(given, Mapping):
            self.problem(where, f"must be a table like [{'.'.join(map(str, where))}]")
            return None
        before = len(self.problems)
        fields = {spec.encode_name: spec for spec in msgspec.structs.fields(kind)}
        for unknown in given.keys() - fields.keys():
            self.problem((*where, unknown), f"unknown field {unknown!r}; known are {', '.join(sorted(fields))}")
        for name, spec in fields.items():
            if name in given:
                try:
                    msgspec.convert(given[name], spec.type)
                except msgspec.ValidationError as error:
                    wanted = _described(spec.type)
                    self.problem((*where, name), f"{name} must be {wanted}" if wanted else f"{name}: {error}")
            elif spec.required:
                self.problem(where, f"{name} is missing")
        return msgspec.convert(given, kind) if len(self.problems) == before else None
