"""A language that is begun has all its files, is offered to nobody yet, and breaks nothing that was there."""

import tomllib
from pathlib import Path

import polib
import pytest

from service.files.beginning import Names, NewLanguageError, Phone, begin, names
from service.files.catalogs import catalog_path
from service.files.checks import check_catalogs
from service.files.languages import read_languages
from service.files.messages import CATALOGS
from service.files.problems import Problems
from service.files.schema import PhoneEntry
from tests.files.conftest import TODAY, Desk

UNHEARD = Phone({"voice": "", "say": "", "gather": ""}, {})
TABLE = "locales/languages.toml"


def begun(desk: Desk, tag: str = "sw", phone: Phone = UNHEARD) -> tuple[Path, ...]:
    return begin(desk.root, tag, names(tag), phone)


def fill(desk: Desk, tag: str, *beginnings: str) -> None:
    """Translate what begins so, as a translator would: by putting in the words."""
    for catalog in CATALOGS:
        po = desk.catalog(tag, catalog)
        for entry in po:
            if entry.msgctxt.startswith(beginnings):
                entry.msgstr = f"{tag} {entry.msgid}"
        po.save()


# ---- what Unicode knows --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "own", "english", "rtl", "plurals"),
    [
        ("sw", "Kiswahili", "Swahili", False, 2),
        ("pt-BR", "português (Brasil)", "Portuguese (Brazil)", False, 2),
        ("zh-Hant", "中文 (繁體)", "Chinese (Traditional)", False, 1),
        ("he", "עברית", "Hebrew", True, 2),
        ("ckb", "کوردیی ناوەندی", "Central Kurdish", True, 2),
        (
            "pa-Arab",
            "پنجابی (عربی)",
            "Punjabi (Arabic)",
            True,
            2,
        ),  # the same language in Gurmukhi is written to the right
        ("pa", "ਪੰਜਾਬੀ", "Punjabi", False, 2),
        ("pl", "polski", "Polish", False, 3),
        ("ar", "العربية", "Arabic", True, 6),
    ],
)
def test_names_direction_and_plurals_come_from_unicode(
    tag: str, own: str, english: str, rtl: bool, plurals: int
) -> None:
    known = names(tag)
    assert (known.own, known.english, known.rtl) == (own, english, rtl)
    assert known.plural_forms.startswith(f"nplurals={plurals}; plural=")
    assert known.plural_forms.endswith(";")


def test_what_is_given_comes_first() -> None:
    assert names("sw", own="Kiswahili cha Kongo") == Names(
        "Kiswahili cha Kongo", "Swahili", rtl=False, plural_forms="nplurals=2; plural=(n != 1);"
    )
    assert names("he", english="Ivrit").english == "Ivrit"
    assert names("he", english="Ivrit").rtl


def test_names_stand_on_one_line_and_blank_ones_are_none() -> None:
    assert names("sw", own=" Kiswahili\n sanifu ", english=" ") == Names(
        "Kiswahili sanifu", "Swahili", rtl=False, plural_forms="nplurals=2; plural=(n != 1);"
    )


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("", "is no language tag"),
        ("a", "is no language tag"),
        ("english", "is no language tag"),
        (" sw", "is no language tag"),
        ("../es", "is no language tag"),  # it is going to be a folder
        ("sw/x", "is no language tag"),
        ("sw]\n[languages.xx", "is no language tag"),  # and a line of a table
        ("SW", "write it sw"),
        ("pt_BR", "write it pt-BR"),
        ("en-us", "write it en-US"),
        ("iw", "write it he"),
        ("tl", "write it fil"),
        ("und", "names no language"),  # Unicode's data would take it for English
        ("und-US", "names no language"),
        ("root", "names no language"),
    ],
)
def test_a_bad_tag_is_told_whatever_names_are_given(tag: str, told: str) -> None:
    for given in ((), ("Name", "Name")):
        with pytest.raises(NewLanguageError, match=told) as wrong:
            names(tag, *given)
        assert str(wrong.value).startswith(tag)


@pytest.mark.parametrize("tag", ["tlh", "xx", "qaa", "sw-x-coast"])
@pytest.mark.parametrize("given", [("", ""), ("tlhIngan Hol", ""), ("", "Klingon"), ("tlhIngan Hol", " ")])
def test_a_language_that_unicode_does_not_know_needs_both_names(tag: str, given: tuple[str, str]) -> None:
    with pytest.raises(NewLanguageError, match=f"do not know {tag}: give --name and --english-name"):
        names(tag, *given)
    known = names(tag, "tlhIngan Hol", "Klingon")
    assert known == Names("tlhIngan Hol", "Klingon", rtl=False, plural_forms="nplurals=2; plural=(n != 1);")


@pytest.mark.parametrize(("own", "rtl"), [("ܣܘܪܝܝܐ", True), ("አፋር", False), ("ދިވެހި (Dhivehi)", True), ("𞤆𞤵𞤤𞤢𞤪", True)])
def test_the_letters_of_its_name_tell_its_direction(own: str, rtl: bool) -> None:
    assert names("qaa", own, "X").rtl is rtl


# ---- the files -----------------------------------------------------------------------------------


def test_a_language_that_is_begun_passes_the_checks_and_is_told_what_is_left(desk: Desk) -> None:
    desk.write("tests/words/en.txt", "lunch => nothing\n")
    begun(desk)
    found = check_catalogs(desk.root, ("sw",), TODAY)
    assert [problem for problem in found if not problem.warning] == []
    assert "tests/words/sw.txt" in {problem.file for problem in found}, "its sentences are still to be written"


def test_all_its_files_are_there_and_all_are_named(desk: Desk) -> None:
    before = {path for path in desk.root.rglob("*") if path.is_file()}
    written = begun(desk)
    after = {path for path in desk.root.rglob("*") if path.is_file()}
    assert {*written} == (after - before) | {desk.root / TABLE}
    assert [path.relative_to(desk.root).as_posix() for path in written] == [
        TABLE,
        *(f"locales/sw/LC_MESSAGES/{catalog}.po" for catalog in CATALOGS),
        "locales/sw/lexicon.toml",
        "tests/words/sw.txt",
    ]
    for catalog in CATALOGS:
        po = polib.pofile(str(catalog_path(desk.root, "sw", catalog)))
        assert po.metadata["Language"] == "sw"
        assert po.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
        assert len(po) > 30
        assert not po.translated_entries()
    assert "# How the voices of Swahili say" in (desk.root / "locales/sw/lexicon.toml").read_text("utf-8")
    assert "# What people write in Swahili" in (desk.root / "tests/words/sw.txt").read_text("utf-8")


def test_its_lexicon_can_be_read_and_says_temperatures(desk: Desk) -> None:
    begun(desk)
    shelf = desk.read()
    assert not shelf.broken
    assert shelf.lexicons["sw"].celsius == "{number} °C"
    assert shelf.lexicons["sw"].decimal == "{whole}, {part}"


def test_its_sentences_are_none_before_somebody_writes_them(desk: Desk) -> None:
    begun(desk)
    lines = (desk.root / "tests/words/sw.txt").read_text("utf-8").splitlines()
    assert lines
    assert all(line.startswith("#") for line in lines)


def test_files_that_are_there_already_are_left_alone(desk: Desk) -> None:
    desk.languages("sw")
    desk.translate("sw", {"alarm": "Piga {number}."})
    desk.languages()
    desk.write("locales/sw/lexicon.toml", "# mine\n")
    desk.write("tests/words/sw.txt", "hapumui => alarm\n")
    assert [path.name for path in begun(desk)] == ["languages.toml"]
    assert (desk.root / "locales/sw/lexicon.toml").read_text("utf-8") == "# mine\n"
    assert (desk.root / "tests/words/sw.txt").read_text("utf-8") == "hapumui => alarm\n"
    assert desk.read().translations["sw"]["alarm"].text == "Piga {number}."


def test_it_is_offered_once_its_alarm_and_the_lines_own_words_are_there(desk: Desk) -> None:
    begun(desk)
    assert desk.read().library.languages == ("en",)
    fill(desk, "sw", "alarm")
    assert desk.read().library.languages == ("en",)
    fill(desk, "sw", "prompt/")
    library = desk.read().library
    assert library.languages == ("en", "sw")
    edition = library.editions["sw"]
    assert edition.name == "Kiswahili"
    assert edition.alarm.text.startswith("sw ")
    assert edition.topics["urgent"].language == "en", "it is borrowed, and that is said"
    fill(desk, "sw", "urgent/")
    assert desk.read().library.editions["sw"].topics["urgent"].language == "sw"


def test_where_the_alarm_alone_is_missing_it_is_not_offered(desk: Desk) -> None:
    begun(desk)
    fill(desk, "sw", "prompt/", "urgent/")
    assert desk.read().library.languages == ("en",)


# ---- languages.toml ------------------------------------------------------------------------------

ABOVE = """\
# The languages of the line.
# A second remark.

[languages.en]
name = "English"          # beside it
english_name = "English"
plural_forms = "nplurals=2; plural=(n != 1);"
parts = 2
"""
BELOW = """\
# Where the languages of a country
# are known better.
[regions]
US = ["en"]  # as an example
"""
ENTRY = """\
[languages.sw]
name = "Kiswahili"
english_name = "Swahili"
plural_forms = "nplurals=2; plural=(n != 1);"
parts = 4  # 2 if all its letters are in the GSM alphabet
mixed_with = ["en"]  # [] if English words are its own too, as many are in French
phone = {}
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{ABOVE}\n{BELOW}", f"{ABOVE}\n{ENTRY}\n{BELOW}"),  # its remarks stay with [regions]
        (f"{ABOVE}{BELOW}", f"{ABOVE}\n{ENTRY}\n{BELOW}"),
        (f"{ABOVE}\n# about nothing\n\n[regions]\n", f"{ABOVE}\n# about nothing\n\n{ENTRY}\n[regions]\n"),
        (ABOVE, f"{ABOVE}\n{ENTRY}"),
        (ABOVE.rstrip("\n"), f"{ABOVE}\n{ENTRY}"),  # an editor left the last line open
        (f"{ABOVE}\n\n\n", f"{ABOVE}\n{ENTRY}"),
    ],
)
def test_the_entry_comes_after_the_others_and_every_remark_stays(desk: Desk, before: str, after: str) -> None:
    desk.write(TABLE, before)
    begun(desk)
    assert (desk.root / TABLE).read_text("utf-8") == after
    assert [*read_languages(desk.root).entries] == ["en", "sw"]


def test_a_second_language_comes_after_the_first(desk: Desk) -> None:
    desk.write(TABLE, f"{ABOVE}\n{BELOW}")
    for tag in ("he", "sw", "zh-Hant"):
        begun(desk, tag)
    languages = read_languages(desk.root)
    assert [*languages.entries] == ["en", "he", "sw", "zh-Hant"]
    assert [tag for tag, entry in languages.entries.items() if entry.rtl] == ["he"]
    assert languages.regions == {"US": ("en",)}


@pytest.mark.parametrize(
    ("phone", "entry"),
    [
        (UNHEARD, PhoneEntry()),
        (Phone({"voice": "", "say": "", "gather": "sw-KE"}, {}), PhoneEntry(gather="sw-KE")),
        (Phone({}, {"gtts": "sw/com"}), PhoneEntry(speakers={"gtts": "sw/com"})),
        (
            Phone({"voice": "Polly.Z", "say": "sw-KE", "gather": "sw-KE"}, {"gtts": "sw/com", "embedded": "bnt/sw"}),
            PhoneEntry("Polly.Z", "sw-KE", "sw-KE", {"gtts": "sw/com", "embedded": "bnt/sw"}),
        ),
    ],
)
def test_what_it_is_heard_by_stands_in_its_entry(desk: Desk, phone: Phone, entry: PhoneEntry) -> None:
    begun(desk, phone=phone)
    assert read_languages(desk.root).entries["sw"].phone == entry


def test_names_are_quoted_whatever_is_in_them(desk: Desk) -> None:
    own = 'a "b" \\ {c} # d ʼé'
    begin(desk.root, "sw", names("sw", own=own, english=own), UNHEARD)
    entry = read_languages(desk.root).entries["sw"]
    assert (entry.name, entry.english_name) == (own, own)
    assert tomllib.loads((desk.root / "locales/sw/lexicon.toml").read_text("utf-8"))
    assert own in (desk.root / "tests/words/sw.txt").read_text("utf-8")


# ---- what cannot be begun ------------------------------------------------------------------------


def everything(desk: Desk) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in desk.root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("tag", ["sw", "en"])
def test_a_language_is_begun_once(desk: Desk, tag: str) -> None:
    begun(desk)
    before = everything(desk)
    with pytest.raises(NewLanguageError, match=f"{tag} is in locales/languages.toml already"):
        begun(desk, tag)
    assert everything(desk) == before


@pytest.mark.parametrize("file", [TABLE, "content/alarm.toml"])
def test_nothing_is_written_while_a_file_is_in_disorder(desk: Desk, file: str) -> None:
    desk.write(file, "text = ")
    before = everything(desk)
    with pytest.raises(Problems, match=file):
        begun(desk)
    assert everything(desk) == before
