"""Rows that are sound apart and contradict each other together: held, told of, let go again."""

import pytest
from sqlalchemy import text

DAY = "2026-06-25"  # nobody of the blank store has anything on it


@pytest.fixture
def plan(two):
    """Both desks' common ground: two colleges with a group and a workshop each, two experts."""
    colleges = [i for i in two.ids("organization") if _kind(two, i) == "college"]
    employers = [i for i in two.ids("organization") if _kind(two, i) == "employer"]
    return {"colleges": colleges, "employers": employers, **{
        name: two.ids(table) for name, table in (
            ("groups", "study_group"), ("rooms", "workshop"), ("experts", "expert"),
            ("sittings", "exam_session"), ("duties", "assignment"), ("jobs", "employment"),
            ("kits", "assessment_kit"), ("places", "exam_place"), ("examinees", "examinee"),
        )
    }}  # fmt: skip


def _kind(two, ident):
    return two.row(two.anna, "organization", ident)["kind"]


def sitting(two, desk, plan, *, number=0, room=0, day=DAY, start="09:00", end="12:00", **more):
    return two.add(
        desk, "exam_session", group_id=plan["groups"][number], kit_id=plan["kits"][0],
        workshop_id=plan["rooms"][room], starts_at=f"{day}T{start}", ends_at=f"{day}T{end}",
        state="planned", **more,
    )  # fmt: skip


def duty(two, desk, session, expert, role="scoring"):
    return two.add(desk, "assignment", session_id=session, expert_id=expert, role=role)


def held(two, desk, table, *idents):
    return [bool(two.row(desk, table, ident)["held"]) for ident in idents]


def clash(two, ident):
    """(code, other row, status, choice) of the conflicts of a held row, for both desks alike."""
    here, there = (
        [(told["code"], told["other_id"], told["status"], told["choice"])
         for told in two.conflicts(desk, ident, kind="rule")]
        for desk in (two.anna, two.boris)
    )  # fmt: skip
    assert here == there
    return here


def test_a_workshop_given_twice_keeps_who_came_first_and_holds_the_other(two, plan):
    first = sitting(two, two.anna, plan)
    second = sitting(two, two.boris, plan, number=1, start="11:00", end="14:00")
    two.sync(two.anna, two.boris)
    two.at_rest()
    assert held(two, two.anna, "exam_session", first, second) == [False, True]
    assert clash(two, second) == [("workshop_double_booked", first, "open", None)]


def test_sittings_that_only_touch_are_both_kept(two, plan):
    first = sitting(two, two.anna, plan)
    second = sitting(two, two.boris, plan, number=1, start="12:00", end="15:00")
    two.at_rest()
    assert held(two, two.anna, "exam_session", first, second) == [False, False]


def test_the_second_day_of_a_sitting_counts_too(two, plan):
    first = sitting(two, two.anna, plan, second_day="2026-06-26")
    second = sitting(two, two.boris, plan, number=1, day="2026-06-26")
    two.sync(two.anna, two.boris)
    two.at_rest()
    assert held(two, two.boris, "exam_session", first, second) == [False, True]


def test_a_held_sitting_returns_when_it_is_moved(two, plan):
    first = sitting(two, two.anna, plan)
    second = sitting(two, two.boris, plan, number=1)
    two.sync(two.anna, two.boris)
    two.write(two.boris, "exam_session", second, workshop_id=plan["rooms"][1])
    two.at_rest()
    assert held(two, two.anna, "exam_session", first, second) == [False, False]
    assert clash(two, second) == [("workshop_double_booked", first, "resolved", "data")]


@pytest.mark.parametrize("way", ["moved", "deleted"])
def test_a_held_sitting_returns_when_the_other_one_goes(two, plan, way):
    first = sitting(two, two.anna, plan)
    second = sitting(two, two.boris, plan, number=1)
    two.sync(two.anna, two.boris, two.anna)
    if way == "moved":
        two.write(two.anna, "exam_session", first, workshop_id=plan["rooms"][1])
    else:
        two.delete(two.anna, "exam_session", first)
    two.at_rest()
    assert held(two, two.boris, "exam_session", second) == [False]
    assert clash(two, second) == [("workshop_double_booked", first, "resolved", "data")]


def test_a_held_sitting_that_is_moved_from_one_clash_into_another_stays_held(two, plan):
    first = sitting(two, two.anna, plan)
    other = sitting(two, two.anna, plan, room=1)
    second = sitting(two, two.boris, plan, number=1)
    two.sync(two.anna, two.boris)
    two.write(two.boris, "exam_session", second, workshop_id=plan["rooms"][1])
    two.at_rest()
    assert held(two, two.anna, "exam_session", first, other, second) == [False, False, True]
    assert clash(two, second) == [
        ("workshop_double_booked", first, "resolved", "data"),
        ("workshop_double_booked", other, "open", None),
    ]


def test_a_clash_called_settled_that_goes_on_is_told_of_anew(two, plan):
    first = sitting(two, two.anna, plan)
    second = sitting(two, two.boris, plan, number=1)
    two.sync(two.anna, two.boris)
    told = two.told(two.boris, second, kind="rule")
    two.write(two.boris, "conflict", told["id"], status="resolved", choice="hub")
    two.sync(two.boris, two.anna)
    two.at_rest()
    assert held(two, two.anna, "exam_session", first, second) == [False, True]
    assert ("workshop_double_booked", first, "open", None) in clash(two, second)


def test_a_clash_called_settled_that_is_over_lets_the_row_go(two, plan):
    first = sitting(two, two.anna, plan)
    second = sitting(two, two.boris, plan, number=1)
    two.sync(two.anna, two.boris, two.anna)
    told = two.told(two.boris, second, kind="rule")
    two.write(two.boris, "conflict", told["id"], status="resolved", choice="hub")
    two.write(two.boris, "exam_session", first, workshop_id=plan["rooms"][1])
    two.sync(two.boris, two.anna)
    two.at_rest()
    assert held(two, two.anna, "exam_session", first, second) == [False, False]


def test_what_a_desk_itself_holds_stays_held_whoever_touches_it(two, plan):
    """An import keeps rows out for reasons of its own, of which the hub's rules know nothing."""
    kept = sitting(two, two.anna, plan, held=1)
    two.sync(two.anna, two.boris)
    assert held(two, two.boris, "exam_session", kept) == [True]
    two.write(two.boris, "exam_session", kept, note="посмотреть")
    two.sync(two.boris, two.anna)
    assert held(two, two.anna, "exam_session", kept) == [True]
    assert two.row(two.anna, "exam_session", kept)["note"] == "посмотреть"
    assert clash(two, kept) == []


def test_what_has_taken_place_is_not_held(two, plan):
    first = sitting(two, two.anna, plan)
    second = sitting(two, two.boris, plan, number=1)
    two.write(two.boris, "exam_session", second, state="done")
    two.sync(two.anna, two.boris)
    two.at_rest()
    assert held(two, two.anna, "exam_session", first, second) == [False, False]


def test_an_expert_in_two_sittings_at_once_has_the_later_duty_held(two, plan):
    expert = plan["experts"][0]
    first = sitting(two, two.anna, plan)
    second = sitting(two, two.anna, plan, room=1, start="10:00", end="13:00")
    two.sync(two.anna, two.boris)
    kept = duty(two, two.anna, first, expert)
    lost = duty(two, two.boris, second, expert)
    two.sync(two.anna, two.boris)
    two.at_rest()
    assert held(two, two.anna, "assignment", kept, lost) == [False, True]
    assert clash(two, lost) == [("expert_double_booked", kept, "open", None)]


def test_a_sitting_that_moves_onto_another_takes_its_expert_out_of_one_of_them(two, plan):
    expert = plan["experts"][0]
    first = sitting(two, two.anna, plan)
    second = sitting(two, two.anna, plan, room=1, start="14:00", end="17:00")
    kept = duty(two, two.anna, first, expert)
    moved = duty(two, two.anna, second, expert)
    two.sync(two.anna, two.boris)
    two.write(two.boris, "exam_session", second, starts_at=f"{DAY}T10:00", ends_at=f"{DAY}T13:00")
    two.at_rest()
    assert held(two, two.anna, "assignment", kept, moved) == [False, True]
    two.write(two.anna, "exam_session", first, starts_at=f"{DAY}T14:00", ends_at=f"{DAY}T17:00")
    two.at_rest()
    assert held(two, two.boris, "assignment", kept, moved) == [False, False]


def test_one_expert_listed_twice_for_a_sitting_is_listed_once(two, plan):
    session = sitting(two, two.anna, plan)
    two.sync(two.anna, two.boris)
    kept = duty(two, two.anna, session, plan["experts"][0])
    lost = duty(two, two.boris, session, plan["experts"][0], role="chief")
    two.sync(two.anna, two.boris)
    two.at_rest()
    assert held(two, two.boris, "assignment", kept, lost) == [False, True]
    assert clash(two, lost) == [("expert_listed_twice", kept, "open", None)]


@pytest.mark.parametrize("job_first", [True, False])
def test_an_expert_who_goes_to_work_for_the_college_loses_his_duty_there(two, plan, job_first):
    expert, job = plan["experts"][0], plan["jobs"][0]
    session = sitting(two, two.anna, plan)
    two.sync(two.anna, two.boris)
    lost = duty(two, two.anna, session, expert)
    two.write(two.boris, "employment", job, organization_id=plan["colleges"][0])
    two.sync(*((two.boris, two.anna) if job_first else (two.anna, two.boris)))
    two.at_rest()
    assert held(two, two.boris, "assignment", lost) == [True]
    assert clash(two, lost) == [("expert_from_same_college", job, "open", None)]
    two.write(two.boris, "employment", job, organization_id=plan["employers"][1])
    two.at_rest()
    assert held(two, two.anna, "assignment", lost) == [False]


def test_a_duty_that_does_not_assess_may_be_held_by_the_colleges_own(two, plan):
    session = sitting(two, two.anna, plan)
    two.sync(two.anna, two.boris)
    kept = duty(two, two.anna, session, plan["experts"][0], role="technical")
    two.write(two.boris, "employment", plan["jobs"][0], organization_id=plan["colleges"][0])
    two.at_rest()
    assert held(two, two.boris, "assignment", kept) == [False]


@pytest.mark.parametrize("parent_first", [True, False])
def test_a_child_of_a_deleted_parent_is_held_until_the_parent_is_brought_back(
    two, plan, parent_first
):
    made = two.add(two.anna, "expert", last_name="Ненужный", first_name="Пётр")
    two.sync(two.anna, two.boris)
    two.delete(two.anna, "expert", made)
    job = two.add(two.boris, "employment", expert_id=made, organization_id=plan["employers"][0])
    two.sync(*((two.anna, two.boris) if parent_first else (two.boris, two.anna)))
    two.at_rest()
    assert held(two, two.anna, "employment", job) == [True]
    assert clash(two, job) == [("parent_deleted", made, "open", None)]
    two.write(two.anna, "expert", made, deleted=0, deleted_by=None)
    two.at_rest()
    assert held(two, two.boris, "employment", job) == [False]


def test_a_workplace_given_twice_is_given_once(two, plan):
    session = sitting(two, two.anna, plan)
    two.sync(two.anna, two.boris)
    kept, lost = (
        two.add(desk, "exam_place", session_id=session, examinee_id=examinee, workplace=7)
        for desk, examinee in zip((two.anna, two.boris), plan["examinees"], strict=True)
    )
    two.sync(two.anna, two.boris)
    two.at_rest()
    assert held(two, two.boris, "exam_place", kept, lost) == [False, True]


def test_an_inn_entered_twice_is_told_of_and_both_stay(two):
    firms = [
        two.add(desk, "organization", kind="employer", short_name=desk.name, inn="7707083893")
        for desk in (two.anna, two.boris)
    ]
    two.at_rest()
    assert held(two, two.anna, "organization", *firms) == [False, False]
    told = [told for firm in firms for told in two.conflicts(two.boris, firm, kind="duplicate")]
    assert len(told) == 1, told
    assert {told[0]["row_id"], told[0]["other_id"]} == set(firms)
    assert told[0]["code"] == "same_organization"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {}, True),
        ({"phone": "+7 1"}, {"phone": "+7 1"}, True),
        ({"phone": "+7 1"}, {}, True),
        ({"phone": "+7 1"}, {"phone": "+7 2"}, False),
        ({"email": "a@example.org"}, {"email": "b@example.org"}, False),
        ({"middle_name": "Иванович"}, {"middle_name": "Петрович"}, False),
    ],
)
def test_a_person_entered_twice_is_told_of_and_both_stay(two, one, other, same):
    people = [
        two.add(desk, "expert", **{"last_name": "Двойной", "first_name": "Пётр"} | told)
        for desk, told in ((two.anna, one), (two.boris, other))
    ]
    two.at_rest()
    assert held(two, two.anna, "expert", *people) == [False, False]
    told = [told for each in people for told in two.conflicts(two.anna, each, kind="duplicate")]
    assert len(told) == int(same), told


def test_a_duplicate_that_was_settled_is_not_told_of_again(two):
    people = [
        two.add(desk, "expert", last_name="Двойной", first_name="Пётр")
        for desk in (two.anna, two.boris)
    ]
    two.at_rest()
    with two.anna.store.reading() as session:
        told = session.scalars(text("SELECT id FROM conflict WHERE kind = 'duplicate'")).one()
    two.write(two.anna, "conflict", told, status="resolved", choice="both")
    two.write(two.anna, "expert", people[0], note="тёзка")
    two.at_rest()
    found = [c for each in people for c in two.conflicts(two.boris, each, kind="duplicate")]
    assert [each["status"] for each in found] == ["resolved"]
