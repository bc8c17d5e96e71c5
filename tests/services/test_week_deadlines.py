"""Обзор's lines of deadlines: what is due within the week, and what is late."""

from datetime import date, datetime, timedelta

import pytest
from conftest import EXAM_DAY, Builder

from demoexam.models.exams import ExamSession
from demoexam.rules.terms import SessionState
from demoexam.services.deadlines.deadlines import exam_deadlines, mark_all_done, mark_done
from demoexam.services.deadlines.terms import change_term
from demoexam.services.deadlines.week_deadlines import week_deadlines
from demoexam.services.history import take_back
from demoexam.services.season.plan_versions import approve_plan


@pytest.fixture
def season(store):
    """Five groups that sit on two days, as the plan was approved in time."""
    with store.transaction("подготовка") as session:
        make = Builder(session)
        kit, workshop = make.kit(), make.workshop()
        rows = [
            make.sitting(
                make.group(name=f"ИС-4{number}"), kit, workshop, state=SessionState.ANNOUNCED,
                day=EXAM_DAY + timedelta(days=number == 5),
            )
            for number in range(1, 6)
        ]  # fmt: skip
        approve_plan(session, name="План", year=EXAM_DAY.year, at=datetime(2026, 5, 4, 10))
    return rows


def lines(store, today):
    with store.reading() as session:
        return week_deadlines(session, today=today)


def titles(found):
    return [(one["title"].partition(" ")[0], one["left"], one["exams"]) for one in found]


def test_a_week_before_the_acquaintance_is_due_by_day(store, season):
    found = lines(store, date(2026, 6, 9))
    assert titles(found) == [("Участники", 1, 4), ("Участники", 2, 1)]
    assert found[0]["groups"] == "ИС-41, ИС-42, ИС-43 и ещё 1"
    assert found[0]["due"] == "2026-06-10"
    assert found[0]["id"] == season[0].id


def test_what_is_late_comes_first_as_one_line(store, season):
    found = lines(store, date(2026, 6, 12))
    assert titles(found)[0] == ("Участники", -2, 5)
    assert [one["left"] for one in found[1:]] == sorted(one["left"] for one in found[1:])


def test_what_is_done_is_gone_and_the_next_exam_is_led_to(store, season):
    with store.transaction("срок") as session:
        mark_done(session, session_id=season[0].id, code="acquaintance", day=date(2026, 6, 9))
    found = lines(store, date(2026, 6, 9))
    assert (found[0]["exams"], found[0]["id"]) == (3, season[1].id)


def test_after_the_exams_the_open_protocols_are_late_until_they_are_closed(store, season):
    after = EXAM_DAY + timedelta(days=10)
    assert ("Протокол", -10, 5) in titles(lines(store, after))
    with store.transaction("закрыты") as session:
        for one in season:
            session.get_one(ExamSession, one.id).state = SessionState.CLOSED
    assert lines(store, after) == []


def test_exams_far_away_and_long_past_ask_for_nothing(store, season):
    assert lines(store, EXAM_DAY - timedelta(days=60)) == []
    assert lines(store, EXAM_DAY + timedelta(days=60)) == []


def test_a_longer_term_of_the_college_looks_further_ahead(store, season):
    with store.transaction("срок") as session:
        change_term(session, code="acquaintance", name="days", value=60)
    found = lines(store, date(2026, 3, 20))
    assert titles(found)[0][0] == "Участники"


def test_exams_moved_after_the_approval_are_told_apart(store, season):
    with store.transaction("перенос") as session:
        row = session.get_one(ExamSession, season[4].id)
        row.starts_at += timedelta(days=1)
        row.ends_at += timedelta(days=1)
    (plan,) = [one for one in lines(store, date(2026, 6, 9)) if one["code"] == "plan"]
    assert plan["title"] == "План проведения утверждён (после утверждения изменены: 1)"
    assert plan["exams"] == 1


def done_days(store, season, code):
    with store.reading() as session:
        return {
            one.done.day if one.done else None
            for sitting in season
            for one in exam_deadlines(session, session_id=sitting.id, today=EXAM_DAY)
            if one.term.code == code
        }


def test_a_line_is_marked_for_all_its_exams_as_one_operation(store, season):
    today = date(2026, 6, 12)
    line = lines(store, today)[0]
    with store.transaction("отмечено") as session:
        marked = mark_all_done(
            session, session_ids=line["ids"], code=line["code"], today=today, in_time=True
        )
    assert marked == 5
    assert done_days(store, season, "acquaintance") == {date(2026, 6, 10), date(2026, 6, 11)}
    assert line["title"] not in {one["title"] for one in lines(store, today)}
    take_back(store)
    assert lines(store, today)[0] == line


def test_what_is_marked_already_keeps_its_day(store, season):
    with store.transaction("срок") as session:
        mark_done(session, session_id=season[0].id, code="tasks", day=date(2026, 6, 1))
        facts = {"session_ids": [one.id for one in season], "code": "tasks"}
        assert mark_all_done(session, **facts, today=date(2026, 6, 9)) == 4
    assert done_days(store, season, "tasks") == {date(2026, 6, 1), date(2026, 6, 9)}


def test_what_the_program_sees_itself_is_offered_to_nobody(store, season):
    found = lines(store, EXAM_DAY + timedelta(days=1))
    offered = {one["code"]: bool(one["ids"]) for one in found}
    assert offered["results"]
    assert not offered["protocols"]
