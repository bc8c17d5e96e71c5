"""What an exchange brings appears in the open page, and takes nothing away from who works there."""

import pytest
from PySide6.QtCore import Qt
from ui.syncing.desktops import add_expert, edit, stored

LETTERS = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"


@pytest.fixture
def people(hub, desktop, swap):
    """Two desktops with the same 56 experts."""
    one, two = desktop("one", hub), desktop("two", hub)
    idents = [
        add_expert(one, f"{letter}{ending} Иван Иванович")
        for letter in LETTERS
        for ending in ("ванов", "лькин")
    ]
    swap(one, two)
    return one, two, sorted(idents)


@pytest.fixture
def page(people, window_of, qtbot):
    window = window_of(people[1])
    page = window.open_page("experts")
    qtbot.waitUntil(lambda: page.table.rowCount() == 56)
    return page


def bring_news(one, two, swap):
    add_expert(one, "Абакумов Пётр Петрович")
    swap(one, two)


def test_cursor_selection_and_scroll_position_stay(people, page, swap, qtbot):
    one, two, _ = people
    page.view.setFocus()
    page.view.selectRow(20)
    page.view.verticalScrollBar().setValue(30)  # the cursor is out of sight
    here = page.view.current_id()
    top = page.table.record_id(page.view.rowAt(0))
    bring_news(one, two, swap)
    qtbot.waitUntil(lambda: page.table.rowCount() == 57)
    assert page.view.current_id() == here
    assert page.view.chosen_ids() == [here]
    assert page.table.record_id(page.view.rowAt(0)) == top
    assert page.view.hasFocus()


def test_a_filter_being_typed_stays(people, page, swap, qtbot):
    one, two, _ = people
    page.filter.setFocus()
    page.filter.setText("ива")
    page.filter.setCursorPosition(2)
    bring_news(one, two, swap)
    qtbot.waitUntil(lambda: "из 57" in page.count.text())
    assert page.filter.text() == "ива"
    assert page.filter.cursorPosition() == 2
    assert page.filter.hasFocus()


def open_card(page, qtbot):
    page.view.selectRow(3)
    ident = page.view.current_id()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.card.card is not None and page.card.card.id == ident)
    return ident, page.card.contacts.field("phone")


def test_what_is_being_typed_in_a_card_stays(people, page, swap, qtbot):
    one, two, _ = people
    ident, phone = open_card(page, qtbot)
    phone.setFocus()
    qtbot.keyClicks(phone, "+7999")
    edit(one, ident, email="new@example.org")
    swap(one, two)
    qtbot.waitUntil(lambda: page.card.contacts.field("email").text() == "new@example.org")
    assert phone.text() == "+7999"
    assert phone.hasFocus()
    assert not phone.problem()


def test_one_who_types_is_told_what_another_wrote_there(people, page, swap, qtbot):
    one, two, _ = people
    ident, phone = open_card(page, qtbot)
    phone.setFocus()
    qtbot.keyClicks(phone, "+7999")
    edit(one, ident, phone="+79001112233")
    swap(one, two)
    qtbot.waitUntil(lambda: "+79001112233" in phone.problem())
    assert phone.text() == "+7999"
    qtbot.keyClick(phone, Qt.Key.Key_Escape)
    assert phone.text() == "+79001112233"
    assert stored(two, ident, "phone") == "+79001112233"


def test_the_offer_to_undo_stays_and_undoes_the_own_edit(people, page, swap, qtbot):
    one, two, _ = people
    window = page.window()
    ident, phone = open_card(page, qtbot)
    phone.setFocus()
    phone.setText("+79990001122")
    with qtbot.waitSignal(two.performed):
        qtbot.keyClick(phone, Qt.Key.Key_Return)
    qtbot.waitUntil(window.status.undo_button.isVisible)
    words = window.status.words.text()
    bring_news(one, two, swap)
    assert window.status.undo_button.isVisible()
    assert window.status.words.text() == words
    assert window.status.sync_button.text().strip().startswith("Получено")
    with qtbot.waitSignal(two.performed):
        window.status.undo_button.click()
    assert stored(two, ident, "phone") != "+79990001122"


def test_a_message_about_a_refusal_is_not_swept_away(people, page, swap):
    one, two, _ = people
    window = page.window()
    window.notice.tell("Так нельзя.")
    bring_news(one, two, swap)
    assert window.notice.isVisible()
