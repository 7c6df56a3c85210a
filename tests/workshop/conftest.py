"""The desk of tests/files, with word lists and sentences in which a test knows every word."""

from collections.abc import Iterable, Mapping

from service.files.checks.phrases import NEEDED
from service.house import House, open_house
from tests.conftest import Clock, settings
from tests.files import conftest
from tests.files.conftest import Desk

desk = conftest.desk
LISTS = {
    "alarm": ("stopped breathing",),
    "symptoms": ("jumping eyes", "unsteady walk"),
    "treatment": ("which medicine",),
    "menu": ("overview",),
}


def write_words(desk: Desk, lists: Mapping[str, Iterable[str]] = LISTS) -> None:
    """The English word lists: these, and one made-up word for each of the others."""
    every = {name: (f"qq{chr(97 + n // 26)}{chr(97 + n % 26)}",) for n, name in enumerate(NEEDED)} | dict(lists)
    desk.write("content/words.toml", "".join(f'"{name}" = {[*phrases]}\n' for name, phrases in every.items()))


def opened(desk: Desk, **changes: object) -> House:
    """The house of a desk."""
    return open_house(settings(**changes), desk.root, Clock())
