"""Each rule of domain 2.1, broken through the window and read there, word for word."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QPushButton
from ui.exams.conftest import EXAM_DAY, plain, said

from demoexam.rules.terms import Role, SessionState
from demoexam.services.college.college import set_target


def banned(desk, expert):
    """Try to assign: nothing is written, and the panel says why."""
    before, panel = desk.duties(), desk.offer(expert)
    ban = next(one.violation for one in panel.view.current().reasons if one.verdict == "ban")
    desk.press(panel.view)
    assert plain(str(ban)) in said(panel.ban)
    assert desk.duties() == before
    return ban


def allowed(desk, expert, code):
    """Assign in spite of a warning, which the card then says."""
    desk.press(desk.offer(expert).view)
    assert (expert.id, Role.SCORING) in desk.duties()
    assert desk.sentence(code) in said(desk.page.card.group.checks)


def test_everything_well_says_nothing(desk):
    card = desk.open()
    assert card.strip.isHidden()
    assert "16 из 18 пройдено" in said(card.group.checks)


def test_r1_own_college_is_banned(desk):
    expert = desk.newcomer("Кротов Виктор Егорович", desk.plan.college)
    ban = banned(desk, expert)
    assert ban.rule == "R1"
    assert "Кротов Виктор Егорович" in str(ban)


def test_r1_a_chief_of_the_own_college_is_a_warning(desk):
    with desk.making() as make:
        make.employment(desk.plan.experts[0], desk.plan.college)
    card = desk.open()
    assert desk.sentence("expert_from_same_college") in said(card.group.checks)


def test_r2_taught_the_group_is_a_warning(desk):
    expert = desk.newcomer("Рябов Лев Денисович")
    with desk.making() as make:
        make.teaching(expert, desk.plan.group)
    allowed(desk, expert, "taught_group")


def test_r3_kin_is_banned(desk):
    expert = desk.newcomer("Дёмина Ольга Юрьевна")
    with desk.making() as make:
        make.kinship(expert, make.examinee(desk.plan.group))
    assert banned(desk, expert).rule == "R3"


@pytest.mark.parametrize(
    ("seat", "sentence"),
    [(0, "а главный эксперт не оценивает"), (4, "а технический эксперт не оценивает")],
    ids=["R4", "R5"],
)
def test_r4_r5_one_person_has_one_role(desk, seat, sentence):
    card, expert, before = desk.open(), desk.plan.experts[seat], desk.duties()
    offered = {one.expert_id for one in card.group.candidates._found}
    assert expert.id not in offered
    card.actions_.assign(expert.id, "эксперт", Role.SCORING)
    desk.settle()
    assert sentence in said(desk.window.notice)
    assert desk.duties() == before


def test_r6_busy_elsewhere_is_banned(desk):
    expert = desk.newcomer("Ёлкин Артём Олегович")
    with desk.making() as make:
        other = make.sitting(workshop=make.workshop(name="Токарная № 2"))
        make.assignment(other, expert)
    ban = banned(desk, expert)
    assert ban.rule == "R6"
    assert "в одно время" in str(ban)


def test_r7_too_few_experts_cannot_be_announced(desk):
    card = desk.open()
    for seat in desk.plan.seats[1:3]:
        desk.remove(seat)
    sentence = desk.sentence("too_few_experts")
    assert sentence in said(card.group.checks)
    assert sentence in said(card.strip)
    desk.click(card.next)
    assert "Экзамен ещё нельзя объявить" in said(desk.window.notice)
    assert sentence in said(desk.window.notice)
    assert desk.stored().state is SessionState.PLANNED


def test_r8_fewer_than_recommended_is_a_warning(desk):
    card = desk.open()
    desk.remove(desk.plan.seats[1])
    assert desk.sentence("fewer_than_recommended") in said(card.group.checks)
    desk.click(card.next)
    assert desk.stored().state is SessionState.ANNOUNCED


def test_r9_expired_certificate_is_a_warning(desk):
    until = EXAM_DAY - timedelta(days=1)
    expert = desk.newcomer("Щукин Роман Львович", certified_until=until)
    allowed(desk, expert, "certificate_expired")


def test_r9_missing_certificate_is_a_warning(desk):
    allowed(desk, desk.newcomer("Мухин Фёдор Глебович", certified=False), "certificate_missing")


def test_r10_missing_consent_is_a_warning(desk):
    allowed(desk, desk.newcomer("Лапин Глеб Фёдорович", consent_on=None), "consent_missing")


def test_r11_no_board_member_is_a_warning_with_a_way_out(desk):
    card = desk.open()
    form = desk.form(session_id=desk.plan.id)
    form.form.board.setCurrentText("")
    desk.settle()
    assert "Не указан член ГЭК на площадке" in said(form)
    desk.click(form.save_button)
    assert desk.sentence("no_board_member") in said(card.strip)
    (way_out,) = [one for one in card.strip.findChildren(QPushButton) if "Указать" in one.text()]
    desk.click(way_out)
    (again,) = [one for one in desk.window.findChildren(type(form)) if one.isVisible()]
    again.form.board.setCurrentText("Кузнецов Кирилл Кириллович")
    desk.settle()
    desk.click(again.save_button)
    assert card.strip.isHidden()


def test_r12_more_students_than_places_cannot_be_saved(desk):
    with desk.making() as make:
        small = make.workshop(name="Малая мастерская", places=3)
    form = desk.form(session_id=desk.plan.id)
    form.form.workshop.show_value(small.id)
    desk.settle()
    (blocking,) = form.verdict.blocking
    assert blocking.rule == "R12"
    assert plain(str(blocking)) in said(form)
    assert not form.save_button.isEnabled()
    form.save()
    desk.settle()
    assert desk.stored().workshop_id == desk.plan.workshop.id
    form.reject()


def test_r12_two_exams_in_one_workshop_cannot_be_saved(desk):
    with desk.making() as make:
        other = make.group(make.college("Колледж дизайна"), examinees=5)
    form = desk.form(day=EXAM_DAY)
    form.form.group.show_value(other.id)
    form.form.kit.show_value(desk.plan.kit.id)
    form.form.workshop.show_value(desk.plan.workshop.id)
    desk.settle()
    assert "два экзамена в одно время" in said(form)
    assert not form.save_button.isEnabled()
    form.form.start.setText("14:00")
    form.form.start.editingFinished.emit()
    desk.settle()
    assert "два экзамена в одно время" not in said(form)
    assert form.save_button.isEnabled()
    form.reject()


def test_r13_the_share_below_its_target_is_told(desk):
    with desk.workspace.store.transaction("цель") as session:
        set_target(session, year=EXAM_DAY.year, percent=90)
    with desk.making() as make:
        for expert in desk.plan.experts[1:3]:
            college = make.college("Колледж дизайна")
            make.employment(expert, college, valid_from=date(2024, 1, 1))
    card = desk.open()
    assert "Доля экспертов от работодателей за 2026 год" in said(card.group.checks)
    assert "цель 90 %" in said(card.group.candidates)
