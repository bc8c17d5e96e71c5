"""Each rule of the field is broken once, and alone, through the services."""

from datetime import date, datetime, timedelta

import pytest
from conftest import EXAM_DAY, Builder
from sqlalchemy import func, select

from demoexam.errors import RulesBroken
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.places import Workshop
from demoexam.rules.terms import Level, Role
from demoexam.services.college.college import change_setting, set_target
from demoexam.services.exams import exams, expert_group
from demoexam.services.plan.check import finding_json, findings, sitting_findings

TODAY = date(2026, 3, 2)


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


@pytest.fixture
def sitting(make):
    return make.staffed_sitting()


def assign(session, sitting, expert, role=Role.SCORING):
    return expert_group.assign(
        session, session_id=sitting.id, expert_id=expert.id, role=role, today=TODAY
    )


def told(found):
    return [(each.rule, each.code) for each in found]


def refused(session, action, *args, **facts):
    """The findings of a refusal which has left nothing behind."""
    before = rows(session)
    with pytest.raises(RulesBroken) as broken:
        action(session, *args, **facts)
    assert rows(session) == before
    return broken.value.violations


def rows(session):
    duties = select(func.count()).where(Assignment.live())
    times = select(ExamSession.id, ExamSession.starts_at, ExamSession.workshop_id)
    return session.scalar(duties), sorted(session.execute(times).all(), key=str)


def test_staffed_sitting_breaks_no_rule(session, sitting):
    assert findings(session, today=TODAY) == []


def test_r1_expert_of_the_examined_college(session, make):
    college = make.college("Горный колледж")
    sitting = make.sitting(make.group(college))
    found = refused(session, assign, sitting, make.expert("Орлов Олег", college))
    assert told(found) == [("R1", "expert_from_same_college")]
    assert "Орлов Олег Иванович" in str(found[0])


def test_r1_refuses_also_by_the_second_job(session, make):
    college = make.college("Горный колледж")
    sitting = make.sitting(make.group(college))
    who = make.expert("Орлов Олег", make.employer())
    make.employment(who, college, is_main=False)
    (found,) = refused(session, assign, sitting, who)
    assert (found.rule, found.code) == ("R1", "expert_from_same_college")
    assert "Горный колледж" in str(found)


def test_r1_chief_is_warned(session, make):
    college = make.college("Горный колледж")
    sitting = make.sitting(make.group(college))
    saved = assign(session, sitting, make.expert("Орлов Олег", college), Role.CHIEF)
    assert ("R1", "expert_from_same_college") in told(saved.warnings)


def test_r2_teacher_of_the_group(session, make, sitting):
    who = make.expert("Орлов Олег", make.college("Колледж А"))
    make.teaching(who, session.get_one(type(make.group()), sitting.group_id))
    assert told(assign(session, sitting, who).warnings) == [("R2", "taught_group")]


def test_r3_relative_of_an_examinee(session, make):
    group = make.group(examinees=1)
    sitting = make.sitting(group)
    examinee = make.examinee(group)
    make.place(sitting, examinee)
    who = make.expert("Орлов Олег", make.employer())
    make.kinship(who, examinee)
    assert told(refused(session, assign, sitting, who)) == [("R3", "kin")]


def test_r4_chief_does_not_score(session, make):
    sitting, who = make.sitting(), make.expert("Орлов Олег", make.employer())
    assign(session, sitting, who, Role.CHIEF)
    assert told(refused(session, assign, sitting, who)) == [("R4", "chief_scores")]


def test_r5_technical_expert_does_not_score(session, make):
    sitting, who = make.sitting(), make.expert("Орлов Олег", make.employer())
    assign(session, sitting, who, Role.TECHNICAL)
    assert told(refused(session, assign, sitting, who)) == [("R5", "technical_scores")]


def test_r6_expert_in_two_sittings_at_once(session, make):
    who = make.expert("Орлов Олег", make.employer())
    first = make.sitting(workshop=make.workshop(name="А"))
    second = make.sitting(make.group(name="ТМ-21"), workshop=make.workshop(name="Б"), at=11)
    assign(session, first, who)
    assert told(refused(session, assign, second, who)) == [("R6", "expert_double_booked")]


def test_r6_when_a_sitting_moves_onto_the_experts_other_one(session, make):
    who = make.expert("Орлов Олег", make.employer())
    first = make.sitting(workshop=make.workshop(name="А"))
    second = make.sitting(make.group(name="ТМ-21"), workshop=make.workshop(name="Б"), at=14)
    for sitting in (first, second):
        assign(session, sitting, who)
    moved = {"session_id": second.id, "starts_at": first.starts_at, "today": TODAY}
    found = refused(session, exams.update_session, **moved)
    assert told(found) == [("R6", "expert_double_booked")]


def test_r6_counts_the_second_day(session, make):
    who = make.expert("Орлов Олег", make.employer())
    next_day = EXAM_DAY + timedelta(days=1)
    first = make.sitting(workshop=make.workshop(name="А"), second_day=next_day)
    second = make.sitting(make.group(name="ТМ-21"), workshop=make.workshop(name="Б"), day=next_day)
    assign(session, first, who)
    assert told(refused(session, assign, second, who)) == [("R6", "expert_double_booked")]


def test_r7_too_few_experts_cannot_be_announced(session, make, sitting):
    scoring = session.scalars(
        select(Assignment.id).where(Assignment.role == Role.SCORING).limit(2)
    ).all()
    for duty in scoring:
        expert_group.unassign(session, assignment_id=duty, today=TODAY)
    found = refused(session, exams.announce, session_id=sitting.id, today=TODAY)
    assert told(found) == [("R7", "too_few_experts")]
    assert found[0].level is Level.INCOMPLETE


def test_r8_fewer_experts_than_recommended(session, sitting):
    one = session.scalars(select(Assignment.id).where(Assignment.role == Role.SCORING)).first()
    saved = expert_group.unassign(session, assignment_id=one, today=TODAY)
    assert told(saved.findings) == [("R8", "fewer_than_recommended")]
    assert exams.announce(session, session_id=sitting.id, today=TODAY).incomplete == []


def test_r9_certificate_expires_before_the_exam(session, make, sitting):
    until = EXAM_DAY - timedelta(days=1)
    who = make.expert("Орлов Олег", make.employer(), certified_until=until)
    assert told(assign(session, sitting, who).warnings) == [("R9", "certificate_expired")]


def test_r9_can_be_made_a_ban(session, make, sitting):
    change_setting(session, key="rule_levels", value={"certificate_expired": "contradiction"})
    who = make.expert("Орлов Олег", make.employer(), certified_until=date(2026, 1, 1))
    found = refused(session, assign, sitting, who)
    assert told(found) == [("R9", "certificate_expired")]


def test_r10_consent_is_not_on_file(session, make, sitting):
    who = make.expert("Орлов Олег", make.employer(), consent_on=None)
    assert told(assign(session, sitting, who).warnings) == [("R10", "consent_missing")]


def test_r10_consent_was_withdrawn(session, make, sitting):
    who = make.expert("Орлов Олег", make.employer(), consent_withdrawn=date(2026, 2, 1))
    assert told(assign(session, sitting, who).warnings) == [("R10", "consent_missing")]


def test_r11_no_board_member_on_site(session, sitting):
    saved = exams.update_session(session, session_id=sitting.id, board_member="", today=TODAY)
    assert told(saved.findings) == [("R11", "no_board_member")]


def test_r12_workshop_is_taken(session, make, sitting):
    facts = {
        "group_id": make.group(name="ТМ-21").id,
        "kit_id": sitting.kit_id,
        "workshop_id": sitting.workshop_id,
        "starts_at": sitting.starts_at + timedelta(hours=1),
        "head_count": 5,
        "today": TODAY,
    }
    found = refused(session, exams.create_session, **facts)
    assert told(found) == [("R12", "workshop_double_booked")]


def test_r12_more_students_than_places(session, make, sitting):
    small = make.workshop(name="Малая", places=4)
    changes = {"session_id": sitting.id, "workshop_id": small.id, "today": TODAY}
    found = refused(session, exams.update_session, **changes)
    assert told(found) == [("R12", "more_students_than_places")]


def test_r13_share_is_below_the_target(session, make, sitting):
    set_target(session, year=2026, percent=100)
    sitting_of_teachers = make.sitting(
        make.group(name="ТМ-21"), workshop=make.workshop(name="Б"), day=date(2026, 6, 22)
    )
    assign(session, sitting_of_teachers, make.expert("Орлов Олег", make.college("Колледж А")))
    found = [each for each in findings(session, today=TODAY) if each.rule == "R13"]
    assert [each.code for each in found] == ["share_below_target"]
    assert finding_json(found[0])["session"] == ""


def test_group_sits_twice_at_once(session, make, sitting):
    elsewhere = make.workshop(name="Другая")
    group_id = sitting.group_id
    facts = {"kit_id": sitting.kit_id, "workshop_id": elsewhere.id, "today": TODAY}
    found = refused(
        session, exams.create_session, group_id=group_id, starts_at=sitting.starts_at, **facts
    )
    assert told(found) == [("", "group_double_booked")]


def test_saturday_and_holiday_are_warnings(session, make, sitting):
    for day, code in ((20, "weekend"), (12, "holiday")):
        moved = datetime(2026, 6, day, 9)
        saved = exams.update_session(session, session_id=sitting.id, starts_at=moved, today=TODAY)
        assert told(saved.findings) == [("", code)]


def test_open_saturday_is_a_working_day_of_the_workshop(session, sitting):
    session.get_one(Workshop, sitting.workshop_id).open_saturday = True
    saved = exams.update_session(
        session, session_id=sitting.id, starts_at=datetime(2026, 6, 20, 9), today=TODAY
    )
    assert saved.findings == []


def test_finding_prints_as_json(session, sitting):
    exams.update_session(session, session_id=sitting.id, board_member="", today=TODAY)
    (found,) = sitting_findings(session, session_id=sitting.id, today=TODAY)
    assert finding_json(found) == {
        "code": "no_board_member",
        "rule": "R11",
        "level": "warning",
        "session": sitting.id,
        "subjects": [sitting.id],
        "text": str(found),
        "fixes": [
            {
                "action": "set_board_member",
                "target": sitting.id,
                "value": "",
                "text": "Указать члена ГЭК",
            }
        ],
        "held": False,
    }
