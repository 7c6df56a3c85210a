"""What pofilter of the Translate Toolkit finds: those of its tests that say something new of texts like ours.

Left out are its test of numbers, which takes 20 for 200, and those that mind our marks and each explanation in
brackets.  It is a tool of translators, GPL, and runs as a program of its own; where it is not installed it finds
nothing.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import polib

from service.files.problems import Problem, shown

TESTS: Final = ("urls", "newlines", "doublewords", "emails")
SECONDS: Final = 60.0
_NOTE: Final = "(pofilter) "


def hints(root: Path, languages: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Warnings for the texts of `languages`; of all without any.  Besides the other checks, as it takes its time."""
    for path in sorted((root / "locales").glob("*/LC_MESSAGES/*.po")):
        tag = path.parent.parent.name
        if path.stem != "words" and tag in (languages or {tag}):
            yield from by_pofilter(path, root, tag)


def by_pofilter(path: Path, root: Path, tag: str) -> Iterator[Problem]:
    """Warnings for one catalog, each at the line of its entry."""
    program = shutil.which("pofilter", path=str(Path(sys.executable).parent)) or shutil.which("pofilter")
    if program is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.po"
        tests = [part for test in TESTS for part in ("--test", test)]
        where = [
            "--progress",
            "none",
            "--language",
            tag.partition("-")[0],
            "--input",
            str(path),
            "--output",
            str(found),
        ]
        with suppress(subprocess.TimeoutExpired):  # hints can be done without
            subprocess.run(  # noqa: S603 - a fixed command on a file of ours
                [program, *tests, *where], capture_output=True, check=False, timeout=SECONDS
            )
        noted = polib.pofile(str(found), encoding="utf-8") if found.exists() else []
    lines = {entry.msgctxt: entry.linenum for entry in polib.pofile(str(path), encoding="utf-8")} if noted else {}
    for entry in noted:
        for note in entry.tcomment.splitlines() if not entry.obsolete else ():
            if note.startswith(_NOTE):
                what = f"{entry.msgctxt}: pofilter: {note.removeprefix(_NOTE)}"
                yield Problem(shown(path, root), lines.get(entry.msgctxt) or 0, what, warning=True)
