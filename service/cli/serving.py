"""Starting the line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click
from granian import Granian
from granian.constants import Interfaces

from service.cli import base
from service.cli.base import our_settings, told
from service.cli.beside import recording
from service.cli.progress import shown
from service.core.reply import own_offers
from service.house import House, open_house
from service.settings import Settings
from service.speech.building import Wanted
from service.speech.disk import ArchiveError
from service.studio import Studio, opened

SECONDS_TO_FINISH: Final = 20


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
    offline = first_words(settings, house)
    with recording(base.ROOT, ",".join(offline), ",".join(settings.speech)):
        yield


def first_words(settings: Settings, house: House) -> tuple[str, ...]:
    """Make what the first minute of a call in the first language needs, by speakers that need no network.

    All languages are offered in it, each in its own words.  Gives back those speakers.
    """
    try:
        with opened(house, base.ROOT, settings.audio_format) as studio, shown("The first words of a call") as progress:
            likeliest, *others = studio.languages()
            studio.build([*studio.wanted([likeliest], [False], first=True), *_offers(studio, others)], progress)
            able = (name for name in settings.speech if name in studio.speakers)
            return tuple(name for name in able if not studio.speakers[name].online)
    except ArchiveError as error:
        # Twilio's own voices say everything all the same.
        click.echo(f"No recordings: {error}", err=True)
        return ()


def _offers(studio: Studio, languages: list[str]) -> Iterator[Wanted]:
    """How languages offer themselves at the beginning of a call: by speakers that need no network."""
    library = studio.house.shelf.library
    for said in (said for tag in languages for piece in own_offers(library, tag) for said in piece.spoken):
        able = tuple(one for one in studio.orders(said, slow=False) if not studio.speakers[one.speaker].online)
        if able:
            yield able
