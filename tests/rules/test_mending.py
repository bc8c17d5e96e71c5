"""Ways out of findings, looked for among facts alone."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from rules.plan_builder import (
    CALENDAR,
    DAY,
    TODAY,
    duty,
    expert,
    full_team,
    group,
    held,
    kit,
    plan,
    sitting,
    with_scoring,
    workshop,
)

from demoexam.rules.check import check_plan
from demoexam.rules.fixed import Seats
from demoexam.rules.moves import MoveJudge
from demoexam.rules.nearby import Nearby
from demoexam.rules.placing import Move
from demoexam.rules.plan import AbsenceFacts, BookingFacts, CompetenceFacts, UnplacedFacts
from demoexam.rules.terms import BookingPurpose, Role
from demoexam.rules.violation import FixAction
from demoexam.text import day_month

LATER = DAY + timedelta(days=4)


def fixes(one, *others, **known):
    """What is offered for the only finding of a sitting."""
    judge = MoveJudge(plan(one, *others), CALENDAR, {}, **known)
    (found,) = check_plan(judge.plan)
    return judge.fixes(one.id, found)


def test_move_and_seats_are_read_as_they_were_written():
    for move in (Move("s", "w", datetime(2026, 6, 18, 9)), Move("s", None, datetime(2026, 6, 18))):
        assert Move.read("s", move.value) == move
    with pytest.raises(ValueError, match="Invalid isoformat"):
        Move.read("s", "завтра")
    for seats in (Seats(Role.CHIEF, ("a", "b")), Seats(Role.SCORING, ())):
        assert Seats.read(seats.value) == seats


def test_the_competent_employer_with_little_load_comes_first():
    here = with_scoring(expert("Чужой Пётр", absences=(AbsenceFacts(DAY, DAY),)))
    able = (CompetenceFacts(kit_id=here.kit.id, roles=frozenset({Role.SCORING})),)
    chosen = expert("Яров Пётр", competences=able)
    loaded = expert("Абаев Пётр", competences=able)
    busy = sitting(*full_team(), duty(loaded), day=DAY + timedelta(days=4))
    known = [expert("Бойко Пётр"), loaded, chosen]
    labels = [fix.label for fix in fixes(here, busy, experts=known)]
    assert labels[0] == "Заменить: Яров\u00a0П."
    assert "Перенести на 19\u00a0июня" in labels


def test_somebody_with_a_drawback_is_better_than_nobody():
    here = with_scoring(expert("Чужой Пётр", absences=(AbsenceFacts(DAY, DAY),)))
    doubtful = expert("Яров Пётр", has_consent=False)
    first = fixes(here, experts=[doubtful])[0]
    assert (first.action, first.value) == (FixAction.REPLACE_EXPERT, doubtful.id)


def test_banned_people_are_not_offered():
    here = with_scoring(expert("Чужой Пётр", has_consent=False))
    kin = expert("Яров Пётр", kin={"x": here.group.id})
    assert fixes(here, experts=[kin]) == []


def test_technical_expert_of_the_workshop_comes_first():
    room = workshop()
    site = expert("Техник Пётр")
    other = sitting(
        *full_team()[:4], duty(site, Role.TECHNICAL), workshop=room, day=date(2026, 6, 9)
    )
    here = sitting(*full_team()[:4], workshop=room)
    (fix,) = fixes(here, other, experts=[expert("Абаев Пётр"), site])
    assert (fix.action, fix.value) == (FixAction.ADD_EXPERT, f"technical:{site.id}")


def test_seats_that_cannot_be_filled_offer_nothing():
    short = sitting(*full_team()[:2], full_team()[4])
    assert fixes(short, experts=[]) == []


def test_first_place_is_found_for_what_has_no_date():
    start = datetime.min
    one = sitting(starts_at=start, ends_at=start + timedelta(minutes=210), workshop=None)
    waiting = (UnplacedFacts(one.id, one.group.name, one),)
    judge = MoveJudge(plan(unplaced=waiting), CALENDAR, {}, workshops=[workshop("Свободная")])
    (found,) = check_plan(judge.plan)
    fix = judge.fixes(one.id, found)[0]
    move = Move.read(fix.target, fix.value)
    assert (move.starts_at.date() - TODAY).days >= 20
    assert fix.label.startswith(f"На {day_month(move.starts_at.date())}, «Свободная»")


def test_other_days_in_other_workshops_are_the_last_resort():
    small, big = workshop("Малая", places=4), workshop("Большая", places=9)
    here = sitting(workshop=small)
    taken = sitting(workshop=big)
    labels = [fix.label for fix in fixes(here, taken, workshops=[small, big])]
    assert labels == ["Разбить на 2\u00a0смены", "Перенести на 19\u00a0июня, «Большая»"]


def test_verdict_offers_the_fixes_of_all_its_findings():
    here, there = sitting(), sitting(day=DAY + timedelta(days=1))
    judge = MoveJudge(plan(here, there), CALENDAR, {})
    verdict = judge.verdict(here.id, workshop_id=there.workshop.id, starts_at=there.starts_at)
    (found,) = verdict.findings
    assert list(verdict.fixes) == list(verdict.fixes_of(found)) == [*verdict.fixes[:3]]


def test_places_near_by_keep_to_opening_hours_and_open_days():
    room = workshop(hours={3: (time(10), time(15))}, open_saturday=True)
    near = Nearby(sitting(workshop=room), [room], CALENDAR, TODAY)
    assert [f"{move.starts_at:%H:%M}" for move in near.hours()] == [
        "10:00",
        "10:30",
        "11:00",
        "11:30",
    ]
    days = {move.starts_at.date() for move in near.days()}
    assert date(2026, 6, 20) in days
    assert not days & {date(2026, 6, 12), date(2026, 6, 21), DAY}


def test_nothing_is_offered_in_the_past():
    near = Nearby(sitting(), [], CALENDAR, DAY - timedelta(days=1))
    assert min(move.starts_at.date() for move in near.days()) == DAY - timedelta(days=1)


def test_other_kit_is_of_the_specialty_and_year():
    here = sitting(kit=kit(year=2025, specialty_id="s"))
    right, wrong = kit(code="верный", specialty_id="s"), kit(code="старый", year=2024)
    (fix,) = fixes(here, kits=[wrong, right])
    assert (fix.action, fix.value) == (FixAction.CHANGE_KIT, right.id)


def test_end_after_midnight_is_not_offered():
    late = sitting(at=20, kit=kit(minutes=300), ends_at=datetime(2026, 6, 18, 23))
    assert FixAction.SET_END not in [fix.action for fix in fixes(late)]


# -- each way by facts alone --------------------------------------------------------------


def labels(one, *others, **known):
    return [fix.label for fix in fixes(one, *others, **known)]


def test_row_outside_the_plan_is_brought_back():
    outside = held(sitting())
    (fix,) = fixes(outside)
    assert (fix.action, fix.target, fix.label) == (FixAction.RELEASE, outside.id, "Вернуть в план")
    waiting = held(duty())
    (fix,) = fixes(sitting(*full_team(), waiting))
    assert fix.target == waiting.assignment_id


def test_member_of_the_board_is_one_who_does_not_assess():
    here = sitting(board_member="")
    chief = here.duties[0].expert.name
    boards = {(here.group.college_id, DAY.year): [chief, "Ким Вера"]}
    assert labels(here, boards=boards) == ["Указать: Ким Вера"]
    assert labels(here, sitting(board_member="Лев Пётр", day=LATER)) == ["Указать: Лев Пётр"]


def test_days_and_hours_of_an_exam_are_set_right():
    assert labels(sitting(preparation_day=None)) == ["Назначить С-1 на 17\u00a0июня"]
    assert labels(sitting(kit=kit(exam_days=2))) == ["Назначить второй день 19\u00a0июня"]
    short = sitting(ends_at=datetime(2026, 6, 18, 11))
    assert labels(short)[0] == "Закончить в 12:30"


def test_booking_gives_way_or_the_exam_goes_elsewhere():
    times = datetime(2026, 6, 18, 8), datetime(2026, 6, 18, 20)
    booked = workshop(bookings=(BookingFacts("b", *times, BookingPurpose.LESSONS),))
    offered = fixes(sitting(workshop=booked), workshops=[workshop("Запасная")])
    assert [fix.action for fix in offered] == [
        FixAction.REMOVE_BOOKING,
        FixAction.MOVE_SITTING,
        FixAction.CHANGE_WORKSHOP,
    ]
    assert (offered[0].target, offered[0].label) == ("b", "Снять бронь")


def test_second_chief_is_taken_off():
    second = duty(expert("Второв Олег"), Role.CHIEF)
    (fix,) = fixes(sitting(*full_team(), second))
    assert (fix.action, fix.target) == (FixAction.REMOVE_EXPERT, second.assignment_id)


def test_place_is_not_offered_while_something_else_forbids_it():
    group_, start = group(), datetime.min
    kin = expert("Родин Олег", kin={"x": group_.id})
    team = (*full_team(), duty(kin))
    one = sitting(
        *team, group=group_, starts_at=start, ends_at=start + timedelta(minutes=210), workshop=None
    )
    waiting = (UnplacedFacts(one.id, group_.name, one),)
    judge = MoveJudge(plan(unplaced=waiting), CALENDAR, {}, workshops=[workshop("Свободная")])
    (found,) = check_plan(judge.plan)
    assert judge.fixes(one.id, found) == []


def test_two_bans_of_one_place_are_left_together():
    small = workshop("Малая", places=4)
    here, there = sitting(), sitting(workshop=small, head_count=4, day=LATER)
    judge = MoveJudge(plan(here, there), CALENDAR, {})
    verdict = judge.verdict(here.id, workshop_id=small.id, starts_at=there.starts_at)
    assert {found.code for found in verdict.findings} == {
        "workshop_double_booked",
        "more_students_than_places",
    }
    for fix in verdict.fixes:
        move = Move.read(fix.target, fix.value)
        again = judge.verdict(here.id, workshop_id=move.workshop_id, starts_at=move.starts_at)
        assert again.accepted


def test_other_years_begin_at_their_nearer_edge_and_not_in_the_past():
    near = Nearby(sitting(day=date(2027, 2, 9)), [], CALENDAR, date(2026, 12, 28))
    days = [move.starts_at.date() for move in near.other_years()]
    assert days[:4] == [date(2026, 12, day) for day in (31, 30, 29, 28)]
    assert all(day.year == 2028 for day in days[4:])


def test_nobody_on_the_board_and_no_kit_leave_it_as_it_is():
    here = sitting(board_member="")
    busy = [each.expert.name for each in here.duties]
    assert fixes(here, boards={(here.group.college_id, DAY.year): busy}) == []
    old = sitting(kit=kit(year=2025))
    assert fixes(old, kits=[kit(year=2024)]) == []


def test_finding_that_is_out_of_date_offers_nothing_of_what_is_gone():
    times = datetime(2026, 6, 18, 8), datetime(2026, 6, 18, 20)
    booked = workshop(places=4, bookings=(BookingFacts("b", *times, BookingPurpose.LESSONS),))
    away = expert("Чужой Пётр", absences=(AbsenceFacts(DAY, DAY),))
    team = (*full_team(), duty(away), duty(expert("Второв Олег"), Role.CHIEF))
    was = sitting(*team, workshop=booked, ends_at=datetime(2026, 6, 18, 11))
    told = list(check_plan(plan(was)))
    now = replace(was, workshop=None, kit=None, duties=full_team())
    judge = MoveJudge(plan(now), CALENDAR, {})
    offered = {fix.action for found in told for fix in judge.fixes(now.id, found)}
    assert {"more_students_than_places", "workshop_booked", "slot_too_short", "second_chief"} <= {
        found.code for found in told
    }
    assert offered <= {FixAction.MOVE_SITTING}


def test_place_with_a_doubt_is_offered_when_none_is_clean():
    room = workshop(hours={DAY.weekday(): (time(9), time(12, 30))})
    only = expert("Занятой Пётр", absences=(AbsenceFacts(DAY, DAY, only_these=True),))
    here, there = sitting(*full_team(), duty(only), workshop=room), sitting(workshop=room)
    assert labels(here, there) == ["Перенести на 19\u00a0июня"]
