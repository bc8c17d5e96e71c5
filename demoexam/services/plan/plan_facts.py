"""The stored plan as the rules see it, read with a handful of selects."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit, StaffingRule
from demoexam.models.organizations import Organization
from demoexam.models.places import Workshop, WorkshopBooking
from demoexam.rules.plan import (
    BookingFacts,
    DutyDay,
    DutyFacts,
    GroupFacts,
    KitFacts,
    PlanFacts,
    SittingFacts,
    StaffingRange,
    UnplacedFacts,
    WorkshopFacts,
)
from demoexam.rules.terms import Answer
from demoexam.services.college.calendar import work_calendar
from demoexam.services.college.college import college_settings
from demoexam.services.deadlines.terms import notice_terms
from demoexam.services.experts.facts import experts_by_id
from demoexam.services.season.plan_approval import approved_places

DAY = timedelta(days=1)


def load_plan(
    session: Session,
    *,
    today: date,
    condition: ColumnElement[bool] | None = None,
    years: Iterable[int] = (),
) -> PlanFacts:
    """Sittings that meet `condition` (by default all), held ones included, in order of time.

    The calendar knows the years of the sittings, of `today`, and those of `years`.
    """
    wanted = and_(ExamSession.deleted.is_(False), true() if condition is None else condition)
    rows = session.scalars(
        select(ExamSession).where(wanted).order_by(ExamSession.starts_at, ExamSession.id)
    ).all()
    facts = _Parts(session, rows, wanted)
    placed = tuple(facts.sitting(row) for row in rows if row.starts_at)
    unplaced = (row for row in rows if not row.starts_at and not row.held)
    touched = {day.year for sitting in placed for day in sitting.days} | {today.year, *years}
    return PlanFacts(
        sittings=placed,
        today=today,
        unplaced=tuple(facts.unplaced(row) for row in unplaced),
        calendar=work_calendar(session, touched),
    )


def around(days: Iterable[date]) -> ColumnElement[bool]:
    """Sittings that may share a day with `days`: all that can collide with such a sitting."""
    return or_(false(), *(_touches(day) for day in set(days)))


def _touches(day: date) -> ColumnElement[bool]:
    start = datetime.combine(day, time.min)
    return or_(
        and_(ExamSession.starts_at >= start, ExamSession.starts_at < start + DAY),
        ExamSession.second_day == day,
    )


def between(first: date, last: date) -> ColumnElement[bool]:
    """Sittings that have a day between these two, both inclusive."""
    begin, end = datetime.combine(first, time.min), datetime.combine(last + DAY, time.min)
    return or_(
        and_(ExamSession.starts_at >= begin, ExamSession.starts_at < end),
        ExamSession.second_day.between(first, last),
    )


def duty_days(
    session: Session, plan: PlanFacts, days: Iterable[date], of: Iterable[str] | None
) -> Iterator[DutyDay]:
    """Days on which experts are busy outside `plan`, in the weeks of `days`.

    Of the experts of the sittings `of`, or of all.
    """
    mondays = {day - day.weekday() * DAY for day in days}
    if not mondays or not college_settings(session).expert_week_days:
        return
    query = (
        select(Assignment.expert_id, ExamSession.id, ExamSession.starts_at, ExamSession.second_day)
        .join(ExamSession, ExamSession.id == Assignment.session_id)
        .where(Assignment.live(), Assignment.answer != Answer.REFUSED, ExamSession.live())
        .where(or_(*(between(monday, monday + 6 * DAY) for monday in mondays)))
    )
    if of is not None:
        theirs = select(Assignment.expert_id).where(Assignment.session_id.in_(of))
        query = query.where(Assignment.expert_id.in_(theirs))
    known = {sitting.id for sitting in plan.sittings}
    for expert_id, ident, starts_at, second_day in session.execute(query):
        if ident not in known:
            busy = starts_at.date() if starts_at else None, second_day
            yield from (DutyDay(expert_id, ident, day) for day in busy if day)


def in_years(years: Iterable[int]) -> ColumnElement[bool]:
    """Sittings of these years, and those without a date."""
    spans = (
        ExamSession.starts_at.between(
            datetime(year, 1, 1), datetime.combine(date(year, 12, 31), time.max)
        )
        for year in years
    )
    return or_(ExamSession.starts_at.is_(None), *spans)


class _Parts:
    """Everything that the chosen sittings mention, each kind read once."""

    def __init__(
        self, session: Session, rows: Iterable[ExamSession], wanted: ColumnElement[bool]
    ) -> None:
        self._session = session
        self._chosen = select(ExamSession.id).where(wanted)
        self.groups = load_groups(session, {row.group_id for row in rows})
        turnaround = college_settings(session).turnaround_minutes
        self._kits = load_kits(session, {row.kit_id for row in rows}, turnaround=turnaround)
        self._workshops = load_workshops(
            session, {row.workshop_id for row in rows if row.workshop_id}
        )
        self._duties = self._load_duties()
        self._examinees = self._load_examinees()
        self._notice, self._approved = notice_terms(session), approved_places(session, list(rows))

    def unplaced(self, row: ExamSession) -> UnplacedFacts:
        return UnplacedFacts(row.id, self.groups[row.group_id].name, self.sitting(row))

    def sitting(self, row: ExamSession) -> SittingFacts:
        kit, group = self._kits[row.kit_id], self.groups[row.group_id]
        examinees = self._examinees.get(row.id, frozenset())
        starts_at = row.starts_at or datetime.min
        return SittingFacts(
            id=row.id,
            group=group,
            starts_at=starts_at,
            ends_at=row.ends_at or starts_at + timedelta(minutes=kit.minutes),
            kit=kit,
            workshop=self._workshops[row.workshop_id] if row.workshop_id else None,
            number=row.number,
            second_day=row.second_day,
            preparation_day=row.preparation_day,
            head_count=len(examinees) or row.head_count or group.head_count or 0,
            board_member=row.board_member,
            state=row.state,
            duties=self._duties.get(row.id, ()),
            examinees=examinees,
            held=row.held,
            pinned=row.pinned,
            notice=self._notice,
            approved=self._approved.get(row.id),
        )

    def _load_duties(self) -> dict[str, tuple[DutyFacts, ...]]:
        query = select(
            Assignment.session_id,
            Assignment.id,
            Assignment.expert_id,
            Assignment.role,
            Assignment.answer,
            Assignment.held,
        ).where(Assignment.deleted.is_(False), Assignment.session_id.in_(self._chosen))
        rows = self._session.execute(query.order_by(Assignment.id)).all()
        experts = experts_by_id(self._session, {row[2] for row in rows})
        duties: dict[str, tuple[DutyFacts, ...]] = defaultdict(tuple)
        for sitting, ident, expert, role, answer, held in rows:
            duties[sitting] += (DutyFacts(ident, experts[expert], role, answer, held),)
        return duties

    def _load_examinees(self) -> dict[str, frozenset[str]]:
        query = select(ExamPlace.session_id, ExamPlace.examinee_id).where(
            ExamPlace.live(), ExamPlace.session_id.in_(self._chosen)
        )
        seated: dict[str, set[str]] = defaultdict(set)
        for sitting, examinee in self._session.execute(query):
            seated[sitting].add(examinee)
        return {sitting: frozenset(examinees) for sitting, examinees in seated.items()}


def load_groups(session: Session, ids: Iterable[str]) -> dict[str, GroupFacts]:
    query = select(
        StudyGroup.id,
        StudyGroup.name,
        StudyGroup.college_id,
        Organization.short_name,
        StudyGroup.head_count,
        StudyGroup.specialty_id,
    ).join(Organization, Organization.id == StudyGroup.college_id)
    rows = session.execute(query.where(StudyGroup.id.in_(ids)))
    return {row[0]: GroupFacts(*row) for row in rows}


def load_kits(session: Session, ids: Iterable[str], *, turnaround: int = 0) -> dict[str, KitFacts]:
    """`turnaround` is that of the kits that name none."""
    wanted = list(ids)
    staffing: dict[str, tuple[StaffingRange, ...]] = defaultdict(tuple)
    rules = select(StaffingRule).where(StaffingRule.live(), StaffingRule.kit_id.in_(wanted))
    for rule in session.scalars(rules):
        recommended = rule.minimum if rule.recommended is None else rule.recommended
        span = rule.workplaces_from, rule.workplaces_to
        staffing[rule.kit_id] += (StaffingRange(*span, rule.minimum, recommended),)
    kits = session.scalars(select(AssessmentKit).where(AssessmentKit.id.in_(wanted)))
    return {kit.id: _kit(kit, staffing.get(kit.id, ()), turnaround) for kit in kits}


def _kit(kit: AssessmentKit, staffing: tuple[StaffingRange, ...], turnaround: int) -> KitFacts:
    return KitFacts(
        id=kit.id,
        code=kit.code,
        level=kit.level,
        specialty_id=kit.specialty_id,
        year=kit.year,
        minutes=kit.minutes,
        exam_days=kit.exam_days,
        staffing=staffing,
        equipment=frozenset(kit.equipment),
        turnaround=turnaround if kit.turnaround is None else kit.turnaround,
    )


def load_workshops(session: Session, ids: Iterable[str]) -> dict[str, WorkshopFacts]:
    wanted = list(ids)
    bookings: dict[str, tuple[BookingFacts, ...]] = defaultdict(tuple)
    booked = select(WorkshopBooking).where(
        WorkshopBooking.live(), WorkshopBooking.workshop_id.in_(wanted)
    )
    for row in session.scalars(booked):
        times = row.starts_at, row.ends_at
        bookings[row.workshop_id] += (BookingFacts(row.id, *times, row.purpose, row.organizer),)
    workshops = session.scalars(select(Workshop).where(Workshop.id.in_(wanted)))
    return {each.id: _workshop(each, bookings.get(each.id, ())) for each in workshops}


def _workshop(workshop: Workshop, bookings: tuple[BookingFacts, ...]) -> WorkshopFacts:
    return WorkshopFacts(
        id=workshop.id,
        name=workshop.name,
        places=workshop.places,
        open_saturday=workshop.open_saturday,
        hours=opening_hours(workshop.opening_hours),
        accredited_until=workshop.accredited_until,
        equipment=frozenset(workshop.equipment),
        bookings=bookings,
    )


def opening_hours(stored: Mapping[str, Any]) -> dict[int, tuple[time, time] | None]:
    """`stored` maps "1".."7" to two clock times or to null; days unreadable are left out."""
    hours: dict[int, tuple[time, time] | None] = {}
    for weekday, span in stored.items():
        try:
            begin, end = map(time.fromisoformat, span) if span else (None, None)
            hours[int(weekday) - 1] = (begin, end) if begin and end else None
        except (ValueError, TypeError):
            continue
    return hours
