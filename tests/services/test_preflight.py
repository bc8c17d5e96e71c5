"""The check before an exam as a list: what it looks at, and which way out each line has."""

from datetime import date, datetime, timedelta

import pytest
from conftest import EXAM_DAY, Builder

from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.reference import PrintedDocument
from demoexam.rules.terms import Answer, Role, SessionState
from demoexam.rules.violation import FixAction, Violation
from demoexam.services.deadlines.deadlines import mark_done
from demoexam.services.exams.preflight import NOTICE_RULE, TOPICS, StepKind, preflight
from demoexam.services.papers.papers import package
from demoexam.services.season.plan_versions import approve_plan

EARLY = EXAM_DAY - timedelta(days=40)
BY_RECORDS = {"held_mended", "too_many_points", "unknown_module", NOTICE_RULE}


@pytest.fixture
def exam(store):
    with store.transaction("подготовка") as session:
        return Builder(session).staffed_sitting()


def checks(store, sitting, today=EARLY):
    with store.reading() as session:
        return {one.code: one for one in preflight(session, sitting.id, today)}


def change(store, sitting, **fields):
    with store.transaction("правка") as session:
        row = session.get_one(ExamSession, sitting.id)
        for name, value in fields.items():
            setattr(row, name, value)


def test_everything_well_is_green_but_for_papers_not_yet_due(store, exam):
    told = checks(store, exam)
    assert {code for code, one in told.items() if one.ok is not True} == {"papers"}
    assert told["papers"].ok is None
    assert set(told) == {topic.name for topic in TOPICS} | {"notice", "papers"}
    assert told["chief"].reason
    assert told["notice"].reason.startswith("до 29\u00a0мая: план")


def test_what_is_wrong_comes_first_and_says_how_to_mend_it(store, exam):
    with store.transaction("правка") as session:
        for seat in session.query(Assignment).filter_by(session_id=exam.id):
            if seat.role is Role.CHIEF:
                seat.deleted = True
    with store.reading() as session:
        first = preflight(session, exam.id, EARLY)[0]
    assert (first.code, first.ok) == ("chief", False)
    assert first.action.action is FixAction.ADD_EXPERT
    assert first.reason == str(first.finding)


def test_every_finding_of_the_rules_belongs_to_a_line():
    kinds = [Violation]
    codes = set()
    for kind in kinds:
        kinds += kind.__subclasses__()
        ours = kind.__module__.startswith("demoexam.")  # other tests invent rules of their own
        codes |= {kind.code} if ours and "code" in vars(kind) else set()
    listed = [code for topic in TOPICS for code in topic.codes]
    assert codes - BY_RECORDS <= set(listed)
    assert len(listed) == len(set(listed))


def test_what_cannot_be_looked_at_is_not_called_well(store):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        bare = make.sitting(workshop_id=None)
        undated = make.sitting(starts_at=None, ends_at=None, preparation_day=None)
    told = checks(store, bare)
    assert {told[code].ok for code in ("workshop", "equipment", "time", "consent")} == {None}
    assert told["places"].ok is False
    told = checks(store, undated)
    assert told["day"].ok is False
    assert {one.ok for code, one in told.items() if code not in {"day", "share"}} == {None}


def test_refused_experts_are_no_experts(store):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        sitting = make.sitting()
        make.assignment(sitting, make.expert(), Role.CHIEF, answer=Answer.REFUSED)
    assert checks(store, sitting)["independence"].ok is None


def test_missed_deadlines_are_red_until_they_are_ticked(store, exam):
    today = EXAM_DAY - timedelta(days=4)
    with store.transaction("утверждён план") as session:
        approve_plan(session, name="План", year=EXAM_DAY.year, at=datetime(2026, 5, 4, 10))
    late = checks(store, exam, today)["notice"]
    assert late.ok is False
    assert "ознакомлены с планом — до 10\u00a0июня" in late.reason
    assert late.step.kind is StepKind.DEADLINES
    with store.transaction("срок") as session:
        mark_done(session, session_id=exam.id, code="acquaintance", day=date(2026, 6, 10))
    assert checks(store, exam, today)["notice"].ok is True


def test_a_plan_announced_too_late_is_told_once(store, exam):
    with store.reading() as session:
        told = preflight(session, exam.id, EXAM_DAY - timedelta(days=8))
    (only,) = [one for one in told if one.code == "notice" and one.ok is False]
    assert only.finding.code == NOTICE_RULE


def test_papers_are_asked_for_when_the_day_is_near(store, exam):
    near = checks(store, exam, EXAM_DAY - timedelta(days=3))["papers"]
    assert (near.ok, near.step.kind, near.step.forms) == (False, StepKind.PRINT, ())
    change(store, exam, state=SessionState.DONE)
    assert checks(store, exam, EXAM_DAY)["papers"].ok is None


def test_printed_papers_hold_until_the_exam_changes(store, exam):
    with store.transaction("печать") as session:
        package(session, session_id=exam.id)
    assert checks(store, exam)["papers"].ok is True
    change(store, exam, starts_at=exam.starts_at + timedelta(hours=1))
    old = checks(store, exam)["papers"]
    assert old.ok is False
    assert old.title.startswith("Устарело напечатанное: ")
    assert "3.4" in old.step.forms


def test_a_package_printed_in_part_names_the_rest(store, exam):
    facts = {"number": "1-1/2026", "content_hash": "x", "printed_at": datetime(2026, 6, 1)}
    with store.transaction("печать") as session:
        session.add(PrintedDocument(kind="3.2", session_id=exam.id, **facts))
    told = checks(store, exam, EXAM_DAY - timedelta(days=1))["papers"]
    assert told.ok is False
