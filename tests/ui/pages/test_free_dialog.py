"""«Кто свободен / где свободно» in the window: searched, read and used from the keyboard."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from demoexam.models.exams import ExamSession
from demoexam.ui.dialogs.exam_edit_dialog import ExamDialog
from demoexam.ui.dialogs.free_dialog import EXPERTS, ROOMS, SLOTS, FreeDialog
from demoexam.ui.dialogs.free_rows import told

MONDAY, FRIDAY = date(2026, 6, 1), date(2026, 6, 5)


class Window(QWidget):
    """Stands for the program's window: remembers where it was sent."""

    def __init__(self):
        super().__init__()
        self.places = []

    def open_page(self, name, place):
        self.places.append((name, place))


@pytest.fixture
def season(making):
    with making() as make:
        kit = make.kit(minutes=210)
        room = make.workshop(name="Сварка", places=10)
        one, two = (
            make.expert("Белов Пётр Ильич", make.employer()),
            make.expert("Громов Олег Ильич"),
        )
        make.competence(one)
        make.assignment(make.sitting(kit=kit, workshop=room, day=MONDAY, at=8), one)
        make.unavailability(two, date(2026, 6, 2), soft=True)
        return kit.id, room.id, one.id, two.id


@pytest.fixture
def window(qtbot):
    made = Window()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def dialog(workspace, window, season, qtbot):
    made = FreeDialog(workspace, window, first=MONDAY, last=FRIDAY, kit_id=season[0], people=10)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.open()
    qtbot.waitUntil(lambda: made.found is not None)
    return made


def cells(dialog, part):
    table = dialog._tables[part]
    width = range(len(table.columns))
    return [[table.cell(n, at).text for at in width] for n in range(table.rowCount())]


def test_slots_workshops_and_experts_are_listed(dialog):
    assert cells(dialog, SLOTS)[:2] == [
        ["пн 01.06.2026", "12:30–16:00", "Сварка", "Колледж мастерских", "10", "0"],
        ["вт 02.06.2026", "08:00–11:30", "Сварка", "Колледж мастерских", "10", "1"],
    ]
    assert [row[-2:] for row in cells(dialog, ROOMS)] == [["5", "все дни"]]
    assert [(row[0], row[4], row[5], row[6]) for row in cells(dialog, EXPERTS)] == [
        ("Белов Пётр Ильич", "1", "4", "02.06–05.06"),
        ("Громов Олег Ильич", "0", "5", "все дни; нежелательно: 02.06"),
    ]
    dialog.close()


def test_an_exam_is_begun_in_a_slot_from_the_keyboard(dialog, window, season, acts, qtbot):
    kit, room, *_ = season
    qtbot.keyClick(dialog, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert dialog.views[SLOTS].hasFocus()
    qtbot.keyClick(dialog.views[SLOTS], Qt.Key.Key_Down)
    dialog.exam_button.setFocus()
    qtbot.keyClick(dialog.exam_button, Qt.Key.Key_Space)
    (exam,) = [one for one in window.findChildren(ExamDialog) if one.isVisible()]
    assert exam.form.starts_at() == datetime(2026, 6, 2, 8)
    assert (exam.form.kit.value(), exam.form.workshop.value()) == (kit, room)
    exam.form.group.show_value(acts.stored(ExamSession)[0].group_id)
    exam.form.group.chosen.emit()
    assert exam.form.kit.value() == kit
    exam.close()


def test_enter_opens_the_day_or_the_card(dialog, window, season, qtbot):
    qtbot.keyClick(dialog, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert not dialog.exam_button.isVisible()
    qtbot.keyClick(dialog.views[EXPERTS], Qt.Key.Key_Return)
    assert window.places == [("experts", {"id": season[2]})]


def test_a_slot_opens_its_day_on_the_schedule(dialog, window, qtbot):
    qtbot.keyClick(dialog.views[SLOTS], Qt.Key.Key_Return)
    assert window.places == [("schedule", {"day": MONDAY})]


def test_other_wishes_are_searched_at_once(dialog, acts):
    dialog.form.people.setValue(11)
    dialog.form.people.editingFinished.emit()
    acts.wait(lambda: not dialog.found.slots)
    assert "рабочих мест" in dialog.views[SLOTS]._nothing.text()
    dialog.form.competent.click()
    acts.wait(lambda: len(dialog.found.experts) == 1)
    acts.type(dialog.form.last, "31.05.2026")
    acts.wait(dialog.refusal.isVisible)
    assert "раньше, чем начинаются" in dialog.refusal.words.text()
    assert cells(dialog, EXPERTS) == []
    dialog.close()


def test_without_a_kit_the_way_out_is_told(workspace, window, season, qtbot):
    dialog = FreeDialog(workspace, window, first=MONDAY, part=EXPERTS)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.found is not None)
    assert dialog.stack.currentWidget() is dialog.views[EXPERTS]
    assert dialog.views[SLOTS]._nothing.text().startswith("Выберите комплект")
    dialog.close()
    QApplication.processEvents()


def test_days_over_a_weekend_are_one_period():
    days = [date(2026, 6, day) for day in (3, 4, 5, 8, 9, 11)]
    among = [date(2026, 6, day) for day in (3, 4, 5, 8, 9, 10, 11)]
    assert told(days, among) == "03.06–09.06, 11.06"
    assert told(among, among) == "все дни"
    assert told([MONDAY], [MONDAY]) == "01.06"
