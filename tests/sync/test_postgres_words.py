"""What is said when the server cannot be reached or used, and what it says by itself."""

from contextlib import suppress
from queue import Empty, Queue
from threading import Thread

import psycopg
import pytest
from sync.hub_rows import filled, hub_of, rows, write
from sync.postgres import HubDatabase, Server, running, wheel_binaries

from demoexam.errors import UserError
from demoexam.hub.columns import form
from demoexam.hub.errors import (
    BadCertificate,
    HubBusy,
    HubMissing,
    HubUnreachable,
    NoRight,
    NotAHub,
    WrongPassword,
)
from demoexam.hub.hub import connect_hub
from demoexam.hub.listening import Listening
from demoexam.hub.postgres_hub import PostgresHub
from demoexam.models.base import new_id


def reason(url: str) -> UserError:
    with pytest.raises(UserError) as refused, connect_hub(url).reading():
        pass
    return refused.value


def test_each_failure_to_connect_has_its_words(postgres_hub: HubDatabase) -> None:
    server = postgres_hub.server
    assert isinstance(reason(server.url("нет_такой")), HubMissing)
    assert isinstance(reason(server.url(postgres_hub.name, "никто")), WrongPassword)
    assert isinstance(reason("postgresql://u@localhost:1/hub"), HubUnreachable)
    assert isinstance(
        reason("postgresql://u@нет-такого.invalid/hub?sslmode=prefer"), HubUnreachable
    )
    hub = connect_hub(server.url("postgres"))
    with pytest.raises(NotAHub), hub.reading() as connection:
        hub.state(connection)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ('FATAL:  password authentication failed for user "anna"', WrongPassword),
        ("fe_sendauth: no password supplied", WrongPassword),
        ('ВАЖНО:  пользователь "anna" не прошёл проверку подлинности (по паролю)', WrongPassword),
        ('FATAL:  role "anna" does not exist', WrongPassword),
        ("SSL error: certificate verify failed", BadCertificate),
        ("server does not support SSL, but SSL was required", BadCertificate),
        ('no pg_hba.conf entry for host "10.0.0.5", user "anna", database "hub"', NoRight),
        ('FATAL:  database "hub" does not exist', HubMissing),
        ('ВАЖНО:  база данных "hub" не существует', HubMissing),
        ("FATAL:  sorry, too many clients already", HubBusy),
        ("FATAL:  the database system is starting up", HubBusy),
        ("connection timeout expired", HubUnreachable),
        ("SSL connection has been closed unexpectedly", HubUnreachable),
    ],
)
def test_servers_speak_two_languages(words: str, kind: type[UserError]) -> None:
    hub = connect_hub("postgresql://anna@hub.example/hub")
    assert isinstance(hub, PostgresHub)
    told = hub.told(psycopg.OperationalError(words))
    assert isinstance(told, kind)
    assert str(told)
    assert isinstance(told, UserError)
    assert told.hint


def test_a_broken_connection_is_told_and_leaves_nothing(postgres_hub: HubDatabase) -> None:
    hub, before = hub_of(postgres_hub), rows(hub_of(postgres_hub), "cluster")
    with pytest.raises(HubUnreachable), hub.writing() as connection:
        rev = hub.open_commit(connection, new_id(), "", 1)
        hub.upsert(connection, form("cluster"), [filled("cluster", name="Запад")], rev)
        with postgres_hub.sql() as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'demoexam'"
            )
        hub.apply_rules(connection, rev, "")
    assert rows(hub, "cluster") == before
    assert write(hub, "cluster", filled("cluster", name="Восток")) == rev


def test_a_reader_is_told_that_he_may_not_write(postgres_hub: HubDatabase) -> None:
    hub = hub_of(postgres_hub, "rita")
    with hub.reading() as connection:
        state = hub.state(connection)
    assert state.organization == postgres_hub.organizations["anna"]
    with pytest.raises(NoRight), hub.writing():
        pass


def test_a_hub_held_by_another_is_busy(postgres_hub: HubDatabase) -> None:
    url = postgres_hub.url("anna") + "&options=-c lock_timeout%3D100"
    hub = hub_of(postgres_hub)
    with hub.writing(), pytest.raises(HubBusy), connect_hub(url).writing():
        pass


def test_writers_wait_for_each_other_and_readers_do_not(postgres_hub: HubDatabase) -> None:
    hub, other = hub_of(postgres_hub), hub_of(postgres_hub, "olga")
    seen: Queue[int] = Queue()

    def write_too() -> None:
        seen.put(write(other, "cluster", filled("cluster", name="Восток")))

    waiting = Thread(target=write_too)
    with hub.writing() as connection:
        rev = hub.open_commit(connection, new_id(), "", 0)
        waiting.start()
        with other.reading() as reading:
            assert other.state(reading).rev == rev - 1
        assert seen.empty()
    waiting.join()
    assert seen.get() == rev + 1


def test_a_program_error_stays_one(postgres_hub: HubDatabase) -> None:
    with pytest.raises(ZeroDivisionError), hub_of(postgres_hub).reading():
        _ = 1 / 0


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        ("postgresql://u@hub.example/d", "verify-full"),
        ("postgresql://u@hub.example/d?sslmode=require", "require"),
        ("postgresql://u@10.0.0.5/d", "verify-full"),
        ("postgresql://u@localhost/d", "prefer"),
        ("postgresql://u@/d?host=/run/postgresql", "prefer"),
        ("postgresql://u@/d?host=hub.example", "verify-full"),
    ],
)
def test_a_remote_server_must_prove_itself(url: str, mode: str) -> None:
    hub = connect_hub(url, password="тайна")  # noqa: S106
    assert isinstance(hub, PostgresHub)
    assert hub.address.query["sslmode"] == mode
    assert "тайна" not in hub.url


# -- listening ------------------------------------------------------------------------------------


def test_commits_are_heard_of_at_once_and_after_a_break() -> None:
    """The server goes down in between; the listener comes back by itself and says so by a 0."""
    heard: Queue[int] = Queue()
    with running(wheel_binaries()) as server:
        hub = connect_hub(server.url("postgres"))
        assert isinstance(hub, PostgresHub)
        listening = Listening(hub, heard.put)
        listening.start()
        _notify_until_heard(server, heard, 7)
        server.stop()
        server.start()
        assert heard.get(timeout=10) == 0
        _notify_until_heard(server, heard, 8)
        listening.stop()
        assert not listening._thread.is_alive()


def _notify_until_heard(server: Server, heard: "Queue[int]", number: int) -> None:
    """Listening begins a moment after `start`."""
    with server.connect() as connection:
        for _ in range(100):
            connection.execute(f"NOTIFY demoexam_hub, '{number}'")
            with suppress(Empty):
                while heard.get(timeout=0.1) != number:
                    pass
                return
    raise AssertionError(number)


def test_a_push_is_told_to_all(postgres_hub: HubDatabase) -> None:
    hub = hub_of(postgres_hub)
    with postgres_hub.sql("boris") as boris:
        boris.execute("LISTEN demoexam_hub")
        rev = write(hub, "cluster", filled("cluster", name="Запад"))
        heard = [notice.payload for notice in boris.notifies(timeout=5, stop_after=1)]
    assert heard == [str(rev)]
