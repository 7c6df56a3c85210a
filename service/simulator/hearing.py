"""What a caller hears, and what a question makes of the keys a caller presses."""

from dataclasses import dataclass

from service.simulator.verbs import Gather


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that Twilio's voice read aloud; `rate` is empty at normal speed."""

    text: str
    voice: str
    language: str
    rate: str


@dataclass(frozen=True, slots=True)
class Played:
    """A recording that was played, by its absolute url."""

    url: str


@dataclass(frozen=True, slots=True)
class Dialled:
    """Somebody else the caller was connected to; that talk is over when the call goes on."""

    number: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What the caller heard until the line waited for an answer, or until the call ended."""

    said: tuple[Spoken | Played | Dialled, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What a Gather made of the keys: its digits, the key that finished them, and keys that came too late for it."""

    digits: str
    finished_on: str = ""
    rest: str = ""


def typed(gather: Gather, keys: str) -> Typed:
    """Collect keys as the Gather does; the finish key pressed first leaves no digits, which is no input."""
    for count, key in enumerate(keys):
        if key == gather.finish_on_key:
            return Typed(keys[:count], key, keys[count + 1 :])
        if count + 1 == gather.num_digits:
            return Typed(keys[: count + 1], rest=keys[count + 1 :])
    return Typed(keys)
