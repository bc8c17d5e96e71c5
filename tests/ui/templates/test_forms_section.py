"""Настройки → Бланки: a form is edited beside its preview, refused at its field, given back."""

from copy import deepcopy

import pytest
from conftest import Builder
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from demoexam.documents.catalogue import EDITABLE, FORMS
from demoexam.documents.template_data import template_data
from demoexam.models.reference import DocumentTemplate
from demoexam.services.papers.templates import save_template, templates_in_force
from demoexam.ui.pages.settings_page import SettingsPage
from demoexam.ui.preferences.forms import FormsSection

CODE = "3.8"


@pytest.fixture
def page(workspace, qtbot):
    page = SettingsPage(workspace)
    qtbot.addWidget(page)
    page.resize(1200, 750)
    page.show()
    page.go_to({"section": "Бланки"})
    return page


@pytest.fixture
def section(page):
    return next(one for one in page.sections if isinstance(one, FormsSection))


@pytest.fixture
def opened(section, qtbot):
    section.open_form(CODE)
    qtbot.waitUntil(lambda: section.preview.pages is not None)
    return section


def card(section, key):
    return next(one for one in section.editor.cards if key in one.fields)


def state_of(section, code):
    row = section.table.find(code)
    return section.table.index(row, 2).data() or ""


def in_force(workspace, code=CODE):
    return workspace.read(lambda session: templates_in_force(session)[code])


def column_of(table, key):
    return [field.key for field in table._fields].index(key)


def type_into(field, text):
    field.setPlainText(text)
    field.written.emit()


def test_every_form_is_listed_and_the_changed_ones_are_marked(section, workspace, store):
    assert section.table.rowCount() == len(EDITABLE)
    data = deepcopy(template_data(FORMS[CODE]))
    data["title"] = "о другом"
    with store.transaction("правка") as session:
        save_template(session, code=CODE, data=data)
    workspace.announce(frozenset({"document_template"}))
    assert state_of(section, CODE) == "изменён"
    assert state_of(section, "3.9") == ""


def test_enter_opens_the_form_and_the_list_makes_room(section, page, qtbot):
    section.view.point_at(CODE)
    qtbot.keyClick(section.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.preview.pages is not None)
    assert section.preview.pages.document.pageCount() == 1
    assert not page.list.isVisible()
    section.back.click()
    assert page.list.isVisible()
    assert section.stack.currentIndex() == 0


def test_leaving_for_another_section_brings_the_list_back(opened, page):
    page.go_to({"section": "Вид"})
    assert page.list.isVisible()


def test_a_changed_text_is_kept_and_can_be_undone(opened, workspace, qtbot):
    words = card(opened, "look").fields["text"]
    before = words.value()
    with qtbot.waitSignal(workspace.performed):
        type_into(words, "Слово колледжа.")
    assert in_force(workspace).parts[1].text == "Слово колледжа."
    qtbot.waitUntil(opened.state.isVisible)
    with qtbot.waitSignal(workspace.performed):
        workspace.undo()
    qtbot.waitUntil(lambda: card(opened, "look").fields["text"].value() == before)
    assert in_force(workspace) == FORMS[CODE]


def test_an_unknown_field_is_refused_at_its_place_and_nothing_is_kept(opened, workspace, qtbot):
    words = card(opened, "look").fields["text"]
    type_into(words, "Участник {фио}")
    qtbot.waitUntil(opened.finding.isVisible)
    assert "Не сохранено." in opened.finding.words.text()
    assert "поля {фио} нет; есть:" in words.toolTip()
    assert words.property("tone") == "bad"
    assert in_force(workspace) == FORMS[CODE]
    type_into(words, "Участник группы {study_group}")
    qtbot.waitUntil(lambda: not opened.finding.isVisible())
    qtbot.waitUntil(lambda: in_force(workspace) != FORMS[CODE])
    assert words.toolTip() == ""


def test_what_could_not_be_kept_waits_for_its_mending(opened, qtbot):
    type_into(card(opened, "look").fields["text"], "Участник {фио}")
    qtbot.waitUntil(opened.finding.isVisible)
    opened.back.click()
    assert state_of(opened, CODE) == "не сохранён"
    opened.open_form(CODE)
    assert card(opened, "look").fields["text"].value() == "Участник {фио}"
    qtbot.waitUntil(opened.finding.isVisible)


def test_a_width_without_room_is_refused_in_its_cell(opened, workspace, qtbot):
    table = card(opened, "columns").fields["columns"]
    cell = table.item(0, column_of(table, "width"))
    cell.setText("две ладони")
    qtbot.waitUntil(lambda: "нужно число" in cell.toolTip())
    cell.setText("170")
    qtbot.waitUntil(lambda: "на листе 180 мм" in card(opened, "columns").told.text())
    with qtbot.waitSignal(workspace.performed):
        cell.setText("12,5")
    assert in_force(workspace).parts[2].fields[0].column.width == 12.5
    assert cell.toolTip() == ""


def test_quick_edits_are_all_kept(opened, workspace, qtbot):
    table = card(opened, "columns").fields["columns"]
    for row in range(3):
        table.item(row, column_of(table, "align")).setText("right")
    kept = lambda: [field.column.align for field in in_force(workspace).parts[2].fields]  # noqa: E731
    qtbot.waitUntil(lambda: kept()[:3] == ["right"] * 3)
    qtbot.waitUntil(lambda: not opened._sent)
    assert card(opened, "columns").fields["columns"] is table


def test_escape_leaves_the_editor(opened, qtbot):
    qtbot.keyClick(opened.back, Qt.Key.Key_Escape)
    assert opened.stack.currentIndex() == 0


def test_alt_and_arrows_order_the_columns(opened, workspace, qtbot):
    table = card(opened, "columns").fields["columns"]
    table.setCurrentCell(2, 1)
    with qtbot.waitSignal(workspace.performed):
        qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    keys = [field.key for field in in_force(workspace).parts[2].fields]
    assert keys == ["n", "briefed_on", "name", "signature"]
    assert table.currentRow() == 1
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: in_force(workspace) == FORMS[CODE])


def test_a_column_of_the_program_is_hidden_and_an_own_one_taken_out(opened, workspace, qtbot):
    columns = card(opened, "columns")
    table = columns.fields["columns"]
    buttons = {one.text().strip(): one for one in columns.findChildren(QPushButton)}
    with qtbot.waitSignal(workspace.performed):
        buttons["Добавить"].click()
    assert in_force(workspace).parts[2].fields[-1].column.title == "Графа"
    buttons["Убрать"].click()
    assert len(table.lines) == 4
    table.setCurrentCell(2, 1)
    buttons["Убрать"].click()
    assert [line["shown"] for line in table.lines] == [True, True, False, True]
    qtbot.waitUntil(lambda: len(in_force(workspace).parts[2].fields) == 3)


def test_a_signature_that_is_gone_is_warned_about_and_kept(opened, workspace, qtbot):
    at = [one["type"] for one in opened.editor.data["parts"]].index("signed")
    with qtbot.waitSignal(workspace.performed):
        opened.editor.remove_part(at)
    qtbot.waitUntil(lambda: "бланк должен быть подписан" in opened.finding.words.text())
    assert "Не сохранено" not in opened.finding.words.text()
    assert len(in_force(workspace).parts) == 3


def test_own_parts_are_added_before_the_signatures_and_moved(opened, workspace, qtbot):
    with qtbot.waitSignal(workspace.performed):
        opened.editor.add_part("page")
    opened.editor.add_part("text")
    kinds = [one["type"] for one in opened.editor.data["parts"]]
    assert kinds == ["pairs", "text", "table", "page", "text", "signed"]
    opened.editor.move_part(4, -1)
    opened.editor.move_part(0, -1)
    kinds = [one["type"] for one in opened.editor.data["parts"]]
    assert kinds == ["pairs", "text", "table", "text", "page", "signed"]
    qtbot.waitUntil(lambda: len(in_force(workspace).parts) == 6)


def test_a_blank_is_put_where_the_cursor_was(opened, workspace, qtbot):
    opened.window().activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    words = card(opened, "look").fields["text"]
    words.setFocus()
    titles = [action.text() for action in opened.editor.blanks.actions()]
    assert titles[0] == "Экзамен"
    group = opened.editor.blanks.actions()[0].menu()
    action = next(one for one in group.actions() if one.text().startswith("Смена "))
    action.trigger()
    assert words.value().startswith("{shift}")
    table = card(opened, "pairs").fields["pairs"]
    table.setCurrentCell(0, 1)
    table.setFocus()
    action.trigger()
    assert table.lines[0]["value"] == "{specialty}{shift}"


def test_spaces_that_do_not_break_survive_the_editor(section, qtbot):
    section.open_form("3.4")
    qtbot.waitUntil(lambda: section.preview.pages is not None)
    words = card(section, "look").fields["text"]
    assert "\u00a0" in words.value()
    assert words.value() == section._stored["parts"][2]["text"]


def test_the_programs_form_is_given_back(opened, workspace, qtbot):
    with qtbot.waitSignal(workspace.performed):
        type_into(card(opened, "title").fields["title"], "о своём")
    qtbot.waitUntil(opened.give_back.isEnabled)
    with qtbot.waitSignal(workspace.performed):
        opened.give_back.click()
    qtbot.waitUntil(lambda: card(opened, "title").fields["title"].value() == FORMS[CODE].title)
    qtbot.waitUntil(lambda: not opened.state.isVisible())


def test_the_preview_takes_a_real_exam(store, opened, qtbot):
    with store.transaction("экзамен") as session:
        Builder(session).sitting(Builder(session).group(name="НАСТ-1"))
    opened.preview.people.show_value(value=True)
    opened.preview.redraw()
    document = opened.preview.pages.document
    qtbot.waitUntil(lambda: "НАСТ-1" in document.getAllText(0).text())


def test_a_form_that_no_longer_fits_is_told_above_the_list(section, workspace, store):
    data = deepcopy(template_data(FORMS[CODE]))
    data["title"] = "о другом"
    with store.transaction("правка") as session:
        save_template(session, code=CODE, data=data)
    with store.transaction("чужая правка") as session:
        row = session.scalars(select(DocumentTemplate)).one()
        row.content = {**row.content, "title": "о {nothing}"}
    workspace.announce(frozenset({"document_template"}))
    assert "Бланк 3.8 не годится." in section.trouble.words.text()
    assert "печатается бланк программы." in section.trouble.words.text()
