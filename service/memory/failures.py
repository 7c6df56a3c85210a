"""The one error of the memory, told in words an operator can act on and anybody may read.

What a database says of its troubles can hold addresses, passwords and whole rows.  Only its first line is passed on.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from service.core.errors import LineError


class MemoryFailed(LineError):  # noqa: N818 - it is what happened
    """The store cannot be used now: it is down, locked, full, read-only, damaged or not ours."""


def name_of(url: URL) -> str:
    """Name the store as an operator knows it; not by its user, nor its options, which may hold a password too."""
    if url.get_backend_name() == "sqlite":
        return f"the SQLite store {url.database or 'in memory'}"
    return f"the PostgreSQL store {url.database} at {url.host or 'its socket'}"


@contextmanager
def failures_of(url: URL) -> Iterator[None]:
    """Turn whatever the database complains of inside into MemoryFailed."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        # PostgreSQL puts the row itself into the lines after the first.
        first = next(iter(str(cause).splitlines()), type(cause).__name__)
        message = f"{name_of(url)} (DATABASE_URL) cannot be used: {first}"
        raise MemoryFailed(message) from error
