"""What can befall a server: it is down, or it ends our connections."""

from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import text

from service.memory import Memory, MemoryFailed, Remembered, Turn, open_memory
from service.memory.stores import open_store
from tests.memory.conftest import NUMBER, SECRET
from tests.memory.steps import Step
from tests.memory.trouble import locked
from tests.postgresql import free_port


def test_others_do_not_wait_for_that_person_on_postgresql(emptied: str, remembering: Callable[[str], Memory]) -> None:
    memory = remembering(emptied)
    with locked(emptied):
        assert memory.turn("+15005550001", "SM1", Step("es")) == Turn("es")
        memory.ready()


def test_nobody_waits_longer_than_3_seconds_for_postgresql(emptied: str) -> None:
    engine = open_store(emptied)
    with engine.begin() as connection:
        assert connection.scalar(text("SHOW lock_timeout")) == "3s"
        assert connection.scalar(text("SHOW statement_timeout")) == "3s"
        assert connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == "3s"
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        parameters = driver.info.get_parameters()
        assert (parameters["connect_timeout"], parameters["tcp_user_timeout"]) == ("3", "3000")
        assert driver.prepare_threshold is None
    assert engine.pool.timeout() == 3  # type: ignore[attr-defined]
    engine.dispose()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
def test_every_way_to_write_postgresql_means_the_driver_we_have(emptied: str, scheme: str) -> None:
    engine = open_store(emptied.replace("postgresql", scheme, 1))
    assert engine.url.drivername == "postgresql+psycopg"
    engine.dispose()


def test_a_postgresql_that_is_down_fails_without_its_password() -> None:
    port = free_port()
    with pytest.raises(MemoryFailed) as raised:
        open_memory(f"postgres://user:hunter2@127.0.0.1:{port}/oms?application_name=hunter3", SECRET)
    assert str(raised.value).startswith("the PostgreSQL store oms at 127.0.0.1 (DATABASE_URL) cannot be used: ")
    assert "refused" in str(raised.value)
    assert "hunter" not in f"{raised.value} {raised.value.__cause__}"


def test_a_postgresql_that_ended_our_connections_is_asked_again(
    emptied: str, remembering: Callable[[str], Memory]
) -> None:
    memory = remembering(emptied)
    memory.turn(NUMBER, "SM1", Step("es"))
    with psycopg.connect(emptied, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    assert memory.recall(NUMBER).path == "es"


def test_a_connection_lost_in_the_middle_of_a_turn_stores_nothing(
    emptied: str, remembering: Callable[[str], Memory]
) -> None:
    memory = remembering(emptied)

    def cut(_: Remembered) -> Turn:
        with psycopg.connect(emptied, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        return Turn("es")

    with pytest.raises(MemoryFailed):
        memory.turn(NUMBER, "SM1", cut)
    assert memory.turn(NUMBER, "SM1", Step("en")) == Turn("en")
