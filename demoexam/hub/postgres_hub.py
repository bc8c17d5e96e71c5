"""A hub in PostgreSQL: locks, rights, rules and the audit are the server's own (postgres.sql)."""

import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

import psycopg
from sqlalchemy import URL, Boolean, Connection, Integer, create_engine
from sqlalchemy.exc import DBAPIError

from demoexam.errors import UserError
from demoexam.hub.columns import Form, Row
from demoexam.hub.errors import (
    BadCertificate,
    HubBusy,
    HubFull,
    HubMissing,
    HubUnreachable,
    NoRight,
    NotAHub,
    SyncRefused,
    WrongPassword,
)
from demoexam.hub.hub import Hub, HubState
from demoexam.models.base import Record
from demoexam.progress import Progress

CHANNEL: Final = "demoexam_hub"
SESSION: Final = {
    "search_path": "demoexam", "jit": "off", "lock_timeout": "60s", "statement_timeout": "300s",
    "idle_in_transaction_session_timeout": "30s", "client_encoding": "utf8",
}  # fmt: skip
ALIVE: Final = {
    "connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
}  # fmt: skip
STATE: Final = (
    "SELECT rev, hub_id, schema, min_client, purged, coalesce(my_organization(), ''), sync_scope()"
    " FROM sync_hub"
)
REFUSED: Final = {  # why a single row did not get in, by SQLSTATE or its class
    "42501": "запись общая или другой организации: у вас нет права её менять",
    "23P01": "запись противоречит плану в общем хранилище",
    "23505": "такая запись в общем хранилище уже есть",
    "22": "значение записано не так, как ждёт общее хранилище",
    "23": "запись не полна или нарушает порядок общего хранилища",
}
# A failed connection has no SQLSTATE, and the server speaks its own language.
SIGNS: Final[Sequence[tuple[type[UserError], tuple[str, ...]]]] = (
    (WrongPassword, ("password authentication", "no password", "проверку подлинности",
                     "authentication failed", 'role "', 'роль "')),
    (BadCertificate, ("certificate", "support ssl", "сертификат", "tlsv1 alert")),
    (NoRight, ("pg_hba", "permission denied for database", "нет доступа к базе данных")),
    (HubMissing, ('database "', 'базы данных "', 'база данных "')),
    (HubBusy, ("too many", "starting up", "слишком много", "запускается")),
)  # fmt: skip
STATES: Final[dict[str, type[UserError]]] = {
    "42501": NoRight, "55P03": HubBusy, "57014": HubBusy, "40P01": HubBusy, "40001": HubBusy,
    "53300": HubBusy, "53100": HubFull, "3F000": NotAHub, "42P01": NotAHub, "42883": NotAHub,
    "23P01": SyncRefused,
}  # fmt: skip


class PostgresHub(Hub):
    """`url` may name sslmode and sslrootcert; without them a remote server must prove itself."""

    def __init__(self, url: URL, *, password: str | None = None) -> None:
        plain = url.set(drivername="postgresql")
        self.url = plain.set(password=None).render_as_string(hide_password=False)
        self.name = f"{url.host or url.query.get('host') or 'localhost'}/{url.database}"
        self._user = url.username or ""
        self.address = _full_address(plain, password)
        # one connection for the life of this object: the server's caches are warm then
        self._engine = create_engine(
            self.address.set(drivername="postgresql+psycopg"), pool_size=1, pool_pre_ping=True
        )
        weakref.finalize(self, self._engine.dispose)  # whoever forgets to close leaves nothing open

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._open("REPEATABLE READ", postgresql_readonly=True) as connection:
            yield connection

    @contextmanager
    def writing(self, meanwhile: Callable[[], object] | None = None) -> Iterator[Connection]:
        del meanwhile  # waiting is the server's, which keeps a queue
        with self._open("READ COMMITTED") as connection:
            connection.exec_driver_sql("SELECT sync_lock()")
            yield connection

    @contextmanager
    def administering(self) -> Iterator[Connection]:
        """A transaction for the schema itself: the hub may not be there yet."""
        with self._open("READ COMMITTED") as connection:
            yield connection

    def state(self, connection: Connection) -> HubState:
        return HubState(*connection.exec_driver_sql(STATE).one())

    def open_commit(self, connection: Connection, batch: str, client: str, count: int) -> int:
        opened = connection.exec_driver_sql("SELECT sync_begin(%s, %s, %s)", (batch, client, count))
        return int(opened.scalar_one())

    def upsert(self, connection: Connection, form: Form, rows: Sequence[Row], rev: int) -> None:
        """One statement for all: a column is an array."""
        if rows:
            columns = tuple(map(_array, zip(*rows, strict=True)))
            connection.exec_driver_sql(_upsert(form, rev), columns)

    def apply_rules(self, connection: Connection, rev: int, client: str) -> bool:
        del rev, client  # the server knows the commit of this transaction
        return bool(connection.exec_driver_sql("SELECT sync_rules()").scalar_one())

    def refusal(self, error: Exception) -> str | None:
        state, cause = _sqlstate(error), cast(Any, getattr(error, "orig", error))
        if state == "P0001":  # said by postgres.sql itself
            return str(cause.diag.message_primary)
        return REFUSED.get(state) or REFUSED.get(state[:2])

    def copy_to(self, path: Path, progress: Progress) -> HubState:
        from demoexam.hub.postgres_copy import fill_store

        with self.reading() as connection:
            state = self.state(connection)
            fill_store(path, connection, progress)
        return state

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _open(self, isolation: str, **options: Any) -> Iterator[Connection]:
        options["isolation_level"] = isolation
        try:
            opened = self._engine.connect().execution_options(**options)
            with opened as connection, connection.begin():
                yield connection
        except (DBAPIError, psycopg.Error) as error:
            told = self.told(error)
            if told is error:
                raise
            raise told from error

    def told(self, error: Exception) -> Exception:
        """The server's trouble as a sentence; a fault of ours, or of another database, as it is."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        state = _sqlstate(error)
        if not isinstance(cause, psycopg.Error):
            return error
        if kind := STATES.get(state):
            return kind(name=self.name, who="", user=self._user)
        if state.startswith(("57P", "08", "25P03")):
            return HubUnreachable(name=self.name)
        if state or not isinstance(cause, psycopg.OperationalError):
            return error
        words = str(cause).casefold()
        known = (kind for kind, signs in SIGNS if any(sign in words for sign in signs))
        return next(known, HubUnreachable)(name=self.name, who="", user=self._user)


def _full_address(url: URL, password: str | None) -> URL:
    """With the session's settings, and `verify-full` wherever the way goes over a network."""
    host = str(url.query.get("host") or url.host or "")
    near = not host or host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}
    given = {key: str(value) for key, value in url.query.items()}
    given.setdefault("sslmode", "prefer" if near else "verify-full")
    given.setdefault("application_name", "demoexam")
    settings = " ".join(f"-c {key}={value}" for key, value in SESSION.items())
    given["options"] = f"{settings} {given.get('options', '')}".strip()
    full = url.set(query={key: str(value) for key, value in ALIVE.items()} | given)
    return full.set(password=password) if password is not None else full


def _upsert(form: Form, rev: int) -> str:
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds(form))
    changing = ["rev"] if form.journal else [*form.columns[1:], "rev"]
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in changing)
    names, values = f"{form.quoted}, rev", f"u.*, {int(rev)}"
    if form.journal:
        names, values = f"{names}, owner_id", f"{values}, (SELECT coalesce(my_organization(), ''))"
    return (
        f'INSERT INTO "{form.name}" ({names}) SELECT {values} FROM unnest({arrays}) AS u'
        f" ON CONFLICT (id) DO UPDATE SET {sets}"
    )


def kinds(form: Form) -> list[str]:
    columns = Record.metadata.tables[form.name].columns
    whole = (Integer, Boolean)
    return ["bigint" if isinstance(columns[c].type, whole) else "text" for c in form.columns]


def _array(values: Sequence[object]) -> str:
    """PostgreSQL's own way to write an array: several times quicker than the driver's."""
    try:
        together = "".join(cast(Sequence[str], values))
    except TypeError:  # numbers, or some are empty
        return "{" + ",".join(map(_item, values)) + "}"
    if '"' in together or "\\" in together:
        return "{" + ",".join(map(_item, values)) + "}"
    return '{"' + '","'.join(cast(Sequence[str], values)) + '"}'


def _item(value: object) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "NULL" if value is None else str(int(value))  # type: ignore[call-overload]


def _sqlstate(error: Exception) -> str:
    cause = getattr(error, "orig", error)
    state = getattr(cause, "sqlstate", None) or ""
    return (
        "22" if not state and isinstance(cause, psycopg.DataError) else state
    )  # found by the driver
