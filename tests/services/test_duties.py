"""Who assesses what: proposed from modules and workplaces, written for all at once."""

import pytest
from conftest import Builder

from demoexam.errors import NotFound
from demoexam.models.exams import Assignment
from demoexam.rules.duties import Share
from demoexam.rules.terms import Answer, Role
from demoexam.services.exams.duties import duties, set_duties


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


@pytest.fixture
def sitting(make):
    """Three modules, four people; two scoring experts beside a chief and one who has refused."""
    plant = make.employer()
    sitting = make.sitting(head_count=4)
    make.assignment(sitting, make.expert("Главный Пётр", plant), Role.CHIEF)
    make.assignment(sitting, make.expert("Яшин Олег", plant))
    make.assignment(sitting, make.expert("Абрамов Пётр", plant))
    make.assignment(sitting, make.expert("Ушедший Иван", plant), answer=Answer.REFUSED)
    return sitting


def test_scoring_experts_are_proposed_modules_and_workplaces(session, sitting):
    found = duties(session, session_id=sitting.id)
    assert [one.name for one in found] == ["Абрамов Пётр Иванович", "Яшин Олег Иванович"]
    assert [one.proposed for one in found] == [
        Share("Модуль 1", "1–4"),
        Share("Модули 2, 3", "1–4"),
    ]


def test_drawn_workplaces_are_those_that_are_shared(session, make, sitting):
    group = make.group(name="ИС-42")
    for number in (2, 9):
        make.place(sitting, make.examinee(group), workplace=number)
    found = duties(session, session_id=sitting.id)
    assert {one.proposed.workplaces for one in found} == {"1–9"}


def test_what_is_written_is_read_again_and_others_stay(session, sitting):
    first, second = duties(session, session_id=sitting.id)
    shares = {first.assignment_id: Share(" Модуль 3, критерий Б ", "5–8")}
    set_duties(session, session_id=sitting.id, shares=shares)
    session.flush()
    first, second = duties(session, session_id=sitting.id)
    assert (first.duty, first.workplaces) == ("Модуль 3, критерий Б", "5–8")
    assert (second.duty, second.workplaces) == ("", "")


def test_a_seat_of_another_sitting_is_refused(session, make, sitting):
    other = make.sitting(make.group(name="ИС-42"), day=sitting.starts_at.date().replace(day=1))
    seat = make.assignment(other, make.expert(None, make.employer("АО «Вектор»")))
    with pytest.raises(NotFound):
        set_duties(session, session_id=sitting.id, shares={seat.id: Share("Модуль 1", "1")})
    assert session.get_one(Assignment, seat.id).duty == ""
