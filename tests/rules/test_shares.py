from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rules.plan_builder import college_job, job

from demoexam.rules.shares import (
    Share,
    check_share,
    counted_roles,
    deciding_job,
    deciding_turn,
    persons_side,
    roster_day,
    share_of,
    side_of_job,
    side_on,
    target_for,
)
from demoexam.rules.terms import Level, OrganizationKind, Role, Side, SideDate

MAY, JUNE, JULY = date(2026, 5, 20), date(2026, 6, 20), date(2026, 7, 1)
KINDS = OrganizationKind.UNIVERSITY, OrganizationKind.OTHER

sides = st.lists(st.sampled_from(Side), max_size=60)
targets = st.integers(0, 100)
shares = st.builds(
    lambda employers, others, unknown: Share(employers, employers + others, unknown),
    st.integers(0, 400),
    st.integers(0, 400),
    st.integers(0, 9),
)


# -- the number ---------------------------------------------------------------------------


@given(sides)
def test_share_lies_between_nothing_and_all(sides):
    share = share_of(sides)
    assert share.value is None or 0 <= share.value <= 1
    assert share.experts + share.unknown == len(sides)


@given(sides)
def test_one_more_employer_never_lowers_the_share(sides):
    before, after = share_of(sides), share_of([*sides, Side.EMPLOYER])
    assert after.value is not None
    assert after.value >= (before.value or 0)
    assert before.plus(Side.EMPLOYER) == after


@given(sides, st.sampled_from(Side))
def test_taking_away_what_was_added_changes_nothing(sides, side):
    share = share_of(sides)
    assert share.plus(side, 3).plus(side, -3) == share


@given(sides)
def test_people_of_unknown_organization_are_in_neither_part(sides):
    known = [side for side in sides if side is not Side.UNKNOWN]
    assert share_of(sides).value == share_of(known).value


def test_nobody_is_no_data_and_not_zero():
    nobody = share_of([Side.UNKNOWN])
    assert nobody == Share(0, 0, 1)
    assert (nobody.value, nobody.gap(50), nobody.meets(50)) == (None, None, None)
    assert (nobody.add(50), nobody.replace(50)) == (None, None)


def test_example_of_the_field():
    share = Share(employers=11, experts=24)
    assert share.value == Fraction(11, 24)
    assert share.gap(50) == Fraction(25, 6)
    assert (share.add(50), share.replace(50)) == (2, 1)


@given(shares, targets)
def test_adding_so_many_meets_the_target_and_one_less_does_not(share, target):
    more = share.add(target)
    assume(more is not None)
    assert share.plus(Side.EMPLOYER, more).meets(target)
    if more:
        assert not share.plus(Side.EMPLOYER, more - 1).meets(target)


@given(shares, targets)
def test_replacing_so_many_meets_the_target_and_one_less_does_not(share, target):
    swap = share.replace(target)
    assume(swap is not None)
    assert swap <= share.experts - share.employers
    assert Share(share.employers + swap, share.experts).meets(target)
    if swap:
        assert not Share(share.employers + swap - 1, share.experts).meets(target)


@given(shares)
def test_everybody_from_employers_is_reached_by_replacing_only(share):
    assume(share.employers < share.experts)
    assert share.add(100) is None
    assert share.replace(100) == share.experts - share.employers


def test_target_met_exactly_needs_nobody():
    assert Share(7, 10).add(70) == Share(7, 10).replace(70) == 0
    assert Share(5, 5).add(100) == 0


@given(shares, targets)
def test_gap_is_positive_exactly_when_the_target_is_missed(share, target):
    assume(share.experts)
    assert (share.gap(target) > 0) is not share.meets(target)


# -- the side -----------------------------------------------------------------------------


def test_side_is_that_of_the_main_job_on_the_day():
    moved = (college_job(valid_to=date(2026, 6, 9)), job(valid_from=date(2026, 6, 10)))
    assert side_on(moved, date(2026, 6, 9)) is Side.EDUCATION
    assert side_on(moved, date(2026, 6, 10)) is Side.EMPLOYER


def test_second_job_does_not_decide():
    jobs = (college_job(), job(is_main=False, valid_from=MAY))
    assert side_on(jobs, JUNE) is Side.EDUCATION


def test_of_two_main_jobs_the_later_decides():
    jobs = (job(valid_from=date(2020, 1, 1)), college_job(valid_from=MAY), college_job())
    assert deciding_job(jobs, JUNE) is jobs[1]


def test_without_a_main_job_any_job_tells():
    assert side_on([job(is_main=False)], JUNE) is Side.EMPLOYER


def test_nobody_knows_where_he_works():
    assert side_on([], JUNE) is Side.UNKNOWN
    assert side_on([job(valid_to=MAY)], JUNE) is Side.UNKNOWN


@pytest.mark.parametrize("kind", [*KINDS, OrganizationKind.COLLEGE])
def test_only_employers_count_as_such(kind):
    assert side_of_job(kind, None) is not Side.EMPLOYER


def test_coordinator_may_decide_otherwise():
    assert side_of_job(OrganizationKind.COLLEGE, True) is Side.EMPLOYER
    assert side_of_job(OrganizationKind.EMPLOYER, False) is Side.OTHER
    assert side_of_job(OrganizationKind.UNIVERSITY, False) is Side.EDUCATION
    assert side_of_job(OrganizationKind.OTHER, None) is Side.OTHER


@given(st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), min_size=1))
def test_new_job_never_moves_a_side_of_the_past(days):
    started = date(2027, 1, 1)
    before = [college_job()]
    after = [college_job(valid_to=started - timedelta(1)), job(valid_from=started)]
    for by in SideDate:
        assert persons_side(before, days, by) is persons_side(after, days, by)


MOVED_IN_JUNE = (college_job(valid_to=date(2026, 5, 31)), job(valid_from=date(2026, 6, 1)))


@pytest.mark.parametrize(
    ("days", "by", "side"),
    [
        ([MAY, MAY, JUNE], SideDate.LAST, Side.EMPLOYER),
        ([MAY, MAY, JUNE], SideDate.ANY, Side.EMPLOYER),
        ([MAY, MAY, JUNE], SideDate.MOST, Side.EDUCATION),
        ([MAY, JUNE], SideDate.MOST, Side.EMPLOYER),
        ([MAY], SideDate.LAST, Side.EDUCATION),
        ([MAY], SideDate.ANY, Side.EDUCATION),
    ],
)
def test_person_who_moved_in_june(days, by, side):
    assert persons_side(MOVED_IN_JUNE, days, by) is side


def test_unknown_side_gives_way_to_a_known_one():
    left = [college_job(valid_to=MAY)]
    assert persons_side(left, [MAY, JUNE, JULY], SideDate.MOST) is Side.EDUCATION
    assert persons_side(left, [MAY, JUNE, JULY], SideDate.LAST) is Side.UNKNOWN
    assert persons_side([], [MAY], SideDate.MOST) is Side.UNKNOWN


def test_sitting_that_decided_is_the_latest_on_that_side():
    turns = [(JULY, Side.EDUCATION), (MAY, Side.EMPLOYER), (JUNE, Side.EMPLOYER)]
    assert deciding_turn(turns, SideDate.ANY) == (JUNE, Side.EMPLOYER)
    assert deciding_turn(turns, SideDate.LAST) == (JULY, Side.EDUCATION)


# -- roles, days, targets -----------------------------------------------------------------


def test_technical_expert_is_never_counted():
    assert counted_roles(chief_counts=True) == (Role.CHIEF, Role.SCORING)
    assert counted_roles(chief_counts=False) == (Role.SCORING,)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2025, date(2025, 12, 31)), (2026, JUNE), (2027, date(2027, 1, 1))],
)
def test_roster_of_a_year_is_counted_within_it(year, day):
    assert roster_day(year, JUNE) == day


def test_last_known_target_is_carried_on():
    targets = {2022: 50, 2023: 60, 2024: 70}
    assert [target_for(targets, year) for year in (2021, 2022, 2024, 2030)] == [None, 50, 70, 70]


# -- R13 ----------------------------------------------------------------------------------


def told(share, target):
    return str(check_share(2026, share, target)).replace("\N{NO-BREAK SPACE}", " ")


def test_share_below_its_target_says_how_many_more():
    found = check_share(2026, Share(11, 24), 50)
    assert (found.code, found.rule, found.level) == ("share_below_target", "R13", Level.WARNING)
    assert told(Share(11, 24), 50) == (
        "Доля экспертов от работодателей за 2026 год 45,8 % (11 из 24), цель 50 %. "
        "До цели нужно привлечь ещё 2 экспертов от работодателей "
        "или заменить 1 эксперта работниками предприятий."
    )


def test_target_of_everybody_can_only_be_met_by_replacing():
    assert told(Share(3, 5), 100).endswith(
        "До цели нужно заменить 2 экспертов работниками предприятий."
    )


def test_nothing_is_said_without_data_or_target_or_need():
    assert check_share(2026, Share(), 50) is None
    assert check_share(2026, Share(1, 9), None) is None
    assert check_share(2026, Share(5, 5), 100) is None
