"""Which language of ours a person reads, whatever tag they are known by, and where a topic is borrowed from."""

from types import MappingProxyType

import pytest

from service.files.languages import Languages, read_languages
from service.files.problems import Problems
from service.files.schema import LanguageEntry
from service.house import ROOT
from tests.files.conftest import Desk


def languages(*tags: str, **fallbacks: tuple[str, ...]) -> Languages:
    """A file of these languages; `fallbacks` by tag, with _ for -."""
    entries = {
        tag: LanguageEntry(tag, tag, "nplurals=1; plural=0;", 2, fallbacks=fallbacks.get(tag.replace("-", "_"), ()))
        for tag in tags
    }
    return Languages(entries, MappingProxyType({}))


@pytest.mark.parametrize(
    ("tag", "ours", "remark"),
    [
        ("es", "es", ""),
        ("es-MX", "es", "another country"),
        ("es-419", "es", "many countries"),
        ("pt-PT", "pt-BR", "the only Portuguese there is"),
        ("pt", "pt-BR", ""),
        ("zh", "zh-Hans", "what most of them read"),
        ("zh-TW", "zh-Hant", "by its country"),
        ("zh-HK", "zh-Hant", ""),
        ("yue", "zh-Hant", "Cantonese is written so"),
        ("arz", "ar", "spoken in Egypt, written as Arabic"),
        ("prs", "fa", ""),
        ("tl", "fil", "an older name"),
        ("in", "id", "a much older one"),
        ("EN-gb", "en", "capitals are no difference"),
        ("pt_pt", "pt-BR", "nor are underscores"),
        ("spa", "es", "by its code of three letters"),
        ("ca", None, "near, but another language"),
        ("be", None, "most can read Russian; nobody asked them"),
        ("hi-Latn", None, "in other letters"),
        ("sv", None, ""),
        ("xx", None, "no language"),
        ("und", None, ""),
        ("qaa", None, "for private use"),
        ("a", None, "no tag"),
        ("", None, ""),
        ("x-foo", None, ""),
        ("no tag at all", None, ""),
    ],
)
def test_a_tag_leads_to_the_language_of_ours_that_its_speakers_read(tag: str, ours: str | None, remark: str) -> None:
    assert read_languages(ROOT).nearest(tag) == ours, remark


def test_a_tag_of_the_file_is_itself_also_if_nobody_knows_it() -> None:
    assert languages("en", "xx", "x-invented").nearest("x-invented") == "x-invented"
    assert languages("en", "es", "es-MX").nearest("es-MX") == "es-MX"
    assert languages("en", "es", "es-MX").nearest("es-419") in {"es", "es-MX"}
    assert languages().nearest("en") is None


@pytest.mark.parametrize(
    ("tags", "tag", "chain", "remark"),
    [
        (("en",), "en", ("en",), "nothing comes after English"),
        (("en", "es"), "es", ("es", "en"), ""),
        (("en", "es", "es-MX"), "es-MX", ("es-MX", "es", "en"), "the same language in another country"),
        (("en", "es", "es-MX"), "es", ("es", "es-MX", "en"), "and the other way round"),
        (("en", "es-MX", "es-AR"), "es-419", None, "which of them is not ours to say"),
        (("en", "en-GB"), "en-GB", ("en-GB", "en"), "English once"),
        (("en", "pt-BR", "pt-PT", "es"), "pt-PT", ("pt-PT", "pt-BR", "en"), ""),
        (("en", "zh-Hans", "zh-Hant"), "zh-Hant", ("zh-Hant", "en"), "other letters: only where the file says so"),
        (("en", "ru", "uk"), "uk", ("uk", "en"), "another language is none of theirs"),
        (("en", "xx"), "xx", ("xx", "en"), "a tag that means nothing"),
        (("en", "x-foo"), "x-foo", ("x-foo", "en"), "a tag that cannot be read"),
    ],
)
def test_a_topic_comes_from_the_same_language_elsewhere_before_it_comes_from_english(
    tags: tuple[str, ...], tag: str, chain: tuple[str, ...] | None, remark: str
) -> None:
    if chain is None:
        found = languages(*tags, tag).chain(tag)
        assert (found[0], found[-1], len(found)) == (tag, "en", 3), remark
    else:
        assert languages(*tags).chain(tag) == chain, remark


def test_what_the_file_says_comes_before_what_is_near() -> None:
    assert languages("en", "es", "es-MX", "fr", es_MX=("fr",)).chain("es-MX") == ("es-MX", "fr", "es", "en")
    assert languages("en", "es", "es-MX", es_MX=("es",)).chain("es-MX") == ("es-MX", "es", "en")
    assert languages("en", "es", "es-MX", es_MX=("en", "es")).chain("es-MX") == ("es-MX", "en", "es")


def test_our_own_languages_have_the_chains_that_are_written_down() -> None:
    ours = read_languages(ROOT)
    longer = {tag: ours.chain(tag) for tag in ours.entries if len(ours.chain(tag)) != 2}
    assert longer == {
        "en": ("en",),
        "zh-Hans": ("zh-Hans", "zh-Hant", "en"),
        "zh-Hant": ("zh-Hant", "zh-Hans", "en"),
        "ht": ("ht", "fr", "en"),
    }


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('fallbacks = ["xy"]\n', "xy is no language of this file"),
        ('mixed_with = ["xy"]\n', "xy is no language of this file"),
        ('[regions]\nUS = ["xy"]\n', "xy is no language of this file"),
        ('[regions]\nUS = "xx"\n', "each country has a list of languages"),
    ],
)
def test_a_language_that_is_nowhere_in_the_file_is_told(desk: Desk, more: str, words: str) -> None:
    desk.languages("xx", more=more)
    with pytest.raises(Problems, match=words):
        read_languages(desk.root)


def test_each_language_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    desk.languages("xx", "xy")
    text = (desk.root / "locales/languages.toml").read_text("utf-8")
    desk.write("locales/languages.toml", text.replace("parts = 3", "parts = 0"))
    with pytest.raises(Problems) as caught:
        read_languages(desk.root)
    assert len(caught.value.found) == 2
    desk.write("locales/languages.toml", "languages = 5\n")
    with pytest.raises(Problems, match="English, the language everything is written in first, is missing"):
        read_languages(desk.root)


def test_a_file_without_english_is_told(desk: Desk) -> None:
    desk.edit("locales/languages.toml", "[languages.en]", "[languages.xx]")
    with pytest.raises(Problems, match="English, the language everything is written in first, is missing"):
        read_languages(desk.root)


def test_a_file_that_is_not_toml_is_told_with_its_line(desk: Desk) -> None:
    desk.write("locales/languages.toml", "[languages.en]\nname = \n")
    with pytest.raises(Problems, match=r"locales/languages\.toml:2"):
        read_languages(desk.root)
