"""Keeping catalogs current: our own templates and merge, by message id and nothing else.

Babel's and gettext's merges guess by similar English, and have put one message's translation under another's id.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import polib

from service.files.catalogs import catalog_path
from service.files.messages import CATALOGS, WORDS, Message

NO_WRAP: Final = 0
PLACEHOLDER: Final = re.compile(r"\{[a-z_]+\}")


def template(messages: Iterable[Message], catalog: str) -> polib.POFile:
    """The template of one catalog.  It names no time of making, so that it depends on content alone."""
    pot = polib.POFile(wrapwidth=NO_WRAP)
    pot.metadata = {
        "Project-Id-Version": "oms-line",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for message in messages:
        if message.catalog == catalog:
            pot.append(
                polib.POEntry(
                    msgctxt=message.id,
                    msgid=message.text,
                    comment="\n".join(message.comments),
                    occurrences=[(message.file, "")],
                    flags=_flags(message.text),
                )
            )
    return pot


def merge(pot: polib.POFile, old: polib.POFile | None, language: str, plural_forms: str) -> polib.POFile:
    """`old` brought up to `pot`: nothing that was translated is lost.

    New English keeps the old text, marked fuzzy, with the English it was made from.  An id that is gone becomes
    obsolete; if it comes back, so does its text, marked fuzzy.
    """
    new = polib.POFile(wrapwidth=NO_WRAP)
    new.header = old.header if old is not None else ""
    new.metadata = dict(old.metadata) if old is not None else _metadata(pot, language, plural_forms)
    # Live entries come first, so that they win over obsolete ones of the same id.
    known: dict[str, polib.POEntry] = {}
    for entry in sorted(old or [], key=lambda entry: entry.obsolete):
        known.setdefault(entry.msgctxt or "", entry)
    for wanted in pot:
        entry = polib.POEntry(
            msgctxt=wanted.msgctxt,
            msgid=wanted.msgid,
            comment=wanted.comment,
            occurrences=wanted.occurrences,
            flags=list(wanted.flags),
        )
        if (had := known.pop(wanted.msgctxt, None)) is not None:
            # A word list is no translation of the English one: what people write there changes nothing here.
            changed = had.msgid != wanted.msgid and not (wanted.msgctxt or "").startswith(WORDS)
            entry.msgstr, entry.tcomment = had.msgstr, had.tcomment
            entry.flags += [flag for flag in had.flags if flag not in {*entry.flags, "fuzzy"}]
            if had.msgstr and (changed or had.obsolete or had.fuzzy):
                entry.flags.insert(0, "fuzzy")
                entry.previous_msgid = had.previous_msgid or (had.msgid if changed else None)
        new.append(entry)
    for had in known.values():
        if had.msgstr:
            had.obsolete, had.occurrences = True, []
            new.append(had)
    return new


def drafted(po: polib.POFile, texts: dict[str, str], by: str, day: str) -> None:
    """Fill in a machine's translations, each marked as one: unfinished to every PO tool, and said to callers."""
    for entry in po:
        if entry.msgctxt in texts and not entry.msgstr:
            entry.msgstr = texts[entry.msgctxt]
            entry.tcomment = f"machine-drafted: {by}, {day}, not checked by a person"
            if not entry.fuzzy:
                entry.flags.insert(0, "fuzzy")


def differences(messages: Iterable[Message], po: polib.POFile, catalog: str) -> tuple[str, ...]:
    """The ids in which a catalog is behind its English, whatever a tool did to its line breaks."""
    live = {entry.msgctxt: entry.msgid for entry in po if not entry.obsolete}
    wanted = {message.id: message.text for message in messages if message.catalog == catalog}
    return tuple(sorted(name for name in live.keys() | wanted.keys() if live.get(name) != wanted.get(name)))


def write_templates(root: Path, messages: tuple[Message, ...]) -> tuple[Path, ...]:
    """Write locales/*.pot; gives back those that changed."""
    changed = []
    for catalog in CATALOGS:
        path = root / "locales" / f"{catalog}.pot"
        if _replace(path, str(template(messages, catalog))):
            changed.append(path)
    return tuple(changed)


def update_catalogs(root: Path, messages: tuple[Message, ...], language: str, plural_forms: str) -> tuple[Path, ...]:
    """Merge the present English into the catalogs of a language; gives back those that changed."""
    changed = []
    for catalog in CATALOGS:
        path = catalog_path(root, language, catalog)
        old = polib.pofile(str(path), encoding="utf-8", wrapwidth=NO_WRAP) if path.exists() else None
        if _replace(path, str(merge(template(messages, catalog), old, language, plural_forms))):
            changed.append(path)
    return tuple(changed)


def _replace(path: Path, text: str) -> bool:
    text = text if text.endswith("\n") else f"{text}\n"
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved: a translator's file is never half there.
    beside = path.with_suffix(".new")
    beside.write_text(text, "utf-8")
    beside.replace(path)
    return True


def _metadata(pot: polib.POFile, language: str, plural_forms: str) -> dict[str, str]:
    return {**pot.metadata, "Language": language, "Plural-Forms": plural_forms}


def _flags(text: str) -> list[str]:
    flags = ["python-brace-format"] if PLACEHOLDER.search(text) else []
    # gettext reads "20% dextrose" as a format; then a right translation fails its check.
    return [*flags, "no-python-format"] if "%" in text else flags
