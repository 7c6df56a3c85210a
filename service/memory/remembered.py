"""What is remembered of a person, what came of a message, and for how long either is kept."""

from dataclasses import dataclass
from datetime import timedelta

# Somebody who writes again the next day means something new, not the next part of yesterday's topic.
PATH_KEPT = timedelta(hours=4)
PERSON_KEPT = timedelta(days=180)
# Twilio gives up repeating a webhook long before.
TURN_KEPT = timedelta(hours=24)
# What counts is the day a text was sent and the call it was sent for, and no call is longer than a day.
TEXT_KEPT = timedelta(days=2)
# Long enough to see two machines answering each other.
REPLIES_COUNTED = timedelta(minutes=5)
TEXTS_A_DAY = 5


@dataclass(frozen=True, slots=True)
class Remembered:
    """What we still know of a person when they write or call."""

    path: str | None = None
    """Where a texter had got to; forgotten 4 hours after their last message."""
    language: str | None = None
    """The language a person chose; forgotten after 180 days without contact."""
    known: bool = False
    """Somebody we have answered before, within 180 days."""
    replies: int = 0
    """Replies given to this person's messages within the last 5 minutes."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of one message."""

    path: str | None
    """The place whose reply is due; None: silence is due, and the person stays where they are."""
    language: str | None = None
    """A language to remember from now on; None leaves it as it is."""
