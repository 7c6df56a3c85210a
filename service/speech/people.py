"""People's recordings: files of many kinds, brought to the same sound as all others.

They are a speaker like the others: its voices are the files.
"""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np

from service.speech.sound import Sound, SoundError, decoded
from service.speech.speakers import NotSpoken

SLOWER: Final = "0.75"  # of the speed somebody read at, where they did not read it slowly too
LARGEST: Final = 50 * 1024 * 1024  # bytes
_WITH_AV: Final = frozenset({".m4a", ".mp4", ".aac", ".3gp", ".amr", ".webm", ".wma", ".opus"})


class Reader:
    """People who read aloud.  A voice is `path#hash` of a file below `root`, after `~` if it is to be slowed down."""

    version: Final = f"1 atempo {SLOWER}"
    online: Final = False

    def __init__(self, root: Path) -> None:
        self._root = root

    def missing(self) -> str:
        """Recordings are files: nothing to install, but for some kinds of them."""
        return ""

    def voices(self) -> dict[str, str]:
        """None before somebody has read something aloud."""
        return {}

    def fault(self, voice: str) -> str:  # noqa: ARG002 - part of the Protocol
        """Each file is judged by its sound."""
        return ""

    def speak(self, text: str, voice: str, *, slow: bool) -> Sound:  # noqa: ARG002 - part of the Protocol
        """The sound of a file; `text` is what was read, and stands in it already."""
        path = self._root / voice.removeprefix("~").rpartition("#")[0]
        try:
            if path.stat().st_size > LARGEST:
                raise NotSpoken(f"{path.name} is larger than {LARGEST >> 20} MB")
            content = path.read_bytes()
        except OSError as error:
            raise NotSpoken(f"{path.name} cannot be read: {error.strerror}") from error
        try:
            sound = by_av(path) if path.suffix.lower() in _WITH_AV else decoded(content)
            return by_av(path, SLOWER) if slow and voice.startswith("~") else sound
        except SoundError as error:
            raise NotSpoken(f"{path.name} {error}") from error

    def close(self) -> None:
        """Nothing was started."""


def voice_of(path: Path, root: Path, *, slowed: bool = False) -> str:
    """The voice that is a file below `root`: with its bytes' hash, so that a new take is made anew."""
    try:
        content = path.read_bytes()
    except OSError:
        content = b""  # `speak` will say so
    return f"{'~' if slowed else ''}{path.relative_to(root).as_posix()}#{sha256(content).hexdigest()[:16]}"


def can_slow() -> bool:
    """Whether a recording can be slowed down here."""
    return find_spec("av") is not None


def by_av(path: Path, tempo: str = "1.0") -> Sound:
    """What libsndfile cannot read (m4a of a phone), or with another tempo at the same pitch.  Raises SoundError."""
    try:
        import av  # noqa: PLC0415 - an extra of 100 MB that few need
        from av.filter import Graph  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise SoundError("needs a package to be read: pip install av, or save it as WAV") from error
    try:
        with av.open(str(path)) as file:
            if not file.streams.audio:
                raise SoundError("holds no sound")
            stream = file.streams.audio[0]
            graph = Graph()
            nodes = (
                graph.add_abuffer(template=stream),
                graph.add("aformat", "sample_fmts=flt:channel_layouts=mono"),
                graph.add("atempo", tempo),
                graph.add("abuffersink"),
            )
            graph.link_nodes(*nodes).configure()
            pieces = []
            for frame in (*file.decode(stream), None):
                graph.push(frame)
                while True:
                    try:
                        pieces.append(graph.pull().to_ndarray().reshape(-1))
                    except (av.BlockingIOError, av.EOFError):
                        break
            rate = stream.rate
    except (av.FFmpegError, ValueError) as error:
        raise SoundError("is no sound that can be read") from error
    if not pieces:
        raise SoundError("holds no sound")
    return Sound(np.concatenate(pieces).astype(np.float32), int(rate))
