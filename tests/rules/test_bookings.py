from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.bookings import (
    Series,
    Taken,
    day_parts,
    days_of,
    first_free,
    is_holiday,
    minutes_by_purpose,
    open_hours,
    weekly,
)
from demoexam.rules.calendar import SpecialDay, WorkCalendar
from demoexam.rules.plan import WorkshopFacts, overlap
from demoexam.rules.terms import BookingPurpose

MONDAY, FRIDAY = date(2026, 6, 1), date(2026, 6, 5)
SATURDAY, HOLIDAY = date(2026, 6, 6), date(2026, 6, 12)
CALENDAR = WorkCalendar({HOLIDAY: SpecialDay(False, "День России")})
PLACE = WorkshopFacts("w", "Токарная", 12)


def at(hour, day=MONDAY, minute=0):
    return datetime.combine(day, time(hour, minute))


def test_a_series_is_read_back_from_its_text():
    series = Series(MONDAY, HOLIDAY, "key")
    assert Series.read(str(series)) == series
    assert series.weeks == (MONDAY, date(2026, 6, 8))
    assert Series.read(None) is None
    assert Series.read("чужая") is None


def test_a_weekend_is_no_holiday_but_a_named_day_is():
    assert is_holiday(CALENDAR, HOLIDAY)
    assert not is_holiday(CALENDAR, SATURDAY)
    assert not is_holiday(CALENDAR, MONDAY)
    moved = WorkCalendar({MONDAY: SpecialDay(False)})
    assert is_holiday(moved, MONDAY)


@pytest.mark.parametrize(
    ("fields", "day", "hours"),
    [
        ({}, MONDAY, (time(8), time(20))),
        ({}, SATURDAY, None),
        ({"open_saturday": True}, SATURDAY, (time(8), time(20))),
        ({"hours": {0: (time(9), time(18)), 4: None}}, MONDAY, (time(9), time(18))),
        ({"hours": {0: (time(9), time(18)), 4: None}}, FRIDAY, None),
        ({"hours": {4: (time(9), time(18))}}, HOLIDAY, None),
    ],
)
def test_when_a_workshop_is_open(fields, day, hours):
    assert open_hours(WorkshopFacts("w", "Токарная", 12, **fields), CALENDAR, day) == hours


def test_the_first_free_slot_waits_for_what_stands_there():
    exam = at(9), at(13)
    assert first_free(PLACE, CALENDAR, [exam], (at(10), at(14))) == (at(13), at(17))


def test_a_full_day_leads_to_the_next_with_the_same_hours():
    exam = at(9, FRIDAY), at(19, FRIDAY)
    monday = date(2026, 6, 8)
    wanted = at(10, FRIDAY), at(14, FRIDAY)
    assert first_free(PLACE, CALENDAR, [exam], wanted) == (at(10, monday), at(14, monday))


def test_what_is_longer_than_a_day_finds_nothing():
    assert first_free(PLACE, CALENDAR, [], (at(0), at(23, FRIDAY))) is None


def test_whole_days_count_as_the_opening_hours():
    opening = at(8), at(20)
    whole = at(0), at(23, FRIDAY, 59)
    assert day_parts(whole, opening, MONDAY, closed=False) == opening
    assert day_parts(whole, None, MONDAY, closed=True) is None
    assert day_parts((at(18), at(22)), opening, MONDAY, closed=False) == (at(18), at(22))
    assert day_parts((at(18), at(22)), opening, MONDAY, closed=True) == (at(18), at(20))
    assert day_parts((at(21), at(22)), opening, MONDAY, closed=True) is None
    assert day_parts((at(9), at(12)), opening, FRIDAY, closed=False) is None
    assert [*days_of(whole)] == [MONDAY + timedelta(days=n) for n in range(5)]


hours = st.integers(0, 23 * 4).map(lambda n: at(0) + timedelta(minutes=15 * n))
slots = st.tuples(hours, st.integers(1, 16)).map(
    lambda pair: (pair[0], min(pair[0] + timedelta(minutes=15 * pair[1]), at(23, minute=45)))
)
things = st.lists(
    st.builds(Taken, slots.filter(lambda one: one[0] < one[1]), st.sampled_from(BookingPurpose)),
    max_size=7,
)


@given(things)
def test_minutes_equal_a_brute_force_count(taken):
    opening, rank = (at(8), at(20)), {BookingPurpose.EXAM: 0, BookingPurpose.CLOSED: 1}
    ordered = sorted(taken, key=lambda one: (rank.get(one.purpose, 2), one.slot))
    counted = dict.fromkeys(BookingPurpose, 0)
    for quarter in range(24 * 4):
        moment = at(0) + timedelta(minutes=15 * quarter)
        here = [one for one in ordered if one.slot[0] <= moment < one.slot[1]]
        inside = opening[0] <= moment < opening[1]
        here = [one for one in here if inside or one.purpose is not BookingPurpose.CLOSED]
        if here:
            counted[here[0].purpose] += 15
    found = minutes_by_purpose(taken, opening, MONDAY)
    assert found == {purpose: count for purpose, count in counted.items() if count}


@given(things, slots.filter(lambda one: one[0] < one[1]))
def test_a_free_slot_is_free_and_open(taken, wanted):
    free = first_free(PLACE, CALENDAR, [one.slot for one in taken], wanted)
    assert free is not None
    assert free[1] - free[0] == wanted[1] - wanted[0]
    assert free[0] >= wanted[0]
    assert not any(overlap(free, one.slot) for one in taken)
    hours_of_day = open_hours(PLACE, CALENDAR, free[0].date())
    assert hours_of_day[0] <= free[0].time()
    assert free[1].time() <= hours_of_day[1]


def test_weeks_end_with_the_last_day():
    assert [*weekly(MONDAY, MONDAY)] == [MONDAY]
    assert [*weekly(MONDAY, MONDAY - timedelta(days=1))] == []
