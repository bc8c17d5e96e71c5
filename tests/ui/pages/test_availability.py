"""When an expert cannot come: marked in his card, for several at once, and read from a file."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog

from demoexam.models.people import Unavailability
from demoexam.settings import LocalSettings
from demoexam.ui.dialogs.absences_dialog import AbsencesDialog
from demoexam.ui.main_window import MainWindow
from demoexam.ui.pages.experts_page import ExpertsPage
from demoexam.ui.table_view import TableView

TODAY = date.today()
MONTH = TODAY.replace(day=1)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def people(making):
    with making() as make:
        plant = make.employer()
        return [make.expert(f"{name} Пётр Ильич", plant).id for name in ("Белов", "Громов", "Жук")]


@pytest.fixture
def card(people, shown, acts):
    page = shown(ExpertsPage)
    card = acts.card(page, people[0])
    card.absences.strip.show_month(MONTH)
    return card


def periods(acts, expert_id):
    return [
        (row.from_day, row.to_day, row.soft)
        for row in acts.stored(Unavailability, expert_id=expert_id)
    ]


def plain(told):
    return told.args[0].replace("\xa0", " ")


def press(qtbot, strip, *keys):
    for key in keys:
        qtbot.keyClick(strip, *(key if isinstance(key, tuple) else (key,)))


def test_days_are_marked_from_the_keyboard_and_taken_back(card, people, acts, qtbot):
    strip = card.absences.strip
    strip.setFocus()
    with acts.doing() as told:
        press(qtbot, strip, Qt.Key.Key_Right, (Qt.Key.Key_Right, SHIFT), Qt.Key.Key_Space)
    assert plain(told).startswith("эксперт не может: 2")
    first, second = MONTH + timedelta(1), MONTH + timedelta(2)
    assert periods(acts, people[0]) == [(first, second, False)]
    acts.wait(lambda: "Выбрано 2\xa0дня" in strip.accessibleName())
    with acts.doing() as told:
        press(qtbot, strip, Qt.Key.Key_Home, Qt.Key.Key_W)
    assert plain(told).startswith("эксперт просит не ставить: 1")
    acts.wait(lambda: strip.accessibleName().endswith("просит не ставить"))
    with acts.doing() as told:
        press(qtbot, strip, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert plain(told).startswith("эксперт снова может: 2")
    assert sorted(periods(acts, people[0])) == [(MONTH, MONTH, True), (second, second, False)]
    acts.undo()
    assert sorted(periods(acts, people[0])) == [(MONTH, MONTH, True), (first, second, False)]


def test_days_are_marked_by_dragging(card, people, acts, qtbot):
    strip = card.absences.strip
    start, end = (strip._box(number).center().toPoint() for number in (9, 11))
    with acts.doing():
        qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(strip, end)
        qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=end)
    ten = MONTH + timedelta(9)
    assert periods(acts, people[0]) == [(ten, ten + timedelta(2), False)]
    with acts.doing():
        qtbot.mouseClick(strip, Qt.MouseButton.RightButton, pos=QPoint(start))
    acts.wait(lambda: (ten, ten, True) in periods(acts, people[0]))


def test_months_are_turned_by_keys_and_buttons(card, qtbot):
    part = card.absences
    part.strip.setFocus()
    before = part.month.text()
    press(qtbot, part.strip, Qt.Key.Key_PageDown)
    assert part.strip.month == (MONTH + timedelta(31)).replace(day=1)
    assert part.month.text() != before
    press(qtbot, part.strip, Qt.Key.Key_Left)  # the day before is in the month before
    assert part.month.text() == before


def test_a_period_is_noted_for_several(people, shown, acts, qtbot):
    page = shown(ExpertsPage)
    acts.wait(lambda: page.table.rowCount() == 3)
    assert not page.absent.isVisible()
    page.view.setFocus()
    page.view.selectAll()
    assert page.absent.isVisible()
    page.absent.setFocus()
    qtbot.keyClick(page.absent, Qt.Key.Key_Space)
    dialog = acts.dialog(page)
    assert dialog.ok_button.text() == "Отметить: 3\xa0эксперта"
    acts.type(dialog._fields["from_day"], "01.06.2027")
    acts.type(dialog._fields["to_day"], "03.06.2027")
    dialog.soft.click()
    with acts.doing() as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert plain(told) == "недоступность: 3 эксперта"
    rows = acts.stored(Unavailability)
    assert {row.expert_id for row in rows} == set(people)
    assert all(row.soft and row.to_day == date(2027, 6, 3) for row in rows)
    acts.undo()
    assert acts.stored(Unavailability) == []


@pytest.fixture
def calendar(tmp_path):
    day = TODAY + timedelta(7)
    events = [f"SUMMARY:Отпуск\nDTSTART;VALUE=DATE:{day:%Y%m%d}", "SUMMARY:Пустое"]
    inside = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    path = tmp_path / "calendar.ics"
    path.write_text(f"BEGIN:VCALENDAR\n{inside}END:VCALENDAR\n", encoding="utf-8")
    return path, day


def test_a_calendar_is_looked_at_and_written_in_one_step(card, people, acts, qtbot, calendar):
    path, day = calendar
    card.absences.load_button.setFocus()
    qtbot.keyClick(card.absences.load_button, Qt.Key.Key_Space)
    dialog = acts.dialog(card)
    qtbot.keyClick(dialog.choose_button, Qt.Key.Key_Space)
    (asked,) = [one for one in dialog.findChildren(QFileDialog) if one.isVisible()]
    asked.fileSelected.emit(str(path))
    asked.close()
    acts.wait(lambda: dialog.lines)
    assert dialog.count.text() == "добавится: 1 · не прочитано: 1"
    assert dialog.findChild(TableView).accessibleName() == "Что найдено в файле"
    assert dialog.table.cell(0, 1).text == "Белов Пётр Ильич"
    assert dialog.focusWidget() is dialog.write_button
    with acts.doing() as told:
        qtbot.keyClick(dialog.write_button, Qt.Key.Key_Space)
    assert plain(told) == "недоступность экспертов из файла: 1 период"
    assert periods(acts, people[0]) == [(day, day, False)]
    acts.undo()
    assert periods(acts, people[0]) == []


def test_a_file_that_is_no_calendar_is_refused_kindly(card, acts, qtbot, tmp_path):
    path = tmp_path / "calendar.ics"
    path.write_bytes(b"\0" * 100)
    card.absences.loading.emit()
    dialog = acts.dialog(card)
    dialog.load(path)
    acts.wait(dialog.strip.isVisible)
    assert not dialog.write_button.isEnabled()
    assert path.name in dialog.strip.words.text()
    dialog.close()


def test_a_calendar_dropped_on_the_window_is_shown(people, workspace, acts, qtbot, calendar):
    window = MainWindow(LocalSettings())
    qtbot.addWidget(window)
    window.attach(workspace)
    window.show()
    window.take_files([calendar[0]])
    (dialog,) = window.findChildren(AbsencesDialog)
    acts.wait(lambda: dialog.lines)
    assert dialog.count.text() == "эксперт не найден: 1 · не прочитано: 1"
    assert not dialog.write_button.isEnabled()
    dialog.close()
