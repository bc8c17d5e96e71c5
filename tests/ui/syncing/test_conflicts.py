"""Two desktops disagree: the badge, the dialog by keyboard, the undo; nothing waits modally."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui.syncing.desktops import add_expert, edit, stored

from demoexam.services.syncing.choices import resolve
from demoexam.ui.dialogs.conflict_dialog import ConflictDialog
from demoexam.ui.syncing.question import HUB, MINE

MINE_PHONE, HUB_PHONE = "+79000001122", "+79000001133"


@pytest.fixture
def disagreement(hub, desktop, swap):
    """Both changed the telephone; this desktop was the second to exchange."""
    one, two = desktop("one", hub), desktop("two", hub)
    ident = add_expert(one, phone="+79000000000")
    swap(one, two)
    edit(two, ident, phone=HUB_PHONE, email="two@example.org")
    edit(one, ident, phone=MINE_PHONE)
    swap(two, one)
    return one, two, ident


@pytest.fixture
def page(disagreement, window_of, qtbot):
    window = window_of(disagreement[0])
    page = window.open_page("sync")
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    return page


@pytest.fixture
def dialog(page, qtbot):
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    dialog = page.window().findChild(ConflictDialog)
    qtbot.waitUntil(lambda: dialog.card is not None)
    return dialog


def test_the_badge_counts_what_a_person_must_decide(page):
    button = page.window().navigation.buttons["sync"]
    assert button.badge.text() == "1"
    assert "1\u00a0расхождение решить" in button.accessibleName()
    assert page.decide.figure.text() == "1"
    assert page.table.cell(0, 0).text == "Ёлкин Артём Олегович"


def test_both_values_are_shown_and_nothing_is_chosen_beforehand(dialog):
    question = dialog.view.questions[0]
    assert question.cards[MINE].accessibleName() == f"Телефон. У вас: {MINE_PHONE}"
    assert question.cards[HUB].accessibleName() == f"Телефон. В общем хранилище: {HUB_PHONE}"
    assert question.answer() is None
    assert not dialog.apply.isEnabled()
    assert any("E-mail" in line for line in dialog.card.merged)


def test_it_is_decided_by_keyboard_and_undone(disagreement, page, dialog, qtbot):
    one, _, ident = disagreement
    assert stored(one, ident, "phone") == HUB_PHONE
    card = dialog.view.questions[0].cards[MINE]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Right)
    assert dialog.view.questions[0].answer() == HUB
    qtbot.keyClick(dialog.view.questions[0].cards[HUB], Qt.Key.Key_Left)
    assert dialog.view.questions[0].answer() == MINE
    with qtbot.waitSignal(one.performed):
        qtbot.keyClick(card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stored(one, ident, "phone") == MINE_PHONE
    qtbot.waitUntil(lambda: not page.window().findChildren(ConflictDialog))
    qtbot.waitUntil(lambda: page.table.rowCount() == 0)
    qtbot.waitUntil(lambda: not page.window().navigation.buttons["sync"].badge.isVisible())
    qtbot.waitUntil(page.window().status.undo_button.isVisible)
    with qtbot.waitSignal(one.performed):
        page.window().status.undo_button.click()
    assert stored(one, ident, "phone") == HUB_PHONE
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)


def test_what_was_decided_here_stands_on_the_other_desktop(disagreement, dialog, swap, qtbot):
    one, two, ident = disagreement
    dialog.choose_all(MINE)
    with qtbot.waitSignal(one.performed):
        dialog.decide()
    swap(one, two)
    assert stored(two, ident, "phone") == MINE_PHONE
    assert two.exchanger.state.conflicts == 0


def test_another_value_may_be_typed(disagreement, dialog, qtbot):
    one, _, ident = disagreement
    question = dialog.view.questions[0]
    question.link.click()
    assert question.edit.text() == MINE_PHONE
    question.edit.setText("+79005554433")
    question.edit.textEdited.emit("+79005554433")
    with qtbot.waitSignal(one.performed):
        dialog.decide()
    assert stored(one, ident, "phone") == "+79005554433"


def test_esc_leaves_it_for_later(disagreement, page, dialog, qtbot):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.window().findChildren(ConflictDialog))
    assert page.table.rowCount() == 1


def test_no_conflict_opens_a_window_by_itself(disagreement, window_of, swap):
    window_of(disagreement[0])
    swap(disagreement[0])
    assert QApplication.activeModalWidget() is None


def test_a_decision_made_elsewhere_closes_the_dialog(disagreement, dialog, page, swap, qtbot):
    one, two, _ = disagreement
    swap(two)
    with two.store.transaction("выбор") as session:
        resolve(session, conflict_id=dialog.card.ids[0], keep="hub")
    swap(two, one)
    qtbot.waitUntil(lambda: not page.window().findChildren(ConflictDialog))
