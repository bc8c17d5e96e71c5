"""The first exchange with PostgreSQL: every table in one stream, straight into a new store file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from demoexam.hub.columns import Form, forms
from demoexam.hub.postgres_hub import kinds
from demoexam.progress import Progress
from demoexam.store.schema import drop_generated, install_generated, upgrade
from demoexam.store.store import Store

QUICK = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "foreign_keys = OFF",
)  # a draft: a crash loses it


def fill_store(path: Path, hub: Connection, progress: Progress) -> None:
    """A new store at `path` with all that the hub's transaction shows. Foreign keys are not asked:
    what a row names may be hidden from this user."""
    store = Store(path)
    upgrade(store.engine, path)
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        for pragma in QUICK:
            driver.execute(f"PRAGMA {pragma}")
        with connection.begin():
            drop_generated(connection)
            indexes = _drop_indexes(connection)
            for form in progress.each(forms()):
                marks = ", ".join("?" * (len(form.columns) + 1))
                insert = f'INSERT INTO "{form.name}" ({form.quoted}, rev) VALUES ({marks})'
                driver.executemany(insert, _rows(hub, form))
            for sql in indexes:
                connection.exec_driver_sql(sql)
            install_generated(connection)
        driver.execute("PRAGMA journal_mode = WAL")
    store.close()


def _rows(hub: Connection, form: Form) -> Iterator[tuple[Any, ...]]:
    driver: Any = hub.connection.driver_connection
    select = f'COPY (SELECT {form.quoted}, rev FROM "{form.name}") TO STDOUT (FORMAT BINARY)'
    with driver.cursor() as cursor, cursor.copy(select) as copy:
        copy.set_types(["int8" if kind == "bigint" else kind for kind in [*kinds(form), "bigint"]])
        yield from copy.rows()


def _drop_indexes(connection: Connection) -> list[str]:
    """Built again at the end, at once: the texts that do it."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    found = connection.exec_driver_sql(query).all()
    for name, _ in found:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]
