"""Shifts of a group that is larger than its workshop."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.plan_builder import CALENDAR, DAY, RUSSIA_DAY

from demoexam.rules.plan import WorkshopFacts, overlap
from demoexam.rules.shifts import ShiftLength, ShiftRoom, balanced, gathered, shift_times

WORKSHOP = WorkshopFacts("w1", "201", 10, hours={day: (time(8), time(18)) for day in range(5)})
ROOM = ShiftRoom(WORKSHOP, CALENDAR)
LENGTH = ShiftLength(210, turnaround=60)


def at(hour, minute=0, day=DAY):
    return datetime.combine(day, time(hour, minute))


def times(count, length=LENGTH, room=ROOM, start=None):
    return shift_times(count, first_start=start or at(9), length=length, room=room)


def starts(found):
    return [one.starts_at for one in found]


@given(st.lists(st.integers(), unique=True, max_size=120), st.integers(1, 30))
def test_nobody_is_lost_or_sits_twice_and_the_parts_are_even(people, places):
    parts = balanced(people, places)

    assert [one for part in parts for one in part] == people
    sizes = [len(part) for part in parts]
    assert max(sizes) <= places
    assert max(sizes) - min(sizes) <= 1
    assert len(parts) == max(-(-len(people) // places), 1)


def test_shifts_that_exist_already_are_all_used():
    assert [len(part) for part in balanced(list(range(10)), 8, at_least=3)] == [4, 3, 3]


def test_a_workshop_without_places_is_no_workshop():
    with pytest.raises(ValueError, match="0"):
        balanced([1, 2], 0)


def test_there_is_no_shift_past_midnight():
    free = ShiftRoom(replace(WORKSHOP, hours={}), CALENDAR)

    assert times(1, ShiftLength(240), free, at(22)) == []


def test_what_goes_on_past_midnight_leaves_the_day_taken():
    night = [(at(8), at(2, day=DAY + timedelta(days=1)))]
    room = ShiftRoom(replace(WORKSHOP, hours={}), CALENDAR, taken=night)

    assert starts(times(1, ShiftLength(60), room)) == [at(9, day=date(2026, 6, 19))]


def test_a_closed_weekday_is_left_out():
    closed = replace(WORKSHOP, hours={**WORKSHOP.hours, DAY.weekday(): None})

    assert starts(times(1, LENGTH, ShiftRoom(closed, CALENDAR))) == [at(9, day=date(2026, 6, 19))]


def test_the_next_shift_begins_after_the_turnaround():
    assert starts(times(2)) == [at(9), at(13, 30)]


def test_a_full_day_leads_to_the_next_working_one_at_the_same_hour():
    thursday = date(2026, 6, 11)
    found = times(3, start=at(9, day=thursday))

    assert starts(found)[:2] == [at(9, day=thursday), at(13, 30, day=thursday)]
    assert starts(found)[2] == at(9, day=date(2026, 6, 15))  # past the holiday and the weekend


def test_the_first_day_is_the_users_choice():
    assert starts(times(1, start=at(9, day=RUSSIA_DAY))) == [at(9, day=RUSSIA_DAY)]


def test_an_open_saturday_is_used():
    hours = {**WORKSHOP.hours, 5: (time(9), time(14))}
    workshop = replace(WORKSHOP, hours=hours, open_saturday=True)
    friday = date(2026, 6, 19)

    found = times(2, ShiftLength(300), ShiftRoom(workshop, CALENDAR), at(12, day=friday))

    assert starts(found)[1] == at(12, day=date(2026, 6, 22))  # from 12 it would not end by 14
    early = times(3, ShiftLength(300), ShiftRoom(workshop, CALENDAR), at(9, day=friday))
    assert starts(early)[1] == at(9, day=date(2026, 6, 20))


def test_an_exam_in_the_way_is_waited_for_with_its_turnaround():
    room = replace(ROOM, taken=[(at(10), at(11))])

    assert starts(times(1, ShiftLength(120, 30), room)) == [at(11, 30)]


def test_closed_hours_are_waited_for_without_one():
    room = replace(ROOM, blocked=[(at(8), at(12, 2))])

    assert starts(times(1, LENGTH, room)) == [at(12, 5)]


def test_both_days_of_a_two_day_exam_must_be_free():
    next_day = DAY + timedelta(days=1)
    room = replace(ROOM, taken=[(at(9, day=next_day), at(10, day=next_day))])

    (found,) = times(1, ShiftLength(210, 60, exam_days=2), room)

    assert (found.starts_at, found.second_day) == (at(11), next_day)


def test_what_is_longer_than_the_day_finds_no_time():
    assert times(1, ShiftLength(11 * 60)) == []


@given(
    st.integers(1, 7), st.integers(30, 540), st.integers(0, 90), st.integers(1, 2),
    st.lists(st.tuples(st.integers(0, 20), st.integers(8, 16), st.integers(1, 8)), max_size=12),
)  # fmt: skip
def test_no_shift_meets_another_or_what_is_there(count, minutes, turnaround, exam_days, there):
    taken = [
        (at(hour, day=DAY + timedelta(days=ahead)),
         at(hour, day=DAY + timedelta(days=ahead)) + timedelta(hours=long))
        for ahead, hour, long in there
    ]  # fmt: skip
    room, length = replace(ROOM, taken=taken), ShiftLength(minutes, turnaround, exam_days)

    found = times(count, length, room)

    assert len(found) == count
    slots = [slot for one in found for slot in one.slots]
    gap = timedelta(minutes=turnaround)
    for number, (start, end) in enumerate(slots):
        assert time(8) <= start.time()
        assert end.time() <= time(18)
        for other in [*slots[:number], *taken]:
            assert not overlap((start, end + gap), (other[0], other[1] + gap))


def test_who_belongs_together_comes_into_one_part_in_the_lists_order():
    parts = balanced(list(range(10)), 4)
    assert gathered(parts, {1, 5, 9}.__contains__) == [[0, 1, 5, 9], [3, 4, 6], [2, 7, 8]]


def test_who_is_together_already_moves_nobody():
    parts = balanced(list(range(10)), 4)
    assert gathered(parts, {4, 6}.__contains__) == parts
    assert gathered(parts, lambda _one: False) == parts
    assert gathered([], lambda _one: True) == []


@given(st.integers(1, 40), st.integers(1, 12), st.sets(st.integers(0, 39)))
def test_gathering_keeps_the_sizes_and_everybody(people, places, together):
    parts = balanced(list(range(people)), places)
    made = gathered(parts, together.__contains__)
    assert [len(part) for part in made] == [len(part) for part in parts]
    assert sorted(one for part in made for one in part) == list(range(people))
    wanted = together & set(range(people))
    homes = [part for part in made if wanted & set(part)]
    assert len(homes) <= 1 or any(set(part) <= wanted for part in homes)
