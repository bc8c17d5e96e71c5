"""Creating and moving sittings of the exam, and taking them from draft to closed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused, RulesBroken
from demoexam.models.base import Record
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.places import Workshop
from demoexam.rules.terms import SessionState
from demoexam.rules.violation import contradictions, incompletes
from demoexam.services.college.calendar import work_calendar
from demoexam.services.exams.closing import expect
from demoexam.services.exams.places import seat_examinees
from demoexam.services.plan.check import sitting_findings
from demoexam.services.plan.plan_guard import Saved, in_force, plan_change, sitting_row

R = TypeVar("R", bound=Record)


class NotReady(RulesBroken):
    text = "Экзамен ещё нельзя объявить:"


class SittingFields(TypedDict, total=False):
    """What a form may fill in; a key left out stays as it is."""

    workshop_id: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    second_day: date | None
    preparation_day: date | None
    head_count: int | None
    board_member: str
    pinned: bool
    note: str


class SittingChanges(SittingFields, total=False):
    kit_id: str


def create_session(
    session: Session,
    *,
    group_id: str,
    kit_id: str,
    examinee_ids: Iterable[str] | None = None,
    today: date | None = None,
    **facts: Unpack[SittingFields],
) -> Saved:
    """A draft sitting of the group, or of the part of it that `examinee_ids` names.

    What is not given follows from the rest: the end from the kit's minutes, the second day of a
    two-day kit and the preparation day from the calendar.
    """
    _live(session, StudyGroup, group_id, "группа")
    _live(session, AssessmentKit, kit_id, "комплект")
    with plan_change(session, today=today) as saved:
        number = _next_number(session, group_id)
        row = ExamSession(group_id=group_id, kit_id=kit_id, number=number)
        session.add(row)
        _apply(session, row, facts)
        session.flush()
        saved.id = row.id
        if examinee_ids is not None:
            seat_examinees(session, row, examinee_ids)
    return saved


def update_session(
    session: Session,
    *,
    session_id: str,
    today: date | None = None,
    **changes: Unpack[SittingChanges],
) -> Saved:
    """Change the sitting; a new day takes its second and preparation days along.

    Refuses what contradicts the plan, for the sitting and for each of its experts.
    """
    row = sitting_row(session, session_id)
    with plan_change(session, session_id, today=today) as saved:
        _apply(session, row, changes)
    return saved


def set_preparation_day(session: Session, *, session_id: str, day: date | None = None) -> Saved:
    """The day C-1; by default the last working day before the exam."""
    row = sitting_row(session, session_id)
    with plan_change(session, session_id) as saved:
        row.preparation_day = day or _day_before(session, row)
    return saved


def include_in_plan(session: Session, *, session_id: str) -> Saved:
    """A draft with a date and a workshop enters the plan; experts may still be missing."""
    row = sitting_row(session, session_id)
    expect(row, SessionState.DRAFT)
    if row.starts_at is None or row.workshop_id is None:
        raise Refused(
            "У экзамена нет даты или мастерской.", "Назначьте их, и экзамен можно включить в план."
        )
    row.state = SessionState.PLANNED
    return Saved(session_id, sitting_findings(session, session_id=session_id))


def announce(session: Session, *, session_id: str, today: date | None = None) -> Saved:
    """Make the sitting known; refused while anything contradicts or is missing."""
    row = sitting_row(session, session_id)
    expect(row, SessionState.DRAFT, SessionState.PLANNED)
    found = sitting_findings(session, session_id=session_id, today=today)
    broken = contradictions(found) if row.held else in_force(found)
    if broken or incompletes(found) or row.held:
        raise NotReady([*broken, *incompletes(found)])
    row.state = SessionState.ANNOUNCED
    session.flush()
    return Saved(session_id, sitting_findings(session, session_id=session_id, today=today))


def take_to_draft(session: Session, *, session_id: str) -> Saved:
    """Back to a draft, for instance to change what was announced."""
    row = sitting_row(session, session_id)
    row.state = SessionState.DRAFT
    session.flush()
    return Saved(session_id, sitting_findings(session, session_id=session_id))


def mark_done(session: Session, *, session_id: str) -> Saved:
    """The exam was held; its time and experts are history from now on."""
    row = sitting_row(session, session_id)
    expect(row, SessionState.PLANNED, SessionState.ANNOUNCED)
    if row.held:
        raise Refused("Экзамен отложен из плана.", "Сначала уберите противоречие.")
    row.state = SessionState.DONE
    return Saved(session_id, sitting_findings(session, session_id=session_id))


def _apply(session: Session, row: ExamSession, changes: Mapping[str, object]) -> None:
    before = row.starts_at, row.ends_at
    kit_changed = changes.get("kit_id", row.kit_id) != row.kit_id
    for name, value in changes.items():
        setattr(row, name, value)
    if row.workshop_id is not None and "workshop_id" in changes:
        _live(session, Workshop, row.workshop_id, "мастерская")
    if row.head_count is not None and row.head_count < 1:
        raise Refused("Число участников меньше единицы.", "Исправьте число участников.")
    kit = _live(session, AssessmentKit, row.kit_id, "комплект")
    if "ends_at" not in changes and ("starts_at" in changes or kit_changed):
        row.ends_at = None if kit_changed else _same_length(before, row.starts_at)
    if row.starts_at is None:
        row.ends_at = row.second_day = row.preparation_day = None
        return
    row.ends_at = row.ends_at or row.starts_at + timedelta(minutes=kit.minutes)
    moved = before[0] is None or before[0].date() != row.starts_at.date()
    if moved or kit_changed:
        _follow(session, row, row.starts_at.date(), kit, changes)
    _refuse_impossible(row.starts_at, row.ends_at, row.second_day)


def _same_length(
    before: tuple[datetime | None, datetime | None], starts_at: datetime | None
) -> datetime | None:
    if before[0] is None or before[1] is None or starts_at is None:
        return None
    return starts_at + (before[1] - before[0])


def _follow(
    session: Session,
    row: ExamSession,
    day: date,
    kit: AssessmentKit,
    changes: Mapping[str, object],
) -> None:
    """The days that hang on the exam's day move with it, unless they are given."""
    calendar = work_calendar(session, {day.year})
    if "preparation_day" not in changes:
        row.preparation_day = calendar.before(day)
    if "second_day" not in changes:
        row.second_day = calendar.add(day, 1) if kit.exam_days > 1 else None


def _refuse_impossible(starts_at: datetime, ends_at: datetime, second_day: date | None) -> None:
    if ends_at <= starts_at or ends_at.date() != starts_at.date():
        raise Refused(
            "Экзамен должен кончиться позже, чем начался, в тот же день.",
            "Исправьте время; для двухдневного экзамена укажите второй день.",
        )
    if second_day is not None and second_day <= starts_at.date():
        raise Refused("Второй день экзамена не позже первого.", "Исправьте второй день.")


def _day_before(session: Session, row: ExamSession) -> date:
    if row.starts_at is None:
        raise Refused("У экзамена нет даты.", "Сначала назначьте дату экзамена.")
    day = row.starts_at.date()
    return work_calendar(session, {day.year}).before(day)


def _next_number(session: Session, group_id: str) -> int:
    of_group = select(func.max(ExamSession.number)).where(
        ExamSession.group_id == group_id, ExamSession.deleted.is_(False)
    )
    return (session.scalar(of_group) or 0) + 1


def _live(session: Session, entity: type[R], ident: str, what: str) -> R:
    row = session.get(entity, ident)
    if row is None or row.deleted:
        raise NotFound(what=what)
    return row
