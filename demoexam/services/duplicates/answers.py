"""What was decided about two records that seemed to be one: the same memory as the exchange's.

Each answer is a settled Conflict of the pair with the hub's own code, so a pair told apart in the
roster is not asked about by an exchange, nor the other way round.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.models.catalog import entities
from demoexam.models.exchange import Conflict, ConflictKind, ConflictStatus
from demoexam.services.syncing.cards import Way
from demoexam.store.store import coordinator_id

Pair = frozenset[str]

MERGED = frozenset({Way.MERGE.value, Way.MERGE_OTHER.value})
GONE = "data"  # one of the two is not there any more: nothing was left to choose


def told_apart(session: Session, table: str) -> set[Pair]:
    """Pairs of ids which somebody called two different records, here or elsewhere."""
    query = select(Conflict.row_id, Conflict.other_id).where(
        *_about(table), Conflict.choice == Way.DIFFERENT.value
    )
    return {frozenset((one, other)) for one, other in session.execute(query) if other}


def tell_apart(session: Session, *, table: str, this_id: str, other_id: str) -> None:
    """Remember that these are two: nobody is asked about this pair again."""
    _settle(session, table, this_id, other_id, Way.DIFFERENT)


def remember_merge(session: Session, *, table: str, keep_id: str, drop_id: str) -> None:
    """Note which record the dropped one went into; what was asked or said of it goes over."""
    for each in _of_record(session, table, drop_id):
        third = each.other_id if each.row_id == drop_id else each.row_id
        if third in {None, keep_id}:
            continue
        if each.status is ConflictStatus.OPEN:
            each.status, each.choice = ConflictStatus.RESOLVED, GONE
        elif each.choice == Way.DIFFERENT.value and not _of_pair(session, table, keep_id, third):
            tell_apart(session, table=table, this_id=keep_id, other_id=str(third))
    _settle(session, table, keep_id, drop_id, Way.MERGE)


def merged_into(session: Session, table: str, record_id: str) -> list[str]:
    """Ids of the records that became this one, those that had gone into them included."""
    found: list[str] = []
    waiting = [record_id]
    while waiting:
        for ident in _went_into(session, table, waiting.pop()):
            if ident not in found and ident != record_id:
                found.append(ident)
                waiting.append(ident)
    return found


def _went_into(session: Session, table: str, record_id: str) -> Iterator[str]:
    for each in _of_record(session, table, record_id):
        other = each.other_id if each.row_id == record_id else each.row_id
        if other and each.choice in MERGED and _stayed(session, each) == record_id:
            yield other


def _stayed(session: Session, merge: Conflict) -> str:
    """Which of the two stayed; the choice tells it, unless the own college had to stay."""
    stays, went = merge.row_id, merge.other_id or ""
    if merge.choice == Way.MERGE_OTHER.value:
        stays, went = went, stays
    entity = entities()[merge.table_name]
    rows = {ident: session.get(entity, ident) for ident in (stays, went)}
    swapped = _lies(rows[stays]) and not _lies(rows[went])
    return went if swapped else stays if _lies(rows[went]) else ""


def _lies(row: Record | None) -> bool:
    return row is None or row.deleted


def _settle(session: Session, table: str, this_id: str, other_id: str, way: Way) -> None:
    known = _of_pair(session, table, this_id, other_id)
    if not known:
        made = Conflict(
            table_name=table, row_id=this_id, kind=ConflictKind.DUPLICATE, other_table=table,
            other_id=other_id, code=f"same_{table}", client=session.info.get("client", ""),
            at=datetime.now(UTC).replace(tzinfo=None), who=coordinator_id(session),
        )  # fmt: skip
        session.add(made)
        known = [made]
    for each in known:
        each.status, each.choice = ConflictStatus.RESOLVED, way.value
        if way is Way.MERGE and each.row_id != this_id:
            each.choice = Way.MERGE_OTHER.value
    session.flush()


def _of_pair(session: Session, table: str, this_id: str, other_id: str | None) -> list[Conflict]:
    both = (
        and_(Conflict.row_id == this_id, Conflict.other_id == other_id),
        and_(Conflict.row_id == other_id, Conflict.other_id == this_id),
    )
    return list(session.scalars(select(Conflict).where(*_about(table), or_(*both))))


def _of_record(session: Session, table: str, record_id: str) -> list[Conflict]:
    either = or_(Conflict.row_id == record_id, Conflict.other_id == record_id)
    return list(session.scalars(select(Conflict).where(*_about(table), either)))


def _about(table: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Conflict.deleted.is_(False), Conflict.kind == ConflictKind.DUPLICATE,
        Conflict.table_name == table, Conflict.other_table == table,
    )  # fmt: skip
