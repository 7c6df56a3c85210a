"""What somebody can review in a language, and what becomes of it when they have."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from service.files.catalogs import Status
from service.files.library import Shelf
from service.files.reviews import Kind, Review, digest

REACHED: dict[Kind, Status] = {"language": Status.LANGUAGE_REVIEWED, "medical": Status.MEDICALLY_REVIEWED}


@dataclass(frozen=True, slots=True)
class Pair:
    """A message, its English and its translation."""

    id: str
    english: str
    translated: str
    status: Status

    def reviewed(self, kind: Kind, reviewer: str, day: date) -> Review:
        """The row that says that `reviewer` found it right."""
        return Review(self.id, digest(self.english), digest(self.translated), kind, reviewer, day.isoformat())


def pairs(shelf: Shelf, language: str, wanted: Collection[str] = ()) -> Iterator[Pair]:
    """The messages of a language that are translated, in the order of a conversation.

    `wanted` are ids, topics (`urgent`) or catalogs (`messages`); all texts without any.  Word lists only by name.
    """
    for message in shelf.messages:
        found = shelf.translations[language].get(message.id)
        topic = message.id.partition("/")[0]
        chosen = {message.id, topic, message.catalog} & {*wanted} if wanted else message.catalog != "words"
        if found is not None and chosen:
            yield Pair(message.id, message.text, found.text, found.status)


def to_review(found: Collection[Pair], kind: Kind) -> list[Pair]:
    """Those of them that a person has cleared, and that nobody has reviewed so yet."""
    return [pair for pair in found if Status.TRANSLATED <= pair.status < REACHED[kind]]
