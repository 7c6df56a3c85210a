"""The merge: by id and nothing else, and nothing that was translated is lost."""

import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.files.merging import differences, drafted, merge, template, update_catalogs, write_templates
from service.files.messages import Message, messages
from service.files.source import read_source
from tests.files.conftest import PLURALS, Desk

IDS = ("a/one", "a/two", "a/two/voice", "b/one")
TEXTS = st.sampled_from(("Wait 10 minutes.", "Wait 20 minutes.", "Call {emergency}.", "100% sure?"))
ENGLISH = st.dictionaries(st.sampled_from(IDS), TEXTS)


def messages_of(english: dict[str, str]) -> list[Message]:
    return [Message(name, "content", text, "content/a.toml", 1, ("[TEXT]",)) for name, text in english.items()]


def translated(english: dict[str, str], old: polib.POFile | None = None, *, fuzzy: bool = False) -> polib.POFile:
    po = merge(template(messages_of(english), "content"), old, "xx", PLURALS)
    for entry in po:
        if not entry.obsolete and not entry.msgstr:
            entry.msgstr = f"{entry.msgctxt} in xx"
            entry.flags += ["fuzzy"] if fuzzy else []
    return po


def reread(po: polib.POFile) -> polib.POFile:
    return polib.pofile(str(po), wrapwidth=0)


@given(ENGLISH, ENGLISH)
def test_nothing_that_was_translated_is_lost_or_goes_to_another_id(
    before: dict[str, str], after: dict[str, str]
) -> None:
    old = reread(translated(before))
    new = reread(merge(template(messages_of(after), "content"), old, "xx", PLURALS))
    kept = {entry.msgctxt: entry.msgstr for entry in new if entry.msgstr}
    assert kept == {name: f"{name} in xx" for name in before}
    assert {entry.msgctxt for entry in new if not entry.obsolete} == {*after}
    for entry in new:
        if entry.msgctxt in after and entry.msgctxt in before:
            assert entry.fuzzy == (before[entry.msgctxt] != after[entry.msgctxt])


@given(ENGLISH, ENGLISH)
def test_a_second_merge_changes_nothing(before: dict[str, str], after: dict[str, str]) -> None:
    pot = template(messages_of(after), "content")
    once = merge(pot, reread(translated(before)), "xx", PLURALS)
    assert str(merge(pot, reread(once), "xx", PLURALS)) == str(once)
    assert not differences(messages_of(after), once, "content")


def test_two_ids_with_the_same_english_keep_their_own_translations() -> None:
    """python-babel#1330: the first received the second's."""
    old = translated({"a/one": "Wait 10 minutes.", "a/two": "Wait 10 minutes."})
    new = merge(
        template(messages_of({"a/one": "Wait 20 minutes.", "a/two": "Wait 20 minutes."}), "content"), old, "xx", PLURALS
    )
    assert [(e.msgctxt, e.msgstr, e.fuzzy, e.previous_msgid) for e in new] == [
        (name, f"{name} in xx", True, "Wait 10 minutes.") for name in ("a/one", "a/two")
    ]


def test_the_oldest_english_is_remembered() -> None:
    po = translated({"a/one": "First."})
    for text in ("Second.", "Third."):
        po = reread(translated({"a/one": text}, po))
    assert [(e.previous_msgid, e.fuzzy) for e in po] == [("First.", True)]


def test_an_id_that_goes_and_comes_back_is_looked_at_again() -> None:
    gone = reread(translated({}, translated({"a/one": "First."})))
    assert [(e.obsolete, e.msgstr) for e in gone] == [(True, "a/one in xx")]
    back = reread(translated({"a/one": "First."}, gone))
    assert [(e.obsolete, e.fuzzy, e.msgstr) for e in back] == [(False, True, "a/one in xx")]


def test_a_live_entry_wins_over_an_obsolete_one() -> None:
    old = translated({"a/one": "First."})
    old.insert(0, polib.POEntry(msgctxt="a/one", msgid="First.", msgstr="older", obsolete=True))
    assert [e.msgstr for e in translated({"a/one": "First."}, old)] == ["a/one in xx"]


def test_what_tools_and_people_added_stays() -> None:
    old = translated({"a/one": "First."})
    old.header, old.metadata["X-Tool"] = "Ours", "some tool"
    old[0].flags, old[0].tcomment = ["max-length:160"], "Ask Ana."
    new = reread(translated({"a/one": "First."}, old))
    assert (new.header.strip(), new.metadata["X-Tool"], new[0].tcomment) == ("Ours", "some tool", "Ask Ana.")
    assert new[0].flags == ["max-length:160"]


def test_an_empty_entry_that_is_gone_leaves_nothing() -> None:
    old = merge(template(messages_of({"a/one": "First."}), "content"), None, "xx", PLURALS)
    assert not list(merge(template([], "content"), old, "xx", PLURALS))


def test_flags_say_what_is_a_format() -> None:
    po = template(messages_of({"a/one": "Call {emergency}.", "a/two": "20% dextrose"}), "content")
    assert [entry.flags for entry in po] == [["python-brace-format"], ["no-python-format"]]


def test_drafts_fill_only_what_is_empty_and_are_marked() -> None:
    po = merge(
        template(messages_of({"a/one": "First.", "a/two": "Second.", "b/one": "Third."}), "content"),
        None,
        "xx",
        PLURALS,
    )
    po[0].msgstr = "mine"
    po[1].flags.append("fuzzy")
    drafted(po, {"a/one": "x", "a/two": "y"}, "a machine", "2026-11-21")
    assert [(e.msgstr, e.fuzzy) for e in po] == [("mine", False), ("y", True), ("", False)]
    assert po[1].flags == ["fuzzy"]
    assert po[1].tcomment == "machine-drafted: a machine, 2026-11-21, not checked by a person"
    drafted(po, {"b/one": "z"}, "a machine", "2026-11-21")
    assert po[2].flags == ["fuzzy"]


def test_files_are_written_once_and_then_left_alone(desk: Desk) -> None:
    known = messages(read_source(desk.root))
    assert len(write_templates(desk.root, known)) == 3
    assert not write_templates(desk.root, known)
    assert len(update_catalogs(desk.root, known, "xx", PLURALS)) == 3
    assert not update_catalogs(desk.root, known, "xx", PLURALS)
    assert desk.catalog("xx", "content").metadata["Plural-Forms"] == PLURALS
    assert not list((desk.root / "locales").rglob("*.new"))


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="GNU gettext is not installed; CI installs it")
def test_a_catalog_that_went_through_msgcat_is_still_current(desk: Desk, tmp_path: Path) -> None:
    known = messages(read_source(desk.root))
    desk.translate("xx", {"prompt/ask": ""}, prefix="xx ", fuzzy=True)
    for catalog in ("content", "messages", "words"):
        before = desk.catalog("xx", catalog)
        path = desk.root / "locales" / "xx" / "LC_MESSAGES" / f"{catalog}.po"
        wrapped = tmp_path / f"{catalog}.po"
        subprocess.run(["msgcat", "--width=60", "-o", str(wrapped), str(path)], check=True)
        after = polib.pofile(str(wrapped), wrapwidth=0)
        assert not differences(known, after, catalog)
        merged = merge(template(known, catalog), after, "xx", PLURALS)
        assert [(e.msgctxt, e.msgstr, e.fuzzy) for e in merged] == [
            (e.msgctxt, e.msgstr, e.fuzzy and bool(e.msgstr)) for e in before
        ]
