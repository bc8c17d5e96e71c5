"""A person's choice where two computers disagreed: an ordinary operation, undone like any other."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused
from demoexam.models.exchange import Conflict, ConflictKind, ConflictStatus
from demoexam.services.duplicates.record_merging import merge_records
from demoexam.services.plan.held import release_held
from demoexam.services.plan.plan_guard import plan_change
from demoexam.services.records.records import (
    change_record,
    delete_record,
    live_record,
    write_fields,
)
from demoexam.services.records.restore import bring_back
from demoexam.services.records.stored_values import read_stored, unit_columns
from demoexam.services.records.words import record_title
from demoexam.services.syncing.cards import Keep, Way
from demoexam.services.syncing.clashes import DUTY, SITTING, record_of
from demoexam.services.syncing.conflict_facts import values_of_side
from demoexam.store.store import own_college
from demoexam.text import short_name

PLAN = frozenset({SITTING, DUTY})
SAME: Mapping[ConflictKind, Mapping[str, Way]] = {  # the short words of the command line
    ConflictKind.RULE: {Keep.HUB: Way.CANCEL, Keep.MINE: Way.CANCEL_OTHER},
    ConflictKind.DUPLICATE: {Keep.HUB: Way.MERGE_OTHER, Keep.MINE: Way.MERGE},
}


def resolve(session: Session, *, conflict_id: str, keep: str) -> None:
    """Settle one conflict: "hub", "mine", or for a single column another value as a text.

    Of two records `keep` is one of `Way`; "hub" lets the other one stand, "mine" this one. What
    contradicts the plan is refused with RulesBroken, and then nothing is settled.
    """
    conflict = _open_one(session, conflict_id)
    match conflict.kind:
        case ConflictKind.FIELD:
            _settle_value(session, conflict, keep)
        case ConflictKind.DELETION:
            _settle_deletion(session, conflict, keep)
        case _:
            keep = SAME[conflict.kind].get(keep, keep)
            _settle_pair(session, conflict, _way(keep))
    conflict.status, conflict.choice = ConflictStatus.RESOLVED, str(keep)
    session.flush()


def resolve_all(session: Session, *, answers: Mapping[str, str]) -> None:
    """Settle several, all or none: conflict -> what `resolve` takes as `keep`."""
    for conflict_id, keep in answers.items():
        resolve(session, conflict_id=conflict_id, keep=keep)


def choice_text(session: Session, conflict_id: str) -> str:
    """The operation's text: «выбор при расхождении: Ёлкин А. О.»."""
    conflict = _open_one(session, conflict_id)
    record = record_of(session, conflict.table_name, conflict.row_id)
    if hasattr(record, "last_name"):
        title = short_name(record.last_name, record.first_name, record.middle_name)
    else:
        title = record_title(session, conflict.table_name, conflict.row_id)
    return f"выбор при расхождении: {title}"


def _open_one(session: Session, conflict_id: str) -> Conflict:
    conflict = session.get(Conflict, conflict_id)
    if conflict is None or conflict.deleted:
        raise NotFound(what="расхождение")
    if conflict.status is ConflictStatus.RESOLVED:
        raise Refused(
            "Это расхождение уже решено.", "Обновите список: решить его мог и другой координатор."
        )
    return conflict


def _settle_value(session: Session, conflict: Conflict, keep: str) -> None:
    """The hub's value stands in the record already; ours or another one is written."""
    table, record_id = conflict.table_name, conflict.row_id
    if keep == Keep.HUB:
        return
    if keep == Keep.MINE:
        fields = read_stored(table, values_of_side(conflict.ours))
        write_fields(session, table=table, record_id=record_id, fields=fields)
        return
    columns = unit_columns(table, conflict.unit)
    if len(columns) != 1:
        raise Refused(
            "Это значение состоит из нескольких полей.",
            "Выберите одно из двух (hub или mine), а потом измените запись.",
        )
    change_record(session, table=table, record_id=record_id, values={columns[0]: keep})


def _settle_deletion(session: Session, conflict: Conflict, keep: str) -> None:
    side = {Keep.MINE: conflict.ours, Keep.HUB: conflict.theirs}.get(_side(keep))
    table, record_id = conflict.table_name, conflict.row_id
    gone = bool(values_of_side(side).get("deleted"))
    record = record_of(session, table, record_id)
    if record is None:
        raise NotFound(what=f"{table} {record_id}")
    if gone and not record.deleted:
        delete_record(session, table=table, record_id=record_id)
    elif not gone and record.deleted:
        bring_back(session, table=table, record_id=record_id)


def _settle_pair(session: Session, conflict: Conflict, way: Way) -> None:
    table, ident = conflict.table_name, conflict.row_id
    other_table, other_id = conflict.other_table, conflict.other_id or ""
    match way:
        case Way.CANCEL:
            delete_record(session, table=table, record_id=ident)
        case Way.CANCEL_OTHER:
            delete_record(session, table=other_table, record_id=other_id)
            _release(session, table, ident)
        case Way.RELEASE:
            _release(session, table, ident)
        case Way.UNDELETE:
            _undelete(session, other_table, other_id)
            _release(session, table, ident)
        case Way.MERGE:
            _merge(session, table, ident, other_id)
        case Way.MERGE_OTHER:
            _merge(session, table, other_id, ident)
        case Way.MOVE:
            raise Refused(
                "Сначала измените саму запись: время, место или эксперта.",
                "Когда противоречия не станет, расхождение закроется при обмене.",
            )
        case Way.DIFFERENT:  # the pair is remembered by its resolved conflict
            if conflict.kind is not ConflictKind.DUPLICATE:
                raise _not_an_answer(way)


def _merge(session: Session, table: str, keep_id: str, drop_id: str) -> None:
    if drop_id == own_college(session):  # the college that sits here stays
        keep_id, drop_id = drop_id, keep_id
    merge_records(session, table=table, keep_id=keep_id, drop_id=drop_id)


def _release(session: Session, table: str, ident: str) -> None:
    """Back into the plan; RulesBroken while it still contradicts."""
    if table in PLAN:
        release_held(session, row_id=ident)
        return
    row: Any = live_record(session, table=table, record_id=ident)
    sitting_id = getattr(row, "session_id", "")
    if sitting_id:
        with plan_change(session, sitting_id):
            row.held = False
    row.held = False
    session.flush()


def _undelete(session: Session, table: str, ident: str) -> None:
    """Unless somebody has done it already."""
    record = record_of(session, table, ident)
    if record is None or record.deleted:
        bring_back(session, table=table, record_id=ident)


def _side(keep: str) -> Keep:
    if keep not in {Keep.HUB, Keep.MINE}:
        raise _not_an_answer(keep)
    return Keep(keep)


def _way(keep: str) -> Way:
    if keep not in set(Way):
        raise _not_an_answer(keep)
    return Way(keep)


def _not_an_answer(keep: str) -> Refused:
    return Refused(
        f"Ответ «{keep}» для этого расхождения не подходит.",
        "Выберите, что оставить: hub (как в хранилище) или mine (как у вас).",
    )
