from datetime import date, timedelta

import pytest
from rules.plan_builder import (
    DAY,
    codes,
    college_job,
    duty,
    expert,
    group,
    job,
    sitting,
    with_scoring,
)

from demoexam.rules.eligibility import check_person, works_at
from demoexam.rules.plan import AbsenceFacts, CertificateFacts
from demoexam.rules.terms import Level, Role
from demoexam.rules.violation import FixAction

OWN = "Горный колледж"


def against(who, role=Role.SCORING, **facts):
    return list(check_person(duty(who, role), sitting(**facts)))


def test_expert_from_elsewhere_with_papers_may_assess():
    assert against(expert()) == []


def test_nobody_scores_his_own_college():
    (found,) = against(expert("Орлова Анна Игоревна", college_job(OWN)))
    assert (found.code, found.rule, found.level) == (
        "expert_from_same_college",
        "R1",
        Level.CONTRADICTION,
    )
    assert str(found) == (
        "Орлова Анна Игоревна работает там же, где учится группа ИС-41 (Горный колледж), "
        "и не может оценивать её 18.06.2026. Назначьте эксперта из другой организации."
    )


def test_second_job_at_the_college_bans_as_the_main_one_does():
    who = expert("Орлов Олег", job(), college_job(OWN, is_main=False))
    assert codes(against(who)) == ["expert_from_same_college"]


def test_who_left_the_college_before_the_exam_may_assess_it():
    who = expert("Орлов Олег", college_job(OWN, valid_to=DAY - timedelta(days=1)), job())
    assert against(who) == []


def test_last_day_at_the_college_still_bans():
    who = expert("Орлов Олег", college_job(OWN, valid_to=DAY))
    assert codes(against(who)) == ["expert_from_same_college"]


def test_job_that_begins_on_the_second_day_bans():
    who = expert("Орлов Олег", college_job(OWN, valid_from=DAY + timedelta(days=1)))
    two_days = sitting(group=group(college=OWN), second_day=DAY + timedelta(days=1))
    assert works_at(who, OWN, two_days)


def test_chief_of_his_own_college_is_a_warning():
    (found,) = against(expert("Орлов Олег", college_job(OWN)), Role.CHIEF)
    assert (found.code, found.level) == ("expert_from_same_college", Level.WARNING)
    assert str(found).startswith("Главный эксперт Орлов Олег работает там же")


def test_technical_expert_belongs_to_the_place():
    assert against(expert("Орлов Олег", college_job(OWN)), Role.TECHNICAL) == []


def test_teacher_of_the_group_is_a_warning():
    own = group()
    (found,) = against(expert(taught_groups=frozenset({own.id})), group=own)
    assert (found.code, found.rule, found.level) == ("taught_group", "R2", Level.WARNING)
    assert "среди преподавателей группы ИС-41" in str(found)


def test_relative_of_an_examinee_may_not_assess():
    (found,) = against(expert(kin={"examinee": "group"}), examinees=frozenset({"examinee"}))
    assert (found.code, found.rule, found.level) == ("kin", "R3", Level.CONTRADICTION)
    assert "родственником студенту группы ИС-41" in str(found)


def test_relative_sits_in_the_other_part_of_the_group():
    own = group()
    who = expert(kin={"examinee": own.id})
    assert against(who, group=own, examinees=frozenset({"somebody else"})) == []


def test_relative_of_a_group_whose_names_are_not_known_yet():
    own = group()
    assert codes(against(expert(kin={"examinee": own.id}), group=own)) == ["kin"]


@pytest.mark.parametrize(("until", "expected"), [(DAY, []), (DAY - timedelta(1), ["R9"])])
def test_certificate_is_compared_with_the_exam_day(until, expected):
    who = expert(certificates=(CertificateFacts(valid_until=until),))
    assert [found.rule for found in against(who)] == expected


def test_expired_certificate_names_both_days():
    who = expert("Белов Пётр", certificates=(CertificateFacts(valid_until=date(2026, 6, 1)),))
    (found,) = against(who)
    assert found.code == "certificate_expired"
    assert "Белов Пётр, действует до 01.06.2026" in str(found)
    assert [fix.action for fix in found.fixes] == [
        FixAction.OPEN_EXPERT,
        FixAction.REPLACE_EXPERT,
    ]


def test_the_longest_certificate_counts_and_one_without_term_never_ends():
    old = CertificateFacts(valid_until=date(2020, 1, 1))
    assert expert(certificates=(old, CertificateFacts())).certified_until() == date.max
    assert against(expert(certificates=(old, CertificateFacts()))) == []


def test_certificate_must_last_through_the_second_day():
    who = expert(certificates=(CertificateFacts(valid_until=DAY),))
    assert codes(against(who, second_day=DAY + timedelta(1))) == ["certificate_expired"]


def test_expert_without_any_certificate():
    (found,) = against(expert("Белов Пётр", certificates=()))
    assert (found.code, found.rule) == ("certificate_missing", "R9")


def test_technical_expert_needs_no_certificate_but_a_consent():
    who = expert(certificates=(), has_consent=False)
    assert codes(against(who, Role.TECHNICAL)) == ["consent_missing"]


def test_consent_must_be_on_file():
    (found,) = against(expert("Белов Пётр", has_consent=False))
    assert (found.rule, found.level) == ("R10", Level.WARNING)
    assert str(found).startswith("Нет согласия на обработку персональных данных: Белов Пётр.")


def test_absence_is_told_with_its_reason():
    away = AbsenceFacts(DAY - timedelta(3), DAY, reason="отпуск")
    (found,) = against(expert("Белов Пётр", absences=(away,)))
    assert found.code == "expert_unavailable"
    assert str(found).startswith("Белов Пётр не может прийти 18.06.2026 (отпуск)")


def test_absence_on_other_days_does_not_matter():
    assert against(expert(absences=(AbsenceFacts(date(2026, 7, 1), date(2026, 7, 9)),))) == []


def test_who_can_come_on_certain_days_only():
    only = AbsenceFacts(DAY, DAY, only_these=True)
    assert against(expert(absences=(only,))) == []
    assert codes(against(expert(absences=(only,)), day=date(2026, 6, 17))) == ["expert_unavailable"]


def test_a_wish_is_told_as_a_wish():
    wish = AbsenceFacts(DAY, DAY, reason="день рождения", soft=True)
    (found,) = against(expert("Белов Пётр", absences=(wish,)))
    assert (found.code, found.level) == ("expert_reluctant", Level.WARNING)
    assert str(found).startswith("Белов Пётр просил не ставить его на 18.06.2026 (день рождения)")


def test_what_forbids_is_told_before_a_wish():
    wish, away = AbsenceFacts(DAY, DAY, soft=True), AbsenceFacts(DAY, DAY)
    assert codes(against(expert(absences=(wish, away)))) == ["expert_unavailable"]


def test_wishing_some_days_only_does_not_widen_what_is_allowed():
    only = AbsenceFacts(DAY - timedelta(1), DAY - timedelta(1), only_these=True)
    wish = AbsenceFacts(DAY, DAY, only_these=True, soft=True)
    assert codes(against(expert(absences=(wish, only)))) == ["expert_unavailable"]


def test_reason_without_words_is_left_out():
    away = AbsenceFacts(DAY, DAY)
    (found,) = check_person(duty(expert(absences=(away,))), with_scoring(expert()))
    assert "18.06.2026: экзамен" in str(found)
