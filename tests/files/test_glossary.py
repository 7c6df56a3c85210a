"""Medical words are said as the glossary of a language says them, and never by a word for something else."""

from pathlib import Path

import pytest

from service.files.catalogs import Status, Translation, read_catalogs
from service.files.checks.glossary import NAME, MedicalWord, check_glossary, read_glossary
from service.files.messages import Message, messages
from service.files.problems import Problem
from service.files.source import read_source
from service.house import ROOT, House

SEIZURE = MedicalWord(("seizure", "seizures"), ("convulsión*", "convulsi*", "crisis"), ("epilepsia",), "no illness yet")
SHINGLES = MedicalWord(("shingles",), ("fuoco di Sant'Antonio",), ("herpes",))
CHICKENPOX = MedicalWord(("chickenpox",), ("bulutong-tubig",), ("bulutong",))
TUMOR = MedicalWord(("tumor",), ("*tumor*",), ("Hirntumor*",))
FEVER = MedicalWord(("fever",), ("*ትኩሳት*",))
STEROID = MedicalWord(("steroid",), ("ステロイド",), ("チック",))
ATTACK = MedicalWord(("seizure",), ("दौरा",), ("दिल का दौरा",))


def check(english: str, text: str, *words: MedicalWord) -> list[Problem]:
    known = [Message("a", "content", english, "", 0, ()), Message("words/a", "words", english, "", 0, ())]
    known.append(Message("not-translated", "content", english, "", 0, ()))
    translated = {name: Translation(text, Status.DRAFT, "a.po", 7) for name in ("a", "words/a")}
    return [*check_glossary("xx", translated, known, words)]


@pytest.mark.parametrize(
    ("english", "text", "word", "told", "remark"),
    [
        ("A seizure.", "Una convulsión.", SEIZURE, [], ""),
        ("Seizures!", "CONVULSIONES", SEIZURE, [], "any ending, any case"),
        ("A fever.", "Una caída.", SEIZURE, [], "its English has not the word"),
        ("Pseudoseizures.", "Una caída.", SEIZURE, [], "whole words only"),
        ("A seizure.", "Una caída.", SEIZURE, ["warning"], "another word, or none"),
        ("A seizure.", "Subconvulsiones.", SEIZURE, ["warning"], "no star before it"),
        ("A seizure.", "Una crisis de epilepsia.", SEIZURE, ["error"], "the right word excuses no wrong one"),
        ("A seizure.", "Epilepsia.", SEIZURE, ["warning", "error"], ""),
        ("A fall.", "Epilepsia.", SEIZURE, [], "wrong only where it would be said for this word"),
        ("Has a {term:seizure}.", "Una caída.", SEIZURE, ["warning"], "what is written in a mark counts"),
        ("Call {emergency}.", "Llame.", MedicalWord(("emergency",), ("emergencia",)), [], "a placeholder is no word"),
        ("Solving Kids' Cancer UK.", "Sí.", MedicalWord(("cancer",), ("cáncer",)), [], "the name of an organisation"),
        ("Shingles.", "Il fuoco di Sant'Antonio", SHINGLES, [], "several words side by side"),
        ("Shingles.", "Il fuoco sacro di Antonio", SHINGLES, ["warning"], ""),
        ("Chickenpox.", "May bulutong-tubig.", CHICKENPOX, [], "part of a right word is not wrong"),
        ("Chickenpox.", "Bulutong, o bulutong-tubig.", CHICKENPOX, ["error"], "but beside it it is: smallpox"),
        ("A tumor.", "Ein Nerventumor.", TUMOR, [], "a star before it"),
        ("A tumor.", "Ein Hirntumor.", TUMOR, ["error"], "right in its letters, wrong in what it means"),
        ("A seizure.", "दौरा", ATTACK, [], ""),
        ("A seizure.", "दिल का दौरा", ATTACK, ["error"], "a longer phrase that holds a right word"),
        ("A fever.", "የትኩሳትና", FEVER, [], "letters that grow on to a word at both ends"),
        ("A steroid.", "ステロイドを使う人", STEROID, [], "scripts without spaces: it is in there"),
        ("A steroid.", "薬を使う人", STEROID, ["warning"], ""),
        ("A steroid.", "ステロイドでチックが", STEROID, ["error"], ""),
    ],
)
def test_a_medical_word_is_said_as_the_glossary_has_it(
    english: str, text: str, word: MedicalWord, told: list[str], remark: str
) -> None:
    assert ["warning" if one.warning else "error" for one in check(english, text, word)] == told, remark


def test_a_fault_has_its_message_and_line_and_says_what_to_do() -> None:
    found = check("A seizure.", "Epilepsia.", SEIZURE)
    assert {(one.file, one.line) for one in found} == {("a.po", 7)}
    assert found[0].what.startswith("a (xx): the English says 'seizure', this none of convulsión*, convulsi*, crisis;")
    assert found[1].what == "a (xx): epilepsia is wrong for 'seizure', say convulsión* (no illness yet)"
    assert "(" not in check("Shingles.", "herpes", SHINGLES)[1].what.removeprefix("a (xx)")


# ---- glossary.toml -------------------------------------------------------------------------------

GOOD = '[[terms]]\nenglish = ["fever"]\nuse = ["fiebre"]\n'


def read(root: Path, text: str) -> tuple[tuple[MedicalWord, ...], list[Problem]]:
    path = root / "locales" / "xx" / NAME
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    problems: list[Problem] = []
    return read_glossary(root, "xx", problems), problems


def test_a_glossary_is_read(tmp_path: Path) -> None:
    words, problems = read(tmp_path, GOOD + 'not = ["calor"]\nnote = "heat"\n')
    assert words == (MedicalWord(("fever",), ("fiebre",), ("calor",), "heat"),)
    assert not problems


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[[terms]]\nenglish = ['a']\n", 1, "use is missing"),
        ("[[terms]]\nenglish = ['a']\nuse = []\n", 3, "use must be words in quotes"),
        ("[[terms]]\nenglish = 'a'\nuse = ['b']\n", 2, "english must be words in quotes"),
        ("[[terms]]\nenglish = ['a']\nuse = ['b']\nnever = ['c']\n", 4, "unknown field 'never'"),
        ("[[terms]]\nenglish = ['a']\nuse = ['b *']\n", 3, "'b *' has a word without letters"),
        ("[[terms]]\nenglish = ['a']\nuse = ['b']\nnot = ['!']\n", 4, "'!' has a word without letters"),
        ("[[words]]\nenglish = ['a']\n", 1, "unknown table 'words'"),
        ("[terms]\nenglish = ['a']\n", 1, "write [[terms]], in two brackets"),
        ("[[terms]\n", 1, "is not valid TOML"),
    ],
)
def test_a_fault_in_a_glossary_is_told_with_its_line_and_the_rest_is_read(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    read_words, problems = read(tmp_path, text + (GOOD if text.startswith("[[terms]]") else ""))
    assert [(one.file, one.line, one.warning) for one in problems] == [("locales/xx/glossary.toml", line, False)]
    assert words in problems[0].what
    assert len(read_words) == text.startswith("[[terms]]")


def test_a_language_without_a_glossary_has_an_empty_one(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_glossary(tmp_path, "xx", problems) == ()
    assert not problems


def test_our_own_translations_say_no_word_that_means_something_else(house: House) -> None:
    known = messages(read_source(ROOT))
    for tag in house.shelf.languages.entries:
        problems: list[Problem] = []
        glossary = read_glossary(ROOT, tag, problems)
        problems += check_glossary(tag, read_catalogs(ROOT, tag, known, []), known, glossary)
        assert not [str(one) for one in problems if not one.warning]


def test_every_language_has_a_glossary_of_words_that_our_english_says(house: House) -> None:
    known = messages(read_source(ROOT))
    nothing = {one.id: Translation("…", Status.DRAFT, "", 0) for one in known}
    for tag in house.shelf.languages.entries.keys() - {"en"}:
        glossary = read_glossary(ROOT, tag, [])
        assert len(glossary) >= 12, tag
        told = "\n".join(one.what for one in check_glossary(tag, nothing, known, glossary))
        unused = [word.english for word in glossary if not any(f"says {one!r}" in told for one in word.english)]
        assert not unused, (tag, unused)
