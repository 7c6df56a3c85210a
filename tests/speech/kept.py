"""Recordings as an archive keeps them, without a sound in them: only their bytes and names count."""

from pathlib import Path

from service.speech.archive import Archive, Made


def content(number: int, size: int = 2000) -> bytes:
    """The bytes of a file: other ones for each number."""
    return f"recording {number} ".encode().ljust(size, b".")


def keep(archive: Archive, number: int, size: int = 2000) -> Made:
    """Put a recording there, as a build does."""
    name = archive.keep(content(number, size), "wav")
    made = Made(
        "es", "embedded", slow=False, said=f"Número {number}", key=f"{number:032}", file=name, size=size, seconds=1
    )
    archive.add(made)
    return made


def built(folder: Path, *numbers: int) -> Archive:
    """An archive after a build that made these, and one recording for messages of the first two."""
    archive = Archive(folder)
    with archive.open(unexpected):
        files = [keep(archive, number).file for number in numbers]
        if len(files) > 1:
            archive.joined["+".join(files[:2])] = archive.keep(b"joined " + content(numbers[0]), "mp3")
    return archive


def unexpected() -> None:
    """Nobody else builds here."""
    raise AssertionError
