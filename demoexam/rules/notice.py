"""How long before an exam its plan is approved and known: terms which a college may change."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from demoexam.rules.calendar import WorkCalendar
from demoexam.text import counted


class Counting(StrEnum):
    """Which days a term counts."""

    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Notice:
    """So many days before the first day of an exam."""

    days: int
    counting: Counting

    def due(self, first: date, calendar: WorkCalendar) -> date:
        """The last day on which it is still in time."""
        return self._counted(first, -self.days, calendar)

    def earliest(self, today: date, calendar: WorkCalendar) -> date:
        """A first day of an exam for which it is still in time today."""
        begin = today if calendar.is_working(today) else calendar.add(today, 1)
        return self._counted(begin, self.days, calendar)

    def _counted(self, day: date, days: int, calendar: WorkCalendar) -> date:
        if self.counting is Counting.WORKING:
            return calendar.add(day, days)
        return day + timedelta(days=days)

    def __str__(self) -> str:
        """«20 дней», «5 рабочих дней»."""
        if self.counting is Counting.WORKING:
            return counted(self.days, "рабочий день", "рабочих дня", "рабочих дней")
        return counted(self.days, "день", "дня", "дней")


@dataclass(frozen=True, slots=True)
class NoticeTerms:
    """The two terms that a day of an exam is judged by; the law's, unless a college says other."""

    plan: Notice = Notice(20, Counting.CALENDAR)  # order No. 800, clause 28
    acquaintance: Notice = Notice(5, Counting.WORKING)  # clause 8 of the kits


LAW = NoticeTerms()


@dataclass(frozen=True, slots=True)
class ApprovedPlace:
    """The days and the workshop of a sitting in the approved plan."""

    days: tuple[date, ...]
    workshop_id: str | None
