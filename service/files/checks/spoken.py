"""What a voice would misread: numbers, capitals, symbols, addresses, words of another script."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from service.core.folding import plain_digits
from service.core.lexicon import Lexicon
from service.core.markup import MARK_LIKE, Kind, marks
from service.core.script import ONLY_WRITTEN
from service.files.catalogs import Translation
from service.files.checks.contacts import ADDRESS
from service.files.messages import VOICE, Message
from service.files.problems import Problem

NEVER_HEARD: Final = frozenset(
    {
        "prompt/list-comma",
        "prompt/star",
        "prompt/choice/listen",
        *(f"prompt/notice/{notice.value}" for notice in ONLY_WRITTEN),
    }
)
LONGEST_RUN: Final = 100  # letters without a space or a mark: the online speaker cuts there, in the middle of a word
_SYMBOLS: Final = re.compile(r"[/°%*#@&+=<>_~^|\\]")
_DIGITS: Final = re.compile(r"\d(?:[ -]?\d){2,}")
_RUN: Final = re.compile(rf"[^\s,;:.!?、。，؟،؛।።፣፤]{{{LONGEST_RUN + 1},}}")
_ONE_SCRIPT: Final = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"}
)  # a Japanese sentence


def check_spoken(
    language: str, translated: Mapping[str, Translation], known: Collection[Message], lexicon: Lexicon
) -> Iterator[Problem]:
    """Everything in what callers hear of a language that no mark and no term of its lexicon takes care of."""
    for message in known:
        heard = translated.get(message.id)
        if message.catalog == "words" or message.id in NEVER_HEARD or heard is None:
            continue
        if f"{message.id}{VOICE}" in translated:
            continue
        for what in misread(heard.text, lexicon):
            yield Problem(heard.file, heard.line, f"{message.id} ({language}): {what}")


def misread(text: str, lexicon: Lexicon) -> Iterator[str]:
    """What a voice is left to guess in one sentence, each with what to do."""
    for mark in marks(text):
        if mark.kind is Kind.TERM and mark.written not in lexicon.terms:
            yield f"{mark}: lexicon.toml has no [terms.{mark.written}]"
        if mark.kind is Kind.TEMPERATURE and lexicon.celsius == Lexicon.celsius:
            yield f"{mark}: lexicon.toml has no [temperature]"
    left = MARK_LIKE.sub(" ", lexicon.covered(text))
    for address in ADDRESS.findall(left):
        yield f"{address}: nobody can note an address down by ear; give this message a spoken wording without it"
    left = ADDRESS.sub(" ", left)
    for digits in _DIGITS.findall(plain_digits(left)):
        yield f"{digits}: write {{digits:…}}, {{phone:…}} or {{number:…}}, or the number in words"
    for word in re.findall(r"\w+", left):
        if sum(unicodedata.category(letter) == "Lu" for letter in word) > 1:
            yield f"{word}: say in lexicon.toml how these capitals are read"
    for symbol in dict.fromkeys(_SYMBOLS.findall(left)):
        yield f"{symbol}: voices read it in many ways, or not at all; write the word"
    scripts = {_script(letter) for letter in left if letter.isalpha()}
    if len(scripts) > 1 and "LATIN" in scripts:
        words = dict.fromkeys(word for word in re.findall(r"[^\W\d_]+", left) if _script(word[0]) == "LATIN")
        yield f"{', '.join(words)}: letters of another script; say in lexicon.toml how they are read"
    elif len(scripts) > 1:
        yield f"mixes the scripts {', '.join(sorted(scripts)).title()}"
    for run in _RUN.findall(left):
        yield f"{run[:12]}…: {len(run)} letters without a pause; set a comma or a full stop"


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "LATIN").partition(" ")[0]
    return "CJK" if name in _ONE_SCRIPT else name
