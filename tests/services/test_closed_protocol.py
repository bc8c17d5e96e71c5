"""A closed protocol cannot change silently: no service, no record editor, no undo moves it."""

from datetime import datetime

import pytest
from conftest import Builder
from sqlalchemy import select, text

from demoexam.documents.exam_filling import exam_filling
from demoexam.documents.forms.protocol import PROTOCOL
from demoexam.documents.template import fill
from demoexam.errors import UserError
from demoexam.models.exams import Assignment, ExamPlace, ExamSession, Incident, WorkplaceDraw
from demoexam.rules.duties import Share
from demoexam.rules.terms import Answer, IncidentKind, Role, SessionState
from demoexam.services.exams import closing as exam_closing
from demoexam.services.exams import (
    duties,
    exams,
    expert_group,
    incidents,
    workplace_changes,
    workplace_draw,
)
from demoexam.services.exams import entry as exam_entry
from demoexam.services.exams import places as exam_places
from demoexam.services.exams import staffing as exam_staffing
from demoexam.services.history import past_operations, take_back
from demoexam.services.papers.sheet import sheet_for
from demoexam.services.plan import held
from demoexam.services.plan.plan_guard import ProtocolClosed
from demoexam.services.records import records
from demoexam.services.records import restore as record_restore
from demoexam.services.records.records import as_values

TABLES = (ExamSession, ExamPlace, WorkplaceDraw, Assignment, Incident)


class Closed:
    """A closed sitting with everything a sitting may have."""

    def __init__(self, store):
        self.store = store
        with store.transaction("подготовка") as session:
            make = Builder(session)
            sitting = make.staffed_sitting(examinees=3)
            self.id, self.group, self.kit = sitting.id, sitting.group_id, sitting.kit_id
            self.workshop = sitting.workshop_id
            query = select(ExamPlace).where(ExamPlace.session_id == self.id)
            seats = session.scalars(query.order_by(ExamPlace.workplace)).all()
            self.places = [one.id for one in seats]
            self.examinees = [one.examinee_id for one in seats]
            duty = select(Assignment).where(Assignment.session_id == self.id)
            self.duty = session.scalars(duty.where(Assignment.role == Role.SCORING)).first().id
            self.expert = make.expert("Новый Олег", make.employer("АО «Вектор»")).id
        self.do(workplace_draw.draw_workplaces, session_id=self.id, seed="7F3A")
        self.stop = self.do(
            incidents.add_incident, session_id=self.id, kind=IncidentKind.STOP,
            examinee_id=self.examinees[0], started="10:00", ended="10:12",
        )  # fmt: skip
        for place in self.places[:2]:
            for module in (1, 2, 3):
                self.do(exam_places.set_points, place_id=place, module=module, typed="20")
        self.do(exam_places.set_attendance, place_id=self.places[2], attended=False)
        self.do(exams.mark_done, session_id=self.id)
        self.do(exam_closing.close_session, session_id=self.id)

    def do(self, service, words="правка", **facts):
        with self.store.transaction(words) as session:
            return service(session, **facts)

    @property
    def content(self):
        """Every live row of the sitting, and the hash that form 3.11 was printed with."""
        with self.store.reading() as session:
            rows = []
            for entity in TABLES:
                key = entity.id if entity is ExamSession else entity.session_id
                rows += [
                    as_values(one) for one in session.scalars(select(entity).where(key == self.id))
                ]
            sheet = sheet_for(session, self.id, number="14")
            return rows, fill(PROTOCOL, exam_filling(sheet, PROTOCOL)).content_hash


@pytest.fixture
def closed(store):
    return Closed(store)


WAYS = {
    "place added": lambda c: (exam_places.add_examinees, {"session_id": c.id}),
    "place removed": lambda c: (exam_places.remove_examinee, {"place_id": c.places[0]}),
    "attendance": lambda c: (
        exam_places.set_attendance, {"place_id": c.places[2], "attended": True}),
    "points": lambda c: (
        exam_places.set_points, {"place_id": c.places[0], "module": 1, "typed": "21"}),
    "block of points": lambda c: (exam_entry.enter_points, {"entries": [(c.places[0], 1, "")]}),
    "all present": lambda c: (exam_entry.mark_present, {"place_ids": c.places}),
    "hour": lambda c: (exam_entry.set_finished, {"place_id": c.places[0], "typed": "12:00"}),
    "block of hours": lambda c: (exam_entry.enter_finished, {"entries": [(c.places[0], "1200")]}),
    "in time": lambda c: (exam_entry.finish_in_time, {"session_id": c.id}),
    "draw": lambda c: (
        workplace_draw.draw_workplaces, {"session_id": c.id, "reason": "ошибка"}),
    "workplace": lambda c: (
        workplace_changes.set_workplace, {"place_id": c.places[0], "workplace": 9}),
    "incident": lambda c: (
        incidents.add_incident,
        {"session_id": c.id, "kind": IncidentKind.STOP, "started": "11:00"}),
    "incident changed": lambda c: (
        incidents.change_incident, {"incident_id": c.stop, "ended": "10:15"}),
    "incident removed": lambda c: (incidents.remove_incident, {"incident_id": c.stop}),
    "assigned": lambda c: (
        expert_group.assign, {"session_id": c.id, "expert_id": c.expert, "role": Role.SCORING}),
    "unassigned": lambda c: (expert_group.unassign, {"assignment_id": c.duty}),
    "replaced": lambda c: (
        expert_group.replace_expert, {"assignment_id": c.duty, "expert_id": c.expert}),
    "role": lambda c: (
        expert_group.change_role, {"assignment_id": c.duty, "role": Role.TECHNICAL}),
    "duty": lambda c: (
        duties.set_duties, {"session_id": c.id, "shares": {c.duty: Share("М1", "1–5")}}),
    "answer": lambda c: (
        expert_group.set_answer, {"assignment_id": c.duty, "answer": Answer.REFUSED}),
    "seats filled": lambda c: (
        exam_staffing.fill_seats, {"session_id": c.id, "roles": [Role.SCORING]}),
    "moved": lambda c: (
        exams.update_session, {"session_id": c.id, "starts_at": datetime(2026, 6, 19, 9)}),
    "preparation": lambda c: (exams.set_preparation_day, {"session_id": c.id}),
    "draft": lambda c: (exams.take_to_draft, {"session_id": c.id}),
    "planned": lambda c: (exams.include_in_plan, {"session_id": c.id}),
    "announced": lambda c: (exams.announce, {"session_id": c.id}),
    "done": lambda c: (exams.mark_done, {"session_id": c.id}),
    "closed twice": lambda c: (exam_closing.close_session, {"session_id": c.id}),
    "opened without a reason": lambda c: (exam_closing.reopen, {"session_id": c.id}),
    "released": lambda c: (held.release_held, {"row_id": c.id}),
}  # fmt: skip


def test_no_service_changes_it(closed):
    before = closed.content
    for name, way in WAYS.items():
        service, facts = way(closed)
        with pytest.raises(UserError):
            closed.do(service, **facts)
            pytest.fail(f"{name} was not refused")
        assert closed.content == before, name


def editor(closed):
    """Every way of the record editor: a change of each column's value, an addition, a deletion."""
    ids = {
        "exam_session": closed.id, "exam_place": closed.places[0], "assignment": closed.duty,
        "incident": closed.stop,
    }  # fmt: skip
    values = {
        "exam_session": [
            ("state", "announced"), ("state", "draft"), ("note", "x"), ("board_member", "Ли А."),
            ("starts_at", "2026-06-19T09:00"), ("pinned", "да"), ("workshop_id", ""),
        ],
        "exam_place": [
            ("points", '{"1": 100}'), ("attended", "нет"), ("workplace", "9"), ("note", "x"),
            ("finished_at", "12:00"), ("variant", "В2"), ("session_id", closed.id),
        ],
        "assignment": [("duty", "М1"), ("answer", "refused"), ("role", "technical")],
        "incident": [("compensation", "0"), ("reason", "x"), ("ended", "10:20")],
    }  # fmt: skip
    for table, pairs in values.items():
        for column, value in pairs:
            facts = {"table": table, "record_id": ids[table], "values": {column: value}}
            yield f"{table}.{column}", records.change_record, facts
        yield f"{table} deleted", records.delete_record, {"table": table, "record_id": ids[table]}
    new = {
        "exam_place": {"session_id": closed.id, "examinee_id": closed.examinees[0]},
        "incident": {"session_id": closed.id, "kind": "stop", "started": "11:00"},
        "assignment": {"session_id": closed.id, "expert_id": closed.expert, "role": "scoring"},
        "workplace_draw": {
            "session_id": closed.id, "seed": "1", "drawn_at": "2026-06-17T12:00", "method": "x",
        },
    }  # fmt: skip
    for table, fields in new.items():
        yield f"{table} added", records.add_record, {"table": table, "values": fields}


def test_the_record_editor_does_not_change_it(closed):
    before = closed.content
    for name, service, facts in editor(closed):
        with pytest.raises(ProtocolClosed):
            closed.do(service, **facts)
            pytest.fail(f"{name} was not refused")
        assert closed.content == before, name


def test_a_row_of_another_sitting_is_not_moved_into_it(closed):
    with closed.store.transaction("другой экзамен") as session:
        make = Builder(session)
        other = make.sitting(make.group(name="ИС-42", examinees=1), at=14)
        place = make.place(other, make.examinee(make.group(name="ИС-43"))).id
    before = closed.content
    with pytest.raises(ProtocolClosed):
        closed.do(
            records.change_record, table="exam_place", record_id=place,
            values={"session_id": closed.id},
        )  # fmt: skip
    assert closed.content == before


def test_history_brings_no_value_back_into_it(closed):
    before = closed.content
    with closed.store.reading() as session:
        query = text("SELECT id, after FROM change WHERE row_id = :row AND before IS NOT NULL")
        changes = session.execute(query, {"row": closed.places[0]}).all()
    assert changes
    for change in changes:
        with pytest.raises(UserError):
            closed.do(record_restore.restore_value, change_id=change.id, unit="points")
    assert closed.content == before


def test_only_the_closing_itself_is_undone(closed):
    before = closed.content
    with closed.store.reading() as session:
        closing, *earlier = past_operations(session)
    for past in earlier[:-1]:  # the last is the making of the store
        with pytest.raises(UserError):
            take_back(closed.store, past.id)
            assert closed.content == before  # nothing was left to take back
            raise ProtocolClosed
    assert closed.content == before
    take_back(closed.store, closing.id)
    with closed.store.reading() as session:
        assert session.get_one(ExamSession, closed.id).state is SessionState.DONE


def test_a_printed_protocol_tells_that_it_was_opened_and_changed(closed):
    _, printed = closed.content
    closed.do(exam_closing.reopen, session_id=closed.id, reason="перепутаны баллы")
    _, opened = closed.content
    assert opened == printed
    closed.do(exam_places.set_points, place_id=closed.places[0], module=1, typed="21")
    assert closed.content[1] != printed
