"""How long work shows: a bar with the time left in a terminal, a line now and then in a log."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from service.studio import Shown

EVERY: Final = 10.0  # seconds between two lines of a log
WIDE: Final = 200  # characters of a table that goes into a file or a pipe


def show(what: Table) -> None:
    """A table on the output, as wide as the terminal."""
    console = Console()
    (console if console.is_terminal else Console(width=WIDE)).print(what)


@contextmanager
def shown(title: str) -> Iterator[Shown]:
    """Show work under a title, on the error stream: the output stays for results."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(title)
        return
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield _Bar(progress, title)


class _Bar:
    def __init__(self, progress: Progress, title: str) -> None:
        self._progress = progress
        self._title = title
        self._task = progress.add_task(title, total=0)

    def begin(self, total: int) -> None:
        self._progress.update(self._task, total=(self._progress.tasks[self._task].total or 0) + total)

    def step(self) -> None:
        self._progress.advance(self._task)

    def waiting(self) -> None:
        self._progress.console.print(f"{self._title}: another build is at work; waiting for it.")


class _Lines:
    def __init__(self, title: str) -> None:
        self._title = title
        self._total = self._done = 0
        self._begun = self._told = time.monotonic()

    def begin(self, total: int) -> None:
        self._total += total

    def step(self) -> None:
        self._done += 1
        now = time.monotonic()
        if now - self._told >= EVERY:
            self._told = now
            left = (now - self._begun) / self._done * (self._total - self._done)
            click.echo(f"{self._title}: {self._done} of {self._total}, about {left:.0f} s left", err=True)

    def waiting(self) -> None:
        click.echo(f"{self._title}: another build is at work; waiting for it.", err=True)
