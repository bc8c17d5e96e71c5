from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.models.people import Expert
from demoexam.rules.terms import (
    Answer,
    CountMethod,
    ExamLevel,
    Role,
    ShareCut,
    Side,
    SideDate,
)
from demoexam.services.college.college import change_setting, set_target
from demoexam.services.share.people import people_behind
from demoexam.services.share.share import shares

TODAY = date(2026, 3, 2)
MAY, JUNE, JULY = date(2026, 5, 20), date(2026, 6, 18), date(2026, 7, 1)
PERSONS, ASSIGNMENTS, ROSTER = CountMethod


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


def share(session, year=2026, count=PERSONS, **how):
    (row,) = shares(session, year=year, today=TODAY, count=count, **how)
    return row


def figure(session, **how):
    row = share(session, **how)
    return row.share.employers, row.share.experts, row.share.unknown


def exam(make, *experts, day=JUNE, role=Role.SCORING, **facts):
    sitting = make.sitting(day=day, **facts)
    for expert in experts:
        make.assignment(sitting, expert, role)
    return sitting


# -- what counts --------------------------------------------------------------------------


def test_empty_store_has_no_data(session):
    assert share(session).as_json() == {
        "key": "total", "id": "", "experts": 0, "employers": 0, "unknown": 0, "share": None,
        "percent": None, "target": 70, "gap": None, "add": None, "replace": None,
    }  # fmt: skip


def test_row_tells_the_figure_the_gap_and_the_way_to_the_target(session, make):
    set_target(session, year=2026, percent=50)
    plant, college = make.employer(), make.college()
    people = [make.expert(None, plant) for _ in range(11)]
    people += [make.expert(None, college) for _ in range(13)]
    exam(make, *people)
    assert share(session).as_json() == {
        "key": "total", "id": "", "experts": 24, "employers": 11, "unknown": 0,
        "share": "11/24", "percent": 45.8, "target": 50, "gap": "25/6", "add": 2, "replace": 1,
    }  # fmt: skip


def test_person_counts_once_and_an_assignment_each_time(session, make):
    who, other = make.expert(None, make.employer()), make.expert(None, make.college())
    exam(make, who, other)
    exam(make, who, day=JULY)
    assert figure(session) == (1, 2, 0)
    assert figure(session, count=ASSIGNMENTS) == (2, 3, 0)


def test_expert_without_an_organization_is_in_neither_part(session, make):
    exam(make, make.expert(None, make.employer()), make.expert())
    assert figure(session) == (1, 1, 1)
    assert share(session).share.value == Fraction(1)


def test_technical_expert_is_not_counted_and_the_chief_by_setting(session, make):
    who, chief = make.expert(None, make.employer()), make.expert(None, make.employer())
    exam(make, who, role=Role.TECHNICAL)
    exam(make, chief, day=JULY, role=Role.CHIEF)
    assert figure(session) == (1, 1, 0)
    change_setting(session, key="share_count_chief", value=False)
    assert figure(session) == (0, 0, 0)


def test_what_is_not_in_the_live_plan_does_not_count(session, make):
    plant = make.employer()
    sitting = exam(make, make.expert(None, plant))
    make.assignment(sitting, make.expert(None, plant), held=True)
    make.assignment(sitting, make.expert(None, plant), deleted=True)
    make.assignment(sitting, make.expert(None, plant), answer=Answer.REFUSED)
    exam(make, make.expert(None, plant), day=JULY, held=True)
    exam(make, make.expert(None, plant), day=JULY, deleted=True)
    for count in (PERSONS, ASSIGNMENTS):
        assert figure(session, count=count) == (1, 1, 0)


def test_year_is_that_of_the_exam(session, make):
    exam(make, make.expert(None, make.employer()), day=date(2025, 12, 31))
    exam(make, make.expert(None, make.college()), day=date(2026, 1, 1))
    assert figure(session, year=2025) == (1, 1, 0)
    assert figure(session, year=2026) == (0, 1, 0)


def test_profile_level_alone(session, make):
    exam(make, make.expert(None, make.employer()))
    basic = make.kit("09.02.07-5-2026", ExamLevel.BASIC)
    exam(make, make.expert(None, make.college()), day=JULY, kit=basic)
    assert figure(session) == (1, 2, 0)
    assert figure(session, level="profile") == (1, 1, 0)


def test_override_decides_with_its_reason(session, make):
    teacher, manager = make.expert(), make.expert()
    reason = {"override_reason": "практик"}
    make.employment(teacher, make.college(), counts_as_employer=True, **reason)
    make.employment(manager, make.employer(), counts_as_employer=False, **reason)
    exam(make, teacher, manager)
    assert figure(session) == (1, 2, 0)


def test_roster_counts_active_experts_whether_used_or_not(session, make):
    make.expert(None, make.employer())
    make.expert(None, make.college())
    make.expert()
    make.expert(None, make.employer(), active=False)
    make.expert(None, make.employer(), deleted=True)
    assert figure(session, count=ROSTER) == (1, 2, 1)


# -- who moved ----------------------------------------------------------------------------


@pytest.fixture
def mover(make):
    """From a college to a plant in June."""
    expert = make.expert("Орлов Олег")
    college, plant = make.college("Колледж А"), make.employer("Завод Б")
    make.employment(expert, college, valid_to=date(2026, 5, 31))
    make.employment(expert, plant, valid_from=date(2026, 6, 1))
    return expert


def test_mover_counts_by_assignment_as_on_each_day(session, make, mover):
    for day in (MAY, MAY + timedelta(days=1), JUNE):
        exam(make, mover, day=day)
    assert figure(session, count=ASSIGNMENTS) == (1, 3, 0)


@pytest.mark.parametrize(
    ("side_date", "employers"), [(SideDate.LAST, 1), (SideDate.ANY, 1), (SideDate.MOST, 0)]
)
def test_mover_counts_as_a_person_by_the_setting(session, make, mover, side_date, employers):
    for day in (MAY, MAY + timedelta(days=1), JUNE):
        exam(make, mover, day=day)
    change_setting(session, key="share_side", value=side_date)
    assert figure(session) == (employers, 1, 0)


def test_sitting_before_the_move_only(session, make, mover):
    exam(make, mover, day=MAY)
    for side_date in SideDate:
        change_setting(session, key="share_side", value=side_date)
        assert figure(session) == (0, 1, 0)


def test_last_years_figure_does_not_move(session, make):
    expert = make.expert("Орлов Олег")
    college = make.college("Колледж А")
    job = make.employment(expert, college)
    for day in (date(2025, 6, 18), JUNE):
        exam(make, expert, day=day)
    before = figure(session, year=2025)
    job.valid_to = date(2026, 5, 31)
    make.employment(expert, make.employer("Завод Б"), valid_from=date(2026, 6, 1))
    session.flush()
    for count in (PERSONS, ASSIGNMENTS):
        assert figure(session, year=2025, count=count) == before == (0, 1, 0)
        assert figure(session, year=2026, count=count) == (1, 1, 0)


# -- cuts ---------------------------------------------------------------------------------


def test_rows_of_a_cut_are_named_and_in_order(session, make):
    metal, chemistry = make.industry("Металлургия"), make.industry("Химия")
    for name, industry in (("Завод", metal), ("Комбинат", chemistry), ("Артель", None)):
        plant = make.employer(name, industry_id=industry.id if industry else None)
        exam(make, make.expert(None, plant))
    told = shares(session, year=2026, today=TODAY, by=ShareCut.INDUSTRY)
    assert [row.key for row in told] == ["Металлургия", "Химия", "Отрасль не указана"]
    told = shares(session, year=2026, today=TODAY, by=ShareCut.EMPLOYER)
    assert [row.key for row in told] == ["Артель", "Завод", "Комбинат"]
    assert all(row.share.value == 1 for row in told)


def test_college_is_that_of_the_examined_group(session, make):
    for name in ("Горный колледж", "Аграрный колледж"):
        exam(make, make.expert(None, make.employer()), group=make.group(make.college(name)))
    told = shares(session, year=2026, today=TODAY, by=ShareCut.COLLEGE)
    assert [row.key for row in told] == ["Аграрный колледж", "Горный колледж"]


def test_months_and_specialties_are_told_by_their_codes(session, make):
    exam(make, make.expert(None, make.employer()))
    exam(make, make.expert(None, make.employer()), day=JULY)
    months = shares(session, year=2026, today=TODAY, by=ShareCut.MONTH)
    assert [row.key for row in months] == ["2026-06", "2026-07"]
    (specialty,) = shares(session, year=2026, today=TODAY, by=ShareCut.SPECIALTY)
    assert specialty.key == "09.02.07"


# -- the people behind --------------------------------------------------------------------


def test_people_are_told_in_russian_order_with_job_and_load(session, make):
    plant = make.employer("Завод Б", industry_id=make.industry("Химия").id)
    late, early = make.expert("Ёлкин Пётр", plant), make.expert("Егоров Пётр", plant)
    exam(make, late, early)
    exam(make, late, day=JULY)
    first, second = people_behind(session, year=2026, today=TODAY)
    assert [first.name, second.name] == ["Егоров Пётр Иванович", "Ёлкин Пётр Иванович"]
    assert (second.organization, second.industry, second.post) == ("Завод Б", "Химия", "инженер")
    assert (first.sittings, second.sittings) == (1, 2)


def test_mover_stands_on_both_sides_by_assignment(session, make, mover):
    for day in (MAY, JUNE):
        exam(make, mover, day=day)
    people = people_behind(session, year=2026, today=TODAY, count=ASSIGNMENTS)
    assert {(each.side, each.organization, each.units) for each in people} == {
        (Side.EDUCATION, "Колледж А", 1),
        (Side.EMPLOYER, "Завод Б", 1),
    }


def test_erased_person_stays_in_the_count_of_the_past(session, make):
    expert = make.expert("Орлов Олег", make.employer())
    exam(make, expert, day=date(2025, 6, 18))
    expert.deleted = True
    session.flush()
    assert figure(session, year=2025) == (1, 1, 0)
    assert len(people_behind(session, year=2025, today=TODAY)) == 1


def test_day_is_taken_from_the_moment(session, make):
    expert = make.expert("Орлов Олег")
    make.employment(expert, make.employer(), valid_from=JUNE, valid_to=JUNE)
    exam(make, expert, starts_at=datetime(2026, 6, 18, 17), ends_at=datetime(2026, 6, 18, 21))
    assert session.scalars(select(Expert.id)).all() == [expert.id]
    assert figure(session) == (1, 1, 0)
