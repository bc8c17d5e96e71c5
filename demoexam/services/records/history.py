"""The history of one record: who changed what and when, on any desktop, and what was lost."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from demoexam.models.base import Record, merge_units
from demoexam.models.catalog import entities
from demoexam.models.exchange import Conflict, ConflictKind
from demoexam.models.journal import change, operation
from demoexam.models.reference import Coordinator
from demoexam.services.duplicates.answers import merged_into
from demoexam.services.papers.sheet import local_time
from demoexam.services.records.erased import is_erased
from demoexam.services.records.records import PARTS
from demoexam.services.records.words import (
    EMPTY,
    column_label,
    record_title,
    short_title,
    table_title,
    unit_label,
    unit_words,
    value_words,
)
from demoexam.services.syncing.cards import Way
from demoexam.store.erasing import PERSONAL

MOST = 1000  # changes read; older ones stay in the journal
OUTSIDE = "вне программы"
TWINS = {  # a pair that was settled: what is told of it, and what that was
    Way.DIFFERENT.value: ("Не двойник", "сравнение записей"),
    Way.MERGE.value: ("Объединена с другой записью", "объединение"),
    Way.MERGE_OTHER.value: ("Объединена с другой записью", "объединение"),
}
HIDDEN = frozenset({"printed_document", "workplace_draw"})  # told by the exam's own tabs
FIXED = frozenset({"id", "owner_id", "deleted_by"})
UNTOLD = FIXED | {"deleted", "held"}


class EntryKind(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    RESTORED = "restored"
    ERASED = "erased"
    CONFLICT = "conflict"
    MERGED = "merged"


@dataclass(frozen=True)
class HistoryEntry:
    """One unit of columns in one change, in words.

    `about` names the part of the record it happened to. `sides` tells which of the two values
    differ from the present one, so that bringing them back makes sense: "before", "after".
    """

    kind: EntryKind
    at: datetime | None  # on the college's clock
    who: str
    operation: str
    table: str
    row_id: str
    title: str
    about: str
    what: str
    before: str = ""
    after: str = ""
    unit: str = ""
    change_id: str = ""
    conflict_id: str = ""
    sides: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.change_id or self.conflict_id} {self.unit}"

    @property
    def wish(self) -> str:
        """What bringing a value back is called in the journal."""
        return f"возврат прежнего значения: {self.what}, {self.title}"


def record_history(session: Session, *, table: str, record_id: str) -> list[HistoryEntry]:
    """Entries of the record, of its parts, and of the records merged into it, newest first."""
    merged = merged_into(session, table, record_id)
    rows = {(table, ident): "" for ident in (record_id, *merged)}
    for part, column in PARTS.get(table, ()):
        entity: Any = entities()[part]
        if part not in HIDDEN:
            owned = select(entity.id).where(getattr(entity, column).in_([record_id, *merged]))
            rows |= dict.fromkeys(((part, ident) for ident in session.scalars(owned)), part)
    reader = _Reader(session, (table, record_id), frozenset(merged))
    dated = [(change.at, change.n, reader.told(change)) for change in _changes(session, rows)]
    dated += [(lost.at.isoformat(), 0, [reader.lost(lost)]) for lost in _conflicts(session, rows)]
    dated.sort(key=lambda each: each[:2], reverse=True)
    return [entry for *_, entries in dated for entry in entries]


@dataclass(frozen=True)
class _Change:
    n: int
    id: str
    table: str
    row_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]
    at: str  # UTC, ISO
    who: str
    text: str


def _changes(session: Session, rows: Iterable[tuple[str, str]]) -> Iterator[_Change]:
    known = frozenset(rows)
    query = (
        select(change, operation.c.at.label("done_at"), operation.c.text, Coordinator.name)
        .outerjoin(operation, operation.c.id == change.c.operation_id)
        .outerjoin(Coordinator, Coordinator.id == operation.c.who)
        .where(change.c.row_id.in_([row_id for _, row_id in known]))
        .order_by(change.c.n.desc())
        .limit(MOST)
    )
    for row in session.execute(query):
        if (row.table_name, row.row_id) in known:
            yield _read(row)


def _read(row: Row[Any]) -> _Change:
    outside = row.operation_id is None
    return _Change(
        n=row.n, id=row.id, table=row.table_name, row_id=row.row_id,
        before=None if row.before is None else json.loads(row.before),
        after=json.loads(row.after or "{}"),
        at=row.done_at.isoformat() if row.done_at else (row.at or ""),
        who=OUTSIDE if outside else row.name or "", text="" if outside else row.text or "",
    )  # fmt: skip


def _conflicts(session: Session, rows: Iterable[tuple[str, str]]) -> list[Conflict]:
    known = frozenset(rows)
    query = select(Conflict).where(
        Conflict.deleted.is_(False), Conflict.row_id.in_([row_id for _, row_id in known])
    )
    return [one for one in session.scalars(query) if (one.table_name, one.row_id) in known]


@dataclass(frozen=True)
class _Reader:
    """Turns changes into entries; remembers titles and present values."""

    session: Session
    main: tuple[str, str]
    merged: frozenset[str] = frozenset()  # records of the same table that went into it
    _titles: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    _rows: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def _erased(self) -> bool:
        return is_erased(self.session, *self.main)

    def told(self, each: _Change) -> list[HistoryEntry]:
        """One entry for a creation, else one for each unit of columns that changed."""
        if not each.after:
            return [self._entry(each, EntryKind.ERASED, "Данные удалены")]
        if each.before is None:
            return [self._created(each)]
        units = merge_units(Record.metadata.tables[each.table])
        found = dict.fromkeys(units[name] for name in each.after if name in units)
        return [self._changed(each, unit) for unit in found if unit not in FIXED]

    def lost(self, one: Conflict) -> HistoryEntry:
        """The value that did not stay, with its author; of a clash of rows what it was about."""
        table, row_id = one.table_name, one.row_id
        title, about = self._named(table, row_id)
        fixed: dict[str, Any] = {
            "kind": EntryKind.CONFLICT, "at": local_time(one.at), "table": table, "row_id": row_id,
            "title": title, "about": about,
            "who": self._name(one.who), "conflict_id": one.id, "unit": one.unit,
        }  # fmt: skip
        if one.kind in {ConflictKind.RULE, ConflictKind.DUPLICATE}:
            other = record_title(self.session, one.other_table, one.other_id)
            if one.kind is ConflictKind.DUPLICATE:
                word, done = TWINS.get(str(one.choice or ""), ("Двойник", "обмен"))
                return HistoryEntry(**fixed, operation=done, what=word, after=other)
            return HistoryEntry(
                **fixed, operation="обмен", what="Противоречие в плане", after=other
            )
        ours, theirs = (json.loads(side or "{}") for side in (one.ours, one.theirs))
        label = unit_label(table, one.unit)
        if not ours and not theirs:
            return HistoryEntry(**fixed, operation="персональные данные удалены", what=label)
        before, after = (unit_words(self.session, table, one.unit, s) for s in (ours, theirs))
        return HistoryEntry(
            **fixed, operation="обмен: значение, которое не осталось", what=label,
            before=before, after=after,
            sides=self._sides(table, row_id, one.unit, ours, theirs),
        )  # fmt: skip

    def _created(self, each: _Change) -> HistoryEntry:
        return self._entry(
            each, EntryKind.CREATED, "Запись создана", after=self._told(each.table, each.after)
        )

    def _told(self, table: str, values: Mapping[str, Any]) -> str:
        """What a record says, column by column, without what is empty."""
        units = merge_units(Record.metadata.tables[table])
        named = [name for name in values if name in units and name not in UNTOLD]
        said = (
            f"{column_label(table, name)}: {words}"
            for name in named
            if values[name] not in (self.main[1], *self.merged)
            and (words := value_words(self.session, table, name, values[name])) != EMPTY
            and not (values[name] == 0 and isinstance(values[name], int))
        )
        return "; ".join(said)

    def _changed(self, each: _Change, unit: str) -> HistoryEntry:
        sides = [_part(each.table, unit, side) for side in (each.before or {}, each.after)]
        before, after = (unit_words(self.session, each.table, unit, side) for side in sides)
        kind, what = EntryKind.CHANGED, unit_label(each.table, unit)
        if unit == "deletion":
            gone = bool(sides[1].get("deleted"))
            if gone and self._went_in(each.table, each.row_id):
                left = self._told(each.table, self._present(each.table, each.row_id))
                return self._entry(each, EntryKind.MERGED, "Объединена с этой", after=left)
            kind = EntryKind.DELETED if gone else EntryKind.RESTORED
            what = "Запись удалена" if gone else "Запись возвращена"
        offered = self._sides(each.table, each.row_id, unit, *sides)
        return self._entry(each, kind, what, unit=unit, before=before, after=after, sides=offered)

    def _sides(
        self, table: str, row_id: str, unit: str, before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> tuple[str, ...]:  # fmt: skip
        """Values that differ from the present one, of a record that can be written."""
        present = self._present(table, row_id)
        lies = bool(present.get("deleted", True))
        gone = self._erased and any(name in PERSONAL.get(table, {}) for name in after)
        if gone or unit == "held" or (lies and unit != "deletion"):
            return ()
        if self._went_in(table, row_id):  # it comes back by undoing the merge
            return ()
        pair = (("before", before), ("after", after))
        if unit == "deletion":  # what is in the basket comes back; throwing away is a command
            return tuple(side for side, value in pair if lies and value and not value["deleted"])
        return tuple(side for side, value in pair if value and not _same(value, present))

    def _entry(self, each: _Change, kind: EntryKind, what: str, **facts: Any) -> HistoryEntry:
        at = local_time(datetime.fromisoformat(each.at)) if each.at else None
        title, about = self._named(each.table, each.row_id)
        return HistoryEntry(
            kind, at, each.who, each.text, each.table, each.row_id, title, about, what,
            change_id=each.id, **facts,
        )  # fmt: skip

    def _named(self, table: str, row_id: str) -> tuple[str, str]:
        """The record's short title, and which part of the whole it is; "" for the whole."""
        key = table, row_id
        if key not in self._titles:
            part = f"{table_title(table)}: {record_title(self.session, table, row_id)}"
            if self._went_in(table, row_id):
                part = f"Из объединённой записи: {record_title(self.session, table, row_id)}"
            title = short_title(self.session, table, row_id)
            self._titles[key] = title, "" if key == self.main else part
        return self._titles[key]

    def _went_in(self, table: str, row_id: str) -> bool:
        return table == self.main[0] and row_id in self.merged

    def _present(self, table: str, row_id: str) -> Mapping[str, Any]:
        if (table, row_id) not in self._rows:
            query = text(f'SELECT * FROM "{table}" WHERE id = :id')  # noqa: S608 -- our own name
            row = self.session.execute(query, {"id": row_id}).mappings().first()
            self._rows[table, row_id] = dict(row) if row else {}
        return self._rows[table, row_id]

    def _name(self, who: str | None) -> str:
        return record_title(self.session, "coordinator", who) if who else ""


def _part(table: str, unit: str, values: Mapping[str, Any]) -> dict[str, Any]:
    units = merge_units(Record.metadata.tables[table])
    return {name: value for name, value in values.items() if units.get(name) == unit}


def _same(values: Mapping[str, Any], present: Mapping[str, Any]) -> bool:
    return bool(values) and all(present.get(name) == value for name, value in values.items())
