"""Splitting a group into shifts: what is proposed, and making it so as one operation."""

from collections.abc import Iterator, Sequence
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
from demoexam.rules.shifts import (
    ShiftLength,
    ShiftRoom,
    ShiftTime,
    balanced,
    gathered,
    shift_times,
)
from demoexam.rules.terms import BookingPurpose, Role
from demoexam.services.college.calendar import work_calendar
from demoexam.services.college.college import college_settings
from demoexam.services.plan.plan_facts import load_workshops
from demoexam.services.plan.plan_guard import OVER, sitting_row
from demoexam.text import short_name

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class ShiftDuty:
    """An expert whom a shift is to get; `same` is one of the group that is there already."""

    role: Role
    expert_id: str
    name: str
    same: bool


@dataclass(frozen=True)
class Shift:
    """One shift to be: a sitting that is there already or, without `session_id`, a new one.

    `examinee_ids` is empty where the group has no list of names: `head_count` counts then.
    `first` and `last` are of those who come without an assistant, the others are `assisted`.
    `duties` are the experts to be added, `lacking` the seats for which nobody was found.
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
    assisted: tuple[str, ...] = ()
    duties: tuple[ShiftDuty, ...] = ()
    lacking: tuple[Role, ...] = ()


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

    Those who need an assistant sit in one shift: he is asked for, and the chief expert told, once.
    Sittings of the group with this kit are used again, but for those that are over or pinned:
    these stay as they are with everybody in them. With `session_id` only those who are seated
    already are split, if anybody is.
    """
    group = live_row(session, StudyGroup, group_id, "группа")
    kit = live_row(session, AssessmentKit, kit_id, "комплект")
    workshop = live_row(session, Workshop, workshop_id, "мастерская")
    sittings = movable(session, group_id, kit_id)
    people = _people(session, group_id, kit_id, sittings, seated_only=bool(session_id))
    heads: Sequence[Examinee | None] = people or [None] * _head_count(session, group, sittings)
    _refuse_nothing(heads, workshop)
    parts = balanced(heads, workshop.places, at_least=len(sittings))
    parts = gathered([part for part in parts if part], _needs_assistant)
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
    alone = [_name(one) for one in people if not one.needs_assistant]
    return Shift(
        starts_at=when.starts_at,
        ends_at=when.ends_at,
        second_day=when.second_day,
        head_count=len(part),
        session_id=session_id,
        examinee_ids=tuple(one.id for one in people),
        first=alone[0] if alone else "",
        last=alone[-1] if alone else "",
        assisted=tuple(_name(one) for one in people if one.needs_assistant),
    )


def _name(one: Examinee) -> str:
    return short_name(one.last_name, one.first_name, one.middle_name)


def _needs_assistant(one: Examinee | None) -> bool:
    return one is not None and one.needs_assistant


def live_row(session: Session, entity: type[R], ident: str, what: str) -> R:
    row = session.get(entity, ident)
    if row is None or row.deleted:
        raise NotFound(what=what)
    return row
