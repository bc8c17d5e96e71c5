"""What a move does to the employers' share: told when it falls below the target, and mended."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.plan_builder import (
    CALENDAR,
    DAY,
    college_job,
    duty,
    expert,
    job,
    kit,
    plan,
    sitting,
    workshop,
)

from demoexam.rules.moves import MoveJudge
from demoexam.rules.placing import Move
from demoexam.rules.plan import UnplacedFacts
from demoexam.rules.shares import Share, check_share, counted_roles, persons_side, share_of, side_on
from demoexam.rules.terms import CountMethod, Level, Role, SideDate
from demoexam.rules.violation import FixAction
from demoexam.rules.year_shares import ShareLedger, Turn

NEXT_YEAR = date(2027, 2, 16)  # a Tuesday
CODE = "share_below_target"
ANY_YEAR = kit(year=None, staffing=())


def teacher(name="Учителев Пётр", **facts):
    return expert(name, college_job("Колледж связи"), **facts)


def worker(name="Заводов Пётр", **facts):
    return expert(name, job(), **facts)


def team(*scoring):
    chief, technical = expert("Главный Пётр"), expert("Техник Пётр")
    seats = [duty(who) for who in scoring]
    return duty(chief, Role.CHIEF), *seats, duty(technical, Role.TECHNICAL)


def ledger(sittings, target=50, years=(2025, 2026, 2027, 2028), **how):
    """Counted anew from the sittings: what the ledger keeps must agree with it."""
    made = ShareLedger({2022: target}, **how)
    turns, jobs = {}, {}
    for one in sittings:
        for each in one.live_duties if one.starts_at > datetime.min and not one.held else ():
            if each.role in counted_roles(chief_counts=made.chief_counts):
                turns.setdefault(each.expert.id, []).append(Turn(one.day, one.id))
                jobs[each.expert.id] = each.expert.jobs
    shares = {
        year: share_of(
            side for who, mine in turns.items() for side in sides(made, jobs[who], mine, year)
        )
        for year in years
    }
    return ShareLedger({2022: target}, shares, turns, **how)


def sides(made, jobs, turns, year):
    days = [turn.day for turn in turns if turn.day.year == year]
    if made.method is CountMethod.ASSIGNMENTS:
        return [side_on(jobs, day) for day in days]
    return [persons_side(jobs, days, made.side_date)] if days else []


def judging(*sittings, unplaced=(), workshops=(), experts=(), levels=None, **how):
    known = {"workshops": workshops, "experts": experts}
    waiting = tuple(UnplacedFacts(one.id, one.group.name, one) for one in unplaced)
    made = ledger(sittings, **how)
    return MoveJudge(
        plan(*sittings, unplaced=waiting), CALENDAR, levels or {}, ledger=made, **known
    )


def at(day, hour=9):
    return datetime.combine(day, time(hour))


def told(judge, one, day, hour=9):
    """What a verdict says of the share."""
    verdict = judge.verdict(one.id, workshop_id=one.workshop.id, starts_at=at(day, hour))
    return [each for each in verdict.findings if each.code == CODE], verdict


def quiet(*scoring, **facts):
    return sitting(*team(*scoring), kit=ANY_YEAR, **facts)


# -- the sentence -------------------------------------------------------------------------


def test_year_that_loses_its_employers_is_told_with_both_figures():
    gone, stays = quiet(worker(), worker("Цехов Пётр")), quiet(teacher(), teacher("Иной Пётр"))
    judge = judging(gone, stays, chief_counts=False)
    (found,), verdict = told(judge, gone, NEXT_YEAR)
    assert str(found).startswith(
        "Доля экспертов от работодателей за 2026 год станет 0,0\u00a0% (0 из 2), "
        "а сейчас 50,0\u00a0% (2 из 4), цель 50\u00a0%. До цели нужно "
    )
    assert (found.level, verdict.accepted) == (Level.WARNING, True)
    assert found.subjects == (gone.id, "2026")


def test_year_that_begins_below_its_target_is_told():
    one = quiet(teacher(), teacher("Иной Пётр"), worker())
    judge = judging(one, chief_counts=False)
    (found,), _ = told(judge, one, NEXT_YEAR)
    assert "за 2027 год станет 33,3\u00a0% (1 из 3), цель 50\u00a0%" in found.reason


def test_first_place_of_an_exam_changes_the_year_too():
    waiting = quiet(
        teacher(), starts_at=datetime.min, ends_at=datetime.min + timedelta(minutes=210)
    )
    there = quiet(worker(), worker("Цехов Пётр"), day=date(2026, 6, 2))
    judge = judging(
        there, unplaced=[waiting], workshops=[waiting.workshop], target=70, chief_counts=False
    )
    (found,), _ = told(judge, waiting, DAY)
    assert (found.employers, found.experts) == (2, 3)


@pytest.mark.parametrize("target", [50, 100])
def test_move_within_the_year_changes_nothing(target):
    one = quiet(teacher(), worker())
    judge = judging(one, target=target)
    for day in (DAY, date(2026, 1, 20), date(2026, 12, 8)):
        assert told(judge, one, day)[0] == []


def test_better_or_good_enough_is_no_finding():
    bad = quiet(teacher(), teacher("Иной Пётр"))
    there = quiet(worker(), teacher("Третий Пётр"), day=NEXT_YEAR)
    judge = judging(bad, there, chief_counts=False)
    found, _ = told(judge, there, DAY, 14)
    assert found == []  # 2026 rises from 0 to 1 of 4, though not to its target
    rich = judging(bad, there, target=20, chief_counts=False)
    assert told(rich, bad, date(2027, 3, 2))[0] == []


def test_who_changes_his_job_within_the_year_counts_by_its_days():
    left = expert(
        "Ушедший Пётр", job(valid_to=date(2026, 6, 30)), college_job(valid_from=date(2026, 7, 1))
    )
    one, other = quiet(left), quiet(teacher(), worker(), day=date(2026, 6, 2))
    judge = judging(one, other, chief_counts=False)
    assert told(judge, one, date(2026, 6, 29))[0] == []
    (found,), _ = told(judge, one, date(2026, 9, 8))
    assert (found.employers, found.experts) == (1, 3)


def test_roster_unknown_years_and_years_without_target_are_silent():
    one = quiet(teacher())
    assert told(MoveJudge(plan(one), CALENDAR, {}), one, NEXT_YEAR)[0] == []
    assert told(judging(one, years=(2026,)), one, NEXT_YEAR)[0] == []
    unknown = ShareLedger({2030: 50}, {2026: Share(), 2027: Share()})
    assert told(MoveJudge(plan(one), CALENDAR, {}, ledger=unknown), one, NEXT_YEAR)[0] == []


def test_refused_and_technical_experts_count_nothing():
    one = sitting(duty(teacher(), Role.TECHNICAL), kit=ANY_YEAR)
    assert told(judging(one), one, NEXT_YEAR)[0] == []


def test_setting_switches_it_off():
    one = quiet(teacher())
    assert told(judging(one, levels={CODE: "off"}), one, NEXT_YEAR)[0] == []


# -- ways out -----------------------------------------------------------------------------


def test_each_way_out_removes_the_finding():
    one = quiet(teacher(), worker())
    judge = judging(
        one, target=60, chief_counts=False, experts=[teacher("Лишний Пётр"), worker("Новый Пётр")]
    )
    (found,), verdict = told(judge, one, NEXT_YEAR)
    ways = {fix.action: fix for fix in verdict.fixes_of(found)}
    assert set(ways) == {FixAction.REPLACE_EXPERT, FixAction.ADD_EXPERT, FixAction.MOVE_SITTING}
    assert ways[FixAction.REPLACE_EXPERT].label == "Заменить: Учителев\u00a0П. → Новый\u00a0П."
    assert ways[FixAction.ADD_EXPERT].label == "Добавить: Новый\u00a0П."
    back = ways[FixAction.MOVE_SITTING]
    assert back.label == "Перенести на 31\u00a0декабря 2026\u00a0г."
    move = Move.read(back.target, back.value)
    assert told(judge, one, move.starts_at.date())[0] == []


def test_later_year_is_nearer_at_the_end_of_this_one():
    one = quiet(worker(), day=date(2027, 1, 19))
    two = quiet(teacher(), day=date(2027, 1, 20))
    judge = judging(one, two, chief_counts=False)
    (found,), verdict = told(judge, one, date(2026, 12, 22))
    assert found.year == 2027
    (back,) = [fix for fix in verdict.fixes_of(found) if fix.action is FixAction.MOVE_SITTING]
    assert Move.read(one.id, back.value).starts_at.date() == date(2027, 1, 1)


def test_several_are_invited_when_one_is_too_few():
    one = quiet(teacher(), teacher("Иной Пётр"))
    people = [worker(f"Новый{n} Пётр") for n in range(5)]
    judge = judging(one, chief_counts=False, experts=people)
    (found,), verdict = told(judge, one, NEXT_YEAR)
    (added,) = [fix for fix in verdict.fixes_of(found) if fix.action is FixAction.ADD_EXPERT]
    assert added.value.count(",") == 1


def test_no_employers_to_invite_leaves_the_way_back():
    one = quiet(teacher())
    (found,), verdict = told(judging(one, chief_counts=False), one, NEXT_YEAR)
    assert [fix.action for fix in verdict.fixes_of(found)] == [FixAction.MOVE_SITTING]


def test_year_below_its_target_is_raised_by_people_alone():
    one = quiet(teacher(), teacher("Иной Пётр"))
    judge = judging(one, chief_counts=False, experts=[worker(), worker("Цехов Пётр")])
    below = check_share(2026, judge.ledger.shares[2026], 50)
    replaced, added = judge.fixes(one.id, below)
    assert (replaced.action, added.action) == (FixAction.REPLACE_EXPERT, FixAction.ADD_EXPERT)
    assert added.value.count(",") == 1
    many = quiet(*(teacher(f"Т{n} Пётр") for n in range(9)))
    lone = judging(many, chief_counts=False, experts=[worker(f"Новый{n} Пётр") for n in range(5)])
    deep = check_share(2026, lone.ledger.shares[2026], 50)
    assert lone.fixes(many.id, deep) == []
    far = check_share(2026, Share(0, 50), 50)
    lost = judging(one, quiet(*(teacher(f"Т{n} Пётр") for n in range(9))), experts=[worker()])
    assert lost.fixes(one.id, far) == []


# -- the ledger agrees with counting anew --------------------------------------------------

PEOPLE = [
    teacher("Первый Пётр"),
    worker("Второй Пётр"),
    expert(
        "Третий Пётр", job(valid_to=date(2026, 6, 30)), college_job(valid_from=date(2026, 7, 1))
    ),
    expert("Пятый Пётр", college_job(valid_to=date(2026, 3, 1)), job(valid_from=date(2026, 3, 2))),
    expert("Шестой Пётр", job(valid_from=date(2027, 1, 1))),
]
DAYS = [date(2025, 12, 9), date(2026, 2, 10), DAY, date(2026, 9, 8), date(2027, 2, 16)]
ROOM = workshop()
HOW = st.fixed_dictionaries(
    {
        "method": st.sampled_from([CountMethod.PERSONS, CountMethod.ASSIGNMENTS]),
        "side_date": st.sampled_from(list(SideDate)),
        "chief_counts": st.booleans(),
    }
)


@st.composite
def made(draw):
    roles = st.sampled_from([Role.CHIEF, Role.SCORING, Role.TECHNICAL])
    seats = st.lists(st.tuples(st.sampled_from(PEOPLE), roles), max_size=4)
    duties = [duty(*seat) for seat in draw(seats)] or [duty(PEOPLE[0])]
    return sitting(*duties, day=draw(st.sampled_from(DAYS)), workshop=ROOM)


@given(st.lists(made(), min_size=1, max_size=5), st.data(), HOW)
@settings(max_examples=120, deadline=None)
def test_moved_ledger_is_the_ledger_of_what_was_moved(sittings, data, how):
    judge = judging(*sittings, **how)
    chosen = data.draw(
        st.lists(st.sampled_from(sittings), min_size=1, unique_by=lambda one: one.id)
    )
    moves = [Move(one.id, ROOM.id, at(data.draw(st.sampled_from(DAYS)))) for one in chosen]
    after = judge.moved(moves)
    fresh = ledger(after.sittings.values(), **how)
    assert after.ledger.shares == fresh.shares
    assert {who: sorted(turns) for who, turns in after.ledger.turns.items() if turns} == {
        who: sorted(turns) for who, turns in fresh.turns.items()
    }
    told_years = {
        found.year
        for verdict in judge.verdicts(moves)
        for found in verdict.findings
        if found.code == CODE
    }
    before = judge.ledger.shares
    assert told_years == {
        year
        for year, share in fresh.shares.items()
        if check_share(year, share, 50)
        and (before[year].value is None or share.value < before[year].value)
    }
    if len(moves) == 1:
        found, _ = told(judge, chosen[0], moves[0].starts_at.date())
        assert {each.year for each in found} == told_years
