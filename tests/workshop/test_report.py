"""The report tells of each language what the line itself reads and serves, no better and no worse."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest

from service.core.content import TOPICS
from service.core.script import script
from service.core.segments import Length, length
from service.files.catalogs import Status
from service.files.checks.places import written_in
from service.files.problems import Problem
from service.house import ROOT, House
from service.workshop.report import MOST_CONFUSED, UNHEARD, Passage, Standing, page, standing
from service.workshop.sentences import Result
from tests.files.conftest import LANGUAGE, PLURALS, Desk
from tests.workshop.conftest import opened, write_words

SPANISH = 'phone = { voice = "Polly.Lupe", say = "es-US", gather = "es-US" }\n'
DAY = "2026-12-01"


def one(desk: Desk, tag: str, **changes: object) -> Standing:
    return standing(opened(desk, **changes), desk.root, tag)


# ---- texts and their reviews ---------------------------------------------------------------------


def test_english_is_reviewed_as_a_whole_or_it_is_not(desk: Desk) -> None:
    texts = len([message for message in desk.read().messages if message.catalog != "words"])
    assert one(desk, "en").statuses == {Status.TRANSLATED: texts}
    for topic in (desk.root / "content/topics").glob("*.toml"):
        desk.edit(f"content/topics/{topic.name}", "\n\n", '\nreviewed = 2026-11-01\nreviewer = "Dr. A"\n\n')
    assert one(desk, "en").statuses == {Status.MEDICALLY_REVIEWED: texts}
    assert one(desk, "en").messages == one(desk, "en").done == texts


def test_texts_are_counted_by_how_far_they_are_and_word_lists_apart(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"alarm": "", "alarm/voice": "", "words/menu": "", "words/more": ""}, prefix="xx ")
    po = desk.catalog("xx", "messages")
    draft, stale = list(po)[:2]
    draft.flags.insert(0, "fuzzy")
    stale.msgid = "Other English."
    po.save()
    house = opened(desk)
    known = [message for message in house.shelf.messages if message.catalog != "words"]
    lists = len(house.shelf.messages) - len(known)
    row = standing(house, desk.root, "xx")
    assert row.messages == len(known)
    assert row.statuses == Counter(
        {Status.MISSING: 2, Status.STALE: 1, Status.DRAFT: 1, Status.TRANSLATED: len(known) - 4}
    )
    assert row.done == len(known) - 3, "what is missing or stale cannot be served"
    assert (row.lists, row.lists_there) == (lists, lists - 2)


def test_phrases_are_counted_by_their_language(desk: Desk) -> None:
    desk.languages("xx")
    write_words(desk, {"alarm": ("stopped breathing",)})
    before = one(desk, "en").phrases
    write_words(desk, {"alarm": ("stopped breathing", "no heart beat", "turned blue")})
    assert one(desk, "en").phrases == before + 2
    desk.translate("xx", dict.fromkeys((m.id for m in desk.read().messages), "") | {"words/alarm": "a b c\nd e f"})
    assert (one(desk, "xx").phrases, one(desk, "xx").lists_there) == (2, 1)
    assert one(desk, "en").phrases == before + 2


def test_a_language_that_is_only_begun_has_a_row_of_nothing(desk: Desk) -> None:
    desk.languages("xx")
    row = one(desk, "xx")
    assert (row.by_text, row.by_phone, row.done, row.lists_there, row.phrases) == (False, False, 0, 0, 0)
    assert row.statuses == {Status.MISSING: row.messages}
    assert (row.alarm, row.worst, row.median_parts, row.carriers) == (None, None, 0, {})
    assert row.seen == row.aside == Result()


def test_what_is_offered_is_what_the_settings_and_the_texts_allow(desk: Desk) -> None:
    desk.languages("xx", more=f"\n{LANGUAGE.format(tag='es', plurals=PLURALS, parts=4)}{SPANISH}")
    desk.translate("xx", prefix="xx ")
    desk.translate("es", prefix="es ", fuzzy=True)
    for changes, offered in (
        ({}, {"en": (True, False), "xx": (True, False), "es": (True, True)}),
        ({"languages": ("xx", "es")}, {"en": (False, False), "xx": (True, False), "es": (True, True)}),
        ({"drafts": False}, {"en": (True, False), "xx": (False, False), "es": (False, False)}),
    ):
        house = opened(desk, **changes)
        rows = [standing(house, desk.root, tag) for tag in house.shelf.languages.entries]
        assert {row.tag: (row.by_text, row.by_phone) for row in rows} == offered, changes


def test_a_language_that_only_lends_its_topics_is_not_called_offered(desk: Desk) -> None:
    fallback = f"\n{LANGUAGE.format(tag='xx', plurals=PLURALS, parts=4)}fallbacks = ['xy']\n"
    desk.languages("xy", more=fallback)
    desk.translate("xy", prefix="xy ")
    desk.translate("xx", {"urgent/title": ""}, prefix="xx ")
    house = opened(desk, languages=("xx",))
    assert "xy" in house.shelf.library.editions
    row = standing(house, desk.root, "xy")
    assert not row.by_text
    assert row.alarm is not None, "but its words are there, and can be judged"


def test_a_row_has_the_names_of_its_language(desk: Desk) -> None:
    entry = LANGUAGE.format(tag="he", plurals=PLURALS, parts=4).replace('e = "he"', 'e = "עברית"', 1)
    desk.languages(more=f"\n{entry}rtl = true\n")
    row = one(desk, "he")
    assert (row.tag, row.name, row.english_name) == ("he", "עברית", "he")


# ---- lengths -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alarm", "unknown", "filled"),
    [
        ("Llame al {emergency}.", "numero local", "Llame al numero local."),
        ("Llame al {emergency}.", "1", "Llame al 911."),  # Spanish is likely in the United States
        ("{emergency}" * 54, "1", "911" * 54),  # 162 letters: two parts, which only the number shows
        ("Llame al {emergency}.", "ŝ", "Llame al 911."),  # as many parts, and more letters
        ("{emergency} " + "a" * 80, "ŝ", "ŝ " + "a" * 80),  # fewer letters, and more parts
    ],
)
def test_an_alarm_is_as_long_as_with_the_number_that_makes_it_longest(
    desk: Desk, alarm: str, unknown: str, filled: str
) -> None:
    desk.languages("es")
    desk.translate("es", {"alarm": alarm, "alarm/unknown-number": unknown}, prefix="es ")
    assert one(desk, "es").alarm == length(filled)


def longest(house: House, tag: str) -> dict[str, tuple[int, int]]:
    """Of each passage of a language the parts and units of its longest form, as the checks list them."""
    found: dict[str, tuple[int, int]] = {}
    for text in written_in(house.shelf.library, tag):
        if text.id.partition("/")[0] in TOPICS and text.language == tag:
            size = length(text.text)
            found[text.id] = max(found.get(text.id, (0, 0)), (size.segments, size.units))
    return found


def test_the_longest_passage_and_the_middle_one_are_told_by_their_longest_forms(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"urgent/fever": "x" * 999}, prefix="xx ")
    house = opened(desk)
    row = standing(house, desk.root, "xx")
    assert row.worst is not None
    assert row.worst.id == "urgent/fever"
    sizes = longest(house, "xx")
    assert (row.worst.size.segments, row.worst.size.units) == sizes["urgent/fever"] == max(sizes.values())
    assert row.worst.size.units > 999, "with the choices under it"
    parts = sorted(segments for segments, _ in sizes.values())
    assert len(parts) > 40
    middle = len(parts) // 2
    assert row.median_parts == (parts[middle] if len(parts) % 2 else (parts[middle - 1] + parts[middle]) / 2)


def test_more_parts_are_longer_than_more_letters(desk: Desk) -> None:
    """Where the number is not known, a letter from outside the GSM alphabet stands for three from inside."""
    desk.languages("xx")
    texts = {"service/what": "x" * 400 + " {emergency}", "alarm/unknown-number": "ŝ"}
    desk.translate("xx", texts)
    house = opened(desk)
    forms = [length(text.text) for text in written_in(house.shelf.library, "xx") if text.id == "service/what"]
    most_letters = max(forms, key=lambda size: size.units)
    row = standing(house, desk.root, "xx")
    assert row.worst is not None
    assert row.worst.id == "service/what"
    assert row.worst.size.segments > most_letters.segments
    assert row.worst.size.units < most_letters.units


def test_topics_that_are_borrowed_are_not_measured(desk: Desk) -> None:
    desk.languages("xx")
    borrowed = {message.id: "" for message in desk.read().messages if message.id.partition("/")[0] in TOPICS}
    desk.translate("xx", borrowed, prefix="xx ")
    row = one(desk, "xx")
    assert row.by_text
    assert row.alarm is not None
    assert (row.median_parts, row.worst) == (0, None)


# ---- voices and words ----------------------------------------------------------------------------


def test_carriers_are_counted_for_all_that_is_said(desk: Desk) -> None:
    desk.languages("xx", more=f"\n{LANGUAGE.format(tag='es', plurals=PLURALS, parts=4)}{SPANISH}")
    desk.translate("xx", prefix="xx ")
    desk.translate("es", prefix="es ")
    house = opened(desk)
    for tag, carrier in (("es", "say"), ("xx", UNHEARD), ("en", UNHEARD)):
        said = [*script(house.shelf.library, tag)]
        assert len(said) > 150
        assert standing(house, desk.root, tag).carriers == {carrier: len(said)}


def test_sentences_are_judged_and_those_kept_aside_apart(desk: Desk) -> None:
    write_words(desk)
    desk.write("tests/words/en.txt", "stopped breathing => alarm\njumping eyes => treatment\n")
    desk.write("tests/words/aside/en.txt", "unsteady walk => nothing\n")
    row = one(desk, "en")
    assert (row.seen.counts, row.seen.right) == (Counter(alarm=1, topic=1), Counter(alarm=1))
    assert row.seen.confused == Counter({("treatment", "symptoms"): 1})
    assert (row.aside.counts, row.aside.right) == (Counter(nothing=1), Counter())
    assert row.aside.confused == Counter({("nothing", "symptoms"): 1})


# ---- the page ------------------------------------------------------------------------------------

VOID = {"meta", "br", "hr", "img", "input", "link"}


@dataclass(slots=True)
class Table:
    """What a reader sees of a table: its rows, each cell with its classes."""

    columns: list[int] = field(default_factory=list)  # of each row, counting what a cell spans
    rows: list[list[str]] = field(default_factory=list)
    classes: list[list[set[str]]] = field(default_factory=list)


class Read(HTMLParser):
    """A page, read strictly: each element that is opened is closed, inside the one it was opened in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tables: list[Table] = []
        self.attributes: list[tuple[str, str]] = []
        self.items: list[str] = []
        self.tags: Counter[str] = Counter()
        self.feed(text)
        self.close()
        assert self.open == [], "left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(name, value or "") for name, value in attrs]
        names = [name for name, _ in attrs]
        assert len(names) == len({*names}), f"{tag} has an attribute twice"
        if tag not in VOID:
            self.open.append(tag)
        given = dict(attrs)
        if tag == "table":
            self.tables.append(Table())
        elif tag == "tr":
            self.tables[-1].rows.append([])
            self.tables[-1].classes.append([])
            self.tables[-1].columns.append(0)
        elif tag in {"td", "th"}:
            assert self.open[-2] == "tr"
            self.tables[-1].rows[-1].append("")
            self.tables[-1].classes[-1].append(set())
            self.tables[-1].columns[-1] += int(given.get("colspan") or 1)
        elif tag == "li":
            self.items.append("")
        if {"td", "th"} & {*self.open} and given.get("class"):
            self.tables[-1].classes[-1][-1] |= {*str(given["class"]).split()}

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & {*self.open}:
            cell = self.tables[-1].rows[-1]
            cell[-1] = f"{cell[-1]} {data}".strip()
        elif "li" in self.open:
            self.items[-1] += data

    def cell(self, table: int, language: str, column: int) -> tuple[str, set[str]]:
        """Text and classes in the row of a language."""
        found = self.tables[table]
        number = next(n for n, row in enumerate(found.rows) if row[0].startswith(language))
        return found.rows[number][column], found.classes[number][column]


def read(house: House, *rows: Standing) -> Read:
    return Read(page(house, [*rows], DAY))


# One that tests change.
ROW = Standing(
    tag="en",
    name="en",
    english_name="English",
    by_text=True,
    by_phone=True,
    messages=3,
    statuses={Status.TRANSLATED: 3},
    lists=2,
    lists_there=2,
    phrases=5,
    alarm=length("Call 112."),
    median_parts=1,
    worst=Passage("urgent/fever", length("ŝ" * 80)),
    carriers={"say": 9},
    seen=Result(),
    aside=Result(),
)


def test_a_page_of_every_language_is_well_formed_and_whole(desk: Desk) -> None:
    write_words(desk)
    desk.write("locales/languages.toml", (ROOT / "locales/languages.toml").read_text("utf-8"))
    desk.translate("es", prefix="es ", fuzzy=True)
    desk.translate("ar", prefix="ش ")
    desk.write("tests/words/en.txt", "jumping eyes => treatment\nunsteady walk => nothing\n")
    desk.write("locales/fr/LC_MESSAGES/content.po", "torn")
    house = opened(desk)
    rows = [standing(house, desk.root, tag) for tag in house.shelf.languages.entries]
    assert len(rows) > 20
    text = page(house, rows, DAY)
    assert text.startswith("<!doctype html>\n<html lang=")
    seen = Read(text)
    assert seen.tags["html"] == seen.tags["head"] == seen.tags["body"] == seen.tags["title"] == seen.tags["h1"] == 1
    texts, words = seen.tables[:2]
    assert {*texts.columns} == {texts.columns[0]}, "each row has a cell for each column"
    assert len({*words.columns[2:], words.columns[0]}) == 1
    for table, above in ((texts, 1), (words, 2)):
        assert len(table.rows) == len(rows) + above
        for cells, one_row in zip(table.rows[above:], rows, strict=True):
            assert cells[0].startswith(one_row.name)
    assert {value for name, value in seen.attributes if name == "lang"} == {row.tag for row in rows}
    assert len([item for item in seen.items if item.startswith("locales/fr/")]) == 1
    assert f"<p>{DAY}." in text


def test_a_page_needs_nothing_from_elsewhere_and_runs_nothing(house: House) -> None:
    text = page(house, [ROW], DAY)
    assert not re.search(r"https?:|//|url\(|@import|<script|<link|<img|<iframe|javascript:", text)
    asked = {name for name, _ in Read(text).attributes}
    assert asked <= {"lang", "charset", "name", "content", "class", "scope", "rowspan", "colspan"}


def test_what_is_shown_is_never_taken_for_the_page_itself(house: House) -> None:
    nasty = '<script>alert("1")</script>&amp;'
    house = replace(house, shelf=replace(house.shelf, broken=(Problem("x.po", 3, nasty),)))
    shown = replace(
        ROW,
        tag='en" onclick="x',
        name=nasty,
        english_name=nasty,
        carriers={nasty: 1},
        seen=Result(confused=Counter({("nothing", nasty): 2, (nasty, "nothing"): 1})),
    )
    seen = read(house, shown)
    assert "script" not in seen.tags
    assert "onclick" not in {name for name, _ in seen.attributes}
    assert seen.items == [f"x.po:3: {nasty}"]
    assert seen.cell(0, nasty, 0)[0] == f'{nasty} {nasty} (en" onclick="x)'
    assert nasty in seen.tables[0].rows[0]
    assert seen.tables[2].rows[1:] == [["nothing", nasty, "2"], [nasty, "nothing", "1"]]
    assert seen.tables[3].rows[1:] == [['en" onclick="x', nasty, "2"]]


@pytest.mark.parametrize(
    ("by_text", "by_phone", "told", "tone"),
    [
        (True, True, "text and phone", "good"),
        (True, False, "text only", "fair"),
        (False, False, "not yet", "bad"),
        (False, True, "not yet", "bad"),  # by phone it only lends a topic
    ],
)
def test_a_page_tells_how_a_language_is_offered(
    house: House, by_text: bool, by_phone: bool, told: str, tone: str
) -> None:
    seen = read(house, replace(ROW, by_text=by_text, by_phone=by_phone))
    assert seen.cell(0, "en", 1) == (told, {"left", tone})


@pytest.mark.parametrize(
    ("statuses", "done", "tone"),
    [
        ({Status.TRANSLATED: 20}, "20 of 20", "good"),
        ({Status.DRAFT: 2, Status.MEDICALLY_REVIEWED: 18}, "20 of 20", "good"),
        ({Status.MISSING: 2, Status.TRANSLATED: 18}, "18 of 20", "fair"),
        ({Status.STALE: 3, Status.TRANSLATED: 17}, "17 of 20", "bad"),
        ({Status.MISSING: 20}, "0 of 20", "bad"),
    ],
)
def test_a_page_tells_drafts_and_reviews_as_they_are(
    house: House, statuses: dict[Status, int], done: str, tone: str
) -> None:
    seen = read(house, replace(ROW, messages=20, statuses=statuses))
    assert seen.cell(0, "en", 2) == (done, {tone})
    names = [status.name.lower().replace("_", " ") for status in sorted(statuses, reverse=True)]
    assert seen.tables[0].rows[0][3 : 3 + len(names)] == names, "the best first, and none that nobody has"
    for column, status in enumerate(sorted(statuses, reverse=True), 3):
        assert seen.cell(0, "en", column)[0] == str(statuses[status])
    assert seen.tables[0].rows[0][3 + len(names)] == "Alarm"


def test_a_status_that_only_another_language_has_is_an_empty_cell(house: House) -> None:
    other = replace(ROW, tag="xx", name="xx", statuses={Status.DRAFT: 4})
    seen = read(house, replace(ROW, statuses={Status.TRANSLATED: 3}), other)
    assert seen.tables[0].rows[0][3:5] == ["translated", "draft"]
    assert [seen.cell(0, tag, column)[0] for tag in ("en", "xx") for column in (3, 4)] == ["3", "", "", "4"]


@pytest.mark.parametrize(
    ("alarm", "told", "tone"),
    [
        (length("a" * 160), "1 160 GSM-7", {"good"}),
        (length("a" * 161), "2 161 GSM-7", {"bad"}),
        (length("ŝ" * 71), "2 71 UCS-2", {"bad"}),
        (None, "", set()),
    ],
)
def test_an_alarm_of_more_than_one_part_stands_out(
    house: House, alarm: Length | None, told: str, tone: set[str]
) -> None:
    seen = read(house, replace(ROW, alarm=alarm))
    column = seen.tables[0].rows[0].index("Alarm")
    assert seen.cell(0, "en", column) == (told, tone)


@pytest.mark.parametrize(
    ("median", "told"), [(1, "1"), (2.5, "2.5"), (0, "0"), (10, "10"), (10.0, "10"), (3.0, "3"), (20.5, "20.5")]
)
def test_the_median_is_told_without_an_empty_decimal(house: House, median: float, told: str) -> None:
    seen = read(house, replace(ROW, median_parts=median))
    assert seen.cell(0, "en", seen.tables[0].rows[0].index("Parts, median"))[0] == told


def test_the_longest_passage_is_named_with_its_length(house: House) -> None:
    assert ROW.worst is not None
    column = 6
    seen = read(house, ROW)
    assert seen.tables[0].rows[0][column] == "Longest passage"
    size = ROW.worst.size
    assert seen.cell(0, "en", column)[0] == f"{ROW.worst.id} {size.segments} parts, {size.units} {size.encoding}"
    assert read(house, replace(ROW, worst=None)).cell(0, "en", column)[0] == ""


def test_carriers_have_a_column_each_and_what_nobody_hears_stands_out(house: House) -> None:
    first = replace(ROW, carriers={"person": 3, UNHEARD: 2})
    second = replace(ROW, tag="xx", name="xx", carriers={"say": 5})
    seen = read(house, first, second)
    head = seen.tables[0].rows[0]
    assert {*head[7:]} == {"person", "say", "not heard"}
    cells = {(tag, name): seen.cell(0, tag, head.index(name)) for tag in ("en", "xx") for name in head[7:]}
    assert cells["en", "person"] == ("3", set())
    assert cells["en", "not heard"] == ("2", {"bad"})
    assert cells["en", "say"] == ("", set())
    assert cells["xx", "say"] == ("5", set())
    assert cells["xx", "not heard"] == ("", set())


def test_words_are_told_by_kind_and_a_kind_without_sentences_is_none(house: House) -> None:
    seen_words = Result(Counter(alarm=10, topic=10, nothing=10), Counter(alarm=10, topic=9), Counter(topic=1))
    seen = read(house, replace(ROW, lists=4, lists_there=3, phrases=77, seen=seen_words, aside=Result()))
    cells = [seen.cell(1, "en", column) for column in range(1, 9)]
    assert cells == [
        ("3 of 4", {"bad"}),
        ("77", set()),
        ("10 of 10", {"good"}),
        ("9 of 10 1 asked back", {"fair"}),
        ("0 of 10", {"bad"}),
        *[("none", {"bad"})] * 3,
    ]


def test_confusions_of_all_languages_come_together_most_often_first(house: House) -> None:
    many = Counter({(f"topic {n}", "nothing"): 2 for n in range(20)})
    first = replace(ROW, seen=Result(confused=many), aside=Result(confused=Counter({("a", "b"): 2})))
    second = replace(ROW, tag="xx", seen=Result(confused=Counter({("a", "b"): 1, ("nothing", "about"): 7})))
    seen = read(house, first, second)
    rows = seen.tables[2].rows[1:]
    assert rows[:2] == [["nothing", "about", "7"], ["a", "b", "3"]]
    assert len(rows) == MOST_CONFUSED
    assert seen.tables[3].rows[1:] == [["xx", "about", "7"]], "nonsense is told by language"


def test_where_nothing_is_confused_that_is_said(house: House) -> None:
    seen = read(house, ROW)
    assert seen.tables[2].rows[1:] == [["Nothing."]]
    assert seen.tables[3].rows[1:] == [["None."]]
    assert seen.items == []
    assert "cannot be read" not in page(house, [ROW], DAY)
