"""The command of operators and translators; each of its words calls one function that tests call too."""

import click

from service.cli.editing import catalog, check
from service.cli.language import language
from service.cli.phones import call, chat
from service.cli.serving import serve
from service.cli.speech import speech


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="oms-line")
def main() -> None:
    """A text and phone line about opsoclonus-myoclonus syndrome (OMS)."""


for command in (serve, chat, call, check, catalog, language, speech):
    main.add_command(command)
