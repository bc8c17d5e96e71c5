"""The three steps as a user takes them by the keys: header rows, columns, similar people, rest."""

from pathlib import Path
from shutil import rmtree

import pytest
from import_dialog_steps import board, chosen, loaded, outcomes, row_of, settled
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox
from sqlalchemy import select

from demoexam.exchange.text_tables import read_pasted
from demoexam.models.people import Expert
from demoexam.services.imports.plan import Decision, Status
from demoexam.ui.dialogs.import_dialog import ImportDialog
from demoexam.ui.importing.header_choices import NO_HEADER
from demoexam.ui.importing.wording import Look

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
TITLES = ("ФИО", "Место работы", "Должность", "Телефон", "Почта")
AVERIN = ("Аверин Павел Денисович", "АО «Вектор»", "наладчик", "+79161234501", "a@example.com")
BELOVA = ("Белова Анна Игоревна", "ООО «Заря»", "технолог", "+79161234502", "b@example.com")
TWIN = ("Аверин Павел Денисович", "ООО «Полюс»", "мастер", "+79161234777", "p@example.com")
NAMELESS = ("", "ООО «Заря»", "технолог", "+79161234503", "")


@pytest.fixture
def written(tmp_path: Path):
    """Write the lines of a sheet as they are."""

    def write(*lines, name="список.xlsx", **more):
        made = Workbook()
        for number, (title, rows) in enumerate({"Эксперты": lines, **more}.items()):
            sheet = made.active if number == 0 else made.create_sheet()
            sheet.title = title
            for line in rows:
                sheet.append([*line])
        path = tmp_path / name
        made.save(path)
        return path

    return write


def press(qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """A key goes to whatever has the focus, as at a desk."""
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def experts(workspace):
    query = select(Expert.last_name, Expert.phone).where(Expert.live()).order_by(Expert.n)
    return [tuple(row) for row in workspace.read(lambda session: session.execute(query).all())]


def test_a_header_of_two_storeys_is_found_and_another_may_be_chosen(opened, qtbot, written):
    above = ("Список экспертов", "утверждён", "", "", "")
    upper = ("ФИО", "Работа", "", "Связь", "")
    lower = ("", "Место работы", "Должность", "Телефон", "Почта")
    dialog = opened(written(above, upper, lower, AVERIN, BELOVA))
    steps = dialog.view.steps
    assert steps.header.value() == (2, 3)
    assert (steps.header.currentText().partition(":")[0], steps.found.text()) == (
        "строки 2–3",
        "найдена",
    )

    chosen(qtbot, dialog, steps.header, (3, 3))
    assert steps.found.text() == "выбрана"
    assert board(dialog).preview.tables[0].header_rows == (3, 3)
    assert steps.columns.text() != ""


def test_a_sheet_without_a_header_is_read_by_what_is_in_it(opened, workspace, qtbot, written):
    dialog = opened(written(AVERIN, BELOVA))
    chosen(qtbot, dialog, dialog.view.steps.header, NO_HEADER)
    assert [row.plan.title for row in board(dialog).rows] == [AVERIN[0], BELOVA[0]]
    assert dialog.view.steps.header.currentText() == "нет заголовков"
    loaded(qtbot, dialog)
    assert [name for name, _ in experts(workspace)] == ["Аверин", "Белова"]


def test_columns_of_several_sheets_are_mapped_together(opened, qtbot, written):
    dialog = opened(written(TITLES, AVERIN, Архив=(TITLES, BELOVA)))
    model, header = dialog.view.model, dialog.view.table.body.header()
    assert dialog.view.steps.sheet.currentText() == "Все списки · 2\u00a0листа"
    at = next(at for at, each in enumerate(model.columns, 2) if each.field == "phone")
    chosen(qtbot, dialog, header.choice(at), "")

    assert all("phone" not in table.columns for table in board(dialog).preview.tables)
    assert model.text(1, 2) == BELOVA[0]
    dialog.view.table.body.selectRow(1)
    assert dialog.view.steps.found.text() == "лист Архив"


def test_a_similar_person_is_decided_by_the_keys(opened, workspace, qtbot, written):
    loaded(qtbot, opened(written(TITLES, AVERIN)))
    dialog = opened(written(TITLES, BELOVA, TWIN, name="второй.xlsx"))
    similar = row_of(dialog, 1)
    assert (similar.look, similar.outcome) == (Look.SIMILAR, "Похож на человека в базе →")

    press(qtbot, Key.Key_F8)
    panel = dialog.view.panel.similar
    assert panel.isVisible()
    assert panel.count.text() == "1 из 1"
    press(qtbot, Key.Key_Return)
    assert dialog.focusWidget() is panel.radios[Decision.SAME]
    press(qtbot, Key.Key_Down)
    assert panel.radios[Decision.DIFFERENT].isChecked()
    press(qtbot, Key.Key_Return)
    settled(qtbot, dialog)
    assert (row_of(dialog, 1).plan.status, dialog.view.panel.similar.later.isVisible()) == (
        Status.NEW,
        True,
    )

    panel.later.click()
    settled(qtbot, dialog)
    assert row_of(dialog, 1).look is Look.SIMILAR
    panel.radios[Decision.SAME].setChecked(True)
    panel.apply.click()
    settled(qtbot, dialog)
    assert row_of(dialog, 1).plan.status is Status.CHANGED
    loaded(qtbot, dialog)
    assert sorted(experts(workspace)) == [("Аверин", TWIN[3]), ("Белова", BELOVA[3])]


def test_what_differs_is_told_side_by_side(opened, qtbot, written):
    loaded(qtbot, opened(written(TITLES, AVERIN)))
    dialog = opened(written(TITLES, TWIN, name="второй.xlsx"))
    (comparison,) = board(dialog).alike.values()
    told = {fact.name: (fact.mine, fact.other, fact.differs) for fact in comparison.facts}
    assert told["ФИО"] == (AVERIN[0], AVERIN[0], False)
    assert told["Работа"] == ("ООО «Полюс»", "АО «Вектор»", True)
    assert told["Телефон"] == (TWIN[3], AVERIN[3], True)
    assert comparison.other == "Уже есть"


def test_one_word_may_be_said_of_all_similar_people(opened, qtbot, written):
    loaded(qtbot, opened(written(TITLES, AVERIN, BELOVA)))
    other = (BELOVA[0], "ООО «Полюс»", "мастер", "+79161234888", "")
    dialog = opened(written(TITLES, TWIN, other, name="второй.xlsx"))
    panel = dialog.view.panel.similar
    assert panel.all.text() == "Так же для &всех 2"
    panel.radios[Decision.SKIP].setChecked(True)
    panel.all.click()
    settled(qtbot, dialog)
    assert board(dialog).counts == {Status.SKIPPED: 2}
    assert dialog.foot.load.text().strip() in {"Загрузить", "Загружать нечего: всё уже есть"}


def test_skipped_rows_lie_beside_the_file_and_can_be_loaded_once_mended(
    opened, workspace, qtbot, written
):
    path = written(TITLES, AVERIN, NAMELESS)
    dialog = opened(path, apart=True)
    assert dialog.foot.load.text().strip() == "Загрузить 1, пропустить 1"
    loaded(qtbot, dialog)
    assert dialog.ending.title.text() == "Загружен 1\u00a0эксперт"
    beside = path.with_name("список — пропущенные строки.xlsx")
    qtbot.waitUntil(dialog.ending.folder.isVisible)
    assert beside.name in dialog.ending.where.text()
    dialog.ending.next.click()
    assert not dialog.isVisible()

    book = load_workbook(beside)
    sheet = book.active
    assert [cell.value for cell in sheet[1]][: len(TITLES)] == [*TITLES]
    sheet.cell(2, 1, "Гусев Илья Маркович")
    book.save(beside)
    again = opened(beside)
    assert outcomes(again) == ["Новый, работодатель"]
    loaded(qtbot, again)
    assert [name for name, _ in experts(workspace)] == ["Аверин", "Гусев"]


def test_a_file_that_lies_there_is_never_written_over(opened, qtbot, written):
    path = written(TITLES, AVERIN, NAMELESS)
    mended = path.with_name("список — пропущенные строки.xlsx")
    mended.write_bytes(b"precious")
    dialog = opened(path)
    loaded(qtbot, dialog)
    qtbot.waitUntil(dialog.ending.folder.isVisible)
    assert mended.read_bytes() == b"precious"
    assert path.with_name("список — пропущенные строки (2).xlsx").exists()


def test_where_nothing_can_be_written_beside_the_place_is_asked(opened, qtbot, written, tmp_path):
    path = written(TITLES, AVERIN, NAMELESS)
    folder = tmp_path / "ушла"
    folder.mkdir()
    dialog = opened(path.rename(folder / path.name))
    rmtree(folder)
    loaded(qtbot, dialog)
    qtbot.waitUntil(dialog.ending.elsewhere.isVisible)
    assert "ушла» нет" in dialog.ending.where.text()
    assert not dialog.ending.folder.isVisible()
    dialog.ending.next.click()


def test_pasted_rows_take_the_same_way_and_ask_where_the_skipped_go(
    qtbot, workspace, tmp_path, opened
):
    text = "\n".join("\t".join(line) for line in (TITLES, AVERIN, (*NAMELESS[:3], "", "x@y.ru")))
    dialog = ImportDialog(workspace, None, book=read_pasted(text), kind="roster")
    qtbot.addWidget(dialog)
    dialog.open()
    settled(qtbot, dialog)
    assert dialog.view.steps.about.text() == "вставлено из буфера"
    assert board(dialog).errors == 1
    loaded(qtbot, dialog)

    dialog.ending.elsewhere.click()
    asked = dialog.findChild(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "остаток.xlsx"))
    asked.close()
    qtbot.waitUntil(dialog.ending.folder.isVisible)
    assert (tmp_path / "остаток.xlsx").exists()
    dialog.ending.next.click()


def test_columns_once_told_are_known_again_with_a_note(opened, workspace, qtbot, written):
    odd = ("Кто", "Откуда", "Кем", "Куда звонить", "Куда писать")
    dialog = opened(written(odd, AVERIN, BELOVA))
    header, model = dialog.view.table.body.header(), dialog.view.model
    at = next(at for at, each in enumerate(model.columns, 2) if "Кем" in each.caption)
    chosen(qtbot, dialog, header.choice(at), "position")
    assert not dialog.view.warnings.recalled.isVisible()
    dialog.view.steps.save.click()
    qtbot.waitUntil(lambda: not dialog.view.steps.save.isEnabled())
    dialog.reject()

    again = opened(written(odd, TWIN, name="другой.xlsx"))
    assert again.view.warnings.recalled.isVisible()
    assert "position" in board(again).preview.tables[0].columns
    again.loader.choose({"recalled": False})
    settled(qtbot, again)
    assert not again.view.warnings.recalled.isVisible()


def test_rows_that_stay_the_same_can_be_hidden(opened, qtbot, written):
    loaded(qtbot, opened(written(TITLES, AVERIN)))
    dialog = opened(written(TITLES, AVERIN, BELOVA, name="второй.xlsx"))
    assert dialog.view.model.rowCount() == 2
    dialog.view.rows.hide_same.click()
    assert dialog.view.model.rowCount() == 1
    assert row_of(dialog, 0).plan.title == BELOVA[0]


def test_what_was_mended_is_not_thrown_away_without_a_question(opened, qtbot, written):
    dialog = opened(written(TITLES, AVERIN, NAMELESS))
    dialog.view.show_errors()
    press(qtbot, Key.Key_F2)
    editor = dialog.view.table.body.findChild(QLineEdit)
    editor.setText(BELOVA[0])
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.foot.load.text().strip() == "Загрузить 2")
    dialog.view.table.setFocus()
    press(qtbot, Key.Key_Escape)
    asked = dialog.findChild(QMessageBox)
    assert asked.text() == "Закрыть без загрузки?"
    asked.close()
    assert dialog.isVisible()


def test_two_cells_mended_one_after_another_are_both_kept(opened, workspace, qtbot, written):
    dialog = opened(written(TITLES, NAMELESS, ("", *BELOVA[1:])))
    model = dialog.view.model
    for row, name in enumerate(("Гусев Илья Маркович", BELOVA[0])):
        assert model.setData(model.index(row, 2), name)
        assert model.text(row, 2) == name  # seen at once, planned a moment later
    settled(qtbot, dialog)
    loaded(qtbot, dialog)
    assert [name for name, _ in experts(workspace)] == ["Гусев", "Белова"]
