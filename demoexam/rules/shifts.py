"""A group larger than its workshop: balanced shifts, and when each of them may begin."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from demoexam.rules.calendar import ONE_DAY, SATURDAY, WorkCalendar
from demoexam.rules.plan import Slot, WorkshopFacts, overlap

T = TypeVar("T")

LATEST_END = time(21)  # of a day whose opening hours nobody has told
FARTHEST = 120  # days that are looked through for room
STEP = 5  # minutes: a shift begins at a round one
NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class ShiftLength:
    """What a shift takes of the workshop; `turnaround` is kept free after it, in minutes."""

    minutes: int
    turnaround: int = 0
    exam_days: int = 1


@dataclass(frozen=True, slots=True)
class ShiftTime:
    """When a shift sits; its second day has the same hours."""

    starts_at: datetime
    ends_at: datetime
    second_day: date | None = None

    @property
    def slots(self) -> tuple[Slot, ...]:
        days = [self.starts_at.date(), *([self.second_day] if self.second_day else ())]
        hours = self.starts_at.time(), self.ends_at.time()
        return tuple((datetime.combine(d, hours[0]), datetime.combine(d, hours[1])) for d in days)


@dataclass(frozen=True)
class ShiftRoom:
    """Where shifts are to sit, and what is already there: `taken` is never sat upon.

    Exams in `taken` are given a turnaround; what is in `blocked` (closed hours of the workshop,
    other exams of the group) is not.
    """

    workshop: WorkshopFacts
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    taken: Sequence[Slot] = ()
    blocked: Sequence[Slot] = ()

    def hours(self, day: date) -> tuple[time, time] | None:
        """None for a weekday on which the workshop is closed."""
        return self.workshop.hours.get(day.weekday(), (time.min, LATEST_END))

    def works(self, day: date) -> bool:
        saturday = day.weekday() == SATURDAY and self.workshop.open_saturday
        return self.calendar.is_working(day) or (saturday and not self.calendar.name(day))


def balanced(people: Sequence[T], places: int, *, at_least: int = 1) -> list[list[T]]:
    """As few parts as fit into `places`, in the list's order; sizes differ by one at most."""
    if places < 1:
        raise ValueError(places)
    count = max(-(-len(people) // places), at_least)
    small, more = divmod(len(people), count)
    parts, start = [], 0
    for number in range(count):
        end = start + small + (number < more)
        parts.append(list(people[start:end]))
        start = end
    return parts


def gathered(parts: Sequence[Sequence[T]], together: Callable[[T], bool]) -> list[list[T]]:
    """The same parts, as large as they were, with those who belong `together` in one of them.

    In that which holds most of them already; whoever finds no room there stays where he is.
    """
    numbered = iter(enumerate(one for part in parts for one in part))
    made = [[next(numbered) for _ in part] for part in parts]
    home = max(made, key=lambda part: sum(together(one) for _, one in part), default=[])
    for part in made:
        if part is home:
            continue
        for at in [at for at, (_, one) in enumerate(part) if together(one)]:
            free = [place for place, (_, one) in enumerate(home) if not together(one)]
            if free:
                part[at], home[free[-1]] = home[free[-1]], part[at]
    ordered = (sorted(part, key=lambda each: each[0]) for part in made)
    return [[one for _, one in part] for part in ordered]


def shift_times(
    count: int, *, first_start: datetime, length: ShiftLength, room: ShiftRoom
) -> list[ShiftTime]:
    """One after another from `first_start` on; the next open day goes on at the same hour.

    The first day is the user's choice and need not be a working one. Fewer than `count` when
    there is no room within FARTHEST days.
    """
    found: list[ShiftTime] = []
    for number in range(FARTHEST):
        day = first_start.date() + number * ONE_DAY
        if number and not room.works(day):
            continue
        for shift in _on_day(day, first_start.time(), length, room, found):
            found.append(shift)
            if len(found) == count:
                return found
    return found


def _on_day(
    day: date, start: time, length: ShiftLength, room: ShiftRoom, before: Sequence[ShiftTime]
) -> Iterator[ShiftTime]:
    """Shifts of one day: each begins when nothing stands in its way any more."""
    hours = room.hours(day)
    if hours is None:
        return
    second = room.calendar.add(day, 1) if length.exam_days > 1 else None
    gap = timedelta(minutes=length.turnaround)
    taken = [*room.taken, *(slot for shift in before for slot in shift.slots)]
    begin = datetime.combine(day, max(start, hours[0]))
    while begin.date() == day:
        shift = _shift(begin, length, second)
        if shift is None or not _fits(shift, room):
            return
        wait = max(_wait(shift, taken, gap), _wait(shift, room.blocked, NO_TIME))
        if not wait:
            yield shift
            wait = shift.ends_at - shift.starts_at + gap
        begin = _rounded(begin + wait)


def _shift(begin: datetime, length: ShiftLength, second: date | None) -> ShiftTime | None:
    end = begin + timedelta(minutes=length.minutes)
    return ShiftTime(begin, end, second) if end.date() == begin.date() else None


def _fits(shift: ShiftTime, room: ShiftRoom) -> bool:
    for start, end in shift.slots:
        hours = room.hours(start.date())
        if hours is None or start.time() < hours[0] or end.time() > hours[1]:
            return False
    return True


def _wait(shift: ShiftTime, others: Sequence[Slot], gap: timedelta) -> timedelta:
    """How much later the shift would have to begin for these to be over."""
    return max(
        (
            end + gap - mine[0]
            for start, end in others
            for mine in shift.slots
            if overlap((mine[0], mine[1] + gap), (start, end + gap))
        ),
        default=NO_TIME,
    )


def _rounded(moment: datetime) -> datetime:
    """The next round minute."""
    over = timedelta(minutes=moment.minute % STEP, seconds=moment.second)
    return moment + (timedelta(minutes=STEP) - over if over else NO_TIME)
