"""The shared stores of the tests of faults: they are saved, put back and looked into."""

import shutil
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from demoexam.hub import hub_file
from demoexam.hub.hub import Hub, connect_hub
from demoexam.hub.sqlite_hub import SqliteHub
from demoexam.sync.administration import create_hub, grant

FILES = ("", "-wal", "-shm", "-journal")


class FileHub:
    """A hub that is a file."""

    def __init__(self, folder: Path, *, patience: float = 20.0) -> None:
        self.path, self.patience = folder / "hub.db", patience

    def create(self) -> None:
        hub_file.create(self.path)

    def connect(self) -> Hub:
        return SqliteHub(self.path, patience=self.patience)

    def save(self, folder: Path) -> None:
        put_files(self.path, folder)

    def restore(self, folder: Path) -> None:
        put_files(folder / self.path.name, self.path.parent)

    def administer(self, sqlite: str, postgres: str) -> None:
        """What an administrator does there by hand."""
        del postgres
        with closing(sqlite3.connect(self.path)) as raw, raw:
            raw.execute(sqlite)

    def sound(self) -> bool:
        return whole(self.path) and _counted(self)


class ServerHub:
    """A hub in PostgreSQL: a database of its own, copied and put back as such."""

    OFFICE = "faults_office"  # sees and writes everybody's rows
    _names = count(1)

    def __init__(self, server: Any) -> None:  # sync.postgres.Server
        self.server, self.name = server, f"faults_{next(self._names)}"

    def create(self) -> None:
        self._sql(f"CREATE DATABASE {self.name}")
        address = self.server.url(self.name)
        create_hub(address)
        grant(address, self.OFFICE, "Управление", role="office", new_organization=True)

    def connect(self) -> Hub:
        return connect_hub(self.server.url(self.name, self.OFFICE))

    def save(self, folder: Path) -> None:
        copy = f"copy_{next(self._names)}"
        self._sql(f"CREATE DATABASE {copy} TEMPLATE {self.name}")
        (folder / "database").write_text(copy, encoding="utf-8")

    def restore(self, folder: Path) -> None:
        copy = (folder / "database").read_text(encoding="utf-8")
        self._sql(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._sql(f"CREATE DATABASE {self.name} TEMPLATE {copy}")

    def administer(self, sqlite: str, postgres: str) -> None:
        del sqlite
        with self.server.connect(self.name) as connection:
            connection.execute(postgres)

    def sound(self) -> bool:
        return _counted(self)

    def _sql(self, statement: str) -> None:
        with self.server.connect() as connection:
            connection.execute(statement)


def _counted(shared: Any) -> bool:
    """The ledger has a line for every commit, and no line twice."""
    with closing(shared.connect()) as hub, hub.reading() as far:
        lines = far.exec_driver_sql("SELECT count(*), max(rev) FROM sync_commit").one()
        rev = hub.state(far).rev
    return tuple(lines) == (rev, rev)


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as raw:
        links = raw.execute("PRAGMA foreign_key_check").fetchone()
        return raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and links is None


def put_files(source: Path, folder: Path) -> None:
    """The database and what SQLite keeps beside it, in place of what is in `folder`."""
    for suffix in FILES:
        target = folder / (source.name + suffix)
        target.unlink(missing_ok=True)
        if source.with_name(source.name + suffix).exists():
            shutil.copyfile(source.with_name(source.name + suffix), target)
