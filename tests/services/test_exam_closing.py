"""A protocol closes when it is complete, and what closes or opens it otherwise leaves a trace."""

import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.errors import Refused
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.rules.terms import IncidentKind, SessionState
from demoexam.services.exams import closing as exam_closing
from demoexam.services.exams import exams, incidents
from demoexam.services.exams import places as exam_places
from demoexam.services.exams.closing import (
    NotComplete,
    PointsElsewhere,
    PointsMissing,
    TimeStands,
    points_missing,
)
from demoexam.services.history import bring_back, past_operations, take_back
from demoexam.services.records import records
from demoexam.services.records.history import record_history


class Protocol:
    """A sitting that was held, with what a test does to it; each step is an operation."""

    def __init__(self, store, *, examinees=3, modules=(2500, 2500, 5000)):
        self.store = store
        with store.transaction("подготовка") as session:
            make = Builder(session)
            kit = make.kit(modules=modules)
            self.id = make.staffed_sitting(examinees=examinees, kit=kit, state=SessionState.DONE).id
            query = select(ExamPlace.id).where(ExamPlace.session_id == self.id)
            self.places = session.scalars(query.order_by(ExamPlace.workplace)).all()

    def do(self, service, words="правка", **facts):
        with self.store.transaction(words) as session:
            return service(session, **facts)

    def score(self, *numbers, modules=(1, 2, 3)):
        for number in numbers:
            for module in modules:
                self.do(
                    exam_places.set_points, place_id=self.places[number], module=module, typed="20"
                )

    def close(self, **facts):
        self.do(exam_closing.close_session, "закрыт", session_id=self.id, **facts)

    def reopen(self, reason=""):
        self.do(exam_closing.reopen, "открыт", session_id=self.id, reason=reason)

    @property
    def state(self):
        with self.store.reading() as session:
            return session.get_one(ExamSession, self.id).state

    @property
    def told(self):
        """The words of the last operation."""
        with self.store.reading() as session:
            return past_operations(session)[0].text


@pytest.fixture
def protocol(store):
    return Protocol(store)


def test_every_missing_cell_is_named(store, protocol):
    protocol.score(0)
    protocol.score(1, modules=(2,))
    with pytest.raises(PointsMissing) as refused:
        protocol.close()
    gaps = {gap.place_id: gap for gap in refused.value.gaps}
    assert {place: gap.modules for place, gap in gaps.items()} == {
        protocol.places[1]: [1, 3],
        protocol.places[2]: [1, 2, 3],
    }
    for gap in gaps.values():
        assert gap.words in str(refused.value)
    assert gaps[protocol.places[1]].words.endswith(": М1, М3")
    assert protocol.state is SessionState.DONE


def test_absent_and_unscored_need_no_points(store, protocol):
    protocol.score(0)
    protocol.do(exam_places.set_attendance, place_id=protocol.places[1], attended=False)
    with store.reading() as session:
        examinee = session.get_one(ExamPlace, protocol.places[2]).examinee_id
    protocol.do(
        incidents.add_incident, session_id=protocol.id, kind=IncidentKind.REMOVAL,
        examinee_id=examinee, started="10:40", reason="телефон",
    )  # fmt: skip
    protocol.close()
    assert protocol.state is SessionState.CLOSED
    assert protocol.told == "закрыт экзамен ИС-41"


def test_a_stop_without_an_end_keeps_it_open(protocol):
    protocol.score(0, 1, 2)
    protocol.do(
        incidents.add_incident, session_id=protocol.id, kind=IncidentKind.STOP, started="10:00"
    )
    with pytest.raises(TimeStands, match="начатая в 10:00"):
        protocol.close(elsewhere=PointsElsewhere.PAPER)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (PointsElsewhere.PLATFORM, "баллы внесены в цифровую платформу"),
        (PointsElsewhere.PAPER, "баллы внесены от руки"),
    ],
)
def test_points_may_be_elsewhere_by_a_choice_that_is_kept(protocol, where, words):
    protocol.close(elsewhere=where)
    assert protocol.state is SessionState.CLOSED
    assert protocol.told == f"закрыт экзамен ИС-41: {words}"


@pytest.mark.parametrize(
    ("how", "said"),
    [({"examinees": 0}, "Участники не внесены"), ({"modules": ()}, "нет модулей")],
)
def test_an_empty_protocol_is_closed_only_by_a_choice(store, how, said):
    protocol = Protocol(store, **how)
    with pytest.raises(NotComplete, match=said):
        protocol.close()
    protocol.close(elsewhere=PointsElsewhere.PLATFORM)
    assert protocol.state is SessionState.CLOSED


def test_a_closed_protocol_is_opened_only_with_a_reason_that_stays(store, protocol):
    protocol.score(0, 1, 2)
    protocol.close()
    with pytest.raises(Refused, match="нужна причина"):
        protocol.reopen("  ")
    protocol.reopen("перепутаны баллы двух участников.")
    assert protocol.state is SessionState.ANNOUNCED
    assert protocol.told == "открыт заново экзамен ИС-41: перепутаны баллы двух участников"
    with store.reading() as session:
        entries = record_history(session, table="exam_session", record_id=protocol.id)
    assert (entries[0].operation, entries[0].after) == (protocol.told, "объявлен")


def test_a_held_exam_is_opened_without_a_reason(protocol):
    protocol.reopen()
    assert protocol.state is SessionState.ANNOUNCED


def test_undo_takes_the_closing_back_and_redo_closes_again(store, protocol):
    protocol.score(0, 1, 2)
    protocol.close()
    take_back(store)
    assert protocol.state is SessionState.DONE
    bring_back(store)
    assert protocol.state is SessionState.CLOSED


def test_undo_does_not_close_what_has_gaps_by_now(store, protocol):
    protocol.score(0, 1, 2)
    protocol.close()
    protocol.reopen("ошибка")
    with store.reading() as session:
        opened = past_operations(session)[0].id
    protocol.do(exam_places.set_points, place_id=protocol.places[0], module=1, typed="")
    with pytest.raises(PointsMissing):
        take_back(store, opened)
    assert protocol.state is SessionState.ANNOUNCED


def test_the_record_editor_closes_nothing_with_gaps(store, protocol):
    with pytest.raises(PointsMissing):
        protocol.do(
            records.change_record, table="exam_session", record_id=protocol.id,
            values={"state": "closed"},
        )  # fmt: skip
    assert protocol.state is SessionState.DONE


def test_gaps_follow_the_order_of_the_list(store, protocol):
    with store.reading() as session:
        names = [gap.name for gap in points_missing(session, session_id=protocol.id)]
    assert names == sorted(names)
    assert len(names) == 3


def test_another_state_is_refused(protocol):
    protocol.do(exam_closing.reopen, session_id=protocol.id)
    protocol.do(exams.take_to_draft, session_id=protocol.id)
    with pytest.raises(Refused, match="«черновик»"):
        protocol.close()
