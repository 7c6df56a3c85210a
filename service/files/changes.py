"""Whether somebody has changed a file of the content or of the languages."""

from pathlib import Path

Stamp = frozenset[tuple[str, int, int]]  # of each file its path, the time it was written (ns), and its size
KINDS = frozenset({".toml", ".po", ".csv"})


def stamp(root: Path) -> Stamp:
    """What the files of `root`/content and `root`/locales look like from outside: another one after each change."""
    found = set()
    for folder in ("content", "locales"):
        for path in (root / folder).rglob("*"):
            if path.suffix in KINDS:
                try:
                    seen = path.stat()
                except FileNotFoundError:
                    continue  # a file that is just being replaced
                found.add((path.relative_to(root).as_posix(), seen.st_mtime_ns, seen.st_size))
    return frozenset(found)


def languages_changed(before: Stamp, after: Stamp) -> frozenset[str]:
    """The languages whose own files differ; "" if something differs that concerns all of them."""
    paths = {path for path, _, _ in before ^ after}
    return frozenset(_language_of(path) for path in paths)


def _language_of(path: str) -> str:
    match path.split("/"):
        case ["locales", language, _, *_]:
            return language
        case _:
            return ""
