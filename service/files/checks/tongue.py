"""A text in the wrong language: pasted into the file of another one, or drafted in a neighbouring one.

Nobody who reads a review list in 26 languages sees that; a family that gets Italian instead of Spanish does.
"""

import importlib
import importlib.util
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from service.core.markup import MARK_LIKE, written
from service.files.catalogs import Translation
from service.files.checks.contacts import ADDRESS
from service.files.messages import Message
from service.files.problems import Problem

SAME: Final = 20  # letters: shorter texts of two languages may well be alike, above all in Chinese
GUESSED: Final = 25  # letters: below that a guess is worth little
DENSE: Final = "\u3000"  # from here on letters of Chinese, Japanese and Korean, each of which says as much as three
# How many times likelier another language must be.  In the 25 drafts of 2026 this warned of none of 2973 right texts,
# and of all but 4 of the 71 110 ways to put one into the file of another language.
LIKELIER: Final = 4.0
CODES: Final = {"fil": "tl"}  # where py3langid knows a language by another code than that of its tag
LIBRARY: Final = "py3langid.langid"
_INSTALLED: Final = importlib.util.find_spec("py3langid") is not None
_WORD: Final = re.compile(r"[^\W\d_]+")

Guess = Callable[[str], Mapping[str, float]]  # how likely a text is of each language, by code


def check_tongue(
    tag: str, translated_by_language: Mapping[str, Mapping[str, Translation]], known: Collection[Message]
) -> Iterator[Problem]:
    """Texts of `tag` that are those of another language (errors), or seem to be in one (warnings, by py3langid)."""
    guess = _guess_of(tag, translated_by_language) if _INSTALLED else None
    for message in known:
        found = translated_by_language[tag].get(message.id)
        if found is None or message.catalog == "words":
            continue
        what = _pasted(tag, message, translated_by_language)
        if what:
            yield Problem(found.file, found.line, f"{message.id} ({tag}): {what}")
        elif guess is not None and (code := guessed(_own(found.text, message.text), _code(tag), guess)):
            what = f"seems to be in another language, {code!r}: read it again"
            yield Problem(found.file, found.line, f"{message.id} ({tag}): {what}", warning=True)


def guessed(text: str, code: str, guess: Guess) -> str:
    """The code of the language that `text` is in, if that is plainly not `code`; "" otherwise."""
    if sum(3 if letter > DENSE else 1 for letter in _letters(text)) < GUESSED:
        return ""
    likely = guess(text)
    best = max(likely, key=lambda other: likely[other])
    return best if likely[best] > LIKELIER * likely.get(code, 1.0) else ""


def _pasted(tag: str, message: Message, languages: Mapping[str, Mapping[str, Translation]]) -> str:
    """What is wrong if another language has the same text, names aside; "" if none has."""
    text = languages[tag][message.id].text
    if len(_letters(_own(text, message.text))) < SAME:
        return ""
    for other, translated in languages.items():
        if other != tag and message.id in translated and _letters(translated[message.id].text) == _letters(text):
            return f"is letter by letter the text of {other}: put the right one where it is wrong"
    return ""


@cache
def _own(text: str, english: str) -> str:
    """`text` without what it shares with the English: names, addresses, marks."""
    names = {*_WORD.findall(english)}
    plain = MARK_LIKE.sub(" ", ADDRESS.sub(" ", written(text)))
    return " ".join(_WORD.sub(lambda word: "" if word[0] in names else word[0], plain).split())


@cache
def _letters(text: str) -> str:
    return "".join(_WORD.findall(text)).casefold()


def _code(tag: str) -> str:
    return CODES.get(tag, tag.partition("-")[0])


def _guess_of(tag: str, languages: Iterable[str]) -> Guess | None:
    """Guesses among `languages`; None if py3langid does not know `tag`."""
    guess, codes = _guesser(frozenset(map(_code, languages)))
    return guess if _code(tag) in codes else None


@cache
def _guesser(codes: frozenset[str]) -> tuple[Guess, frozenset[str]]:
    """py3langid for those of `codes` that it knows.  Loaded only here: translators may do without it."""
    library = importlib.import_module(LIBRARY)
    identifier = library.LanguageIdentifier.from_model_file(library.MODEL_FILE, norm_probs=True)
    known = codes & {*identifier.labels}
    identifier.set_languages(sorted(known))
    return lambda text: dict(identifier.rank(text)), known
