"""Starting the line."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click
from granian import Granian
from granian.constants import Interfaces

from service.app import House, open_house
from service.cli import base
from service.cli.base import our_settings, told
from service.cli.progress import shown
from service.settings import Settings
from service.speech.disk import ArchiveError
from service.studio import opened

SECONDS_TO_FINISH: Final = 20
SECONDS_TO_STOP: Final = 5


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=int, help="The port; PORT, else 8000, without it.")
def serve(host: str, port: int | None) -> None:
    """Start the production server."""
    if port:
        os.environ["PORT"] = str(port)  # the server's own processes read it too
    with told():
        settings = our_settings()
        house = open_house(settings)
    click.echo(f"The line speaks {', '.join(house.shelf.library.editions)}.", err=True)
    if not settings.production:
        click.echo("Development: text it with `oms-line chat`, call it with `oms-line call`.", err=True)
    with building(settings, house):
        click.echo(f"Ready at {settings.public_url}", err=True)
        Granian(
            "service.app:wsgi",
            factory=True,
            interface=Interfaces.WSGI,
            address=host,
            port=settings.port,
            workers=settings.workers,
            blocking_threads=4,
            websockets=False,
            workers_kill_timeout=SECONDS_TO_FINISH,
        ).serve()


@contextmanager
def building(settings: Settings, house: House) -> Iterator[None]:
    """In development: the first words of a call are made before it can come, the rest beside it.

    In production nothing is made here: a release runs `oms-line speech build`.
    """
    if settings.production:
        yield
        return
    first_words(settings, house)
    beside = subprocess.Popen([sys.executable, "-m", "service", "speech", "build"])
    try:
        yield
    finally:
        beside.terminate()
        beside.wait(SECONDS_TO_STOP)


def first_words(settings: Settings, house: House) -> None:
    """Make what the first minute of a call needs, by speakers that need no network."""
    try:
        with opened(house, base.ROOT, settings.audio_format) as studio, shown("The first words of a call") as progress:
            studio.build(studio.wanted(studio.languages(), [False], first=True), progress)
    except ArchiveError as error:
        # Twilio's own voices say everything all the same.
        click.echo(f"No recordings: {error}", err=True)
