"""Where the letters OMS mean something else, families are told the full name first."""

import msgspec
import pytest

from service.files.catalogs import Status, Translation
from service.files.checks.names import FIRST, check_names
from service.files.schema import LanguageEntry

ENTRY = LanguageEntry(
    name="xx", english_name="X", plural_forms="nplurals=1; plural=0;", parts=4, full_name="mal de Ojos"
)


def translated(text: str) -> dict[str, Translation]:
    return {name: Translation(text, Status.DRAFT, "a.po", 7) for first in FIRST for name in (first, f"{first}/voice")}


@pytest.mark.parametrize("text", ["El mal de ojos (OMS)", "EL MAL DE OJOS"])
def test_the_full_name_in_any_letters_will_do(text: str) -> None:
    assert not [*check_names("xx", ENTRY, translated(text))]


def test_letters_alone_are_an_error_in_each_of_the_first_words() -> None:
    found = [*check_names("xx", ENTRY, translated("OMS"))]
    assert len(found) == 4
    assert all((one.file, one.line, one.warning) == ("a.po", 7, False) and "mal de Ojos" in one.what for one in found)


def test_what_is_not_translated_is_told_elsewhere() -> None:
    assert not [*check_names("xx", ENTRY, {})]


def test_where_the_letters_mean_nothing_else_nothing_is_asked() -> None:
    assert not [*check_names("xx", msgspec.structs.replace(ENTRY, full_name=""), translated("OMS"))]
