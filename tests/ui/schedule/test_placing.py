"""An exam is put on a typed day, hour and workshop, from the board, the strip and the list."""

from datetime import date, datetime, timedelta

from conftest import EXAM_DAY
from PySide6.QtCore import QDate, Qt, QTime

Key = Qt.Key
MONDAY = date(2026, 6, 22)


def begin(desk, widget=None):
    desk.key(Key.Key_F4, widget=widget)
    bar = desk.page.desk.bars.placing
    assert bar.isVisible()
    assert bar.isAncestorOf(desk.window.focusWidget())
    return bar


def test_a_day_an_hour_and_a_workshop_are_typed_on_the_board(desk):
    first = desk.season.first
    desk.choose(first)
    bar = begin(desk)
    assert bar.workshop.value() == desk.season.one.id
    bar.day.setDate(QDate(2026, 6, 22))
    bar.hour.setTime(QTime(10, 30))
    bar.workshop.setCurrentIndex(bar.workshop.findData(desk.season.other.id))
    assert bar.told.accessibleName().endswith("Свободно")
    desk.key(Key.Key_Return, widget=bar.hour)
    stored = desk.stored(first)
    assert stored.starts_at == datetime(2026, 6, 22, 10, 30)
    assert stored.workshop_id == desk.season.other.id
    assert not bar.isVisible()
    assert desk.timeline.hasFocus()


def test_what_is_forbidden_is_told_while_it_is_typed_and_takes_no_enter(desk):
    first = desk.season.first
    desk.choose(first)
    bar = begin(desk)
    bar.day.setDate(QDate(2026, 6, 19))
    assert "ИС-42" in bar.told.accessibleName()
    desk.key(Key.Key_Return, widget=bar.day)
    assert bar.isVisible()
    assert desk.stored(first).starts_at.date() == EXAM_DAY
    desk.key(Key.Key_Escape, widget=bar.day)
    assert not bar.isVisible()


def test_what_waits_is_offered_the_first_free_hour(desk):
    strip, waiting = desk.page.panel.strip, desk.season.waiting
    strip.setFocus()
    desk.settle()
    bar = begin(desk, strip)
    bar.workshop.setCurrentIndex(bar.workshop.findData(desk.season.one.id))
    bar.day.setDate(QDate(2026, 6, 18))
    assert bar.hour.time() == QTime(13, 30)
    assert "до 12:30 здесь ИС-41" in bar.told.accessibleName()
    desk.key(Key.Key_Return, widget=bar.day)
    assert desk.stored(waiting).starts_at == datetime.combine(EXAM_DAY, datetime.min.time()) + (
        timedelta(hours=13, minutes=30)
    )


def test_the_list_places_too_and_many_go_along(desk):
    desk.key(Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    plan, first, second = desk.page.list, desk.season.first, desk.season.second
    plan.choose([first.id, second.id])
    desk.settle()
    assert desk.page.desk.bars.bulk.isVisible()
    bar = begin(desk, plan)
    bar.day.setDate(QDate(2026, 6, 22))
    desk.key(Key.Key_Return, widget=bar.day)
    days = {desk.stored(one).starts_at.date() for one in (first, second)}
    assert days == {MONDAY, MONDAY + timedelta(days=1)}
    assert plan.hasFocus()
