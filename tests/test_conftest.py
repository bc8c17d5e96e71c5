"""The Builder's defaults: a staffed sitting is complete, and every record can be made."""

from datetime import datetime

from conftest import EXAM_DAY, Builder
from sqlalchemy import func, select

from demoexam.models.exams import Assignment, ExamPlace
from demoexam.models.kits import Specialty
from demoexam.rules.terms import OrganizationKind, Role


def test_a_fresh_store_holds_reference_data(store):
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Specialty)) == 230


def test_a_staffed_sitting_has_places_and_a_group(store):
    with store.transaction("проверка") as session:
        sitting = Builder(session).staffed_sitting(examinees=4)
    with store.reading() as session:
        roles = session.scalars(select(Assignment.role)).all()
        places = session.scalars(select(ExamPlace.workplace)).all()
    assert sitting.starts_at == datetime.combine(EXAM_DAY, datetime.min.time()).replace(hour=9)
    assert (roles.count(Role.CHIEF), roles.count(Role.SCORING), sorted(places)) == (
        1,
        3,
        [1, 2, 3, 4],
    )


def test_short_names_are_completed(store):
    with store.transaction("проверка") as session:
        make = Builder(session)
        people = [make.expert(name) for name in ("Иванов", "Иванов Пётр", "Ким Ли Сан", None)]
        university = make.organization(OrganizationKind.UNIVERSITY)
        group = make.group(examinees=1)
        expert = make.expert("Петрова Анна Сергеевна", university)
        make.kinship(expert, make.examinee(group, "Петров"))
        make.teaching(expert, group)
        make.unavailability(expert, EXAM_DAY)
        make.competence(expert)
        make.board_member(make.board(make.college()))
        make.booking(make.workshop(), datetime(2026, 6, 1, 9), datetime(2026, 6, 1, 12))
    names = [(each.last_name, each.first_name, each.middle_name) for each in people[:3]]
    assert names == [
        ("Иванов", "Иван", "Иванович"),
        ("Иванов", "Пётр", "Иванович"),
        ("Ким", "Ли", "Сан"),
    ]
