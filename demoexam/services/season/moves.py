"""Moving sittings over the board: each function is one operation that can be taken back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused, RulesBroken
from demoexam.models.exams import ExamSession
from demoexam.models.kits import AssessmentKit
from demoexam.models.places import Workshop
from demoexam.rules.placing import Move, hanging_days
from demoexam.rules.terms import SessionState
from demoexam.services.college.calendar import work_calendar
from demoexam.services.exams.exams import create_session
from demoexam.services.plan.plan_facts import between
from demoexam.services.season.guard import Left, Moved, moving, sitting_rows, told

__all__ = [
    "Left",
    "Move",
    "Moved",
    "copy_day",
    "move_sittings",
    "place",
    "set_pinned",
    "shift_sittings",
    "unplace",
]


def move_sittings(session: Session, moves: Sequence[Move], *, today: date | None = None) -> Moved:
    """All of the moves together, or RulesBroken and none of them.

    A pinned sitting or one that is over is refused when it is alone, else left where it is.
    """
    rows = sitting_rows(session, [move.id for move in moves])
    wanted = {move.id: move for move in moves}
    with moving(session, rows, today) as moved:
        for row in rows:
            if row.id in moved.ids:
                place(session, row, wanted[row.id])
    return moved


def shift_sittings(
    session: Session, ids: Sequence[str], days: int = 7, *, today: date | None = None
) -> Moved:
    """Each of the sittings so many days later, or earlier, at its own hour and place."""
    rows = [row for row in sitting_rows(session, ids) if row.starts_at is not None]
    moves = [
        Move(row.id, row.workshop_id, row.starts_at + timedelta(days))
        for row in rows
        if row.starts_at is not None
    ]
    return move_sittings(session, moves, today=today)


def unplace(session: Session, ids: Sequence[str], *, today: date | None = None) -> Moved:
    """Take the sittings off the board: drafts without a date, whose experts stay with them."""
    rows = sitting_rows(session, ids)
    with moving(session, rows, today) as moved:
        for row in rows:
            if row.id in moved.ids:
                row.starts_at = row.ends_at = row.second_day = row.preparation_day = None
                row.state = SessionState.DRAFT
    return moved


def set_pinned(session: Session, ids: Sequence[str], *, pinned: bool = True) -> None:
    """A pinned sitting does not move until it is let go."""
    for row in sitting_rows(session, ids):
        row.pinned = pinned


def copy_day(
    session: Session,
    day: date,
    to_day: date,
    workshop_ids: Sequence[str] | None = None,
    *,
    today: date | None = None,
) -> Moved:
    """Drafts on another day with the groups, kits, workshops and hours of this one.

    Examinees and experts are not copied. What would contradict the plan is left out and named.
    """
    copied = Moved()
    for row in _of_day(session, day, workshop_ids):
        try:
            copied.ids.append(_copy(session, row, to_day, today))
        except RulesBroken as broken:
            copied.left.append(Left(row.id, str(broken.violations[0])))
    if copied.left and not copied.ids:
        raise Refused("Ни один экзамен дня не скопировать.", copied.left[0].why)
    copied.findings = told(session, copied.ids, today)
    return copied


def _of_day(
    session: Session, day: date, workshop_ids: Sequence[str] | None
) -> Sequence[ExamSession]:
    """The live sittings that begin that day."""
    query = select(ExamSession).where(ExamSession.live(), between(day, day))
    if workshop_ids is not None:
        query = query.where(ExamSession.workshop_id.in_(workshop_ids))
    rows = session.scalars(query.order_by(ExamSession.starts_at, ExamSession.id)).all()
    return [row for row in rows if row.starts_at and row.starts_at.date() == day]


def _copy(session: Session, row: ExamSession, day: date, today: date | None) -> str:
    starts_at, ends_at = row.starts_at, row.ends_at
    saved = create_session(
        session,
        group_id=row.group_id,
        kit_id=row.kit_id,
        workshop_id=row.workshop_id,
        starts_at=starts_at and datetime.combine(day, starts_at.time()),
        ends_at=ends_at and datetime.combine(day, ends_at.time()),
        head_count=row.head_count,
        board_member=row.board_member,
        today=today,
    )
    return saved.id


def place(session: Session, row: ExamSession, move: Move) -> None:
    """The hours keep their length; the second day and C-1 follow a new day."""
    if move.workshop_id is not None:
        workshop = session.get(Workshop, move.workshop_id)
        if workshop is None or workshop.deleted:
            raise NotFound(what="мастерская")
    kit = session.get_one(AssessmentKit, row.kit_id)
    before, day = row.starts_at, move.starts_at.date()
    length = row.ends_at - before if before and row.ends_at else timedelta(minutes=kit.minutes)
    if before is None or before.date() != day:
        calendar = work_calendar(session, {day.year, (day - timedelta(14)).year})
        days = hanging_days(day, 2 if row.second_day else kit.exam_days, calendar)
        row.second_day, row.preparation_day = days.second, days.preparation
    row.workshop_id, row.starts_at = move.workshop_id, move.starts_at
    row.ends_at = move.starts_at + length
    _refuse_midnight(row.starts_at, row.ends_at)


def _refuse_midnight(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at.date() != starts_at.date():
        raise Refused(
            "Экзамен должен кончиться в тот же день, когда начался.", "Начните его раньше."
        )
