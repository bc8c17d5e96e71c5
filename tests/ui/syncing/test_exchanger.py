"""When exchanges happen and how they are told: by hand, by the clock, at the end; failures."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui.syncing.desktops import add_expert, edit, stored

from demoexam.ui.syncing import words

NOW = datetime(2026, 5, 27, 14, 32)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 5, 27, 14, 31, 40), "только что"),
        (datetime(2026, 5, 27, 14, 27), "5\u00a0минут назад"),
        (datetime(2026, 5, 27, 14, 31), "1\u00a0минуту назад"),
        (datetime(2026, 5, 27, 9, 5), "в 09:05"),
        (datetime(2026, 5, 26, 18, 0), "вчера в 18:00"),
        (datetime(2026, 5, 1, 18, 0), "01.05.2026 в 18:00"),
    ],
)
def test_when_an_exchange_was_is_told_as_people_tell_it(at, said):
    assert words.ago(at, NOW) == said


def test_without_a_shared_store_all_is_as_before_and_f5_explains(desktop, window_of, qtbot):
    alone = desktop("alone")
    window = window_of(alone)
    refused = []
    alone.refused.connect(refused.append)
    alone.exchanger.exchange(asked=True)
    assert alone.exchanger.running is None
    assert "sync_button" not in vars(window.status)
    assert "badge" not in vars(window.navigation.buttons["sync"])
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.top.title.text() == "Синхронизация"
    assert window.page.stack.currentWidget() is window.page.empty
    assert not refused


def test_an_exchange_brings_the_others_edits_into_the_open_page(
    hub, desktop, window_of, swap, qtbot
):
    one, two = desktop("one", hub), desktop("two", hub)
    window = window_of(two)
    swap(two)
    assert window.status.sync_button.text().strip() == "Получены все общие данные"
    window.open_page("experts")
    add_expert(one)
    swap(one)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.page.table.rowCount() == 1)
    qtbot.waitUntil(lambda: window.status.sync_button.text().strip().startswith("Получено"))


def test_the_state_tells_what_waits_and_a_click_opens_the_page(
    hub, desktop, window_of, swap, qtbot
):
    one = desktop("one", hub)
    window = window_of(one)
    swap(one)
    one.exchanger._forget()
    assert window.status.sync_button.text().strip() == "обмен только что"
    add_expert(one)
    one.announce(frozenset({"expert"}))
    qtbot.waitUntil(lambda: "не отправлено: 1" in window.status.sync_button.text())
    window.status.sync_button.click()
    assert window.top.title.text() == "Синхронизация"


def test_the_clock_and_the_start_exchange_by_themselves(hub, desktop, window_of, qtbot):
    one, two = desktop("one", hub, minutes=5), desktop("two", hub)
    ident = add_expert(two)
    window_of(two)
    with qtbot.waitSignal(two.exchanger.ended):
        two.exchanger.exchange()
    window_of(one)
    assert one.exchanger.period == 5
    qtbot.waitSignal(one.exchanger.ended).wait()
    assert stored(one, ident, "last_name") == "Ёлкин"
    edit(two, ident, phone="+79000000002")
    with qtbot.waitSignal(two.exchanger.ended):
        two.exchanger.exchange()
    one.exchanger._clock.setInterval(50)
    qtbot.waitUntil(lambda: stored(one, ident, "phone") == "+79000000002")
    one.exchanger.set_period(0)


def test_what_fails_by_itself_is_words_in_the_status_bar_only(
    hub, desktop, window_of, tmp_path, qtbot
):
    one = desktop("one", hub)
    window = window_of(one)
    (tmp_path / "share").rename(tmp_path / "away")
    refused = []
    one.refused.connect(refused.append)
    with qtbot.waitSignal(one.exchanger.ended):
        one.exchanger.exchange()
    qtbot.waitUntil(lambda: "не найдено" in window.status.sync_button.text())
    assert not refused
    assert QApplication.activeModalWidget() is None
    with qtbot.waitSignal(one.refused):
        one.exchanger.exchange(asked=True)
    assert "не найдено" in window.notice.accessibleName()
    (tmp_path / "away").rename(tmp_path / "share")
    with qtbot.waitSignal(one.exchanger.ended):
        one.exchanger.exchange()
    qtbot.waitUntil(lambda: "не найдено" not in window.status.sync_button.text())


def test_closing_sends_what_waits_first(hub, desktop, window_of, swap, qtbot):
    one, two = desktop("one", hub), desktop("two", hub)
    window = window_of(one)
    swap(one)
    one.exchanger.set_period(60)
    ident = add_expert(one)
    one.announce(frozenset({"expert"}))
    qtbot.waitUntil(lambda: bool(one.exchanger.state.unsent))
    window.close()
    assert window.isVisible()
    assert "Отправляем" in window.sync._strip.words.text()
    qtbot.waitUntil(lambda: not window.isVisible())
    swap(two)
    assert stored(two, ident, "last_name") == "Ёлкин"


def test_closing_does_not_wait_for_one_who_is_in_a_hurry(hub, desktop, window_of, swap, qtbot):
    one = desktop("one", hub)
    window = window_of(one)
    swap(one)
    one.exchanger.set_period(60)
    add_expert(one)
    one.announce(frozenset({"expert"}))
    qtbot.waitUntil(lambda: bool(one.exchanger.state.unsent))
    window.close()
    window.sync.close_now()
    assert not window.isVisible()
