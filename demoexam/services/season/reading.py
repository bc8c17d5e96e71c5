"""The board's data as its first paint needs it: plain selects, no facts for the rules."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import ScalarSelect, func, or_, select
from sqlalchemy.orm import Session

from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.organizations import Organization
from demoexam.models.places import Workshop, WorkshopBooking
from demoexam.rules.plan import KitFacts
from demoexam.rules.terms import Answer, Role, SessionState
from demoexam.services.college.calendar import work_calendar
from demoexam.services.plan.plan_facts import between, load_kits
from demoexam.services.season.season import Chip, Lane, Mark, Season, whole_weeks

DAY = timedelta(days=1)


class Stored(NamedTuple):
    """A sitting and the few facts of others that its chip tells."""

    id: str
    group_id: str
    group_name: str
    group_size: int | None
    kit_id: str
    head_count: int | None
    workshop_id: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    second_day: date | None
    preparation_day: date | None
    state: SessionState
    pinned: bool
    held: bool
    seated: int
    scoring: int


def load_season(session: Session, *, first: date, last: date) -> Season:
    """The board of these days, not yet judged."""
    rows = _sittings(session, first, last)
    chips = _Chips(session, rows)
    here = (row for row in rows if _reaches(row, first, last))
    waiting = (row for row in rows if not row.starts_at and not row.held)
    return Season(
        lanes=_lanes(session),
        chips=[chips.of(row) for row in here],
        unplaced=[chips.of(row) for row in waiting],
        marks=_marks(session, first, last),
        days_off=_days_off(session, first, last),
        first=first,
        last=last,
    )


class _Chips:
    """Makes the chips of the sittings read."""

    def __init__(self, session: Session, rows: Sequence[Stored]) -> None:
        self._kits = load_kits(session, {row.kit_id for row in rows})
        self._shifts = _shifts(rows)
        self._needed: dict[tuple[str, int], int] = {}

    def of(self, row: Stored) -> Chip:
        kit, shift = self._kits[row.kit_id], self._shifts.get(row.id)
        people = row.seated or row.head_count or row.group_size or 0
        starts_at, ends_at = row.starts_at, row.ends_at if row.starts_at else None
        if starts_at is not None and ends_at is None:
            ends_at = starts_at + timedelta(minutes=kit.minutes)
        return Chip(
            id=row.id,
            title=f"{row.group_name}, {shift}-я смена" if shift else row.group_name,
            kit=kit.code,
            level=kit.level,
            people=people,
            workshop_id=row.workshop_id,
            starts_at=starts_at,
            ends_at=ends_at,
            second_day=row.second_day,
            preparation_day=row.preparation_day,
            state=row.state,
            pinned=row.pinned,
            held=row.held,
            level_found=None,
            findings=0,
            experts=row.scoring,
            experts_needed=self._need(kit, people),
        )

    def _need(self, kit: KitFacts, people: int) -> int:
        """Kits and sizes of groups are few beside the sittings."""
        known = self._needed.get((kit.id, people))
        if known is None:
            row = kit.staffing_for(people)
            known = self._needed[kit.id, people] = row.minimum if row else 1
        return known


def _sittings(session: Session, first: date, last: date) -> list[Stored]:
    query = (
        select(
            ExamSession.id,
            ExamSession.group_id,
            StudyGroup.name,
            StudyGroup.head_count,
            ExamSession.kit_id,
            ExamSession.head_count,
            ExamSession.workshop_id,
            ExamSession.starts_at,
            ExamSession.ends_at,
            ExamSession.second_day,
            ExamSession.preparation_day,
            ExamSession.state,
            ExamSession.pinned,
            ExamSession.held,
            _seated(),
            _scoring(),
        )
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .where(ExamSession.deleted.is_(False))
        .where(or_(ExamSession.starts_at.is_(None), between(*whole_weeks(first, last))))
        .order_by(ExamSession.starts_at, ExamSession.id)
    )
    return [Stored._make(row) for row in session.execute(query)]


def _seated() -> ScalarSelect[int]:
    query = select(func.count(ExamPlace.examinee_id.distinct()))
    return query.where(ExamPlace.session_id == ExamSession.id, ExamPlace.live()).scalar_subquery()


def _scoring() -> ScalarSelect[int]:
    """How many score, without those who refused."""
    query = select(func.count(Assignment.id)).where(
        Assignment.session_id == ExamSession.id,
        Assignment.role == Role.SCORING,
        Assignment.answer != Answer.REFUSED,
        Assignment.live(),
    )
    return query.scalar_subquery()


def _reaches(row: Stored, first: date, last: date) -> bool:
    if row.starts_at is None:
        return False
    day = row.starts_at.date()
    return day <= last and (row.second_day or day) >= first


def _shifts(rows: Iterable[Stored]) -> dict[str, int]:
    """Sitting -> its number among those of its group and kit that day, if there are several.

    `rows` come in the order of their time.
    """
    together: dict[tuple[str, str, date], list[str]] = defaultdict(list)
    for row in rows:
        if row.starts_at is not None:
            together[row.group_id, row.kit_id, row.starts_at.date()].append(row.id)
    numbered = (enumerate(some, 1) for some in together.values() if some[1:])
    return {ident: number for some in numbered for number, ident in some}


def _lanes(session: Session) -> list[Lane]:
    query = (
        select(Workshop.id, Workshop.name, Workshop.room, Workshop.places, Organization.short_name)
        .join(Organization, Organization.id == Workshop.organization_id)
        .where(Workshop.live())
        .order_by(Workshop.skey, Workshop.room, Workshop.id)
    )
    return [Lane(*row) for row in session.execute(query)]


def _marks(session: Session, first: date, last: date) -> list[Mark]:
    query = (
        select(
            WorkshopBooking.id,
            WorkshopBooking.workshop_id,
            WorkshopBooking.starts_at,
            WorkshopBooking.ends_at,
            WorkshopBooking.purpose,
            WorkshopBooking.organizer,
        )
        .where(WorkshopBooking.live())
        .where(WorkshopBooking.starts_at < datetime.combine(last + DAY, time.min))
        .where(WorkshopBooking.ends_at > datetime.combine(first, time.min))
        .order_by(WorkshopBooking.starts_at)
    )
    return [Mark(*row) for row in session.execute(query)]


def _days_off(session: Session, first: date, last: date) -> dict[date, str]:
    calendar = work_calendar(session, range(first.year, last.year + 1))
    days = (first + number * DAY for number in range((last - first).days + 1))
    return {day: calendar.name(day) for day in days if not calendar.is_working(day)}
