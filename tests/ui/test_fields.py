from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from demoexam.ui.fields import ChoiceField, DateField, FlagField, MemoField, NumberField, TextField
from demoexam.ui.parsing import parse_date, parse_time


def focus(qtbot, field):
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)


@pytest.fixture
def form(qtbot):
    """A window with a spare field to go to."""

    def make(field):
        window = QWidget()
        layout = QVBoxLayout(window)
        window.spare = TextField()
        layout.addWidget(field)
        layout.addWidget(window.spare)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        focus(qtbot, field)
        written = []
        field.written.connect(written.append)
        return window, written

    return make


def test_a_field_writes_once_when_it_is_left(form, qtbot):
    field = TextField()
    window, written = form(field)
    field.show_value("Иванов")
    field.setText("Петров")
    focus(qtbot, window.spare)
    qtbot.waitUntil(lambda: written == ["Петров"])
    focus(qtbot, field)
    focus(qtbot, window.spare)
    assert written == ["Петров"]


def test_escape_brings_the_old_value_back(form, qtbot):
    field = TextField()
    _, written = form(field)
    field.show_value("Иванов")
    field.setText("Петров")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Иванов"
    assert written == []


def test_what_is_being_typed_is_not_overwritten_by_a_refresh(form, qtbot):
    field = TextField()
    _window, _ = form(field)
    field.show_value("old")
    qtbot.keyClick(field, Qt.Key.Key_X)
    typed = field.text()
    field.show_value("from the store")
    assert field.text() == typed


def test_a_wrong_date_stays_in_sight_with_the_reason(form, qtbot):
    field = DateField()
    window, written = form(field)
    field.setText("31.02.2026")
    focus(qtbot, window.spare)
    assert field.text() == "31.02.2026"
    assert "Это не дата" in field.problem()
    assert written == []
    field.setText("5.6.26")
    focus(qtbot, field)
    focus(qtbot, window.spare)
    assert written == [date(2026, 6, 5)]
    assert field.text() == "05.06.2026"
    assert field.problem() == ""


def test_an_optional_date_may_be_emptied(form, qtbot):
    field = DateField()
    window, written = form(field)
    field.show_value(date(2026, 6, 5))
    field.setText("")
    focus(qtbot, window.spare)
    assert written == [None]


def test_numbers_choices_flags_and_memos_write_their_values(form, qtbot):
    number, choice = NumberField(0, 100, "%"), ChoiceField([(1, "один"), (2, "два")])
    flag, memo = FlagField("да"), MemoField()
    window, written = form(number)
    number.setValue(70)
    focus(qtbot, window.spare)
    assert written == [70]

    for field in (choice, flag, memo):
        window.layout().addWidget(field)
        field.written.connect(written.append)
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    flag.click()
    focus(qtbot, memo)
    memo.setPlainText(" две\nстроки ")
    focus(qtbot, window.spare)
    assert written == [70, 2, True, "две\nстроки"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5.6.24", date(2024, 6, 5)),
        ("05/06/2024", date(2024, 6, 5)),
        ("2024-06-05", date(2024, 6, 5)),
        ("5 6", date(2026, 6, 5)),
    ],
)
def test_dates_are_read_as_people_type_them(typed, day):
    assert parse_date(typed, today=date(2026, 1, 1)) == day


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("9", time(9)), ("9:30", time(9, 30)), ("0930", time(9, 30)), ("14.05", time(14, 5))],
)
def test_times_are_read_as_people_type_them(typed, moment):
    assert parse_time(typed) == moment


@pytest.mark.parametrize("typed", ["25:00", "полдень", "9:7:1"])
def test_what_is_no_time_is_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match="Это не время"):
        parse_time(typed)
