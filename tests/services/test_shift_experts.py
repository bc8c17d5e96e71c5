"""New shifts get experts: the same group where it is free, others in the seats left."""

from datetime import date, time, timedelta

import pytest
from conftest import EXAM_DAY, Builder
from sqlalchemy import select

from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import Examinee
from demoexam.models.kits import AssessmentKit
from demoexam.models.people import Expert
from demoexam.rules.terms import Answer, Role
from demoexam.services.exams.shift_experts import staffed_shifts
from demoexam.services.exams.shift_making import make_shifts
from demoexam.services.exams.shifts import propose_shifts
from demoexam.store.undo import revert

TODAY = date(2026, 3, 2)
SEATS = (Role.CHIEF, Role.SCORING, Role.SCORING, Role.TECHNICAL)


class Season:
    """Fourteen people whose exam stands in a workshop of ten, with a full expert group."""

    def __init__(self, store):
        self.store = store
        with store.transaction("подготовка") as session:
            make = Builder(session)
            self.employer = make.employer().id
            group, kit = make.group(examinees=14), make.kit()
            workshop = make.workshop(places=10)
            sitting = make.sitting(group, kit, workshop, head_count=14, held=True)
            for one in session.scalars(select(Examinee)):
                make.place(sitting, one)
            self.experts = [self.expert(make) for _ in SEATS]
            for expert, role in zip(self.experts, SEATS, strict=True):
                make.assignment(sitting, session.get_one(Expert, expert), role)
            self.first = sitting.id
            self.where = {"group_id": group.id, "kit_id": kit.id, "workshop_id": workshop.id}

    def expert(self, make):
        expert = make.expert(None, None)
        make.competence(expert)
        return expert.id

    def do(self, change):
        with self.store.transaction("правка") as session:
            return change(Builder(session), session)

    def propose(self, day=EXAM_DAY):
        with self.store.reading() as session:
            return staffed_shifts(
                session, **self.where, day=day, first_start=time(9), session_id=self.first,
                today=TODAY,
            )  # fmt: skip

    def split(self, shifts):
        with self.store.transaction("разбита") as session:
            make_shifts(session, **self.where, shifts=shifts, today=TODAY)
            return session.info["operation"]

    def duties(self):
        """Sitting -> its seats, in order of time."""
        with self.store.reading() as session:
            query = (
                select(ExamSession.id, Assignment.role, Assignment.expert_id)
                .join(Assignment, Assignment.session_id == ExamSession.id)
                .where(Assignment.live(), ExamSession.deleted.is_(False))
                .order_by(ExamSession.starts_at)
            )
            found = {}
            for ident, role, expert in session.execute(query):
                found.setdefault(ident, set()).add((role, expert))
            return found


@pytest.fixture
def season(store):
    return Season(store)


def test_the_same_group_takes_the_next_shift_as_one_operation(season):
    shifts = season.propose()

    assert [len(one.duties) for one in shifts] == [0, 4]
    assert all(duty.same for duty in shifts[1].duties)
    assert [one.lacking for one in shifts] == [(), ()]
    operation = season.split(shifts)
    groups = list(season.duties().values())
    assert groups[0] == groups[1] == set(zip(SEATS, season.experts, strict=True))
    with season.store.reading() as session:
        answers = {one.session_id: one.answer for one in session.scalars(select(Assignment))}
    assert answers[season.first] is Answer.CONFIRMED
    assert Answer.INVITED in answers.values()  # of the new shift everybody is asked
    with season.store.transaction("отмена") as session:
        revert(session, operation)
    assert list(season.duties()) == [season.first]


def test_who_is_busy_then_gives_his_seat_to_another(season):
    def elsewhere(make, session):
        spare = season.expert(make)
        other = make.sitting(make.group(name="ИС-99"), at=13)
        make.assignment(other, session.get_one(Expert, season.experts[1]))
        return spare

    spare = season.do(elsewhere)

    (_, second) = season.propose()

    assert [(duty.expert_id, duty.role) for duty in second.duties if not duty.same] == [
        (spare, Role.SCORING)
    ]
    assert season.experts[1] not in {duty.expert_id for duty in second.duties}
    assert second.lacking == ()
    season.split(season.propose())


@pytest.mark.parametrize("soft", [False, True])
def test_who_is_away_on_the_next_day_is_not_taken_and_told_as_missing(season, soft):
    def away(make, session):
        kit = session.get_one(ExamSession, season.first).kit_id
        session.get_one(AssessmentKit, kit).minutes = 600
        chief = session.get_one(Expert, season.experts[0])
        make.unavailability(chief, EXAM_DAY + timedelta(days=1), soft=soft)

    season.do(away)

    (_, second) = season.propose()

    assert second.starts_at.date() == EXAM_DAY + timedelta(days=1)
    assert len(second.duties) == 3
    assert second.lacking == (Role.CHIEF,)


def test_without_experts_there_is_nothing_to_take_over(season):
    season.do(lambda _make, session: [
        setattr(one, "deleted", True) for one in session.scalars(select(Assignment))
    ])  # fmt: skip
    season.do(lambda _make, session: [
        setattr(one, "active", False) for one in session.scalars(select(Expert))
    ])  # fmt: skip

    shifts = season.propose()

    assert [one.lacking for one in shifts] == [SEATS, SEATS]


def test_those_with_an_assistant_sit_in_one_shift(season):
    def needing(_make, session):
        people = session.scalars(select(Examinee).order_by(Examinee.skey)).all()
        for at in (0, 9, 13):
            people[at].needs_assistant = True
        return [people[at].id for at in (0, 9, 13)]

    needing = set(season.do(needing))

    with season.store.reading() as session:
        shifts = propose_shifts(
            session, **season.where, day=EXAM_DAY, first_start=time(9), session_id=season.first
        )

    assert [len(one.assisted) for one in shifts] == [0, 3]
    assert needing <= set(shifts[1].examinee_ids)
    assert [one.head_count for one in shifts] == [7, 7]
    season.split(shifts)
    with season.store.reading() as session:
        seated = session.execute(select(ExamPlace.session_id, ExamPlace.examinee_id)).all()
    assert len({where for where, who in seated if who in needing}) == 1
