"""What is forgotten is deleted, not only passed over."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, update

from service.memory.remembered import PATH_KEPT, PERSON_KEPT, TEXT_KEPT, TURN_KEPT
from service.memory.tables import people, texts, turns

PURGED_EVERY = timedelta(minutes=1)
PURGING = 0x6F6D732D70757267  # the lock: any number, as long as everybody purging uses the same


def purge(connection: Connection, now: datetime) -> None:
    """Delete all that is past its time, each by an index."""
    connection.execute(delete(turns).where(turns.c.at <= now - TURN_KEPT))
    connection.execute(delete(texts).where(texts.c.at <= now - TEXT_KEPT))
    connection.execute(delete(people).where(people.c.met <= now - PERSON_KEPT))
    old = people.c.path.is_not(None) & (people.c.wrote <= now - PATH_KEPT)
    connection.execute(update(people).where(old).values(path=None))
