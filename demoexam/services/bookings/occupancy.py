"""How long workshops are taken, by purpose, and how much of their opening hours that is."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.organizations import Organization
from demoexam.models.places import Workshop
from demoexam.rules.bookings import MINUTE, Taken, days_of, minutes_by_purpose, open_slot
from demoexam.rules.calendar import ONE_DAY, WorkCalendar
from demoexam.rules.plan import WorkshopFacts
from demoexam.rules.terms import BookingPurpose
from demoexam.services.bookings.facts import standing_between
from demoexam.services.college.calendar import work_calendar
from demoexam.services.plan.plan_facts import load_workshops

YEAR_MONTHS = 12
Minutes = Mapping[BookingPurpose, int]


@dataclass(frozen=True, slots=True)
class Occupancy:
    """One workshop over a period, in minutes; `open_minutes` are its opening hours in all."""

    workshop_id: str
    name: str
    college: str
    open_minutes: int
    minutes: Minutes = field(default_factory=dict)

    @property
    def used(self) -> int:
        """Taken for anything but being closed."""
        return sum(n for purpose, n in self.minutes.items() if purpose is not CLOSED)

    @property
    def share(self) -> Fraction | None:
        """Of the opening hours without those when it was closed; None when it was never open."""
        left = self.open_minutes - self.minutes.get(CLOSED, 0)
        return Fraction(self.used, left) if left > 0 else None


CLOSED = BookingPurpose.CLOSED


def period(year: int, month: int | None = None) -> tuple[date, date]:
    """The first and the last day of a year, or of a month of it."""
    if month is None:
        return date(year, 1, 1), date(year, YEAR_MONTHS, 31)
    after = date(year + month // YEAR_MONTHS, month % YEAR_MONTHS + 1, 1)
    return date(year, month, 1), after - ONE_DAY


def occupancy(
    session: Session, *, first: date, last: date, workshop_id: str | None = None
) -> list[Occupancy]:
    """Each live workshop, or one, over the days `first`..`last`, in order of name.

    Exams are a purpose of their own, and win over a booking in the same minute.
    """
    calendar = work_calendar(session, range(first.year, last.year + 1))
    named = _named(session, workshop_id)
    facts = load_workshops(session, named)
    taken = _by_day(session, first, last, workshop_id)
    return [
        _of_workshop(facts[ident], college, taken[ident], calendar, (first, last))
        for ident, college in named.items()
    ]


def in_all(rows: list[Occupancy]) -> Occupancy:
    """The workshops as one: a line of totals."""
    minutes: dict[BookingPurpose, int] = defaultdict(int)
    for row in rows:
        for purpose, count in row.minutes.items():
            minutes[purpose] += count
    return Occupancy("", "Всего", "", sum(row.open_minutes for row in rows), dict(minutes))


def _named(session: Session, workshop_id: str | None) -> dict[str, str]:
    query = (
        select(Workshop.id, Organization.short_name)
        .join(Organization, Organization.id == Workshop.organization_id)
        .where(Workshop.live())
        .order_by(Workshop.skey, Workshop.n)
    )
    if workshop_id is not None:
        query = query.where(Workshop.id == workshop_id)
    return {row.id: row.short_name for row in session.execute(query)}


def _by_day(
    session: Session, first: date, last: date, workshop_id: str | None
) -> dict[str, dict[date, list[Taken]]]:
    chosen = None if workshop_id is None else [workshop_id]
    found: dict[str, dict[date, list[Taken]]] = defaultdict(lambda: defaultdict(list))
    for one in standing_between(session, first=first, last=last, workshop_ids=chosen):
        for day in days_of(one.slot):
            if first <= day <= last:
                found[one.workshop_id][day].append(Taken(one.slot, one.purpose))
    return found


def _of_workshop(
    facts: WorkshopFacts, college: str, taken: Mapping[date, list[Taken]],
    calendar: WorkCalendar, span: tuple[date, date],
) -> Occupancy:  # fmt: skip
    minutes: dict[BookingPurpose, int] = defaultdict(int)
    opened, day = timedelta(0), span[0]
    while day <= span[1]:
        slot = open_slot(facts, calendar, day)
        opened += slot[1] - slot[0] if slot else timedelta(0)
        for purpose, count in minutes_by_purpose(taken.get(day, ()), slot, day).items():
            minutes[purpose] += count
        day += ONE_DAY
    return Occupancy(facts.id, facts.name, college, opened // MINUTE, dict(minutes))
