"""What a message can mean, and the names of the word lists that say so."""

from dataclasses import dataclass
from typing import Final

ALARM: Final = "alarm"
SELF_HARM: Final = "alarm/self-harm"
COMMANDS: Final = (
    "menu", "more", "back", "again", "people", "slower", "languages", "help", "text-me", "read-me", "thanks", "hello",
)  # fmt: skip
NAME: Final = "name"  # how a language is asked for, also in the words of all others
INNOCENT: Final = "innocent"  # what only looks like one of ours
ILLNESS: Final = "illness"  # its names: they mean the topic `about` only where nothing else is meant
AROUND: Final = (INNOCENT, "common", "alarm/timed", "minutes", "hours", "degrees", "heat", "child")
# Handled by the phone networks, as a whole message; never words of ours.  Sources: Twilio's default and
# Canadian French keywords, older and newer documentation together.
OPT_OUT: Final = frozenset(
    {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "arret", "arrete"}
)
NETWORK_HELP: Final = frozenset({"help", "info", "aide"})
RESERVED: Final = OPT_OUT | NETWORK_HELP | {"start", "unstop", "yes"}


@dataclass(frozen=True, slots=True)
class Emergency:
    """Somebody reports one.  `language` is the one it was reported in, if that is plain.

    Here as below, `shared` says that people of a likelier language may have written the same: it settles nothing.
    """

    self_harm: bool = False
    language: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key, written instead of pressed."""

    key: str


@dataclass(frozen=True, slots=True)
class Does:
    """One of COMMANDS."""

    command: str
    language: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Speaks:
    """A language asked for by name."""

    language: str


@dataclass(frozen=True, slots=True)
class Wants:
    """A topic, or a passage of one; `asked` is a language named with it, `language` the one it was written in."""

    topic: str
    passage: str = ""
    language: str | None = None
    asked: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Unsure:
    """Topics that are equally near, in the order of the library."""

    topics: tuple[str, ...]
    language: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing of ours; `language` is still told where common words show it."""

    language: str | None = None
    shared: bool = False


Meaning = Emergency | Pressed | Does | Speaks | Wants | Unsure | Unknown
