"""Taking an operation back: as a new operation, only where nobody has changed it since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.models.base import Record, merge_units

CREATION = "новая база"
JOINING = "подключение к общему хранилищу"
FOR_GOOD = frozenset({CREATION, JOINING})  # what a store stands on is not taken back by Ctrl+Z
SELF_MADE = frozenset({"coordinator", "erasure"})  # made by the program, not by a wish
CHANGED, DELETED = "изменено позже", "запись удалена позже"
NO_ROW, ERASED = "записи больше нет", "персональные данные удалены"
NEEDED = "на записи стоят другие"
NO_TARGET = "удалена запись, на которую указывало прежнее значение"


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
    undone = taken_back(session) - erasing(session)
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
    """Ids of operations whose effect an undo has removed (and no redo has brought back).

    The order of the journal tells nothing: undos of other desktops come as the hub gives them.
    """
    undos: dict[str, list[str]] = {}
    for ident, undoes in session.execute(
        text("SELECT id, undoes FROM operation WHERE undoes IS NOT NULL")
    ):
        undos.setdefault(undoes, []).append(ident)
    stands: dict[str, bool] = {}  # an operation stands if no undo of it stands
    for asked in undos:
        waiting, met = [asked], {asked}
        while waiting:
            undos_of = undos.get(waiting[-1], ())
            later = [one for one in undos_of if one not in met and one not in stands]
            met.update(later)
            waiting += later
            if not later:
                ident = waiting.pop()
                stands[ident] = not any(stands.get(one) for one in undos.get(ident, ()))
    return frozenset(ident for ident, whole in stands.items() if not whole)


def erasing(session: Session) -> frozenset[str]:
    """Ids of operations that erased somebody's data: these stand for good."""
    query = "SELECT operation_id FROM change WHERE row_id IN (SELECT id FROM erasure)"
    return frozenset(session.scalars(text(query)))


def next_undo(session: Session, *, client: str | None = None) -> PastOperation | None:
    """The newest operation of this client that still stands and was not tried yet."""
    tried = taken_back(session)
    return next(
        (
            past
            for past in history(session, client=client)
            if past.undoes is None and past.id not in tried and past.text not in FOR_GOOD
        ),
        None,
    )


def next_redo(session: Session, *, client: str | None = None) -> PastOperation | None:
    """The newest undo not taken back yet, if nothing new was done after it."""
    for past in history(session, client=client):
        if past.undoes is None:
            return None
        if past.done and not _is_redo(session, past) and _changed_something(session, past):
            return past
    return None


def revert(session: Session, operation_id: str) -> UndoReport:
    """Write back what stood before `operation_id`, newest change first, unit by unit.

    Runs inside the operation that undoes it. A unit whose present value is not the one that the
    operation left is kept and listed: somebody changed it since, here or on another desktop. So is
    a row that is gone or was erased, and an inserted row on which live rows stand.
    """
    found = session.execute(
        text("SELECT n, text FROM operation WHERE id = :id"), {"id": operation_id}
    ).first()
    if found is None:
        raise NothingToUndo
    report = UndoReport(operation_id, found.text)
    changes = session.execute(
        text(
            "SELECT table_name, row_id, before, after FROM change"
            " WHERE operation_id = :id ORDER BY n DESC"
        ),
        {"id": operation_id},
    ).all()
    for table_name, row_id, before, after in changes:
        table = Record.metadata.tables.get(table_name)
        if table is not None and table_name not in SELF_MADE:
            Reverting(session, table, row_id, found.n, report).take_back(before, after)
    session.info.setdefault("changed", set()).update(name for name, _ in report.rows)
    session.expire_all()
    return report


@dataclass(frozen=True)
class Reverting:
    """One row of an operation that is being taken back; `number` is the operation's `n`."""

    session: Session
    table: Table
    row_id: str
    number: int
    report: UndoReport

    def take_back(self, before: str | None, after: str) -> None:
        """`before` and `after` as the journal has them."""
        new = {name: v for name, v in json.loads(after).items() if name in self.table.columns}
        present = self._present()
        if present is None:
            self._keep(NO_ROW)
        elif not new:
            self._keep(ERASED)
        elif before is None:
            self._remove(present, new)
        elif present["deleted"] and "deleted" not in new and self._deleted_later(present):
            self._keep(DELETED)
        else:
            self._put_back(present, json.loads(before), new)

    def _put_back(
        self, present: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> None:
        units = merge_units(self.table)
        stale = {units[name] for name in new if present[name] != new[name]}
        self._keep_if(CHANGED, [n for n in new if units[n] in stale and present[n] != old[n]])
        lost = {units[name] for name in new if self._points_at_nothing(name, old, present)}
        self._keep_if(NO_TARGET, [name for name in new if units[name] in lost - stale])
        self._write({name: old[name] for name in new if units[name] not in stale | lost})

    def _remove(self, present: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Mark an inserted row as deleted, unless it was changed since or live rows stand on it.

        That it was held meanwhile is no change of anybody's.
        """
        if present["deleted"]:
            return
        changed = [name for name in after if present[name] != after[name] and name != "held"]
        if changed:
            self._keep_if(CHANGED, changed)
        elif _has_live_child(self.session, self.table, self.row_id):
            self._keep(NEEDED)
        else:
            self._write({"deleted": 1, "deleted_by": self.session.info.get("operation")})

    def _present(self) -> dict[str, Any] | None:
        query = text(f'SELECT * FROM "{self.table.name}" WHERE id = :id')
        row = self.session.execute(query, {"id": self.row_id}).mappings().one_or_none()
        return dict(row) if row is not None else None

    def _deleted_later(self, present: Mapping[str, Any]) -> bool:
        """Whether an operation after this one deleted the row: an edit would bring it to life."""
        query = text("SELECT 1 FROM operation WHERE id = :id AND n > :n")
        later = {"id": present["deleted_by"], "n": self.number}
        return self.session.execute(query, later).first() is not None

    def _points_at_nothing(
        self, name: str, old: Mapping[str, Any], present: Mapping[str, Any]
    ) -> bool:
        """Whether the value to come back names a row that was deleted meanwhile."""
        if old[name] is None or old[name] == present[name]:
            return False
        for key in self.table.columns[name].foreign_keys:
            query = text(f'SELECT 1 FROM "{key.column.table.name}" WHERE id = :id AND deleted = 0')
            if self.session.execute(query, {"id": old[name]}).first() is None:
                return True
        return False

    def _keep(self, reason: str) -> None:
        self.report.kept.append(Kept(self.table.name, self.row_id, (), reason))

    def _keep_if(self, reason: str, names: Sequence[str]) -> None:
        if names:
            self.report.kept.append(Kept(self.table.name, self.row_id, tuple(names), reason))

    def _write(self, values: Mapping[str, Any]) -> None:
        if values:
            pairs = ", ".join(f'"{name}" = :{name}' for name in values)
            statement = text(f'UPDATE "{self.table.name}" SET {pairs} WHERE id = :row_id_')
            self.session.execute(statement, {**values, "row_id_": self.row_id})
            self.report.rows.add((self.table.name, self.row_id))


def _has_live_child(session: Session, table: Table, row_id: str) -> bool:
    for child, column in _referrers(table):
        query = f'SELECT 1 FROM "{child}" WHERE "{column}" = :id AND deleted = 0 LIMIT 1'
        if session.execute(text(query), {"id": row_id}).first() is not None:
            return True
    return False


@cache
def _referrers(table: Table) -> Sequence[tuple[str, str]]:
    return [
        (other.name, key.parent.name)
        for other in Record.metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table
    ]


def _changed_something(session: Session, past: PastOperation) -> bool:
    query = text("SELECT 1 FROM change WHERE operation_id = :id LIMIT 1")
    return session.execute(query, {"id": past.id}).first() is not None


def _is_redo(session: Session, past: PastOperation) -> bool:
    target = text("SELECT undoes FROM operation WHERE id = :id")
    return session.scalar(target, {"id": past.undoes}) is not None
