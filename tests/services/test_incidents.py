"""What happens during an exam: noted by the rules, with its effect on time, attendance, points."""

import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.errors import NotFound, Refused
from demoexam.models.exams import ExamPlace, Incident
from demoexam.rules.incidents import NotAnHour
from demoexam.rules.terms import IncidentKind
from demoexam.services.exams import entry as exam_entry
from demoexam.services.exams import incidents
from demoexam.services.exams import places as exam_places
from demoexam.services.exams.view import exam_card
from demoexam.services.history import take_back
from demoexam.services.records import records

STOP, REMOVAL, EARLY = IncidentKind.STOP, IncidentKind.REMOVAL, IncidentKind.EARLY_END


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def sitting(session):
    """Three examinees from 09:00 to 12:30."""
    return Builder(session).staffed_sitting(examinees=3)


@pytest.fixture
def places(session, sitting):
    query = select(ExamPlace).where(ExamPlace.session_id == sitting.id)
    return session.scalars(query.order_by(ExamPlace.workplace)).all()


@pytest.fixture
def note(session, sitting):
    def add(kind=STOP, **facts):
        return incidents.add_incident(session, session_id=sitting.id, kind=kind, **facts)

    return add


def shown(session, sitting, place):
    card = exam_card(session, session_id=sitting.id)
    return next(one for one in card.examinees if one.place_id == place.id)


def test_a_stop_gives_its_minutes_back(session, sitting, places, note):
    note(examinee_id=places[0].examinee_id, started="1015", ended="10.27", reason="сбой")
    note(started="11:00", ended="11:05")
    (own, common) = incidents.incidents_of(session, sitting.id)
    assert (own.started, own.ended, own.compensation, own.workplace) == ("10:15", "10:27", 12, 1)
    assert (common.who, common.compensation, common.paper) == ("все участники", 5, "3.12")
    assert own.words.startswith("остановка времени: ")
    assert own.words.endswith("10:15–10:27")
    ends = [shown(session, sitting, place).ends_by for place in places]
    assert ends == ["12:47", "12:35", "12:35"]
    assert shown(session, sitting, places[0]).remark == "+17 мин"


def test_compensation_follows_the_hours_until_it_is_set(session, note):
    ident = note(started="10:00")
    row = session.get_one(Incident, ident)
    assert row.compensation is None
    incidents.change_incident(session, incident_id=ident, ended="10:08")
    assert row.compensation == 8
    incidents.change_incident(session, incident_id=ident, ended="10:09")
    assert row.compensation == 9
    incidents.change_incident(session, incident_id=ident, compensation=15)
    incidents.change_incident(session, incident_id=ident, ended="10:10")
    assert row.compensation == 15


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Не указано время"),
        ({"started": "08:59"}, "он идёт с 09:00 до 12:30"),
        ({"started": "12:31"}, "он идёт с 09:00 до 12:30"),
        ({"started": "10:00", "ended": "10:00"}, "не позже, чем началась"),
        ({"started": "10:00", "ended": "09:59"}, "не позже, чем началась"),
        ({"started": "10:00", "compensation": -1}, "Добавить -1 мин нельзя"),
        ({"started": "10:00", "compensation": 601}, "Добавить 601 мин нельзя"),
        ({"started": "10:00", "examinee_id": "чужой"}, "не сдаёт этот экзамен"),
    ],
)
def test_a_stop_that_cannot_be_is_refused(session, sitting, note, facts, said):
    with pytest.raises(Refused, match=said):
        note(**facts)
    assert incidents.incidents_of(session, sitting.id) == []


def test_what_is_no_hour_is_refused(note):
    with pytest.raises(NotAnHour, match="«25:00»"):
        note(started="25:00")


def test_the_same_minutes_are_not_given_twice(places, note):
    note(examinee_id=places[0].examinee_id, started="10:00", ended="10:10")
    note(examinee_id=places[1].examinee_id, started="10:05", ended="10:15")
    with pytest.raises(Refused, match="10:00–10:10"):
        note(examinee_id=places[0].examinee_id, started="10:09", ended="10:20")
    with pytest.raises(Refused, match="уже записана остановка"):
        note(started="10:05", ended="10:06")
    note(started="10:15", ended="10:20")


def test_a_correction_that_is_refused_changes_nothing(session, note):
    ident = note(started="10:00", ended="10:10")
    with pytest.raises(Refused):
        incidents.change_incident(session, incident_id=ident, started="08:00")
    assert session.get_one(Incident, ident).started == "10:00"


@pytest.mark.parametrize("kind", [REMOVAL, EARLY])
def test_an_act_needs_a_reason_and_a_person(places, note, kind):
    with pytest.raises(Refused, match="Не указана причина"):
        note(kind, examinee_id=places[0].examinee_id, started="10:00", reason=" ")
    with pytest.raises(Refused, match="Не указано, кто"):
        note(kind, started="10:00", reason="шум")


def test_anybody_can_be_removed_at_any_hour(session, sitting, note):
    note(REMOVAL, person="Петров Пётр", role="сопровождающий", started="8:40", reason="подсказывал")
    (one,) = incidents.incidents_of(session, sitting.id)
    assert (one.who, one.role, one.paper) == ("Петров Пётр", "сопровождающий", "3.13")
    assert one.words == "удаление: Петров Пётр, 08:40"


def test_whoever_is_removed_has_come_and_is_not_scored(session, sitting, places, note):
    first = places[0]
    ident = note(REMOVAL, examinee_id=first.examinee_id, started="10:40", reason="телефон")
    assert first.attended is True
    row = shown(session, sitting, first)
    assert (row.outcome, row.scored, row.finished_at) == ("удалён 10:40", False, "10:40")
    assert not row.needs_points
    with pytest.raises(Refused, match="не оценивается: удалён 10:40"):
        exam_places.set_points(session, place_id=first.id, module=1, typed="10")
    with pytest.raises(Refused, match="неявку отметить нельзя"):
        exam_places.set_attendance(session, place_id=first.id, attended=False)
    with pytest.raises(Refused, match="есть запись в ходе экзамена"):
        exam_places.remove_examinee(session, place_id=first.id)
    incidents.change_incident(session, incident_id=ident, counts=True)
    exam_places.set_points(session, place_id=first.id, module=1, typed="10")
    assert shown(session, sitting, first).needs_points


def test_work_with_points_is_not_left_unscored(session, places, note):
    first = places[0]
    exam_places.set_points(session, place_id=first.id, module=1, typed="10")
    with pytest.raises(Refused, match="уже есть баллы"):
        note(REMOVAL, examinee_id=first.examinee_id, started="10:40", reason="телефон")
    note(EARLY, examinee_id=first.examinee_id, started="10:40", reason="болезнь", counts=True)
    with pytest.raises(Refused, match="уже записано: завершил досрочно 10:40"):
        note(REMOVAL, examinee_id=first.examinee_id, started="11:00", reason="телефон", counts=True)


def test_an_early_end_is_scored_as_it_is_or_annulled(session, sitting, places, note):
    ident = note(EARLY, examinee_id=places[0].examinee_id, started="11:20", reason="по желанию")
    assert shown(session, sitting, places[0]).needs_points
    incidents.change_incident(session, incident_id=ident, counts=False)
    row = shown(session, sitting, places[0])
    assert (row.needs_points, row.outcome) == (False, "результат аннулирован 11:20")
    assert incidents.incidents_of(session, sitting.id)[0].paper == "3.14"


def test_the_absent_are_in_no_incident(session, places, note):
    exam_places.set_attendance(session, place_id=places[0].id, attended=False)
    with pytest.raises(Refused, match="не явился"):
        note(examinee_id=places[0].examinee_id, started="10:00")


def test_what_is_taken_away_has_no_effect(session, sitting, places, note):
    ident = note(REMOVAL, examinee_id=places[0].examinee_id, started="10:40", reason="телефон")
    incidents.remove_incident(session, incident_id=ident)
    assert shown(session, sitting, places[0]).needs_points
    with pytest.raises(NotFound):
        incidents.change_incident(session, incident_id=ident, reason="x")


def test_one_undo_takes_an_incident_back(store):
    with store.transaction("подготовка") as session:
        sitting = Builder(session).staffed_sitting(examinees=1).id
    with store.transaction("остановка времени: все участники, 10:00") as session:
        incidents.add_incident(session, session_id=sitting, kind=STOP, started="10:00")
    assert take_back(store).text == "остановка времени: все участники, 10:00"
    with store.reading() as session:
        assert incidents.incidents_of(session, sitting) == []


def test_the_record_editor_keeps_the_same_rules(session, sitting, places):
    values = {"session_id": sitting.id, "kind": "stop", "started": "10:00"}
    with pytest.raises(Refused, match="не похоже на время"):
        records.add_record(session, table="incident", values=values | {"ended": "1030"})
    with pytest.raises(Refused, match="он идёт с"):
        records.add_record(session, table="incident", values=values | {"started": "07:00"})
    records.add_record(session, table="incident", values=values | {"ended": "10:30"})
    (one,) = incidents.incidents_of(session, sitting.id)
    assert (one.started, one.ended) == ("10:00", "10:30")


# -- when an examinee finished ------------------------------------------------------------


def test_the_hour_is_written_as_typed_and_prolonged_by_stops(session, sitting, places, note):
    first, second, third = places
    exam_entry.enter_finished(session, entries=[(first.id, "1158"), (second.id, "12.30")])
    assert [place.finished_at for place in places] == ["11:58", "12:30", None]
    assert first.attended is True
    with pytest.raises(Refused, match="с 09:00 до 12:30"):
        exam_entry.set_finished(session, place_id=third.id, typed="12:42")
    note(examinee_id=third.examinee_id, started="10:00", ended="10:12")
    exam_entry.set_finished(session, place_id=third.id, typed="12:42")
    exam_entry.set_finished(session, place_id=third.id, typed=" ")
    assert third.finished_at is None


def test_the_rest_finished_in_time(session, sitting, places, note):
    first, second, _ = places
    exam_entry.mark_present(session, place_ids=[first.id, second.id])
    note(EARLY, examinee_id=second.examinee_id, started="11:20", reason="по желанию")
    note(examinee_id=first.examinee_id, started="10:00", ended="10:12")
    assert exam_entry.finish_in_time(session, session_id=sitting.id) == 1
    assert [place.finished_at for place in places] == ["12:42", None, None]
    with pytest.raises(Refused, match="уже записано в ходе экзамена"):
        exam_entry.set_finished(session, place_id=second.id, typed="12:00")


def test_the_absent_did_not_finish(session, places):
    exam_places.set_attendance(session, place_id=places[0].id, attended=False)
    with pytest.raises(Refused, match="закончить он не мог"):
        exam_entry.set_finished(session, place_id=places[0].id, typed="12:00")
