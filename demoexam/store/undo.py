"""Taking an operation back: as a new operation, only where nobody has changed it since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.models.base import Record, merge_units

CREATION = "новая база"  # the first operation of a store is not taken back
SELF_MADE = frozenset({"coordinator"})  # rows the journal itself makes


class NothingToUndo(UserError):
    text = "Отменять нечего."
    advice = "Все действия уже отменены, или в этой базе ещё ничего не делали."


@dataclass(frozen=True)
class Kept:
    """A part of a row that was left alone, since it was changed later or others stand on it."""

    table: str
    row_id: str
    columns: tuple[str, ...]
    reason: str


@dataclass
class UndoReport:
    operation_id: str
    text: str
    rows: set[tuple[str, str]] = field(default_factory=set)  # (table, id) really changed
    kept: list[Kept] = field(default_factory=list)


@dataclass(frozen=True)
class PastOperation:
    id: str
    at: str
    text: str
    undoes: str | None
    done: bool


def history(
    session: Session, *, client: str | None = None, limit: int = 200
) -> list[PastOperation]:
    """Operations, newest first; `done` is false for one that has been taken back.

    With `client`, only those made in this store: by that client, or not known to the hub yet.
    """
    undone = taken_back(session)
    rows = session.execute(
        text(
            "SELECT id, at, text, undoes FROM operation"
            " WHERE (:client IS NULL OR client = :client OR rev IS NULL)"
            " ORDER BY n DESC LIMIT :limit"
        ),
        {"client": client, "limit": limit},
    )
    return [PastOperation(r.id, r.at, r.text, r.undoes, r.id not in undone) for r in rows]


def taken_back(session: Session) -> frozenset[str]:
    """Ids of operations whose effect an undo has removed (and no redo has brought back)."""
    links = session.execute(
        text("SELECT id, undoes FROM operation WHERE undoes IS NOT NULL ORDER BY n DESC")
    )
    gone: set[str] = set()
    for ident, undoes in links:  # newest first: an undo that was itself undone does not count
        if ident not in gone:
            gone.add(undoes)
    return frozenset(gone)


def next_undo(session: Session, *, client: str | None = None) -> PastOperation | None:
    """The newest operation of this client that still stands."""
    return next(
        (
            past
            for past in history(session, client=client)
            if past.undoes is None and past.done and past.text != CREATION
        ),
        None,
    )


def next_redo(session: Session, *, client: str | None = None) -> PastOperation | None:
    """The newest undo not taken back yet, if nothing new was done after it."""
    for past in history(session, client=client):
        if past.undoes is None:
            return None
        if past.done and not _is_redo(session, past):
            return past
    return None


def revert(session: Session, operation_id: str) -> UndoReport:
    """Write back what stood before `operation_id`, newest change first, unit by unit.

    Runs inside the operation that undoes it. A unit whose present value is not the one that the
    operation left is kept and listed; so is an inserted row on which live rows stand.
    """
    title = session.scalar(text("SELECT text FROM operation WHERE id = :id"), {"id": operation_id})
    if title is None:
        raise NothingToUndo
    report = UndoReport(operation_id, title)
    changes = session.execute(
        text(
            "SELECT table_name, row_id, before, after FROM change"
            " WHERE operation_id = :id ORDER BY n DESC"
        ),
        {"id": operation_id},
    ).all()
    for table_name, row_id, before, after in changes:
        if table_name not in SELF_MADE:
            table = Record.metadata.tables[table_name]
            _take_back(session, table, row_id, before, after, report)
    session.info.setdefault("changed", set()).update(name for name, _ in report.rows)
    session.expire_all()
    return report


def _take_back(  # noqa: PLR0917 -- a change as the journal has it
    session: Session, table: Table, row_id: str, before: str | None, after: str, report: UndoReport
) -> None:
    if before is None:
        _remove(session, table, row_id, json.loads(after), report)
        return
    old, new = json.loads(before), json.loads(after)
    present = _present(session, table, row_id, new)
    units = merge_units(table)
    stale = {units[name] for name in new if present[name] != new[name]}
    kept = tuple(name for name in new if units[name] in stale and present[name] != old[name])
    if kept:
        report.kept.append(Kept(table.name, row_id, kept, "изменено позже"))
    values = {name: old[name] for name in new if units[name] not in stale}
    _write(session, table, row_id, values, report)


def _remove(
    session: Session, table: Table, row_id: str, after: Mapping[str, Any], report: UndoReport
) -> None:
    """Mark an inserted row as deleted, unless it was changed since or live rows stand on it."""
    present = _present(session, table, row_id, after)
    if present["deleted"]:
        return
    changed = tuple(name for name in after if present[name] != after[name])
    if changed:
        report.kept.append(Kept(table.name, row_id, changed, "изменено позже"))
    elif (child := _live_child(session, table, row_id)) is not None:
        report.kept.append(Kept(table.name, row_id, (), f"на записи стоят другие ({child})"))
    else:
        values = {"deleted": 1, "deleted_by": session.info.get("operation")}
        _write(session, table, row_id, values, report)


def _present(
    session: Session, table: Table, row_id: str, columns: Mapping[str, Any]
) -> dict[str, Any]:
    names = ", ".join(f'"{name}"' for name in columns)
    row = session.execute(
        text(f'SELECT {names} FROM "{table.name}" WHERE id = :id'), {"id": row_id}
    )
    return dict(row.mappings().one())


def _write(
    session: Session, table: Table, row_id: str, values: Mapping[str, Any], report: UndoReport
) -> None:
    if values:
        pairs = ", ".join(f'"{name}" = :{name}' for name in values)
        statement = text(f'UPDATE "{table.name}" SET {pairs} WHERE id = :row_id_')
        session.execute(statement, {**values, "row_id_": row_id})
        report.rows.add((table.name, row_id))


def _live_child(session: Session, table: Table, row_id: str) -> str | None:
    for child, column in _referrers(table):
        query = f'SELECT 1 FROM "{child}" WHERE "{column}" = :id AND deleted = 0 LIMIT 1'
        if session.execute(text(query), {"id": row_id}).first() is not None:
            return child
    return None


def _referrers(table: Table) -> Sequence[tuple[str, str]]:
    return [
        (other.name, key.parent.name)
        for other in Record.metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table
    ]


def _is_redo(session: Session, past: PastOperation) -> bool:
    target = text("SELECT undoes FROM operation WHERE id = :id")
    return session.scalar(target, {"id": past.undoes}) is not None
