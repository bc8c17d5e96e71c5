from datetime import date, timedelta

import pytest
from conftest import EXAM_DAY, Builder

from demoexam.errors import NotFound
from demoexam.models.exams import Assignment
from demoexam.rules.shares import Share
from demoexam.rules.terms import CountMethod, Role, Side, SideDate
from demoexam.services.college.college import change_setting
from demoexam.services.exams.candidates import Verdict, candidates
from demoexam.services.share.effect import Trend
from demoexam.services.share.share import shares

NEXT_MONTH = EXAM_DAY + timedelta(days=20)


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


@pytest.fixture
def college(make):
    return make.college("Горный колледж")


@pytest.fixture
def plant(make):
    return make.employer("АО «Вектор»")


@pytest.fixture
def sitting(make, college):
    return make.sitting(make.group(college))


def ranked(session, sitting, role=Role.SCORING, **facts):
    return candidates(session, session_id=sitting.id, role=role, **facts)


def one(session, sitting, expert, role=Role.SCORING, **facts):
    found = ranked(session, sitting, role, **facts)
    return next(each for each in found if each.expert_id == expert.id)


def told(candidate, verdict):
    return [
        reason.text.replace("\N{NO-BREAK SPACE}", " ")
        for reason in candidate.reasons
        if reason.verdict is verdict
    ]


# -- reasons ------------------------------------------------------------------------------


def test_good_candidate_has_reasons_for_only(session, make, sitting, plant):
    expert = make.expert("Журавлёв Семён Игоревич", plant)
    make.competence(expert)
    found = one(session, sitting, expert)
    assert (found.name, found.organization, found.side) == (
        "Журавлёв Семён Игоревич",
        "АО «Вектор»",
        Side.EMPLOYER,
    )
    assert found.allowed
    assert [reason.verdict for reason in found.reasons] == [Verdict.FOR] * 5
    assert told(found, Verdict.FOR) == [
        "Время свободно: 18.06.2026",
        "Может оценивать эту специальность",
        "Свидетельство до 31.12.2030",
        "Согласие на обработку данных есть",
        "Нагрузка в этом месяце: 0 экзаменов",
    ]


def test_everything_against_is_told_with_its_finding(session, make, sitting, plant):
    until = date(2026, 1, 1)
    expert = make.expert("Рябов Лев", plant, certified_until=until, consent_on=None)
    make.unavailability(expert, EXAM_DAY, reason="отпуск")
    found = one(session, sitting, expert)
    against = [reason for reason in found.reasons if reason.verdict is Verdict.AGAINST]
    assert [reason.violation and reason.violation.code for reason in against] == [
        "expert_unavailable",
        "certificate_expired",
        "consent_missing",
        None,
    ]
    assert against[-1].text == "Нет отметки о компетенции по этой специальности"
    assert told(found, Verdict.FOR) == ["Нагрузка в этом месяце: 0 экзаменов"]


def test_ban_says_why(session, make, sitting, college):
    expert = make.expert("Кротов Вадим", college)
    found = one(session, sitting, expert)
    assert not found.allowed
    (ban,) = told(found, Verdict.BAN)
    assert "работает там же, где учится группа ИС-41" in ban


def test_certificate_without_a_term(session, make, sitting, plant):
    expert = make.expert("Орлов Олег", plant, certified_until=None)
    assert "Свидетельство без срока" in told(one(session, sitting, expert), Verdict.FOR)


def test_expert_who_sits_elsewhere_is_busy(session, make, sitting, plant):
    expert = make.expert("Ёлкин Артём", plant)
    other = make.sitting(make.group(name="ТМ-24"), workshop=make.workshop(name="Б"), at=10)
    make.assignment(other, expert)
    found = one(session, sitting, expert)
    assert not found.allowed
    assert found.load == 1
    assert not any(reason.text.startswith("Время") for reason in found.reasons)


def test_competence_counts_for_its_roles_and_its_kit(session, make, sitting, plant):
    scorer, chief, other, of_kit = (make.expert(None, plant) for _ in range(4))
    make.competence(scorer, roles=["scoring"])
    make.competence(chief, roles=["chief"])
    make.competence(other, "15.01.05")
    make.competence(of_kit, specialty_id=None, kit_id=sitting.kit_id, roles=[])
    found = {each.expert_id: each.competent for each in ranked(session, sitting)}
    assert [found[e.id] for e in (scorer, chief, other, of_kit)] == [True, False, False, True]
    assert all(each.competent for each in ranked(session, sitting, Role.TECHNICAL))


def test_load_is_that_of_the_month(session, make, sitting, plant):
    expert = make.expert(None, plant)
    for day in (EXAM_DAY + timedelta(days=4), NEXT_MONTH):
        make.assignment(make.sitting(day=day), expert)
    assert one(session, sitting, expert).load == 1


# -- who is offered, and in what order ----------------------------------------------------


def test_ranking_is_free_then_competent_then_papers_then_load(session, make, sitting, plant):
    names = "Аов", "Бов", "Вов", "Гов", "Дов"
    best, loaded, doubtful, unskilled, banned = (
        make.expert(f"{name} Пётр", plant) for name in names
    )
    for expert in (best, loaded, doubtful, banned):
        make.competence(expert)
    make.assignment(make.sitting(day=EXAM_DAY + timedelta(days=4)), loaded)
    doubtful.consent_on = None
    make.employment(banned, make.college("Горный колледж 2"), is_main=False)
    other = make.sitting(make.group(name="ТМ-24"), workshop=make.workshop(name="Б"))
    make.assignment(other, banned)
    session.flush()
    found = [each.expert_id for each in ranked(session, sitting)]
    assert found == [each.id for each in (best, loaded, doubtful, unskilled, banned)]


def test_those_who_sit_here_or_left_the_roster_are_not_offered(session, make, sitting, plant):
    here = make.expert("Аов Пётр", plant)
    make.assignment(sitting, here)
    make.expert("Бов Пётр", plant, active=False)
    make.expert("Вов Пётр", plant, deleted=True)
    free = make.expert("Гов Пётр", plant)
    assert [each.expert_id for each in ranked(session, sitting)] == [free.id]


def test_sitting_must_have_a_date(session, make):
    undated = make.sitting(starts_at=None, ends_at=None)
    with pytest.raises(NotFound):
        ranked(session, undated)


def test_seat_of_the_chief_may_be_taken_over(session, make, sitting, plant):
    duty = make.assignment(sitting, make.expert(None, plant), Role.CHIEF)
    other = make.expert(None, plant)
    assert not one(session, sitting, other, Role.CHIEF).allowed
    assert one(session, sitting, other, Role.CHIEF, replacing=duty.id).allowed


# -- the share ----------------------------------------------------------------------------


@pytest.fixture
def others(make, plant):
    """One of two from employers, counted already in another month."""
    past = make.sitting(day=NEXT_MONTH)
    teacher = make.expert("Учителев Пётр", make.college("Колледж А"))
    worker = make.expert("Рабочев Пётр", plant)
    for expert in (teacher, worker):
        make.assignment(past, expert)
    return teacher, worker


def test_new_employer_raises_the_share_and_a_teacher_lowers_it(
    session, make, sitting, plant, others
):
    rises = one(session, sitting, make.expert(None, plant)).effect
    assert (rises.trend, rises.before, rises.after) == (Trend.RISES, Share(1, 2), Share(2, 3))
    assert str(rises) == "Доля станет 66,7\N{NO-BREAK SPACE}% (2 из 3)"
    falls = one(session, sitting, make.expert(None, make.college("Колледж Б"))).effect
    assert (falls.trend, falls.after) == (Trend.FALLS, Share(1, 3))


def test_who_counts_already_changes_nothing(session, sitting, others):
    effect = one(session, sitting, others[1]).effect
    assert effect.trend is Trend.STAYS
    assert str(effect) == "Доля не изменится: уже в счёте этого года"


def test_stranger_to_the_share_changes_nothing(session, make, sitting, others):
    effect = one(session, sitting, make.expert()).effect
    assert (effect.trend, effect.after) == (Trend.STAYS, Share(1, 2, 1))


def test_technical_expert_is_not_in_the_share(session, make, sitting, plant, others):
    effect = one(session, sitting, make.expert(None, plant), Role.TECHNICAL).effect
    assert (effect.trend, str(effect)) == (Trend.NOT_COUNTED, "В доле не учитывается")


def test_first_expert_of_the_year(session, make, sitting, plant):
    effect = one(session, sitting, make.expert(None, plant)).effect
    assert (effect.trend, effect.before.value) == (Trend.RISES, None)


def applied(session, make, sitting, candidate, duty=None):
    """The year's share once the candidate really has the seat."""
    if duty is not None:
        duty.deleted = True
    expert = session.get_one(type(make.expert(active=False)), candidate.expert_id)
    added = make.assignment(sitting, expert, candidate.role)
    (row,) = shares(session, year=2026)
    added.deleted = True
    if duty is not None:
        duty.deleted = False
    session.flush()
    return row.share


@pytest.mark.parametrize("count", CountMethod)
@pytest.mark.parametrize("side_date", SideDate)
@pytest.mark.parametrize("seated", [False, True])
def test_promised_share_is_the_one_that_comes(  # noqa: PLR0917 -- three settings
    session, make, sitting, plant, others, count, side_date, seated
):
    change_setting(session, key="share_count", value=count)
    change_setting(session, key="share_side", value=side_date)
    mover = make.expert("Орлов Олег")
    make.employment(mover, make.college("Колледж Б"), valid_to=EXAM_DAY - timedelta(days=1))
    make.employment(mover, plant, valid_from=EXAM_DAY)
    make.assignment(make.sitting(day=EXAM_DAY - timedelta(days=7)), mover)
    make.expert(None, plant)
    make.expert()
    duty = make.assignment(sitting, others[0]) if seated else None
    found = ranked(session, sitting, replacing=duty.id if duty else None)
    assert len(found) >= 4
    for candidate in found:
        if count is not CountMethod.ROSTER:
            expected = applied(session, make, sitting, candidate, duty)
            assert candidate.effect.after == expected
        else:
            assert candidate.effect.trend is Trend.NOT_COUNTED


def test_seat_that_was_not_counted_frees_nothing(session, make, sitting, plant, others):
    gone = make.assignment(sitting, make.expert(None, plant), Role.TECHNICAL)
    assert isinstance(gone, Assignment)
    effect = one(session, sitting, make.expert(None, plant), replacing=gone.id).effect
    assert effect.before == Share(1, 2)
    assert effect.after == Share(2, 3)
