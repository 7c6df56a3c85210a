"""Every transcript in tests/conversations goes as it is written there, through the real signed webhooks.

`pytest tests/test_conversations.py --rewrite` records how they go now; the difference is reviewed as a change to
what people hear.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from service.core.content import TOPICS
from service.house import House
from service.simulator import terminal, transcript
from tests.conftest import AMERICAN, Line

FOLDER = Path(__file__).parent / "conversations"
SCRIPTS = sorted(FOLDER.glob("*/*.txt"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_conversation_goes_as_it_is_written(path: Path, line: Line, request: pytest.FixtureRequest) -> None:
    script = transcript.read(path)
    now = replace(script, steps=tuple(_played(line, script)))
    if request.config.getoption("--rewrite"):
        path.write_text(transcript.write(now), encoding="utf-8")
    else:
        assert transcript.write(now) == path.read_text(encoding="utf-8")


def _played(line: Line, script: transcript.Script) -> list[transcript.Step]:
    headers = script.headers
    number, channel = headers.get("from", AMERICAN), headers["channel"]
    do: Callable[[str], list[str]]
    if channel == "phone":
        caller = line.caller(number)

        def do(said: str) -> list[str]:
            return terminal.phoned(caller, said)
    else:
        texter = line.texter(number, channel=channel)

        def do(said: str) -> list[str]:
            return terminal.texted(texter, said)

    steps = []
    for step in script.steps:
        for hours in re.findall(r"# (\d+) hours later", "\n".join(step.comment_lines)):
            line.clock.forward(hours=int(hours))
        steps.append(replace(step, answer_lines=tuple(do(step.said))))
    return steps


@pytest.mark.parametrize("channel", ["sms", "phone"])
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_opened_by_a_transcript(topic: str, channel: str, house: House) -> None:
    title = house.shelf.library.editions["en"].topics[topic]
    aloud = house.shelf.lexicons["en"].said(title.title.voice, "")
    opening = title.passages[0].wording.text if channel == "sms" else aloud
    opening = opening.replace("{emergency}", "911")
    assert any(opening in path.read_text(encoding="utf-8") for path in SCRIPTS if path.parent.name == channel)
