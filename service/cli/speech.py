"""Recordings: what there is, making them, taking them elsewhere, and what people may read aloud."""

import time
from pathlib import Path

import click
from rich.table import Table

from service.cli import base
from service.cli.base import our_settings, told
from service.cli.progress import show, shown
from service.house import House, open_house
from service.speech.building import Result
from service.speech.carriers import PERSON, SAY
from service.speech.manifest import Made
from service.speech.stores import export, fetch, sync, wanted
from service.studio import Coverage, Studio, opened

SPEEDS = {"normal": (False,), "slow": (True,), "both": (False, True)}
WIDE = 120  # columns of a table where no terminal says how many it has


@click.group()
def speech() -> None:
    """Recordings of what callers hear."""


def the_house() -> tuple[House, str]:
    """The house of our settings, and the format of recordings."""
    settings = our_settings()
    return open_house(settings, base.ROOT, words=False), settings.audio_format


@speech.command()
def status() -> None:
    """Say for each language what carries what callers hear, and what is missing, stale or refused."""
    with told():
        house, form = the_house()
        with opened(house, base.ROOT, form) as studio:
            coverage = list(studio.coverage())
            names = [name for name in (PERSON, *studio.speakers, SAY) if any(name in one.carriers for one in coverage)]
            show(table(coverage, list(dict.fromkeys(names))))
            for name, speaker in studio.speakers.items():
                if why := speaker.missing():
                    click.echo(f"{name} cannot speak here: {why}")
            for one in coverage:
                for refusal in one.refused:
                    click.echo(f"{one.language}: {refusal.id} was refused by {refusal.speaker}: {refusal.why}")
            problems(studio)
            if altered := studio.archive.altered():
                raise click.ClickException(
                    f"{len(altered)} recordings were altered since they were made: {files(altered)}"
                )


def table(coverage: list[Coverage], names: list[str]) -> Table:
    """Languages by carriers."""
    made = Table("language", "speed", "utterances", *names, "not heard", "missing", "stale", "refused")
    for one in coverage:
        made.add_row(
            one.language,
            "slow" if one.slow else "normal",
            str(one.utterances),
            *(str(one.carriers.get(name, 0)) for name in names),
            str(one.carriers.get("", 0)),
            str(one.missing),
            str(one.stale),
            str(len(one.refused)),
        )
    return made


def files(altered: tuple[Made, ...]) -> str:
    """Their names, for a message."""
    return ", ".join(sorted(made.file for made in altered))


@speech.command()
@click.option("--language", "languages", multiple=True, help="Only this language (may be given again).")
@click.option("--jobs", type=click.IntRange(1), help="How many at a time; without it, as many as there are cores.")
@click.option("--speed", type=click.Choice(list(SPEEDS)), default="both", show_default=True)
@click.option("--check", is_flag=True, help="Make nothing; fail if a recording is missing or altered.")
def build(languages: tuple[str, ...], jobs: int | None, speed: str, *, check: bool) -> None:
    """Make the recordings that are missing; what is there and still right stays."""
    with told():
        house, form = the_house()
        with opened(house, base.ROOT, form) as studio:
            orders = studio.wanted(known(studio, languages), SPEEDS[speed])
            if check:
                checked(studio, languages, speed)
                return
            begun = time.monotonic()
            with shown("Recordings") as progress:
                result = studio.build(orders, progress, jobs or 0, for_messages=speed != "slow")
            summary(result, time.monotonic() - begun)
            for name, speaker in studio.speakers.items():
                if why := speaker.missing():
                    click.echo(f"{name} cannot speak here: {why}")
            problems(studio)


def known(studio: Studio, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages asked for; all without any."""
    if unknown := [tag for tag in languages if tag not in studio.languages()]:
        offered = ", ".join(studio.languages())
        raise click.ClickException(f"{', '.join(unknown)}: not offered; offered are {offered}")
    return languages or studio.languages()


def checked(studio: Studio, languages: tuple[str, ...], speed: str) -> None:
    """Fail if a recording is not there as the best speaker would make it, or is not what it was."""
    missing = studio.missing(known(studio, languages), SPEEDS[speed])
    for tag, count in missing.items():
        click.echo(f"{tag}: {count} recordings are missing")
    altered = studio.archive.altered()
    if altered:
        click.echo(f"{len(altered)} were altered since they were made: {files(altered)}")
    if altered or any(missing.values()):
        raise click.ClickException("not all recordings are there: run `oms-line speech build`")
    click.echo("All recordings are there.")


def summary(result: Result, seconds: float) -> None:
    """What a build did, with every failure by name."""
    spoken, size = sum(made.seconds for made in result.made), sum(made.size for made in result.made)
    click.echo(
        f"{len(result.made)} made ({spoken / 60:.1f} minutes of speech, {size / 1e6:.1f} MB), {result.joined} joined "
        f"for messages, {result.kept} unchanged, {len(result.refused)} refused; {seconds:.1f} s."
    )
    for refusal in result.refused:
        pace = ", slow" if refusal.slow else ""
        click.echo(f"  {refusal.language} {refusal.id}{pace}: {refusal.speaker}: {refusal.why}")
    for name, why in result.given_up.items():
        click.echo(f"  {name} was not asked any more: {why}. Other carriers speak instead; build again later.")


def problems(studio: Studio) -> None:
    """What is wrong with people's recordings and with voices."""
    for problem in studio.problems:
        click.echo(str(problem))
    for stray in studio.strays():
        click.echo(f"{stray.file}:{stray.line}: {stray.id} is no message any more: remove it, or record its successor")


@speech.command()
def prune() -> None:
    """Remove recordings of words nobody says any more."""
    with told():
        house, form = the_house()
        with opened(house, base.ROOT, form) as studio:
            gone = studio.prune()
    click.echo(f"{len(gone)} files removed.")


@speech.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_(folder: Path) -> None:
    """Copy all recordings and their manifest into FOLDER, to be served from elsewhere (AUDIO_URL)."""
    with told():
        house, form = the_house()
        with opened(house, base.ROOT, form) as studio, shown("Recordings") as progress:
            progress.begin(len(wanted(studio.archive)))
            new = export(studio.archive, folder, progress.step)
    click.echo(f"{new} files are new in {folder}.")


@speech.command("sync")
@click.argument("url")
@click.option("--get", "getting", is_flag=True, help="First get what the store has and this machine lacks.")
def sync_(url: str, *, getting: bool) -> None:
    """Put all recordings and their manifest into the object store at URL (s3://bucket/path, gs://, az://, file://)."""
    with told():
        house, form = the_house()
        with opened(house, base.ROOT, form) as studio, shown("Recordings") as progress:
            if getting:
                with studio.archive.open(progress.waiting):
                    click.echo(f"{fetch(studio.archive, url, progress.step)} files came from {url}.")
            progress.begin(len(wanted(studio.archive)))
            new = sync(studio.archive, url, progress.step)
    click.echo(f"{new} files are new in {url}.")


@speech.command("record-list")
@click.option("--language", required=True, help="The language to read.")
@click.option("--all", "everything", is_flag=True, help="Also what is recorded already.")
def record_list(language: str, *, everything: bool) -> None:
    """Print the script for a person who reads a language aloud, the most urgent first.

    It is also the recordings.toml to put beside the files.
    """
    with told():
        house, form = the_house()
        with opened(house, base.ROOT, form) as studio:
            (tag,) = known(studio, (language,))
            lines = [line for line in studio.lines(tag) if everything or line.state != "recorded"]
    click.echo(f"# {tag}: {len(lines)} to read aloud, the most urgent first.  Read each as you would to a frightened")
    click.echo(
        "# grandparent, in a quiet room, half a second of silence before and after.  One file for each, named as"
    )
    click.echo(
        f"# `file` says (WAV, FLAC, MP3, OGG, M4A), in locales/{tag}/recordings; this list is its recordings.toml."
    )
    for number, line in enumerate(lines, 1):
        again = "  READ IT AGAIN: its words have changed." if line.state == "stale" else ""
        click.echo(f"\n# {number} of {len(lines)}.{again}\n#\n#     {line.text}\n#")
        name = line.id.replace("/", "-")
        click.echo(f'["{line.id}"]\nfile = "{name}.wav"\nread = "{line.read}"')
