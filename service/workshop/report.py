"""How far each language is: its texts, their reviews, their length, what carries its voice, and how its words do.

One row a language, made of what the line itself reads and serves; `page` is the same as HTML, for people who have no
terminal.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from service.core.content import SOURCE_LANGUAGE, TOPICS
from service.core.script import script
from service.core.segments import Length, length
from service.core.utterances import NUMBER
from service.files.catalogs import Status
from service.files.checks.places import written_in
from service.house import House
from service.workshop.sentences import ALARM, ASIDE, NOTHING, Result, judged

UNHEARD: Final = ""  # the carrier of what cannot be heard
MOST_CONFUSED: Final = 12


@dataclass(frozen=True, slots=True)
class Passage:
    """A text message as it arrives, with the choices under it, where it is longest."""

    id: str
    size: Length


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one language stands."""

    tag: str
    name: str
    english_name: str
    by_text: bool  # whether it is offered
    by_phone: bool
    messages: int  # of the English, without the word lists
    statuses: Mapping[Status, int]  # of its own, without the word lists
    lists: int
    lists_there: int
    phrases: int
    alarm: Length | None  # with the number, or the words for it, that make it longest
    median_parts: float
    worst: Passage | None
    carriers: Mapping[str, int]  # utterances by what carries them at normal speed; UNHEARD: nothing
    seen: Result  # the sentences whose answers the lists were made with
    aside: Result  # those kept aside

    @property
    def done(self) -> int:
        """Messages that are translated, drafts among them."""
        return sum(count for status, count in self.statuses.items() if status >= Status.DRAFT)


def standing(house: House, root: Path, tag: str) -> Standing:
    """All that is to be told of one language."""
    shelf, library = house.shelf, house.shelf.library
    entry, edition = shelf.languages.entries[tag], library.editions.get(tag)
    ours = shelf.translations[tag]
    texts = [message.id for message in shelf.messages if message.catalog != "words"]
    lists = [message.id for message in shelf.messages if message.catalog == "words"]
    sizes = sorted(_passages(house, tag), key=lambda passage: _paid(passage.size))
    return Standing(
        tag=tag,
        name=entry.name,
        english_name=entry.english_name,
        by_text=tag in (library.languages or library.editions),
        by_phone=tag in library.by_phone,
        messages=len(texts),
        statuses=_statuses(house, tag, texts),
        lists=len(lists),
        lists_there=sum(name in ours for name in lists),
        phrases=sum(one.language == tag for one in shelf.phrasebook.phrases),
        alarm=_alarm(house, tag) if edition else None,
        median_parts=median([passage.size.segments for passage in sizes] or [0]),
        worst=sizes[-1] if sizes else None,
        carriers=Counter(house.carriers.chosen(one, slow=False)[0] for one in script(library, tag)) if edition else {},
        seen=judged(root, library, shelf.phrasebook, tag),
        aside=judged(root, library, shelf.phrasebook, tag, ASIDE),
    )


def page(house: House, rows: list[Standing], day: str) -> str:
    """The report as one HTML file, which needs nothing else."""
    environment = Environment(
        loader=PackageLoader("service.workshop", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    carriers = dict.fromkeys(name for row in rows for name in sorted(row.carriers, reverse=True))
    return environment.get_template("report.html").render(
        rows=rows,
        day=day,
        statuses=[status for status in reversed(Status) if any(row.statuses.get(status) for row in rows)],
        carriers=list(carriers),
        unheard=UNHEARD,
        broken=house.shelf.broken,
        confused=_confused(rows),
        guessed=_guessed(rows),
        kinds=(ALARM, "topic", NOTHING),
    )


def _statuses(house: House, tag: str, texts: list[str]) -> Mapping[Status, int]:
    """English is nobody's translation: it is reviewed as a whole, or it is not."""
    if tag == SOURCE_LANGUAGE:
        return {Status.MEDICALLY_REVIEWED if house.shelf.source.reviewed else Status.TRANSLATED: len(texts)}
    ours = house.shelf.translations[tag]
    return Counter(ours[name].status if name in ours else Status.MISSING for name in texts)


def _passages(house: House, tag: str) -> Iterator[Passage]:
    """Each passage of the topics, by its longest form."""
    library = house.shelf.library
    longest: dict[str, Length] = {}
    for written in written_in(library, tag) if tag in library.editions else ():
        if written.id.partition("/")[0] in TOPICS and written.language == tag:
            size = length(written.text)
            if written.id not in longest or _paid(size) > _paid(longest[written.id]):
                longest[written.id] = size
    yield from (Passage(name, size) for name, size in longest.items())


def _alarm(house: House, tag: str) -> Length:
    library = house.shelf.library
    edition = library.editions[tag]
    here = {number for region, number in library.emergency.items() if tag in library.likely.get(region, ())}
    filled = (edition.alarm.text.replace(NUMBER, number) for number in {*here, edition.unknown_number})
    return max(map(length, filled), key=_paid)


def _paid(size: Length) -> tuple[int, int]:
    """What the longest is told by: units of different encodings are not to be compared."""
    return size.segments, size.units


def _confused(rows: list[Standing]) -> list[tuple[str, str, int]]:
    """What was taken for what, in all languages together, most often first."""
    every: Counter[tuple[str, str]] = Counter()
    for row in rows:
        every += row.seen.confused + row.aside.confused
    return [(wanted, got, count) for (wanted, got), count in every.most_common(MOST_CONFUSED)]


def _guessed(rows: list[Standing]) -> list[tuple[str, str, int]]:
    """Nonsense that was taken for something: language, what for, how often."""
    return [
        (row.tag, got, count)
        for row in rows
        for (wanted, got), count in (row.seen.confused + row.aside.confused).items()
        if wanted == NOTHING
    ]
