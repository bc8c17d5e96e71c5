"""A free slot is free: compared with the rules of the timetable over any workshop."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from rules.plan_builder import CALENDAR, kit, sitting, workshop

from demoexam.rules.days import check_days
from demoexam.rules.free_slots import SlotWish, Taken, first_start, is_open, suits
from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import BookingFacts
from demoexam.rules.terms import BookingPurpose
from demoexam.rules.timetable import check_overlaps, check_workshop

MONDAY = date(2026, 6, 8)  # of the week with the holiday of 12.06
TODAY = date(2026, 3, 2)
AGAINST_PLACE = {
    "workshop_double_booked", "more_students_than_places", "workshop_closed", "workshop_booked",
    "outside_opening_hours", "accreditation_expired", "equipment_missing", "holiday", "weekend",
}  # fmt: skip
HOURS = st.tuples(st.integers(7, 12), st.integers(13, 21)).map(lambda two: tuple(map(time, two)))
MOMENTS = st.builds(
    lambda day, hour, minute: datetime.combine(MONDAY + timedelta(day), time(hour, minute)),
    st.integers(0, 8), st.integers(6, 20), st.sampled_from((0, 10, 30, 45)),
)  # fmt: skip


@st.composite
def spans(draw):
    start = draw(MOMENTS)
    return start, start + timedelta(minutes=draw(st.integers(30, 400)))


ROOMS = st.builds(
    lambda hours, saturday, until, busy, places, tags: workshop(
        hours=hours, open_saturday=saturday, accredited_until=until, places=places,
        equipment=frozenset(tags),
        bookings=tuple(BookingFacts(str(n), *one, BookingPurpose.LESSONS) for n, one in busy),
    ),
    st.dictionaries(st.integers(0, 6), st.none() | HOURS, max_size=7),
    st.booleans(),
    st.none() | st.dates(MONDAY, MONDAY + timedelta(9)),
    st.lists(spans(), max_size=3).map(enumerate).map(list),
    st.integers(3, 12),
    st.sets(st.sampled_from(("ПК", "МФУ"))),
)  # fmt: skip
WISHES = st.builds(
    SlotWish, st.integers(60, 420), st.integers(1, 2), st.integers(0, 15),
    st.frozensets(st.sampled_from(("ПК", "МФУ")), max_size=1), st.sampled_from((0, 30, 60)),
)  # fmt: skip


def placed(room, wish, start, second):
    needs = kit(minutes=wish.minutes, exam_days=wish.exam_days, equipment=wish.equipment)
    return sitting(
        day=start.date(), workshop=room, kit=needs, head_count=wish.people, starts_at=start,
        ends_at=start + wish.length, second_day=second,
    )  # fmt: skip


@given(ROOMS, WISHES, st.integers(0, 6), st.lists(spans(), max_size=3))
def test_what_is_called_free_breaks_no_rule(room, wish, day, others):
    day = MONDAY + timedelta(day)
    taken = [Taken(*one, turnaround=30) for one in others]
    start = first_start(room, day, wish, taken, CALENDAR)
    if start is None or not suits(room, wish):
        return
    second = CALENDAR.add(day, 1) if wish.exam_days > 1 else None
    mine = placed(room, wish, start, second)
    theirs = [
        sitting(workshop=room, starts_at=one, ends_at=two, day=one.date()) for one, two in others
    ]
    plan = PlanIndex([*theirs, mine])
    found = [
        *check_overlaps(mine, plan), *check_workshop(mine), *check_days(mine, CALENDAR, TODAY),
    ]  # fmt: skip
    assert not {one.code for one in found} & AGAINST_PLACE
    for slot in mine.slots:
        for one, two in others:
            after, before = slot[0] - two, one - slot[1]
            assert after >= timedelta(minutes=30) or before >= timedelta(minutes=wish.turnaround)


@given(ROOMS, st.integers(0, 6), st.lists(spans(), max_size=3))
def test_no_earlier_start_is_free(room, day, others):
    """Every start of the grid before the one given is taken: looked at minute by minute."""
    day, wish = MONDAY + timedelta(day), SlotWish(120)
    taken = [Taken(*one) for one in others]
    start = first_start(room, day, wish, taken, CALENDAR)
    opens, closes = room.hours.get(day.weekday()) or (time(8), time(20))
    busy = [*others, *((one.starts_at, one.ends_at) for one in room.bookings)]
    moment = datetime.combine(day, opens)
    accredited = room.accredited_until is None or day <= room.accredited_until
    free = None
    while accredited and is_open(room, day, CALENDAR) and free is None:
        end = moment + wish.length
        if end > datetime.combine(day, closes):
            break
        if not any(moment < two and one < end for one, two in busy):
            free = moment
        moment += timedelta(minutes=30)
    assert start == free


def test_an_exam_begins_after_the_turnaround_of_the_one_before():
    room = workshop()
    before = Taken(datetime(2026, 6, 8, 8), datetime(2026, 6, 8, 11, 40), turnaround=60)
    assert first_start(room, MONDAY, SlotWish(210), [before], CALENDAR) == datetime(2026, 6, 8, 13)


def test_a_saturday_is_open_where_it_is_said_so():
    saturday = MONDAY + timedelta(5)
    assert not is_open(workshop(), saturday, CALENDAR)
    assert is_open(workshop(open_saturday=True), saturday, CALENDAR)
    assert not is_open(workshop(open_saturday=True, hours={5: None}), saturday, CALENDAR)
