"""Translators' tools may write our catalogs anew: whatever they do to lines and their order, all keeps its meaning."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polib
import pytest

from service.files.catalogs import DRAFTED, Status, catalog_path, read_catalogs
from service.files.merging import NO_WRAP, differences, update_catalogs
from service.files.messages import CATALOGS, Message, messages
from service.files.problems import Problem
from service.files.source import read_source
from service.house import ROOT

LANGUAGES = sorted(path.parent.name for path in (ROOT / "locales").glob("*/LC_MESSAGES"))
LISTS_OF = (
    "ar",
    "es",
    "zh-Hans",
)  # word lists are four fifths of all, and much alike: three languages are as good as all
GONE, CHANGED = ("about/blame", "prompt/ask", "words/menu"), ("about/what", "prompt/goodbye/end", "words/alarm")


def by_msgcat(path: Path) -> None:
    """GNU gettext, which lines and wraps as Poedit does."""
    subprocess.run(["msgcat", "--output-file", str(path), str(path)], check=True, capture_output=True)


def by_msgcat_unwrapped(path: Path) -> None:
    """As many projects have it written, in the order of the ids."""
    done = ["msgcat", "--no-wrap", "--sort-output", "--output-file", str(path), str(path)]
    subprocess.run(done, check=True, capture_output=True)


def by_polib(path: Path) -> None:
    """With its own width of lines."""
    polib.pofile(str(path), encoding="utf-8").save()


def by_translate_toolkit(path: Path) -> None:
    """As Weblate and Pootle store a file."""
    pypo = pytest.importorskip("translate.storage.pypo")
    path.write_bytes(bytes(pypo.pofile.parsestring(path.read_bytes())))


def by_translate_toolkit_wrapped(path: Path) -> None:
    """After each entry was touched, as when somebody translates it there."""
    pypo = pytest.importorskip("translate.storage.pypo")
    store = pypo.pofile.parsestring(path.read_bytes())
    for unit in store.units:
        if not unit.isheader() and not unit.isobsolete():
            unit.target = str(unit.target)
    path.write_bytes(bytes(store))


def with_other_line_ends(path: Path) -> None:
    """As an editor under Windows leaves a file."""
    path.write_bytes(b"\r\n".join(path.read_bytes().splitlines()) + b"\r\n")


GETTEXT = pytest.mark.skipif(shutil.which("msgcat") is None, reason="GNU gettext is not installed; CI installs it")
TOOLS = [
    pytest.param(by_msgcat, marks=GETTEXT),
    pytest.param(by_msgcat_unwrapped, marks=GETTEXT),
    by_polib,
    by_translate_toolkit,
    by_translate_toolkit_wrapped,
    with_other_line_ends,
]


@dataclass(frozen=True)
class Meaning:
    """What a language's catalogs mean to us: what is served, and all that is kept for translators and the merge."""

    served: Mapping[str, tuple[str, Status]]
    entries: Mapping[tuple[str, str, bool], tuple[object, ...]]  # by catalog, id, and whether it is obsolete
    behind: tuple[str, ...]


@pytest.fixture(scope="module")
def known() -> tuple[Message, ...]:
    """Our messages, of which three have changed since they were translated, and three are gone; one each in words."""
    kept = [one for one in messages(read_source(ROOT)) if one.id not in GONE]
    return tuple(replace(one, text=f"{one.text} Now.") if one.id in CHANGED else one for one in kept)


@pytest.fixture(scope="module")
def translated(known: tuple[Message, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our catalogs, brought up to those messages: with drafts, previous English and obsolete entries."""
    root = tmp_path_factory.mktemp("ours")
    for tag in LANGUAGES:
        left = None if tag in LISTS_OF else shutil.ignore_patterns("words.po")
        shutil.copytree(ROOT / "locales" / tag / "LC_MESSAGES", root / "locales" / tag / "LC_MESSAGES", ignore=left)
        assert len(update_catalogs(root, known, tag, "nplurals=1; plural=0;")) >= 2
        if left:
            catalog_path(root, tag, "words").unlink()  # begun without a word
    return root


@pytest.fixture(scope="module")
def before(translated: Path, known: tuple[Message, ...]) -> Mapping[str, Meaning]:
    """What they mean to us, by language."""
    return {tag: meaning(translated, tag, known) for tag in LANGUAGES}


@pytest.fixture
def root(translated: Path, tmp_path: Path) -> Path:
    shutil.copytree(translated / "locales", tmp_path / "locales")
    return tmp_path


def catalogs_of(tag: str) -> tuple[str, ...]:
    return CATALOGS if tag in LISTS_OF else CATALOGS[:2]


def meaning(root: Path, tag: str, known: tuple[Message, ...]) -> Meaning:
    problems: list[Problem] = []
    served = read_catalogs(root, tag, known, problems)
    assert not problems, tag
    entries, behind, many = {}, [], 0
    for catalog in catalogs_of(tag):
        po = polib.pofile(str(catalog_path(root, tag, catalog)), encoding="utf-8", wrapwidth=NO_WRAP)
        assert po.metadata["Language"] == tag
        behind += differences(known, po, catalog)
        many += len(po)
        entries |= {(catalog, one.msgctxt, bool(one.obsolete)): told(one) for one in po}
    assert len(entries) == many, tag
    return Meaning({name: (one.text, one.status) for name, one in served.items()}, entries, tuple(behind))


def told(entry: polib.POEntry) -> tuple[object, ...]:
    said = (entry.msgid, entry.msgstr, entry.fuzzy, entry.previous_msgid, entry.tcomment)
    # Notes and formats belong to the English: of an obsolete entry nobody needs them.
    return said if entry.obsolete else (*said, entry.comment.split(), {*entry.flags}, entry.occurrences)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_that_writes_our_catalogs_anew_changes_nothing_of_what_they_mean(
    root: Path, before: Mapping[str, Meaning], known: tuple[Message, ...], tool: Callable[[Path], None]
) -> None:
    for tag in LANGUAGES:
        for catalog in catalogs_of(tag):
            tool(catalog_path(root, tag, catalog))
        after = meaning(root, tag, known)
        assert after.entries == before[tag].entries, tag
        assert after.served == before[tag].served, tag
        assert after.behind == (), tag


@pytest.mark.parametrize("tool", TOOLS)
def test_after_any_tool_the_merge_writes_what_it_would_have_written(
    root: Path, translated: Path, known: tuple[Message, ...], tool: Callable[[Path], None]
) -> None:
    for tag in LISTS_OF:
        for catalog in CATALOGS:
            tool(catalog_path(root, tag, catalog))
        update_catalogs(root, known, tag, "nplurals=1; plural=0;")
        for catalog in CATALOGS:
            ours, theirs = (catalog_path(one, tag, catalog).read_text("utf-8") for one in (translated, root))
            # Only the order of what is obsolete, and of the header's lines, is the tool's own.
            assert sorted(ours.splitlines()) == sorted(theirs.splitlines()), (tag, catalog)
            live = ours[ours.index("#: ") : ours.find("#~ ")]
            assert live in theirs, (tag, catalog)


def test_what_goes_through_the_tools_has_all_that_may_get_lost(before: Mapping[str, Meaning]) -> None:
    """Otherwise the tests above would hold for nothing."""
    assert len(LANGUAGES) > 20
    for tag, one in before.items():
        lists = tag in LISTS_OF
        assert {name for _, name, obsolete in one.entries if obsolete} == {*GONE[: 2 + lists]}, tag
        assert {one.served[name][1] for name in CHANGED[:2]} == {Status.STALE}, tag
        fuzzy = [entry for (_, _, obsolete), entry in one.entries.items() if not obsolete and entry[2]]
        assert sum(bool(entry[3]) for entry in fuzzy) == 2, tag  # the English that they were made from
        assert sum(DRAFTED in str(entry[4]) for entry in fuzzy) > 100, tag
        assert Status.DRAFT in {status for _, status in one.served.values()}, tag
