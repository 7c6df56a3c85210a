"""For editors and translators: checks, and the catalogs."""

import click

from service.cli import base
from service.cli.base import our_settings, report, told
from service.core.content import SOURCE_LANGUAGE
from service.files.checks import check_all, check_catalogs
from service.files.checks.pofilter import hints
from service.files.languages import read_languages
from service.files.merging import update_catalogs, write_templates
from service.files.messages import messages
from service.files.source import read_source


@click.command()
def check() -> None:
    """Run every check of content and catalogs."""
    with told():
        report([*check_all(base.ROOT, our_settings().operator), *hints(base.ROOT)])


@click.group()
def catalog() -> None:
    """The catalogs translators work in."""


@catalog.command()
def extract() -> None:
    """Write the templates (locales/*.pot) from the English."""
    with told():
        changed = write_templates(base.ROOT, messages(read_source(base.ROOT)))
    click.echo(f"{len(changed)} of 3 templates changed.")


@catalog.command()
@click.argument("languages", nargs=-1)
def update(languages: tuple[str, ...]) -> None:
    """Bring the catalogs of LANGUAGES (all without any) up to the English; nothing translated is lost."""
    with told():
        known = messages(read_source(base.ROOT))
        entries = read_languages(base.ROOT).entries
        write_templates(base.ROOT, known)
        for tag in languages or [tag for tag in entries if tag != SOURCE_LANGUAGE]:
            if tag not in entries or tag == SOURCE_LANGUAGE:
                raise click.ClickException(f"{tag} is no language of locales/languages.toml to translate into")
            changed = update_catalogs(base.ROOT, known, tag, entries[tag].plural_forms)
            click.echo(f"{tag}: {len(changed)} of 3 catalogs changed.")


@catalog.command("check")
@click.argument("languages", nargs=-1)
def check_languages(languages: tuple[str, ...]) -> None:
    """Check the catalogs of LANGUAGES (all without any)."""
    with told():
        report([*check_catalogs(base.ROOT, languages), *hints(base.ROOT, languages)])
