"""A group is split into shifts: nobody lost, nobody twice, one operation."""

from datetime import date, datetime, time

import pytest
from conftest import EXAM_DAY, Builder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from demoexam.errors import Refused, RulesBroken
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.groups import Examinee
from demoexam.models.kits import AssessmentKit
from demoexam.models.places import Workshop
from demoexam.rules.terms import BookingPurpose, Role, SessionState
from demoexam.services.exams.shift_making import make_shifts
from demoexam.services.exams.shifts import propose_shifts
from demoexam.store.undo import revert

TODAY = date(2026, 3, 2)


def prepare(store, examinees=25, places=10, **fields):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        group = make.group(examinees=examinees, **fields)
        kit, workshop = make.kit(), make.workshop(places=places)
        return {"group_id": group.id, "kit_id": kit.id, "workshop_id": workshop.id}


def propose(store, facts, day=EXAM_DAY, at=time(9), **more):
    with store.reading() as session:
        return propose_shifts(session, **facts, day=day, first_start=at, **more)


def split(store, facts, shifts):
    with store.transaction("группа разбита на смены") as session:
        make_shifts(session, **facts, shifts=shifts, today=TODAY)
        return session.info["operation"]


def seats(store):
    """Sitting -> those who sit in it."""
    with store.reading() as session:
        found = {row: [] for row in session.scalars(select(ExamSession.id).where(live()))}
        query = select(ExamPlace).where(ExamPlace.live()).order_by(ExamPlace.n)
        for one in session.scalars(query):
            found[one.session_id].append(one.examinee_id)
        return found


def live():
    return ExamSession.deleted.is_(False)


def test_shifts_are_even_and_follow_each_other(store):
    facts = prepare(store)

    shifts = propose(store, facts)

    assert [one.head_count for one in shifts] == [9, 8, 8]
    assert [one.starts_at.hour for one in shifts] == [9, 13, 9]  # 3:30 and an hour; by 21:00
    assert shifts[0].first < shifts[0].last <= shifts[1].first


def test_each_shift_becomes_an_exam_of_its_own(store):
    facts = prepare(store)

    split(store, facts, propose(store, facts))

    with store.reading() as session:
        rows = session.scalars(select(ExamSession).order_by(ExamSession.starts_at)).all()
        assert [row.number for row in rows] == [1, 2, 3]
        assert {row.preparation_day.day for row in rows} == {17, 18}  # the day before each
        assert {row.state for row in rows} == {SessionState.DRAFT}
    assert sorted(len(part) for part in seats(store).values()) == [8, 8, 9]


def test_a_kit_has_a_turnaround_of_its_own(store):
    facts = prepare(store, examinees=12)
    with store.transaction("перерыв") as session:
        session.get_one(AssessmentKit, facts["kit_id"]).turnaround = 15

    assert [one.starts_at.time() for one in propose(store, facts)] == [time(9), time(12, 45)]


def test_an_overfull_exam_becomes_the_first_shift(store):
    facts = prepare(store, examinees=14)
    with store.transaction("экзамен") as session:
        make = Builder(session)
        sitting = make.sitting(None, at=9, head_count=14, held=True)
        sitting.group_id, sitting.kit_id = facts["group_id"], facts["kit_id"]
        sitting.workshop_id = facts["workshop_id"]
        for workplace, one in enumerate(session.scalars(select(Examinee)), start=1):
            make.place(sitting, one, workplace=workplace)
        ident = sitting.id

    shifts = propose(store, facts, session_id=ident)
    split(store, facts, shifts)

    assert [one.session_id for one in shifts] == [ident, ""]
    assert [len(part) for part in seats(store).values()] == [7, 7]
    with store.reading() as session:
        first = session.get_one(ExamSession, ident)
        assert not first.held  # it fits now
        assert {one.workplace for one in session.scalars(select(ExamPlace))} == {None}
        other = session.scalar(select(ExamSession).where(ExamSession.id != ident))
        assert other.board_member == first.board_member


def test_undo_takes_all_back_at_once(store):
    facts = prepare(store, examinees=14)
    before = seats(store)
    operation = split(store, facts, propose(store, facts))

    with store.transaction("отмена") as session:
        report = revert(session, operation)

    assert not report.kept
    assert seats(store) == before == {}


def test_a_group_without_names_is_split_by_number(store):
    facts = prepare(store, examinees=0, head_count=21)

    split(store, facts, propose(store, facts))

    with store.reading() as session:
        heads = session.scalars(select(ExamSession.head_count)).all()
    assert heads == [7, 7, 7]


def test_what_is_over_or_pinned_keeps_its_people(store):
    facts = prepare(store, examinees=14)
    split(store, facts, propose(store, facts))
    with store.transaction("закрепить") as session:
        first = session.scalar(select(ExamSession).order_by(ExamSession.starts_at))
        first.pinned = True
        pinned = first.id
    before = seats(store)[pinned]

    shifts = propose(store, facts, day=date(2026, 6, 22))

    assert pinned not in {one.session_id for one in shifts}
    assert not {ident for one in shifts for ident in one.examinee_ids} & set(before)


def test_other_exams_and_closed_hours_are_gone_round(store):
    facts = prepare(store, examinees=14)
    with store.transaction("занято") as session:
        make = Builder(session)
        workshop = session.get_one(Workshop, facts["workshop_id"])
        make.sitting(make.group(name="ИС-42"), make.kit("09.02.07-1-2026"), workshop, at=9)
        make.booking(
            workshop, datetime(2026, 6, 18, 17), datetime(2026, 6, 19, 10), BookingPurpose.CLOSED
        )

    shifts = propose(store, facts)

    assert [one.starts_at for one in shifts] == [
        datetime(2026, 6, 18, 13, 30),
        datetime(2026, 6, 19, 10),
    ]


def test_a_shift_that_contradicts_is_refused_with_all_others(store):
    facts = prepare(store, examinees=14)
    shifts = propose(store, facts)
    split(store, facts, shifts)
    with store.transaction("эксперт") as session:
        make = Builder(session)
        expert = make.expert(None, make.employer())
        other = make.sitting(make.group(name="ИС-42"), at=9, day=date(2026, 6, 22))
        first = session.scalar(select(ExamSession).where(ExamSession.state == SessionState.DRAFT))
        make.assignment(other, expert, Role.SCORING)
        make.assignment(first, expert, Role.SCORING)

    again = propose(store, facts, day=date(2026, 6, 22))
    with pytest.raises(RulesBroken, match="сразу в двух экзаменах"):
        split(store, facts, again)

    with store.reading() as session:
        rows = session.scalars(select(ExamSession).where(ExamSession.id.in_(seats(store))))
        assert {r.starts_at.day for r in rows if r.group_id == facts["group_id"]} == {18}


def test_an_exam_that_has_begun_is_not_split(store):
    facts = prepare(store, examinees=14)
    split(store, facts, propose(store, facts))
    with store.transaction("явка") as session:
        for one in session.scalars(select(ExamPlace)):
            one.attended = True
        session.get_one(Workshop, facts["workshop_id"]).places = 5

    with pytest.raises(Refused, match="уже идёт"):
        split(store, facts, propose(store, facts))


def test_there_must_be_somebody_and_somewhere(store):
    with pytest.raises(Refused, match="Делить некого"):
        propose(store, prepare(store, examinees=0))


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(3, 20), min_size=1, max_size=3))
def test_however_often_it_is_split_nobody_is_lost_or_sits_twice(store, workshops):
    facts = prepare(store, examinees=17, name=f"Г-{id(workshops)}")
    everybody = set()
    for places in workshops:
        with store.transaction("мастерская") as session:
            workshop = Builder(session).workshop(places=places)
            facts["workshop_id"] = workshop.id
            query = select(Examinee.id).where(Examinee.group_id == facts["group_id"])
            everybody = set(session.scalars(query))
        shifts = propose(store, facts)
        split(store, facts, shifts)

        told = seats(store)
        parts = [told[ident] for ident in told if set(told[ident]) & everybody]
        assert sorted(one for part in parts for one in part) == sorted(everybody)
        assert max(map(len, parts)) - min(map(len, parts)) <= 1
        assert max(map(len, parts)) <= places
