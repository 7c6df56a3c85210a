"""Content is read field by field: every fault at once, each with its line."""

from pathlib import Path

import pytest

from service.files.languages import read_languages
from service.files.problems import Problem, Problems
from service.files.regions import likely_languages, written_date
from service.files.source import read_source
from service.files.tables import TomlFile, lines_of
from tests.files.conftest import TODAY, Desk

ABOUT = "content/topics/about.toml"
CONTACTS = "content/contacts.toml"
SOURCES = "content/sources.toml"
LANGUAGES = "locales/languages.toml"


def wrong(desk: Desk) -> list[Problem]:
    with pytest.raises(Problems) as raised:
        read_source(desk.root)
    return list(raised.value.found)


def wrong_languages(desk: Desk) -> list[Problem]:
    with pytest.raises(Problems) as raised:
        read_languages(desk.root)
    return list(raised.value.found)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (ABOUT, 'title = "What is OMS?"', "title = 5", "title must be words"),
        (ABOUT, 'title = "What is OMS?"', 'titel = "What is OMS?"', "unknown field 'titel'"),
        (ABOUT, "review_by = 2027-11-21", 'review_by = "soon"', "review_by: "),
        (ABOUT, 'id = "about"', 'id = "abut"', "is in no menu"),
        (ABOUT, 'id = "about"', 'id = "adults"', "must be the file's own name"),
        (ABOUT, 'id = "names"', 'id = "what"', "'what' is there twice"),
        (ABOUT, 'facts = ["F08"]', 'facts = ["F999"]', "F999 is no fact"),
        (ABOUT, 'facts = ["F08"]', "facts = []", "facts: "),
        (ABOUT, 'id = "names"\nurgency = "routine"', 'id = "Names"\nurgency = "routine"', "id must be small letters"),
        (CONTACTS, 'id = "C02"', 'id = "C01"', "C01 is there twice"),
        (CONTACTS, 'web = "https://dancingeyes.org.uk"', 'phone = "+441234567890"', "also needs `dial`"),
        (SOURCES, "[sources.NINDS]", "[sources.NINDX]", ""),
        ("content/emergency.toml", 'number = "911"', 'number = "0"', "number must be 2 to 5 digits"),
        ("content/prompts.toml", "[prompts.ask]", "[prompts.ask]\nfacts = ['F999']", ""),
        ("content/words.toml", '"menu" =', '"menu" = 5 #', "must be a list of texts"),
        ("content/words.toml", '"menu" =', '"menu" = ["a*"] #', "the stem 'a*'"),
        ("content/words.toml", '"menu" =', '"menu" = [5] #', "must be a list of texts"),
    ],
)
def test_a_wrong_field_is_told_with_its_line(desk: Desk, file: str, old: str, new: str, words: str) -> None:
    line = desk.edit(file, old, new)
    found = wrong(desk)
    if words:
        assert any((p.file, p.line) == (file, line) and words in p.what for p in found), found
    assert found


def test_all_faults_are_told_at_once(desk: Desk) -> None:
    desk.edit(ABOUT, 'title = "What is OMS?"', "title = 5")
    desk.edit(ABOUT, 'facts = ["F08"]', 'facts = ["F999"]')
    desk.edit(CONTACTS, 'id = "C02"', 'id = "C01"')
    desk.edit(SOURCES, 'publisher = "Orphanet"', "")
    desk.edit("content/topics/support.toml", 'facts = ["C02", ', "facts = [")
    desk.write("content/alarm.toml", 'text = "Call {emergency}."\n')
    (desk.root / "content/topics/adults.toml").unlink()
    found = wrong(desk)
    assert {p.file for p in found} == {ABOUT, CONTACTS, SOURCES, "content/alarm.toml", "content/topics/adults.toml"}
    assert [p.what for p in found if p.file == "content/alarm.toml"] == [
        "facts is missing", "unknown_number is missing", "voice is missing",
    ]  # fmt: skip


def test_a_review_has_a_date_and_a_name(desk: Desk) -> None:
    desk.edit(ABOUT, "review_by", "reviewed = 2026-11-21\nreview_by")
    assert any("go together" in problem.what for problem in wrong(desk))


def test_a_topic_needs_passages(desk: Desk) -> None:
    text = (desk.root / ABOUT).read_text("utf-8")
    desk.write(ABOUT, text[: text.index("[[passages]]")])
    assert [problem.what for problem in wrong(desk)] == ["has no [[passages]]"]
    desk.write(ABOUT, text[: text.index("[[passages]]")] + "passages = 5\n")
    assert [problem.what for problem in wrong(desk)] == ["has no [[passages]]"]


def test_medicine_says_only_what_has_a_source(desk: Desk) -> None:
    text = (desk.root / SOURCES).read_text("utf-8")
    fact = 'statement = "It is so."\nsources = {sources}\nconfidence = "{confidence}"\n'
    desk.write(
        SOURCES,
        text
        + "\n[facts.F900]\n" + fact.format(sources='["NOBODY"]', confidence="verified")
        + "\n[facts.F901]\n" + fact.format(sources="[]", confidence="verified")
        + "\n[facts.F902]\n" + fact.format(sources='["NINDS"]', confidence="unverified")
        + "\n[facts.S900]\n" + fact.format(sources="[]", confidence="editorial"),
    )  # fmt: skip
    assert sorted(problem.what.partition(":")[0] for problem in wrong(desk)) == [
        "NOBODY is no source in this file", "has no source", "is unverified",
    ]  # fmt: skip


def test_a_contact_can_be_reached(desk: Desk) -> None:
    line = desk.edit(CONTACTS, 'web = "https://dancingeyes.org.uk"\n', "")
    found = wrong(desk)
    assert [(p.file, p.what) for p in found] == [(CONTACTS, "offers no way to reach it")]
    assert found[0].line < line


def test_tables_that_are_none_are_told(desk: Desk) -> None:
    desk.write("content/prompts.toml", "prompts = 5\n")
    desk.edit(CONTACTS, "[[contacts]]", "[elsewhere]")
    desk.write("content/emergency.toml", 'US = "911"\n')
    told = "\n".join(map(str, wrong(desk)))
    assert "must be tables like [prompts.NAME]" in told
    assert "content/emergency.toml:1: must be a table like [US]" in told


@pytest.mark.parametrize(
    ("made", "line", "words"),
    [
        (b"text = \n", 1, "is not valid TOML"),
        (b"a = 1\na = 2\n", 2, "is not valid TOML"),
        (b'text = "\xff"\n', 0, "is not UTF-8"),
        (None, 0, "cannot be read: No such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(desk: Desk, made: bytes | None, line: int, words: str) -> None:
    path = desk.root / "content" / "alarm.toml"
    path.unlink()
    if made is not None:
        path.write_bytes(made)
    assert any((p.file, p.line) == ("content/alarm.toml", line) and words in p.what for p in wrong(desk))


def test_lines_are_those_of_keys_and_tables() -> None:
    source = (
        'id = "a"\n\n[[passages]]\ntext = """\nurgency = 5\n"""\n[[passages]]\n"odd key" = 1\n[prompts."a/b"]\nx = 1\n'
    )
    assert lines_of(source) == {
        ("id",): 1, ("passages", 0): 3, ("passages", 0, "text"): 4, ("passages", 1): 7,
        ("passages", 1, "odd key"): 8, ("prompts", "a/b"): 9, ("prompts", "a/b", "x"): 10,
    }  # fmt: skip


def test_the_line_of_what_is_missing_is_that_of_its_table(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("\n[[passages]]\n", "utf-8")
    file = TomlFile(tmp_path / "a.toml", tmp_path, [])
    assert file.line(("passages", 0, "text")) == 2
    assert file.line(("nowhere",)) == 0
    file.problem(("passages", 0), "look", warning=True)
    assert [str(problem) for problem in file.problems] == ["a.toml:2: warning: look"]


def test_languages_are_told_what_is_wrong_with_them(desk: Desk) -> None:
    desk.languages("xx", more='fallbacks = ["qq"]\n\n[regions]\nUS = ["qq"]\n')
    assert [problem.what for problem in wrong_languages(desk)] == ["qq is no language of this file"] * 2
    desk.languages("xx", more="parts2 = 5\n")
    assert "unknown field 'parts2'" in str(wrong_languages(desk)[0])
    desk.languages(more='\n[regions]\nUS = "en"\n')
    assert "each country has a list of languages" in str(wrong_languages(desk)[0])
    desk.write(LANGUAGES, "")
    assert "English" in str(wrong_languages(desk)[0])
    desk.write(LANGUAGES, "languages = 5\n")
    assert "English" in str(wrong_languages(desk)[0])


def test_a_country_may_be_known_better(desk: Desk) -> None:
    desk.languages("es", more='\n[regions]\nGB = ["es", "en"]\n')
    read = read_languages(desk.root)
    likely = likely_languages(read.entries, read.regions)
    assert likely["GB"] == ("es", "en")
    assert likely["MX"][0] == "es"
    assert likely["US"] == ("en", "es")


def test_scripts_and_regions_are_found_under_cldrs_names() -> None:
    likely = likely_languages(["zh-Hans", "zh-Hant", "pt-BR", "fr"], {})
    assert likely["TW"] == ("zh-Hant",)
    assert likely["CN"] == ("zh-Hans",)
    assert likely["BR"] == ("pt-BR",)
    assert likely["CH"][0] == "fr"
    assert "XX" not in likely


@pytest.mark.parametrize(
    ("tag", "written"),
    [("en", "December 1, 2026"), ("es", "1 de diciembre de 2026"), ("prs", "2026-12-01"), ("x", "2026-12-01")],
)
def test_dates_are_written_in_the_language(tag: str, written: str) -> None:
    assert written_date(TODAY, tag) == written
