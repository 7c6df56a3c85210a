"""What makes speech out of words: one Protocol, and whatever is installed that keeps to it.

Ours, and any class without arguments that a package names under the entry point group `oms_line.speakers`.
"""

from functools import cache
from importlib.metadata import EntryPoints, entry_points
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Final, Protocol

from service.core.errors import LineError

if TYPE_CHECKING:
    from service.speech.sound import Sound  # a running line knows speakers by name only, and needs no numpy

GROUP: Final = "oms_line.speakers"
# Not entry points: they are there too where the line runs from a checkout that is not installed.
OURS: Final = {"gtts": "service.speech.google:GoogleSpeaker", "embedded": "service.speech.embedded:EmbeddedSpeaker"}


class NotSpoken(LineError):  # noqa: N818 - it is what it is called
    """No usable sound came.  `for_now`: the speaker is of no use any more until the next build."""

    def __init__(self, why: str, *, for_now: bool = False) -> None:
        super().__init__(why)
        self.for_now = for_now


class Speaker(Protocol):
    """Speaks one text at a time; `speak` may be called from several threads."""

    @property
    def version(self) -> str:
        """Part of every key: changes with the sound."""

    @property
    def online(self) -> bool:
        """Whether each text is a request to somebody: asked once and kept, and not for the first words of a start."""

    def missing(self) -> str:
        """Why it cannot speak on this machine at all, and what to install; "" if it can."""

    def voices(self) -> dict[str, str]:
        """A voice for each language it speaks, by BCP 47 tag: what a new language is given."""

    def fault(self, voice: str) -> str:
        """What is wrong with a voice named in languages.toml; "" if nothing is."""

    def speak(self, text: str, voice: str, *, slow: bool) -> "Sound":
        """`text` as sound.  Raises NotSpoken."""

    def close(self) -> None:
        """Stop what it started."""


def installed() -> dict[str, type[Speaker]]:
    """The classes of all speakers that are installed, by name."""
    ours = {name: resolve_name(where) for name, where in OURS.items()}
    return ours | {point.name: point.load() for point in _others()}


def named() -> frozenset[str]:
    """The names of all speakers that are installed, without loading any."""
    return frozenset((*OURS, *(point.name for point in _others())))


@cache
def _others() -> EntryPoints:
    return entry_points(group=GROUP)
