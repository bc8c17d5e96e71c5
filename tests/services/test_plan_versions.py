"""Approved plans: kept, compared, returned to as one operation."""

from datetime import date, datetime, timedelta
from itertools import count

import pytest
from conftest import EXAM_DAY, Builder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from demoexam.errors import Refused
from demoexam.models.exams import Assignment, ExamPlace, ExamSession, PlanVersion
from demoexam.models.groups import StudyGroup
from demoexam.models.places import Workshop
from demoexam.rules.plan_differences import DifferenceKind, differences
from demoexam.rules.terms import Answer, BookingPurpose, Role, SessionState
from demoexam.services.records.history import record_history
from demoexam.services.records.records import delete_record
from demoexam.services.season.plan_return import return_preview, return_to_version
from demoexam.services.season.plan_versions import (
    approve_plan,
    plan_versions,
    planned_then,
    present_plan,
    proposed_name,
    version_row,
)
from demoexam.store.undo import revert

YEAR = 2026
numbers = count(1)


class Season:
    """Three exams in two workshops, with experts; `do` is one operation."""

    def __init__(self, store):
        self.store = store
        with store.transaction("подготовка") as session:
            make = Builder(session)
            employer = make.employer()
            self.workshops = [make.workshop(None, name).id for name in ("201", "202")]
            self.experts = [make.expert(None, employer).id for _ in range(6)]
            kit, self.college = make.kit(), make.college("Колледж плана")
            self.kit = kit.id
            self.ids = []
            for at, day in enumerate((EXAM_DAY, EXAM_DAY + timedelta(days=1), date(2026, 6, 23))):
                group = make.group(self.college, f"П-{at}")
                room = self.workshops[at % 2]
                row = make.sitting(group, kit, workshop_id=room, day=day, head_count=8 + at)
                self.ids.append(row.id)
                for role, expert in zip((Role.CHIEF, Role.SCORING), self.experts[at * 2 :],
                                        strict=False):  # fmt: skip
                    ids = {"session_id": row.id, "expert_id": expert}
                    session.add(Assignment(role=role, answer=Answer.CONFIRMED, **ids))
        self.version = self.do(approve_plan, name=f"План {next(numbers)}", year=YEAR)

    def do(self, service, **facts):
        with self.store.transaction("правка") as session:
            result = service(session, **facts)
            self.operation = session.info["operation"]
            return result

    def change(self, at=0, **values):
        def write(session):
            row = session.get_one(ExamSession, self.ids[at])
            for name, value in values.items():
                setattr(row, name, value)

        self.do(write)

    def difference(self):
        with self.store.reading() as session:
            then = planned_then(version_row(session, self.version))
            now = present_plan(session, year=YEAR, also=[one.id for one in then])
            return [(one.kind, one.sitting.id) for one in differences(then, now)]

    def plan(self):
        """Everything that a return may touch, as it lies in the store."""
        with self.store.reading() as session:
            return {
                table.__name__: sorted(
                    (tuple(sorted((k, repr(v)) for k, v in vars(row).items()
                                  if not k.startswith("_") and k not in {"rev", "deleted_by"}))
                     for row in session.scalars(select(table).where(table.deleted.is_(False)))),
                )
                for table in (ExamSession, Assignment, ExamPlace)
            }  # fmt: skip

    def back(self):
        return self.do(return_to_version, version_id=self.version)


@pytest.fixture
def season(store):
    return Season(store)


def test_a_version_holds_ids_and_no_names(season):
    with season.store.reading() as session:
        row = session.scalars(select(PlanVersion)).one()
        text = repr(row.content)
        (line,) = plan_versions(session, year=YEAR)

    assert season.ids[0] in text
    assert "Пётр" not in text
    assert "П-0" not in text
    assert line.sittings == 3
    assert plan_lines(season, 2025) == []


def test_the_history_tells_how_many_exams_a_version_holds(season):
    with season.store.reading() as session:
        (entry,) = record_history(session, table="plan_version", record_id=season.version)

    assert "Содержание: 3\xa0экзамена" in entry.after


def plan_lines(season, year):
    with season.store.reading() as session:
        return plan_versions(session, year=year)


def test_a_name_is_needed_and_taken_once(season):
    with pytest.raises(Refused, match="нет названия"):
        season.do(approve_plan, name="  ", year=YEAR)
    taken = plan_lines(season, YEAR)[0].name
    with pytest.raises(Refused, match="уже есть"):
        season.do(approve_plan, name=taken, year=YEAR)
    with pytest.raises(Refused, match="ни одного экзамена"):
        season.do(approve_plan, name="Пусто", year=2031)


def test_the_proposed_name_is_free(season):
    with season.store.transaction("версия") as session:
        first = proposed_name(session, year=YEAR, today=date(2026, 3, 2))
        approve_plan(session, name=first, year=YEAR)
        second = proposed_name(session, year=YEAR, today=date(2026, 3, 2))

    assert first == "План на 2026 год, 02.03.2026"
    assert second == f"{first} (2)"


def test_nothing_differs_at_first(season):
    assert season.difference() == []


def test_a_moved_exam_comes_back(season):
    start = datetime(2026, 6, 25, 10)
    season.change(starts_at=start, ends_at=start + timedelta(hours=4))
    assert season.difference() == [(DifferenceKind.MOVED, season.ids[0])]

    assert season.back().restored == [season.ids[0]]

    assert season.difference() == []


def test_an_exam_added_since_goes_to_the_unplaced(season):
    with season.store.transaction("новый") as session:
        make = Builder(session)
        added = make.sitting(make.group(name="Н-1"), day=date(2026, 6, 29)).id
    assert season.difference() == [(DifferenceKind.ADDED, added)]

    season.back()

    assert season.difference() == []
    with season.store.reading() as session:
        row = session.get_one(ExamSession, added)
        assert (row.starts_at, row.state, row.deleted) == (None, SessionState.DRAFT, False)


def test_a_deleted_exam_is_brought_back_with_its_people(season):
    with season.store.transaction("участник") as session:
        row = session.get_one(ExamSession, season.ids[0])
        group = row.group_id
        examinee = Builder(session).examinee(session.get_one(StudyGroup, group))
        session.add(ExamPlace(session_id=row.id, examinee_id=examinee.id))
        row.head_count = None
    season.version = season.do(approve_plan, name="С участником", year=YEAR)
    season.do(delete_record, table="exam_session", record_id=season.ids[0])
    assert season.difference() == [(DifferenceKind.DROPPED, season.ids[0])]

    assert season.back().revived == [season.ids[0]]

    assert season.difference() == []
    with season.store.reading() as session:
        assert session.scalars(select(ExamPlace).where(ExamPlace.live())).one()


def test_what_is_over_or_pinned_stays_and_is_told(season):
    start = datetime(2026, 6, 25, 10)
    season.change(0, starts_at=start, ends_at=start + timedelta(hours=4))
    season.change(0, state=SessionState.CLOSED)
    season.change(1, head_count=3, pinned=True)

    with season.store.reading() as session:
        told = return_preview(session, version_id=season.version).stays
    season.back()

    assert {(one.sitting_id, one.why) for one in told} == {
        (season.ids[0], "экзамен уже проведён"),
        (season.ids[1], "экзамен закреплён"),
    }
    assert [ident for _, ident in season.difference()] == season.ids[:2]


def test_an_expert_who_refused_since_does_not_come_back(season):
    def refuse(session):
        duty = session.scalars(select(Assignment)).first()
        duty.answer = Answer.REFUSED
        return duty.session_id

    ident = season.do(refuse)
    result = season.back()

    assert [(one.sitting_id, one.why) for one in result.stays] == [(ident, "эксперт отказался")]
    assert season.difference() == [(DifferenceKind.EXPERTS, ident)]


def test_what_contradicts_something_newer_is_held(season):
    start = datetime(2026, 6, 25, 10)
    season.change(starts_at=start, ends_at=start + timedelta(hours=4))
    with season.store.transaction("закрыто") as session:
        room = session.get_one(Workshop, season.workshops[0])
        Builder(session).booking(
            room, datetime(2026, 6, 18), datetime(2026, 6, 18, 23), BookingPurpose.CLOSED
        )

    result = season.back()

    assert list(result.held) == [season.ids[0]]
    assert season.difference() == [(DifferenceKind.DROPPED, season.ids[0])]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("move", "room", "heads", "drop", "undate", "expert", "dismiss", "add")),
        st.integers(0, 2),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=6,
)


def shake(season, step, at, number):
    """One change of a planning afternoon; rules are of no interest here."""
    start = datetime(2026, 7, 1 + at * 7 + number, 9)
    if step == "move":
        season.change(at, starts_at=start, ends_at=start + timedelta(hours=4))
    elif step == "room":
        season.change(at, workshop_id=season.workshops[number % 2])
    elif step == "heads":
        season.change(at, head_count=3 + number)
    elif step == "undate":
        season.change(at, starts_at=None, ends_at=None, state=SessionState.DRAFT)
    else:
        season.do(_writer(season, step, at, number))


def _writer(season, step, at, number):
    def write(session):
        row = session.get_one(ExamSession, season.ids[at])
        duties = session.scalars(
            select(Assignment).where(Assignment.session_id == row.id, Assignment.live())
        ).all()
        if step == "drop" and not row.deleted:
            delete_record(session, table="exam_session", record_id=row.id)
        elif step == "dismiss" and duties:
            duties[number % len(duties)].deleted = True
        elif step == "expert":
            known = {one.expert_id for one in duties}
            expert = season.experts[number]
            if expert not in known:
                session.add(Assignment(session_id=row.id, expert_id=expert, role=Role.TECHNICAL))
        elif step == "add":
            make = Builder(session)
            start = date(2026, 8, 3) + timedelta(days=at * 7 + number)
            make.sitting(make.group(name=f"Н-{next(numbers)}"), day=start)

    return write


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_after_a_return_nothing_differs_and_undo_restores_exactly(season, steps):
    if season.difference():
        season.back()
    for step in steps:
        shake(season, *step)
    before = season.plan()

    result = season.back()

    assert season.difference() == []
    assert not result.stays
    if result.changes:  # an operation that changes nothing is not kept
        with season.store.transaction("отмена") as session:
            assert not revert(session, season.operation).kept
    assert season.plan() == before
