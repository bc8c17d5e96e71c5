"""Two records that mean one thing become one: what points at the second points at the first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.base import Record, captured_columns
from demoexam.models.catalog import entities
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.people import Employment
from demoexam.rules.terms import SessionState
from demoexam.rules.violation import Violation
from demoexam.services.duplicates.merging_parts import absorb, one_main_job
from demoexam.services.records.records import live_record

OWN = frozenset({"id", "owner_id", "deleted", "deleted_by", "held"})  # a row's own, not its content
OVER = (SessionState.DONE, SessionState.CLOSED)  # what has taken place is a fact, not a plan


@dataclass
class Merged:
    """What a merge did: rows repointed, those that both had, and what it put out of the plan."""

    moved: list[Record] = field(default_factory=list)
    doubles: list[Record] = field(default_factory=list)
    held: Mapping[str, list[Violation]] = field(default_factory=dict)


def merge_records(
    session: Session, *, table: str, keep_id: str, drop_id: str, leave: Collection[str] = (),
    values: Mapping[str, Any] | None = None, main_of: str = "",
) -> Merged:  # fmt: skip
    """Repoint everything from `drop_id` to `keep_id`, fill what the kept one lacks, drop the other.

    Columns of `leave` are not filled, those of `values` get these values. Of two main places of
    work at one time that of `main_of` (the kept record) stays the main one. Runs in the caller's
    operation: one undo takes all of it back. What the two had twice is kept once; what
    contradicts the plan afterwards is held.
    """
    if keep_id == drop_id:
        raise Refused("Это одна и та же запись.", "Выберите две разные записи.")
    keep = live_record(session, table=table, record_id=keep_id)
    drop = live_record(session, table=table, record_id=drop_id)
    first = _main_work(session, main_of or keep_id) if table == "expert" else ()
    _fill(keep, drop, {*leave, *(values or ())})
    merged = _repoint(session, table, keep_id, drop_id)
    if table == "expert":
        one_main_job(session, keep_id, first)
    drop.deleted, drop.deleted_by = True, session.info.get("operation")
    session.flush()
    for name, value in (values or {}).items():
        setattr(keep, name, value)
    session.flush()
    _hold(session, merged)
    return merged


def content_of(table: str) -> list[str]:
    """Names of the columns that say something of the record itself."""
    names = captured_columns(Record.metadata.tables[table])
    return [name for name in names if name not in OWN]


def _main_work(session: Session, expert_id: str) -> Collection[str]:
    mine = Employment.expert_id == expert_id
    return [job.organization_id for job in _rows(session, Employment, mine) if job.is_main]


def _fill(keep: Record, drop: Record, leave: Collection[str]) -> None:
    for name in content_of(keep.__tablename__):
        lacks = _empty(getattr(keep, name)) and name not in leave
        if lacks and not _empty(getattr(drop, name)):
            setattr(keep, name, getattr(drop, name))


def _empty(value: object) -> bool:
    return value is None or value == ""


def _repoint(session: Session, table: str, keep_id: str, drop_id: str) -> Merged:
    merged = Merged()
    for name, entity in entities().items():
        for key in Record.metadata.tables[name].foreign_keys:
            if key.column.table.name != table:
                continue
            column = getattr(entity, key.parent.name)
            there = list(_rows(session, entity, column == keep_id))
            for row in _rows(session, entity, column == drop_id):
                setattr(row, key.parent.name, keep_id)
                double = any(_image(each) == _image(row) for each in there)
                if double or any(absorb(each, row) for each in there):
                    row.deleted, row.deleted_by = True, session.info.get("operation")
                    merged.doubles.append(row)
                else:
                    there.append(row)
                    merged.moved.append(row)
            session.flush()
    return merged


def _hold(session: Session, merged: Merged) -> None:
    """Out of the plan with what contradicts it now: duties moved, and duties of who moved."""
    came = {row.id for row in merged.moved if row.__tablename__ in {"assignment", "exam_session"}}
    jobs = [row for row in (*merged.moved, *merged.doubles) if isinstance(row, Employment)]
    came |= _of_own_college(session, jobs)
    came -= _over(session, came)
    if came:
        from demoexam.services.plan.check import hold_contradictions

        merged.held = hold_contradictions(session, row_ids=came)


def _of_own_college(session: Session, jobs: Collection[Employment]) -> set[str]:
    """Duties of these people at exams of the college where they turn out to work."""
    pairs = {(job.expert_id, job.organization_id) for job in jobs}
    query = (
        select(Assignment.id, Assignment.expert_id, StudyGroup.college_id)
        .join(ExamSession, ExamSession.id == Assignment.session_id)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .where(
            Assignment.live(), ExamSession.live(),
            StudyGroup.college_id.in_({college for _, college in pairs}),
        )
    )  # fmt: skip
    rows = session.execute(query) if pairs else ()
    return {ident for ident, expert, college in rows if (expert, college) in pairs}


def _over(session: Session, row_ids: Collection[str]) -> set[str]:
    sittings = select(ExamSession.id).where(ExamSession.state.in_(OVER))
    duties = select(Assignment.id).where(Assignment.session_id.in_(sittings))
    found = {*session.scalars(sittings.where(ExamSession.id.in_(row_ids)))}
    return found | {*session.scalars(duties.where(Assignment.id.in_(row_ids)))}


def _rows(session: Session, entity: type[Record], condition: Any) -> list[Any]:
    return list(session.scalars(select(entity).where(condition, entity.deleted.is_(False))))


def _image(record: Record) -> Mapping[str, Any]:
    return {name: getattr(record, name) for name in content_of(record.__tablename__)}
