"""When a workshop is free for an exam: its open hours without what takes it already."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from demoexam.rules.calendar import SATURDAY, WorkCalendar
from demoexam.rules.plan import Slot, WorkshopFacts

OPENS, CLOSES = time(8), time(20)  # of a workshop whose hours are not known
STEP = timedelta(minutes=30)  # exams begin on the hour or half past


@dataclass(frozen=True, slots=True)
class SlotWish:
    """What an exam needs of a workshop; `turnaround` are the minutes kept free after it."""

    minutes: int
    exam_days: int = 1
    people: int = 0
    equipment: frozenset[str] = frozenset()
    turnaround: int = 0

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Taken:
    """A day of another exam in the workshop; `turnaround` are the minutes kept free after it."""

    starts_at: datetime
    ends_at: datetime
    turnaround: int = 0

    def blocks(self, wish: SlotWish) -> Slot:
        """When no part of the wished exam may lie."""
        before, after = timedelta(minutes=wish.turnaround), timedelta(minutes=self.turnaround)
        return self.starts_at - before, self.ends_at + after


def is_open(workshop: WorkshopFacts, day: date, calendar: WorkCalendar) -> bool:
    """Whether exams are held there on `day`: a working day, or a Saturday it is open on."""
    if workshop.hours.get(day.weekday(), True) is None:
        return False
    if calendar.is_working(day):
        return True
    return day.weekday() == SATURDAY and workshop.open_saturday and not calendar.name(day)


def suits(workshop: WorkshopFacts, wish: SlotWish) -> bool:
    """Places and equipment are enough."""
    return workshop.places >= wish.people and wish.equipment <= workshop.equipment


def free_windows(
    workshop: WorkshopFacts, day: date, taken: Iterable[Slot], calendar: WorkCalendar
) -> list[Slot]:
    """The open hours of `day` that no booking and nothing `taken` touches, in order of time."""
    accredited = workshop.accredited_until is None or day <= workshop.accredited_until
    if not accredited or not is_open(workshop, day, calendar):
        return []
    opens, closes = workshop.hours.get(day.weekday()) or (OPENS, CLOSES)
    start, end = datetime.combine(day, opens), datetime.combine(day, closes)
    bookings = ((each.starts_at, each.ends_at) for each in workshop.bookings)
    busy = [slot for slot in (*bookings, *taken) if slot[0] < end and slot[1] > start]
    return list(_gaps(start, end, sorted(busy)))


def _gaps(start: datetime, end: datetime, busy: Sequence[Slot]) -> Iterator[Slot]:
    for begins, ends in busy:
        if begins > start:
            yield start, begins
        start = max(start, ends)
    if start < end:
        yield start, end


def first_start(
    workshop: WorkshopFacts,
    day: date,
    wish: SlotWish,
    taken: Sequence[Taken],
    calendar: WorkCalendar,
) -> datetime | None:
    """The earliest start on `day`; an exam of two days keeps its hours on the next working day.

    Places and equipment are not looked at: see `suits`.
    """
    busy = [each.blocks(wish) for each in taken]
    windows = free_windows(workshop, day, busy, calendar)
    if wish.exam_days > 1:
        other = calendar.add(day, 1)
        back = other - day
        later = free_windows(workshop, other, busy, calendar)
        windows = list(_common(windows, [(one - back, two - back) for one, two in later]))
    starts = (_rounded(start) for start, end in windows if _rounded(start) + wish.length <= end)
    return next(starts, None)


def _common(ones: Sequence[Slot], others: Sequence[Slot]) -> Iterator[Slot]:
    for one in ones:
        for other in others:
            start, end = max(one[0], other[0]), min(one[1], other[1])
            if start < end:
                yield start, end


def _rounded(moment: datetime) -> datetime:
    """The next moment of the grid."""
    past = (moment - datetime.combine(moment.date(), time())) % STEP
    return moment if not past else moment + STEP - past
