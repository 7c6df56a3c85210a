"""Whether the catalogs of one language are whole, current and well formed; `pairs` compares their texts."""

import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import polib

from service.files.catalogs import DRAFTED, catalog_path
from service.files.checks.pairs import Fault, check_pair, invisible
from service.files.messages import CATALOGS, VOICE, Message
from service.files.problems import Problem, shown
from service.files.schema import LanguageEntry

MOST_NAMED: Final = 5
SECONDS: Final = 60.0
_TOLD: Final = re.compile(r"^(?P<path>.*?):(?P<line>\d+): (?P<what>.*)$")


def check_language(root: Path, tag: str, entry: LanguageEntry, known: Collection[Message]) -> list[Problem]:
    """All that can be wrong in the catalogs of a language, but for what keeps one from being read at all."""
    found: list[Problem] = []
    for catalog in CATALOGS:
        path = catalog_path(root, tag, catalog)
        file = shown(path, root)
        if not path.exists():
            found.append(Problem(file, 0, f"is missing: run `oms-line catalog update {tag}`"))
            continue
        found += by_msgfmt(path, root)
        try:
            po = polib.pofile(str(path), encoding="utf-8", check_for_duplicates=False)
        except (OSError, ValueError):
            continue  # told where the catalogs are read
        wanted = {message.id: message for message in known if message.catalog == catalog}
        found += check_catalog(po, file, tag, wanted)
        for one in po:
            if not one.obsolete and one.msgctxt in wanted and one.msgstr.strip(" "):
                spoken_of = wanted.get(one.msgctxt.removesuffix(VOICE))
                written = spoken_of.text if spoken_of else ""
                where = Problem(file, one.linenum or 0, "")
                found += check_entry(one, wanted[one.msgctxt], written, where, (tag, entry))
    return found


def check_catalog(po: polib.POFile, file: str, tag: str, wanted: dict[str, Message]) -> Iterator[Problem]:
    """Whether it is up to the English, and how much of it is done."""
    live = {entry.msgctxt: entry for entry in po if not entry.obsolete}
    behind = sorted(str(name) for name in live.keys() ^ wanted.keys())
    behind += [name for name, message in wanted.items() if name in live and live[name].msgid != message.text]
    if behind:
        yield Problem(file, 0, f"is behind the English in {_named(behind)}: run `oms-line catalog update {tag}`")
    missing = [name for name in wanted if name not in live or not live[name].msgstr.strip(" ")]
    if missing:
        yield Problem(file, 0, f"not translated: {_named(missing)}", warning=True)
    drafts = [name for name, entry in live.items() if entry.fuzzy and not entry.previous_msgid and entry.msgstr]
    if drafts:
        what = f"{len(drafts)} of {len(wanted)} are drafts, checked by nobody; clear the fuzzy mark of what is right"
        yield Problem(file, 0, what, warning=True)


def check_entry(
    entry: polib.POEntry, message: Message, written: str, where: Problem, language: tuple[str, LanguageEntry]
) -> Iterator[Problem]:
    """One translated entry, told at its place `where`; `written` as in `check_pair`."""
    tag, known = language
    words = message.catalog == "words"
    stale = not words and (entry.msgid != message.text or (entry.fuzzy and bool(entry.previous_msgid)))
    faults: list[Fault] = []
    if stale:
        faults.append(("its English has changed; it is not served until somebody translates it anew", True))
    if DRAFTED in entry.tcomment and not entry.fuzzy:
        faults.append((f"says {DRAFTED!r} without being marked fuzzy; remove that if a person has checked it", True))
    if words:
        faults += [(what, False) for what in invisible(entry.msgstr, tag, rtl=known.rtl)]
    elif not stale:
        faults += check_pair(message, entry.msgstr, tag, rtl=known.rtl, written=written)
    yield from (replace(where, what=f"{message.id}: {what}", warning=warning) for what, warning in faults)


def by_msgfmt(path: Path, root: Path) -> Iterator[Problem]:
    """What GNU gettext finds wrong; nothing where it is not installed."""
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        return
    told = subprocess.run(  # noqa: S603 - a fixed command on a file of ours
        [msgfmt, "--check-format", "--check-header", "--output-file", os.devnull, str(path)],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=SECONDS,
        env={"LC_ALL": "C"},  # its messages are read below
    )
    if told.returncode:
        for line in told.stderr.splitlines():
            if (found := _TOLD.match(line)) and "warning:" not in found["what"]:
                yield Problem(shown(path, root), int(found["line"]), f"msgfmt: {found['what']}")


def _named(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
