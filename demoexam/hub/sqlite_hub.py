"""A hub that is a file on a network share: shaped like a store, written under SQLite's own lock."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError

from demoexam.errors import UserError
from demoexam.hub import cross_rules
from demoexam.hub.columns import ERASURE, Form, Row
from demoexam.hub.errors import (
    HubBusy,
    HubDamaged,
    HubFull,
    HubMissing,
    HubNotWritten,
    HubReadOnly,
    NotAHub,
    ProgramTooOld,
    SyncRefused,
)
from demoexam.hub.hub import Hub, HubState, utc_now
from demoexam.hub.hub_file import BUSY_SECONDS, make_store, open_raw, refuse_cloud
from demoexam.progress import Progress
from demoexam.store.backup import verified_copy
from demoexam.store.erasing import scrub
from demoexam.store.schema import NewerStore, version_of

Result = TypeVar("Result")
MEANWHILE_SECONDS: Final = 1.5
PATIENCE: Final = 120.0  # seconds of waiting in all: SQLite's queue is not fair
COPIES_KEPT: Final = 14
REFUSED: Final = "запись не полна или нарушает порядок общего хранилища"
SIGNS: Final[dict[type[SyncRefused], tuple[str, ...]]] = {  # in the words of SQLite
    HubReadOnly: ("readonly", "unable to open"),  # no journal can be made in a closed folder
    HubFull: ("is full",),
    HubNotWritten: ("disk i/o",),
    HubDamaged: ("malformed", "vtable constructor", "corrupt"),
    NotAHub: ("no such table: sync_", "not a database"),
}


class SqliteHub(Hub):
    """No WAL (it needs shared memory), no ANALYZE (its statistics mislead the planner here).

    A missing file is never created: an empty hub would look as if everything had been deleted.
    """

    def __init__(self, path: Path, *, patience: float = PATIENCE) -> None:
        self.path, self.patience = path, patience
        network = path.as_posix().startswith("//")  # //server/folder is written /server/folder
        self.url = f"sqlite:///{path.as_posix()[network:]}"
        refuse_cloud(path)
        self._wait = min(BUSY_SECONDS, patience)
        self._engine = _engine(path, timeout=self._wait)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._open() as connection:
            self._patiently(connection.exec_driver_sql, "BEGIN")
            yield connection
            connection.exec_driver_sql("COMMIT")

    @contextmanager
    def writing(self, meanwhile: Callable[[], object] | None = None) -> Iterator[Connection]:
        with self._open() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 0")  # the queue is `_patiently`'s
            self._patiently(connection.exec_driver_sql, "BEGIN IMMEDIATE", meanwhile=meanwhile)
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(self._wait * 1000)}")
            yield connection
            self._patiently(connection.exec_driver_sql, "COMMIT")  # waits for readers

    def state(self, connection: Connection) -> HubState:
        query = "SELECT rev, hub_id, schema, min_client, purged FROM sync_hub"
        return HubState(*self._patiently(connection.exec_driver_sql, query).one())

    def open_commit(self, connection: Connection, batch: str, client: str, count: int) -> int:
        counted = "UPDATE sync_hub SET rev = rev + 1 RETURNING rev"
        rev = int(connection.exec_driver_sql(counted).scalar_one())
        connection.exec_driver_sql(
            "INSERT INTO sync_commit (rev, batch, client, usr, at, n) VALUES (?, ?, ?, ?, ?, ?)",
            (rev, batch, client, _user(), utc_now(), count),
        )
        connection.exec_driver_sql(
            "INSERT INTO sync_client (client, usr, cursor, seen_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (client) DO UPDATE SET usr = excluded.usr, cursor = excluded.cursor,"
            " seen_at = excluded.seen_at",
            (client, _user(), rev - 1, utc_now()),
        )
        return rev

    def upsert(self, connection: Connection, form: Form, rows: Sequence[Row], rev: int) -> None:
        connection.exec_driver_sql(form.upsert, [(*row, rev) for row in rows])
        if form.name == ERASURE:
            for facts in map(form.image, rows):
                scrub(connection, str(facts["table_name"]), str(facts["row_id"]))

    def apply_rules(self, connection: Connection, rev: int, client: str) -> bool:
        return cross_rules.apply(connection, rev, client)

    def refusal(self, error: Exception) -> str | None:
        return REFUSED if isinstance(error, IntegrityError) else None

    def copy_to(self, path: Path, progress: Progress) -> HubState:
        """A page by page copy: the hub has the shape of a store."""
        del progress
        try:
            version_of(self.path)
        except NewerStore as error:
            raise ProgramTooOld from error
        with self.reading() as connection, closing(sqlite3.connect(path)) as copy:
            state = self.state(connection)
            source: Any = connection.connection.driver_connection
            source.backup(copy)
        make_store(path)
        return state

    def keep_copy(self) -> None:
        """The first of a day leaves a checked copy beside the hub; the oldest beyond 14 go."""
        folder = self.path.parent / "hub-backups"
        target = folder / f"{self.path.stem}-{date.today():%Y-%m-%d}.db"
        if target.exists():
            return
        with suppress(UserError, OSError):  # the exchange is done; `hub check` tells of copies
            verified_copy(self.path, target)
            for old in sorted(folder.glob(f"{self.path.stem}-????-??-??.db"))[:-COPIES_KEPT]:
                old.unlink(missing_ok=True)

    def close(self) -> None:
        self._engine.dispose()

    def by_rev(self, table: str) -> str:
        return f" INDEXED BY hub_rev_{table}"

    @contextmanager
    def _open(self) -> Iterator[Connection]:
        if not self.path.is_file():
            raise HubMissing(name=self.path)
        try:
            with self._patiently(self._engine.connect) as connection:
                yield connection
        except DatabaseError as error:
            raise self._told(error) from error
        except UnicodeDecodeError as error:  # a page that holds rubbish
            raise HubDamaged(name=self.path.name) from error

    def _patiently(
        self, act: Callable[..., Result], *arguments: str,
        meanwhile: Callable[[], object] | None = None,
    ) -> Result:  # fmt: skip
        """Do it, waiting for others in pauses of random length: who waits longer asks more often,
        which makes something like a queue."""
        start = idle = time.monotonic()
        while True:
            waited = time.monotonic() - start
            try:
                return act(*arguments)
            except DatabaseError as error:
                if "locked" not in str(error.orig) or waited > self.patience:
                    raise
            if meanwhile and time.monotonic() - idle > MEANWHILE_SECONDS:
                meanwhile()
                idle = time.monotonic()
                continue
            pause = max(0.2 / (1 + waited), 0.01)
            time.sleep(random.uniform(pause / 2, pause * 1.5))  # noqa: S311 -- no secret

    def _told(self, error: DatabaseError) -> Exception:
        """The environment's fault as a sentence; a fault of ours as it is."""
        cause: BaseException = error
        while "no such savepoint" in str(cause) and cause.__context__:
            cause = cause.__context__  # SQLite took back the whole transaction: this is why
        reason = str(getattr(cause, "orig", cause)).lower()
        if "locked" in reason or "busy" in reason:
            return HubBusy(who=self._last_writer())
        if not self.path.is_file():
            return HubMissing(name=self.path)
        for kind, signs in SIGNS.items():
            if any(each in reason for each in signs):
                return kind(name=self.path.parent if kind is HubReadOnly else self.path.name)
        return error

    def _last_writer(self) -> str:
        try:
            with closing(open_raw(self.path, timeout=0.2)) as connection:
                row = connection.execute(
                    "SELECT usr FROM sync_commit ORDER BY rev DESC LIMIT 1"
                ).fetchone()
        except sqlite3.Error:
            return ""
        return f" (последним писал {row[0]})" if row and row[0] else ""


def _engine(path: Path, *, timeout: float) -> Engine:
    engine = create_engine(
        "sqlite://", creator=lambda: open_raw(path, timeout=timeout), poolclass=NullPool
    )
    event.listen(engine, "begin", _no_begin)
    return engine


def _no_begin(_connection: Connection) -> None:
    """`reading` and `writing` say BEGIN themselves, so that waiting for a lock is theirs too."""


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
