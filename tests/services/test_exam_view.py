from datetime import date, datetime

import pytest
from conftest import EXAM_DAY, Builder
from sqlalchemy import select

from demoexam.errors import NotFound, Refused
from demoexam.models.groups import Examinee
from demoexam.rules.terms import Answer, Role, Side
from demoexam.services.exams.draft import Draft, board_names, choices, judge, students_of
from demoexam.services.exams.entry import enter_points, mark_present
from demoexam.services.exams.list import (
    ListQuery,
    Which,
    exam_ids,
    exam_rows,
    exam_total,
    plan_findings,
)
from demoexam.services.exams.staffing import fill_seats
from demoexam.services.exams.view import exam_card
from demoexam.services.papers.exam_papers import day_of, day_sittings, exam_days
from demoexam.services.papers.papers import day_codes


@pytest.fixture
def session(store):
    with store.transaction("проба") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


def listed(session, **wanted):
    query = ListQuery(2026, EXAM_DAY, **wanted)
    rows = exam_rows(session, ids := exam_ids(session, query))
    return [rows[number].group for number in ids]


def test_card_tells_members_as_of_the_exams_day(session, make):
    sitting = make.staffed_sitting()
    moved = make.expert("Яшин Ян Янович")
    make.employment(moved, make.college("Колледж"), valid_to=EXAM_DAY, valid_from=None)
    make.employment(moved, make.employer("АО «Позже»"), valid_from=EXAM_DAY.replace(day=19))
    make.assignment(sitting, moved, answer=Answer.INVITED)
    card = exam_card(session, session_id=sitting.id)
    (member,) = [one for one in card.members if one.expert_id == moved.id]
    assert (member.side, member.organization, member.load) == (Side.EDUCATION, "Колледж", 1)
    assert card.members[0].role is Role.CHIEF
    assert (card.scoring, card.needed, card.missing_seats) == (4, 2, [])
    assert (card.share.employers, card.share.experts) == (4, 5)


def test_card_names_the_free_seats_in_their_order(session, make):
    card = exam_card(session, session_id=make.sitting().id)
    assert card.missing_seats == [Role.CHIEF, Role.SCORING, Role.SCORING, Role.TECHNICAL]
    assert {found.code for found in card.findings} >= {"chief_missing", "too_few_experts"}


def test_card_of_a_sitting_without_a_date(session, make):
    sitting = make.sitting(starts_at=None, ends_at=None, preparation_day=None)
    card = exam_card(session, session_id=sitting.id)
    assert (card.day, card.sitting, list(card.members)) == (None, None, [])
    assert [found.code for found in card.findings] == ["date_missing"]


def test_card_of_nothing_is_not_found(session):
    with pytest.raises(NotFound):
        exam_card(session, session_id="нет такого")


def test_second_sitting_of_the_day_is_the_second_shift(session, make):
    workshop = make.workshop()
    make.sitting(workshop=workshop, at=9)
    later = make.sitting(workshop=workshop, at=14)
    assert exam_card(session, session_id=later.id).shift == 2


def test_list_puts_the_undated_first_then_the_nearest(session, make):
    kit, workshop, college = make.kit(), make.workshop(), make.college()
    for name, day in (("ПР-1", 10), ("БУ-3", 30), ("БУ-2", 25)):
        make.sitting(make.group(college, name), kit, workshop, day=EXAM_DAY.replace(day=day))
    none = {"starts_at": None, "ends_at": None, "preparation_day": None}
    make.sitting(make.group(college, "БД-0"), kit, workshop, **none)
    make.sitting(make.group(college, "ПГ-9"), kit, workshop, day=date(2025, 6, 10))
    assert listed(session) == ["БД-0", "БУ-2", "БУ-3", "ПР-1"]
    assert listed(session, sort="date", descending=True)[0] == "БУ-3"
    assert listed(session, which=Which.AHEAD) == ["БУ-2", "БУ-3"]
    assert listed(session, which=Which.UNDATED) == ["БД-0"]
    assert listed(session, text="бу 3") == ["БУ-3"]
    assert exam_total(session, 2026) == 4


def test_list_counts_those_who_score_and_those_held(session, make):
    sitting = make.staffed_sitting()
    make.assignment(sitting, make.expert(None, make.employer()), answer=Answer.REFUSED)
    make.assignment(sitting, make.expert(None, make.employer()), held=True)
    row = exam_rows(session, exam_ids(session, ListQuery(2026, EXAM_DAY)))[sitting.n]
    assert (row.students, row.scoring, row.needed, row.held_duties) == (5, 3, 2, 1)
    assert listed(session, which=Which.HELD) == ["ИС-41"]


def test_a_clash_is_told_under_both_sittings(session, make):
    workshop = make.workshop()
    ids = {make.sitting(workshop=workshop).id for _ in range(2)}
    told = plan_findings(session, 2026, EXAM_DAY)
    clashes = {key for key, found in told.items() if "workshop_double_booked" in map(_code, found)}
    assert clashes == ids


def _code(found):
    return found.code


def test_draft_is_judged_against_the_plan_and_nothing_is_written(session, make):
    sitting = make.staffed_sitting()
    draft = Draft(
        group_id=make.group(name="ДЗ-31").id,
        kit_id=sitting.kit_id,
        workshop_id=sitting.workshop_id,
        starts_at=datetime(2026, 6, 18, 9),
        head_count=5,
    )
    verdict = judge(session, draft, today=EXAM_DAY)
    assert [found.code for found in verdict.blocking] == ["workshop_double_booked"]
    assert exam_total(session, 2026) == 1
    free = judge(session, Draft(draft.group_id, draft.kit_id), today=EXAM_DAY)
    assert [found.code for found in free.findings] == ["date_missing"]


def test_a_contradiction_that_is_already_stored_does_not_block_other_changes(session, make):
    workshop = make.workshop()
    stored, _ = [make.sitting(workshop=workshop) for _ in range(2)]
    draft = Draft(
        stored.group_id, stored.kit_id, workshop.id, stored.starts_at, stored.ends_at,
        head_count=5, session_id=stored.id,
    )  # fmt: skip
    verdict = judge(session, draft, today=EXAM_DAY)
    assert "workshop_double_booked" in map(_code, verdict.findings)
    assert verdict.blocking == []


def test_choices_offer_groups_with_their_named_people(session, make):
    group = make.group(make.college(), "ИС-41", examinees=3)
    kit = make.kit()
    sitting = make.sitting(group, kit)
    people = students_of(session, group_id=group.id, kit_id=kit.id)
    make.place(sitting, session.scalars(select(Examinee).where(Examinee.id == people[0].id)).one())
    (offered,) = [one for one in choices(session).groups if one.id == group.id]
    assert offered.head_count == 3
    assert [one.seated for one in students_of(session, group_id=group.id, kit_id=kit.id)] == [
        True, False, False,
    ]  # fmt: skip


def test_board_members_of_the_year_are_offered(session, make):
    college = make.college()
    make.board_member(make.board(college))
    assert board_names(session, college_id=college.id, year=2026) == ["Кузнецов Кирилл Кириллович"]
    assert board_names(session, college_id=college.id, year=2025) == []


def test_free_seats_are_filled_with_the_best_or_refused(session, make):
    sitting = make.sitting()
    with pytest.raises(Refused):
        fill_seats(session, session_id=sitting.id, roles=[Role.CHIEF])
    for _ in range(2):
        make.competence(make.expert(None, make.employer()))
    seats = [Role.CHIEF, Role.SCORING, Role.SCORING]
    assert fill_seats(session, session_id=sitting.id, roles=seats) == 2
    assert exam_card(session, session_id=sitting.id).missing_seats[0] is Role.SCORING


def test_points_and_attendance_of_many(session, make):
    sitting = make.staffed_sitting()
    places = [one.place_id for one in exam_card(session, session_id=sitting.id).examinees]
    assert mark_present(session, place_ids=places[1:]) == 4
    assert mark_present(session, place_ids=places[1:]) == 0
    assert enter_points(session, entries=[(place, 1, "10,5") for place in places]) == 5
    card = exam_card(session, session_id=sitting.id)
    assert {tuple(one.points.items()) for one in card.examinees} == {(("1", 1050),)}
    assert all(one.attended for one in card.examinees)  # whoever has points has come


def test_days_and_their_papers(session, make):
    sitting = make.staffed_sitting()
    held = make.sitting(workshop=make.workshop(name="Вторая"), held=True)
    assert exam_days(session) == [EXAM_DAY]
    assert day_of(session, sitting.id) == EXAM_DAY
    told = {one.id: one for one in day_sittings(session, EXAM_DAY)}
    assert (told[held.id].held, told[held.id].papers) == (True, [])
    assert [one.code for one in told[sitting.id].papers] == [f"3.{n}" for n in range(1, 20)]
    assert [one.code for one in told[sitting.id].by_day] == day_codes(session)
    assert told[sitting.id].stops == []
    assert any("Жеребьёвка" in sentence for sentence in told[sitting.id].missing)
