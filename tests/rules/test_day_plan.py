"""The order of work: rows follow each other, notices are inside, breaks put the end off."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.day_plan import (
    Break,
    DayLengths,
    Event,
    Shift,
    exam_steps,
    notices,
    preparation_steps,
    results_step,
)

DAY = datetime(2026, 6, 18)
LENGTHS = DayLengths()
BREAKS = st.lists(st.builds(Break, st.integers(-10, 500), st.integers(0, 60)), max_size=4)


def at(hour, minute=0):
    return DAY + timedelta(hours=hour, minutes=minute)


def told(steps):
    return [f"{one.event} {one.starts_at:%H:%M}-{one.ends_at:%H:%M}" for one in steps]


@st.composite
def rooms(draw):
    """Shifts of one room after one another, with any gaps, from none on."""
    shifts, start = [], at(8) + timedelta(minutes=draw(st.integers(0, 240)))
    for number in range(1, draw(st.integers(1, 3)) + 1):
        shift = Shift(number, start, draw(st.integers(1, 480)), draw(BREAKS))
        shifts.append(shift)
        start = shift.ends_at + timedelta(minutes=draw(st.integers(0, 150)))
    return shifts


def test_the_published_day_of_one_shift():
    steps = exam_steps([("каб. 1", [Shift(1, at(9), 210)])], LENGTHS)
    assert told(steps) == [
        "arrival 08:15-08:30", "briefing 08:30-08:45", "task 08:45-09:00", "work 09:00-12:30",
    ]  # fmt: skip
    assert [f"{one:%H:%M}" for one in steps[-1].notices] == ["10:00", "11:00", "12:00", "12:25"]
    assert {one.place for one in steps} == {"каб. 1"}
    assert told([results_step(at(12, 30), LENGTHS)]) == ["results 12:40-14:10"]


def test_a_second_shift_waits_for_its_room():
    steps = exam_steps([("", [Shift(1, at(9), 240), Shift(2, at(14, 30), 240)])], LENGTHS)
    assert told(steps)[3:] == [
        "work 09:00-13:00", "turnaround 13:00-14:00", "briefing 14:00-14:15", "task 14:15-14:30",
        "work 14:30-18:30",
    ]  # fmt: skip
    assert (steps[4].previous, steps[4].shift) == (1, 2)


def test_a_short_gap_leaves_what_is_needed_last():
    for gap, expected in (
        (20, ["briefing 13:00-13:05", "task 13:05-13:20"]),
        (10, ["task 13:00-13:10"]),
        (0, []),
    ):
        second = Shift(2, at(13) + timedelta(minutes=gap), 60)
        steps = exam_steps([("", [Shift(1, at(9), 240), second])], LENGTHS)
        assert told(steps)[4:-1] == expected


def test_breaks_part_the_work_and_put_the_end_off():
    shift = Shift(1, at(9), 180, [Break(120, 20), Break(60, 10), Break(180, 30), Break(0, 5)])
    steps = exam_steps([("", [shift])], LENGTHS)
    assert told(steps)[3:] == [
        "work 09:00-10:00", "break 10:00-10:10", "work 10:10-11:10", "break 11:10-11:30",
        "work 11:30-12:30",
    ]  # fmt: skip
    assert shift.ends_at == at(12, 30)
    assert [f"{one:%H:%M}" for one in notices(shift, LENGTHS)] == ["11:00", "12:00", "12:25"]
    assert [len(one.notices) for one in steps[3:]] == [0, 0, 1, 0, 2]


def test_rooms_do_not_wait_for_each_other():
    steps = exam_steps([("А", [Shift(1, at(9), 60)]), ("Б", [Shift(1, at(9, 15), 60)])], LENGTHS)
    assert [one.starts_at for one in steps] == sorted(one.starts_at for one in steps)
    assert [one.place for one in steps if one.event is Event.WORK] == ["А", "Б"]


def test_the_preparation_day_begins_with_the_task_and_ends_with_the_places():
    steps = preparation_steps(date(2026, 6, 17), LENGTHS, "каб. 1")
    assert told(steps) == [
        "readiness 08:00-08:20", "duties 08:20-08:30", "staff_safety 08:30-08:40",
        "registration 08:40-09:00", "safety 09:00-09:30", "draw 09:30-11:00",
    ]  # fmt: skip
    assert steps[0].starts_at.date() == date(2026, 6, 17)


@given(rooms())
def test_rows_of_a_room_follow_each_other_without_gaps(shifts):
    steps = exam_steps([("", shifts)], LENGTHS)
    assert all(one.starts_at < one.ends_at for one in steps)
    assert all(one.ends_at == other.starts_at for one, other in pairwise(steps))
    assert steps[-1].ends_at == shifts[-1].ends_at


@given(rooms())
def test_the_end_is_the_start_and_the_minutes_and_the_breaks(shifts):
    steps = exam_steps([("", shifts)], LENGTHS)
    for shift in shifts:
        mine = [one for one in steps if one.shift == shift.number]
        work = [one for one in mine if one.event is Event.WORK]
        pauses = [one for one in mine if one.event is Event.BREAK]
        length = sum((one.ends_at - one.starts_at for one in work), timedelta())
        paused = sum((one.ends_at - one.starts_at for one in pauses), timedelta())
        assert length == timedelta(minutes=shift.minutes)
        assert shift.starts_at == work[0].starts_at
        assert shift.ends_at == work[-1].ends_at == shift.starts_at + length + paused


@given(rooms())
def test_notices_are_inside_the_exam_and_in_its_work(shifts):
    steps = exam_steps([("", shifts)], LENGTHS)
    for shift in shifts:
        said = notices(shift, LENGTHS)
        assert said == sorted(set(said))
        assert all(shift.starts_at < one < shift.ends_at for one in said)
        work = [one for one in steps if one.event is Event.WORK and one.shift == shift.number]
        assert [one for step in work for one in step.notices] == said
        if not shift.taken:
            left = [shift.ends_at - one for one in said]
            assert {timedelta(minutes=5), timedelta(minutes=30)} - set(left) == {
                one for one in (timedelta(minutes=5), timedelta(minutes=30))
                if one >= timedelta(minutes=shift.minutes)
            }  # fmt: skip
