"""The shape of the files in content/ and of languages.toml: what may stand in them."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

Name = Annotated[
    str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="small letters and digits, joined by hyphens")
]
Region = Annotated[str, Meta(pattern=r"^[A-Z]{2}$", description="two capitals, as US: ISO 3166")]
Sentence = Annotated[str, Meta(pattern=r"^[^\n]*\S[^\n]*$", description="words, on one line, in quotes")]
Confidence = Annotated[str, Meta(min_length=1)]


class PassageEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A `[[passages]]` of a topic."""

    id: Name
    urgency: Annotated[Literal["emergency", "same-day", "routine"], Meta(description="emergency, same-day or routine")]
    text: Sentence
    facts: Annotated[tuple[str, ...], Meta(min_length=1)]
    voice: Sentence | None = None
    regions: tuple[Region, ...] = ()
    when: Annotated[
        Literal["always", "reviewed", "unreviewed", "operator"],
        Meta(description="always, reviewed, unreviewed or operator"),
    ] = "always"
    note: str = ""


class TopicEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A file in content/topics/, without its passages."""

    id: Name
    order: int
    title: Sentence
    review_by: date
    title_voice: Sentence | None = None
    reviewed: date | None = None
    reviewer: str | None = None
    passages: tuple[dict[str, object], ...] = ()


class PromptEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A `[prompts.…]` of prompts.toml."""

    text: Annotated[str, Meta(min_length=1)]
    voice: Sentence | None = None
    facts: tuple[str, ...] = ()
    note: str = ""


class AlarmEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """alarm.toml."""

    text: Sentence
    voice: Sentence
    facts: Annotated[tuple[str, ...], Meta(min_length=1)]
    unknown_number: Sentence
    note: str = ""
    unknown_number_note: str = ""


class SourceEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A `[sources.…]` of sources.toml."""

    title: Sentence
    publisher: Sentence
    link: Annotated[str, Meta(pattern=r"^(https?://\S+)?$", description="an address with http(s)://, or empty")]
    date: str
    note: str = ""


class FactEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A `[facts.…]` of sources.toml."""

    statement: Sentence
    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""


class ContactEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A `[[contacts]]` of contacts.toml."""

    id: Annotated[str, Meta(pattern=r"^C\d\d[a-z]?$")]
    regions: Annotated[tuple[Annotated[str, Meta(pattern=r"^([A-Z]{2}|INTL)$")], ...], Meta(min_length=1)]
    name: Sentence
    kind: str
    source: Sentence
    source_date: str
    checked: date
    checked_how: Annotated[Literal["source", "opened", "rung"], Meta(description="source, opened or rung")]
    helps: str
    languages: str
    phone: Annotated[str, Meta(pattern=r"^\+[1-9]\d{6,14}$", description="+ and digits only: E.164")] | None = None
    dial: Annotated[str, Meta(pattern=r"^[\d \-]+$", description="digits, spaces and hyphens, in quotes")] | None = None
    sms: Annotated[str, Meta(pattern=r"^[\d \-]+$", description="digits, spaces and hyphens, in quotes")] | None = None
    web: Annotated[str, Meta(pattern=r"^https://\S+$", description="an address that begins with https://")] | None = (
        None
    )
    email: str | None = None
    hours: str | None = None
    note: str = ""


class EmergencyEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A region of emergency.toml."""

    country: str
    number: Annotated[str, Meta(pattern=r"^\d{2,5}$", description="2 to 5 digits in quotes")]
    kind: str
    confidence: Literal["verified-in-source", "secondary"]
    source: Sentence
    confirmed: bool | date
    also: tuple[Annotated[str, Meta(pattern=r"^\d{2,5}$")], ...] = ()
    note: str = ""


class PhoneEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """How a language is heard and listened to in a call."""

    voice: str | None = None  # of Twilio's <Say>
    say: str | None = None  # its language tag
    gather: str | None = None  # the tag for speech recognition
    speakers: dict[str, Sentence] = {}  # the voice of each speaker that makes recordings, by its name
    weak: tuple[str, ...] = ()  # speakers that are understood worse than Twilio's voice: asked after it


class TermEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A `[terms.…]` of lexicon.toml."""

    say: Sentence
    ipa: str = ""
    speakers: dict[str, Sentence] = {}
    note: str = ""


class TemperatureEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """The `[temperature]` of lexicon.toml."""

    celsius: Annotated[str, Meta(pattern=r"\{number\}", description="a sentence with {number}")]
    fahrenheit: Annotated[str, Meta(pattern=r"\{number\}", description="a sentence with {number}")]
    decimal: Annotated[
        str, Meta(pattern=r"\{whole\}.*\{part\}|\{part\}.*\{whole\}", description="words with {whole} and {part}")
    ]


class RecordingEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A recording in recordings.toml, under the id of its utterance."""

    file: Annotated[
        str, Meta(pattern=r"^[^/\\]+\.[A-Za-z0-9]+$", description="a file beside recordings.toml, as alarm.m4a")
    ]
    read: Annotated[
        str, Meta(pattern=r"^[0-9a-f]{12}$", description="12 hex digits: `oms-line speech record-list` tells them")
    ]
    slow: Annotated[str, Meta(pattern=r"^[^/\\]+\.[A-Za-z0-9]+$", description="a file beside recordings.toml")] = ""
    reader: str = ""
    on: date | None = None  # when it was read
    note: str = ""


class LanguageEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A `[languages.…]` of languages.toml."""

    name: Sentence
    english_name: Sentence
    plural_forms: Sentence
    parts: Annotated[int, Meta(ge=1, le=10)]
    rtl: bool = False
    full_name: str = ""
    fallbacks: tuple[str, ...] = ()
    mixed_with: tuple[str, ...] = ()
    phone: PhoneEntry = PhoneEntry()
