"""The database on this computer: engine, sessions, one transaction per operation."""

import getpass
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, sessionmaker

from demoexam.errors import DiskFull, FolderReadOnly, UserError
from demoexam.models.base import dump_json, new_id
from demoexam.models.journal import change, operation, store_state
from demoexam.models.reference import Coordinator
from demoexam.store.gate import Gate
from demoexam.store.many_rows import USUAL, Checkpoints, make_usual_again


class StoreBusy(UserError):
    text = "База «{name}» занята другой программой."
    advice = "Подождите минуту и повторите. Ваша правка не записана, прежние целы."


class StoreNotWritten(UserError):
    text = "База «{name}» не записывается: кончилось место или неисправен диск."
    advice = "Освободите место и повторите. Последнее не записано, прежнее цело."


class StoreDamaged(UserError):
    text = "Файл базы «{name}» повреждён."
    advice = "Восстановите его из резервной копии: Настройки → База и копии."


class Store:
    """Sessions live as long as one user action; nothing keeps one open.

    `client` names this installation in the journal.
    """

    def __init__(self, path: Path, *, client: str = "") -> None:
        self.path, self.client = path, client
        self.engine = make_engine(path)
        self._gate = Gate()
        self._checkpoints = Checkpoints(self.engine, self._gate)
        told = {"client": client}  # services tell what was done here from what came
        self._readers = sessionmaker(self.engine, info=told)
        self._writers = sessionmaker(
            self.engine.execution_options(writes=True), expire_on_commit=False, info=told
        )
        event.listen(self._writers, "before_flush", _stamp_owner)
        event.listen(self._writers, "after_flush", _note_flushed_tables)
        event.listen(self._writers, "do_orm_execute", _note_bulk_tables)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent view of the data; never waits for a writer."""
        try:
            with self._gate.passing(), self._readers() as session:
                yield session
        except DatabaseError as error:
            raise as_user_error(error, self.path) from error

    @contextmanager
    def transaction(self, text: str, *, undoes: str | None = None) -> Iterator[Session]:
        """One operation: all of it is committed and journaled as `text`, or none of it.

        A service may name it better in `info["words"]`: what must leave a trace does.
        A transaction that changed nothing leaves no operation behind, unless it is an undo.
        """
        try:
            with self._gate.passing(), self._writers.begin() as session:
                session.info["operation"] = ident = new_id()
                session.info["owner"] = own_college(session)
                session.execute(store_state.update().values(operation=ident))
                yield session
                session.flush()
                self._journal(session, ident, session.info.get("words", text), undoes)
                session.execute(store_state.update().values(operation=None))
            self._checkpoints.after(session)
        except DatabaseError as error:
            raise as_user_error(error, self.path) from error

    @contextmanager
    def applying(self) -> Iterator[Connection]:
        """One transaction that writes what came from elsewhere: not captured, not journaled.

        Foreign keys are checked at its end. A crash leaves nothing of it, the flag included.
        """
        try:
            writer = self.engine.execution_options(writes=True)
            with self._gate.passing(), writer.begin() as connection:
                connection.exec_driver_sql("UPDATE store_state SET applying = 1")
                yield connection
                connection.exec_driver_sql("UPDATE store_state SET applying = 0")
        except DatabaseError as error:
            raise as_user_error(error, self.path) from error

    @contextmanager
    def at_rest(self) -> Iterator[Path]:
        """The file closed, to be replaced: sessions wait, and go on with the new one."""
        with self._gate.shut():
            self.engine.dispose()
            yield self.path

    def close(self) -> None:
        """Give the file back; no session outlives its action."""
        self._checkpoints.wait()
        self.engine.dispose()

    def _journal(self, session: Session, ident: str, text: str, undoes: str | None) -> None:
        changed = select(change.c.n).where(change.c.operation_id == ident).limit(1)
        if undoes is None and not session.scalar(changed):
            return  # an undo is remembered also when nothing could be put back
        entry = {
            "id": ident, "who": coordinator_id(session), "client": self.client,
            "at": datetime.now(UTC).replace(tzinfo=None), "text": text, "undoes": undoes,
        }  # fmt: skip
        session.execute(insert(operation).values(**entry))


def make_engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        json_serializer=dump_json,
        json_deserializer=json.loads,
        connect_args={"timeout": 10.0},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    make_usual_again(engine)
    return engine


def changed_tables(session: Session) -> frozenset[str]:
    """Names of the tables written so far in the session's transaction."""
    return frozenset(session.info.get("changed", ()))


def own_college(session: Session) -> str:
    """The organization whose desktop this is: the owner of the rows made here; "" if unknown."""
    local = session.scalar(text("SELECT v FROM sync_meta WHERE k = 'own_college'"))
    if local:  # several colleges may share a hub: which one sits here is this store's own fact
        return str(local)
    query = "SELECT min(value) FROM setting WHERE key = 'own_college' AND deleted = 0"
    value = session.scalar(text(f"{query} HAVING count(DISTINCT value) = 1"))
    return str(json.loads(value) or "") if value else ""


def coordinator_id(session: Session) -> str | None:
    """The coordinator with this computer's login; made at his first operation."""
    login = _login()
    known = session.scalar(
        select(Coordinator.id).where(Coordinator.login == login, Coordinator.deleted.is_(False))
    )
    if known or not login:
        return known
    person = Coordinator(name=login, login=login)
    session.add(person)
    session.flush()
    return person.id


def as_user_error(error: DatabaseError, path: Path) -> Exception:
    """The environment's fault as a sentence with advice; a fault of ours as it is."""
    reason = str(error.orig).lower()
    if "disk is full" in reason:
        return DiskFull()
    if "readonly" in reason or "unable to open" in reason:
        return FolderReadOnly(name=path.parent)
    if "disk i/o" in reason:
        return StoreNotWritten(name=path.name)
    if "locked" in reason or "busy" in reason:
        return StoreBusy(name=path.name)
    if "malformed" in reason or "not a database" in reason:
        return StoreDamaged(name=path.name)
    return error


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a service account without a name
        return ""


def _stamp_owner(session: Session, _context: UOWTransaction, _objects: object) -> None:
    owner = session.info.get("owner")
    for record in session.new if owner else ():
        if not record.owner_id and not record.__table__.info.get("shared"):
            record.owner_id = owner


def _note_flushed_tables(session: Session, _context: UOWTransaction) -> None:
    for record in {*session.new, *session.dirty, *session.deleted}:
        session.info.setdefault("changed", set()).add(record.__tablename__)


def _note_bulk_tables(statement: ORMExecuteState) -> None:
    if not statement.is_select and statement.bind_mapper is not None:
        table: Any = statement.bind_mapper.local_table
        statement.session.info.setdefault("changed", set()).add(table.description)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy, not the driver, says BEGIN
    for pragma in ("foreign_keys = ON", "recursive_triggers = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    for pragma in USUAL:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    # A writer takes the lock before it reads, so what its rules saw still holds.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
