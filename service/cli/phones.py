"""A phone in the terminal: text the line, or call it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from service.app import create_app
from service.channels.guard import HMAC_SHA256
from service.cli import base
from service.cli.base import our_settings, told
from service.house import open_house
from service.simulator import terminal
from service.simulator.calling import Caller
from service.simulator.exchange import Exchange, InProcess, OverHttp
from service.simulator.signing import Account
from service.simulator.texting import Texter
from service.speech.recordings import Recordings

ANY_NUMBER: Final = "+12025550123"
LINE: Final = "+15005550006"


def phone_options(command: Callable[..., None]) -> Callable[..., None]:
    """What `chat` and `call` have in common."""
    for option in (
        click.option(
            "--save", type=click.Path(dir_okay=False, path_type=Path), help="Also write a transcript to this file."
        ),
        click.option(
            "--url", help="A running line, instead of one of its own; its signatures are made with our settings."
        ),
        click.option("--preview", metavar="TAG", help="A language not complete yet: what it lacks comes in [English]."),
        click.option("--to", "line", default=LINE, show_default=True, help="The number of the line."),
        click.option("--from", "number", default=ANY_NUMBER, show_default=True, help="Your own number, or anonymous."),
    ):
        command = option(command)
    return command


@click.command()
@phone_options
@click.option("--whatsapp", is_flag=True, help="Write by WhatsApp instead of SMS.")
def chat(number: str, line: str, preview: str | None, url: str | None, save: Path | None, *, whatsapp: bool) -> None:
    """Text the line: each line you write is a message."""
    with told():
        exchange, account, public_url = way_in(url, preview)
        texter = Texter(exchange, account, public_url, number, line, "whatsapp" if whatsapp else "sms")
        with written(save, {"from": number, "channel": "whatsapp" if whatsapp else "sms"}) as write:
            terminal.chat(texter, lines("A message: "), write, words_of)


@click.command()
@phone_options
def call(number: str, line: str, preview: str | None, url: str | None, save: Path | None) -> None:
    """Call the line: write a key (1, *), `say WORDS`, `...` for silence, or `hang up`."""
    with told():
        exchange, account, public_url = way_in(url, preview)
        with written(save, {"from": number, "channel": "phone"}) as write:
            terminal.call(Caller(exchange, account, public_url, number, line), lines("A key: "), write, words_of)


def words_of(url: str) -> str:
    """What is said in a recording of ours, as it would stand in a transcript; its address, if it is not one of ours."""
    recordings = Recordings(base.ROOT / our_settings().audio_folder)
    recordings.refresh()
    made = recordings.said_in(url.rpartition("/")[2])
    if made is None:
        return terminal.a_recording(url)
    return f"{terminal.SLOWLY if made.slow else ''}{made.said}"


def way_in(url: str | None, preview: str | None = None) -> tuple[Exchange, Account, str]:
    """The line to talk to: the one at `url`, or one in this process with the same settings and store.

    A `preview` is another line, of one language, with a store of its own.
    """
    settings = our_settings()
    account = Account(settings.account_sid, settings.auth_tokens[0])
    if settings.shared_keys:
        account = Account(settings.account_sid, settings.shared_keys[0], HMAC_SHA256)
    if preview:
        if url:
            raise click.ClickException("--preview shows a line of its own: leave out --url")
        alone = replace(settings, languages=(preview,), drafts=True, database_url="sqlite://")
        return (
            InProcess(create_app(alone, open_house(alone, preview=preview)), settings.public_url),
            account,
            settings.public_url,
        )
    if url:
        return OverHttp(), account, url.rstrip("/")
    return InProcess(create_app(settings), settings.public_url), account, settings.public_url


def lines(prompt: str) -> Iterator[str]:
    """What is typed or piped in, line by line; a prompt only where somebody sees it."""
    while True:
        if sys.stdin.isatty():
            click.echo(prompt, nl=False, err=True)
        line = sys.stdin.readline()
        if not line:
            return
        yield line.rstrip("\n")


@contextmanager
def written(save: Path | None, headers: dict[str, str]) -> Iterator[Callable[[str], None]]:
    """A writer to the terminal, and to a transcript if one is wanted."""
    if save is None:
        yield click.echo
        return
    with save.open("w", encoding="utf-8") as file:
        file.writelines(f"@ {name}: {value}\n" for name, value in headers.items())

        def both(text: str) -> None:
            click.echo(text)
            file.write(f"{text}\n")

        yield both
