"""The week of a workshop: what stands in it, when it is open, and what exams have displaced."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.organizations import Organization
from demoexam.models.places import Workshop
from demoexam.rules.bookings import open_slot
from demoexam.rules.calendar import SUNDAY
from demoexam.rules.plan import Slot, overlap
from demoexam.services.bookings.checks import free_slot
from demoexam.services.bookings.facts import Standing, standing_between
from demoexam.services.bookings.occupancy import Occupancy, occupancy, period
from demoexam.services.college.calendar import work_calendar
from demoexam.services.plan.plan_facts import load_workshops


@dataclass(frozen=True, slots=True)
class Displaced:
    """A booking over which an exam or an earlier booking stands, and where it could go."""

    booking: Standing
    by: Standing
    free: Slot | None


@dataclass(frozen=True)
class Week:
    """Monday to Saturday, and Sunday when something stands there; `year` counts its whole year."""

    workshop_id: str
    name: str
    college: str
    places: int
    days: Sequence[date]
    year: Occupancy
    standing: Sequence[Standing] = ()
    opening: Mapping[date, Slot] = field(default_factory=dict)
    days_off: Mapping[date, str] = field(default_factory=dict)
    preparing: Mapping[date, Sequence[str]] = field(default_factory=dict)  # groups on their C-1
    displaced: Sequence[Displaced] = ()

    def find(self, ident: str) -> Standing | None:
        return next((one for one in self.standing if one.id == ident), None)


def workshop_choices(session: Session) -> list[tuple[object, str]]:
    """Each live workshop's id and words, in order of name."""
    query = select(Workshop.id, Workshop.name).where(Workshop.live())
    return [(row.id, row.name) for row in session.execute(query.order_by(Workshop.skey))]


def load_week(session: Session, *, workshop_id: str, day: date) -> Week:
    """The week in which `day` is."""
    row = session.get(Workshop, workshop_id)
    if row is None or row.deleted:
        raise NotFound(what="мастерская")
    owner = session.get(Organization, row.organization_id)
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=number) for number in range(SUNDAY + 1)]
    standing = standing_between(session, first=monday, last=days[-1], workshop_ids=[workshop_id])
    if not any(one.ends_at.date() >= days[-1] for one in standing):
        days = days[:-1]
    opening, days_off = _opening(session, workshop_id, days)
    first, last = period(day.year)
    (year,) = occupancy(session, first=first, last=last, workshop_id=workshop_id)
    return Week(
        row.id, row.name, owner.short_name if owner else "", row.places, days, year, standing,
        opening, days_off, _preparing(session, workshop_id, days),
        list(_displaced(session, workshop_id, standing)),
    )  # fmt: skip


def _opening(
    session: Session, workshop_id: str, days: Sequence[date]
) -> tuple[dict[date, Slot], dict[date, str]]:
    facts = load_workshops(session, [workshop_id])[workshop_id]
    calendar = work_calendar(session, {day.year for day in days})
    slots = {day: open_slot(facts, calendar, day) for day in days}
    opening = {day: slot for day, slot in slots.items() if slot is not None}
    off = {day: calendar.name(day) or "закрыто" for day in days if day not in opening}
    return opening, off


def _preparing(session: Session, workshop_id: str, days: Sequence[date]) -> dict[date, list[str]]:
    query = (
        select(ExamSession.preparation_day, StudyGroup.name)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .where(
            ExamSession.live(), ExamSession.workshop_id == workshop_id,
            ExamSession.preparation_day.between(days[0], days[-1]),
        )
        .order_by(ExamSession.starts_at)
    )  # fmt: skip
    found: dict[date, list[str]] = defaultdict(list)
    for day, group in session.execute(query):
        if day is not None:
            found[day].append(group)
    return found


def _displaced(session: Session, workshop_id: str, standing: Sequence[Standing]) -> list[Displaced]:
    """Of two bookings at once, made on two computers, the later one gives way."""
    found = []
    for one in (each for each in standing if not each.is_exam):
        met = [each for each in standing if overlap(each.slot, one.slot)]
        stronger = [each for each in met if each.is_exam or each.id < one.id]
        if stronger:
            free = free_slot(session, workshop_id=workshop_id, slot=one.slot, passed_over=[one.id])
            first = min(stronger, key=lambda each: not each.is_exam)
            found.append(Displaced(one, first, free))
    return found
