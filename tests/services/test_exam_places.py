from datetime import date, datetime, timedelta

import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.errors import NotFound, Refused, RulesBroken
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.groups import Examinee
from demoexam.services.exams import exams
from demoexam.services.exams import places as exam_places

TODAY = date(2026, 3, 2)
START = datetime(2026, 6, 18, 9)


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


@pytest.fixture
def draft(make):
    """A new sitting of a group of three."""
    ids = {"group_id": make.group(examinees=3).id, "kit_id": make.kit().id}
    return ids | {"workshop_id": make.workshop().id, "today": TODAY}


def created(session, **facts):
    return session.get_one(ExamSession, exams.create_session(session, **facts).id)


def test_group_is_seated_but_for_those_who_sit_elsewhere(session, make, draft):
    morning = created(session, **draft, starts_at=START, head_count=3)
    everyone = session.scalars(select(Examinee.id)).all()
    exam_places.add_examinees(session, session_id=morning.id, examinee_ids=everyone[:1])
    day_after = START + timedelta(days=1)
    later = created(session, **draft, starts_at=day_after, head_count=2)
    for _ in range(2):  # the second time there is nobody left to seat
        exam_places.add_examinees(session, session_id=later.id)
    seated = select(ExamPlace.examinee_id).where(ExamPlace.session_id == later.id)
    assert set(session.scalars(seated)) == set(everyone[1:])


def test_examinee_is_seated_once(session, make, draft):
    row = created(session, **draft, starts_at=START, head_count=3)
    first = session.scalars(select(Examinee.id)).first()
    for _ in range(2):
        exam_places.add_examinees(session, session_id=row.id, examinee_ids=[first, first])
    assert session.scalars(select(ExamPlace.examinee_id)).all() == [first]


def test_more_examinees_than_places_are_not_seated(session, make, draft):
    draft["workshop_id"] = make.workshop(name="Малая", places=2).id
    row = created(session, **draft, starts_at=START, head_count=2)
    with pytest.raises(RulesBroken, match="не хватает рабочих мест"):
        exam_places.add_examinees(session, session_id=row.id)
    assert session.scalars(select(ExamPlace)).all() == []


@pytest.fixture
def place(session, make):
    make.staffed_sitting(examinees=1)
    return session.scalars(select(ExamPlace)).one()


def test_examinee_leaves_his_place(session, place):
    exam_places.remove_examinee(session, place_id=place.id)
    assert place.deleted
    with pytest.raises(NotFound):
        exam_places.remove_examinee(session, place_id=place.id)


def test_points_above_the_maximum_are_refused(session, place):
    with pytest.raises(RulesBroken, match="стоит 26,00, а максимум 25,00"):
        exam_places.set_points(session, place_id=place.id, module=1, typed="26")
    assert place.points == {}


def test_empty_text_takes_points_away(session, place):
    exam_places.set_points(session, place_id=place.id, module=1, typed="25")
    exam_places.set_points(session, place_id=place.id, module=1, typed=" ")
    assert place.points == {}


def test_absent_examinee_has_no_points(session, place):
    exam_places.set_points(session, place_id=place.id, module=1, typed="25")
    with pytest.raises(Refused, match="уже есть баллы"):
        exam_places.set_attendance(session, place_id=place.id, attended=False)
    exam_places.set_points(session, place_id=place.id, module=1, typed="")
    exam_places.set_attendance(session, place_id=place.id, attended=False)
    with pytest.raises(Refused, match="не явился"):
        exam_places.set_points(session, place_id=place.id, module=1, typed="1")
