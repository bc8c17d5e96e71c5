"""Ways out of findings, looked for among facts alone."""

from datetime import date, datetime, time, timedelta

import pytest
from rules.plan_builder import (
    CALENDAR,
    DAY,
    TODAY,
    duty,
    expert,
    full_team,
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
from demoexam.rules.plan import AbsenceFacts, CompetenceFacts, UnplacedFacts
from demoexam.rules.terms import Role
from demoexam.rules.violation import FixAction
from demoexam.text import day_month


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
