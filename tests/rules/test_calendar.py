from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.calendar import SpecialDay, WorkCalendar

DAYS_OFF = {date(2026, 6, 12): SpecialDay(is_working=False, name="День России")}
WORKING_SATURDAY = {date(2025, 11, 1): SpecialDay(is_working=True)}
CALENDAR = WorkCalendar(DAYS_OFF | WORKING_SATURDAY)

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
calendars = st.dictionaries(days, st.booleans(), max_size=30).map(
    lambda known: WorkCalendar({day: SpecialDay(works) for day, works in known.items()})
)


def test_week_works_from_monday_to_friday_but_for_listed_days():
    assert CALENDAR.is_working(date(2026, 6, 11))
    assert not CALENDAR.is_working(date(2026, 6, 12))
    assert not CALENDAR.is_working(date(2026, 6, 13))
    assert CALENDAR.is_working(date(2025, 11, 1))


def test_holiday_has_a_name_and_a_weekend_has_none():
    assert CALENDAR.name(date(2026, 6, 12)) == "День России"
    assert CALENDAR.name(date(2026, 6, 13)) == ""


def test_working_day_before_monday_after_a_long_weekend_is_thursday():
    assert CALENDAR.before(date(2026, 6, 15)) == date(2026, 6, 11)


def test_zero_working_days_away_is_the_day_itself_even_a_sunday():
    assert CALENDAR.add(date(2026, 6, 14), 0) == date(2026, 6, 14)


@given(calendars, days, st.integers(1, 15))
def test_counted_days_work_and_are_as_many_as_asked(calendar, day, count):
    later = calendar.add(day, count)
    assert calendar.is_working(later)
    assert calendar.between(day, later) == count


@given(calendars, days, st.integers(1, 15))
def test_going_forth_and_back_from_a_working_day_comes_home(calendar, day, count):
    start = calendar.add(day, 1)
    assert calendar.add(calendar.add(start, count), -count) == start


@given(calendars, days, st.integers(0, 40))
def test_no_day_lies_between_a_day_and_an_earlier_one(calendar, day, count):
    assert calendar.between(day, day - timedelta(days=count)) == 0
