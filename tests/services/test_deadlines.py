"""What the store tells of the deadlines of an exam, and ticks by hand."""

from datetime import date, datetime, timedelta

import pytest
from conftest import EXAM_DAY, Builder

from demoexam.errors import NotFound, Refused
from demoexam.models.exams import ExamSession, WorkplaceDraw
from demoexam.models.reference import PrintedDocument, Setting
from demoexam.rules.deadlines import PAST, TERMS, DeadlineState
from demoexam.rules.notice import Counting
from demoexam.rules.terms import SessionState
from demoexam.services.college.setting_rows import setting_row
from demoexam.services.deadlines.deadlines import (
    deadlines_between,
    exam_deadlines,
    mark_done,
    tickable,
    unmark_done,
)
from demoexam.services.deadlines.terms import change_term, deadline_terms, terms_of
from demoexam.services.history import take_back
from demoexam.services.plan.check import sitting_findings
from demoexam.services.records.words import record_title
from demoexam.services.season.plan_versions import approve_plan, version_row

TODAY = date(2026, 6, 15)
MET, DUE, OVERDUE = DeadlineState.MET, DeadlineState.DUE, DeadlineState.OVERDUE


@pytest.fixture
def exam(store):
    with store.transaction("подготовка") as session:
        return Builder(session).sitting()


def told(store, sitting, code, today=TODAY):
    with store.reading() as session:
        found = exam_deadlines(session, session_id=sitting.id, today=today)
    return next(one for one in found if one.term.code == code)


def add(store, row):
    with store.transaction("запись") as session:
        session.add(row)


def printed(sitting, kind, at=datetime(2026, 6, 8, 9)):
    facts = {"number": f"{kind}/2026", "content_hash": "x"}
    return PrintedDocument(kind=kind, session_id=sitting.id, printed_at=at, **facts)


def test_nothing_done_is_due_or_overdue(store, exam):
    assert told(store, exam, "plan").state is OVERDUE
    assert told(store, exam, "acquaintance").state is OVERDUE
    assert told(store, exam, "draw").state is DUE
    assert told(store, exam, "draw").due == EXAM_DAY - timedelta(days=1)


def approve(store, name="План", at=datetime(2026, 5, 4, 10)):
    with store.transaction("утверждён план") as session:
        return approve_plan(session, name=name, year=EXAM_DAY.year, at=at)


def move(store, sitting, **values):
    with store.transaction("перенос") as session:
        row = session.get_one(ExamSession, sitting.id)
        for name, value in values.items():
            setattr(row, name, value)


def test_an_approved_plan_a_draw_and_a_closed_protocol_are_seen(store, exam):
    drawn = datetime(2026, 6, 14, 21)
    add(store, WorkplaceDraw(session_id=exam.id, seed="1", drawn_at=drawn, method="v1"))
    approve(store)
    with store.transaction("закрыт") as session:
        session.merge(exam).state = SessionState.CLOSED
    plan = told(store, exam, "plan")
    assert (plan.state, plan.done.day, plan.late) == (MET, date(2026, 5, 4), False)
    assert told(store, exam, "draw").state is MET
    assert told(store, exam, "protocols", EXAM_DAY + timedelta(days=9)).state is MET


def test_a_state_of_an_exam_is_no_approval_of_its_plan(store, exam):
    move(store, exam, state=SessionState.ANNOUNCED)
    assert told(store, exam, "plan").state is OVERDUE


def test_a_plan_approved_late_is_done_late(store, exam):
    approve(store, at=datetime(2026, 6, 1, 10))
    plan = told(store, exam, "plan")
    assert (plan.state, plan.late) == (MET, True)


def test_an_exam_moved_after_the_approval_is_said_to_differ(store, exam):
    version = approve(store)
    there = exam.workshop_id
    move(store, exam, workshop_id=None)
    plan = told(store, exam, "plan")
    assert (plan.state, plan.remark) == (OVERDUE, "перенесён после утверждения плана 4\u00a0мая")
    move(store, exam, workshop_id=there)
    assert told(store, exam, "plan").state is MET
    with store.transaction("удалена версия") as session:
        version_row(session, version).deleted = True
    plan = told(store, exam, "plan")
    assert (plan.state, plan.remark) == (OVERDUE, "")


def test_an_exam_added_after_the_approval_is_said_to_be_new(store, exam):
    approve(store)
    with store.transaction("ещё один") as session:
        make = Builder(session)
        newer = make.sitting(make.group(name="ИС-77"), day=EXAM_DAY + timedelta(days=1))
    assert told(store, newer, "plan").remark == "добавлен после утверждения плана 4\u00a0мая"
    approve(store, "План 2", datetime(2026, 6, 2, 10))
    assert told(store, newer, "plan").done.day == date(2026, 6, 2)
    assert told(store, exam, "plan").done.day == date(2026, 5, 4)


def test_a_place_that_a_later_version_changed_is_approved_since_then(store, exam):
    approve(store)
    there = exam.workshop_id
    move(store, exam, workshop_id=None)
    approve(store, "План 2", datetime(2026, 5, 11, 10))
    move(store, exam, workshop_id=there)
    assert told(store, exam, "plan").state is OVERDUE
    approve(store, "План 3", datetime(2026, 5, 18, 10))
    assert told(store, exam, "plan").done.day == date(2026, 5, 18)


def test_the_version_of_one_college_says_nothing_of_another_ones_exams(store, exam):
    version = approve(store)
    with store.transaction("другой колледж") as session:
        version_row(session, version).owner_id = "чужой"
        newer = Builder(session).sitting(Builder(session).group(name="ИС-77"), day=EXAM_DAY)
    assert told(store, exam, "plan").state is MET
    assert told(store, newer, "plan").remark == ""


def notices(store, sitting, today=TODAY):
    with store.reading() as session:
        found = sitting_findings(session, session_id=sitting.id, today=today)
    return [one for one in found if one.code == "notice_too_short"]


def test_the_rule_of_notice_follows_the_terms_of_the_college(store, exam):
    (found,) = notices(store, exam)
    assert "не позже чем за 20\u00a0дней: до 29.05.2026" in str(found)
    for code, days in (("plan", 10), ("acquaintance", 2)):
        with store.transaction("срок") as session:
            change_term(session, code=code, name="days", value=days)
    (found,) = notices(store, exam)
    assert "не позже чем за 10\u00a0дней: до 08.06.2026" in str(found)
    assert "(за 2\u00a0рабочих дня, до 16.06.2026)" in str(found)
    with store.transaction("срок") as session:
        change_term(session, code="plan", name="days", value=3)
    assert notices(store, exam) == []


def test_what_is_approved_is_warned_of_no_more_until_it_moves(store, exam):
    approve(store, at=datetime(2026, 6, 1, 10))
    assert notices(store, exam) == []
    move(store, exam, workshop_id=None)
    assert len(notices(store, exam)) == 1


@pytest.mark.parametrize(
    ("kind", "code"), [("3.3", "acquaintance"), ("3.4", "readiness"), ("3.16", "results")]
)
def test_a_printed_sheet_is_a_thing_done(store, exam, kind, code):
    add(store, printed(exam, kind))
    one = told(store, exam, code)
    assert (one.state, one.done.day, one.done.by_hand) == (MET, date(2026, 6, 8), False)


def test_a_sheet_shared_by_a_day_counts_for_all_it_lists(store):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        kit, workshop = make.kit(), make.workshop()
        morning = make.sitting(None, kit, workshop, at=8)
        noon = make.sitting(make.group(name="ИС-42"), kit, workshop, at=13)
        other = make.sitting(make.group(name="ИС-43"), kit, make.workshop(), at=13)
    add(store, printed(morning, "3.3"))
    assert told(store, noon, "acquaintance").state is MET
    assert told(store, other, "acquaintance").state is OVERDUE


def test_a_tutor_is_asked_for_only_where_somebody_needs_one(store):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        group = make.group()
        make.examinee(group, needs_assistant=True)
        other = make.examinee(group)
        whole = make.sitting(group)
        half = make.sitting(group, day=EXAM_DAY + timedelta(days=1))
        make.place(half, other)
    assert told(store, whole, "tutor").state is DUE
    assert told(store, half, "tutor").state is DeadlineState.NOT_APPLICABLE


def test_a_tick_by_hand_is_kept_with_its_day_and_undone(store, exam):
    with store.transaction("срок: ознакомлены") as session:
        mark_done(session, session_id=exam.id, code="acquaintance", day=date(2026, 6, 9))
    one = told(store, exam, "acquaintance")
    assert (one.state, one.done.day, one.done.by_hand) == (MET, date(2026, 6, 9), True)
    take_back(store)
    assert told(store, exam, "acquaintance").state is OVERDUE


def test_a_tick_taken_back_can_be_set_again(store, exam):
    for day in (8, 9):
        with store.transaction("срок") as session:
            mark_done(session, session_id=exam.id, code="tasks", day=date(2026, 6, day))
        assert told(store, exam, "tasks").done.day.day == day
        with store.transaction("снята отметка") as session:
            unmark_done(session, session_id=exam.id, code="tasks")
        assert told(store, exam, "tasks").state is DUE


def test_a_strange_stored_day_is_no_tick(store, exam):
    add(store, Setting(key=f"deadline_done:{exam.id}:tasks", value="вчера"))
    assert told(store, exam, "tasks").state is DUE


def test_what_the_program_sees_itself_is_not_ticked(store, exam):
    assert tickable(told(store, exam, "tasks"))
    assert not tickable(told(store, exam, "draw"))
    assert not tickable(told(store, exam, "appeals"))
    for code in ("plan", "draw", "protocols", "appeals", "nonsense"):
        with store.transaction("срок") as session, pytest.raises(Refused):
            mark_done(session, session_id=exam.id, code=code, day=TODAY)
    with store.transaction("срок") as session, pytest.raises(NotFound):
        mark_done(session, session_id="нет", code="tasks", day=TODAY)


def test_before_a_past_exam_nothing_is_missed_any_more(store, exam):
    one = told(store, exam, "acquaintance", EXAM_DAY + timedelta(days=1))
    assert one.spared == PAST


def test_an_exam_without_a_date_has_no_deadlines(store):
    with store.transaction("подготовка") as session:
        undated = Builder(session).sitting(starts_at=None, ends_at=None, preparation_day=None)
    with store.reading() as session:
        assert exam_deadlines(session, session_id=undated.id, today=TODAY) == ()


def test_the_deadlines_of_a_season_come_by_exam(store):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        group, kit, workshop = make.group(), make.kit(), make.workshop()
        for shift in (5, 0, 9):
            make.sitting(group, kit, workshop, day=EXAM_DAY + timedelta(days=shift))
        make.sitting(group, kit, workshop, day=EXAM_DAY + timedelta(days=1), held=True)
    with store.reading() as session:
        last = EXAM_DAY + timedelta(days=5)
        found = deadlines_between(session, first=EXAM_DAY, last=last, today=TODAY)
    assert [one.starts_at.date() for one in found] == [EXAM_DAY, last]
    assert all(len(one.deadlines) == len(TERMS) for one in found)


def test_a_college_counts_a_term_its_own_way(store, exam):
    for name, value in (("days", 7), ("counting", "calendar"), ("title", " Ознакомлены ")):
        with store.transaction("срок") as session:
            change_term(session, code="acquaintance", name=name, value=value)
    one = told(store, exam, "acquaintance")
    assert (one.due, one.term.title) == (EXAM_DAY - timedelta(days=7), "Ознакомлены")
    with store.transaction("срок") as session:
        change_term(session, code="acquaintance", name="title", value="")
        change_term(session, code="acquaintance", name="days", value=5)
        change_term(session, code="acquaintance", name="counting", value="working")
    with store.reading() as session:
        assert deadline_terms(session) == dict(TERMS)


@pytest.mark.parametrize(
    ("name", "value"), [("days", -1), ("days", 1000), ("days", "5"), ("counting", "лунный")]
)
def test_an_impossible_term_is_refused_and_passed_over(store, name, value):
    with store.transaction("срок") as session, pytest.raises(Refused):
        change_term(session, code="plan", name=name, value=value)
    assert terms_of({"plan": {name: value}}) == TERMS


def test_a_setting_of_another_shape_is_the_law():
    assert terms_of([1, 2]) == TERMS
    assert terms_of({"plan": "20"}) == TERMS
    assert terms_of({"plan": {"counting": "working"}})["plan"].counting is Counting.WORKING


def see(desk, sitting):
    def ticked(session):
        found = exam_deadlines(session, session_id=sitting.id, today=TODAY)
        return {one.term.code: one.done.day for one in found if one.done and one.done.by_hand}

    return desk.see(ticked)


def test_ticks_of_two_computers_meet_without_a_conflict(pair):
    sitting = pair.here.make(lambda make: make.sitting())
    pair.settle()
    day = {"session_id": sitting.id, "day": TODAY}
    pair.here.do(mark_done, code="tasks", **day)
    pair.here.do(mark_done, code="readiness", **day)
    pair.there.do(mark_done, code="acquaintance", **day)
    pair.there.do(mark_done, code="readiness", **day)
    pair.settle()
    ticks = dict.fromkeys(("tasks", "readiness", "acquaintance"), TODAY)
    assert see(pair.here, sitting) == see(pair.there, sitting) == ticks
    assert pair.here.cards() == pair.there.cards() == []
    pair.there.do(unmark_done, session_id=sitting.id, code="tasks")
    pair.settle()
    assert "tasks" not in see(pair.here, sitting)


def test_a_tick_is_told_by_its_exam_in_a_history(store, exam):
    with store.transaction("срок") as session:
        mark_done(session, session_id=exam.id, code="tasks", day=TODAY)
        row = setting_row(session, f"deadline_done:{exam.id}:tasks")
        told = record_title(session, "setting", row.id)
        change_term(session, code="plan", name="days", value=25)
        terms = record_title(session, "setting", setting_row(session, "deadline_terms").id)
    assert told.startswith("Задания переданы главному эксперту: ИС-41")
    assert terms == "Сроки"
