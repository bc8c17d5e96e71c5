from datetime import date, datetime, time, timedelta

import pytest
from rules.plan_builder import (
    DAY,
    codes,
    duty,
    expert,
    full_team,
    group,
    held,
    kit,
    sitting,
    workshop,
)

from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import BookingFacts
from demoexam.rules.terms import Answer, BookingPurpose, Level, Role
from demoexam.rules.timetable import check_expert_time, check_overlaps, check_workshop

NEXT_DAY = DAY + timedelta(days=1)


def against_time(mine, here, *others):
    return list(check_expert_time(mine, here, PlanIndex([here, *others])))


def overlaps(here, *others):
    return list(check_overlaps(here, PlanIndex([here, *others])))


# -- experts ------------------------------------------------------------------------------


def test_expert_is_in_one_place_at_a_time():
    who = expert("Ковалёв Тимур Николаевич")
    mine, other = duty(who), duty(who, Role.CHIEF)
    here, there = sitting(mine, at=9), sitting(other, at=11, group=group("ТМ-21"))
    (found,) = against_time(mine, here, there)
    assert (found.code, found.rule, found.level) == (
        "expert_double_booked",
        "R6",
        Level.CONTRADICTION,
    )
    assert str(found).startswith(
        "Ковалёв Тимур Николаевич участвует сразу в двух экзаменах в одно время: "
        "ИС-41, 18.06.2026, 09:00–12:30 и ТМ-21, 18.06.2026, 11:00–14:30."
    )
    assert set(found.subjects) >= {mine.assignment_id, other.assignment_id, here.id, there.id}


def test_exams_that_touch_do_not_overlap():
    who = expert()
    mine, other = duty(who), duty(who)
    here = sitting(mine, at=9, ends_at=datetime(2026, 6, 18, 13))
    assert against_time(mine, here, sitting(other, at=13)) == []


def test_second_day_of_an_exam_takes_its_expert_too():
    who = expert()
    mine, other = duty(who), duty(who)
    two_days = sitting(other, second_day=NEXT_DAY)
    assert codes(against_time(mine, sitting(mine, day=NEXT_DAY), two_days)) == [
        "expert_double_booked"
    ]
    assert against_time(mine, sitting(mine, day=NEXT_DAY, at=15), two_days) == []


def test_two_two_day_exams_clash_once():
    who = expert()
    mine, other = duty(who), duty(who)
    here, there = sitting(mine, second_day=NEXT_DAY), sitting(other, second_day=NEXT_DAY)
    assert codes(against_time(mine, here, there)) == ["expert_double_booked"]


@pytest.mark.parametrize("freed", [{"held": True}, {"answer": Answer.REFUSED}])
def test_duty_outside_the_live_plan_takes_no_time(freed):
    who = expert()
    mine, other = duty(who), duty(who, **freed)
    assert against_time(mine, sitting(mine), sitting(other)) == []


def test_held_sitting_takes_nobody():
    who = expert()
    mine, other = duty(who), duty(who)
    assert against_time(mine, sitting(mine), held(sitting(other))) == []


# -- workshops and groups -----------------------------------------------------------------


def test_workshop_serves_one_exam_at_a_time():
    place = workshop("Сварочная")
    here, there = sitting(workshop=place), sitting(workshop=place, at=12)
    (found,) = overlaps(here, there)
    assert (found.code, found.rule, found.level) == (
        "workshop_double_booked",
        "R12",
        Level.CONTRADICTION,
    )
    assert str(found).startswith("Сварочная: два экзамена в одно время")


def test_two_shifts_of_a_day_do_not_meet():
    place = workshop()
    assert overlaps(sitting(workshop=place), sitting(workshop=place, at=14)) == []


def test_sitting_without_a_workshop_takes_none():
    assert overlaps(sitting(workshop=None), sitting(workshop=None)) == []


def test_group_sits_one_exam_at_a_time():
    own = group("ИС-41")
    (found,) = overlaps(sitting(group=own), sitting(group=own))
    assert (found.code, found.level) == ("group_double_booked", Level.CONTRADICTION)
    assert str(found).startswith("Группа ИС-41 сдаёт два экзамена в одно время")


def test_parts_of_a_group_sit_in_two_workshops():
    own = group(head_count=10)
    assert overlaps(sitting(group=own), sitting(group=own)) == []
    assert codes(overlaps(sitting(group=own), sitting(group=own, head_count=6))) == [
        "group_double_booked"
    ]


def test_named_examinees_tell_whether_parts_are_parts():
    own = group(head_count=5)
    ann, bob = frozenset({"Анна"}), frozenset({"Борис"})
    here = sitting(group=own, examinees=ann)
    assert overlaps(here, sitting(group=own, examinees=bob)) == []
    assert codes(overlaps(here, sitting(group=own, examinees=ann | bob))) == ["group_double_booked"]


# -- what a workshop can hold -------------------------------------------------------------


def in_workshop(place, **facts):
    return list(check_workshop(sitting(workshop=place, **facts)))


def test_as_many_students_as_places_fit():
    assert in_workshop(workshop(places=5)) == []


def test_one_student_too_many_does_not():
    (found,) = in_workshop(workshop("Сварочная", places=4))
    assert (found.code, found.rule, found.level) == (
        "more_students_than_places",
        "R12",
        Level.CONTRADICTION,
    )
    told = str(found).replace("\N{NO-BREAK SPACE}", " ")
    assert "сдаёт 5 человек, а в мастерской 4 места (Сварочная)" in told


def booked(purpose, start=9, organizer=""):
    times = datetime(2026, 6, 18, start), datetime(2026, 6, 18, start + 2)
    return workshop(bookings=(BookingFacts("booking", *times, purpose, organizer),))


def test_closed_workshop_holds_no_exam():
    (found,) = in_workshop(booked(BookingPurpose.CLOSED))
    assert (found.code, found.level) == ("workshop_closed", Level.CONTRADICTION)


def test_exam_goes_before_other_bookings_with_a_warning():
    (found,) = in_workshop(booked(BookingPurpose.LESSONS, organizer="Петров П. П."))
    assert (found.code, found.level) == ("workshop_booked", Level.WARNING)
    assert "бронь «учебные занятия» (Петров П. П.)" in str(found)
    (found,) = in_workshop(booked(BookingPurpose.BROADCAST))
    assert "мастер-класс», ИС-41" in str(found)


def test_booking_after_the_exam_does_not_matter():
    assert in_workshop(booked(BookingPurpose.CLOSED, start=13)) == []


def test_exam_fits_into_opening_hours():
    thursday = DAY.weekday()
    open_day = workshop(hours={thursday: (time(9), time(12, 30))})
    assert in_workshop(open_day) == []
    assert codes(in_workshop(open_day, at=10)) == ["outside_opening_hours"]
    assert codes(in_workshop(workshop(hours={thursday: None}))) == ["outside_opening_hours"]
    assert in_workshop(workshop(hours={thursday + 1: None})) == []


def test_accreditation_lasts_through_the_exam():
    assert in_workshop(workshop(accredited_until=DAY)) == []
    (found,) = in_workshop(workshop(accredited_until=DAY), second_day=NEXT_DAY)
    assert (found.code, found.level) == ("accreditation_expired", Level.WARNING)
    assert "аккредитация до 18.06.2026" in str(found)


def test_workshop_has_what_the_kit_asks_for():
    needs = kit(equipment=frozenset({"сервер", "маршрутизатор"}))
    (found,) = in_workshop(workshop(equipment=frozenset({"сервер"})), kit=needs)
    assert (found.code, found.level) == ("equipment_missing", Level.WARNING)
    assert "09.02.07-2-2026: маршрутизатор" in str(found)


def test_without_a_kit_or_a_workshop_there_is_nothing_to_compare():
    assert in_workshop(workshop(), kit=None) == []
    assert list(check_workshop(sitting(*full_team(), workshop=None))) == []


def test_past_day_of_another_year_is_another_day():
    place = workshop()
    assert overlaps(sitting(workshop=place), sitting(workshop=place, day=date(2025, 6, 18))) == []
