"""Tables over the store: filter, order, blocks, copying, the empty result."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from demoexam.models.organizations import Organization
from demoexam.rules.terms import OrganizationKind
from demoexam.ui.cards import EmptyState
from demoexam.ui.list_page import ListPage
from demoexam.ui.query_table import BLOCK, Cell, Column, QueryTable
from demoexam.ui.sources import QuerySource, Shown
from demoexam.ui.table_view import TableView
from demoexam.ui.widgets import Chip

NAMES = ("Жуков и К", "Ёлка", "Егоров", "Иванов", "100% шерсть")


@pytest.fixture
def source(store):
    with store.transaction("для таблицы") as session:
        session.add_all(
            Organization(kind=OrganizationKind.EMPLOYER, short_name=name, city=f"Город {n}")
            for n, name in enumerate(NAMES)
        )
    return organization_source(store)


def organization_source(store, where=lambda: ()):
    name, city = Organization.short_name, Organization.city
    return QuerySource(
        store,
        Organization,
        (
            Shown(Column("name", "Название", stretch=True), (name,), Cell, order=Organization.skey),
            Shown(Column("city", "Город", minor=True), (city,), Cell, order=city),
        ),
        natural=Organization.skey,
        where=where,
    )  # fmt: skip


@pytest.fixture
def table(source, qapp):
    table = QueryTable(source)
    table.reload()
    return table


@pytest.fixture
def view(table, qtbot):
    view = TableView(table, "Организации")
    qtbot.addWidget(view)
    view.resize(1000, 400)
    view.show()
    return view


def names(table):
    return [table.index(row, 0).data() for row in range(table.rowCount())]


def test_russian_order_by_default(table):
    assert names(table) == ["100% шерсть", "Егоров", "Ёлка", "Жуков и К", "Иванов"]


def test_the_filter_knows_neither_case_nor_yo(table):
    table.set_filter("ЕЛК")
    assert names(table) == ["Ёлка"]


def test_all_words_must_be_found_in_any_order(table):
    table.set_filter("к жук")
    assert names(table) == ["Жуков и К"]


def test_signs_of_the_query_language_are_only_letters(table):
    for typed in ("%", '"', "*", "OR", "NEAR("):
        table.set_filter(typed)
        assert names(table) == []


def test_the_header_sorts_both_ways_and_back(view, table):
    header = view.horizontalHeader()
    header.setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    assert names(table) == list(NAMES)
    header.setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    assert names(table) == list(reversed(NAMES))
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert names(table)[0] == "100% шерсть"


def test_sorting_keeps_the_cursor_on_its_record(view, table):
    view.selectRow(1)
    chosen = view.current_id()
    view.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    assert view.current_id() == chosen


def test_a_record_is_pointed_at_while_a_key_of_a_shortcut_is_still_held(view, table, qtbot):
    here = table.record_id(2)
    view.point_at(here)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyPress(view, Qt.Key.Key_Control, control)
    assert QGuiApplication.keyboardModifiers() & control
    view.point_at(here)
    assert (view.chosen_ids(), view.current_id()) == ([here], here)
    qtbot.keyRelease(view, Qt.Key.Key_Control)


def test_rows_are_copied_as_tabs(view, qtbot):
    view.setSelectionMode(view.SelectionMode.ExtendedSelection)
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[1] == "Егоров\tГород 2"
    assert len(lines) == len(NAMES)


def test_enter_opens_the_record_under_the_cursor(view, table, qtbot):
    view.selectRow(2)
    view.setCurrentIndex(table.index(2, 0))
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [table.record_id(2)]


def test_minor_columns_hide_in_a_narrow_view(view, qtbot):
    assert not view.isColumnHidden(1)
    view.resize(220, 400)
    qtbot.waitUntil(lambda: view.isColumnHidden(1))
    view.resize(500, 400)
    qtbot.waitUntil(lambda: not view.isColumnHidden(1))


def test_order_and_columns_have_a_menu_for_the_keyboard(view, table):
    menu = view.menu()
    order, columns = (action.menu() for action in menu.actions())
    order.actions()[1].trigger()
    order.actions()[1].trigger()
    assert names(table) == list(reversed(NAMES))
    columns.actions()[0].trigger()
    assert view.isColumnHidden(1)
    menu.close()


def test_only_the_blocks_in_sight_are_fetched(store, source, qtbot):
    with store.transaction("много") as session:
        session.add_all(
            Organization(kind=OrganizationKind.OTHER, short_name=f"Завод {n:04}")
            for n in range(BLOCK * 12)
        )
    asked, fetch = [], source.rows
    source.rows = lambda ids: asked.append(len(ids)) or fetch(ids)
    table = QueryTable(source)
    table.reload()
    view = TableView(table, "Организации")
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    view.grab()
    assert sum(asked) <= 2 * BLOCK
    view.scrollToBottom()
    view.grab()
    assert sum(asked) <= 4 * BLOCK


def test_the_model_keeps_its_contract(table, qtmodeltester):
    qtmodeltester.check(table)


class OrganizationsList(ListPage):
    TITLE = "Организации"
    TABLES = frozenset({"organization"})

    def __init__(self, workspace):
        super().__init__(workspace)
        self.kind = Chip("Вид", [(None, "все"), (OrganizationKind.COLLEGE, "колледж")])
        empty = EmptyState("users", "Пока пусто")
        source = organization_source(workspace.store, self._where)
        self.build(source, placeholder="Название", empty=empty, chips=[self.kind])

    def _where(self):
        return [Organization.kind == kind] if (kind := self.kind.value()) else []


@pytest.fixture
def page(source, workspace, qtbot):
    page = OrganizationsList(workspace)
    qtbot.addWidget(page)
    page.resize(1000, 600)
    page.show()
    return page


def test_an_empty_result_names_the_filter_and_can_be_reset(page):
    page.filter.setText("яблоко")
    page.kind.show_value(OrganizationKind.COLLEGE)
    assert "«яблоко»" in page.view._nothing.text()
    page.reset_button.click()
    assert page.table.rowCount() == len(NAMES)
    assert page.filter.text() == ""


def test_chips_narrow_the_list(page, qtbot):
    page.kind.show_value(OrganizationKind.COLLEGE)
    page.kind.chosen.emit(OrganizationKind.COLLEGE)
    assert page.table.rowCount() == 0
    assert "Вид: колледж" in page.view._nothing.text()


def test_the_list_follows_a_write_made_elsewhere(page, workspace, qtbot):
    def add(session):
        session.add(Organization(kind=OrganizationKind.OTHER, short_name="Абразив"))

    with qtbot.waitSignal(workspace.changed):
        workspace.perform(add, operation="новая организация")
    assert "Абразив" in names(page.table)
    assert page.count.text() == "6\u00a0записей"


def test_widths_are_kept_on_this_computer(page, workspace, qtbot):
    with qtbot.waitSignal(page.view.widened):
        page.view.setColumnWidth(1, 177)
    again = OrganizationsList(workspace)
    qtbot.addWidget(again)
    assert again.view.columnWidth(1) == 177


def test_an_empty_store_shows_what_to_do(workspace, qtbot):
    page = OrganizationsList(workspace)
    qtbot.addWidget(page)
    page.show()
    assert page.empty.isVisible()
