"""What the plan of a day tells of the stored sittings, and how the college times it."""

from datetime import date, datetime, time, timedelta

import pytest
from conftest import EXAM_DAY, Builder

from demoexam.errors import Refused
from demoexam.models.exams import ExamSession
from demoexam.rules.day_plan import Event
from demoexam.rules.terms import Role
from demoexam.services.college.day_timing import DayTiming, change_day_timing, day_timing
from demoexam.services.college.setting_rows import put_setting_row
from demoexam.services.papers.plan import day_plan
from demoexam.services.papers.sheet import sheet_for


def planned(store, sitting):
    with store.reading() as session:
        return day_plan(session, session.get_one(ExamSession, sitting))


@pytest.fixture
def day(store):
    """Two shifts in one workshop; the ids of the sittings and what they share."""
    with store.transaction("день") as session:
        make = Builder(session)
        college = make.college(head_name="Ли Анна Ильинична")
        kit, workshop = make.kit(), make.workshop(college)
        first = make.group(college, "ИС-41", examinees=2)
        second = make.group(college, "ИС-42", head_count=7)
        one = make.sitting(first, kit, workshop, head_count=2)
        two = make.sitting(second, kit, workshop, at=14, head_count=None)
        expert = make.expert("Орлов Глеб Ильич", make.employer())
        for sitting in (one, two):
            make.assignment(sitting, expert, Role.CHIEF)
        other = make.kit("09.02.07-5-2026")
        make.sitting(make.group(college, "ИС-43"), other, workshop, day=EXAM_DAY, at=18)
        make.sitting(make.group(college, "ИС-44"), kit, workshop, day=EXAM_DAY + timedelta(1))
        return one.id, two.id


def test_the_plan_holds_the_sittings_of_the_day_with_one_kit(store, day):
    for sitting in day:
        plan = planned(store, sitting)
        assert [(one.study_group, one.people) for one in plan.groups] == [
            ("ИС-41", 2),
            ("ИС-42", 7),
        ]
        assert [one.shift for one in plan.groups] == [
            "1-я смена, 09:00-12:30", "2-я смена, 14:00-17:30",
        ]  # fmt: skip
        assert {one.kit for one in plan.groups} == {"КОД 09.02.07-2-2026, ПУ"}
        assert plan.groups[0].center == "ЦПДЭ № 1, мастерская «Разработка решений», каб. 201"


def test_its_days_are_the_preparation_day_and_the_day_of_the_exam(store, day):
    before, exam = planned(store, day[0]).days
    assert (before.number, before.day) == (-1, date(2026, 6, 17))
    assert before.steps[0].starts_at == datetime(2026, 6, 17, 8)
    assert (exam.number, exam.day) == (1, EXAM_DAY)
    work = [one for one in exam.steps if one.event is Event.WORK]
    assert [(one.shift, one.starts_at.time(), one.ends_at.time()) for one in work] == [
        (1, time(9), time(12, 30)), (2, time(14), time(17, 30)),
    ]  # fmt: skip
    assert {one.place for one in work} == {"мастерская, каб. 201"}
    assert exam.steps[-1].event is Event.RESULTS
    assert exam.steps[-1].starts_at == datetime(2026, 6, 18, 17, 40)


def test_everybody_of_the_day_reads_it_once(store, day):
    plan = planned(store, day[1])
    assert len(plan.examinees) == 2
    told = [(one.name.full, one.role) for one in plan.staff]
    assert told == [
        ("Орлов Глеб Ильич", "главный эксперт"),
        ("Кузнецов К. К.", "член ГЭК"),
        ("Ли Анна Ильинична", "представитель ЦПДЭ"),
    ]


def test_rooms_of_the_same_hours_share_their_rows(store):
    with store.transaction("день") as session:
        make = Builder(session)
        college = make.college()
        kit, center = make.kit(), make.exam_center(college)
        rooms = [
            make.workshop(college, f"М{room}", room=room, exam_center_id=center.id)
            for room in ("101", "102")
        ]
        sittings = [
            make.sitting(make.group(college, f"ИС-4{at}"), kit, room, preparation_day=None)
            for at, room in enumerate(rooms)
        ]
        ident = sittings[1].id
    before, exam = planned(store, ident).days
    assert (before.day, list(before.steps)) == (None, [])
    assert [one.event for one in exam.steps].count(Event.WORK) == 1
    assert exam.steps[0].place == "мастерская, каб. 101; мастерская, каб. 102"


def test_an_exam_of_two_days_has_its_results_on_the_second(store):
    with store.transaction("день") as session:
        make = Builder(session)
        ident = make.sitting(second_day=date(2026, 6, 19)).id
    _, first, second = planned(store, ident).days
    assert (second.number, second.day) == (2, date(2026, 6, 19))
    assert Event.RESULTS not in {one.event for one in first.steps}
    assert second.steps[0].starts_at == datetime(2026, 6, 19, 8, 15)
    assert second.steps[-1].event is Event.RESULTS


def test_the_break_is_in_the_plan_where_the_slot_has_room_for_it(store):
    with store.transaction("день") as session:
        make = Builder(session)
        kit = make.kit()
        long = {"ends_at": datetime(2026, 6, 18, 13)}
        roomy = make.sitting(make.group(), kit, make.workshop(), **long).id
        tight = make.sitting(make.group(name="ИС-42"), kit, make.workshop()).id
        change_day_timing(session, key="break_minutes", value=15)
    for sitting, pauses, end in ((roomy, 1, time(13)), (tight, 0, time(12, 30))):
        steps = planned(store, sitting).days[1].steps
        assert [one.event for one in steps].count(Event.BREAK) == pauses
        assert [one for one in steps if one.event is Event.WORK][-1].ends_at.time() == end


def test_the_college_times_its_days(store, day):
    with store.transaction("сроки") as session:
        change_day_timing(session, key="preparation_from", value="10:30")
        change_day_timing(session, key="results", value=30)
    before, exam = planned(store, day[0]).days
    assert before.steps[0].starts_at.time() == time(10, 30)
    assert exam.steps[-1].ends_at - exam.steps[-1].starts_at == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("key", "value"), [("results", -1), ("results", "час"), ("preparation_from", "25"), ("нет", 1)]
)
def test_an_impossible_timing_is_refused(store, key, value):
    with store.transaction("сроки") as session, pytest.raises(Refused):
        change_day_timing(session, key=key, value=value)


@pytest.mark.parametrize("stored", ["слова", {"results": "час", "нет": 1}, None, [1]])
def test_a_strange_stored_timing_is_passed_over(store, stored):
    with store.transaction("сроки") as session:
        put_setting_row(session, key="day_timing", value=stored)
    with store.reading() as session:
        assert day_timing(session) == DayTiming()


def test_a_sheet_reads_its_plan_only_when_asked(store, day):
    with store.reading() as session:
        sheet = sheet_for(session, day[0])
        assert len(sheet.plan().groups) == 2
        assert sheet.plan() is sheet.plan()
