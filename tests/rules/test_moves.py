from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from rules.plan_builder import (
    CALENDAR,
    DAY,
    TODAY,
    codes,
    duty,
    expert,
    full_team,
    group,
    kit,
    plan,
    sitting,
    workshop,
)

from demoexam.rules.check import check_plan
from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move, placed
from demoexam.rules.plan import UnplacedFacts
from demoexam.rules.terms import Level
from demoexam.rules.violation import contradictions

NEXT_DAY = DAY + timedelta(days=1)
MONDAY = DAY - timedelta(days=DAY.weekday())


def judging(*sittings, levels=None, **facts):
    known = {name: facts.pop(name) for name in ("workshops", "experts") if name in facts}
    return MoveJudge(plan(*sittings, **facts), CALENDAR, levels or {}, **known)


def at(day, hour=9):
    return datetime.combine(day, time(hour))


def told(judge, one, day, hour=9, place=None):
    where = place or one.workshop
    verdict = judge.verdict(one.id, workshop_id=where.id, starts_at=at(day, hour))
    return codes(verdict.findings)


# -- what goes along ----------------------------------------------------------------------


def test_another_day_takes_its_days_along_and_keeps_the_hours():
    there = placed(sitting(), workshop(), at(date(2026, 6, 15), 9), CALENDAR)
    assert there.ends_at == datetime(2026, 6, 15, 12, 30)
    assert there.preparation_day == date(2026, 6, 11)  # the 12th is a holiday, then a weekend


def test_another_hour_of_the_day_leaves_the_preparation_day():
    one = sitting(preparation_day=date(2026, 6, 9))
    assert placed(one, one.workshop, at(DAY, 14), CALENDAR).preparation_day == date(2026, 6, 9)


def test_second_day_is_the_next_working_one():
    one = sitting(kit=kit(exam_days=2), second_day=NEXT_DAY)
    assert placed(one, one.workshop, at(NEXT_DAY), CALENDAR).second_day == date(2026, 6, 22)


# -- verdicts -----------------------------------------------------------------------------


def test_sitting_is_judged_against_the_others_and_not_itself():
    here, there = sitting(), sitting(day=NEXT_DAY)
    judge = judging(here, there)
    assert told(judge, here, DAY, 10) == []
    verdict = judge.verdict(here.id, workshop_id=there.workshop.id, starts_at=at(NEXT_DAY, 11))
    assert (verdict.level, verdict.accepted) == (Level.CONTRADICTION, False)
    assert codes(verdict.findings) == ["workshop_double_booked"]


def test_worst_is_told_first_and_settings_are_heeded():
    here, there = sitting(), sitting(day=date(2026, 6, 20))
    judge = judging(here, there)
    assert told(judge, here, date(2026, 6, 20), 9, there.workshop) == [
        "workshop_double_booked",
        "weekend",
    ]
    lenient = judging(here, there, levels={"weekend": "off"})
    assert told(lenient, here, date(2026, 6, 20)) == []


def test_back_to_back_is_no_finding_without_a_turnaround():
    quick, room = kit(turnaround=0), workshop()
    first, second = sitting(workshop=room, kit=quick), sitting(kit=quick, day=NEXT_DAY)
    judge = judging(first, second)
    start = datetime(2026, 6, 18, 12, 30)
    assert judge.verdict(second.id, workshop_id=room.id, starts_at=start).findings == []


def test_expert_is_free_again_in_the_hour_when_his_exam_ends():
    who = expert()
    team = full_team()[1:]
    first = sitting(*team, duty(who), board_member="Ким", ends_at=at(DAY, 12))
    second = sitting(*full_team(), duty(who), day=NEXT_DAY)
    judge = judging(first, second)
    assert told(judge, second, DAY, 12) == []
    assert told(judge, second, DAY, 11) == ["expert_double_booked"]


def test_two_day_exam_takes_both_days_and_frees_them():
    room = workshop()
    long = sitting(workshop=room, kit=kit(exam_days=2), second_day=NEXT_DAY)
    short = sitting(day=date(2026, 6, 24))
    judge = judging(long, short)
    for day in (DAY, NEXT_DAY):
        assert told(judge, short, day, 9, room) == ["workshop_double_booked"]
        assert told(judge, short, day, 14, room) == []
    assert told(judge.moved([Move(long.id, room.id, at(MONDAY))]), short, NEXT_DAY, 9, room) == []


def test_sitting_without_a_date_can_be_judged_too():
    room, start = workshop(), datetime.min
    one = sitting(starts_at=start, ends_at=start + timedelta(minutes=210))
    waiting = (UnplacedFacts(one.id, one.group.name, one),)
    judge = judging(unplaced=waiting, workshops=[room])
    verdict = judge.verdict(one.id, workshop_id=room.id, starts_at=at(DAY))
    assert (verdict.findings, verdict.level) == ([], None)
    assert judge.hour_on(one.id, DAY) == at(DAY, 9)


def test_another_day_is_tried_at_the_own_hour_of_the_sitting():
    one, other = sitting(at=13), sitting(day=NEXT_DAY, at=14)
    judge = judging(one, other)
    refused = {
        (room, day)
        for room in (one.workshop.id, other.workshop.id)
        for day in (DAY, NEXT_DAY)
        if not judge.verdict(
            one.id, workshop_id=room, starts_at=judge.hour_on(one.id, day)
        ).accepted
    }
    assert refused == {(other.workshop.id, NEXT_DAY)}


def test_moved_judge_knows_the_move_and_the_old_one_does_not():
    here, there = sitting(), sitting(day=NEXT_DAY)
    old = judging(here, there)
    new = old.moved([Move(there.id, here.workshop.id, at(DAY, 14))])
    assert told(new, here, DAY, 15) == ["workshop_double_booked"]
    assert told(old, here, DAY, 15) == []
    assert told(new, here, NEXT_DAY, 9, there.workshop) == []


def test_a_finding_of_the_plan_has_a_ready_fix_at_once():
    room = workshop()
    here, there = sitting(workshop=room), sitting(workshop=room)
    judge = judging(here, there, workshops=[workshop("Запасная")])
    found = next(iter(check_plan(judge.plan)))
    labels = [fix.label for fix in judge.fixes(here.id, found)]
    assert labels[0].startswith("Начать в ")
    assert {"Перенести на 19\u00a0июня", "Мастерская «Запасная»"} <= set(labels)


# -- several at once ----------------------------------------------------------------------


def together(judge, *moves):
    return [codes(verdict.findings) for verdict in judge.verdicts(moves)]


def test_those_who_move_together_clash_at_their_new_places_and_not_at_the_old():
    room = workshop()
    quick = kit(turnaround=0)
    one, two = sitting(kit=quick, workshop=room), sitting(kit=quick, workshop=room, day=NEXT_DAY)
    judge = judging(one, two)
    swap = Move(one.id, room.id, at(NEXT_DAY)), Move(two.id, room.id, at(DAY))
    assert together(judge, *swap) == [[], []]
    crash = Move(one.id, room.id, at(MONDAY)), Move(two.id, room.id, at(MONDAY, 10))
    assert together(judge, *crash) == [["workshop_double_booked"]] * 2
    beside = Move(one.id, room.id, at(MONDAY)), Move(two.id, room.id, at(MONDAY, 14))
    assert together(judge, *beside) == [[], []]


def test_moved_set_meets_what_stays():
    who, room = expert(), workshop()
    stays = sitting(*full_team(), duty(who), day=MONDAY)
    one = sitting(*full_team(), duty(who))
    two = sitting(workshop=room)
    moves = Move(one.id, one.workshop.id, at(MONDAY)), Move(two.id, room.id, at(MONDAY))
    assert together(judging(stays, one, two), *moves) == [["expert_double_booked"], []]


def test_week_that_is_shifted_whole_has_no_new_finding():
    who, room = expert(weekly_days=3), workshop()
    days = [MONDAY + timedelta(days=n) for n in range(3)]
    week = [sitting(*full_team(), duty(who), workshop=room, day=day) for day in days]
    moves = [Move(one.id, room.id, one.starts_at + timedelta(days=7)) for one in week]
    assert together(judging(*week), *moves) == [[], [], []]
    alone = judging(*week, sitting(*full_team(), duty(who), day=days[0] + timedelta(days=10)))
    assert together(alone, *moves) == [["expert_over_week"]] * 3


def test_one_of_one_is_the_verdict_itself():
    one = sitting()
    judge = judging(one)
    move = Move(one.id, one.workshop.id, at(date(2026, 6, 20)))
    (told_once,) = judge.verdicts([move])
    assert codes(told_once.findings) == told(judge, one, date(2026, 6, 20)) == ["weekend"]
    assert list(judge.verdicts([])) == []


# -- properties ---------------------------------------------------------------------------

PEOPLE = [expert(f"Эксперт {n}", weekly_days=3) for n in range(6)]
ROOMS = [workshop(f"Мастерская {n}", places=6, hours={5: None}) for n in range(3)]
GROUPS = [group(f"Г-{n}", head_count=10) for n in range(3)]
KITS = [kit(turnaround=60), kit(turnaround=0, exam_days=2)]
DAYS = [MONDAY + timedelta(days=n) for n in range(12)]


@st.composite
def sittings(draw):
    """Anything that waits for its place: groups and experts are shared by several."""
    people = draw(
        st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique_by=lambda who: who.id)
    )
    start = datetime.min
    return sitting(
        *(duty(who) for who in people),
        group=draw(st.sampled_from(GROUPS)),
        kit=draw(st.sampled_from(KITS)),
        head_count=draw(st.sampled_from([5, 6])),
        starts_at=start,
        ends_at=start + timedelta(minutes=210),
        workshop=None,
        preparation_day=None,
    )


PLACES = st.tuples(st.sampled_from(ROOMS), st.sampled_from(DAYS), st.sampled_from([8, 9, 11, 13]))


@given(st.lists(sittings(), min_size=2, max_size=6), st.data())
@settings(max_examples=60, deadline=None)
def test_plan_of_accepted_moves_has_no_blocking_finding(waiting, data):
    unplaced = tuple(UnplacedFacts(one.id, one.group.name, one) for one in waiting)
    judge = MoveJudge(plan(unplaced=unplaced), CALENDAR, {}, workshops=ROOMS)
    placed_ids = set()
    for one in data.draw(st.lists(st.sampled_from(waiting), max_size=12)):
        room, day, hour = data.draw(PLACES)
        verdict = judge.verdict(one.id, workshop_id=room.id, starts_at=at(day, hour))
        if verdict.accepted:
            judge = judge.moved([verdict.move])
            placed_ids.add(one.id)
    made = [judge.sittings[ident] for ident in sorted(placed_ids)]
    assert contradictions(check_plan(plan(*made, today=TODAY))) == []


@given(st.lists(sittings(), min_size=2, max_size=5), st.data())
@settings(max_examples=40, deadline=None)
def test_verdict_says_what_the_check_of_the_plan_would_say(waiting, data):
    made = []
    for one in waiting:
        room, day, hour = data.draw(PLACES)
        made.append(placed(one, room, at(day, hour), CALENDAR))
    room, day, hour = data.draw(PLACES)
    mover = made[0]
    verdict = judging(*made, workshops=ROOMS).verdict(
        mover.id, workshop_id=room.id, starts_at=at(day, hour)
    )
    there = placed(mover, room, at(day, hour), CALENDAR)
    fresh = judging(there, *made[1:], workshops=ROOMS)
    assert sorted(map(str, verdict.findings)) == sorted(map(str, fresh.findings(there)))


@given(st.lists(sittings(), min_size=2, max_size=5), st.data())
@settings(max_examples=40, deadline=None)
def test_verdicts_of_a_set_are_those_of_the_plan_with_all_of_it_moved(waiting, data):
    made = [placed(one, *there(data), CALENDAR) for one in waiting]
    chosen = data.draw(st.lists(st.sampled_from(made), min_size=1, unique_by=lambda one: one.id))
    moves = [Move(one.id, place.id, start) for one in chosen for place, start in [there(data)]]
    judge = judging(*made, workshops=ROOMS)
    fresh = judging(*judge.moved(moves).sittings.values(), workshops=ROOMS)
    for verdict in judge.verdicts(moves):
        expected = fresh.findings(fresh.sittings[verdict.move.id])
        assert sorted(map(str, verdict.findings)) == sorted(map(str, expected))
    after, old = judge.moved(moves), judging(*made, workshops=ROOMS)
    for one in made:
        assert all_told(after, one.id) == all_told(fresh, one.id)
        assert all_told(judge, one.id) == all_told(old, one.id)


def all_told(judge, ident):
    return sorted(map(str, judge.findings(judge.sittings[ident])))


def there(data):
    room, day, hour = data.draw(PLACES)
    return room, at(day, hour)
