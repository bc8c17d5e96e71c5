"""The production calendar of the years a plan touches."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.reference import CalendarDay
from demoexam.rules.calendar import SpecialDay, WorkCalendar


def work_calendar(session: Session, years: Iterable[int] = ()) -> WorkCalendar:
    """Days of the store; a year of `years` that has none there gets the public holidays."""
    query = select(CalendarDay.day, CalendarDay.is_working, CalendarDay.name, CalendarDay.is_short)
    rows = session.execute(query.where(CalendarDay.live()))
    days = {day: SpecialDay(works, name, short) for day, works, name, short in rows}
    for year in set(years) - {day.year for day in days}:
        days |= _public_holidays(year)
    return WorkCalendar(days)


def _public_holidays(year: int) -> dict[date, SpecialDay]:
    import holidays  # slow to import, and needed for far years only

    known = holidays.country_holidays("RU", years=year, language="ru")
    return {day: SpecialDay(is_working=False, name=name) for day, name in known.items()}
