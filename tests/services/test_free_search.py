"""Who and what is called free, against the rules over whole invented plans."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from conftest import Builder

from demoexam.errors import Refused
from demoexam.models.exams import ExamSession
from demoexam.models.people import Expert
from demoexam.rules.check import check_one
from demoexam.rules.terms import Answer, BookingPurpose, Role, SessionState, Side
from demoexam.services.college.college import change_setting
from demoexam.services.experts.facts import load_experts
from demoexam.services.experts.free_search import Wanted, free_search, kit_options
from demoexam.services.plan.plan_facts import load_plan

MONDAY = date(2026, 6, 1)
SEEDS = range(6)
WEEK = Wanted(MONDAY, MONDAY + timedelta(11))
AGAINST_PLACE = {
    "workshop_double_booked", "more_students_than_places", "workshop_closed", "workshop_booked",
    "outside_opening_hours", "accreditation_expired", "equipment_missing", "holiday", "weekend",
    "slot_too_short", "second_day_missing", "turnaround_too_short",
}  # fmt: skip


@pytest.fixture
def session(store):
    with store.transaction("данные теста") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


def names(found):
    return [one.name.split()[0] for one in found.experts]


def invented(make, seed):
    """Workshops, experts, exams, bookings and absences at random, over two weeks."""
    dice = Random(seed)  # noqa: S311 -- a repeatable generator
    kit = make.kit(minutes=dice.choice((150, 240)), exam_days=dice.choice((1, 2)),
                   equipment=["ПК"], turnaround=dice.choice((None, 30)))  # fmt: skip
    rooms = [
        make.workshop(name=f"М-{n}", places=dice.choice((5, 15)), open_saturday=n == 1,
                      equipment=dice.choice((["ПК"], ["ПК", "МФУ"], [])))
        for n in range(4)
    ]  # fmt: skip
    people = [make.expert(f"Иванов{n} Пётр Ильич") for n in range(8)]
    for n in range(14):
        day = MONDAY + timedelta(dice.randrange(12))
        state = dice.choice((SessionState.PLANNED, SessionState.DRAFT))
        sitting = make.sitting(make.group(name=f"Г-{n}"), kit, dice.choice(rooms), day=day,
                               at=dice.choice((8, 11, 14)), state=state,
                               second_day=dice.choice((None, day + timedelta(1))))  # fmt: skip
        for person in dice.sample(people, 2):
            make.assignment(sitting, person, answer=dice.choice(tuple(Answer)))
    for room in rooms:
        at = datetime.combine(MONDAY + timedelta(dice.randrange(12)), time(dice.choice((9, 13))))
        make.booking(room, at, at + timedelta(hours=dice.choice((2, 30))),
                     dice.choice((BookingPurpose.LESSONS, BookingPurpose.CLOSED)))  # fmt: skip
    for person in people[:5]:
        day = MONDAY + timedelta(dice.randrange(12))
        make.unavailability(person, day, day + timedelta(dice.randrange(4)),
                            soft=dice.random() < 0.3, only_these=dice.random() < 0.4)  # fmt: skip
    return kit


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_called_free_is_taken_or_away(session, make, seed):
    invented(make, seed)
    session.flush()
    found = free_search(session, WEEK)
    plan = load_plan(session, today=MONDAY)
    experts = load_experts(session, Expert.live())
    assert found.experts
    for one in found.experts:
        slots = [
            slot for sitting in plan.live() for duty in sitting.live_duties
            if duty.expert.id == one.id for slot in sitting.slots
        ]  # fmt: skip
        taken = {slot[0].date() for slot in slots}
        for day in found.days:
            absence = experts[one.id].absence_on(day)
            free = day not in taken and (absence is None or absence.soft)
            assert free == (day in one.days), (one.name, day)
            assert (day in one.wishes) == (free and absence is not None)


@pytest.mark.parametrize("seed", SEEDS)
def test_first_free_slots_are_free_by_the_rules(session, make, seed):
    """Each of them, written as an exam, has no finding about its place or its days."""
    kit = invented(make, seed)
    group = make.group(name="НОВАЯ")
    wanted = replace(WEEK, kit_id=kit.id, people=5)
    found = free_search(session, wanted)
    assert found.slots
    assert [one.starts_at for one in found.slots] == sorted(one.starts_at for one in found.slots)
    for slot in found.slots[::3]:
        row = ExamSession(
            group_id=group.id, kit_id=kit.id, workshop_id=slot.workshop_id, head_count=5,
            starts_at=slot.starts_at, ends_at=slot.ends_at, second_day=slot.second_day,
            state=SessionState.DRAFT,
        )  # fmt: skip
        session.add(row)
        session.flush()
        findings = check_one(load_plan(session, today=MONDAY), row.id)
        assert not {one.code for one in findings} & AGAINST_PLACE, slot
        row.deleted = True
        session.flush()


def test_experts_are_told_by_side_competence_and_load(session, make):
    kit = make.kit()
    plant, college = make.employer(), make.college()
    rare, often, _ = (
        make.expert(f"{name} Пётр Ильич", work)
        for name, work in (("Редкий", plant), ("Частый", plant), ("Иной", college))
    )
    for who in (rare, often):
        make.competence(who)
    for day in (1, 2):
        make.assignment(make.sitting(kit=kit, day=MONDAY + timedelta(day)), often)
    make.unavailability(rare, MONDAY, soft=True)
    wanted = replace(WEEK, last=MONDAY, kit_id=kit.id)
    found = free_search(session, wanted)
    assert names(found) == ["Частый", "Иной", "Редкий"]  # who would rather not comes last
    assert [one.load for one in found.experts] == [2, 0, 0]
    assert [one.competent for one in found.experts] == [True, False, True]
    assert found.experts[2].wishes == {MONDAY}
    assert names(free_search(session, replace(wanted, side=Side.EDUCATION))) == ["Иной"]
    assert names(free_search(session, replace(wanted, competent_only=True))) == ["Частый", "Редкий"]


def test_an_expert_is_free_in_hours_without_his_duty(session, make):
    who = make.expert("Белов Пётр")
    make.assignment(make.sitting(day=MONDAY, at=9), who, Role.CHIEF)  # till 12:30
    day = replace(WEEK, last=MONDAY)
    assert "Белов" not in names(free_search(session, day))
    afternoon = replace(day, hours=(time(12, 30), time(16)))
    assert "Белов" in names(free_search(session, afternoon))
    assert "Белов" not in names(free_search(session, replace(day, hours=(time(12), time(16)))))


def test_a_refused_duty_leaves_the_expert_free(session, make):
    who = make.expert("Белов Пётр")
    make.assignment(make.sitting(day=MONDAY), who, answer=Answer.REFUSED)
    assert names(free_search(session, replace(WEEK, last=MONDAY))) == ["Белов"]


def test_workshops_are_those_with_places_and_equipment(session, make):
    kit = make.kit(equipment=["ПК"])
    make.workshop(name="Малая", places=4, equipment=["ПК"])
    make.workshop(name="Пустая", places=20)
    room = make.workshop(name="Годная", places=8, equipment=["ПК", "МФУ"])
    found = free_search(session, replace(WEEK, kit_id=kit.id, people=8))
    assert [one.name for one in found.workshops] == ["Годная"]
    assert found.workshops[0].days == found.days
    assert {one.workshop_id for one in found.slots} == {room.id}
    assert found.slots[0].starts_at == datetime(2026, 6, 1, 8)
    assert free_search(session, replace(WEEK, kit_id=kit.id, people=9)).fitting == 0


def test_the_pause_of_the_college_is_kept(session, make):
    kit, room = make.kit(), make.workshop()
    make.sitting(kit=kit, workshop=room, day=MONDAY, at=8)  # till 11:30
    wanted = replace(WEEK, last=MONDAY, kit_id=kit.id)
    assert free_search(session, wanted).slots[0].starts_at == datetime(2026, 6, 1, 12, 30)
    change_setting(session, key="turnaround_minutes", value=0)
    assert free_search(session, wanted).slots[0].starts_at == datetime(2026, 6, 1, 11, 30)


def test_without_a_kit_or_minutes_only_people_are_looked_for(session, make):
    make.workshop()
    assert not free_search(session, WEEK).slots
    assert free_search(session, replace(WEEK, minutes=60)).slots


def test_kits_of_the_year_are_offered(session, make):
    kit = make.kit()
    make.kit("09.02.07-2-2025")
    assert [one.code for one in kit_options(session, year=2026)] == [kit.code]


def test_odd_days_are_refused(session):
    with pytest.raises(Refused, match="раньше"):
        free_search(session, Wanted(MONDAY, MONDAY - timedelta(1)))
    with pytest.raises(Refused, match="за год"):
        free_search(session, Wanted(MONDAY, MONDAY + timedelta(366)))
