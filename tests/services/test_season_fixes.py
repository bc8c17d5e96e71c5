"""Each rule appears while moving, in its words, and each ready fix of it removes it."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from conftest import EXAM_DAY, Builder
from services.season_cases import (
    FIRST,
    LAST,
    MOVING,
    NEVER_BY_MOVING,
    NEVER_STANDING,
    STANDING,
    THERE,
    TODAY,
    Case,
    booking,
)
from sqlalchemy import select

from demoexam import rules
from demoexam.models.exams import ExamSession
from demoexam.models.organizations import Organization
from demoexam.models.places import WorkshopBooking
from demoexam.rules.check import WorkshopMissing
from demoexam.rules.placing import Move
from demoexam.rules.shares import ShareBelowTarget
from demoexam.rules.terms import BookingPurpose
from demoexam.rules.violation import FixAction, Violation
from demoexam.services.exams.view import exam_card
from demoexam.services.history import take_back
from demoexam.services.plan.check import findings
from demoexam.services.season.fixes import apply_fix
from demoexam.services.season.season import judge


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def case(session):
    """A staffed sitting, other workshops, and people who could step in."""
    make = Builder(session)
    case = Case(make, session, make.staffed_sitting())
    make.workshop(name="Запасная", equipment=["станок"])
    for name in ("Абрамов", "Белова", "Ветров", "Громов"):
        who = make.expert(f"{name} Пётр", make.employer())
        make.competence(who)
        make.competence(who, "15.02.16")
    make.board_member(make.board(session.get_one(Organization, case.group.college_id)))
    make.kit("15.02.16-2-2026")
    make.kit("09.02.07-1-2026")
    return case


def by_name(cases):
    return [pytest.param(rule, id=rule.__name__) for rule in cases]


def known_rules():
    """Every finding that the program can make."""
    for module in iter_modules(rules.__path__, "demoexam.rules."):
        import_module(module.name)
    kinds = [Violation]
    for kind in kinds:
        kinds += kind.__subclasses__()
    ours = (kind for kind in kinds if kind.__module__.startswith("demoexam."))
    return {kind for kind in ours if hasattr(kind, "code")}


def test_every_rule_of_the_program_has_its_case():
    assert known_rules() == MOVING.keys() | NEVER_BY_MOVING.keys() | NEVER_STANDING.keys()
    assert NEVER_BY_MOVING.keys() <= STANDING.keys()
    assert not MOVING.keys() & (NEVER_BY_MOVING.keys() | NEVER_STANDING.keys())


@pytest.mark.parametrize("rule", by_name(MOVING))
def test_rule_is_told_while_moving_and_each_fix_removes_it(session, case, rule):
    MOVING[rule](case)
    session.flush()
    move = case.move()
    if rule is WorkshopMissing:
        move = Move(move.id, None, move.starts_at)
    told = judge(session, FIRST, LAST, case.today).verdict(
        move.id, workshop_id=move.workshop_id, starts_at=move.starts_at
    )
    found = next(each for each in told.findings if type(each) is rule)
    assert "{" not in str(found)
    tried(session, told.fixes_of(found), found, told.move, case.today)


@pytest.mark.parametrize("rule", by_name(STANDING))
def test_finding_of_an_exam_where_it_is_has_a_way_out_too(session, case, rule):
    STANDING[rule](case)
    session.flush()
    card = exam_card(session, session_id=case.sitting.id, today=TODAY)
    found = next(each for each in card.findings if type(each) is rule)
    fixes = judge(session, FIRST, LAST, TODAY).fixes(case.sitting.id, found)
    tried(session, fixes, found, None, TODAY)


@pytest.mark.parametrize("rule", by_name(NEVER_BY_MOVING))
def test_what_no_move_changes_is_in_no_verdict(session, case, rule):
    STANDING[rule](case)
    session.flush()
    move = case.move()
    told = judge(session, FIRST, LAST, TODAY).verdict(
        move.id, workshop_id=move.workshop_id, starts_at=move.starts_at
    )
    assert rule not in map(type, told.findings)


def tried(session, fixes, found, move, today):
    """Each of the fixes, applied, removes the finding."""
    assert fixes, f"no ready way out of {found.code}"
    for fix in fixes:
        assert fix.ready
        with session.begin_nested() as savepoint:
            after = apply_fix(session, fix, move, today=today)
            left = [each.subjects for each in after.findings if each.code == found.code]
            assert found.subjects not in left, fix
            if isinstance(found, ShareBelowTarget):
                years = {THERE.year, found.year}
                assert found.code not in codes(findings(session, today=today, years=years)), fix
            savepoint.rollback()
        session.expire_all()


def codes(found):
    return [each.code for each in found]


# -- bookings give way --------------------------------------------------------------------


def test_booking_is_taken_off_by_one_operation_which_can_be_taken_back(store):
    with store.transaction("план") as session:
        make = Builder(session)
        case = Case(make, session, make.staffed_sitting())
        make.workshop(name="Запасная")
        booking(case, BookingPurpose.LESSONS)
        ident, move = case.sitting.id, case.move()
    with store.reading() as session:
        told = judge(session, FIRST, LAST, TODAY).verdict(
            ident, workshop_id=move.workshop_id, starts_at=move.starts_at
        )
        (found,) = told.findings
        ways = {fix.action: fix for fix in told.fixes_of(found)}
    assert set(ways) == {
        FixAction.REMOVE_BOOKING, FixAction.MOVE_SITTING, FixAction.CHANGE_WORKSHOP,
    }  # fmt: skip
    with store.transaction("снятие брони") as session:
        apply_fix(session, ways[FixAction.REMOVE_BOOKING], move, today=TODAY)
    with store.reading() as session:
        assert session.get_one(ExamSession, ident).starts_at == move.starts_at
        assert not live_bookings(session)
    take_back(store)
    with store.reading() as session:
        assert session.get_one(ExamSession, ident).starts_at.date() == EXAM_DAY
        assert live_bookings(session)


def live_bookings(session):
    return session.scalars(select(WorkshopBooking.id).where(WorkshopBooking.live())).all()
