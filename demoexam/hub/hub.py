"""What an exchange asks of the shared store, whichever database it is."""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from demoexam.hub.columns import Form, Row
from demoexam.hub.errors import BadAddress
from demoexam.progress import Progress


@dataclass(frozen=True)
class HubState:
    """The handshake. `rev`: number of the last commit; `purged`: up to it tombstones are gone.

    `organization`: whose coordinator this user is there; "" where the hub knows no users. `scope`
    changes with what he may see: another scope needs a new first exchange.
    """

    rev: int
    hub_id: str
    schema: int
    min_client: int
    purged: int
    organization: str = ""
    scope: str = ""


class Hub(ABC):
    """The shared store. `rev` is the number of its commit, given under its lock: no clocks."""

    url: str

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """One consistent view of everything; keeps no writer waiting."""

    @abstractmethod
    def writing(
        self, meanwhile: Callable[[], object] | None = None
    ) -> AbstractContextManager[Connection]:
        """A transaction under the hub's only lock; committed at the end of the block.

        Who has to wait long for the lock may do something useful `meanwhile`, again and again.
        """

    @abstractmethod
    def state(self, connection: Connection) -> HubState: ...

    @abstractmethod
    def open_commit(self, connection: Connection, batch: str, client: str, count: int) -> int:
        """The next rev, with its line in the ledger; only within `writing`."""

    @abstractmethod
    def upsert(self, connection: Connection, form: Form, rows: Sequence[Row], rev: int) -> None:
        """Write whole rows as of commit `rev`."""

    @abstractmethod
    def apply_rules(self, connection: Connection, rev: int, client: str) -> bool:
        """Hold what commit `rev` made contradict; True if it wrote beyond what was sent."""

    @abstractmethod
    def refusal(self, error: Exception) -> str | None:
        """Why the database refused a row (right, constraint, value); None: something else."""

    @abstractmethod
    def copy_to(self, path: Path, progress: Progress) -> HubState:
        """Make a store file at `path` with all that this user may see, as of one moment."""

    def keep_copy(self) -> None:  # noqa: B027 -- a server has its administrator's copies
        """Leave a copy for the day, where the hub has nobody else to make one."""

    @abstractmethod
    def close(self) -> None: ...

    def changed(self, connection: Connection, form: Form, since: int, upto: int) -> Sequence[Row]:
        """Rows of commits `since` < rev <= `upto`, each with its rev at the end."""
        query = (
            f'SELECT {form.quoted}, rev FROM "{form.name}"{self.by_rev(form.name)}'
            f" WHERE rev > {int(since)} AND rev <= {int(upto)}"
        )
        return [tuple(row) for row in connection.exec_driver_sql(query)]

    def row(self, connection: Connection, form: Form, ident: str) -> Row | None:
        query = text(f'SELECT {form.quoted}, rev FROM "{form.name}" WHERE id = :id')
        found = connection.execute(query, {"id": ident}).first()
        return tuple(found) if found else None

    def count_changed(
        self, connection: Connection, names: Iterable[str], since: int
    ) -> dict[str, int]:
        """How many rows of each table are new; one question, so that the rest need not be asked."""
        parts = (
            f"SELECT '{each}', count(*) FROM \"{each}\"{self.by_rev(each)} WHERE rev > {int(since)}"
            for each in names
        )
        found = connection.exec_driver_sql(" UNION ALL ".join(parts))
        return {str(name): int(count) for name, count in found}

    def batch_at(self, connection: Connection, rev: int) -> str | None:
        """The batch that made commit `rev`; None where the ledger has no such commit."""
        query = text("SELECT batch FROM sync_commit WHERE rev = :rev")
        found: str | None = connection.scalar(query, {"rev": rev})
        return found

    def commit_of(self, connection: Connection, batch: str) -> int | None:
        """The commit that this batch made; None while it is not in. Ask only under the lock."""
        query = text("SELECT rev FROM sync_commit WHERE batch = :batch")
        found: int | None = connection.scalar(query, {"batch": batch})
        return found

    def by_rev(self, table: str) -> str:  # noqa: ARG002 -- SQLite's planner wants the index named
        return ""


def utc_now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def connect_hub(url: str, *, password: str | None = None) -> Hub:
    """The hub at an address; raises the SyncRefused that says why it cannot be used.

    A bare path, `sqlite:///C:/folder/hub.db`, `sqlite:////server/folder/hub.db` or
    `postgresql://user@host/database`. Nothing is created here.
    """
    from demoexam.hub.sqlite_hub import SqliteHub

    if "://" not in url:
        return SqliteHub(Path(url))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise BadAddress(url=url) from error
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        return SqliteHub(hub_path(parsed.database))
    if parsed.get_backend_name() == "postgresql" and parsed.database:
        from demoexam.hub.postgres_hub import PostgresHub

        return PostgresHub(parsed, password=password)
    raise BadAddress(url=parsed.render_as_string(hide_password=True))


def hub_path(database: str) -> Path:
    """The file of an `sqlite:` address: on Windows `/server/share/hub.db` is a network path."""
    path = Path(database)
    if path.drive or not database.startswith("/") or os.name != "nt":
        return path
    return Path("//" + database.lstrip("/"))
