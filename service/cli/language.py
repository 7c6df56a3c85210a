"""For translators and operators: beginning a language, reviewing one, and how far each is."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click
from rich.table import Table

from service.cli import base
from service.cli.base import our_settings, told
from service.cli.progress import show, shown
from service.core.content import SOURCE_LANGUAGE
from service.files.beginning import begin, names
from service.files.catalogs import Status
from service.files.library import Choice, Shelf, read_library
from service.files.problems import Problems
from service.files.reviews import KINDS, Kind, Review, add_reviews
from service.house import open_house
from service.speech.speakers import installed
from service.workshop.report import Standing, page, standing
from service.workshop.reviewing import Pair, pairs, to_review
from service.workshop.voices import phone_of

ENOUGH: Final = "y"
STOP: Final = "q"


@click.group()
def language() -> None:
    """The languages of the line."""


@language.command()
@click.argument("tag")
@click.option("--name", default="", help="What the language calls itself, if Unicode's data do not know it.")
@click.option("--english-name", default="", help="Its name in English, likewise.")
def new(tag: str, name: str, english_name: str) -> None:
    """Begin a new language: TAG as sw, pt-BR or zh-Hant.  It is offered when it is complete."""
    with told():
        voices = {speaker: kind().voices() for speaker, kind in installed().items()}
        known = names(tag, name, english_name)
        written = begin(base.ROOT, tag, known, phone_of(tag, voices))
    for path in written:
        click.echo(f"wrote {path.relative_to(base.ROOT)}")
    click.echo(f"Look over [languages.{tag}] in locales/languages.toml, then translate: TRANSLATING.md says how.")
    click.echo(f"`oms-line catalog check {tag}` tells what is left.")


@language.command()
@click.argument("languages", nargs=-1)
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Also write it as a page into this file.")
def report(languages: tuple[str, ...], html: Path | None) -> None:
    """How far LANGUAGES are (all without any): texts, reviews, length, voices, words."""
    with told():
        house = open_house(our_settings(), base.ROOT)
        _known(house.shelf, languages)
        rows = []
        with shown("Reading the languages") as progress:
            wanted = tuple(dict.fromkeys(languages)) or tuple(house.shelf.languages.entries)
            progress.begin(len(wanted))
            for tag in wanted:
                rows.append(standing(house, base.ROOT, tag))
                progress.step()
    show(_table(rows))
    for problem in house.shelf.broken:
        click.echo(str(problem), err=True)
    if html is not None:
        try:
            html.write_text(page(house, rows, datetime.now(UTC).date().isoformat()), "utf-8")
        except OSError as error:
            raise click.ClickException(f"{html} cannot be written: {error.strerror}") from error
        click.echo(f"wrote {html}")


@language.command()
@click.argument("tag")
@click.argument("wanted", nargs=-1)
@click.option("--kind", type=click.Choice(KINDS), required=True, help="By a second speaker, or by a clinician.")
@click.option("--by", "reviewer", required=True, help="Who reviews: a name that may stand in a public file.")
@click.option("--yes", is_flag=True, help="Do not ask: all that is named has been read and is right.")
def review(tag: str, wanted: tuple[str, ...], kind: Kind, reviewer: str, *, yes: bool) -> None:
    """Review TAG: each English text beside its translation, and whether it is right.

    WANTED are topics (urgent), catalogs (content, messages) or ids (urgent/fever); all texts without any.  What is
    right is noted in the language's reviews.csv, and holds until either text changes.
    """
    if yes and not wanted:
        raise click.ClickException("--yes needs what was read: topics, catalogs or ids")
    if not reviewer.strip():
        raise click.ClickException("--by is empty: a review has a reviewer")
    with told():
        # What is offered here, and to whom, is no matter: all that is translated can be reviewed.
        shelf = read_library(base.ROOT, Choice(words=False))
        _known(shelf, (tag,))
        if broken := [problem for problem in shelf.broken if problem.file.startswith(f"locales/{tag}/")]:
            raise Problems(broken)
    if tag == SOURCE_LANGUAGE:
        raise click.ClickException("English is reviewed topic by topic: `reviewed` and `reviewer` in content/topics")
    if unknown := [name for name in wanted if not any(pairs(shelf, tag, (name,)))]:
        raise click.ClickException(f"{tag} has nothing of {', '.join(unknown)} translated")
    found = [*pairs(shelf, tag, wanted)]
    if not found:
        raise click.ClickException(f"{tag} has nothing of the texts translated")
    waiting = to_review(found, kind)
    drafts = sum(pair.status < Status.TRANSLATED for pair in found)
    if drafts:
        click.echo(f"{drafts} of {len(found)} are still marked fuzzy, or their English has changed: first a translator")
        click.echo("reads them and clears the mark (TRANSLATING.md), then they can be reviewed.")
    reviewed = _asked(waiting, kind, reviewer.strip(), yes=yes)
    if reviewed:
        path = add_reviews(base.ROOT, tag, reviewed)
        click.echo(f"{len(reviewed)} rows added to {path.relative_to(base.ROOT)}")
    click.echo(f"{len(waiting) - len(reviewed)} of {len(found)} wait for a {kind} review.")


def _asked(waiting: list[Pair], kind: Kind, reviewer: str, *, yes: bool) -> list[Review]:
    """The reviews of what was found right; what was found wrong, or not decided, stays as it is."""
    today, reviewed = datetime.now(UTC).date(), []
    for number, pair in enumerate(waiting, 1):
        if not yes:
            click.echo(f"\n{number} of {len(waiting)}  {pair.id}\n  {pair.english}\n  {pair.translated}")
            try:
                answer = click.prompt(
                    "Right? y yes, n no, q stop here", type=click.Choice([ENOUGH, "n", STOP]), show_choices=False
                )
            except click.Abort:  # Ctrl-C, or the terminal is gone: what was read before stays read
                answer = STOP
            if answer == STOP:
                break
            if answer != ENOUGH:
                continue
        reviewed.append(pair.reviewed(kind, reviewer, today))
    return reviewed


def _known(shelf: Shelf, languages: tuple[str, ...]) -> None:
    for tag in languages:
        if tag not in shelf.languages.entries:
            raise click.ClickException(f"{tag} is no language of locales/languages.toml")


def _table(rows: list[Standing]) -> Table:
    table = Table("Language", "Offered", "Texts", "Draft", "Reviewed", "Alarm", "Parts", "Longest", "Voice", "Words")
    for column in table.columns[2:7]:
        column.justify = "right"
    for row in rows:
        reviewed = sum(count for status, count in row.statuses.items() if status >= Status.LANGUAGE_REVIEWED)
        offered = "text, phone" if row.by_phone else "text" if row.by_text else "not yet"
        voices = ", ".join(f"{name or 'none'} {count}" for name, count in row.carriers.items())
        table.add_row(
            f"{row.tag} {row.english_name}",
            offered,
            f"{row.done}/{row.messages}",
            str(row.statuses.get(Status.DRAFT, 0)),
            str(reviewed),
            str(row.alarm.segments) if row.alarm else "",
            f"{row.median_parts:g}",
            f"{row.worst.id} {row.worst.size.segments}" if row.worst else "",
            voices,
            f"{sum(row.seen.right.values())}/{sum(row.seen.counts.values())}"
            f" aside {sum(row.aside.right.values())}/{sum(row.aside.counts.values())}",
        )
    return table
