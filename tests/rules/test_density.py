from datetime import date, datetime, timedelta

import pytest
from rules.plan_builder import (
    DAY,
    codes,
    duty,
    expert,
    full_team,
    group,
    kit,
    plan,
    sitting,
    workshop,
)

from demoexam.rules.check import check_candidate, check_plan
from demoexam.rules.density import check_group_day, check_turnaround, check_week
from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import DutyDay
from demoexam.rules.terms import Level, Role

MONDAY = DAY - timedelta(days=DAY.weekday())
HOUR = timedelta(hours=1)


def turnarounds(here, *others):
    return list(check_turnaround(here, PlanIndex([here, *others])))


def same_day(here, *others):
    return list(check_group_day(here, PlanIndex([here, *others])))


def in_one_room(first, second, gap, **facts):
    """Two sittings of these kits in one room, so many minutes apart."""
    room = workshop()
    one = sitting(kit=first, workshop=room, **facts)
    start = one.ends_at + timedelta(minutes=gap)
    end = start + timedelta(minutes=210)
    return one, sitting(kit=second, workshop=room, starts_at=start, ends_at=end, **facts)


# -- turnaround ---------------------------------------------------------------------------


def test_short_turnaround_is_a_warning_told_under_both():
    one, other = in_one_room(kit(turnaround=60), kit(), 45)
    for here, there in ((one, other), (other, one)):
        (found,) = turnarounds(here, there)
        assert (found.code, found.level) == ("turnaround_too_short", Level.WARNING)
        assert set(found.subjects) == {one.id, other.id, one.workshop.id}
    assert "между экзаменами 45\u00a0мин, а на подготовку рабочих мест нужно 60\u00a0мин" in str(
        found
    )
    assert codes(check_plan(plan(one, other))) == ["turnaround_too_short"]


def test_back_to_back_says_that_there_is_no_break():
    (found,) = turnarounds(*in_one_room(kit(turnaround=60), kit(), 0))
    assert "между экзаменами нет перерыва" in str(found)


@pytest.mark.parametrize(
    ("first", "second", "gap"),
    [
        (kit(turnaround=0), kit(turnaround=60), 0),  # the earlier kit needs no break
        (kit(turnaround=60), kit(), 60),
        (kit(turnaround=60), kit(), -30),  # they overlap: another rule tells of it
    ],
)
def test_no_false_turnaround(first, second, gap):
    one, other = in_one_room(first, second, gap)
    assert turnarounds(one, other) == turnarounds(other, one) == []


def test_turnaround_of_another_workshop_or_day_is_none():
    long = kit(turnaround=240)
    here, room = sitting(kit=long, at=9), workshop()
    assert turnarounds(here, sitting(kit=long, at=14)) == []
    morning, evening = sitting(kit=long, workshop=room), sitting(workshop=room, day=DAY + 24 * HOUR)
    assert turnarounds(morning, evening) == []


def test_second_days_need_their_turnaround_too():
    next_day, room = DAY + timedelta(days=1), workshop()
    two_days = sitting(kit=kit(turnaround=60), workshop=room, second_day=next_day)
    after = sitting(
        workshop=room,
        starts_at=datetime(2026, 6, 19, 13),
        ends_at=datetime(2026, 6, 19, 16),
        day=next_day,
    )
    (found,) = turnarounds(two_days, after)
    assert found.minutes == 30


# -- the group's day ----------------------------------------------------------------------


def test_group_that_sits_twice_that_day():
    who = group(head_count=20)
    morning, evening = (sitting(group=who, at=hour, head_count=20) for hour in (9, 14))
    (found,) = same_day(morning, evening)
    assert (found.code, found.level) == ("group_sits_that_day", Level.WARNING)
    assert "сдаёт в один день два экзамена" in str(found)


def test_shifts_of_a_group_are_no_finding():
    who, mine = group(head_count=20), kit()
    halves = [sitting(group=who, at=hour, head_count=10) for hour in (9, 14)]
    assert same_day(*halves) == []
    named = [
        sitting(group=who, at=hour, head_count=20, examinees=frozenset({str(hour)}))
        for hour in (9, 14)
    ]
    assert same_day(*named) == []
    unknown = group()
    assert same_day(*(sitting(group=unknown, kit=mine, at=hour) for hour in (9, 14))) == []
    assert len(same_day(*(sitting(group=unknown, at=hour) for hour in (9, 14)))) == 1


def test_clash_of_hours_is_told_by_its_own_rule():
    who = group(head_count=20)
    assert same_day(*(sitting(group=who, at=hour, head_count=20) for hour in (9, 11))) == []


# -- the expert's week --------------------------------------------------------------------


def week_of(who, *days):
    return [
        sitting(*full_team(), duty(who), day=MONDAY + timedelta(days=number)) for number in days
    ]


def over(here, *others, elsewhere=()):
    mine = here.duties[-1]
    return list(check_week(mine, here, PlanIndex([here, *others], elsewhere)))


def test_expert_over_his_weekly_days():
    who = expert("Ковалёв Тимур", weekly_days=2)
    (found,) = over(*week_of(who, 0, 1, 2))
    assert (found.code, found.level) == ("expert_over_week", Level.WARNING)
    assert str(found).startswith("Ковалёв Тимур: 3\u00a0дня на экзаменах за неделю с 15.06.2026")
    assert codes(check_plan(plan(*week_of(who, 0, 1, 2)))) == ["expert_over_week"]


def test_two_duties_of_one_day_are_one_day():
    who = expert(weekly_days=1)
    here, there = (sitting(*full_team(), duty(who), at=hour) for hour in (9, 14))
    assert over(here, there) == []


def test_weeks_are_counted_apart_and_no_limit_counts_nothing():
    assert over(*week_of(expert(weekly_days=2), 4, 7, 8)) == []
    assert over(*week_of(expert(), 0, 1, 2, 3, 4, 5)) == []


def test_second_day_counts():
    who = expert(weekly_days=1)
    assert codes(over(sitting(duty(who), second_day=DAY + timedelta(days=1)))) == [
        "expert_over_week"
    ]


def test_days_of_sittings_that_are_not_loaded_count():
    who = expert(weekly_days=1)
    (here,) = week_of(who, 0)
    other = DutyDay(who.id, "elsewhere", MONDAY + timedelta(days=3))
    assert codes(over(here, elsewhere=[other])) == ["expert_over_week"]
    itself = DutyDay(who.id, here.id, date(2026, 6, 18))
    assert over(here, elsewhere=[itself]) == []


def test_candidate_is_told_that_his_week_is_full():
    who = expert(weekly_days=1)
    (other,), here = week_of(who, 0), sitting(day=MONDAY + timedelta(days=1))
    found = check_candidate(who, Role.SCORING, here, PlanIndex([here, other]))
    assert codes(found) == ["expert_over_week"]
