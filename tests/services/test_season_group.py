from datetime import date, timedelta

import pytest
from conftest import EXAM_DAY, Builder

from demoexam.models.exams import Assignment
from demoexam.models.people import Expert
from demoexam.rules.fixed import Seats
from demoexam.rules.terms import Answer, CountMethod, Role
from demoexam.rules.violation import Fix, FixAction
from demoexam.services.college.college import change_setting
from demoexam.services.exams.view import exam_card
from demoexam.services.season.fixes import apply_fix
from demoexam.services.season.group import Load, group_of, share_effects
from demoexam.services.share.share import shares

MONDAY = EXAM_DAY - timedelta(days=EXAM_DAY.weekday())


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


@pytest.fixture
def staffed(make):
    """A chief and a scoring expert of the plant, one of a college, in one sitting."""
    plant, school = make.employer("АО «Вектор»"), make.college("Горный колледж")
    sitting = make.sitting(make.group(make.college("Колледж связи")))
    for where, role in ((plant, Role.CHIEF), (plant, Role.SCORING), (school, Role.SCORING)):
        make.assignment(sitting, make.expert(None, where), role)
    return sitting


def people_of(session, sitting):
    session.flush()
    card = exam_card(session, session_id=sitting.id, today=date(2026, 1, 15))
    return card, group_of(session, card)


def counted(session):
    session.flush()
    return shares(session, year=EXAM_DAY.year)[0].share


def test_load_is_days_of_the_week_and_sittings_of_the_year(session, make, staffed):
    _, group = people_of(session, staffed)
    busy = session.get_one(Expert, group[0].member.expert_id)
    change_setting(session, key="expert_week_days", value=2)
    same_day = make.sitting(make.group(name="ИС-2"), day=EXAM_DAY, at=15)
    other = make.sitting(make.group(name="ИС-3"), day=MONDAY, second_day=MONDAY + timedelta(days=4))
    later = make.sitting(make.group(name="ИС-4"), day=EXAM_DAY + timedelta(days=60))
    refused = make.sitting(make.group(name="ИС-5"), day=MONDAY + timedelta(days=1))
    for sitting in (same_day, other, later):
        make.assignment(sitting, busy)
    make.assignment(refused, busy, answer=Answer.REFUSED)
    _, group = people_of(session, staffed)
    days = len({EXAM_DAY, MONDAY, MONDAY + timedelta(days=4)})
    assert group[0].load == Load(days=days, enough=2, sittings=4)
    assert group[0].load.is_full
    assert group[1].load == Load(days=1, enough=2, sittings=1)
    assert not group[1].load.is_full


def test_what_is_said_of_an_expert_stands_at_his_name(session, make, staffed):
    _, group = people_of(session, staffed)
    ill = group[1].member
    make.unavailability(session.get_one(Expert, ill.expert_id), EXAM_DAY)
    _, group = people_of(session, staffed)
    assert {one.member.expert_id: [each.code for each in one.told] for one in group} == {
        one.member.expert_id: ["expert_unavailable"] * (one.member.expert_id == ill.expert_id)
        for one in group
    }


@pytest.mark.parametrize("method", [CountMethod.PERSONS, CountMethod.ASSIGNMENTS])
@pytest.mark.parametrize("action", [FixAction.REPLACE_EXPERT, FixAction.REMOVE_EXPERT])
def test_the_share_after_a_fix_is_what_was_told_before(session, make, staffed, method, action):
    change_setting(session, key="share_count", value=method)
    new = make.expert(None, make.employer("ООО «Завод»"))
    card, group = people_of(session, staffed)
    gone = group[-1].member
    value = new.id if action is FixAction.REPLACE_EXPERT else gone.expert_id
    fix = Fix(action, gone.assignment_id, value, "выход")
    told = share_effects(session, card.sitting, [fix])[fix]
    assert told.before == counted(session)
    apply_fix(session, fix, today=date(2026, 1, 15))
    assert told.after == counted(session) != told.before


def test_several_seats_are_counted_together(session, make, staffed):
    plant, school = make.employer("ООО «Завод»"), make.college("Лицей")
    new = [make.expert(None, where) for where in (plant, plant, school)]
    card, _ = people_of(session, staffed)
    seats = Seats(Role.SCORING, tuple(expert.id for expert in new))
    fix = Fix(FixAction.ADD_EXPERT, staffed.id, seats.value, "выход")
    told = share_effects(session, card.sitting, [fix])[fix]
    apply_fix(session, fix, today=date(2026, 1, 15))
    assert told.after == counted(session)
    assert told.after.experts == told.before.experts + len(new)
    assert (
        told.change(2026).replace("\N{NO-BREAK SPACE}", " ")
        == "Доля 2026: 66,7 % → 66,7 % (2 из 3 → 4 из 6)"
    )


def test_fixes_of_days_do_nothing_to_the_share(session, staffed):
    card, _ = people_of(session, staffed)
    fix = Fix(FixAction.MOVE_SITTING, staffed.id, "", "Перенести")
    assert share_effects(session, card.sitting, [fix]) == {}


def test_a_technical_expert_is_in_no_share(session, make, staffed):
    new = make.expert(None, make.employer("ООО «Завод»"))
    card, _ = people_of(session, staffed)
    fix = Fix(FixAction.ADD_EXPERT, staffed.id, Seats(Role.TECHNICAL, (new.id,)).value, "выход")
    told = share_effects(session, card.sitting, [fix])[fix]
    assert not told.counts
    assert told.change(2026) == "В доле не учитывается"
    session.add(Assignment(session_id=staffed.id, expert_id=new.id, role=Role.TECHNICAL))
    assert counted(session) == told.before
