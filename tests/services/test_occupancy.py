from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from conftest import Builder

from demoexam.models.exams import ExamSession
from demoexam.models.places import WorkshopBooking
from demoexam.rules.bookings import open_hours
from demoexam.rules.terms import BookingPurpose
from demoexam.services.bookings.occupancy import in_all, occupancy, period
from demoexam.services.college.calendar import work_calendar
from demoexam.services.plan.plan_facts import load_workshops

MONDAY = date(2026, 6, 1)
HOURS = {str(day): ["08:00", "18:00"] for day in range(1, 6)}


def at(day, hour, minute=0):
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute))


@pytest.fixture
def place(store):
    """A workshop open for ten hours a day: lessons, an exam over a booking, a closure, a course."""
    with store.transaction("мастерская") as session:
        make = Builder(session)
        place = make.workshop(name="Токарная № 1", opening_hours=HOURS)
        make.booking(place, at(0, 9), at(0, 12))
        make.booking(place, at(1, 11), at(1, 14), BookingPurpose.PROJECT)
        make.sitting(make.group(), workshop=place, day=MONDAY + timedelta(days=1))  # 9:00-12:30
        make.booking(place, at(2, 0), at(3, 23, 59), BookingPurpose.CLOSED)
        make.booking(place, at(4, 17), at(4, 21), BookingPurpose.SHORT_COURSE)
        return place.id


def brute_force(store, place, first, last):
    """Minute by minute: the exam's first, then the closure's, then that of the earlier booking."""
    with store.reading() as session:
        calendar = work_calendar(session, {2026})
        facts = load_workshops(session, [place])[place]
        things = [
            (0, row.starts_at, row.ends_at, BookingPurpose.EXAM)
            for row in session.query(ExamSession)
        ] + [
            (2 - (row.purpose is BookingPurpose.CLOSED), row.starts_at, row.ends_at, row.purpose)
            for row in session.query(WorkshopBooking)
        ]  # fmt: skip
    counted, opened, moment = {}, 0, datetime.combine(first, time.min)
    while moment.date() <= last:
        hours = open_hours(facts, calendar, moment.date())
        is_open = hours is not None and hours[0] <= moment.time() < hours[1]
        opened += is_open
        here = sorted(one for one in things if one[1] <= moment < one[2])
        here = [one for one in here if is_open or one[3] is not BookingPurpose.CLOSED]
        if here:
            counted[here[0][3]] = counted.get(here[0][3], 0) + 1
        moment += timedelta(minutes=1)
    return opened, counted


def test_hours_by_purpose_equal_a_brute_force_count(store, place):
    first, last = period(2026, 6)
    with store.reading() as session:
        (found,) = occupancy(session, first=first, last=last)
    opened, counted = brute_force(store, place, first, last)
    assert dict(found.minutes) == counted
    assert found.open_minutes == opened
    assert counted == {
        BookingPurpose.LESSONS: 180, BookingPurpose.EXAM: 210, BookingPurpose.PROJECT: 90,
        BookingPurpose.CLOSED: 1200, BookingPurpose.SHORT_COURSE: 240,
    }  # fmt: skip


def test_the_share_is_of_the_hours_when_it_was_not_closed(store, place):
    with store.reading() as session:
        (week,) = occupancy(session, first=MONDAY, last=MONDAY + timedelta(days=6))
        (shut,) = occupancy(session, first=MONDAY, last=MONDAY, workshop_id=place)
    assert week.open_minutes == 5 * 600
    assert week.used == 720
    assert week.share == Fraction(720, 3000 - 1200)
    assert (shut.used, shut.share) == (180, Fraction(180, 600))


def test_workshops_add_up(store, place):
    with store.transaction("ещё") as session:
        make = Builder(session)
        make.booking(make.workshop(name="Сварочная"), at(0, 9), at(0, 12))
    with store.reading() as session:
        rows = occupancy(session, first=MONDAY, last=MONDAY)
        alone = occupancy(session, first=MONDAY, last=MONDAY, workshop_id=place)
    assert [row.name for row in rows] == ["Сварочная", "Токарная № 1"]
    assert [row.name for row in alone] == ["Токарная № 1"]
    total = in_all(rows)
    assert total.minutes == {BookingPurpose.LESSONS: 360}
    assert total.open_minutes == 600 + 720  # hours not told are the usual twelve


def test_a_workshop_that_is_never_open_has_no_share(store, place):
    sunday = MONDAY + timedelta(days=6)
    with store.reading() as session:
        (row,) = occupancy(session, first=sunday, last=sunday)
    assert row.share is None


@pytest.mark.parametrize(
    ("month", "days"),
    [(None, (date(2026, 1, 1), date(2026, 12, 31))), (2, (date(2026, 2, 1), date(2026, 2, 28))),
     (12, (date(2026, 12, 1), date(2026, 12, 31)))],
)  # fmt: skip
def test_a_period_is_a_year_or_a_month(month, days):
    assert period(2026, month) == days
