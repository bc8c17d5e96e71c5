"""Roles and duties of the expert group in the window, by the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from demoexam.models.exams import Assignment
from demoexam.rules.terms import Role
from demoexam.services.history import past_operations, take_back
from demoexam.ui.dialogs.duties_dialog import DutiesDialog


def written(desk):
    query = select(Assignment.duty, Assignment.workplaces).where(
        Assignment.session_id == desk.plan.id, Assignment.role == Role.SCORING
    )
    with desk.workspace.store.reading() as session:
        return sorted(tuple(row) for row in session.execute(query))


def opened(desk, card):
    desk.click(card.group.duties)
    dialog = desk.window.findChild(DutiesDialog)
    desk.qtbot.waitUntil(lambda: dialog.fields and dialog.fields[0][0].hasFocus())
    return dialog


def test_duties_are_proposed_changed_and_written_as_one_step(desk):
    dialog = opened(desk, desk.open())
    assert [duty.text() for duty, _ in dialog.fields] == ["", "", ""]
    dialog.share.setFocus()
    desk.press(dialog.share, Qt.Key.Key_Space)
    assert [duty.text() for duty, _ in dialog.fields] == ["Модуль 1", "Модуль 2", "Модуль 3"]
    dialog.fields[2][1].setText("3–5")
    dialog.fields[2][1].setFocus()
    desk.press(dialog.fields[2][1])
    assert written(desk) == [("Модуль 1", "1–5"), ("Модуль 2", "1–5"), ("Модуль 3", "3–5")]
    with desk.workspace.store.reading() as session:
        last = past_operations(session)[0]
    assert last.text == "обязанности экспертов: ИС-41"
    take_back(desk.workspace.store, last.id)
    assert written(desk) == [("", "")] * 3


def test_escape_writes_nothing(desk):
    dialog = opened(desk, desk.open())
    dialog.propose()
    desk.press(dialog, Qt.Key.Key_Escape)
    assert written(desk) == [("", "")] * 3


def test_without_scoring_experts_there_is_nothing_to_share(desk):
    with desk.making() as make:
        other = make.sitting(make.group(name="ИС-42"), head_count=5)
    card = desk.open(other.id)
    assert not card.group.duties.isEnabled()


def test_a_role_is_changed_in_the_menu_if_the_rules_allow_it(desk):
    card = desk.open()
    seats = {one.role: one for one in card.card.members}
    scoring = seats[Role.SCORING]
    role_of(card, scoring, "Технический эксперт").trigger()
    desk.settle()
    assert (scoring.expert_id, Role.TECHNICAL) in desk.duties()
    said = []
    desk.workspace.refused.connect(lambda error: said.append(str(error)))
    role_of(card, scoring, "Главный эксперт").trigger()
    desk.settle()
    assert any("уже есть главный эксперт" in each for each in said)
    assert (scoring.expert_id, Role.TECHNICAL) in desk.duties()


def role_of(card, member, words):
    menu = card.group.view.menu_of(member)
    (roles,) = [each.menu() for each in menu.actions() if each.text() == "Роль"]
    (wanted,) = [each for each in roles.actions() if each.text() == words]
    assert wanted.isCheckable()
    assert QApplication.activePopupWidget() is None
    return wanted
