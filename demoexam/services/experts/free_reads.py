"""What takes experts and workshops over some days, read with one select for each kind."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.places import Workshop, WorkshopBooking
from demoexam.rules.free_slots import Taken
from demoexam.rules.plan import BookingFacts, Slot, WorkshopFacts
from demoexam.rules.terms import Answer
from demoexam.services.college.college import college_settings
from demoexam.services.plan.plan_facts import opening_hours

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Room:
    """A workshop with what a list says of it."""

    facts: WorkshopFacts
    room: str
    college: str


class FreeReads:
    """Live sittings, duties and bookings that touch the days from `first` to `last`.

    The whole months of `first` and `last` are read: the load of an expert is told by month.
    """

    def __init__(self, session: Session, first: date, last: date) -> None:
        self._session = session
        self._start = datetime.combine(first.replace(day=1), time())
        self._end = datetime.combine(last + DAY * 31, time())
        self._usual = college_settings(session).turnaround_minutes

    def turnaround(self, kit_id: str | None) -> int:
        """Minutes kept free after an exam by the kit, or by the college's setting."""
        kit = self._session.get(AssessmentKit, kit_id) if kit_id else None
        return self._usual if kit is None or kit.turnaround is None else kit.turnaround

    @cached_property
    def taken(self) -> Mapping[str, Sequence[Taken]]:
        """Workshop -> days of exams in it."""
        found: dict[str, list[Taken]] = defaultdict(list)
        for _, workshop, turnaround, slots in self._sittings:
            if workshop is not None:
                found[workshop] += [Taken(*slot, turnaround) for slot in slots]
        return found

    @cached_property
    def busy(self) -> Mapping[tuple[str, date], Sequence[Slot]]:
        """Expert and day -> hours of his duties; those he refused do not count."""
        slots_of = {ident: slots for ident, _, _, slots in self._sittings}
        query = (
            select(Assignment.expert_id, Assignment.session_id)
            .join(ExamSession, ExamSession.id == Assignment.session_id)
            .where(Assignment.live(), Assignment.answer != Answer.REFUSED, self._touching())
        )
        found: dict[tuple[str, date], list[Slot]] = defaultdict(list)
        for expert, sitting in self._session.execute(query):
            for slot in slots_of[sitting]:
                found[expert, slot[0].date()].append(slot)
        return found

    @cached_property
    def rooms(self) -> Sequence[Room]:
        """All live workshops with their bookings of these days, in order of names."""
        bookings = self._bookings()
        query = (
            select(
                Workshop.id, Workshop.name, Workshop.places, Workshop.open_saturday,
                Workshop.opening_hours, Workshop.accredited_until, Workshop.equipment,
                Workshop.room, Organization.short_name,
            )
            .join(Organization, Organization.id == Workshop.organization_id)
            .where(Workshop.live())
            .order_by(Workshop.skey, Workshop.id)
        )  # fmt: skip
        return [
            Room(
                WorkshopFacts(
                    ident, name, places, saturday, opening_hours(hours), until,
                    frozenset(equipment), tuple(bookings.get(ident, ())),
                ),
                room, college,
            )
            for ident, name, places, saturday, hours, until, equipment, room, college
            in self._session.execute(query)
        ]  # fmt: skip

    @cached_property
    def _sittings(self) -> Sequence[tuple[str, str | None, int, tuple[Slot, ...]]]:
        """Id, workshop, minutes kept free after it, and when it is held."""
        return [*self._read_sittings()]

    def _read_sittings(self) -> Iterator[tuple[str, str | None, int, tuple[Slot, ...]]]:
        query = (
            select(
                ExamSession.id, ExamSession.workshop_id, ExamSession.starts_at,
                ExamSession.ends_at, ExamSession.second_day, AssessmentKit.minutes,
                AssessmentKit.turnaround,
            )
            .join(AssessmentKit, AssessmentKit.id == ExamSession.kit_id)
            .where(self._touching())
        )  # fmt: skip
        for ident, workshop, starts, ends, second, minutes, pause in self._session.execute(query):
            if starts is not None:
                length = ends - starts if ends else timedelta(minutes=minutes)
                gap = self._usual if pause is None else pause
                yield ident, workshop, gap, tuple(_slots(starts, length, second))

    def _touching(self) -> ColumnElement[bool]:
        days = self._start.date(), self._end.date()
        begins = and_(ExamSession.starts_at >= self._start, ExamSession.starts_at < self._end)
        return and_(ExamSession.live(), or_(begins, ExamSession.second_day.between(*days)))

    def _bookings(self) -> Mapping[str, Sequence[BookingFacts]]:
        query = select(
            WorkshopBooking.workshop_id, WorkshopBooking.id, WorkshopBooking.starts_at,
            WorkshopBooking.ends_at, WorkshopBooking.purpose,
        ).where(
            WorkshopBooking.live(),
            WorkshopBooking.starts_at < self._end,
            WorkshopBooking.ends_at > self._start,
        )  # fmt: skip
        found: dict[str, list[BookingFacts]] = defaultdict(list)
        for workshop, ident, starts, ends, purpose in self._session.execute(query):
            found[workshop].append(BookingFacts(ident, starts, ends, purpose))
        return found


def _slots(starts_at: datetime, length: timedelta, second: date | None) -> Iterator[Slot]:
    yield starts_at, starts_at + length
    if second is not None:
        again = datetime.combine(second, starts_at.time())
        yield again, again + length
