"""The command of operators and translators; each of its words calls one function that tests call too."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
from granian import Granian
from granian.constants import Interfaces

from service.app import ROOT, create_app, open_house
from service.channels.guard import HMAC_SHA256
from service.core.errors import LineError
from service.files.checks import check_all, check_catalogs
from service.files.languages import read_languages
from service.files.merging import update_catalogs, write_templates
from service.files.messages import messages
from service.files.problems import Problem
from service.files.source import read_source
from service.settings import Settings, read_settings, with_development_secrets
from service.simulator import terminal
from service.simulator.calling import Caller
from service.simulator.exchange import Exchange, InProcess, OverHttp
from service.simulator.signing import Account
from service.simulator.texting import Texter

ANY_NUMBER: Final = "+12025550123"
LINE: Final = "+15005550006"
SECONDS_TO_FINISH: Final = 20


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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="oms-line")
def main() -> None:
    """A text and phone line about opsoclonus-myoclonus syndrome (OMS)."""


@main.command()
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


def phone_options(command: Callable[..., None]) -> Callable[..., None]:
    """What `chat` and `call` have in common."""
    for option in (
        click.option(
            "--save", type=click.Path(dir_okay=False, path_type=Path), help="Also write a transcript to this file."
        ),
        click.option(
            "--url", help="A running line, instead of one of its own; its signatures are made with our settings."
        ),
        click.option("--to", "line", default=LINE, show_default=True, help="The number of the line."),
        click.option("--from", "number", default=ANY_NUMBER, show_default=True, help="Your own number, or anonymous."),
    ):
        command = option(command)
    return command


@main.command()
@phone_options
@click.option("--whatsapp", is_flag=True, help="Write by WhatsApp instead of SMS.")
def chat(number: str, line: str, url: str | None, save: Path | None, *, whatsapp: bool) -> None:
    """Text the line: each line you write is a message."""
    with told():
        exchange, account, public_url = way_in(url)
        texter = Texter(exchange, account, public_url, number, line, "whatsapp" if whatsapp else "sms")
        with written(save, {"from": number, "channel": "whatsapp" if whatsapp else "sms"}) as write:
            terminal.chat(texter, lines("A message: "), write)


@main.command()
@phone_options
def call(number: str, line: str, url: str | None, save: Path | None) -> None:
    """Call the line: write a key (1, *), `say WORDS`, `...` for silence, or `hang up`."""
    with told():
        exchange, account, public_url = way_in(url)
        with written(save, {"from": number, "channel": "phone"}) as write:
            terminal.call(Caller(exchange, account, public_url, number, line), lines("A key: "), write)


def way_in(url: str | None) -> tuple[Exchange, Account, str]:
    """The line to talk to: the one at `url`, or one in this process with the same settings and store."""
    settings = our_settings()
    account = Account(settings.account_sid, settings.auth_tokens[0])
    if settings.shared_keys:
        account = Account(settings.account_sid, settings.shared_keys[0], HMAC_SHA256)
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


@main.command()
def check() -> None:
    """Run every check of content and catalogs."""
    with told():
        report(check_all(ROOT, our_settings().operator))


@main.group()
def catalog() -> None:
    """The catalogs translators work in."""


@catalog.command()
def extract() -> None:
    """Write the templates (locales/*.pot) from the English."""
    with told():
        changed = write_templates(ROOT, messages(read_source(ROOT)))
    click.echo(f"{len(changed)} of 3 templates changed.")


@catalog.command()
@click.argument("languages", nargs=-1)
def update(languages: tuple[str, ...]) -> None:
    """Bring the catalogs of LANGUAGES (all without any) up to the English; nothing translated is lost."""
    with told():
        known = messages(read_source(ROOT))
        entries = read_languages(ROOT).entries
        write_templates(ROOT, known)
        for tag in languages or [tag for tag in entries if tag != "en"]:
            if tag not in entries or tag == "en":
                raise click.ClickException(f"{tag} is no language of locales/languages.toml to translate into")
            changed = update_catalogs(ROOT, known, tag, entries[tag].plural_forms)
            click.echo(f"{tag}: {len(changed)} of 3 catalogs changed.")


@catalog.command("check")
@click.argument("languages", nargs=-1)
def check_languages(languages: tuple[str, ...]) -> None:
    """Check the catalogs of LANGUAGES (all without any)."""
    with told():
        report(check_catalogs(ROOT, languages))


def report(found: list[Problem]) -> None:
    """Say what was found; errors make the command fail, warnings do not."""
    for problem in sorted(found):
        click.echo(str(problem))
    errors = [problem for problem in found if not problem.warning]
    if errors:
        raise click.ClickException(f"{len(errors)} to mend.")
    click.echo(f"All is well; {len(found)} warnings.")
