"""Where a sitting is put: a workshop and a time, with the days that hang on them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from demoexam.rules.calendar import WorkCalendar
from demoexam.rules.plan import SittingFacts, WorkshopFacts


@dataclass(frozen=True, slots=True)
class Move:
    """The sitting `id` goes to this workshop, to begin then."""

    id: str
    workshop_id: str | None
    starts_at: datetime

    @property
    def value(self) -> str:
        """The move as the value of a fix."""
        return f"{self.starts_at:%Y-%m-%dT%H:%M} {self.workshop_id or ''}".rstrip()

    @classmethod
    def read(cls, ident: str, value: str) -> Self:
        """The move that `value` tells of; ValueError when it tells of none."""
        moment, _, workshop_id = value.partition(" ")
        return cls(ident, workshop_id or None, datetime.fromisoformat(moment))


@dataclass(frozen=True, slots=True)
class Days:
    """The days that hang on the exam's day."""

    second: date | None
    preparation: date


def hanging_days(day: date, exam_days: int, calendar: WorkCalendar) -> Days:
    """The second day of a two-day exam is the next working one, C-1 the working day before."""
    second = calendar.add(day, 1) if exam_days > 1 else None
    return Days(second, calendar.before(day))


def placed(
    sitting: SittingFacts,
    workshop: WorkshopFacts | None,
    starts_at: datetime,
    calendar: WorkCalendar,
) -> SittingFacts:
    """The sitting as it would be there: as long as before; another day takes its days along."""
    there = replace(
        sitting,
        workshop=workshop,
        starts_at=starts_at,
        ends_at=starts_at + (sitting.ends_at - sitting.starts_at),
    )
    if starts_at.date() == sitting.day:
        return there
    days = hanging_days(starts_at.date(), _exam_days(sitting), calendar)
    return replace(there, second_day=days.second, preparation_day=days.preparation)


def _exam_days(sitting: SittingFacts) -> int:
    return max(len(sitting.days), sitting.kit.exam_days if sitting.kit else 1)


def at_hour(day: date, moment: datetime) -> datetime:
    """The clock of `moment` on another day."""
    return datetime.combine(day, moment.time())
