"""A text in the wrong language is found, whoever's file it lies in."""

from collections.abc import Mapping

import pytest

from service.files.catalogs import Status, Translation, read_catalogs
from service.files.checks import tongue
from service.files.checks.tongue import check_tongue, guessed
from service.files.messages import Message, messages
from service.files.problems import Problem
from service.files.source import read_source
from service.house import ROOT, House

SPANISH = "Llame hoy al médico si le duele mucho la cabeza."
ITALIAN = "Chiami oggi il medico per un forte mal di testa."
PORTUGUESE = "Ligue hoje para o médico se há dor de cabeça forte."
FILIPINO = "Tawagan ngayong araw ang doktor kung matindi ang sakit ng ulo."
MEDICINE = ("urgent/", "about/", "treatment/", "outlook/", "adults/")  # contacts are mostly names
CHINESE = "输液以后，头很痛或脖子发硬，今天就打电话给医生。如果还发烧，马上去医院。"


def check(texts: Mapping[str, str], tag: str = "es", english: str = "Call the doctor today.") -> list[Problem]:
    known = [Message("a", "content", english, "", 0, ()), Message("words/a", "words", english, "", 0, ())]
    known.append(Message("not-translated", "content", english, "", 0, ()))
    languages = {
        other: {name: Translation(text, Status.DRAFT, f"{other}.po", 7) for name in ("a", "words/a")}
        for other, text in texts.items()
    }
    return [*check_tongue(tag, languages, known)]


@pytest.fixture
def without_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tongue, "_INSTALLED", False)


@pytest.mark.parametrize(
    ("ours", "theirs", "english", "pasted", "remark"),
    [
        (SPANISH, ITALIAN, "", False, ""),
        (SPANISH, SPANISH, "", True, ""),
        (SPANISH, SPANISH.upper().replace(".", " !"), "", True, "points and capitals are no difference"),
        ("Sí, hoy.", "Sí, hoy.", "", False, "short ones may be alike"),
        ("Portugal: Linha Rara, linharara.eu", "Portugal: Linha Rara, linharara.eu", "Linha Rara", False, "names"),
        ("Rare Voices Australia tiene", "Rare Voices Australia tiene", "Rare Voices Australia", False, "names"),
    ],
)
@pytest.mark.usefixtures("without_guesses")
def test_a_text_that_another_language_has_too_is_in_the_wrong_file(
    ours: str, theirs: str, english: str, pasted: bool, remark: str
) -> None:
    told = check({"es": ours, "it": theirs, "fr": ITALIAN}, english=english)
    assert bool(told) is pasted, remark
    assert all((one.file, one.line, one.warning) == ("es.po", 7, False) for one in told)
    assert all(one.what.startswith("a (es): is letter by letter the text of it") for one in told)


@pytest.mark.usefixtures("without_guesses")
def test_without_the_library_nothing_is_guessed() -> None:
    assert not check({"es": ITALIAN})


@pytest.mark.parametrize(
    ("tag", "text", "code", "remark"),
    [
        ("es", SPANISH, "", ""),
        ("es", ITALIAN, "it", "two languages that look alike"),
        ("pt-BR", PORTUGUESE, "", "known by another code"),
        ("pt-BR", SPANISH, "es", ""),
        ("fil", FILIPINO, "", "known by another code"),
        ("zh-Hans", CHINESE, "", ""),
        ("zh-Hant", CHINESE, "", "one language: its letters are told elsewhere"),
        ("es", CHINESE, "zh", ""),
        ("es", "Chiami oggi.", "", "too short to guess"),
        ("es", "头很痛或脖子发硬，", "", "eight letters"),
        ("es", "头很痛或脖子发硬了，", "zh", "nine that are worth three each"),
        ("qaa", ITALIAN, "", "a language that the library does not know"),
    ],
)
def test_the_language_of_a_text_is_guessed(tag: str, text: str, code: str, remark: str) -> None:
    pytest.importorskip("py3langid")
    others = ("en", "it", "es", "pt-BR", "fil", "zh-Hans", "zh-Hant")
    told = check({**{other: "" for other in others}, tag: text}, tag=tag)
    assert [one.warning for one in told] == ([True] if code else []), (remark, told)
    assert all(repr(code) in one.what for one in told)


@pytest.mark.parametrize(
    ("likely", "code", "remark"),
    [
        ({"es": 0.9, "it": 0.1}, "", ""),
        ({"es": 0.3, "it": 0.7}, "", "not plain enough"),
        ({"es": 0.1, "it": 0.9}, "it", ""),
    ],
)
def test_only_a_plain_guess_counts(likely: dict[str, float], code: str, remark: str) -> None:
    assert guessed("x" * 25, "es", lambda _: likely) == code, remark


def test_our_own_translations_are_each_in_their_language(house: House) -> None:
    known = messages(read_source(ROOT))
    languages = {tag: read_catalogs(ROOT, tag, known, []) for tag in house.shelf.languages.entries if tag != "en"}
    found = [str(one) for tag in languages for one in check_tongue(tag, languages, known)]
    assert len(found) <= 3, "\n".join(found)  # false warnings: nearly none among some 4 600 texts
    assert not [one for one in found if "warning" not in one]


def test_texts_in_the_wrong_file_are_nearly_all_found(house: House) -> None:
    pytest.importorskip("py3langid")
    known = messages(read_source(ROOT))
    tags = [tag for tag in house.shelf.languages.entries if tag not in {"en", "zh-Hant"}]  # Chinese once
    languages = {tag: read_catalogs(ROOT, tag, known, []) for tag in tags}
    long = [name for name, one in languages["es"].items() if len(one.text) > 120 and name.startswith(MEDICINE)]
    nobody: dict[str, Translation] = {}
    missed = []
    for tag, neighbour in zip(tags, [*tags[1:], tags[0]], strict=True):
        swapped = {name: languages[neighbour][name] for name in long if name in languages[neighbour]}
        told = {
            one.what.partition(" ")[0]
            for one in check_tongue(tag, {**dict.fromkeys(tags, nobody), tag: swapped}, known)
        }
        missed += [(tag, name) for name in swapped if name not in told]
    assert len(missed) <= 3, missed
