"""Steps that tests take, and what they are told on the way."""

from dataclasses import dataclass, field

from service.memory import Remembered, Turn


@dataclass(slots=True)
class Step:
    """Always gets to the same place, and keeps what it was told."""

    path: str | None
    language: str | None = None
    told: list[Remembered] = field(default_factory=list)

    def __call__(self, remembered: Remembered) -> Turn:
        self.told.append(remembered)
        return Turn(self.path, self.language)


def unexpected(_: Remembered) -> Turn:
    """A step that must not be taken."""
    message = "a repeat took a step"
    raise AssertionError(message)


def onward(remembered: Remembered) -> Turn:
    """One part further than before: en/1, en/2 ..."""
    return Turn(f"en/{int((remembered.path or 'en/0').removeprefix('en/')) + 1}")
