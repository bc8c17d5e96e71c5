import pytest
from rules.plan_builder import codes, duty, expert, full_team, kit, sitting

from demoexam.rules.expert_group import check_roles, check_seats
from demoexam.rules.plan import StaffingRange
from demoexam.rules.terms import Answer, Level, Role

CHIEF, SCORING, TECHNICAL = Role.CHIEF, Role.SCORING, Role.TECHNICAL


def team(*roles):
    return tuple(duty(expert(f"Эксперт {n}"), role) for n, role in enumerate(roles))


def test_full_group_lacks_nothing():
    assert list(check_seats(sitting())) == []
    assert list(check_roles(sitting())) == []


@pytest.mark.parametrize(
    ("roles", "code", "rule"),
    [
        ((CHIEF, SCORING), "chief_scores", "R4"),
        ((SCORING, CHIEF), "chief_scores", "R4"),
        ((TECHNICAL, SCORING), "technical_scores", "R5"),
        ((CHIEF, TECHNICAL), "expert_listed_twice", ""),
        ((SCORING, SCORING), "expert_listed_twice", ""),
    ],
)
def test_nobody_has_two_roles_in_one_sitting(roles, code, rule):
    who = expert("Белов Пётр")
    first, second = (duty(who, role) for role in roles)
    (found,) = check_roles(sitting(first, second))
    assert (found.code, found.rule, found.level) == (code, rule, Level.CONTRADICTION)
    assert found.subjects[0] == second.assignment_id
    assert str(found).startswith("Белов Пётр")


def test_there_is_one_chief():
    (found,) = check_roles(sitting(*team(CHIEF, CHIEF)))
    assert found.code == "second_chief"
    assert "уже есть главный эксперт, Эксперт 0" in str(found)


def test_who_refused_leaves_his_role():
    who = expert()
    gone = duty(who, CHIEF, answer=Answer.REFUSED)
    assert list(check_roles(sitting(gone, duty(who)))) == []


def test_fewer_experts_than_the_kit_needs():
    found = list(check_seats(sitting(*team(CHIEF, SCORING, TECHNICAL))))
    assert [(each.code, each.rule, each.level) for each in found] == [
        ("too_few_experts", "R7", Level.INCOMPLETE)
    ]
    assert "на 5\N{NO-BREAK SPACE}участников не меньше 2, не считая главного" in str(found[0])
    assert str(found[0]).endswith("Назначьте ещё 1\N{NO-BREAK SPACE}эксперта.")


def test_fewer_experts_than_recommended():
    (found,) = check_seats(sitting(*team(CHIEF, SCORING, SCORING, TECHNICAL)))
    assert (found.code, found.rule, found.level) == (
        "fewer_than_recommended",
        "R8",
        Level.WARNING,
    )
    assert "экспертов 2, а комплект 09.02.07-2-2026 советует 3" in str(found)


def test_more_examinees_need_more_experts():
    crowd = sitting(*full_team(), head_count=16)
    (found,) = check_seats(crowd)
    assert (found.code, found.recommended) == ("fewer_than_recommended", 6)


def test_table_reaches_below_its_first_row_and_above_its_last():
    narrow = kit(staffing=(StaffingRange(5, 10, 3, 3), StaffingRange(11, 20, 4, 4)))
    assert narrow.staffing_for(1).minimum == 3
    assert narrow.staffing_for(99).minimum == 4
    assert kit(staffing=()).staffing_for(5) is None


def test_expert_who_refused_leaves_an_empty_seat():
    gone = duty(expert(), answer=Answer.REFUSED)
    lacking = sitting(*team(CHIEF, SCORING, TECHNICAL), gone)
    assert codes(check_seats(lacking)) == ["too_few_experts"]


def test_chief_and_technical_seats_are_missed():
    found = list(check_seats(sitting(*team(SCORING, SCORING, SCORING))))
    assert [(each.code, each.level) for each in found] == [
        ("chief_missing", Level.INCOMPLETE),
        ("technical_missing", Level.WARNING),
    ]
    assert [fix.value for each in found for fix in each.fixes] == ["chief", "technical"]


def test_kit_without_a_table_needs_somebody_at_least():
    bare = kit(staffing=())
    assert codes(check_seats(sitting(*team(CHIEF, TECHNICAL), kit=bare))) == ["too_few_experts"]
    assert list(check_seats(sitting(*team(CHIEF, SCORING, TECHNICAL), kit=bare))) == []


def test_sitting_without_a_kit_is_not_counted_by_it():
    assert codes(check_seats(sitting(*team(CHIEF, TECHNICAL), kit=None))) == ["too_few_experts"]


def test_board_member_is_on_site():
    (found,) = check_seats(sitting(board_member=" "))
    assert (found.code, found.rule, found.level) == ("no_board_member", "R11", Level.WARNING)


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (CHIEF, "и главный эксперт"),
        (SCORING, "и член экспертной группы"),
        (TECHNICAL, "и технический эксперт"),
    ],
)
def test_board_member_is_not_of_the_expert_group(role, told):
    extra = duty(expert("Семёнов Семён"), role)
    found = list(check_seats(sitting(*full_team(), extra, board_member="Семенов Семен")))
    assert [each.code for each in found] == ["no_board_member"]
    assert told in str(found[0])
