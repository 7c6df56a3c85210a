"""What TwiML can ask for, read and checked: the words of Twilio's own documentation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Say:
    """Words to read aloud.  `voice` is empty for the account's own; `rate` is empty for normal speed."""

    text: str
    voice: str
    language: str
    rate: str


@dataclass(frozen=True, slots=True)
class Play:
    """A recording, by its absolute or relative url."""

    url: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence, in seconds."""

    length: int


Prompt = Say | Play | Pause


@dataclass(frozen=True, slots=True)
class Gather:
    """A question to the caller; the defaults are Twilio's.  An empty action is the current document's url."""

    prompts: tuple[Prompt, ...] = ()
    action: str = ""
    method: str = "POST"
    dtmf: bool = True
    speech: bool = False
    timeout: int = 5
    num_digits: int | None = None
    finish_on_key: str = "#"
    action_on_empty_result: bool = False
    language: str = "en-US"
    hints: tuple[str, ...] = ()
    speech_timeout: str = "5"
    speech_model: str = ""


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go on with another document."""

    url: str
    method: str


@dataclass(frozen=True, slots=True)
class Hangup:
    """The end of the call."""


@dataclass(frozen=True, slots=True)
class Dial:
    """Connect the caller to a number; an empty action goes on with the next verb afterwards."""

    number: str
    action: str = ""
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Reject:
    """Do not take the call at all."""

    reason: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the sender, with the urls of what is attached to it."""

    body: str
    media: tuple[str, ...]


Verb = Say | Play | Pause | Gather | Redirect | Hangup | Dial | Reject
