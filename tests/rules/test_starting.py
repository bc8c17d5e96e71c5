"""An exam from the strip begins when its workshop is free, and the reason is told."""

from datetime import datetime, time, timedelta

import pytest
from rules.plan_builder import CALENDAR, DAY, duty, expert, group, kit, plan, sitting, workshop

from demoexam.rules.moves import MoveJudge
from demoexam.rules.plan import BookingFacts, UnplacedFacts
from demoexam.rules.starting import first_start
from demoexam.rules.terms import BookingPurpose, Role

ROOM = workshop("Мастерская А")


def waiting(**facts):
    length = timedelta(minutes=210)
    given = {"starts_at": datetime.min, "ends_at": datetime.min + length, "workshop": None}
    return sitting(**given | facts)


def starting(one, *others, room=ROOM, day=DAY):
    facts = plan(*others, unplaced=(UnplacedFacts(one.id, one.group.name, one),))
    judge = MoveJudge(facts, CALENDAR, {}, workshops=[room])
    found = first_start(judge, one.id, room.id, day)
    return found.at, found.why


def test_an_empty_day_begins_in_the_morning():
    assert starting(waiting()) == (datetime.combine(DAY, time(9)), "")


def test_it_follows_the_exam_before_it_after_its_turnaround():
    first = sitting(workshop=ROOM, kit=kit(turnaround=60), group=group("ИС-41"))
    at, why = starting(waiting(), first)
    assert at == datetime.combine(DAY, time(13, 30))
    assert why == "до 12:30 здесь ИС-41 и 60 мин на подготовку мест"


def test_its_own_turnaround_is_kept_before_the_next_exam():
    evening = sitting(workshop=ROOM, at=13, kit=kit(turnaround=60))
    told = starting(waiting(kit=kit(turnaround=60)), evening)
    assert told == (datetime.combine(DAY, time(8)), "позже места нет")


@pytest.mark.parametrize(
    ("hours", "bookings", "told"),
    [
        ({3: (time(10), time(18))}, (), "мастерская открыта с 10:00"),
        ({}, ((8, 10),), "до 10:00 бронь «учебные занятия»"),
    ],
)
def test_closed_doors_and_bookings_are_named(hours, bookings, told):
    taken = tuple(
        BookingFacts(
            str(start), datetime.combine(DAY, time(start)), datetime.combine(DAY, time(end)),
            BookingPurpose.LESSONS,
        )
        for start, end in bookings
    )  # fmt: skip
    room = workshop("Мастерская А", hours=hours, bookings=taken)
    assert starting(waiting(), room=room) == (datetime.combine(DAY, time(10)), told)


def test_an_expert_who_is_busy_elsewhere_puts_it_off():
    busy = expert("Абрамов Пётр")
    elsewhere = sitting(duty(busy, Role.CHIEF), workshop=workshop("Мастерская Б"))
    at, why = starting(waiting(duties=(duty(busy, Role.CHIEF),)), elsewhere)
    assert at == datetime.combine(DAY, time(12, 30))
    assert "Абрамов" in why


def test_what_no_hour_would_mend_keeps_the_morning_for_the_judge():
    small = workshop("Мастерская А", places=2)
    assert starting(waiting(), room=small) == (datetime.combine(DAY, time(9)), "")
