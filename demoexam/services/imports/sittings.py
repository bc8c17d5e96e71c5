"""Which sitting of the store a row of a schedule is, also when its day or hour was moved."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.exchange.cells import Place
from demoexam.exchange.values import ExamRow
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.journal import change, operation
from demoexam.rules.terms import SessionState
from demoexam.services.imports.draft import Draft, Row

LOADING: Final = "загрузка "  # how the operation of an import begins
_NEAR: Final = timedelta(days=7)  # a schedule may lose its first or last day and is still the same
_MOVABLE: Final = frozenset({None, SessionState.DRAFT, SessionState.PLANNED})


@dataclass(frozen=True)
class Asked:
    """A row that can be loaded, with the group and kit that it means."""

    row: ExamRow
    group: str
    kit: str
    hour: time


def known_sittings(draft: Draft, asked: Sequence[Asked]) -> dict[Place, Row]:
    """The sitting of each row that has one: of the same hour, else of the same day, else moved."""
    stored: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in draft.rows(ExamSession).values():
        if row["starts_at"] and not row["deleted"]:
            stored[row["group_id"], row["kit_id"]].append(row)
    found: dict[Place, Row] = {}
    days = [each.row.day for each in asked]
    span = (min(days) - _NEAR, max(days) + _NEAR) if days else None
    parts: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for each in asked:
        parts[each.group, each.kit].append(each)
    for key, rows in parts.items():
        free = stored.get(key, [])
        for fits in (_same_hour, _same_day):
            free = _take(found, rows, free, fits)
        left = [each for each in rows if each.row.place not in found]
        moved = [row for row in free if _may_move(row, span)]
        if left and len(left) == len(moved) and not _is_one_more(draft, left, stored[key]):
            moved.sort(key=_start)
            found |= {each.row.place: row for each, row in zip(left, moved, strict=True)}
    return found


def was_loaded(session: Session, row_id: str) -> bool:
    """Whether it was an import that made the row."""
    made = select(operation.c.text).join(change, change.c.operation_id == operation.c.id)
    query = made.where(change.c.row_id == row_id, change.c.before.is_(None))
    return any(text.startswith(LOADING) for text in session.scalars(query))


def _take(
    found: dict[Place, Row],
    rows: Sequence[Asked],
    free: Sequence[Row],
    fits: Callable[[Asked, Row], bool],
) -> list[Row]:
    """Give each row its first fitting sitting; returns those that are left."""
    left = [*free]
    for each in rows:
        match = None if each.row.place in found else next((r for r in left if fits(each, r)), None)
        if match is not None:
            found[each.row.place] = match
            left.remove(match)
    return left


def _start(row: Row) -> datetime:
    starts_at: datetime = row["starts_at"]
    return starts_at


def _same_hour(asked: Asked, row: Row) -> bool:
    return _start(row) == datetime.combine(asked.row.day, asked.hour)


def _same_day(asked: Asked, row: Row) -> bool:
    return _start(row).date() == asked.row.day


def _may_move(row: Row, span: tuple[date, date] | None) -> bool:
    """A planned sitting of the days that the file speaks of, and which it does not name."""
    inside = span is not None and span[0] <= _start(row).date() <= span[1]
    return inside and row["state"] in _MOVABLE


def _is_one_more(draft: Draft, asked: Sequence[Asked], stored: Sequence[Row]) -> bool:
    """Whether the group has students enough for these rows beside all its sittings."""
    size = draft.rows(StudyGroup)[asked[0].group]["head_count"] or 0
    sitting = sum(row["head_count"] or size for row in stored)
    coming = sum(each.row.head_count or size for each in asked)
    return bool(size) and sitting + coming <= size
