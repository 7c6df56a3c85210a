"""A transcript is read and written again to the letter."""

from dataclasses import replace

import pytest

from service.simulator.transcript import Script, ScriptError, Step, parse, read, write

STORY = """# A father writes from Washington.
@ from: +12025550123

@ channel: sms

# Somebody in fear writes before choosing anything.

> help
Call 911 now.
\\
Then:
.
@ is no header here
# More.
> 1
>

# The end.
"""


def test_headers_comments_steps_and_answers_are_told_apart(tmp_path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(STORY, encoding="utf-8")
    script = read(file)
    assert script.headers == {"from": "+12025550123", "channel": "sms"}
    assert script.steps == (
        Step(
            ("", "# Somebody in fear writes before choosing anything.", ""),
            "help",
            ("Call 911 now.", "\\", "Then:", ".", "@ is no header here"),
        ),
        Step(("# More.",), "1", ()),
        Step((), "", ()),
    )
    assert script.closing == ("", "# The end.", "")
    assert write(script) == STORY


@pytest.mark.parametrize(
    "text", ["", "\n", "# only a comment", "@ a: b", "> hi\n", "> hi\nthere\n\n\n> you", "\n> a\n"]
)
def test_anything_that_can_be_read_is_written_to_the_letter(text: str) -> None:
    assert write(parse(text, "text")) == text


def test_new_answers_change_nothing_else() -> None:
    script = parse(STORY, "story")
    steps = (replace(script.steps[0], answer_lines=("Call 112.",)), *script.steps[1:])
    answer = "Call 911 now.\n\\\nThen:\n.\n@ is no header here\n"
    assert write(replace(script, steps=steps)) == STORY.replace(answer, "Call 112.\n")


def test_a_script_can_be_made_anew_or_given_other_headers() -> None:
    script = Script({"from": "+1"}, (Step(("",), "hi", ("Hello",)),))
    assert write(script) == "@ from: +1\n\n> hi\nHello\n"
    assert parse(write(script), "new").steps == script.steps
    changed = write(replace(parse(STORY, "story"), headers={"to": "+2"}))
    assert changed.startswith("# A father writes from Washington.\n\n@ to: +2\n")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hello\n> hi", ":1:"),
        ("Hello\n@ a: b", ":1:"),
        ("@ a\n> hi", ":1:"),
        ("@ a: b\n@ a: c", ":2:"),
        ("> hi\nHello\n\nstray", ":4:"),
        ("> hi\n# more\nstray", ":3:"),
        (">hi", ":1:"),
        ("@ a: b\n> ", ":2:"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_and_line(text: str, place: str) -> None:
    with pytest.raises(ScriptError, match=f"^story{place}"):
        parse(text, "story")
