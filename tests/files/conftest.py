"""A copy of content/ and locales/ that tests break, one fault at a time."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polib
import pytest

from service.files.catalogs import catalog_path
from service.files.checks import check_all
from service.files.checks.phrases import NEEDED
from service.files.library import Choice, Shelf, read_library
from service.files.merging import update_catalogs
from service.files.messages import messages
from service.files.problems import Problem
from service.files.source import read_source
from service.house import ROOT

TODAY = date(2026, 12, 1)
PLURALS = "nplurals=2; plural=(n != 1);"
LANGUAGE = '[languages.{tag}]\nname = "{tag}"\nenglish_name = "{tag}"\nplural_forms = "{plurals}"\nparts = {parts}\n'


@dataclass(slots=True)
class Desk:
    """An editor's checkout: the real English, word lists made up, and the languages a test makes."""

    root: Path

    def languages(self, *tags: str, more: str = "", parts: int = 3) -> None:
        entries = (
            LANGUAGE.format(tag=tag, plurals=PLURALS, parts=2 if tag == "en" else parts) for tag in ("en", *tags)
        )
        self.write("locales/languages.toml", "\n".join(entries) + more)
        for tag in ("en", *tags):
            self.write(f"locales/{tag}/lexicon.toml", (ROOT / "locales/en/lexicon.toml").read_text("utf-8"))

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def edit(self, name: str, old: str, new: str) -> int:
        """Replace `old`, which must be there; gives back the line it begins on."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is no longer in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    def catalog(self, tag: str, catalog: str) -> polib.POFile:
        return polib.pofile(str(catalog_path(self.root, tag, catalog)), wrapwidth=0)

    def translate(self, tag: str, texts: Mapping[str, str] = {}, *, prefix: str = "", fuzzy: bool = False) -> None:
        """Catalogs in which everything is the English with `prefix`, but for `texts`; "" leaves one out."""
        known = messages(read_source(self.root))
        update_catalogs(self.root, known, tag, PLURALS)
        for catalog in ("content", "messages", "words"):
            po = self.catalog(tag, catalog)
            for entry in po:
                if not entry.obsolete:
                    # Word lists must not clash with the English ones.
                    before = f"{tag}x" if catalog == "words" else prefix
                    entry.msgstr = texts.get(entry.msgctxt, before + entry.msgid)
                    if fuzzy:
                        entry.flags.insert(0, "fuzzy")
            po.save()

    def line(self, tag: str, catalog: str, name: str) -> int:
        return next(entry.linenum for entry in self.catalog(tag, catalog) if entry.msgctxt == name)

    def read(self, **choice: object) -> Shelf:
        return read_library(self.root, Choice(**{"today": TODAY, **choice}))  # type: ignore[arg-type] - tests name what they choose

    def found(self) -> list[Problem]:
        return check_all(self.root, today=TODAY)

    def told(self, file: str, line: int, *words: str, warning: bool = False) -> None:
        """That a problem is found in a file, on a line, with these words."""
        found = self.found()
        same = [p for p in found if (p.file, p.line, p.warning) == (file, line, warning)]
        assert any(all(word in p.what for word in words) for p in same), "\n".join(map(str, found))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A checkout in which there is nothing to mend, with English alone."""
    desk = Desk(tmp_path)
    shutil.copytree(ROOT / "content", tmp_path / "content")
    made_up = (f'"{name}" = ["zz{chr(97 + n // 26)}{chr(97 + n % 26)}"]' for n, name in enumerate(NEEDED))
    desk.write("content/words.toml", "\n".join(made_up) + "\n")
    # Two regions that differ are as good as all.
    emergency = (tmp_path / "content" / "emergency.toml").read_text("utf-8")
    kept = [table for table in emergency.split("\n\n") if table.startswith(("[US]", "[GB]"))]
    desk.write("content/emergency.toml", "\n\n".join(kept))
    desk.languages()
    return desk
