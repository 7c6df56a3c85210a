"""Beginning a new language: its entry in languages.toml, empty catalogs, and files to fill.

What Unicode's data (CLDR) know of a language is filled in: its names, its direction, its plural rule.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import langcodes
from babel import Locale, UnknownLocaleError
from babel.messages.plurals import get_plural
from langcodes.tag_parser import LanguageTagError

from service.core.content import SOURCE_LANGUAGE
from service.core.errors import LineError
from service.files.languages import read_languages
from service.files.merging import update_catalogs
from service.files.messages import messages
from service.files.source import read_source

SENTENCES: Final = Path("tests") / "words"  # what people write, a file a language
_REGIONS: Final = re.compile(r"(?:^#[^\n]*\n)*^\[regions\]", re.MULTILINE)
_LEXICON: Final = """\
# How the voices of {name} say what they would misread.  TRANSLATING.md tells more.
#
# [terms.OMS]
# say = "O M S"
# note = "letter by letter"

[temperature]
celsius = "{{number}} °C"        # words of your language for 38 °C, as they are said
fahrenheit = "{{number}} °F"
decimal = "{{whole}}, {{part}}"
"""
_SENTENCES: Final = """\
# What people write in {name}, and where it should lead: at least 60 lines, 15 of them emergencies.
# Write them before the word lists, or ask people who have not seen those.  One a line:
#
#     somebody does not breathe => alarm
#     dance classes for children => nothing
"""


class NewLanguageError(LineError):
    """Why a language cannot be begun."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a language calls itself, and its English name."""

    own: str
    english: str
    rtl: bool
    plural_forms: str


@dataclass(frozen=True, slots=True)
class Phone:
    """How a language is heard: `voice`, `say` and `gather` of Twilio, and the voice of each speaker that has one."""

    tags: Mapping[str, str]
    speakers: Mapping[str, str]


def names(tag: str, own: str = "", english: str = "") -> Names:
    """What CLDR knows of a language; what is given comes first.  Raises NewLanguageError."""
    try:
        language = langcodes.Language.get(tag)
    except LanguageTagError as error:
        raise NewLanguageError(f"{tag} is no language tag: they look like sw, pt-BR or zh-Hant") from error
    if not language.language:
        raise NewLanguageError(f"{tag} names no language")
    if language.to_tag() != tag:
        raise NewLanguageError(f"{tag}: write it {language.to_tag()}")
    own, english = " ".join(own.split()), " ".join(english.split())  # names stand on one line
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        if own and english:
            # Letters tell their direction themselves.
            rtl = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in own)
            return Names(own, english, rtl, "nplurals=2; plural=(n != 1);")
        raise NewLanguageError(f"Unicode's data do not know {tag}: give --name and --english-name") from None
    form = get_plural(locale)
    return Names(
        own or locale.get_display_name(locale) or tag,
        english or locale.english_name or tag,
        locale.text_direction == "rtl",
        f"nplurals={form.num_plurals}; plural={form.plural_expr};",
    )


def begin(root: Path, tag: str, known: Names, phone: Phone) -> tuple[Path, ...]:
    """Write all files of a new language; nothing of it is offered until it is complete.  Gives back what is new."""
    if tag in read_languages(root).entries:
        raise NewLanguageError(f"{tag} is in locales/languages.toml already")
    wanted = messages(read_source(root))  # before anything is written: the English may be in disorder
    table = root / "locales" / "languages.toml"
    before = table.read_text("utf-8")
    place = found.start() if (found := _REGIONS.search(before)) else len(before)
    above, below = before[:place].rstrip("\n"), before[place:]
    entry = f"{above}\n\n{_entry(tag, known, phone)}"
    table.write_text(f"{entry}\n{below}" if below else entry, "utf-8")
    written = [table, *update_catalogs(root, wanted, tag, known.plural_forms)]
    for path, text in (
        (root / "locales" / tag / "lexicon.toml", _LEXICON),
        (root / SENTENCES / f"{tag}.txt", _SENTENCES),
    ):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(name=known.english), "utf-8")
            written.append(path)
    return tuple(written)


def _entry(tag: str, known: Names, phone: Phone) -> str:
    parts = [f"{name} = {_quoted(value)}" for name, value in phone.tags.items() if value]
    if phone.speakers:
        voices = ", ".join(f"{name} = {_quoted(voice)}" for name, voice in phone.speakers.items())
        parts.append(f"speakers = {{ {voices} }}")
    return "\n".join(
        [
            f"[languages.{tag}]",
            f"name = {_quoted(known.own)}",
            f"english_name = {_quoted(known.english)}",
            *(["rtl = true"] if known.rtl else []),
            f"plural_forms = {_quoted(known.plural_forms)}",
            "parts = 4  # 2 if all its letters are in the GSM alphabet",
            f'mixed_with = ["{SOURCE_LANGUAGE}"]  # [] if English words are its own too, as many are in French',
            f"phone = {{ {', '.join(parts)} }}" if parts else "phone = {}",
            "",
        ]
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
