"""The README is true: its conversations go as they are printed, its settings are the settings, its commands all there.

`pytest tests/test_readme.py --rewrite` prints the conversations anew.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest

from service import cli
from service.app import create_app
from service.house import House
from service.memory import Memory, open_memory
from service.settings import NAMES
from service.simulator import terminal, transcript
from service.simulator.calling import Caller
from service.simulator.exchange import InProcess
from service.simulator.texting import Texter
from tests.conftest import ACCOUNT, AMERICAN, PUBLIC_URL, Clock, settings

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("*/*.md")) if not path.parts[-2].startswith("."))
BLOCK = re.compile(r"(?<=<!-- conversation: )(sms|phone) -->\n```text\n(.*?)(?=```)", re.DOTALL)
ROW = re.compile(r"^\| `([A-Z_]+)` \| (?:`([^`]*)` )?\|", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://)([^)#]*)(?:#([^)]*))?\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


@pytest.fixture
def memory() -> Iterator[Memory]:
    memory = open_memory("sqlite://", "a secret only tests know", Clock())
    yield memory
    memory.close()


@pytest.fixture
def at_home(house: House, memory: Memory) -> InProcess:
    """The line as `oms-line chat` and `oms-line call` start it: in development, where no texts can be sent."""
    return InProcess(create_app(settings(production=False), house, memory, Clock()), PUBLIC_URL)


def played(channel: str, block: str, line: InProcess) -> str:
    script = transcript.parse(block, f"README.md, {channel}")
    if channel == "phone":
        caller = Caller(line, ACCOUNT, PUBLIC_URL, AMERICAN)
        answers = [tuple(terminal.phoned(caller, step.said)) for step in script.steps]
    else:
        texter = Texter(line, ACCOUNT, PUBLIC_URL, AMERICAN)
        answers = [tuple(terminal.texted(texter, step.said)) for step in script.steps]
    steps = [replace(step, answer_lines=answer) for step, answer in zip(script.steps, answers, strict=True)]
    return transcript.write(replace(script, steps=tuple(steps)))


@pytest.mark.parametrize("channel", ["sms", "phone"])
def test_a_conversation_in_the_readme_goes_as_it_is_printed(
    channel: str, at_home: InProcess, request: pytest.FixtureRequest
) -> None:
    readme = README.read_text(encoding="utf-8")
    blocks = [found for found in BLOCK.finditer(readme) if found[1] == channel]
    assert len(blocks) == 1
    block = blocks[0][2]
    now = played(channel, block, at_home)
    if request.config.getoption("--rewrite"):
        README.write_text(readme.replace(block, now), encoding="utf-8")
    else:
        assert now == block
        assert now.count("\n> ") > 2


def test_the_table_of_settings_is_what_the_program_reads() -> None:
    rows = ROW.findall(README.read_text(encoding="utf-8"))
    assert dict(rows) == dict(NAMES)
    assert len(rows) == len(NAMES)


def commands(group: click.Group, name: str) -> Iterator[str]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}"


def test_every_command_is_in_the_readme() -> None:
    readme = README.read_text(encoding="utf-8")
    missing = [name for name in commands(cli.main, "oms-line") if f"`{name}`" not in readme]
    assert missing == []


def test_the_readme_names_no_command_that_is_not_there() -> None:
    named = re.findall(r"^\| `(oms-line [a-z -]+)` \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(commands(cli.main, "oms-line"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_link_leads_to_a_page_and_a_heading_that_are_there(page: Path) -> None:
    for target, heading in LINK.findall(page.read_text(encoding="utf-8")):
        path = page.parent / target if target else page
        assert path.exists(), target
        if heading:
            headings = HEADING.findall(path.read_text(encoding="utf-8"))
            assert heading in {re.sub(r"[^\w -]", "", one).strip().lower().replace(" ", "-") for one in headings}
