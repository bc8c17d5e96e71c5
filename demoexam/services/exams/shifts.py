"""Splitting a group into shifts: what is proposed, and making it so as one operation."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused
from demoexam.models.base import Record
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.places import Workshop
from demoexam.rules.plan import Slot
from demoexam.rules.shifts import ShiftLength, ShiftRoom, ShiftTime, balanced, shift_times
from demoexam.rules.terms import BookingPurpose
from demoexam.services.college.calendar import work_calendar
from demoexam.services.college.college import college_settings
from demoexam.services.exams.places import concerned
from demoexam.services.plan.plan_facts import load_workshops
from demoexam.services.plan.plan_guard import OVER, Saved, plan_change, sitting_row
from demoexam.text import short_name

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Shift:
    """One shift to be: a sitting that is there already or, without `session_id`, a new one.

    `examinee_ids` is empty where the group has no list of names: `head_count` counts then.
    """

    starts_at: datetime
    ends_at: datetime
    head_count: int
    session_id: str = ""
    second_day: date | None = None
    preparation_day: date | None = None
    examinee_ids: tuple[str, ...] = ()
    first: str = ""  # «Абрамов О. П.»
    last: str = ""


@dataclass(frozen=True)
class Splitting:
    """What is known of a group that is to be split: from its exam, if it has one."""

    group_id: str
    kit_id: str = ""
    workshop_id: str = ""
    starts_at: datetime | None = None


def splitting_of(session: Session, *, group_id: str = "", session_id: str = "") -> Splitting:
    """Where a form of shifts begins: at the exam that is named, or the group's first one."""
    if session_id:
        row: ExamSession | None = sitting_row(session, session_id)
    else:
        row = next(iter(movable(session, group_id)), None)
    if row is None:
        return Splitting(group_id)
    return Splitting(row.group_id, row.kit_id, row.workshop_id or "", row.starts_at)


def propose_shifts(
    session: Session,
    *,
    group_id: str,
    kit_id: str,
    workshop_id: str,
    day: date,
    first_start: time,
    session_id: str = "",
) -> list[Shift]:
    """Even shifts in the list's order, one after another from `day` on; nothing is written.

    Sittings of the group with this kit are used again, but for those that are over or pinned:
    these stay as they are with everybody in them. With `session_id` only those who are seated
    already are split, if anybody is.
    """
    group = _live(session, StudyGroup, group_id, "группа")
    kit = _live(session, AssessmentKit, kit_id, "комплект")
    workshop = _live(session, Workshop, workshop_id, "мастерская")
    sittings = movable(session, group_id, kit_id)
    people = _people(session, group_id, kit_id, sittings, seated_only=bool(session_id))
    heads: Sequence[Examinee | None] = people or [None] * _head_count(session, group, sittings)
    _refuse_nothing(heads, workshop)
    parts = balanced(heads, workshop.places, at_least=len(sittings))
    parts = [part for part in parts if part]
    times = shift_times(
        len(parts),
        first_start=datetime.combine(day, first_start),
        length=_length(session, kit),
        room=_room(session, group_id, workshop_id, day, sittings),
    )
    if len(times) < len(parts):
        raise Refused(
            "Для всех смен в этой мастерской не нашлось времени.",
            "Выберите другую мастерскую или проверьте часы её работы.",
        )
    calendar = work_calendar(session, {day.year})
    ids = [row.id for row in sittings] + [""] * len(parts)
    return [
        replace(_shift(part, when, ident), preparation_day=calendar.before(when.starts_at.date()))
        for part, when, ident in zip(parts, times, ids, strict=False)
    ]


def make_shifts(
    session: Session,
    *,
    group_id: str,
    kit_id: str,
    workshop_id: str,
    shifts: Sequence[Shift],
    today: date | None = None,
) -> list[Saved]:
    """Write the shifts as proposed; refused as a whole if one of them contradicts the plan.

    Whoever comes into another shift loses his workplace, and so does everybody of a shift that
    has changed: places are drawn anew.
    """
    _live(session, Workshop, workshop_id, "мастерская")
    with ExitStack() as stack:
        kept = [one for one in shifts if one.session_id]
        saved = {
            one.session_id: stack.enter_context(plan_change(session, one.session_id, today=today))
            for one in kept
        }
        witness = next((session.get_one(ExamSession, s).board_member for s in saved), "")
        rows = [_written(session, group_id, kit_id, workshop_id, one) for one in shifts]
        for row, one in zip(rows, shifts, strict=True):
            row.board_member = row.board_member or witness
            if one.examinee_ids:
                _seat(session, row, one, [each.id for each in rows])
        session.flush()
        for row in rows:
            if row.id not in saved:
                made = stack.enter_context(plan_change(session, today=today))
                made.id = row.id
                saved[row.id] = made
    return [saved[row.id] for row in rows]


def movable(session: Session, group_id: str, kit_id: str = "") -> list[ExamSession]:
    """The sittings of a group, with one kit or any, that may be changed; in order of time."""
    query = select(ExamSession).where(
        ExamSession.deleted.is_(False), ExamSession.group_id == group_id,
        ExamSession.state.not_in(OVER), ExamSession.pinned.is_(False),
    )  # fmt: skip
    if kit_id:
        query = query.where(ExamSession.kit_id == kit_id)
    return sorted(session.scalars(query), key=lambda r: (r.starts_at or datetime.max, r.number))


def _people(
    session: Session,
    group_id: str,
    kit_id: str,
    sittings: Sequence[ExamSession],
    *,
    seated_only: bool,
) -> list[Examinee]:
    seats = select(ExamPlace.examinee_id, ExamPlace.session_id).join(
        ExamSession, ExamSession.id == ExamPlace.session_id
    )
    of_kit = (
        ExamPlace.live(), ExamSession.deleted.is_(False), ExamSession.kit_id == kit_id,
        ExamSession.group_id == group_id,
    )  # fmt: skip
    ours = {row.id for row in sittings}
    seated: dict[str, bool] = {}
    for examinee, sitting in session.execute(seats.where(*of_kit)):
        seated[examinee] = seated.get(examinee, True) and sitting in ours
    query = select(Examinee).where(Examinee.live(), Examinee.group_id == group_id)
    group = [one for one in session.scalars(query.order_by(Examinee.skey)) if seated.get(one.id, 1)]
    chosen = [one for one in group if one.id in seated]
    return chosen if seated_only and chosen else group


def _head_count(session: Session, group: StudyGroup, sittings: Sequence[ExamSession]) -> int:
    """Of a group without names: what its sittings say, or else the group's own number."""
    named = select(func.count()).where(Examinee.live(), Examinee.group_id == group.id)
    if session.scalar(named):
        return 0  # all of them sit elsewhere
    return sum(row.head_count or 0 for row in sittings) or group.head_count or 0


def _refuse_nothing(heads: Sequence[object], workshop: Workshop) -> None:
    if not heads:
        raise Refused(
            "Делить некого: в группе нет участников без экзамена.",
            "Внесите список группы или её численность.",
        )
    if workshop.places < 1:
        raise Refused(
            "В мастерской не указано ни одного рабочего места.",
            "Укажите число мест в карточке мастерской.",
        )


def _length(session: Session, kit: AssessmentKit) -> ShiftLength:
    usual = college_settings(session).turnaround_minutes
    turnaround = usual if kit.turnaround is None else kit.turnaround
    return ShiftLength(kit.minutes, turnaround, kit.exam_days)


def _room(
    session: Session, group_id: str, workshop_id: str, day: date, sittings: Sequence[ExamSession]
) -> ShiftRoom:
    others = select(ExamSession).where(
        ExamSession.live(), ExamSession.id.not_in([row.id for row in sittings]),
        ExamSession.starts_at >= datetime.combine(day, time.min) - timedelta(days=7),
    )  # fmt: skip
    in_workshop = session.scalars(others.where(ExamSession.workshop_id == workshop_id)).all()
    of_group = session.scalars(
        others.where(ExamSession.group_id == group_id, ExamSession.workshop_id != workshop_id)
    ).all()
    workshop = load_workshops(session, {workshop_id})[workshop_id]
    closed = [
        (one.starts_at, one.ends_at)
        for one in workshop.bookings
        if one.purpose is BookingPurpose.CLOSED
    ]
    return ShiftRoom(
        workshop,
        work_calendar(session, {day.year}),
        taken=[slot for row in in_workshop for slot in _slots(row)],
        blocked=[*closed, *(slot for row in of_group for slot in _slots(row))],
    )


def _slots(row: ExamSession) -> Iterator[Slot]:
    if row.starts_at and row.ends_at:
        yield from ShiftTime(row.starts_at, row.ends_at, row.second_day).slots


def _shift(part: Sequence[Examinee | None], when: ShiftTime, session_id: str) -> Shift:
    people = [one for one in part if one is not None]
    names = [short_name(one.last_name, one.first_name, one.middle_name) for one in people]
    return Shift(
        starts_at=when.starts_at,
        ends_at=when.ends_at,
        second_day=when.second_day,
        head_count=len(part),
        session_id=session_id,
        examinee_ids=tuple(one.id for one in people),
        first=names[0] if names else "",
        last=names[-1] if names else "",
    )


def _written(
    session: Session, group_id: str, kit_id: str, workshop_id: str, shift: Shift
) -> ExamSession:
    if shift.session_id:
        row = sitting_row(session, shift.session_id)
    else:
        row = ExamSession(group_id=group_id, kit_id=kit_id, number=_next_number(session, group_id))
        session.add(row)
    row.workshop_id, row.head_count = workshop_id, shift.head_count
    row.starts_at, row.ends_at = shift.starts_at, shift.ends_at
    row.second_day, row.preparation_day = shift.second_day, shift.preparation_day
    session.flush()
    return row


def _next_number(session: Session, group_id: str) -> int:
    query = select(func.max(ExamSession.number)).where(
        ExamSession.group_id == group_id, ExamSession.deleted.is_(False)
    )
    return (session.scalar(query) or 0) + 1


def _seat(session: Session, row: ExamSession, shift: Shift, of_shifts: Sequence[str]) -> None:
    """Those of the shift sit here, taken from where they sat in another of the shifts."""
    query = select(ExamPlace).where(ExamPlace.live(), ExamPlace.session_id.in_(of_shifts))
    seats = {one.examinee_id: one for one in session.scalars(query)}
    here = {ident for ident, one in seats.items() if one.session_id == row.id}
    for ident in shift.examinee_ids:
        seat = seats.get(ident)
        if seat is None:
            session.add(ExamPlace(session_id=row.id, examinee_id=ident))
        elif seat.session_id != row.id:
            _refuse_begun(session, seat)
            seat.session_id, seat.workplace = row.id, None
    if here != set(shift.examinee_ids):
        for ident in here:
            seats[ident].workplace = None
    session.flush()


def _refuse_begun(session: Session, seat: ExamPlace) -> None:
    if seat.points or seat.attended is not None or concerned(session, seat):
        raise Refused(
            "Экзамен группы уже идёт: у участников есть явка, баллы или записи.",
            "Делить на смены можно до начала экзамена.",
        )


def _live(session: Session, entity: type[R], ident: str, what: str) -> R:
    row = session.get(entity, ident)
    if row is None or row.deleted:
        raise NotFound(what=what)
    return row
