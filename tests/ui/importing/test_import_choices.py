"""What the user may change before loading: sheet, kind, columns, cells, college, rows seen."""

from import_dialog_steps import board, loaded, row_of, settled
from import_truth import roster
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select

from demoexam.exchange.vocabulary import TERMS
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.services.college.college import college_settings
from demoexam.services.imports.plan import Status
from demoexam.ui.importing.wording import FIELD_NAMES


def names(workspace):
    query = select(Expert.last_name).where(Expert.live()).order_by(Expert.skey)
    return workspace.read(lambda session: session.scalars(query).all())


def test_a_bad_row_is_named_skipped_and_can_be_mended_in_place(opened, workspace, qtbot, book):
    people = (
        ("Аверин Павел Денисович", "АО «Вектор»", "наладчик", "+79161234501", ""),
        ("", "ООО «Заря»", "технолог", "+79161234502", ""),
    )
    dialog = opened(book(people))
    assert dialog.foot.load.text().strip() == "Загрузить 1, пропустить 1"
    assert dialog.foot.problems.text().strip() == "&Исправить ошибки: 1"

    dialog.view.table.body.setFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_F8)
    index = dialog.view.table.body.currentIndex()
    assert dialog.view.model.board_row(index.row()).plan.place.row == 3
    assert dialog.view.panel.row.title.text() == "Строка 3"

    qtbot.keyClick(dialog.view.table.body, Qt.Key.Key_F2)
    editor = dialog.view.table.body.findChild(QLineEdit)
    editor.setText("Белова Анна Игоревна")
    qtbot.keyClick(editor, Qt.Key.Key_Return)  # the view commits a moment later
    qtbot.waitUntil(lambda: dialog.foot.load.text().strip() == "Загрузить 2")
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


def test_a_hidden_sheet_is_named_and_loaded_only_when_chosen(opened, workspace, qtbot, book):
    secret = (("Тайный Олег Петрович", "АО «Архив»", "сторож", "", ""),)
    dialog = opened(book(Архив=secret))
    hidden = dialog.view.warnings.hidden
    assert hidden.words.text() == "Скрытый лист «Архив» не загружается."
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


def test_a_file_without_a_list_of_the_chosen_kind_keeps_what_was_shown(opened, qtbot, book):
    dialog = opened(book())
    kinds = dialog.view.steps.kind
    at = kinds.findData("kits")
    kinds.setCurrentIndex(at)
    kinds.activated.emit(at)
    settled(qtbot, dialog)

    assert "не нашлось таблицы вида «комплекты (КОД)»" in dialog.view.warnings.refusal.words.text()
    assert kinds.currentText() == "эксперты (узнано)"
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


def test_both_halves_of_the_table_show_the_same_rows(opened, qtbot):
    table = opened(roster("clean.xlsx")).view.table
    table.body.selectRow(table.model.rowCount() - 1)
    table.body.scrollToBottom()

    def together():
        bars = table.body.verticalScrollBar(), table.frozen.verticalScrollBar()
        assert bars[0].maximum() == bars[1].maximum()
        assert bars[0].value() == bars[1].value() == bars[0].maximum()
        assert table.body.rowAt(5) == table.frozen.rowAt(5)

    qtbot.waitUntil(together)


def test_every_control_has_a_name_for_a_screen_reader(opened):
    dialog = opened(roster("clean.xlsx"))
    steps = dialog.view.steps
    for control in (steps.sheet, steps.kind, steps.other, dialog.view.table.body,
                    dialog.view.rows.back, dialog.view.table.body.header().choice(2)):  # fmt: skip
        assert control.accessibleName()


def test_the_columns_are_one_stop_of_the_keys(opened, qtbot):
    dialog = opened(roster("clean.xlsx"))
    body = dialog.view.table.body
    header = body.header()
    body.setFocus()
    body.setCurrentIndex(dialog.view.model.index(0, 3))
    qtbot.keyClick(body, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert dialog.focusWidget() is header.choice(3)

    qtbot.keyClick(header.choice(3), Qt.Key.Key_Right)
    assert dialog.focusWidget() is header.choice(4)
    assert body.currentIndex().column() == 4
    meant = header.choice(4).value()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(dialog.focusWidget(), key)
    assert dialog.focusWidget() is header.choices()[-1]
    assert header.choice(4).value() == meant
    qtbot.keyClick(header.choice(4), Qt.Key.Key_Escape)
    assert dialog.focusWidget() is body
    assert dialog.isVisible()


def test_every_meaning_of_a_column_has_a_name():
    fields = {term.field for terms in TERMS.values() for term in terms}
    assert fields <= FIELD_NAMES.keys()
