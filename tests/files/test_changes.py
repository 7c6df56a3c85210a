"""A change to what people edit shows from outside, and whose files it was in."""

import os
from pathlib import Path

import pytest

from service.files.changes import languages_changed, stamp

FILES = ("content/alarm.toml", "content/topics/about.toml", "locales/languages.toml", "locales/es/lexicon.toml",
         "locales/es/LC_MESSAGES/words.po", "locales/fr/LC_MESSAGES/words.po", "locales/fr/reviews.csv")  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in FILES:
        written(tmp_path, name, "as it was")
    return tmp_path


def written(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")


def test_only_what_people_edit_is_looked_at(root: Path) -> None:
    before = stamp(root)
    assert {path for path, _, _ in before} == {*FILES}
    for name in ("README.toml", "var/x.toml", "locales/es/recordings/alarm.wav", "locales/content.pot",
                 "locales/es/LC_MESSAGES/words.new", "locales/es/LC_MESSAGES/words.po~", "content/.alarm.toml.swp"):  # fmt: skip
        written(root, name, "beside it")
    assert stamp(root) == before


def test_nothing_is_there_where_there_are_no_folders(tmp_path: Path) -> None:
    assert stamp(tmp_path) == stamp(tmp_path / "nowhere") == frozenset()


def test_a_file_that_goes_away_while_it_is_looked_at_is_left_out(root: Path) -> None:
    (root / "content/gone.toml").symlink_to(root / "content/never.toml")  # listed, and not there to look at
    assert {path for path, _, _ in stamp(root)} == {*FILES}


def test_each_change_makes_another_stamp(root: Path) -> None:
    path = root / "locales/es/LC_MESSAGES/words.po"
    seen = [stamp(root)]
    path.write_text("as it is now")
    seen.append(stamp(root))
    kept = path.stat()
    path.write_text("as it is new")  # of the same length
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns + 1))
    seen.append(stamp(root))
    path.write_text("longer than it was")
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns + 1))  # a tool that keeps the time
    seen.append(stamp(root))
    path.unlink()
    seen.append(stamp(root))
    assert len({*seen}) == len(seen)
    assert stamp(root) == seen[-1]


@pytest.mark.parametrize(
    ("names", "languages"),
    [
        ((), set()),
        (("locales/es/LC_MESSAGES/words.po",), {"es"}),
        (("locales/es/lexicon.toml", "locales/es/LC_MESSAGES/words.po"), {"es"}),
        (("locales/es/lexicon.toml", "locales/fr/reviews.csv"), {"es", "fr"}),
        (("locales/de/LC_MESSAGES/words.po",), {"de"}),  # a new language
        (("locales/languages.toml",), {""}),
        (("content/alarm.toml",), {""}),
        (("content/topics/about.toml", "locales/es/lexicon.toml"), {"", "es"}),
    ],
)
def test_what_changed_is_told_by_its_language(root: Path, names: tuple[str, ...], languages: set[str]) -> None:
    before = stamp(root)
    for name in names:
        written(root, name, "as it is since then")
    assert languages_changed(before, stamp(root)) == languages
    assert languages_changed(stamp(root), before) == languages


def test_a_file_that_is_gone_is_a_change_too(root: Path) -> None:
    before = stamp(root)
    (root / "locales/fr/reviews.csv").unlink()
    assert languages_changed(before, stamp(root)) == {"fr"}
