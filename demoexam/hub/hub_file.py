"""The file of a hub: how it is made, opened and copied, and what its folder must be able to do."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection, NullPool, create_engine, event

from demoexam.hub.columns import SCHEMA, hub_indexes
from demoexam.hub.errors import CloudFolder, HubExists, HubMissing
from demoexam.models.base import new_id
from demoexam.store import capture
from demoexam.store.schema import CURRENT, migrate, version_of

BUSY_SECONDS: Final = 5.0  # one wait of SQLite itself
CACHE: Final = "cache_size = -65536"  # a push that outgrows it would shut readers out early
CLOUDS: Final = {
    "onedrive": "OneDrive", "yandexdisk": "Яндекс Диск", "yandex.disk": "Яндекс Диск",
    "яндекс.диск": "Яндекс Диск", "dropbox": "Dropbox", "google drive": "Google Drive",
    "googledrive": "Google Drive", "icloud": "iCloud", "облако mail": "Облако Mail.ru",
    "nextcloud": "Nextcloud",
}  # fmt: skip
LEDGER: Final = """
CREATE TABLE sync_hub (one INTEGER PRIMARY KEY CHECK (one = 1), rev INTEGER NOT NULL,
    hub_id TEXT NOT NULL, schema INTEGER NOT NULL, min_client INTEGER NOT NULL,
    purged INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE sync_commit (rev INTEGER PRIMARY KEY, batch TEXT NOT NULL UNIQUE,
    client TEXT NOT NULL, usr TEXT NOT NULL, at TEXT NOT NULL, n INTEGER NOT NULL) STRICT;
CREATE TABLE sync_client (client TEXT PRIMARY KEY, usr TEXT NOT NULL,
    cursor INTEGER NOT NULL, seen_at TEXT NOT NULL) STRICT
"""


def create(path: Path) -> None:
    """A new empty hub file. Refuses to replace a file, or a folder that a cloud synchronises."""
    from demoexam.store.schema import drop_generated, upgrade
    from demoexam.store.search import install

    refuse_cloud(path)
    if path.exists():
        raise HubExists(name=path.name)
    if not path.parent.is_dir():
        raise HubMissing(name=path.parent)
    draft = path.with_name(f"{path.name}.{new_id()}.part")
    engine = create_engine(f"sqlite:///{draft.as_posix()}", poolclass=NullPool)
    event.listen(engine, "connect", lambda raw, _: setattr(raw, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    upgrade(engine, draft)
    with engine.begin() as connection:
        drop_generated(connection)  # no capture here; what came is written as it is
        install(connection)
        for statement in LEDGER.split(";"):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(
            "INSERT INTO sync_hub (one, rev, hub_id, schema, min_client) VALUES (1, 0, ?, ?, ?)",
            (new_id(), SCHEMA, SCHEMA),
        )
        add_indexes(connection)
    engine.dispose()
    with closing(sqlite3.connect(draft)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    try:
        path.touch(exist_ok=False)  # somebody may have been quicker: his hub is not replaced
    except FileExistsError as error:
        draft.unlink()
        raise HubExists(name=path.name) from error
    draft.replace(path)


def add_indexes(connection: Connection) -> None:
    for name, table, columns in hub_indexes():
        connection.exec_driver_sql(f'CREATE INDEX IF NOT EXISTS {name} ON "{table}" ({columns})')


def refuse_cloud(path: Path) -> None:
    """A folder that a cloud client copies behind SQLite's back damages the file."""
    for part in path.absolute().parent.parts:
        for sign, service in CLOUDS.items():
            if part.casefold().startswith(sign):
                raise CloudFolder(name=part, service=service)


def make_store(path: Path) -> None:
    """Turn the copy of a hub into a store: no ledger, no index by rev, capture on.

    A hub may lack a migration that changed nothing of what travels; a store lacks none.
    """
    finish = capture.install if version_of(path) == CURRENT else migrate
    engine = create_engine(f"sqlite:///{path.as_posix()}", poolclass=NullPool)
    with engine.begin() as connection:
        for name in ("sync_hub", "sync_commit", "sync_client"):
            connection.exec_driver_sql(f"DROP TABLE {name}")
        for name, _, _ in hub_indexes():
            connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")
        finish(connection)
    engine.dispose()


def open_raw(path: Path, *, timeout: float) -> sqlite3.Connection:
    """A connection that a network share can bear; never makes a file."""
    uri = f"{sqlite_uri(path.absolute())}?mode=rw"
    connection = sqlite3.connect(
        uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in ("synchronous = FULL", "mmap_size = 0", "cell_size_check = ON", CACHE):
            connection.execute(f"PRAGMA {pragma}")
        mode = connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()[0]
    except sqlite3.Error:
        connection.close()
        raise
    if mode != "truncate":
        connection.close()
        raise sqlite3.OperationalError(f"database is locked: journal_mode {mode}")
    return connection


def sqlite_uri(path: PurePath) -> str:
    """The address SQLite wants; of `//server/folder` it would take the server for a host."""
    posix = quote(path.as_posix(), safe="/:")
    return (
        f"file:{'//' if posix.startswith('//') else '' if posix.startswith('/') else '///'}{posix}"
    )


def locks_work(path: Path, holds: Callable[[Path], bool]) -> bool:
    """Whether another process is kept out while this one writes (`holds` tries from there)."""
    with closing(open_raw(path, timeout=BUSY_SECONDS)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        kept_out = not holds(path)
        connection.execute("ROLLBACK")
    return kept_out
