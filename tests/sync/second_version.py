"""Hubs and stores as programs of the second version left them: by its frozen migrations alone."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, create_engine
from sync.hand import plain
from sync.postgres import Server

from demoexam.hub import postgres_schema
from demoexam.hub.columns import Form, form, forms, hub_indexes, unknown_to
from demoexam.hub.hub import HubState, connect_hub
from demoexam.hub.hub_file import LEDGER
from demoexam.hub.postgres_hub import PostgresHub
from demoexam.models.base import dump_json, new_id
from demoexam.store import schema

SECOND = 2
EXPERTS = ("Иванов", "Петров")
Rows = Mapping[str, list[dict[str, object]]]


def second_forms() -> list[Form]:
    younger = set(unknown_to(SECOND))
    return [each for each in forms() if each not in younger]


def season() -> Rows:
    """A college with two experts."""
    college = plain("organization") | {"id": new_id(), "kind": "college", "short_name": "Колледж А"}
    experts = [plain("expert") | {"id": new_id(), "last_name": name} for name in EXPERTS]
    return {"organization": [college], "expert": experts}


def old_store(path: Path, rows: Rows, known: HubState, head: str) -> None:
    """A store that took these rows from a hub, and whose coordinator then wrote a phone number."""
    with closing(_migrated_file(path)) as raw:
        _fill(raw, rows, rev=known.rev)
        facts = {"hub_id": known.hub_id, "scope": known.scope, "cursor": known.rev, "head": head}
        raw.executemany("INSERT INTO sync_meta VALUES (?, ?)", [*facts.items()])
        raw.execute("INSERT INTO sync_head VALUES (?, ?)", (known.rev, head))
        expert = rows["expert"][0]
        base = {name: expert[name] for name in form("expert").columns}
        raw.execute(
            "INSERT INTO dirty (table_name, row_id, base, lsn, is_new) VALUES (?, ?, ?, 1, 0)",
            ("expert", expert["id"], dump_json(base)),
        )
        raw.execute("UPDATE expert SET phone = '+79990000000' WHERE id = ?", (expert["id"],))
        raw.commit()


def old_file_hub(path: Path, rows: Rows) -> str:
    """A hub in a file, at its first commit; its address."""
    with closing(_migrated_file(path)) as raw:
        raw.executescript(LEDGER)
        raw.execute(
            "INSERT INTO sync_hub (one, rev, hub_id, schema, min_client) VALUES (1, 1, ?, ?, ?)",
            (new_id(), SECOND, SECOND),
        )
        raw.execute(
            "INSERT INTO sync_commit (rev, batch, client, usr, at, n) VALUES (1, ?, '', '', ?, 3)",
            (new_id(), "2026-01-01T00:00:00.000000"),
        )
        known = {each.name for each in second_forms()}
        for name, table, columns in hub_indexes():
            if table in known:
                raw.execute(f'CREATE INDEX {name} ON "{table}" ({columns})')
        _fill(raw, rows, rev=1)
        raw.commit()
        raw.execute("PRAGMA journal_mode = DELETE")
    return f"sqlite:///{path}"


def old_server_hub(server: Server, name: str, rows: Rows) -> str:
    """A hub in a new database of the server; its address."""
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {name}")
    hub = connect_hub(server.url(name))
    assert isinstance(hub, PostgresHub)
    with hub.administering() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute(postgres_schema.ROLES)
        driver.execute("SET LOCAL ROLE demoexam_owner")
        _migrate(connection, postgres_schema.MIGRATIONS)
        for each in second_forms():
            kind = postgres_schema._kind(each.name, journal=each.journal)
            driver.execute("INSERT INTO sync_table VALUES (%s, %s)", (each.name, kind))
        driver.execute(postgres_schema.INSTALLED.read_text(encoding="utf-8"))
        driver.execute(
            "INSERT INTO sync_hub (one, rev, hub_id, schema, min_client) VALUES (1, 0, %s, %s, %s)",
            (new_id(), SECOND, SECOND),
        )
    hub.close()
    with server.connect(name) as connection, connection.transaction():
        connection.execute("SET LOCAL search_path = demoexam")
        for table, columns, values in _inserts(rows):
            marks = ", ".join(["%s"] * len(values))
            connection.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', values)
    return server.url(name)


def _migrated_file(path: Path) -> sqlite3.Connection:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        _migrate(connection, schema.MIGRATIONS)
        connection.exec_driver_sql("INSERT INTO store_state (n, applying) VALUES (1, 0)")
    engine.dispose()
    return sqlite3.connect(path)


def _migrate(connection: Connection, migrations: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, f"{SECOND:04}")


def _fill(raw: sqlite3.Connection, rows: Rows, *, rev: int) -> None:
    for table, columns, values in _inserts(rows):
        marks = ", ".join("?" * len(values))
        raw.execute(f'INSERT INTO "{table}" ({columns}, rev) VALUES ({marks}, ?)', [*values, rev])


def _inserts(rows: Rows) -> Iterator[tuple[str, str, list[object]]]:
    for table, found in rows.items():
        for row in found:
            yield table, ", ".join(f'"{name}"' for name in row), [*row.values()]
