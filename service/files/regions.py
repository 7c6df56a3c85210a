"""Which languages are likely where, and dates as people write them: from Unicode's CLDR, by Babel."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, TypedDict

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date

LEAST_SHARE: Final = 2.0  # per cent of the people; official languages count whatever their share
OFFICIAL_BONUS: Final = 15.0  # in points of share: what is taught and printed is read


class _Share(TypedDict):
    population_percent: float
    official_status: str | None


def likely_languages(tags: Iterable[str], overrides: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """For each country (ISO 3166) those of `tags` that are likely there, most likely first; none: left out."""
    by_code = {_cldr_code(tag): tag for tag in tags}
    known: Mapping[str, Mapping[str, _Share]] = get_global("territory_languages")
    likely: dict[str, tuple[str, ...]] = {}
    for region, languages in known.items():
        shares = {
            by_code[code]: found["population_percent"] + (OFFICIAL_BONUS if found["official_status"] else 0)
            for code, found in languages.items()
            if code in by_code and (found["population_percent"] >= LEAST_SHARE or found["official_status"])
        }
        if shares:
            likely[region] = tuple(sorted(shares, key=lambda tag: (-shares[tag], tag)))
    return {**likely, **overrides}


def written_date(day: date, tag: str) -> str:
    """A date in words of the language; in ISO form where Babel does not know the language."""
    try:
        return format_date(day, format="long", locale=Locale.parse(tag, sep="-"))
    except (UnknownLocaleError, ValueError):
        return day.isoformat()


def _cldr_code(tag: str) -> str:
    """CLDR names a language without what goes without saying: pt for pt-BR, zh for zh-Hans, but zh_Hant."""
    language, *rest = tag.split("-")
    return f"{language}_{rest[0]}" if rest and rest[0] == "Hant" else language
