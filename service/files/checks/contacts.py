"""Numbers and addresses that families are given: those of known contacts, the same in writing and in speech."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from service.core.content import Contact
from service.core.markup import Kind, marks, written
from service.files.problems import Problem
from service.files.source import Source
from service.files.tables import TomlFile

OLDEST_CHECK: Final = 366  # days: a contact is checked every quarter, and never trusted longer than a year
ADDRESS: Final = re.compile(r"(?<![\w@.])(?:[\w-]+\.)+[a-z]{2,}(?:/[\w/.-]*)?(?![\w-])")
_NUMBER: Final = re.compile(r"\+?\d(?:[ -]?\d){2,}")


def check_contacts(source: Source, today: date) -> Iterator[Problem]:
    """What passages say of contacts, and whether contacts and topics are overdue for a check on `today`."""
    by_id = {contact.id: contact for contact in source.contacts}
    for topic in source.topics:
        if today > topic.entry.review_by:
            what = f"its date of review, {topic.entry.review_by}, has passed: have it reviewed, then change `review_by`"
            yield Problem(topic.file.name, topic.file.line(("review_by",)), what)
        for index, passage in enumerate(topic.passages):
            named = [by_id[fact] for fact in passage.facts if fact in by_id]
            for field, what in _wrong(passage.text, passage.voice, named):
                yield Problem(topic.file.name, topic.file.line(("passages", index, field)), f"{passage.id}: {what}")
    # Read once more for the lines alone; what is wrong with the file itself has been told.
    file = TomlFile(source.words_file.root / "content" / "contacts.toml", source.words_file.root, [])
    for index, contact in enumerate(source.contacts):
        line = file.line(("contacts", index, "checked"))
        if (today - contact.checked).days > OLDEST_CHECK:
            what = f"{contact.id} ({contact.name}) was last checked on {contact.checked}: ring or open it, or remove it"
            yield Problem(file.name, line, what)
        elif contact.checked > today:
            yield Problem(file.name, line, f"{contact.id}: nobody has checked it on {contact.checked} yet")


def written_numbers(text: str) -> list[str]:
    """The telephone numbers in `text`, as digits: three or more in a row, spaces and hyphens aside."""
    return [re.sub(r"\D", "", found) for found in _NUMBER.findall(text)]


def spoken_numbers(voice: str) -> list[str]:
    """The numbers that are read out digit by digit: those in {phone:…} and {digits:…}."""
    return ["".join(mark.groups()) for mark in marks(voice) if mark.kind in {Kind.DIGITS, Kind.PHONE}]


def _wrong(text: str, voice: str | None, named: list[Contact]) -> Iterator[tuple[str, str]]:
    addresses = {contact.web.removeprefix("www.").rstrip("/") for contact in named if contact.web}
    if ADDRESS.search(voice if voice is not None else written(text)):
        yield ("voice" if voice else "text"), "a web address cannot be noted down by ear: leave it out of `voice`"
    for found in ADDRESS.findall(text):
        if found.rstrip("/.") not in addresses:
            yield "text", f"{found} is the address of none of its contacts: compare contacts.toml"
    if "://" in text or "www." in text:
        yield "text", "write web addresses without https:// and www"
    if not named:
        return
    dialled = {re.sub(r"\D", "", contact.dial) for contact in named if contact.dial}
    numbers = written_numbers(written(text))
    for number in numbers:
        if number not in dialled:
            yield "text", f"{number} is the number of none of its contacts"
    for number in sorted(dialled - {*numbers}):
        yield "text", f"the number of its contact, {number}, is not in it"
    heard = spoken_numbers(text if voice is None else voice)
    for number in sorted({*heard} - {*numbers}):
        yield "voice", f"reads out {number}, which is not written in its text"
    for number in sorted({*numbers} - {*heard}):
        yield ("voice" if voice else "text"), f"needs {number} in its `voice`, digit by digit: {{phone:{number}}}"
