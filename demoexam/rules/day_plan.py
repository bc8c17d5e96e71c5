"""The order of work of an exam's days: who does what from which hour to which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise


class Event(StrEnum):
    """What a row of the plan is about; how it is worded stands in the form."""

    READINESS = "readiness"
    DUTIES = "duties"
    STAFF_SAFETY = "staff_safety"
    REGISTRATION = "registration"
    SAFETY = "safety"
    DRAW = "draw"
    ARRIVAL = "arrival"
    BRIEFING = "briefing"
    TASK = "task"
    WORK = "work"
    BREAK = "break"
    TURNAROUND = "turnaround"
    RESULTS = "results"


@dataclass(frozen=True)
class DayLengths:
    """Minutes of what a college times itself; the defaults are those of published plans."""

    preparation_from: time = time(8)
    preparation: Sequence[tuple[Event, int]] = (
        (Event.READINESS, 20),
        (Event.DUTIES, 10),
        (Event.STAFF_SAFETY, 10),
        (Event.REGISTRATION, 20),
        (Event.SAFETY, 30),
        (Event.DRAW, 90),
    )
    before_start: Sequence[tuple[Event, int]] = (
        (Event.ARRIVAL, 15),
        (Event.BRIEFING, 15),
        (Event.TASK, 15),
    )
    rest: int = 10  # between the last end and the results
    results: int = 90
    notice_every: int = 60  # Порядок № 800, п. 53
    notices_before_end: Sequence[int] = (30, 5)


@dataclass(frozen=True)
class Break:
    """A pause after so many minutes of work; it puts the end off."""

    after: int
    minutes: int


@dataclass(frozen=True)
class Shift:
    """One sitting: `minutes` of work from `starts_at`, and the breaks in it."""

    number: int
    starts_at: datetime
    minutes: int
    breaks: Sequence[Break] = ()

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes + sum(b.minutes for b in self.taken))

    @property
    def taken(self) -> list[Break]:
        """Breaks that come before the work is over, in their order."""
        ordered = sorted(self.breaks, key=lambda one: one.after)
        return [one for one in ordered if 0 < one.after < self.minutes and one.minutes > 0]


@dataclass(frozen=True)
class Step:
    """A row of the plan; `previous` is the shift before where two of them meet."""

    event: Event
    starts_at: datetime
    ends_at: datetime
    shift: int = 0  # 0: of all shifts
    previous: int = 0
    notices: Sequence[datetime] = ()
    place: str = ""


def preparation_steps(day: date, lengths: DayLengths, place: str = "") -> list[Step]:
    """The day before the exam (С-1), one thing after the other."""
    return list(
        _in_row(datetime.combine(day, lengths.preparation_from), lengths.preparation, 0, place)
    )


def exam_steps(rooms: Sequence[tuple[str, Sequence[Shift]]], lengths: DayLengths) -> list[Step]:
    """An exam day: the shifts of each room by their hours, then the results of them all.

    The shifts of a room do not overlap; rooms do not wait for each other.
    """
    steps = [step for place, shifts in rooms for step in _room_steps(place, shifts, lengths)]
    return sorted(steps, key=lambda step: (step.starts_at, step.ends_at))


def results_step(ended: datetime, lengths: DayLengths) -> Step:
    """What follows the end of the last shift."""
    starts_at = ended + timedelta(minutes=lengths.rest)
    return Step(Event.RESULTS, starts_at, starts_at + timedelta(minutes=lengths.results))


def notices(shift: Shift, lengths: DayLengths) -> list[datetime]:
    """When the time left is announced: inside the exam and not in a break."""
    minutes = int((shift.ends_at - shift.starts_at).total_seconds() // 60)
    at = {*range(lengths.notice_every, minutes, lengths.notice_every)}
    at |= {minutes - left for left in lengths.notices_before_end if left < minutes}
    moments = [shift.starts_at + timedelta(minutes=one) for one in sorted(at)]
    pauses = [(one.starts_at, one.ends_at) for one in _work(shift) if one.event is Event.BREAK]
    return [one for one in moments if not any(start <= one < end for start, end in pauses)]


def _room_steps(place: str, shifts: Sequence[Shift], lengths: DayLengths) -> Iterator[Step]:
    ordered = sorted(shifts, key=lambda shift: shift.starts_at)
    for shift in ordered[:1]:
        before = timedelta(minutes=sum(minutes for _, minutes in lengths.before_start))
        yield from _in_row(shift.starts_at - before, lengths.before_start, shift.number, place)
    for at, shift in enumerate(ordered):
        if at:
            yield from _between(ordered[at - 1], shift, lengths, place)
        yield from _announced(shift, lengths, place)


def _between(one: Shift, other: Shift, lengths: DayLengths, place: str) -> Iterator[Step]:
    """Two shifts meet: what the second needs before its start, the rest is for the room."""
    free = int((other.starts_at - one.ends_at).total_seconds() // 60)
    needed: list[tuple[Event, int]] = []
    for event, minutes in reversed(lengths.before_start):
        if event is not Event.ARRIVAL:  # they are registered while the room is made ready
            needed.insert(0, (event, min(minutes, free)))
            free -= needed[0][1]
    rows = [(Event.TURNAROUND, free), *needed]
    yield from _in_row(one.ends_at, rows, other.number, place, one.number)


def _announced(shift: Shift, lengths: DayLengths, place: str) -> Iterator[Step]:
    said = notices(shift, lengths)
    for start, end, event in ((one.starts_at, one.ends_at, one.event) for one in _work(shift)):
        told = [one for one in said if start <= one < end] if event is Event.WORK else []
        yield Step(event, start, end, shift.number, notices=told, place=place)


def _work(shift: Shift) -> Iterator[Step]:
    """Stretches of work with the breaks between them."""
    rows: list[tuple[Event, int]] = []
    marks = [0, *(one.after for one in shift.taken), shift.minutes]
    pauses = [one.minutes for one in shift.taken]
    for at, (start, end) in enumerate(pairwise(marks)):
        rows.append((Event.WORK, end - start))
        rows += [(Event.BREAK, pause) for pause in pauses[at : at + 1]]
    return _in_row(shift.starts_at, rows, shift.number, "")


def _in_row(
    start: datetime, rows: Sequence[tuple[Event, int]], shift: int, place: str, previous: int = 0
) -> Iterator[Step]:
    """One after the other from `start`; what takes no time is left out."""
    for event, minutes in rows:
        end = start + timedelta(minutes=minutes)
        if minutes > 0:
            yield Step(event, start, end, shift, previous, place=place)
        start = end
