"""When a workshop is open, what is free in it, and on which days a weekly booking falls."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from demoexam.rules.calendar import ONE_DAY, SATURDAY, WorkCalendar
from demoexam.rules.plan import Slot, WorkshopFacts, overlap
from demoexam.rules.terms import BookingPurpose

WEEK, MINUTE = timedelta(days=7), timedelta(minutes=1)
USUAL_HOURS = (time(8), time(20))  # of a workshop whose hours are not known
LAST_MINUTE = time(23, 59)  # the end of a booking of whole days
SEARCHED_DAYS = 92  # so far ahead a free slot is looked for
LONGEST_SERIES = 110  # weeks: two school years
MARK = "/"

Hours = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Series:
    """A weekly series as its text keeps it: the days wished for, and what tells it from others."""

    first: date
    until: date
    key: str

    @classmethod
    def read(cls, text: str | None) -> "Series | None":
        """None for a booking that does not repeat, or whose series is not one of ours."""
        first, _, rest = (text or "").partition(MARK)
        until, _, key = rest.partition(MARK)
        try:
            return cls(date.fromisoformat(first), date.fromisoformat(until), key)
        except ValueError:
            return None

    def __str__(self) -> str:
        return MARK.join([self.first.isoformat(), self.until.isoformat(), self.key])

    @property
    def weeks(self) -> tuple[date, ...]:
        """The days on which the series was wished for."""
        return tuple(weekly(self.first, self.until))


@dataclass(frozen=True, slots=True)
class Taken:
    """A slot of a workshop that something stands in."""

    slot: Slot
    purpose: BookingPurpose


def weekly(first: date, until: date) -> Iterator[date]:
    """`first` and each same weekday after it, `until` included."""
    day = first
    while day <= until:
        yield day
        day += WEEK


def is_holiday(calendar: WorkCalendar, day: date) -> bool:
    """A day off that a weekly booking skips: an ordinary weekend was chosen on purpose."""
    if calendar.is_working(day):
        return False
    return day.weekday() < SATURDAY or bool(calendar.name(day))


def open_hours(workshop: WorkshopFacts, calendar: WorkCalendar, day: date) -> Hours | None:
    """When the workshop is open on `day`; None when it is closed.

    Hours that are not known are the usual ones on working days, and on Saturdays of a workshop
    that is open on them.
    """
    if is_holiday(calendar, day):
        return None
    weekday = day.weekday()
    if weekday in workshop.hours:
        return workshop.hours[weekday]
    saturday = weekday == SATURDAY and workshop.open_saturday
    return USUAL_HOURS if saturday or calendar.is_working(day) else None


def open_slot(workshop: WorkshopFacts, calendar: WorkCalendar, day: date) -> Slot | None:
    hours = open_hours(workshop, calendar, day)
    return hours and (datetime.combine(day, hours[0]), datetime.combine(day, hours[1]))


def first_free(
    workshop: WorkshopFacts,
    calendar: WorkCalendar,
    taken: Iterable[Slot],
    wanted: Slot,
) -> Slot | None:
    """The first slot as long as `wanted`, not before it, in opening hours and free of `taken`.

    On other days than the wanted one the wanted hours are tried first.
    """
    others, length = sorted(taken), wanted[1] - wanted[0]
    for number in range(SEARCHED_DAYS):
        day = wanted[0].date() + number * ONE_DAY
        span = open_slot(workshop, calendar, day)
        if span is None:
            continue
        same = datetime.combine(day, wanted[0].time())
        starts = [same, *_starts(span, others)]
        if not number:
            starts = [start for start in starts if start >= wanted[0]]
        for start in starts:
            slot = start, start + length
            inside = span[0] <= start and slot[1] <= span[1]
            if inside and not any(overlap(slot, other) for other in others):
                return slot
    return None


def _starts(span: Slot, others: Sequence[Slot]) -> list[datetime]:
    """Where a free stretch of the day may begin: as it opens, or as something ends."""
    return sorted({span[0], *(end for _, end in others if span[0] <= end < span[1])})


def day_parts(slot: Slot, opening: Slot | None, day: date, *, closed: bool) -> Slot | None:
    """What of `slot` counts on `day`: whole days and closures count as the opening hours."""
    begin = max(slot[0], datetime.combine(day, time.min))
    end = min(slot[1], datetime.combine(day + ONE_DAY, time.min))
    if begin >= end:
        return None
    whole = begin.time() == time.min and (end.date() > day or end.time() >= LAST_MINUTE)
    if not whole and not closed:
        return begin, end
    if opening is None:
        return None
    begin, end = max(begin, opening[0]), min(end, opening[1])
    return (begin, end) if begin < end else None


def days_of(slot: Slot) -> Iterator[date]:
    """Each day that the slot touches."""
    day = slot[0].date()
    while datetime.combine(day, time.min) < slot[1]:
        yield day
        day += ONE_DAY


_ORDER = {BookingPurpose.EXAM: 0, BookingPurpose.CLOSED: 1}


def minutes_by_purpose(
    taken: Iterable[Taken], opening: Slot | None, day: date
) -> dict[BookingPurpose, int]:
    """Minutes of one day in one workshop by purpose; a minute counts once.

    Where two stand in one minute it is the exam's, then the closure's, then that of the earlier.
    """
    found: dict[BookingPurpose, int] = {}
    covered: list[Slot] = []
    for each in sorted(taken, key=lambda one: (_ORDER.get(one.purpose, 2), one.slot)):
        closed = each.purpose is BookingPurpose.CLOSED
        part = day_parts(each.slot, opening, day, closed=closed)
        pieces = _without(part, covered) if part else []
        covered += pieces
        minutes = sum((end - begin) // MINUTE for begin, end in pieces)
        if minutes:
            found[each.purpose] = found.get(each.purpose, 0) + minutes
    return found


def _without(part: Slot, covered: Iterable[Slot]) -> list[Slot]:
    """The pieces of `part` that none of `covered` reaches."""
    pieces = [part]
    for start, end in covered:
        pieces = [
            (begin, stop)
            for left, right in pieces
            for begin, stop in ((left, min(right, start)), (max(left, end), right))
            if begin < stop
        ]
    return pieces
