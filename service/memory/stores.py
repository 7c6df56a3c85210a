"""The two stores, SQLite and PostgreSQL, made to behave alike.

Either waits a few seconds and then says no: whoever wrote to us is waiting, and Twilio gives up after 15 seconds.
"""

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, insert, inspect, make_url, select, update
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from service.memory.failures import MemoryFailed, failures_of, name_of
from service.memory.tables import VERSION, metadata, schema

PATIENCE = 3.0  # seconds, for each of: a free connection, a new connection, a lock, a statement
CONNECTIONS = 5  # for each process; small PostgreSQL plans allow 20 in all
READING = "memory_reading"  # the execution option of transactions that write nothing
FORMS = "write sqlite:///folder/file or postgresql://user:password@host/name"
SETTING_UP = 0x6F6D732D6C696E65  # any number, as long as everybody setting up uses the same


def open_store(url: str) -> Engine:
    """Connect to a store and make its tables if it has none; raises MemoryFailed."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Not "from error": what could not be read may be part of a password.
        message = f"DATABASE_URL cannot be read; {FORMS}"
        raise MemoryFailed(message) from None
    match parsed.get_backend_name():
        case "sqlite":
            engine = _sqlite(parsed.set(drivername="sqlite+pysqlite"))
        case "postgres" | "postgresql":
            engine = _postgresql(parsed.set(drivername="postgresql+psycopg"))
        case other:
            message = f"DATABASE_URL starts with {other!r}; {FORMS}"
            raise MemoryFailed(message)
    try:
        with failures_of(engine.url), engine.begin() as connection:
            _set_up(connection)
    except MemoryFailed:
        engine.dispose()
        raise
    return engine


def hold(connection: Connection, lock: int) -> None:
    """Wait until nobody else holds this lock, and hold it to the end of the transaction."""
    # In SQLite BEGIN IMMEDIATE has already waited for everybody else.
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(lock)))


def confirm(connection: Connection) -> None:
    """Make sure that the store is ours and can be written to, by a change that changes nothing."""
    ours = update(schema).where(schema.c.version == VERSION).values(version=VERSION)
    if connection.execute(ours).rowcount != 1:
        found = ", ".join(map(str, connection.scalars(select(schema.c.version)))) or "none"
        message = (
            f"{name_of(connection.engine.url)} (DATABASE_URL) was made by another release: its version is {found}, and "
            f"this one needs {VERSION}. Use that release, or a new store: all that is lost is where texters had got to"
        )
        raise MemoryFailed(message)


def _sqlite(url: URL) -> Engine:
    in_memory = url.database in {None, "", ":memory:"}
    if not in_memory and not str(url.database).startswith("file:"):
        try:
            Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"{name_of(url)} (DATABASE_URL) cannot be used: its folder cannot be made ({error.strerror})"
            raise MemoryFailed(message) from error
    engine = create_engine(
        url,
        hide_parameters=True,
        # Each connection to ":memory:" is another database, so there is only one, and threads take turns with it.
        poolclass=QueuePool,
        pool_size=1 if in_memory else CONNECTIONS,
        max_overflow=0,
        pool_timeout=PATIENCE,
        connect_args={"timeout": PATIENCE, "check_same_thread": False},
    )
    event.listen(engine, "connect", _sqlite_connected)
    event.listen(engine, "begin", _sqlite_begins)
    return engine


def _sqlite_connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # Else Python's driver would begin transactions itself, and too late: after the first reading.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA secure_delete = ON")  # forgotten is gone from the file too
        _use_wal(cursor)
        # Commits survive the end of the process; a power cut may lose the last few and move people back a step.
        cursor.execute("PRAGMA synchronous = NORMAL")
    finally:
        cursor.close()


def _use_wal(cursor: DBAPICursor) -> None:
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # SQLite does not wait here.  Whoever is in the way is doing the same, or the next connection will: all is right
        # without it, only slower.
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:  # the other bits tell the kinds of busy apart
            raise


def _sqlite_begins(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _postgresql(url: URL) -> Engine:
    if "@" in f"{url.host}{url.database}":
        # What is left of the password would be taken for a part of the address, and shown.
        message = "DATABASE_URL: an @ inside the password must be written %40"
        raise MemoryFailed(message)
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=PATIENCE,
        connect_args={
            "connect_timeout": int(PATIENCE),
            "tcp_user_timeout": int(PATIENCE * 1000),  # else a vanished network is waited for for minutes
            "prepare_threshold": None,  # poolers such as PgBouncer mix up prepared statements
        },
    )
    event.listen(engine, "begin", _postgresql_begins)
    return engine


def _postgresql_begins(connection: Connection) -> None:
    # For this transaction only, since behind a pooler the next one may use another session.
    # The third: a process frozen in the middle of a turn must not keep its person waiting for ever.
    limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    settings = ", ".join(f"set_config('{limit}', '{PATIENCE}s', true)" for limit in limits)
    connection.exec_driver_sql(f"SELECT {settings}")


def _set_up(connection: Connection) -> None:
    hold(connection, SETTING_UP)
    name = name_of(connection.engine.url)
    there = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))
    if there and schema.name not in there:
        message = f"{name} (DATABASE_URL) has tables of somebody else: {', '.join(there)}. Give the line one of its own"
        raise MemoryFailed(message)
    metadata.create_all(connection)
    if not there:
        connection.execute(insert(schema).values(version=VERSION))
    confirm(connection)
