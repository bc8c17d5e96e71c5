"""A server calls its desktops: what one sends is in the other's window within seconds."""

from time import monotonic

import pytest
from ui.syncing.desktops import add_expert

PROMISED_SECONDS = 2 + 3  # the jitter, and a busy machine


@pytest.fixture
def desks(postgres_hub, desktop, swap):
    """Two desktops of one college, both up to date."""
    one, two = desktop("one", postgres_hub.url("anna")), desktop("two", postgres_hub.url("anna"))
    swap(one, two)
    return one, two


def test_what_one_sends_appears_in_the_others_window(desks, window_of, swap, qtbot):
    one, two = desks
    window = window_of(two)
    two.exchanger.set_period(60)
    two.exchanger.look()
    qtbot.waitUntil(lambda: two.exchanger._ear._listening is not None)
    page = window.open_page("experts")
    add_expert(one)
    swap(one)
    sent = monotonic()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    assert monotonic() - sent < PROMISED_SECONDS


def test_who_exchanges_only_when_asked_is_not_called(desks, window_of, qtbot):
    _, two = desks
    window_of(two)
    two.exchanger.set_period(0)
    with qtbot.waitSignal(two.exchanger.changed):
        two.exchanger.look()
    assert two.exchanger._ear._listening is None
