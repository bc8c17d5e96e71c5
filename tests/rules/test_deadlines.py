"""The days of an exam's deadlines, over any production calendar."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.calendar import SpecialDay, WorkCalendar
from demoexam.rules.deadlines import (
    PAST,
    TERMS,
    DeadlineState,
    Done,
    Occasion,
    deadline,
    deadlines,
)
from demoexam.rules.notice import Counting, Notice

EXAM = date(2026, 6, 18)
HOLIDAY = date(2026, 6, 12)
CALENDAR = WorkCalendar({HOLIDAY: SpecialDay(is_working=False, name="День России")})

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
calendars = st.dictionaries(days, st.booleans(), max_size=60).map(
    lambda known: WorkCalendar({day: SpecialDay(works) for day, works in known.items()})
)
terms = st.builds(
    replace,
    st.sampled_from(list(TERMS.values())),
    days=st.integers(0, 40),
    counting=st.sampled_from(Counting),
)


def exam(first=EXAM, last=None, **fields):
    return Occasion(first, last or first, **fields)


def at(code, today, **fields):
    return deadline(TERMS[code], exam(**fields), CALENDAR, today)


@pytest.mark.parametrize(
    ("code", "due"),
    [
        ("plan", date(2026, 5, 29)),  # 20 calendar days
        ("acquaintance", date(2026, 6, 10)),  # 17, 16, 15, 11, 10: the holiday is not counted
        ("tasks", date(2026, 6, 17)),
        ("readiness", date(2026, 6, 17)),
        ("draw", date(2026, 6, 17)),
        ("tutor", date(2026, 6, 17)),
        ("protocols", EXAM),
        ("results", EXAM),
        ("appeals", date(2026, 6, 19)),
    ],
)
def test_each_term_has_its_day(code, due):
    assert at(code, EXAM).due == due


def test_after_a_weekend_the_day_before_is_friday():
    monday = date(2026, 6, 22)
    assert at("readiness", EXAM, first=monday).due == date(2026, 6, 19)
    assert at("tasks", EXAM, first=monday).due == date(2026, 6, 21)


def test_a_working_saturday_counts():
    saturday = date(2026, 6, 20)
    calendar = WorkCalendar({saturday: SpecialDay(is_working=True)})
    assert TERMS["readiness"].due(date(2026, 6, 22), EXAM, calendar) == saturday


def test_what_follows_an_exam_follows_its_second_day():
    assert at("protocols", EXAM, last=date(2026, 6, 19)).due == date(2026, 6, 19)
    assert at("plan", EXAM, last=date(2026, 6, 19)).due == date(2026, 5, 29)


def test_a_deadline_is_due_to_its_day_and_overdue_after_it():
    last = date(2026, 5, 29)
    due = at("plan", last)
    assert (due.state, due.days_left) == (DeadlineState.DUE, 0)
    late = at("plan", last + timedelta(days=2))
    assert (late.state, late.days_left) == (DeadlineState.OVERDUE, -2)


def test_what_is_done_is_met_whenever_one_looks():
    done = {"plan": Done(date(2026, 6, 1), by_hand=True)}
    told = at("plan", date(2026, 6, 30), done=done)
    assert told.state is DeadlineState.MET
    assert told.late
    assert not at("plan", EXAM, done={"plan": Done(date(2026, 5, 29))}).late
    assert not at("plan", EXAM, done={"plan": Done()}).late


def test_what_was_missed_before_a_past_exam_is_told_no_more():
    told = at("acquaintance", date(2026, 6, 19))
    assert (told.state, told.spared) == (DeadlineState.NOT_APPLICABLE, PAST)
    assert at("acquaintance", EXAM).state is DeadlineState.OVERDUE
    assert at("protocols", date(2026, 6, 19)).state is DeadlineState.OVERDUE


def test_a_term_that_does_not_concern_an_exam_says_why():
    told = at("tutor", EXAM, spared={"tutor": "ассистент не нужен"})
    assert (told.state, told.spared) == (DeadlineState.NOT_APPLICABLE, "ассистент не нужен")


def test_the_time_for_appeals_passes_by_itself():
    assert at("appeals", date(2026, 6, 19)).state is DeadlineState.DUE
    assert at("appeals", date(2026, 6, 20)).state is DeadlineState.MET


def test_the_deadlines_of_an_exam_come_by_day():
    found = deadlines(TERMS, exam(), CALENDAR, EXAM)
    assert [one.term.code for one in found][:2] == ["plan", "acquaintance"]
    assert [one.due for one in found] == sorted(one.due for one in found)


@given(terms, calendars, days, st.integers(0, 3))
def test_there_are_as_many_days_between_as_the_term_says(term, calendar, first, more):
    last = first + timedelta(days=more)
    due = term.due(first, last, calendar)
    start, end = (last, due) if term.after else (due, first)
    if term.counting is Counting.CALENDAR:
        assert (end - start).days == term.days
        return
    counted = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    counted = counted[1:] if term.after else counted[:-1]
    assert sum(calendar.is_working(day) for day in counted) == term.days
    assert not term.days or calendar.is_working(due)


@given(st.integers(0, 40), st.sampled_from(Counting), calendars, days)
def test_the_first_day_that_is_noticed_today_is_noticed_in_time(number, counting, calendar, today):
    notice = Notice(number, counting)
    assert notice.due(notice.earliest(today, calendar), calendar) >= today


@given(terms, calendars, days)
def test_a_day_that_stops_working_never_gives_more_time_before_an_exam(term, calendar, first):
    known = {**calendar.days, first - timedelta(days=1): SpecialDay(is_working=False)}
    due = term.due(first, first, calendar)
    stricter = term.due(first, first, WorkCalendar(known))
    assert stricter >= due if term.after else stricter <= due


@given(terms, calendars, days, st.integers(-60, 60))
def test_the_state_turns_once_on_the_day_after(term, calendar, first, shift):
    due = term.due(first, first, calendar)
    told = deadline(term, exam(first), calendar, due + timedelta(days=shift))
    assert (told.state is DeadlineState.DUE) == (
        shift <= 0 and (term.after or due + timedelta(days=shift) <= first)
    )
    assert told.days_left == -shift
