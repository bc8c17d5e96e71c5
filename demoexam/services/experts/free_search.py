"""«Кто свободен / где свободно»: experts, workshops and first free slots over some days."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.kits import AssessmentKit
from demoexam.models.people import Expert
from demoexam.rules.calendar import WorkCalendar
from demoexam.rules.free_slots import SlotWish, first_start, suits
from demoexam.rules.plan import ExpertFacts, KitFacts, Slot, overlap
from demoexam.rules.shares import deciding_job, side_on
from demoexam.rules.terms import ExamLevel, Role, Side
from demoexam.services.college.calendar import work_calendar
from demoexam.services.experts.facts import load_experts
from demoexam.services.experts.free_reads import FreeReads, Room
from demoexam.services.plan.plan_facts import load_kits
from demoexam.store.erasing import ERASED_NAME
from demoexam.text import fold

LONGEST = 366  # days of a search
BEYOND = 14  # a second day comes no later than so many days after the first
SLOTS = 200
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """What is looked for; `minutes` of 0 are those of the kit, `hours` of None the whole day."""

    first: date
    last: date
    kit_id: str | None = None
    minutes: int = 0
    people: int = 0
    side: Side | None = None
    competent_only: bool = False
    hours: tuple[time, time] | None = None


@dataclass(frozen=True)
class FreeExpert:
    """`days` are those without a duty or an absence; on `wishes` of them he would rather not."""

    id: str
    name: str
    side: Side
    organization: str
    certified_until: date | None
    has_consent: bool
    competent: bool
    load: int
    days: tuple[date, ...]
    wishes: frozenset[date]


@dataclass(frozen=True)
class FreeWorkshop:
    """`days` are those with a first free slot."""

    id: str
    name: str
    room: str
    college: str
    places: int
    days: tuple[date, ...]


@dataclass(frozen=True)
class FreeSlot:
    """`experts` who may score this kit and are free on its days, wishes respected."""

    workshop_id: str
    workshop: str
    college: str
    places: int
    starts_at: datetime
    ends_at: datetime
    second_day: date | None
    experts: int

    @property
    def days(self) -> tuple[date, ...]:
        first = self.starts_at.date()
        return (first,) if self.second_day is None else (first, self.second_day)


@dataclass(frozen=True)
class FreeFound:
    """`days` are the working days looked at; `fitting` workshops have places and equipment."""

    wanted: Wanted
    days: tuple[date, ...]
    experts: Sequence[FreeExpert]
    workshops: Sequence[FreeWorkshop]
    slots: Sequence[FreeSlot]
    fitting: int = 0


def free_search(session: Session, wanted: Wanted) -> FreeFound:
    """Experts, the most free first; slots by day and start, one a workshop and day."""
    _refuse_odd(wanted)
    beyond = wanted.last + DAY * BEYOND
    calendar = work_calendar(session, {wanted.first.year, beyond.year})
    span = [wanted.first + DAY * n for n in range((wanted.last - wanted.first).days + 1)]
    working = tuple(day for day in span if calendar.is_working(day)) or tuple(span)
    reads = FreeReads(session, wanted.first, beyond)
    kit = load_kits(session, {wanted.kit_id}).get(wanted.kit_id) if wanted.kit_id else None
    people = _People(session, wanted, kit, reads.busy)
    wish = _wish(wanted, kit, reads.turnaround(wanted.kit_id))
    places = _Places(reads, wish, calendar)
    slots = [*places.slots(span, people)] if wish.minutes else []
    return FreeFound(
        wanted=wanted,
        days=working,
        experts=people.listed(working),
        workshops=[*places.free(slots)],
        slots=[*islice(slots, SLOTS)],
        fitting=len(places.rooms),
    )


def _refuse_odd(wanted: Wanted) -> None:
    if wanted.last < wanted.first:
        raise Refused("Дни поиска кончаются раньше, чем начинаются.", "Исправьте даты.")
    if (wanted.last - wanted.first).days >= LONGEST:
        raise Refused("Искать можно не больше чем за год.", "Сократите период.")


def _wish(wanted: Wanted, kit: KitFacts | None, turnaround: int) -> SlotWish:
    return SlotWish(
        minutes=wanted.minutes or (kit.minutes if kit else 0),
        exam_days=kit.exam_days if kit else 1,
        people=wanted.people,
        equipment=kit.equipment if kit else frozenset(),
        turnaround=turnaround,
    )


class _Places:
    """Workshops that suit the exam, and when each is free for it."""

    def __init__(self, reads: FreeReads, wish: SlotWish, calendar: WorkCalendar) -> None:
        self.rooms = [room for room in reads.rooms if suits(room.facts, wish)]
        self._wish, self._calendar, self._taken = wish, calendar, reads.taken

    def slots(self, days: Iterable[date], people: "_People") -> Iterator[FreeSlot]:
        """By day, start and name of the workshop; of each workshop and day the first."""
        for day in days if self.rooms else ():
            found = [(start, room) for room in self.rooms if (start := self._start(room, day))]
            if not found:
                continue
            second = self._calendar.add(day, 1) if self._wish.exam_days > 1 else None
            count = people.count((day,) if second is None else (day, second))
            for start, room in sorted(found, key=lambda one: (one[0], fold(one[1].facts.name))):
                yield self._slot(room, start, second, count)

    def free(self, slots: Iterable[FreeSlot]) -> Iterator[FreeWorkshop]:
        days: dict[str, list[date]] = defaultdict(list)
        for slot in slots:
            days[slot.workshop_id].append(slot.starts_at.date())
        for room in self.rooms:
            one = room.facts
            if mine := tuple(days.get(one.id, ())):
                yield FreeWorkshop(one.id, one.name, room.room, room.college, one.places, mine)

    def _start(self, room: Room, day: date) -> datetime | None:
        taken = self._taken.get(room.facts.id, ())
        return first_start(room.facts, day, self._wish, taken, self._calendar)

    def _slot(self, room: Room, start: datetime, second: date | None, count: int) -> FreeSlot:
        one, end = room.facts, start + self._wish.length
        return FreeSlot(one.id, one.name, room.college, one.places, start, end, second, count)


class _People:
    """Active experts of the wished side and competence, and when each is free."""

    def __init__(
        self,
        session: Session,
        wanted: Wanted,
        kit: KitFacts | None,
        busy: Mapping[tuple[str, date], Sequence[Slot]],
    ) -> None:
        found = load_experts(
            session,
            Expert.live() & Expert.active & (Expert.last_name != ERASED_NAME),
            specialty_id=kit.specialty_id if kit else None,
            kit_id=kit.id if kit else None,
        )
        self._wanted, self._kit, self._busy = wanted, kit, busy
        self._experts = [one for one in found.values() if self._is_wanted(one)]
        self._scoring = [one for one in self._experts if kit is None or may_score(one)]
        self._load = _month_load(busy, wanted.first)

    def listed(self, days: Sequence[date]) -> list[FreeExpert]:
        """Who is free on one of the days at least."""
        found = [self._free(one, days) for one in self._experts]
        return sorted((one for one in found if one.days), key=_rank)

    def count(self, days: Collection[date]) -> int:
        """How many who may score are free on all the days and would not mind."""
        return sum(
            all(self.is_free(one, day) and not one.absence_on(day) for day in days)
            for one in self._scoring
        )

    def is_free(self, expert: ExpertFacts, day: date) -> bool:
        """No duty in the wished hours, and no absence but a wish."""
        taken = self._busy.get((expert.id, day), ())
        if taken and self._clashes(day, taken):
            return False
        absence = expert.absence_on(day) if expert.absences else None
        return absence is None or absence.soft

    def _clashes(self, day: date, taken: Iterable[Slot]) -> bool:
        if self._wanted.hours is None:
            return True
        start, end = (datetime.combine(day, hour) for hour in self._wanted.hours)
        return any(overlap((start, end), slot) for slot in taken)

    def _is_wanted(self, expert: ExpertFacts) -> bool:
        side = self._wanted.side
        if side is not None and side_on(expert.jobs, self._wanted.first) is not side:
            return False
        return not self._wanted.competent_only or self._kit is None or may_score(expert)

    def _free(self, expert: ExpertFacts, days: Sequence[date]) -> FreeExpert:
        job = deciding_job(expert.jobs, self._wanted.first)
        mine = tuple(day for day in days if self.is_free(expert, day))
        return FreeExpert(
            id=expert.id,
            name=expert.name,
            side=side_on(expert.jobs, self._wanted.first),
            organization=job.organization if job else "",
            certified_until=expert.certified_until(),
            has_consent=expert.has_consent,
            competent=self._kit is not None and may_score(expert),
            load=self._load[expert.id],
            days=mine,
            wishes=frozenset(day for day in mine if expert.absences and expert.absence_on(day)),
        )


def may_score(expert: ExpertFacts) -> bool:
    """The facts hold only competences in the kit; none named roles means any role."""
    return any(not each.roles or Role.SCORING in each.roles for each in expert.competences)


def _month_load(busy: Mapping[tuple[str, date], Sequence[Slot]], day: date) -> Counter[str]:
    """Days with duties in the month of `day`, by expert."""
    month = (day.year, day.month)
    return Counter(expert for expert, on in busy if (on.year, on.month) == month)


def _rank(one: FreeExpert) -> tuple[object, ...]:
    return -(len(one.days) - len(one.wishes)), not one.competent, one.load, fold(one.name)


@dataclass(frozen=True)
class KitOption:
    id: str
    code: str
    level: ExamLevel
    minutes: int


def kit_options(session: Session, *, year: int) -> list[KitOption]:
    """Kits of the year and those without a year."""
    columns = AssessmentKit.id, AssessmentKit.code, AssessmentKit.level, AssessmentKit.minutes
    of_year = (AssessmentKit.year == year) | AssessmentKit.year.is_(None)
    query = select(*columns).where(AssessmentKit.live(), of_year).order_by(AssessmentKit.code)
    return [KitOption(*row) for row in session.execute(query)]
