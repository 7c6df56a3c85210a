"""The tables.  All times are UTC, and all that names a person, a message or a call is a hash."""

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Dialect, Index, Integer, MetaData, String, Table
from sqlalchemy.types import TypeDecorator

VERSION = 1  # raise it with every change below: a store of another version is refused, not guessed at
HASH = 32


class Moment(TypeDecorator[datetime]):
    """A time, kept as UTC without saying so, since SQLite cannot keep a time zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Make an aware time UTC."""
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Say again that it is UTC."""
        return value and value.replace(tzinfo=UTC)


metadata = MetaData()

schema = Table("schema", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

people = Table(
    "people",
    metadata,
    Column("person", String(HASH), primary_key=True),
    Column("path", String),
    Column("language", String),
    Column("wrote", Moment),  # their last message; a call does not keep a place alive
    Column("answered", Moment),  # our last answer
    Column("met", Moment, nullable=False, index=True),  # the last contact of any kind
)
# Only the few places still kept are in it, so that looking for those to forget costs nothing.
with_a_path = people.c.path.is_not(None)
Index("people_with_a_path", people.c.wrote, sqlite_where=with_a_path, postgresql_where=with_a_path)

turns = Table(
    "turns",
    metadata,
    Column("message", String(HASH), primary_key=True),
    Column("person", String(HASH), nullable=False),
    Column("path", String),
    Column("language", String),
    Column("at", Moment, nullable=False, index=True),
    Index("turns_of_a_person", "person", "at"),
)

texts = Table(
    "texts",
    metadata,
    Column("call", String(HASH), primary_key=True),
    Column("person", String(HASH), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Index("texts_of_a_person", "person", "at"),
)
