"""Other places for a sitting, the nearest first: other hours, other days, other workshops."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from demoexam.rules.calendar import SATURDAY, WorkCalendar
from demoexam.rules.placing import Move, at_hour
from demoexam.rules.plan import SittingFacts, WorkshopFacts

OPENS, CLOSES = time(8), time(20)
STEP, DAY = timedelta(minutes=30), timedelta(days=1)
FAR, ROOMS, WIDE = 42, 60, 240  # days either way, workshops, places of any kind

Places = Callable[[], Iterator[Move]]


class Nearby:
    """Places around the one where the sitting is, or is wanted; `today` is the earliest day."""

    def __init__(
        self, sitting: SittingFacts, workshops: Iterable[WorkshopFacts], calendar: WorkCalendar,
        today: date,
    ) -> None:  # fmt: skip
        self._sitting, self._calendar = sitting, calendar
        self._earliest = min(today, sitting.day)
        self._here = sitting.workshop
        others = (each for each in workshops if self._suits(each))
        self._rooms = sorted(others, key=lambda each: (each.places, each.name, each.id))[:ROOMS]

    @property
    def kinds(self) -> tuple[Places, ...]:
        """Ways to look, each nearest first."""
        if self._here is None:
            return self.rooms, self.anywhere
        return self.hours, self.days, self.rooms, self.anywhere

    def hours(self) -> Iterator[Move]:
        """Of the same day, in the same workshop."""
        sitting, day = self._sitting, self._sitting.day
        known = self._here.hours.get(day.weekday()) if self._here else None
        opens, closes = known or (OPENS, CLOSES)
        length = sitting.ends_at - sitting.starts_at
        start, last = datetime.combine(day, opens), datetime.combine(day, closes) - length
        starts = [start + STEP * n for n in range(max((last - start) // STEP + 1, 0))]
        for moment in sorted(starts, key=lambda one: abs(one - sitting.starts_at)):
            yield self._move(self._here, moment)

    def days(self) -> Iterator[Move]:
        """At the same hour, in the same workshop."""
        for day in self._near_days():
            if self._works(day, self._here):
                yield self._move(self._here, at_hour(day, self._sitting.starts_at))

    def other_years(self) -> Iterator[Move]:
        """At the same hour and place, but not in this year: from its nearer edge on."""
        year, day = self._sitting.day.year, self._sitting.day
        before, after = date(year, 1, 1), date(year, 12, 31)
        edges = (before, -DAY), (after, DAY)
        for edge, step in sorted(edges, key=lambda each: abs(each[0] - day)):
            for far in range(1, FAR + 1):
                other = edge + far * step
                if other >= self._earliest and self._works(other, self._here):
                    yield self._move(self._here, at_hour(other, self._sitting.starts_at))

    def rooms(self) -> Iterator[Move]:
        """At the same time."""
        return (self._move(room, self._sitting.starts_at) for room in self._rooms)

    def anywhere(self) -> Iterator[Move]:
        """Other days in other workshops."""
        found = (
            self._move(room, at_hour(day, self._sitting.starts_at))
            for day in self._near_days()
            for room in self._rooms
            if self._works(day, room)
        )
        return islice(found, WIDE)

    def _suits(self, room: WorkshopFacts) -> bool:
        """Big and equipped enough, and not the one where the sitting is."""
        kit = self._sitting.kit
        other = self._here is None or room.id != self._here.id
        fits = room.places >= self._sitting.head_count
        return other and fits and (kit is None or kit.equipment <= room.equipment)

    def _near_days(self) -> Iterator[date]:
        for far in range(1, FAR + 1):
            for day in (self._sitting.day + far * DAY, self._sitting.day - far * DAY):
                if day >= self._earliest:
                    yield day

    def _works(self, day: date, room: WorkshopFacts | None) -> bool:
        if self._calendar.is_working(day):
            return True
        saturday = day.weekday() == SATURDAY and not self._calendar.name(day)
        return saturday and room is not None and room.open_saturday

    def _move(self, room: WorkshopFacts | None, starts_at: datetime) -> Move:
        return Move(self._sitting.id, room.id if room else None, starts_at)
