"""Files that are there whole or not at all, and what the disk has to say in our words."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.core.errors import LineError


class ArchiveError(LineError):
    """The folder of recordings cannot be read or written; the message says why."""


def changed(path: Path) -> int:
    """When a file was last changed (ns); 0 if it is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def replace(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Write a file whole or not at all, `lasting` even if the power fails now.  Raises ArchiveError."""
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = ""
        try:
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".new", delete=False) as file:
                beside = file.name
                file.write(content)
                if lasting:
                    file.flush()
                    os.fsync(file.fileno())
            Path(beside).chmod(0o644)  # temporary files are private, and the web server must read it
            Path(beside).replace(path)
        except BaseException:
            if beside:
                Path(beside).unlink(missing_ok=True)
            raise


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Errors of the disk in our words."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"{folder} cannot be written: {error.strerror}; nothing that was made is lost") from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Errors of the disk in our words."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read: {error.strerror}") from error
