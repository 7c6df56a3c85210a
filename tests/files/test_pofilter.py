"""What pofilter finds is told at its place, and where it is not installed nothing is missed but its word."""

import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from service.files.catalogs import catalog_path
from service.files.checks import pofilter
from service.files.checks.pofilter import TESTS, by_pofilter
from tests.files.conftest import Desk

FILE = "locales/xx/LC_MESSAGES/content.po"
NEEDS = pytest.mark.skipif(
    not (Path(sys.executable).parent / "pofilter").exists(), reason="the extra `workshop` is not installed"
)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    path = catalog_path(tmp_path, "xx", "content")
    path.parent.mkdir(parents=True)
    return path


def write(path: Path, *pairs: tuple[str, str, str], **changes: object) -> polib.POFile:
    po = polib.POFile(wrapwidth=0)
    po.metadata = {"Language": "xx", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
    for name, english, translated in pairs:
        po.append(polib.POEntry(msgctxt=name, msgid=english, msgstr=translated, **changes))
    po.save(str(path))
    return po


def told(path: Path, tag: str = "es") -> list[str]:
    return [str(problem) for problem in by_pofilter(path, path.parents[3], tag)]


@NEEDS
def test_each_of_its_tests_finds_what_it_is_for(path: Path) -> None:
    write(
        path,
        ("a/words", "Call the doctor.", "Llame al al médico."),
        ("a/url", "See https://example.org/a too.", "Vea también https://example.com/a ."),
        ("a/mail", "Write to a@example.org", "Escriba a b@example.org"),
        ("a/lines", "One line.", "Dos\nlíneas."),
        ("a/right", "All is well.", "Todo está bien."),
    )
    lines = {entry.msgctxt: entry.linenum for entry in polib.pofile(str(path))}
    found = told(path)
    kinds = {
        name: next(one.split(": ")[4] for one in found if f": {name}: " in one) for name in lines if name != "a/right"
    }
    assert {*kinds.values()} == {*TESTS}
    assert all(f"{FILE}:{lines[name]}: warning: {name}: pofilter: " in "\n".join(found) for name in kinds)
    assert not [one for one in found if "a/right" in one]


@NEEDS
@pytest.mark.parametrize("tag", ["es", "zh-Hans", "fil", "qaa", "en-GB"])
def test_any_language_can_be_asked_for(path: Path, tag: str) -> None:
    write(path, ("a/words", "Call the doctor.", "xx al al xx"))
    assert len(told(path, tag)) == 1


@NEEDS
def test_drafts_are_looked_at_and_what_is_gone_is_not(path: Path) -> None:
    double = ("a/words", "Call the doctor.", "Llame al al médico.")
    write(path, double, flags=["fuzzy"])
    assert len(told(path)) == 1
    write(path, double, obsolete=True)
    assert told(path) == []


@NEEDS
def test_what_a_person_wrote_is_not_taken_for_its_word(path: Path) -> None:
    write(path, ("a/words", "Call.", "Llame al al médico."), tcomment="machine-drafted: nobody\nread it twice")
    assert [one.partition("pofilter: ")[2].partition(":")[0] for one in told(path)] == ["doublewords"]


@NEEDS
@pytest.mark.parametrize("content", [b"", b"rubbish", b'msgid "a\nmsgstr', b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_left_to_those_who_read_it(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)
    assert told(path) == []


def test_without_it_nothing_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pofilter.shutil, "which", lambda *_, **__: None)
    desk.languages("xx")
    desk.translate("xx", {"urgent/breathing": "call call 112"})
    assert not [*pofilter.hints(desk.root)]


@NEEDS
def test_all_texts_of_the_languages_asked_for_are_looked_at_but_no_word_lists(desk: Desk) -> None:
    desk.languages("xx", "xy")
    desk.translate("xy", {"urgent/breathing": "call call {emergency}"})
    desk.translate("xx", {"urgent/breathing": "call call {emergency}", "words/menu": "menu menu"})
    found = [*pofilter.hints(desk.root, ("xx",))]
    assert {problem.file.split("/")[1] for problem in pofilter.hints(desk.root)} == {"xx", "xy"}
    assert [(problem.file, problem.line, problem.warning) for problem in found] == [
        (FILE, desk.line("xx", "content", "urgent/breathing"), True)
    ]


def test_its_own_folder_is_looked_in_first(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the line is run by its full path, as a service is, PATH does not name its tools."""
    monkeypatch.setenv("PATH", "/nonexistent")
    write(path, ("a/words", "Call the doctor.", "Llame al al médico."))
    stand_in = tmp_path / "bin" / "pofilter"
    stand_in.parent.mkdir()
    stand_in.write_text(f"#!{sys.executable}\nimport pathlib, sys\npathlib.Path(__file__).with_name('asked').touch()\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr(pofilter.sys, "executable", str(stand_in.with_name("python")))
    assert told(path) == []
    assert stand_in.with_name("asked").exists()
