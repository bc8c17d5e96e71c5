"""Moving sittings over the board: each function is one operation that can be taken back."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused, RulesBroken
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.places import Workshop
from demoexam.rules.check import check_one
from demoexam.rules.placing import Move, hanging_days
from demoexam.rules.terms import SessionState
from demoexam.rules.violation import Violation, contradictions, with_levels
from demoexam.services.calendar import work_calendar
from demoexam.services.check import plan_around
from demoexam.services.college import college_settings
from demoexam.services.plan_guard import OVER, in_force

__all__ = ["Left", "Move", "Moved", "move_sittings", "set_pinned", "shift_sittings", "unplace"]


@dataclass(frozen=True, slots=True)
class Left:
    """A sitting that stays where it is, and why."""

    id: str
    why: str


@dataclass
class Moved:
    """What an operation did: who moved, who stays, and what the rules now say of the moved."""

    ids: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    findings: list[Violation] = field(default_factory=list)


def move_sittings(session: Session, moves: Sequence[Move], *, today: date | None = None) -> Moved:
    """All of the moves together, or RulesBroken and none of them.

    A pinned sitting or one that is over is refused when it is alone, else left where it is.
    """
    rows = _rows(session, [move.id for move in moves])
    wanted = {move.id: move for move in moves}
    with _moving(session, rows, today) as moved:
        for row in rows:
            if row.id in moved.ids:
                _place(session, row, wanted[row.id])
    return moved


def shift_sittings(
    session: Session, ids: Sequence[str], days: int = 7, *, today: date | None = None
) -> Moved:
    """Each of the sittings so many days later, or earlier, at its own hour and place."""
    rows = [row for row in _rows(session, ids) if row.starts_at is not None]
    moves = [
        Move(row.id, row.workshop_id, row.starts_at + timedelta(days))
        for row in rows
        if row.starts_at is not None
    ]
    return move_sittings(session, moves, today=today)


def unplace(session: Session, ids: Sequence[str], *, today: date | None = None) -> Moved:
    """Take the sittings off the board: drafts without a date, whose experts stay with them."""
    rows = _rows(session, ids)
    with _moving(session, rows, today) as moved:
        for row in rows:
            if row.id in moved.ids:
                row.starts_at = row.ends_at = row.second_day = row.preparation_day = None
                row.state = SessionState.DRAFT
    return moved


def set_pinned(session: Session, ids: Sequence[str], *, pinned: bool = True) -> None:
    """A pinned sitting does not move until it is let go."""
    for row in _rows(session, ids):
        row.pinned = pinned


@contextmanager
def _moving(session: Session, rows: Collection[ExamSession], today: date | None) -> Iterator[Moved]:
    """Let the block change those of `rows` that may move; a new contradiction undoes it all."""
    refusals = {row.id: why for row in rows if (why := _refusal(session, row))}
    movable = [row for row in rows if row.id not in refusals]
    if refusals and not movable:
        raise Refused(next(iter(refusals.values())), _advice(rows))
    moved = Moved([row.id for row in movable], [Left(*each) for each in refusals.items()])
    known = {_key(each) for each in in_force(_told(session, moved.ids, today))}
    with session.begin_nested():
        yield moved
        moved.findings = _told(session, moved.ids, today)
        _release(session, movable, moved, today)
        broken = [each for each in in_force(moved.findings) if _key(each) not in known]
        if broken:
            raise RulesBroken(broken)


def _rows(session: Session, ids: Sequence[str]) -> list[ExamSession]:
    rows = [session.get(ExamSession, ident) for ident in dict.fromkeys(ids)]
    found = [row for row in rows if row is not None and not row.deleted]
    if len(found) < len(rows):
        raise NotFound(what="экзамен")
    return found


def _refusal(session: Session, row: ExamSession) -> str:
    """Why the sitting does not move; empty when it may."""
    name = session.scalar(select(StudyGroup.name).where(StudyGroup.id == row.group_id))
    if row.state is SessionState.CLOSED:
        return f"Экзамен группы {name} закрыт, его не переносят."
    if row.state in OVER:
        return f"Экзамен группы {name} уже проведён, его не переносят."
    if row.pinned:
        return f"Экзамен группы {name} закреплён на своём месте."
    return ""


def _advice(rows: Collection[ExamSession]) -> str:
    if any(row.pinned and row.state not in OVER for row in rows):
        return "Открепите его, и он сдвинется."
    return "План прошедших экзаменов не меняют."


def _place(session: Session, row: ExamSession, move: Move) -> None:
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


def _release(
    session: Session, rows: Collection[ExamSession], moved: Moved, today: date | None
) -> None:
    """Held sittings that contradict nothing any more return to the plan."""
    wrong = {each.session for each in contradictions(moved.findings)}
    mended = [row for row in rows if row.held and row.id not in wrong]
    for row in mended:
        row.held = False
    if mended:
        moved.findings = _told(session, moved.ids, today)


def _told(session: Session, ids: Sequence[str], today: date | None) -> list[Violation]:
    session.flush()
    plan = plan_around(session, ids, today=today)
    found = (each for ident in ids for each in check_one(plan, ident))
    return list(with_levels(found, college_settings(session).rule_levels))


def _key(found: Violation) -> tuple[str, frozenset[str]]:
    return found.code, frozenset(found.subjects)
