import pytest
from conftest import Builder

from demoexam.errors import NotFound, Refused, RulesBroken
from demoexam.models.exams import Assignment
from demoexam.rules.terms import Answer, Role
from demoexam.services.exams import expert_group


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


@pytest.fixture
def sitting(make):
    return make.sitting()


@pytest.fixture
def plant(make):
    return make.employer()


def seat(session, sitting, expert, role=Role.SCORING, **facts):
    saved = expert_group.assign(
        session, session_id=sitting.id, expert_id=expert.id, role=role, **facts
    )
    return session.get_one(Assignment, saved.id)


def test_assigned_expert_sits_with_his_duties(session, make, sitting, plant):
    row = seat(session, sitting, make.expert(None, plant), duty="Модуль 1", workplaces="1-5")
    assert (row.session_id, row.duty, row.answer) == (sitting.id, "Модуль 1", Answer.INVITED)


def test_sitting_without_a_date_takes_no_experts(session, make, plant):
    undated = make.sitting(starts_at=None, ends_at=None)
    with pytest.raises(Refused, match="рано"):
        seat(session, undated, make.expert(None, plant))


def test_unknown_expert_and_unknown_seat(session, sitting):
    with pytest.raises(NotFound):
        expert_group.assign(session, session_id=sitting.id, expert_id="нет", role=Role.SCORING)
    with pytest.raises(NotFound):
        expert_group.unassign(session, assignment_id="нет")


def test_replaced_expert_leaves_his_seat_to_another(session, make, sitting, plant):
    old = seat(session, sitting, make.expert(None, plant), Role.CHIEF, duty="всё")
    new = make.expert(None, plant)
    saved = expert_group.replace_expert(session, assignment_id=old.id, expert_id=new.id)
    row = session.get_one(Assignment, saved.id)
    assert (row.expert_id, row.role, row.duty) == (new.id, Role.CHIEF, "всё")
    assert old.deleted


def test_refused_replacement_leaves_the_old_expert(session, make, plant):
    college = make.college("Горный колледж")
    sitting = make.sitting(make.group(college))
    old = seat(session, sitting, make.expert(None, plant))
    own = make.expert("Орлов Олег", college)
    with pytest.raises(RulesBroken):
        expert_group.replace_expert(session, assignment_id=old.id, expert_id=own.id)
    assert not session.get_one(Assignment, old.id).deleted


def test_role_changes_within_the_rules(session, make, sitting, plant):
    seat(session, sitting, make.expert(None, plant), Role.CHIEF)
    row = seat(session, sitting, make.expert(None, plant))
    expert_group.change_role(session, assignment_id=row.id, role=Role.TECHNICAL)
    assert row.role is Role.TECHNICAL
    with pytest.raises(RulesBroken, match="уже есть главный эксперт"):
        expert_group.change_role(session, assignment_id=row.id, role=Role.CHIEF)
    assert row.role is Role.TECHNICAL


def test_who_refused_is_free_for_another_sitting_and_cannot_simply_return(
    session, make, sitting, plant
):
    who = make.expert(None, plant)
    row = seat(session, sitting, who)
    expert_group.set_answer(session, assignment_id=row.id, answer=Answer.REFUSED)
    other = make.sitting(make.group(name="ТМ-21"), workshop=make.workshop(name="Б"))
    seat(session, other, who)
    with pytest.raises(RulesBroken, match="сразу в двух экзаменах"):
        expert_group.set_answer(session, assignment_id=row.id, answer=Answer.CONFIRMED)
    assert row.answer is Answer.REFUSED
