"""What all commands share: the checkout, the settings, and how errors and problems are told."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from service.core.errors import LineError
from service.files.problems import Problem
from service.house import ROOT
from service.settings import Settings, read_settings, with_development_secrets

__all__ = ["ROOT", "our_settings", "report", "told"]


@contextmanager
def told() -> Iterator[None]:
    """Our own errors in their own words, without a traceback."""
    try:
        yield
    except LineError as error:
        raise click.ClickException(str(error)) from error


def our_settings() -> Settings:
    """The settings of the environment, with secrets made where development lacks them."""
    return with_development_secrets(read_settings(os.environ), ROOT / "var")


def report(found: list[Problem]) -> None:
    """Say what was found; errors make the command fail, warnings do not."""
    for problem in sorted(found):
        click.echo(str(problem))
    errors = [problem for problem in found if not problem.warning]
    if errors:
        raise click.ClickException(f"{len(errors)} to mend.")
    click.echo(f"All is well; {len(found)} warnings.")
