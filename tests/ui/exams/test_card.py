import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select
from ui.exams.conftest import plain, said

from demoexam.models.exams import ExamPlace
from demoexam.models.groups import Examinee
from demoexam.rules.terms import Answer, Role, SessionState
from demoexam.ui.exams.candidate_list import fitting_name
from demoexam.ui.exams.scores_table import CAME, FIRST
from demoexam.ui.widgets import Button


@pytest.fixture
def seated(desk):
    """The plan's sitting with everybody at his place, on the tab of scores."""
    with desk.making() as make:
        people = select(Examinee).where(Examinee.group_id == desk.plan.group.id)
        names = make._session.scalars(people.order_by(Examinee.skey))
        for number, person in enumerate(names.all(), start=1):
            make.place(desk.plan.sitting, person, workplace=number)
    card = desk.open()
    card.show_tab("scores")
    desk.settle()
    return card.scores


def points(desk, row):
    place = desk.page.card.scores.scores.people[row].place_id
    with desk.workspace.store.reading() as session:
        return dict(session.get_one(ExamPlace, place).points)


def type_points(desk, tab, row, column, text):
    """Type into a cell and press Enter, as in a spreadsheet."""
    view = tab.view
    view.setFocus()
    view.setCurrentIndex(tab.scores.index(row, column))
    view.edit(view.currentIndex())
    (editor,) = [one for one in view.viewport().findChildren(QLineEdit) if one.isVisible()]
    editor.setText(text)
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.qtbot.wait(20)
    desk.settle()


def test_points_are_written_and_enter_goes_down(desk, seated):
    type_points(desk, seated, 0, FIRST, "18,5")
    assert points(desk, 0) == {"1": 1850}
    assert seated.view.currentIndex().row() == 1


def test_a_wrong_value_stays_in_a_red_frame_and_is_not_written(desk, seated):
    type_points(desk, seated, 0, FIRST, "225")
    cell = seated.scores.index(0, FIRST)
    assert seated.scores.wrong_text(cell) == "225"
    assert points(desk, 0) == {}
    assert seated.view.currentIndex() == cell
    assert "225 больше максимума 25" in said(seated.view.balloon)
    assert seated.view.balloon.offer.text() == "22,5"
    desk.click(seated.view.balloon.offer)
    assert points(desk, 0) == {"1": 2250}
    assert seated.scores.wrong_text(cell) is None


def test_escape_brings_the_earlier_value_back(desk, seated):
    type_points(desk, seated, 0, FIRST, "12")
    type_points(desk, seated, 0, FIRST, "abc")
    assert "не похоже на баллы" in said(seated.view.balloon)
    seated.view.setCurrentIndex(seated.scores.index(0, FIRST))
    desk.press(seated.view, Qt.Key.Key_Escape)
    assert seated.scores.text(0, FIRST) == "12"
    assert points(desk, 0) == {"1": 1200}


def test_a_block_is_pasted_through_the_same_checks_as_one_operation(desk, seated):
    QGuiApplication.clipboard().setText("10\t20\t45\n25\t99\t50\n")
    seated.view.setCurrentIndex(seated.scores.index(0, FIRST))
    desk.click(seated.pasting)
    assert points(desk, 0) == {"1": 1000, "2": 2000, "3": 4500}
    assert points(desk, 1) == {"1": 2500, "3": 5000}
    assert seated.scores.wrong_text(seated.scores.index(1, FIRST + 1)) == "99"
    after = seated.scores.after
    shown = [plain(seated.scores.text(0, after + part)) for part in range(3)]
    assert shown == ["75", "75,00 %", "5 отлично"]
    desk.workspace.undo()
    desk.settle()
    assert (points(desk, 0), points(desk, 1)) == ({}, {})


def test_grades_are_not_rounded_up(desk, seated):
    QGuiApplication.clipboard().setText("25\t25\t19,75")
    seated.view.setCurrentIndex(seated.scores.index(0, FIRST))
    desk.click(seated.pasting)
    assert seated.scores.text(0, seated.scores.after + 2) == "4 хорошо"


def test_space_notes_who_came_and_the_absent_have_no_points(desk, seated):
    seated.view.setCurrentIndex(seated.scores.index(2, CAME))
    for _ in range(2):
        desk.press(seated.view, Qt.Key.Key_Space)
    assert seated.scores.people[2].attended is False
    assert seated.scores.text(2, FIRST) == "н/я"
    assert not seated.scores.is_open(seated.scores.index(2, FIRST))
    desk.click(seated.came)
    assert [one.attended for one in seated.scores.people] == [True, True, False, True, True]
    assert "Заполнено 0 из 4" in said(seated)


def test_an_exam_with_gaps_is_not_closed_and_the_gap_is_one_click_away(desk, seated):
    card = desk.page.card
    QGuiApplication.clipboard().setText("\n".join(["20\t20\t40"] * 4))
    seated.view.setCurrentIndex(seated.scores.index(0, FIRST))
    desk.click(seated.pasting)
    for state in (SessionState.ANNOUNCED, SessionState.DONE):
        desk.click(card.next)
        assert desk.stored().state is state
    assert "Закрыть нельзя" in said(seated.strip)
    desk.click(card.next)
    assert desk.stored().state is SessionState.DONE
    assert "3 ячейки у 1 участника" in said(seated.strip)
    assert "М1, М2, М3" in said(seated.strip)
    (jump,) = [one for one in seated.strip.findChildren(Button) if "Перейти" in one.text()]
    desk.click(jump)
    assert seated.view.currentIndex().row() == 4
    QGuiApplication.clipboard().setText("20\t20\t40")
    desk.click(seated.pasting)
    desk.click(card.next)
    assert desk.stored().state is SessionState.CLOSED


def test_the_seat_of_an_expert_is_given_to_another(desk):
    with desk.making() as make:
        better = make.expert("Журавлёв Сергей Ильич", make.employer("ПАО «Металлист»"))
    card = desk.open()
    seat = desk.plan.seats[1]
    card.group.view.point_at(seat.id)
    desk.press(card.group.view)
    panel = card.group.candidates
    assert panel.seat.value().assignment_id == seat.id
    panel.filter.setText("Журавлёв")
    desk.press(panel.view)
    scoring = {expert for expert, role in desk.duties() if role is Role.SCORING}
    assert better.id in scoring
    assert desk.plan.experts[1].id not in scoring


def test_free_seats_are_filled_by_one_button_and_emptied_by_one_undo(desk):
    with desk.making() as make:
        for number in range(3):
            make.competence(make.expert(f"Новиков{'абв'[number]} Олег", desk.plan.plant))
    card = desk.open()
    for seat in desk.plan.seats[1:]:
        desk.remove(seat)
    before = desk.duties()
    desk.click(card.group.pick)
    assert card.card.missing_seats == []
    desk.workspace.undo()
    desk.settle()
    assert desk.duties() == before


def test_the_menu_of_a_member_changes_his_answer(desk):
    card = desk.open()
    member = next(one for one in card.card.members if one.role is Role.CHIEF)
    menu = card.group.view.menu_of(member)
    next(one for one in menu.actions() if one.text() == "Отказался").trigger()
    desk.settle()
    assert next(one for one in card.card.members if one.role is Role.CHIEF).answer is Answer.REFUSED
    assert Role.CHIEF in card.card.missing_seats
    assert desk.sentence("chief_missing") in said(card.strip)


def test_candidates_tell_what_they_do_to_the_share(desk):
    college = desk.newcomer("Рябов Лев Денисович", None)
    panel = desk.offer(college)
    spoken = panel.view.model().data(panel.view.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert plain(spoken).startswith("Рябов Лев Денисович, работодатель, АО «Вектор»: ")
    assert "Время свободно: 18.06.2026" in spoken


def test_ctrl_tab_turns_the_tabs_and_steps_open_them(desk):
    card = desk.open()
    desk.keys(card, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert card.stack.currentWidget() is card.places
    card.header.steps.chosen.emit(3)
    assert card.stack.currentWidget() is card.scores
    assert "Эксперты: 5 из 5 подтвердили, готово" in card.header.steps.accessibleName()


def test_a_draw_without_people_is_refused_with_advice(desk):
    with desk.making() as make:
        empty = make.sitting(make.group(make.college("Колледж дизайна"), "ДЗ-31"), at=14)
    card = desk.open(empty.id)
    card.show_tab("places")
    assert "Список участников пуст" in said(card.places)
    card.actions_.draw(None)
    desk.settle()
    assert "Жеребьёвку проводить не с кем" in said(desk.window.notice)


def test_a_long_name_is_shortened_to_initials_and_not_cut(qapp):
    metrics = QFontMetrics(qapp.font())
    name = "Верещагина Виктория Андреевна"
    whole = metrics.horizontalAdvance(name)
    assert fitting_name(name, metrics, 2 * whole) == name
    assert plain(fitting_name(name, metrics, whole * 3 // 4)) == "Верещагина В. А."
