"""A screen reader finds a name on everything of «Расписание» that takes the keyboard."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from conftest import EXAM_DAY
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget

from demoexam.models.people import Unavailability

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SAID = Qt.ItemDataRole.AccessibleTextRole
INSIDE = "qt_"  # what Qt makes for itself within a widget that has a name


def spoken(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def reachable(page: QWidget) -> Iterator[QWidget]:
    """Whatever takes the focus, and every button, shown or not."""
    for widget in page.findChildren(QWidget):
        takes = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.focusProxy()
        if (takes or isinstance(widget, QAbstractButton)) and not _within(widget):
            yield widget


def _within(widget: QWidget) -> bool:
    """A part of a field or of a calendar: the whole has the name."""
    own = widget.objectName().startswith(INSIDE)
    outer = widget.parentWidget()
    return own or (outer is not None and outer.objectName().startswith(INSIDE))


def nameless(page: QWidget) -> list[str]:
    found = [one for one in reachable(page) if not spoken(one)]
    return [f"{type(one).__name__} in {type(one.parentWidget()).__name__}" for one in found]


@pytest.mark.parametrize("listed", [False, True])
def test_everything_that_takes_the_keyboard_has_a_name(desk, listed):
    ill = desk.season.experts[1]
    with desk.workspace.store.transaction("болезнь") as session:
        session.add(Unavailability(expert_id=ill.id, from_day=EXAM_DAY, to_day=EXAM_DAY))
    desk.workspace.announce(frozenset({"unavailability"}))
    desk.settle()
    page = desk.page
    page.tools.listing.setChecked(listed)
    desk.choose(desk.season.first)
    page.list.point_at(desk.season.first.id)
    desk.key(Key.Key_F, CONTROL, desk.window)
    page.place()
    page.desk.copy_day()
    page.desk.shift_chosen()
    desk.qtbot.waitUntil(page.inspector.open.isEnabled)
    names = [spoken(one) for one in reachable(page)]
    assert len(names) > 25
    assert not nameless(page)


def test_a_nameless_button_is_found(desk):
    made = QAbstractButtonless(desk.page)
    assert "QAbstractButtonless in SchedulePage" in nameless(desk.page)
    made.deleteLater()


class QAbstractButtonless(QWidget):
    """Takes the focus and has no name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def test_every_header_and_cell_of_the_list_is_said_whole(desk):
    desk.page.tools.listing.setChecked(True)
    plan, model = desk.page.list, desk.page.list.model()
    assert model.rowCount() == 3
    titles = [
        model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())
    ]
    assert titles == [
        "Дата", "Начало–конец", "Группа", "Комплект", "Мастерская", "Людей", "Эксперты",
        "Состояние", "Замечания",
    ]  # fmt: skip
    for row in range(model.rowCount()):
        for column, title in enumerate(titles):
            said = model.data(model.index(row, column), SAID)
            assert said.startswith(f"{title}: "), said
            assert said.removeprefix(f"{title}: ").strip()
    plan.point_at(desk.season.first.id)
    here = plan.currentIndex().row()
    line = [str(model.data(model.index(here, column), SAID)) for column in range(9)]
    plain = [one.replace("\N{NO-BREAK SPACE}", " ") for one in line]
    assert plain[0] == "Дата: четверг, 18 июня 2026 г."
    assert plain[1] == "Начало–конец: 09:00–12:30"
    assert plain[6] == "Эксперты: 2, нужно 2"


def test_dates_and_hours_are_sorted_as_what_they_are(desk):
    first, second = desk.season.first, desk.season.second
    with desk.workspace.store.transaction("другие часы") as session:
        later = session.get(type(first), first.id)
        later.starts_at = datetime(2026, 6, 8, 14)  # «8 июня» comes before «19 июня»
        later.ends_at = later.starts_at + timedelta(minutes=210)
    desk.workspace.announce(frozenset({"exam_session"}))
    desk.settle()
    desk.page.tools.listing.setChecked(True)
    plan = desk.page.list

    def order(column):
        plan.horizontalHeader().setSortIndicator(column, Qt.SortOrder.AscendingOrder)
        ids = [plan.table.record_id(row) for row in range(plan.table.rowCount())]
        return [one for one in ids if one in {first.id, second.id}]

    assert order(0) == [first.id, second.id]
    assert order(1) == [second.id, first.id]
    assert plan.source.between(date(2026, 6, 8), date(2026, 6, 8)) == [first.id]
