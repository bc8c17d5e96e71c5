"""«Вернуть это значение»: an earlier value becomes the present one, by the rules of any edit."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused
from demoexam.models.base import Record, merge_units
from demoexam.models.catalog import entities
from demoexam.models.exchange import Conflict, ConflictStatus
from demoexam.models.journal import change
from demoexam.services.plan.plan_guard import (
    OF_SITTING,
    Saved,
    plan_change,
    refuse_closed,
    sitting_row,
)
from demoexam.services.records.erased import ErasedForGood
from demoexam.services.records.records import PARTS, PLANNED, SITTING, entity_of, write_fields
from demoexam.services.records.rules import check_record
from demoexam.services.records.stored_values import read_stored
from demoexam.services.records.words import record_title, table_title, value_words

Side = Literal["before", "after"]
ALSO_OVER = frozenset({"state", "note", "answer"})  # of a sitting that took place


def restore_value(session: Session, *, change_id: str, unit: str, side: Side = "before") -> None:
    """Write back what a unit of columns held before (or after) a change.

    Raises ErasedForGood, RulesBroken, or Refused when the value names what is gone.
    """
    row = session.execute(select(change).where(change.c.id == change_id)).first()
    if row is None:
        raise NotFound(what="строка истории")
    if row.after == "{}":
        raise ErasedForGood
    kept = row.before if side == "before" else row.after
    _write(session, row.table_name, row.row_id, unit, json.loads(kept or "{}"))


def restore_lost(session: Session, *, conflict_id: str, side: Side = "before") -> None:
    """Write the value that lost a conflict: "before" is the desktop's, "after" the hub's.

    A conflict that waits for a choice is settled by it.
    """
    lost = session.get(Conflict, conflict_id)
    if lost is None or lost.deleted:
        raise NotFound(what="расхождение")
    values = lost.ours if side == "before" else lost.theirs
    if values is None:
        raise ErasedForGood
    _write(session, lost.table_name, lost.row_id, lost.unit, json.loads(values))
    if lost.status is ConflictStatus.OPEN:
        lost.status, lost.choice = ConflictStatus.RESOLVED, "mine" if side == "before" else "hub"


def _write(session: Session, table: str, row_id: str, unit: str, kept: Mapping[str, Any]) -> None:
    units = merge_units(Record.metadata.tables[table])
    raw = {name: value for name, value in kept.items() if units.get(name) == unit}
    if not raw or unit == "held":
        raise Refused("Такого значения в истории нет.", "Выберите другую строку.")
    if unit == "deletion":
        if raw["deleted"]:
            raise Refused("Удаляют не из истории.", "Откройте запись и нажмите Del.")
        bring_back(session, table=table, record_id=row_id)
        return
    record = session.get(entity_of(table), row_id)
    if record is None or record.deleted:
        title = record_title(session, table, row_id)
        raise Refused(f"Запись «{title}» удалена.", "Сначала верните её: строка «Запись удалена».")
    if table in {SITTING, "assignment"}:
        sitting_row(session, _sitting_of(table, record), also_over=unit in ALSO_OVER)
    _refuse_lost_targets(session, table, raw)
    write_fields(session, table=table, record_id=row_id, fields=read_stored(table, raw))


def bring_back(session: Session, *, table: str, record_id: str) -> None:
    """Take a record out of the basket with the parts that went there together with it.

    RulesBroken if the plan has moved on, Refused if what it names is gone.
    """
    record: Any = session.get(entity_of(table), record_id)
    if record is None or not record.deleted:
        raise Refused("Запись уже на месте.", "Обновите список или историю.")
    if table in OF_SITTING:
        refuse_closed(session, _sitting_of(table, record))
    columns = Record.metadata.tables[table].columns
    links = {c.name: getattr(record, c.name) for c in columns if c.foreign_keys}
    _refuse_lost_targets(session, table, links)
    together, record.deleted, record.deleted_by = record.deleted_by, False, None
    with _guard(session, table, record) as saved:
        if together:
            _bring_parts(session, table, record_id, together)
        check_record(session, table, record)
        session.flush()
        saved.id = _sitting_of(table, record)


def _bring_parts(session: Session, table: str, record_id: str, together: str) -> None:
    """Parts may have parts of their own: a group's students have their kin."""
    for part, link in PARTS.get(table, ()):
        entity: Any = entities()[part]
        went = entity.deleted_by == together, getattr(entity, link) == record_id
        for ident in session.scalars(select(entity.id).where(*went)).all():
            session.execute(
                update(entity).where(entity.id == ident).values(deleted=False, deleted_by=None)
            )
            _bring_parts(session, part, ident, together)


def _guard(session: Session, table: str, record: Any) -> AbstractContextManager[Saved]:
    """What comes back into the plan must not contradict it."""
    if table not in PLANNED:
        return nullcontext(Saved())
    return plan_change(session, "" if table == SITTING else record.session_id)


def _sitting_of(table: str, record: Any) -> str:
    return str(record.id if table == SITTING else getattr(record, "session_id", ""))


def _refuse_lost_targets(session: Session, table: str, raw: Mapping[str, Any]) -> None:
    """A value that names a record must name one that is still there."""
    for name, value in raw.items():
        for key in Record.metadata.tables[table].columns[name].foreign_keys:
            target = key.column.table.name
            row = session.get(entities()[target], value) if value else None
            if value and (row is None or row.deleted):
                title = value_words(session, table, name, value)
                raise Refused(
                    f"Прежнее значение — {table_title(target).lower()} «{title}» — удалено.",
                    "Сначала верните эту запись или выберите другое значение.",
                )
