"""How long messages are: the alarm is one part of a text message in every language, all else a few."""

from collections.abc import Iterator, Mapping
from typing import Final

from service.core.segments import GSM_7, Length, length
from service.core.utterances import NUMBER, parts_of
from service.files.catalogs import Translation
from service.files.checks.places import Written, written_in
from service.files.library import Shelf
from service.files.problems import Problem
from service.files.source import Source

FIRST_LETTERS: Final = 60  # of an alarm: what a locked screen shows


def check_alarms(language: str, translated: Mapping[str, Translation], source: Source) -> Iterator[Problem]:
    """One part, with the longest number and with the words for it; the number in the first sentence, near its start."""
    longest = max((entry.number for entry in source.emergency.values()), key=len, default="")
    unknown = translated.get("alarm/unknown-number")
    for name in ("alarm", "alarm/voice"):
        alarm = translated.get(name)
        if alarm is None:
            continue
        if NUMBER not in next(parts_of(alarm.text)) or alarm.text.index(NUMBER) > FIRST_LETTERS:
            what = f"{name} ({language}): {NUMBER} belongs in the first sentence, in its first {FIRST_LETTERS} letters"
            yield Problem(alarm.file, alarm.line, what)
        if name != "alarm":
            continue
        for number in filter(None, (longest, unknown.text if unknown else "")):
            size = length(alarm.text.replace(NUMBER, number))
            if size.segments > 1:
                what = f"alarm ({language}), with {number!r}: {_told(size)}; shorten it to 1"
                yield Problem(alarm.file, alarm.line, what)


def check_lengths(shelf: Shelf, languages: tuple[str, ...]) -> Iterator[Problem]:
    """No message has more parts than its language may take; of each message only the longest case is told.

    Where languages are offered, each in its own words, the letters of one make the whole message longer: there the
    largest of their allowances counts.
    """
    parts = {tag: entry.parts for tag, entry in shelf.languages.entries.items()}
    for tag in languages:
        if tag not in shelf.library.editions:
            continue
        longest: dict[tuple[str, str], tuple[Length, Written]] = {}
        for written in {one.text: one for one in written_in(shelf.library, tag)}.values():
            size = length(written.text)
            most = max(parts[one] for one in (tag, *written.beside))
            case = written.id, written.language
            known = longest.get(case)
            if size.segments > most and (known is None or size.units > known[0].units):
                longest[case] = size, written
        for (name, own), (size, written) in longest.items():
            place = shelf.translations[own][name]
            borrowed = own != tag  # a topic of another language, with our choices: translating it mends it
            what = f"{name} ({tag}): {_told(size)}, at most {parts[tag]}; "
            what += f"translate its topic into {tag}" if borrowed else f"shorten it: {written.text!r}"
            yield Problem(place.file, place.line, what, warning=borrowed)


def _told(size: Length) -> str:
    letters = "" if size.encoding == GSM_7 else f" because of {' '.join(size.guilty)}"
    return f"{size.segments} parts of a text message ({size.units} units of {size.encoding}{letters})"
