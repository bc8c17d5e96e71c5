"""The import through the window: what is shown before, what is written after, what is refused."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from import_dialog_steps import board, loaded, outcomes, row_of, settled
from import_truth import FILES, roster
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from sqlalchemy import func, select

from demoexam.models.catalog import entities
from demoexam.models.journal import operation
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.rules.terms import CountMethod
from demoexam.services.college import college_settings
from demoexam.services.imports import import_file
from demoexam.services.imports_plan import Status
from demoexam.services.share import shares
from demoexam.settings import LocalSettings
from demoexam.store.store import Store
from demoexam.ui.dialogs.import_dialog import ImportDialog
from demoexam.ui.main_window import MainWindow

UNREADABLE = Path(__file__).parents[2] / "data" / "unreadable"


def live_rows(store):
    """Table -> number of live rows."""
    with store.reading() as session:
        counts = {
            name: session.scalar(select(func.count()).where(entity.live()).select_from(entity))
            for name, entity in entities().items()
        }
    return {name: count for name, count in counts.items() if count}


def operations(workspace):
    return workspace.read(
        lambda session: session.execute(select(operation.c.text).order_by(operation.c.at)).all()
    )


def names(workspace):
    query = select(Expert.last_name).where(Expert.live()).order_by(Expert.skey)
    return workspace.read(lambda session: session.scalars(query).all())


def test_all_kinds_one_after_another_give_the_store_of_the_command_line(
    opened, workspace, qtbot, blank_store, tmp_path
):
    dialog = opened(*[roster(name) for name in FILES])
    for number in range(len(FILES)):
        settled(qtbot, dialog)
        assert f"файл {number + 1} из {len(FILES)}" in dialog.hint.text()
        loaded(qtbot, dialog)

    other = tmp_path / "other.db"
    other.write_bytes(blank_store.read_bytes())
    by_command = Store(other)
    for name in FILES:
        import_file(by_command, roster(name))
    assert live_rows(workspace.store) == live_rows(by_command)
    by_command.close()
    assert not dialog.isVisible()


def test_nothing_is_written_until_the_button(opened, workspace, book):
    before, done = live_rows(workspace.store), operations(workspace)
    dialog = opened(book())

    assert dialog.load_button.text().strip() == "Загрузить 3"
    assert outcomes(dialog) == ["Новый, работодатель", "Новый, работодатель", "Новый, из колледжа"]
    dialog.reject()
    assert live_rows(workspace.store) == before
    assert operations(workspace) == done


def test_one_undo_takes_the_whole_file_back(opened, workspace, qtbot, book):
    before = live_rows(workspace.store)
    dialog, told = opened(book()), []
    workspace.performed.connect(told.append)
    loaded(qtbot, dialog)
    assert names(workspace) == ["Аверин", "Белова", "Гусев"]
    assert told[-1] == "Загружено 3\u00a0эксперта."

    with qtbot.waitSignal(workspace.performed):
        workspace.undo()
    assert names(workspace) == []
    after = Counter(live_rows(workspace.store))
    after.subtract(before)
    assert {table for table, count in after.items() if count} <= {"coordinator"}


def test_a_bad_row_is_named_skipped_and_can_be_mended_in_place(opened, workspace, qtbot, book):
    people = (
        ("Аверин Павел Денисович", "АО «Вектор»", "наладчик", "+79161234501", ""),
        ("", "ООО «Заря»", "технолог", "+79161234502", ""),
    )
    dialog = opened(book(people))
    assert dialog.load_button.text().strip() == "Загрузить 1, пропустить 1"
    assert dialog.problem_button.text().strip() == "Исправить ошибки: 1"

    dialog.view.table.body.setFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_F8)
    index = dialog.view.table.body.currentIndex()
    assert dialog.view.model.board_row(index.row()).plan.place.row == 3
    assert dialog.view.panel.title.text() == "Строка 3"

    qtbot.keyClick(dialog.view.table.body, Qt.Key.Key_F2)
    editor = dialog.view.table.body.findChild(QLineEdit)
    editor.setText("Белова Анна Игоревна")
    qtbot.keyClick(editor, Qt.Key.Key_Return)  # the view commits a moment later
    qtbot.waitUntil(lambda: dialog.load_button.text().strip() == "Загрузить 2")
    assert dialog.view.table.body.currentIndex().row() == index.row()

    loaded(qtbot, dialog)
    assert names(workspace) == ["Аверин", "Белова"]


def test_a_column_can_be_left_out_or_given_another_meaning(opened, workspace, qtbot, book):
    dialog = opened(book())
    header = dialog.view.table.body.header()
    phone = next(at for at, one in enumerate(dialog.view.model.columns, 2) if one.field == "phone")
    assert header.choice(phone).currentText() == "Телефон"

    choice = header.choice(phone)
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    settled(qtbot, dialog)
    assert dialog.view.steps.columns.text() == "узнаны 4 из 5"
    loaded(qtbot, dialog)

    query = select(Expert.phone, Expert.email).where(Expert.live())
    told = workspace.read(lambda session: session.execute(query.order_by(Expert.skey)).all())
    assert told[0] == ("", "a@example.com")


def test_an_edited_copy_shows_old_and_new_and_the_same_file_nothing(opened, workspace, qtbot, book):
    loaded(qtbot, opened(book()))
    again = opened(book(name="снова.xlsx"))
    assert again.board.counts == {Status.SAME: 3}
    assert not again.load_button.isEnabled()
    assert again.load_button.text().strip() == "Загружать нечего: всё уже есть"

    people = [list(row) for row in (("Аверин Павел Денисович", "АО «Вектор»", "наладчик",
              "+79161234501", "new@example.com"),)]  # fmt: skip
    edited = opened(book(people, "правка.xlsx"))
    row = edited.board.rows[0]
    assert row.outcome == "Изменится: почта"
    change = row.changes["email"]
    assert (change.old, change.new) == ("a@example.com", "new@example.com")


def test_a_hidden_sheet_is_named_and_loaded_only_when_chosen(opened, workspace, qtbot, book):
    secret = (("Тайный Олег Петрович", "АО «Архив»", "сторож", "", ""),)
    dialog = opened(book(Архив=secret))
    assert "Скрытый лист <b>«Архив»</b> не загружается." in dialog.view.warnings.sheets.words.text()
    assert "Тайный Олег Петрович" not in [row.plan.title for row in dialog.board.rows]

    sheets = dialog.view.steps.sheet
    at = sheets.findData("Архив")
    assert "(скрытый)" in sheets.itemText(at)
    sheets.setCurrentIndex(at)
    sheets.activated.emit(at)
    settled(qtbot, dialog)
    assert [row.plan.title for row in dialog.board.rows] == ["Тайный Олег Петрович"]
    loaded(qtbot, dialog)
    assert names(workspace) == ["Тайный"]


def test_the_filter_counts_its_rows_and_shows_only_them(opened, qtbot, book):
    people = (("Аверин Павел Денисович", "АО «Вектор»"), ("", "ООО «Заря»", "технолог"))
    dialog = opened(book(people))
    dialog.view.show_errors()

    assert dialog.view.rows.segments.value() == "error"
    assert dialog.view.model.rowCount() == 1
    assert row_of(dialog, 0).plan.status is Status.ERROR
    assert dialog.view.table.frozen.model().rowCount() == 1


@pytest.mark.parametrize(
    ("name", "said", "advised"),
    [
        ("password.xlsx", "защищён паролем", "Снимите пароль"),
        ("truncated.xlsx", "повреждён", "ещё раз"),
        ("missing.xlsx", "не найден", "Проверьте"),
    ],
)
def test_an_unreadable_file_is_explained_with_what_to_do(opened, name, said, advised):
    dialog = opened(UNREADABLE / name)
    assert dialog.stack.currentWidget() is dialog.trouble
    assert said in dialog.trouble.title.text()
    assert advised in dialog.trouble.text.text()
    assert not dialog.load_button.isVisible()


def test_after_an_unreadable_file_another_may_be_chosen(opened, qtbot, book):
    dialog = opened(UNREADABLE / "password.xlsx")
    dialog.ask_file()
    chooser = dialog.findChild(QFileDialog)
    chooser.filesSelected.emit([str(book())])
    chooser.close()
    settled(qtbot, dialog)
    assert board(dialog).to_load == 3


def test_an_empty_file_says_so(opened, tmp_path):
    empty = tmp_path / "пусто.csv"
    empty.write_bytes(b"")
    assert "пуст" in opened(empty).trouble.title.text()


def test_stopping_the_reading_leaves_nothing(qtbot, workspace, opened, book):
    dialog = opened()
    assert dialog.stack.currentWidget() is dialog.invitation
    before = live_rows(workspace.store)
    dialog.take_files([book()])
    assert dialog.stack.currentWidget() is dialog.progress
    dialog.progress.cancelled.emit()
    qtbot.wait(300)

    assert not dialog.isVisible()
    assert dialog.board is None
    assert live_rows(workspace.store) == before


def test_a_file_without_a_list_of_the_chosen_kind_keeps_what_was_shown(opened, qtbot, book):
    dialog = opened(book())
    kinds = dialog.view.steps.kind
    at = kinds.findData("kits")
    kinds.setCurrentIndex(at)
    kinds.activated.emit(at)
    settled(qtbot, dialog)

    assert "не нашлось таблицы вида «комплекты (КОД)»" in dialog.view.warnings.refusal.words.text()
    assert kinds.currentData() == "roster"
    assert board(dialog).to_load == 3


def test_a_store_that_knows_no_college_takes_it_from_the_title(opened, workspace, qtbot):
    dialog = opened(roster("college_a.xlsx"))
    field = dialog.view.warnings.college.field
    assert field.text() == "ОГАПОУ «Северогорский техникум машиностроения и металлообработки»"
    field.setText("ГБПОУ «Казанский техникум»")
    field.editingFinished.emit()
    settled(qtbot, dialog)
    loaded(qtbot, dialog)

    def own(session):
        return session.get(Organization, college_settings(session).own_college).short_name

    assert workspace.read(own) == "ГБПОУ «Казанский техникум»"
    assert not opened(roster("clean.xlsx")).view.warnings.college.isVisible()


def test_the_promised_share_is_the_share_that_comes(opened, workspace, qtbot):
    dialog, effects = opened(roster("clean.xlsx")), []
    dialog.loader.judged.connect(effects.append)
    dialog.loader.choose({})
    qtbot.waitUntil(lambda: bool(effects) and effects[-1] is not None)
    loaded(qtbot, dialog)

    def counted(session):
        return shares(session, year=2026, today=date.today(), count=CountMethod.ROSTER)[0].share

    assert effects[-1].roster_after == workspace.read(counted)
    assert effects[-1].roster_after.experts == 40


def test_both_halves_of_the_table_show_the_same_rows(opened):
    table = opened(roster("clean.xlsx")).view.table
    table.body.selectRow(table.model.rowCount() - 1)
    table.body.scrollToBottom()

    assert table.body.rowAt(5) == table.frozen.rowAt(5)
    assert table.body.verticalScrollBar().maximum() == table.frozen.verticalScrollBar().maximum()


def test_every_control_has_a_name_for_a_screen_reader(opened):
    dialog = opened(roster("clean.xlsx"))
    steps = dialog.view.steps
    for control in (steps.sheet, steps.kind, steps.other, dialog.view.table.body,
                    dialog.view.rows.back, dialog.view.table.body.header().choice(2)):  # fmt: skip
        assert control.accessibleName()


def test_columns_are_reached_by_tab_from_the_table(opened, qtbot):
    dialog = opened(roster("clean.xlsx"))
    dialog.view.table.body.setFocus()
    qtbot.keyClick(dialog.view.table.body, Qt.Key.Key_Tab)
    first = dialog.view.table.body.header().choice(2)
    assert dialog.focusWidget() is first

    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.view.table.body.header().choice(3)


def test_a_name_is_never_read_as_markup(opened, book):
    dialog = opened(book([("Аверин Павел", "ООО «<b>Заря</b>»", "<i>мастер</i>")]))
    assert dialog.view.panel.name.textFormat() is Qt.TextFormat.PlainText
    change = dialog.view.panel.findChildren(type(dialog.view.panel.name))
    assert not any("<b>Заря</b>" in each.text() for each in change)


def test_the_window_tells_what_was_loaded_and_takes_it_back(workspace, qtbot, book):
    window = MainWindow(LocalSettings())
    window.attach(workspace)
    window.show()
    window.open_dialog("import", files=[book()])
    dialog = window.findChild(ImportDialog)
    settled(qtbot, dialog)
    loaded(qtbot, dialog)

    assert window.status.words.text() == "Загружено 3\u00a0эксперта."
    with qtbot.waitSignal(workspace.performed) as told:
        window.status.undo_button.click()
    assert told.args == ["Отменено: загрузка список.xlsx"]
    assert names(workspace) == []
    window.detach()
    window.hide()
    window.deleteLater()
