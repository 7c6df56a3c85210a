"""One person's row: read as what is remembered of them, and written at every contact."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from service.memory.remembered import PATH_KEPT, PERSON_KEPT, REPLIES_COUNTED, Remembered
from service.memory.tables import people, turns


def remember(connection: Connection, person: str, now: datetime) -> Remembered:
    """Whatever is not yet forgotten, whether or not it has been purged."""
    row = connection.execute(
        select(people).where(people.c.person == person, people.c.met > now - PERSON_KEPT),
    ).one_or_none()
    replies = connection.scalar(
        select(func.count())
        .select_from(turns)
        .where(turns.c.person == person, turns.c.at > now - REPLIES_COUNTED, turns.c.path.is_not(None)),
    )
    if row is None:
        return Remembered(replies=replies or 0)
    return Remembered(
        path=row.path if row.wrote is not None and row.wrote > now - PATH_KEPT else None,
        language=row.language,
        known=row.answered is not None and row.answered > now - PERSON_KEPT,
        replies=replies or 0,
    )


def meet(connection: Connection, person: str, now: datetime, **changes: str | datetime | None) -> None:
    """Note a contact, and what changes with it; somebody forgotten but not yet purged starts anew."""
    row = people.c.person == person
    met = connection.execute(update(people).where(row, people.c.met > now - PERSON_KEPT).values(met=now, **changes))
    if not met.rowcount:
        connection.execute(delete(people).where(row))
        connection.execute(insert(people).values(person=person, met=now, **changes))
