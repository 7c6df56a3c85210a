"""locales/<language>/recordings/recordings.toml: what people have read aloud, and the hash of the words they read."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from service.files.problems import Problem
from service.files.schema import RecordingEntry
from service.files.tables import TomlFile

FOLDER: Final = "recordings"
NAME: Final = "recordings.toml"
NOTES: Final = frozenset({".md", ".txt", ".toml", ""})


@dataclass(frozen=True, slots=True)
class PersonsRecording:
    """One recording by a person: `id` of the utterance, `read` the hash of its words (see `digest`)."""

    id: str
    read: str
    path: Path
    slow: Path | None
    file: str  # recordings.toml, as its editors know it
    line: int


def read_recordings(root: Path, language: str, problems: list[Problem]) -> tuple[PersonsRecording, ...]:
    """The recordings of a language that are there.  What is wrong is a problem, and costs nothing but itself."""
    folder = root / "locales" / language / FOLDER
    if not folder.is_dir():
        return ()
    file = TomlFile(folder / NAME, root, problems)
    found = []
    for name, table in file.tables.items():
        entry = file.read((name,), table, RecordingEntry)
        if entry is None:
            continue
        for field, wanted in (("file", entry.file), ("slow", entry.slow)):
            if wanted and not (folder / wanted).is_file():
                file.problem((name, field), f"{wanted} is not there: nobody has recorded it yet", warning=True)
        if (folder / entry.file).is_file():
            slow = folder / entry.slow if entry.slow and (folder / entry.slow).is_file() else None
            place = file.line((name,))
            found.append(PersonsRecording(name, entry.read, folder / entry.file, slow, file.name, place))
    named = {path for one in found for path in (one.path, one.slow)}
    for path in sorted(folder.iterdir()):
        if path not in named and path.suffix.lower() not in NOTES and not path.name.startswith("."):
            file.problem((), f"{path.name} belongs to no recording of this file", warning=True)
    return tuple(found)
