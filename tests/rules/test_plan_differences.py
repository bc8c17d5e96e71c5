"""Two plans compared."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.plan_differences import Difference, DifferenceKind, PlannedSitting, differences
from demoexam.rules.terms import Role

START = datetime(2026, 6, 18, 9)
ONE = PlannedSitting(
    "s1", "g1", "k1", START, START + timedelta(hours=3), workshop_id="w1", head_count=10,
    duties=frozenset({(Role.CHIEF, "e1"), (Role.SCORING, "e2")}),
)  # fmt: skip
SITTINGS = st.builds(
    PlannedSitting,
    id=st.sampled_from("abcdef"),
    group_id=st.just("g"),
    kit_id=st.sampled_from(("k1", "k2")),
    starts_at=st.sampled_from((START, START + timedelta(days=1))),
    ends_at=st.just(START + timedelta(hours=3)),
    workshop_id=st.sampled_from((None, "w1", "w2")),
    head_count=st.integers(1, 3),
    duties=st.frozensets(st.tuples(st.sampled_from(list(Role)), st.sampled_from("xyz"))),
)
PLANS = st.lists(SITTINGS, unique_by=lambda one: one.id, max_size=6)


def kinds(old, new):
    return [one.kind for one in differences(old, new)]


@given(PLANS)
def test_a_plan_does_not_differ_from_itself(plan):
    assert differences(plan, list(reversed(plan))) == []


@given(PLANS, PLANS)
def test_what_is_told_leads_from_one_plan_to_the_other(old, new):
    told = differences(old, new)

    plan = {one.id: one for one in old}
    for each in told:
        if each.new is None:
            del plan[each.old.id]
        else:
            plan[each.new.id] = each.new
    assert plan == {one.id: one for one in new}


@given(PLANS, PLANS)
def test_the_way_back_tells_the_same_sittings(old, new):
    there = {one.sitting.id for one in differences(old, new)}
    back = {one.sitting.id for one in differences(new, old)}
    assert there == back


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"workshop_id": "w2"}, DifferenceKind.MOVED),
        ({"starts_at": START + timedelta(days=1)}, DifferenceKind.MOVED),
        ({"second_day": date(2026, 6, 19)}, DifferenceKind.MOVED),
        ({"preparation_day": date(2026, 6, 16)}, DifferenceKind.MOVED),
        ({"head_count": 11}, DifferenceKind.NUMBERS),
        ({"kit_id": "k2"}, DifferenceKind.NUMBERS),
        ({"duties": frozenset({(Role.CHIEF, "e1")})}, DifferenceKind.EXPERTS),
    ],
)
def test_each_fact_has_its_kind(change, kind):
    assert kinds([ONE], [replace(ONE, **change)]) == [kind]


def test_one_sitting_can_differ_in_several_ways():
    other = replace(ONE, workshop_id="w2", head_count=9, duties=frozenset())

    assert kinds([ONE], [other]) == [
        DifferenceKind.MOVED, DifferenceKind.EXPERTS, DifferenceKind.NUMBERS
    ]  # fmt: skip


def test_added_and_dropped():
    assert kinds([], [ONE]) == [DifferenceKind.ADDED]
    assert kinds([ONE], []) == [DifferenceKind.DROPPED]


def test_experts_who_came_and_went():
    other = replace(ONE, duties=frozenset({(Role.CHIEF, "e1"), (Role.SCORING, "e3")}))
    (told,) = differences([ONE], [other])

    assert (told.gone, told.come) == ([(Role.SCORING, "e2")], [(Role.SCORING, "e3")])


def test_a_difference_is_of_something():
    with pytest.raises(ValueError, match="of nothing"):
        _ = Difference(DifferenceKind.MOVED, None, None).sitting
