"""A hub in PostgreSQL for the state machine: copies of one empty database."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from sqlalchemy import Engine
from sync.postgres import Server

from demoexam.hub.hub import Hub, connect_hub
from demoexam.hub.postgres_hub import PostgresHub
from demoexam.hub.postgres_schema import create
from demoexam.sync.administration import grant

EMPTY = "machine_empty"
OFFICE = "office"  # sees and writes everybody's rows
_numbers = count(1)


def make_empty(server: Server) -> str:
    """A hub without reference data, in which one user sees everything; its database's name."""
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {EMPTY}")
    hub = connect_hub(server.url(EMPTY))
    assert isinstance(hub, PostgresHub)
    create(hub)
    hub.close()
    grant(server.url(EMPTY), OFFICE, "Управление", role="office", new_organization=True)
    return EMPTY


class PostgresShare:
    def __init__(self, server: Server, template: str = EMPTY, user: str = OFFICE) -> None:
        self._server, self.name = server, f"machine_{next(_numbers)}"
        self._copies: list[str] = []
        self._make(self.name, template)
        url = server.url(self.name, user, options="-c lock_timeout=50ms")
        self.hub: Hub = connect_hub(url)
        self.engine: Engine = self.hub._engine

    def copy(self) -> str:
        self.hub.close()  # a template nobody is connected to; the next exchange connects anew
        name = f"{self.name}_{len(self._copies)}"
        self._make(name, self.name)
        self._copies.append(name)
        return name

    def put_back(self, copy: str) -> None:
        self._drop(self.name)
        self._make(self.name, copy)

    @contextmanager
    def out_of_order(self) -> Iterator[None]:
        """Somebody has the only lock and does not give it back."""
        with self._server.connect(self.name) as other:
            other.execute("BEGIN")
            other.execute("SELECT rev FROM sync_hub FOR UPDATE")
            yield
            other.execute("ROLLBACK")

    def close(self) -> None:
        self.hub.close()
        for name in (self.name, *self._copies):
            self._drop(name)

    def _make(self, name: str, template: str) -> None:
        with self._server.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")

    def _drop(self, name: str) -> None:
        with self._server.connect() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
