"""Working days of the Russian production calendar: five days a week but for listed exceptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """What the production calendar says of one day."""

    is_working: bool
    name: str = ""
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Days without an entry work from Monday to Friday."""

    days: Mapping[date, SpecialDay] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        special = self.days.get(day)
        return day.weekday() < SATURDAY if special is None else special.is_working

    def name(self, day: date) -> str:
        special = self.days.get(day)
        return special.name if special else ""

    def add(self, day: date, count: int) -> date:
        """The working day `count` working days after `day`; before it, when `count` < 0.

        `day` itself need not work and is never counted; `count` of 0 gives `day` back.
        """
        step = ONE_DAY if count >= 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def before(self, day: date) -> date:
        """The last working day before `day`."""
        return self.add(day, -1)

    def between(self, earlier: date, later: date) -> int:
        """Working days after `earlier` and up to `later` inclusive; 0 if `later` is not later."""
        span = (later - earlier).days
        return sum(self.is_working(earlier + timedelta(days=n)) for n in range(1, span + 1))
