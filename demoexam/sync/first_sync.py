"""Beginning anew with a hub: a whole copy of it, with our unsent work carried over and merged."""

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from demoexam.errors import FolderReadOnly
from demoexam.hub.columns import SCHEMA, Form, forms
from demoexam.hub.errors import HubDamaged, HubTooOld, ProgramTooOld
from demoexam.hub.hub import Hub
from demoexam.models.base import dump_json
from demoexam.progress import Progress
from demoexam.store.backup import verified_copy
from demoexam.store.store import Store, StoreBusy, StoreDamaged, as_user_error
from demoexam.sync.applying import Arrival
from demoexam.sync.memory import heads, reached, recall, remember
from demoexam.sync.merge import Row

SIDE_FILES = ("", "-wal", "-shm", "-journal")
CARRIED = ("hub_url", "own_college")
ALWAYS_CHECKED = 16_000_000  # bytes; a larger copy only where it takes the place of a store
SWAP_SECONDS = 10.0  # on Windows a file cannot be replaced while anybody reads it


def first_sync(
    path: Path, hub: Hub, *, client: str, progress: Progress | None = None, keep: bool = True,
    rest: AbstractContextManager[object] = nullcontext(),  # noqa: B008 -- holds nothing
) -> Path | None:  # fmt: skip
    """Make `path` a store with everything of the hub; within `rest` no session is open on it.

    The new file is built aside and renamed into place: a crash leaves the old one. With `keep`
    unsent edits of the old one are merged into the new and still wait to be sent. Returns the
    verified copy of the old file, None if there was none.
    """
    progress = progress or Progress()
    draft = path.with_name(path.name + ".new")
    with hub.reading() as far:
        schema = hub.state(far)
        if schema.min_client > SCHEMA:
            raise ProgramTooOld
        if schema.schema < SCHEMA:
            raise HubTooOld
    kept = None
    with _told(path, hub), closing(Store(draft, client=client)) as fresh:
        state = hub.copy_to(draft, progress)
        if path.exists() or draft.stat().st_size < ALWAYS_CHECKED:
            _refuse_damaged(draft)
        with hub.reading() as far:
            head = hub.batch_at(far, state.rev) or ""
        with fresh.applying() as near:
            reached(near, state.rev, head)
            remember(near, hub_id=state.hub_id, scope=state.scope, schema=SCHEMA)
            near.exec_driver_sql("DELETE FROM snapshot")
        with rest:
            if path.exists():
                stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
                copies = path.parent / "backups"
                kept = verified_copy(path, copies / f"{path.stem}-before-exchange-{stamp}.db")
                with _alone(path) as old:
                    _carry_over(old, fresh, keep=keep)
            fresh.close()
            _put_in_place(draft, path)
    return kept


@contextmanager
def _told(path: Path, hub: Hub) -> Iterator[None]:
    """A failure leaves nothing beside the old file; it is the disk's, the folder's or the hub's."""
    draft = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove(draft)
        yield
    except PermissionError as error:
        raise FolderReadOnly(name=path.parent) from error
    except (sqlite3.Error, DatabaseError, StoreDamaged) as error:
        plain = DatabaseError("", None, error) if isinstance(error, sqlite3.Error) else error
        told = as_user_error(plain, path) if isinstance(plain, DatabaseError) else plain
        if isinstance(told, StoreDamaged):  # the old file was proved to be whole
            told = HubDamaged(name=hub.url.rsplit("/", 1)[-1])
        raise told from error
    finally:
        _remove(draft)


def _refuse_damaged(draft: Path) -> None:
    with closing(sqlite3.connect(draft)) as raw:
        if raw.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("database disk image is malformed")


@contextmanager
def _alone(path: Path) -> Iterator[sqlite3.Connection]:
    """The old file, which nobody else has open: what he wrote now would not be carried over."""
    with closing(sqlite3.connect(path, timeout=SWAP_SECONDS, isolation_level=None)) as old:
        old.execute("PRAGMA locking_mode = EXCLUSIVE")
        old.execute("BEGIN EXCLUSIVE")
        yield old
        old.execute("COMMIT")


def resend_after_restore(store: Store, hub: Hub) -> None:
    """Make what this store has beyond the last commit common with the hub unsent again.

    For a hub that was restored from a copy, or replaced by another one: nothing in common. A row
    starts from the hub's if that is the common one; if others wrote it since, what both edits
    started from is not known, and every difference becomes a conflict.
    """
    with hub.reading() as far:
        state = hub.state(far)
        known = recall(store)
        same = known.get("hub_id") == state.hub_id
        seen = [] if not same else heads(store)
        rev, batch = next(
            ((rev, batch) for rev, batch in seen if hub.batch_at(far, rev) == batch), (0, "")
        )
        with store.applying() as near:
            for each in forms():
                if each.journal:
                    near.exec_driver_sql(
                        f'UPDATE "{each.name}" SET rev = NULL WHERE rev > ?', (rev,)
                    )
                else:
                    _unsend(near, each, rev, hub, far)
            near.exec_driver_sql("DELETE FROM sync_batch")
            near.exec_driver_sql("DELETE FROM sync_head WHERE rev > ?", (rev,))
            remember(near, hub_id=state.hub_id, scope=state.scope)
            if not same or rev < int(known.get("cursor", 0)):
                remember(near, cursor=rev, head=batch)


def _unsend(near: Connection, each: Form, rev: int, hub: Hub, far: Connection) -> None:
    query = f'SELECT id FROM "{each.name}" WHERE rev > ? OR rev IS NULL'
    for (ident,) in near.exec_driver_sql(query, (rev,)).all():
        theirs = hub.row(far, each, ident)
        common = theirs is not None and int(str(theirs[-1])) <= rev
        base = dump_json(each.image(theirs[:-1])) if theirs and common else None
        near.exec_driver_sql(
            "INSERT INTO dirty (table_name, row_id, base, lsn, is_new) VALUES (?, ?, ?, 1, ?)"
            " ON CONFLICT (table_name, row_id) DO UPDATE SET base = excluded.base,"
            " lsn = lsn + 1, is_new = excluded.is_new, rejected = NULL",
            (each.name, ident, base, int(not common)),
        )


def _carry_over(source: sqlite3.Connection, fresh: Store, *, keep: bool) -> None:
    """Replay the old store's unsent rows as if the hub's were being pulled over them."""
    with fresh.applying() as near:
        facts = dict(source.execute("SELECT k, v FROM sync_meta").fetchall())
        remember(near, **{key: facts[key] for key in CARRIED if key in facts})
        if not keep:
            return
        arrival = Arrival(near, fresh.client)
        got: dict[Form, Sequence[Row]] = {}
        for each in forms():
            if each.journal:
                query = f'SELECT {each.quoted}, rev FROM "{each.name}" WHERE rev IS NULL ORDER BY n'
                if entries := source.execute(query).fetchall():
                    near.exec_driver_sql(each.upsert, entries)
            else:
                got[each] = _put_ours(source, near, each)
        arrival.take(got)


def _put_ours(source: sqlite3.Connection, near: Connection, each: Form) -> Sequence[Row]:
    """Write the old store's unsent rows; returns the hub's rows that they cover."""
    columns = ", ".join(f't."{name}"' for name in each.columns)
    rows = source.execute(
        f"SELECT {columns}, d.base, d.lsn, d.is_new, d.rejected FROM dirty AS d"
        f' JOIN "{each.name}" AS t ON t.id = d.row_id WHERE d.table_name = ?',
        (each.name,),
    ).fetchall()
    theirs = []
    for row in rows:
        query = text(f'SELECT {each.quoted}, rev FROM "{each.name}" WHERE id = :id')
        if found := near.execute(query, {"id": row[0]}).first():
            theirs.append(tuple(found))
        near.exec_driver_sql(each.upsert, [(*row[:-4], None)])
        near.exec_driver_sql(
            "INSERT INTO dirty (table_name, row_id, base, lsn, is_new, rejected)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (each.name, row[0], *row[-4:]),
        )
    return theirs


def _put_in_place(draft: Path, path: Path) -> None:
    with closing(sqlite3.connect(draft, isolation_level=None)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute("PRAGMA journal_mode = WAL")
    descriptor = os.open(draft, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    until = time.monotonic() + SWAP_SECONDS
    while True:
        try:
            draft.replace(path)
            break
        except PermissionError as error:
            if time.monotonic() > until:
                raise StoreBusy(name=path.name) from error
            time.sleep(0.1)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
        draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def _remove(draft: Path) -> None:
    for suffix in SIDE_FILES:
        with suppress(FileNotFoundError):
            draft.with_name(draft.name + suffix).unlink()
