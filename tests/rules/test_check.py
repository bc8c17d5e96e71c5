from datetime import timedelta

from rules.plan_builder import (
    CALENDAR,
    DAY,
    TODAY,
    codes,
    college_job,
    duty,
    expert,
    full_team,
    group,
    held,
    plan,
    sitting,
    workshop,
)

from demoexam.rules.check import check_candidate, check_one, check_plan, check_sitting
from demoexam.rules.holding import to_hold
from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import UnplacedFacts
from demoexam.rules.terms import Level, Role
from demoexam.rules.violation import contradictions


def found(*sittings, **facts):
    return list(check_plan(plan(*sittings, **facts)))


def test_plan_in_order_has_no_findings():
    place = workshop()
    assert found(sitting(workshop=place), sitting(workshop=place, at=14)) == []


def test_sitting_without_a_workshop_or_a_date_is_incomplete():
    (lacking,) = found(sitting(workshop=None))
    assert (lacking.code, lacking.level) == ("workshop_missing", Level.INCOMPLETE)
    (undated,) = found(unplaced=(UnplacedFacts("x", "ИС-41"),))
    assert (undated.code, undated.level, undated.session) == (
        "date_missing",
        Level.INCOMPLETE,
        "x",
    )
    assert str(undated).startswith("У экзамена группы ИС-41 нет даты")


def test_clash_is_told_once_for_both_sides():
    who = expert()
    here, there = sitting(*full_team(), duty(who)), sitting(*full_team(), duty(who))
    assert codes(found(here, there)) == ["expert_double_booked"]


def test_each_side_of_a_clash_sees_it():
    who = expert()
    here, there = sitting(*full_team(), duty(who)), sitting(*full_team(), duty(who))
    index = PlanIndex([here, there])
    for side in (here, there):
        assert codes(check_sitting(side, index, CALENDAR, TODAY)) == ["expert_double_booked"]


def test_missing_papers_are_told_once_for_the_person():
    who = expert(has_consent=False, certificates=())
    here = sitting(*full_team(), duty(who))
    there = sitting(*full_team(), duty(who), at=14)
    outside = held(sitting(*full_team(), duty(who), at=18))
    told = codes(found(here, there, outside))
    assert told == ["certificate_missing", "consent_missing", "held_mended"]


def test_held_sitting_tells_all_its_reasons_and_harms_nobody():
    place, who = workshop(places=4), expert()
    live = sitting(*full_team(), duty(who), workshop=place, head_count=4)
    outside = held(sitting(*full_team(), duty(who), workshop=place))
    reasons = found(live, outside)
    assert sorted(codes(reasons)) == [
        "expert_double_booked",
        "more_students_than_places",
        "workshop_double_booked",
    ]
    assert all(each.held and each.session == outside.id for each in reasons)


def test_held_duty_tells_all_its_reasons():
    own = group()
    who = expert("Орлов Олег", college_job(own.college_id), taught_groups=frozenset({own.id}))
    busy = sitting(*full_team(), duty(who))
    here = sitting(*full_team(), held(duty(who)), group=own)
    reasons = [each for each in found(busy, here) if each.held]
    assert codes(reasons) == [
        "expert_double_booked",
        "expert_from_same_college",
        "taught_group",
    ]


def test_held_rows_that_contradict_nothing_may_return():
    outside, waiting = held(sitting()), held(duty())
    first, second = found(outside, sitting(*full_team(), waiting))
    assert (first.code, first.subjects, first.held) == ("held_mended", (outside.id,), True)
    assert second.subjects == (waiting.assignment_id,)
    assert "отложено, но плану больше не противоречит" in str(second)


def test_one_sitting_of_a_plan_is_checked_against_the_others():
    place, own = workshop(), group()
    waiting = held(duty(expert("Орлов Олег", college_job(own.college_id))))
    here = sitting(*full_team(), waiting, workshop=place, group=own)
    there, outside = sitting(workshop=place), held(sitting(workshop=place))
    whole = plan(here, there, outside, unplaced=(UnplacedFacts("x", "ИС-41"),))
    assert codes(check_one(whole, here.id)) == [
        "workshop_double_booked",
        "expert_from_same_college",
    ]
    assert codes(check_one(whole, outside.id)) == [
        "workshop_double_booked",
        "workshop_double_booked",
    ]
    assert codes(check_one(whole, "x")) == ["date_missing"]


def test_candidate_is_checked_as_if_seated():
    busy = expert()
    here, there = sitting(*full_team()), sitting(*full_team(), duty(busy))
    index = PlanIndex([here, there])
    assert codes(check_candidate(busy, Role.SCORING, here, index)) == ["expert_double_booked"]
    assert codes(check_candidate(expert(), Role.CHIEF, here, index)) == ["second_chief"]
    chief = here.duties[0].expert
    assert codes(check_candidate(chief, Role.SCORING, here, index)) == ["chief_scores"]
    assert list(check_candidate(expert(), Role.SCORING, here, index)) == []


def test_candidate_is_not_blamed_for_the_quarrels_of_others():
    twice = expert()
    here = sitting(duty(twice, Role.CHIEF), duty(twice))
    assert codes(check_candidate(expert(), Role.CHIEF, here, PlanIndex([here]))) == ["second_chief"]


# -- what came from elsewhere -------------------------------------------------------------


def ids(*records):
    return {getattr(record, "assignment_id", None) or record.id for record in records}


def test_of_two_sittings_in_one_workshop_the_later_is_held():
    place = workshop()
    first, second = sitting(workshop=place), sitting(workshop=place)
    held_rows = to_hold(plan(first, second), ids(first, second))
    assert set(held_rows) == {second.id}
    assert codes(held_rows[second.id]) == ["workshop_double_booked"]


def test_newcomer_gives_way_to_the_plan_even_with_an_older_id():
    place = workshop()
    first, second = sitting(workshop=place), sitting(workshop=place)
    assert set(to_hold(plan(first, second), ids(first))) == {first.id}


def test_of_two_duties_at_one_time_the_later_is_held():
    who = expert()
    one, two = duty(who), duty(who)
    here, there = sitting(*full_team(), one), sitting(*full_team(), two)
    assert set(to_hold(plan(here, there), ids(here, there))) == ids(two)


def test_expert_of_the_same_college_is_held_and_the_sitting_lives():
    own = group()
    wrong = duty(expert("Орлов Олег", college_job(own.college_id)))
    here = sitting(*full_team(), wrong, group=own)
    assert set(to_hold(plan(here), ids(here))) == ids(wrong)


def test_duties_of_a_held_sitting_take_nobody_and_are_not_held_twice():
    who, small = expert(), workshop(places=1)
    crowded = sitting(*full_team(), duty(who), workshop=small)
    fine = sitting(*full_team(), duty(who))
    assert set(to_hold(plan(crowded, fine), ids(crowded, fine))) == {crowded.id}


def test_second_role_of_one_person_is_held():
    who = expert()
    chief, also = duty(who, Role.CHIEF), duty(who)
    here = sitting(chief, also)
    assert set(to_hold(plan(here), ids(here))) == ids(also)


def test_duty_that_came_alone_is_judged_beside_those_that_stayed():
    who = expert()
    came, stayed = duty(who), duty(who)
    here = sitting(came, stayed)
    assert set(to_hold(plan(here), ids(came))) == ids(came)


def test_warnings_hold_nothing():
    weekend = sitting(day=DAY + timedelta(days=2), head_count=5, board_member="")
    assert to_hold(plan(weekend), ids(weekend)) == {}


def test_what_is_left_after_holding_contradicts_nothing():
    place, who = workshop(), expert()
    rows = [sitting(*full_team(), duty(who), workshop=place, at=9 + n) for n in range(6)]
    kept_out = to_hold(plan(*rows), ids(*rows))
    left = [held(row) if row.id in kept_out else row for row in rows]
    live = [each for each in found(*left) if not each.held]
    assert contradictions(live) == []
    assert len(kept_out) == 4
