"""Days of absence are marked, joined, cut and taken back, and no other day changes by it."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.errors import Refused
from demoexam.models.people import Expert, Unavailability
from demoexam.services.experts.availability import DayState, Period, add_period, mark_days, state_on
from demoexam.services.experts.facts import load_experts
from demoexam.services.history import take_back

MONDAY = date(2026, 6, 1)
DAYS = [MONDAY + timedelta(n) for n in range(20)]


@pytest.fixture
def session(store):
    with store.transaction("данные теста") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


def rows(session, expert):
    query = select(Unavailability).where(
        Unavailability.live(), Unavailability.expert_id == expert.id
    )
    return [
        (row.from_day.day, row.to_day.day, row.only_these, row.soft, row.reason)
        for row in session.scalars(query.order_by(Unavailability.from_day))
    ]


def states(session, expert):
    session.flush()
    facts = load_experts(session, Expert.id == expert.id)[expert.id]
    return {day: state_on(facts.absences, day) for day in DAYS}


def mark(session, expert, first, last, state):
    days = {"first": date(2026, 6, first), "last": date(2026, 6, last)}
    mark_days(session, expert_id=expert.id, state=state, **days)


def test_days_beside_one_another_become_one_period(session, make):
    who = make.expert()
    for day in (3, 5, 4):
        mark(session, who, day, day, DayState.AWAY)
    assert rows(session, who) == [(3, 5, False, False, "")]


def test_a_period_with_words_is_cut_and_keeps_them(session, make):
    who = make.expert()
    make.unavailability(who, date(2026, 6, 1), date(2026, 6, 10), reason="отпуск")
    mark(session, who, 4, 5, DayState.FREE)
    mark(session, who, 10, 10, DayState.WISH)
    assert rows(session, who) == [
        (1, 3, False, False, "отпуск"),
        (6, 9, False, False, "отпуск"),
        (10, 10, False, True, ""),
    ]


def test_who_comes_on_some_days_only_can_come_on_one_more(session, make):
    who = make.expert()
    make.unavailability(who, date(2026, 6, 8), only_these=True)
    mark(session, who, 9, 9, DayState.FREE)
    free = [day.day for day, state in states(session, who).items() if state is DayState.FREE]
    assert free == [8, 9]
    mark(session, who, 8, 8, DayState.AWAY)
    free = [day.day for day, state in states(session, who).items() if state is DayState.FREE]
    assert free == [9]


@pytest.mark.parametrize("seed", range(25))
def test_marked_days_become_so_and_others_stay(session, make, seed):
    dice, who = Random(seed), make.expert()  # noqa: S311 -- a repeatable generator
    for _ in range(dice.randrange(4)):
        start = dice.choice(DAYS)
        make.unavailability(
            who, start, start + timedelta(dice.randrange(6)), soft=dice.random() < 0.4,
            only_these=dice.random() < 0.4, reason=dice.choice(("", "отпуск")),
        )  # fmt: skip
    for _ in range(8):
        before = states(session, who)
        state = dice.choice(tuple(DayState))
        first, last = sorted((dice.randrange(1, 21), dice.randrange(1, 21)))
        mark(session, who, first, last, state)
        after = states(session, who)
        for day in DAYS:
            if first <= day.day <= last and state is not DayState.WISH:
                assert after[day] is state
            elif first <= day.day <= last:  # a wish does not lift what forbids
                assert after[day] is not DayState.FREE
            else:
                assert after[day] is before[day]
    wordless = [row for row in rows(session, who) if not row[2] and not row[4]]
    assert all(one[1] < two[0] for one, two in pairwise(wordless))


def test_several_experts_get_a_period_in_one_step(store):
    with store.transaction("данные") as session:
        people = [Builder(session).expert() for _ in range(3)]
        ids = [one.id for one in people]
        Builder(session).unavailability(people[0], MONDAY, MONDAY + timedelta(5))
    with store.transaction("недоступность: 3 эксперта") as session:
        period = Period(MONDAY, MONDAY + timedelta(2), reason="съезд")
        assert add_period(session, expert_ids=ids, period=period) == 2
    take_back(store)
    with store.reading() as session:
        assert len(session.scalars(select(Unavailability).where(Unavailability.live())).all()) == 1


@pytest.mark.parametrize("days", [-1, 366 * 3])
def test_odd_periods_are_refused(session, make, days):
    period = Period(MONDAY, MONDAY + timedelta(days))
    with pytest.raises(Refused, match="Период"):
        add_period(session, expert_ids=[make.expert().id], period=period)
