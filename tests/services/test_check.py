from datetime import date, datetime, time, timedelta

import pytest
from conftest import EXAM_DAY, Builder
from sqlalchemy import select

from demoexam.errors import NotFound, RulesBroken
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.people import Expert
from demoexam.rules.terms import BookingPurpose, Role
from demoexam.services.college.calendar import work_calendar
from demoexam.services.college.college import change_setting
from demoexam.services.exams import exams, expert_group
from demoexam.services.plan import held
from demoexam.services.plan.check import findings, hold_contradictions, sitting_findings
from demoexam.services.plan.plan_facts import opening_hours

TODAY = date(2026, 3, 2)
NEXT_DAY = EXAM_DAY + timedelta(days=1)


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


def codes(found):
    return [each.code for each in found]


def quiet(session, *codes):
    """Switch warnings off that a test is not about."""
    change_setting(session, key="rule_levels", value=dict.fromkeys(codes, "off"))


# -- findings over the plan ---------------------------------------------------------------


def test_empty_plan_has_no_findings(session):
    assert findings(session) == []


def test_worst_comes_first_and_then_the_earlier(session, make):
    quiet(session, "technical_missing", "share_below_target")
    later = make.sitting(make.group(name="Б-2"), day=NEXT_DAY, board_member="")
    soon = make.sitting(make.group(name="А-1"), board_member="")
    small = make.sitting(make.group(name="В-3"), workshop=make.workshop(places=1), day=NEXT_DAY)
    found = findings(session, today=TODAY)
    assert codes(found)[0] == "more_students_than_places"
    assert found[0].session == small.id
    warned = [each.session for each in found if each.code == "no_board_member"]
    assert warned == [soon.id, later.id]


def test_years_narrow_the_plan(session, make):
    make.sitting(day=date(2025, 6, 18), board_member="")
    make.staffed_sitting()
    undated = make.sitting(starts_at=None, ends_at=None)
    assert findings(session, today=TODAY, years=[2026])[0].session == undated.id
    assert codes(findings(session, today=TODAY, years=[2026])) == ["date_missing"]
    assert "no_board_member" in codes(findings(session, today=TODAY))


def test_settings_switch_a_warning_off(session, make):
    make.staffed_sitting(board_member="")
    assert codes(findings(session, today=TODAY)) == ["no_board_member"]
    quiet(session, "no_board_member")
    assert findings(session, today=TODAY) == []


def test_facts_of_the_workshop_reach_the_rules(session, make):
    hours = {"4": ["10:00", "18:00"]}
    place = make.workshop(opening_hours=hours, accredited_until=date(2026, 1, 1))
    nine = datetime.combine(EXAM_DAY, time(9))
    make.booking(place, nine, nine + timedelta(hours=1), BookingPurpose.CLOSED)
    make.staffed_sitting(workshop=place, kit=make.kit(equipment=["сервер"]))
    assert codes(findings(session, today=TODAY)) == [
        "workshop_closed",
        "outside_opening_hours",
        "accreditation_expired",
        "equipment_missing",
    ]


def test_hours_that_cannot_be_read_are_passed_over():
    stored = {"1": ["08:00", "20:00"], "2": None, "3": "утром", "x": ["08:00", "20:00"], "4": [1]}
    assert opening_hours(stored) == {0: (time(8), time(20)), 1: None}


def test_sitting_without_an_end_lasts_as_long_as_its_kit(session, make):
    place = make.workshop()
    make.staffed_sitting(workshop=place, ends_at=None)
    make.sitting(make.group(name="ТМ-21"), workshop=place, at=12)
    assert codes(findings(session, today=TODAY))[0] == "workshop_double_booked"


def test_absence_of_an_expert_is_seen(session, make):
    make.staffed_sitting()
    duty = session.scalars(select(Assignment)).first()
    who = session.get_one(Expert, duty.expert_id)
    make.unavailability(who, EXAM_DAY, reason="отпуск")
    (found,) = findings(session, today=TODAY)
    assert found.code == "expert_unavailable"
    assert "(отпуск)" in str(found)


def test_sitting_of_another_day_is_not_loaded_but_a_second_day_is(session, make):
    place = make.workshop()
    first = make.staffed_sitting(workshop=place, second_day=NEXT_DAY)
    second = make.staffed_sitting(workshop=place, day=NEXT_DAY)
    for sitting in (first, second):
        found = sitting_findings(session, session_id=sitting.id, today=TODAY)
        assert codes(found) == ["workshop_double_booked"]


def test_unknown_sitting_has_no_findings(session):
    assert sitting_findings(session, session_id="нет такого") == []


def test_calendar_of_a_far_year_knows_its_holidays(session):
    calendar = work_calendar(session, [2031])
    assert not calendar.is_working(date(2031, 6, 12))
    assert calendar.name(date(2031, 6, 12)) == "День России"
    assert not calendar.is_working(date(2026, 6, 12))


def test_many_experts_are_found_too(session, make):
    plant, sitting = make.employer(), make.sitting()
    for n in range(501):
        make.assignment(sitting, make.expert(f"Эксперт Пётр {n}", plant))
    quiet(session, "technical_missing")
    found = sitting_findings(session, session_id=sitting.id, today=TODAY)
    assert codes(found) == ["chief_missing"]


# -- rows kept out ------------------------------------------------------------------------


@pytest.fixture
def clash(session, make):
    """An expert in two sittings at once, as an import brings it; the later duty is held."""
    who = make.expert("Ковалёв Тимур", make.employer())
    sittings = [
        make.sitting(make.group(name=f"ПКД-{n}"), workshop=make.workshop(name=f"М{n}"))
        for n in (1, 2)
    ]
    duties = [make.assignment(sitting, who) for sitting in sittings]
    kept_out = hold_contradictions(session, row_ids=[row.id for row in (*sittings, *duties)])
    assert set(kept_out) == {duties[1].id}
    return duties


def test_held_duty_is_out_of_the_plan_with_all_its_reasons(session, clash):
    kept, waiting = clash
    assert (kept.held, waiting.held) == (False, True)
    assert waiting.held
    told = [each for each in findings(session, today=TODAY) if each.held]
    assert codes(told) == ["expert_double_booked"]
    assert told[0].subjects[0] == waiting.id


def test_sitting_with_more_students_than_places_is_held(session, make):
    crowded = make.sitting(workshop=make.workshop(places=4))
    assert set(hold_contradictions(session, row_ids=[crowded.id])) == {crowded.id}
    assert crowded.held


def test_duty_that_still_contradicts_does_not_return(session, clash):
    with pytest.raises(RulesBroken, match="сразу в двух экзаменах"):
        held.release_held(session, row_id=clash[1].id, today=TODAY)
    assert session.get_one(Assignment, clash[1].id).held


def test_duty_returns_once_its_rival_is_gone(session, clash):
    kept, waiting = clash
    expert_group.unassign(session, assignment_id=kept.id)
    assert "held_mended" in codes(findings(session, today=TODAY))
    held.release_held(session, row_id=waiting.id, today=TODAY)
    assert not session.get_one(Assignment, waiting.id).held


def test_what_is_not_held_cannot_return(session, clash):
    for row_id in (clash[0].id, "нет такого"):
        with pytest.raises(NotFound):
            held.release_held(session, row_id=row_id)


def test_held_sitting_may_be_mended_step_by_step_and_returns_by_itself(session, make):
    place = make.workshop(places=15)
    make.sitting(workshop=place)
    waiting = make.sitting(make.group(name="ТМ-21"), workshop=place, head_count=20, held=True)
    saved = exams.update_session(session, session_id=waiting.id, head_count=15, today=TODAY)
    assert (waiting.held, "workshop_double_booked" in codes(saved.findings)) == (True, True)
    moved = datetime.combine(NEXT_DAY, time(9))
    saved = exams.update_session(session, session_id=waiting.id, starts_at=moved, today=TODAY)
    assert not session.get_one(ExamSession, waiting.id).held
    assert not any(each.held for each in saved.findings)


def test_held_duty_does_not_keep_a_full_group_from_being_announced(session, make):
    sitting = make.staffed_sitting()
    duty = session.scalars(select(Assignment)).first()
    twin = make.assignment(sitting, session.get_one(Expert, duty.expert_id), held=True)
    exams.announce(session, session_id=sitting.id, today=TODAY)
    assert twin.held


def test_held_duty_in_the_group_does_not_forbid_other_changes(session, make, clash):
    sitting_id = clash[1].session_id
    other = make.expert("Белов Пётр", make.employer("Завод Б"))
    expert_group.assign(session, session_id=sitting_id, expert_id=other.id, role=Role.CHIEF)
    assert clash[1].held
