"""Two records that mean one thing become one: what points at the second points at the first."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.base import Record, captured_columns
from demoexam.models.catalog import entities
from demoexam.models.people import Employment
from demoexam.services.records import live_record

OWN = frozenset({"id", "owner_id", "deleted", "deleted_by", "held"})  # a row's own, not its content


def merge_records(
    session: Session, *, table: str, keep_id: str, drop_id: str, leave: Collection[str] = ()
) -> None:
    """Repoint everything from `drop_id` to `keep_id`, fill what the kept one lacks, drop the other.

    Columns of `leave` are not filled. Runs in the caller's operation: one undo takes all of it
    back. What the two had twice is kept once; what contradicts the plan afterwards is held.
    """
    if keep_id == drop_id:
        raise Refused("Это одна и та же запись.", "Выберите две разные записи.")
    keep = live_record(session, table=table, record_id=keep_id)
    drop = live_record(session, table=table, record_id=drop_id)
    _fill(keep, drop, leave)
    moved = _repoint(session, table, keep_id, drop_id)
    drop.deleted, drop.deleted_by = True, session.info.get("operation")
    session.flush()
    if moved:
        from demoexam.services.check import hold_contradictions

        hold_contradictions(session, row_ids=moved)


def _fill(keep: Record, drop: Record, leave: Collection[str]) -> None:
    for name in _content(keep):
        lacks = _empty(getattr(keep, name)) and name not in leave
        if lacks and not _empty(getattr(drop, name)):
            setattr(keep, name, getattr(drop, name))


def _empty(value: object) -> bool:
    return value is None or value == ""


def _repoint(session: Session, table: str, keep_id: str, drop_id: str) -> Collection[str]:
    """-> ids of the duties and sittings that were moved."""
    plan: set[str] = set()
    for name, entity in entities().items():
        for key in Record.metadata.tables[name].foreign_keys:
            if key.column.table.name != table:
                continue
            column = getattr(entity, key.parent.name)
            there = [_image(row) for row in _rows(session, entity, column == keep_id)]
            for row in _rows(session, entity, column == drop_id):
                setattr(row, key.parent.name, keep_id)
                if _image(row) in there:
                    row.deleted, row.deleted_by = True, session.info.get("operation")
                elif isinstance(row, Employment) and table == "expert":
                    _one_main_job(session, row)
                if name in {"assignment", "exam_session"} and not row.deleted:
                    plan.add(row.id)
            session.flush()
    return plan


def _one_main_job(session: Session, job: Employment) -> None:
    """The kept person's main place of work stays his main one."""
    if not job.is_main:
        return
    with session.no_autoflush:
        others = _rows(session, Employment, Employment.expert_id == job.expert_id)
        for other in others:
            if other is not job and other.is_main and _overlap(job, other):
                job.is_main = False
                job.deleted = other.organization_id == job.organization_id


def _overlap(one: Employment, other: Employment) -> bool:
    begins = one.valid_to is None or other.valid_from is None or other.valid_from <= one.valid_to
    ends = other.valid_to is None or one.valid_from is None or one.valid_from <= other.valid_to
    return begins and ends


def _rows(session: Session, entity: type[Record], condition: Any) -> list[Any]:
    return list(session.scalars(select(entity).where(condition, entity.deleted.is_(False))))


def _content(record: Record) -> list[str]:
    names = captured_columns(Record.metadata.tables[record.__tablename__])
    return [name for name in names if name not in OWN]


def _image(record: Record) -> Mapping[str, Any]:
    return {name: getattr(record, name) for name in _content(record)}
