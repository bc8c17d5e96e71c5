"""Rows of a page on their way to other programs and from them: by keys, through real files."""

import csv
from threading import Event

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from demoexam.exchange.text_tables import read_pasted
from demoexam.models.groups import Examinee
from demoexam.models.people import Expert
from demoexam.ui import carrier
from demoexam.ui.dialogs.export_dialog import ExportDialog
from demoexam.ui.dialogs.group_dialogs import PasteDialog
from demoexam.ui.dialogs.import_dialog import ImportDialog
from demoexam.ui.pages.experts_page import ExpertsPage
from demoexam.ui.pages.groups_page import GroupsPage
from demoexam.ui.pages.workshops_page import WorkshopsPage

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def people(making):
    with making() as make:
        plant = make.employer("=cmd|' /C calc'!A0")
        make.expert("Алёшина Анна Ильинична", plant, phone="+79991234567")
        make.expert("Белов Олег Петрович", make.college("Колледж «Связь»\nфилиал"))
        make.expert("Семёнов Пётр Фёдорович")


@pytest.fixture
def page(people, shown):
    return shown(ExpertsPage)


@pytest.fixture
def clipboard(qapp):
    return QGuiApplication.clipboard()


def dialogs_of(page):
    return [one for one in page.window().findChildren(QDialog) if one.isVisible()]


def opened(page, kind):
    found = dialogs_of(page)
    assert [type(one) for one in found] == [kind]
    return found[0]


def cells(text):
    return [line.cells for line in read_pasted(text).sheets[0].lines]


def test_keys_copy_rows_with_and_without_titles(page, qtbot, clipboard):
    page.view.selectAll()
    qtbot.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    rows = cells(clipboard.text())
    assert [row[0] for row in rows] == [
        "Алёшина Анна Ильинична", "Белов Олег Петрович", "Семёнов Пётр Фёдорович",
    ]  # fmt: skip
    assert rows[1][2] == "Колледж «Связь»\nфилиал"
    assert "\t'=cmd|" in clipboard.text()  # pasted elsewhere it is no formula
    assert rows[0][2] == "=cmd|' /C calc'!A0"  # pasted here it is what it was
    qtbot.keyClick(page.view, Qt.Key.Key_C, CONTROL | SHIFT)
    assert cells(clipboard.text())[0][:3] == ("Фамилия, имя, отчество", "Сторона", "Организация")


def test_many_rows_are_copied_in_the_background(page, qtbot, clipboard, monkeypatch):
    monkeypatch.setattr(carrier, "AT_ONCE", 1)
    clipboard.setText("")
    page.view.selectAll()
    qtbot.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: len(clipboard.text().splitlines()) >= 3)


def test_nothing_selected_leaves_the_clipboard_alone(page, qtbot, clipboard):
    clipboard.setText("важное")
    page.view.clearSelection()
    qtbot.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == "важное"


def exporting(page, qtbot):
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_E, CONTROL)
    return opened(page, ExportDialog)


def written(dialog, path, qtbot):
    with qtbot.waitSignal(dialog.saved):
        dialog.save(path)
    return path


def test_rows_are_written_as_filtered_and_sorted(page, qtbot, tmp_path):
    page.filter.setText("ол")  # begins a name, and a name of an employer
    page._apply_filter()
    dialog = exporting(page, qtbot)
    assert "1\u00a0эксперт" in dialog.rows.button(0).text()
    path = written(dialog, tmp_path / "эксперты.xlsx", qtbot)
    sheet = openpyxl.load_workbook(path).active
    assert [sheet["A1"].value, sheet["A2"].value] == ["Эксперты", "Отбор: «ол»"]
    names = [row[0].value for row in sheet.iter_rows(min_row=5)]
    assert names == ["Белов Олег Петрович"]
    qtbot.waitUntil(lambda: not dialogs_of(page))


def test_the_order_of_the_table_is_that_of_the_file(page, qtbot, tmp_path):
    page.view.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    path = written(exporting(page, qtbot), tmp_path / "эксперты.csv", qtbot)
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[1][0] == "Семёнов Пётр Фёдорович"
    assert rows[-1][0] == "Алёшина Анна Ильинична"
    assert "'=cmd" in path.read_text("utf-8-sig")


def test_selected_rows_with_everything_and_without_contacts(page, qtbot, tmp_path):
    page.view.selectRow(0)
    qtbot.keyClick(page.view, Qt.Key.Key_Down, SHIFT)
    dialog = exporting(page, qtbot)
    assert dialog.rows.checkedId() == 1
    dialog.columns.button(1).setFocus()
    qtbot.keyClick(dialog.columns.button(1), Qt.Key.Key_Space)
    assert dialog.without_contacts.isVisible()
    qtbot.keyClick(dialog.without_contacts, Qt.Key.Key_Space)
    path = written(dialog, tmp_path / "эксперты.xlsx", qtbot)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active]
    assert "Телефон" not in rows[2]
    assert [row[0] for row in rows[3:]] == ["Алёшина", "Белов"]
    assert rows[3][rows[2].index("Место работы")] == "=cmd|' /C calc'!A0"


def test_a_locked_file_is_told_in_the_dialog_which_stays(page, qtbot, tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "used by another process")

    dialog = exporting(page, qtbot)
    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.replace", refuse)
        dialog.save(tmp_path / "эксперты.xlsx")
        qtbot.waitUntil(dialog.strip.isVisible)
    assert "открыт в другой программе" in dialog.strip.words.text()
    assert dialog.save_button.isEnabled()
    written(dialog, tmp_path / "эксперты.xlsx", qtbot)
    assert (tmp_path / "эксперты.xlsx").exists()


def test_escape_stops_the_writing_and_then_closes(page, qtbot, tmp_path, monkeypatch):
    dialog, go_on = exporting(page, qtbot), Event()
    with monkeypatch.context() as patched:
        patched.setattr(page.source, "rows", lambda keys: go_on.wait(9) and {})
        dialog.save(tmp_path / "эксперты.xlsx")
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        go_on.set()
        qtbot.waitUntil(lambda: dialog._task is None)
    assert dialog.isVisible()
    assert not (tmp_path / "эксперты.xlsx").exists()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_menu_of_the_rows_names_the_keys(page, qtbot):
    page.view.selectRow(0)
    menu = page.view.row_menu()
    told = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert told[:4] == [
        "Копировать\tCtrl+C", "Копировать с заголовками\tCtrl+Shift+C", "Вставить строки…\tCtrl+V",
        "Выгрузить…\tCtrl+E",
    ]  # fmt: skip
    menu.actions()[3].trigger()
    opened(page, ExportDialog).reject()
    menu.close()


def test_rows_from_a_spreadsheet_open_the_import(page, qtbot, acts, clipboard):
    clipboard.setText('Фамилия\tИмя\tОтчество\tДолжность\nЯшин\tЯн\tЯнович\t"инженер\nцеха"\n')
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_V, CONTROL)
    acts.wait(lambda: page.window().findChildren(ImportDialog))
    dialog = opened(page, ImportDialog)
    acts.wait(lambda: dialog.board is not None and not dialog.loader.busy)
    with acts.doing():
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    assert acts.stored(Expert, last_name="Яшин")
    qtbot.waitUntil(lambda: not dialogs_of(page))


def test_an_empty_page_takes_rows_too(shown, qtbot, monkeypatch, clipboard):
    page, asked = shown(WorkshopsPage), []
    monkeypatch.setattr(carrier.dialogs, "open_dialog", lambda *a, **facts: asked.append(facts))
    clipboard.setText("Мастерская\tРабочих мест\nСварочная\t8\n")
    page.empty.findChildren(type(page.load_button()))[0].setFocus()
    page.carrier.paste()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0]["kind"] == "workshops"
    assert asked[0]["book"].name == "буфер обмена"


def test_another_list_is_taken_for_what_it_is(page, qtbot, monkeypatch, clipboard):
    asked = []
    monkeypatch.setattr(carrier.dialogs, "open_dialog", lambda *a, **facts: asked.append(facts))
    clipboard.setText("Мастерская\tРабочих мест\nСварочная\t8\n")
    page.carrier.paste()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0]["kind"] == "auto"


def test_copied_files_are_loaded(page, monkeypatch, clipboard, tmp_path):
    asked, data = [], QMimeData()
    monkeypatch.setattr(carrier.dialogs, "open_dialog", lambda *a, **facts: asked.append(facts))
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "эксперты.xlsx"))])
    clipboard.setMimeData(data)
    page.carrier.paste()
    assert asked == [{"files": [tmp_path / "эксперты.xlsx"]}]


def test_an_empty_clipboard_is_told(page, qtbot, acts, clipboard):
    clipboard.setText("\r\n")
    page.view.setFocus()
    with acts.refused() as told:
        qtbot.keyClick(page.view, Qt.Key.Key_V, CONTROL)
    assert "нет строк" in str(told.args[0])


def test_ctrl_v_in_the_filter_is_text(page, qtbot, clipboard):
    clipboard.setText("семен")
    page.filter.setFocus()
    qtbot.keyClick(page.filter, Qt.Key.Key_V, CONTROL)
    assert page.filter.text() == "семен"


@pytest.fixture
def group(making, shown, acts):
    with making() as make:
        known = make.group(examinees=2)
    page = shown(GroupsPage)
    acts.card(page, known.id)
    acts.wait(lambda: page.card.students.students.rowCount() == 2)
    return page


def test_names_alone_go_into_the_group_whatever_stands_beside_them(group, acts, qtbot, clipboard):
    clipboard.setText("№\tФИО\tТелефон\n1\tЯшин Ян Янович\t+7 900 000-00-00\n2\tЛи\tАнна\t\n")
    qtbot.keyClick(group.card.students, Qt.Key.Key_V, CONTROL)
    dialog = opened(group, PasteDialog)
    assert dialog.ok_button.text() == "Добавить 2"
    with acts.doing():
        dialog.save()
    assert {one.last_name for one in acts.stored(Examinee)} >= {"Яшин", "Ли"}


def test_a_table_that_names_groups_is_imported(group, qtbot, monkeypatch, clipboard):
    asked = []
    monkeypatch.setattr(carrier.dialogs, "open_dialog", lambda *a, **facts: asked.append(facts))
    clipboard.setText("ФИО\tГруппа\nЯшин Ян Янович\tИС-41\n")
    qtbot.keyClick(group.card.students, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0]["kind"] == "students"


def test_the_students_of_the_groups_are_written(group, qtbot, tmp_path):
    group.view.setFocus()
    qtbot.keyClick(group.view, Qt.Key.Key_E, CONTROL)
    dialog = opened(group, ExportDialog)
    dialog.columns.button(1).click()
    path = written(dialog, tmp_path / "студенты.xlsx", qtbot)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active]
    assert [row[3] for row in rows[3:]] == ["ИС-41", "ИС-41"]
