"""The report page: its figures are the services', each number opens its people, files are made."""

import csv
from datetime import date
from pathlib import Path

import pytest
from conftest import Builder
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from demoexam.errors import FolderReadOnly
from demoexam.models.reference import PrintedDocument
from demoexam.rules.shares import Share
from demoexam.rules.terms import CountMethod, Role, ShareCut
from demoexam.services.college.college import found_college, set_target
from demoexam.services.share.share import shares
from demoexam.text import percent
from demoexam.ui.dialogs.season_dialog import SeasonDialog
from demoexam.ui.pages.reports_page import ReportsPage
from demoexam.ui.reports.share_table import EMPLOYERS, EXPERTS


@pytest.fixture
def season(store):
    """Thirteen of sixteen counted experts are employers': 81,25 per cent; one has no work."""
    with store.transaction("сезон") as session:
        make = Builder(session)
        college = found_college(session, name="Колледж связи")
        plant = make.employer("АО «Вектор»", industry_id=make.industry().id)
        sitting = make.sitting(make.group(college))
        for number in range(13):
            make.assignment(sitting, make.expert(f"Заводов{'аб'[number % 2]} Пётр", plant))
        for _ in range(3):
            make.assignment(sitting, make.expert("Учителев Олег", college))
        make.assignment(sitting, make.expert("Безработнов Иван"))
        make.assignment(sitting, make.expert("Техников Иван", plant), Role.TECHNICAL)
        set_target(session, year=2026, percent=90)
    return sitting


@pytest.fixture
def page(season, workspace, qtbot):
    page = ReportsPage(workspace)
    page.resize(1150, 700)
    page.show()
    qtbot.waitUntil(lambda: page.figures is not None)
    yield page
    page.hide()
    page.deleteLater()


def recounted(qtbot, page, act):
    """Do something and wait for the figures that follow from it."""
    before = page.figures
    act()
    qtbot.waitUntil(lambda: page.figures is not before)
    return page.figures


def cells(page, row):
    table = page.table.table
    return [table.cell(row, column).text for column in range(len(table.columns))]


def expected(workspace, **facts):
    def query(session):
        return shares(session, year=2026, today=date.today(), **facts)

    return workspace.read(query)


def test_the_head_shows_the_figure_rounded_half_up_and_the_way_to_the_target(page):
    assert page.summary.stat.figure.text() == "81,3\u00a0%"
    assert page.summary.stat.text.text() == "13 из 16 экспертов, цель 90\u00a0%"
    assert page.summary.stat.detail.text() == "до цели 8,8 п. п.: привлечь ещё 14 или заменить 2"


def test_three_chips_show_all_counts_and_change_the_count(page, workspace, qtbot):
    for method, chip in page.summary.chips.items():
        (total,) = expected(workspace, count=method)
        assert chip.figure.text() == percent(total.share.value)

    chip = page.summary.chips[CountMethod.ROSTER]
    figures = recounted(qtbot, page, chip.click)
    assert figures.total.share == Share(14, 17, 1)
    assert page.parameters.method.value() is CountMethod.ROSTER
    assert page.summary.stat.text.text().startswith("14 из 17")


@pytest.mark.parametrize("cut", list(ShareCut))
def test_every_cut_shows_the_rows_of_the_service(page, workspace, qtbot, cut):
    if cut is not page.parameters.request.cut:
        recounted(qtbot, page, lambda: page.go_to({"by": cut.value}))
    by_service = [] if cut is ShareCut.TOTAL else expected(workspace, by=cut)
    shown = sorted((row.key, row.share) for row in page.figures.rows)
    assert shown == sorted((row.key, row.share) for row in by_service)

    last = page.table.table.rowCount() - 1
    assert last == len(by_service)
    assert cells(page, last)[:4] == ["Итого", "16", "13", "81,3\u00a0%"]


def test_another_page_may_ask_for_a_year(page, workspace, qtbot):
    figures = recounted(qtbot, page, lambda: page.go_to({"year": 2025}))
    assert figures.request.year == workspace.year == 2025
    assert page.parameters.year.value() == 2025


def test_sorting_leaves_the_total_at_the_foot(page, qtbot):
    recounted(qtbot, page, lambda: page.go_to({"by": "industry"}))
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        page.table.table.sort(EXPERTS, order)
        assert cells(page, page.table.table.rowCount() - 1)[0] == "Итого"


def test_a_number_opens_its_people_and_escape_closes_them(page, qtbot):
    index = page.table.table.index(page.table.table.rowCount() - 1, EMPLOYERS)
    page.table.view.clicked.emit(index)
    qtbot.waitUntil(page.people.isVisible)

    assert page.people.table.rowCount() == 13
    assert page.people.sides.value() == "employers"
    assert "13 работодателей из 16, 81,3" in page.people.summary.text()
    person = page.people.table.cell(0, 0)
    assert (person.text, person.below) == ("Заводова Пётр Иванович", "АО «Вектор» · инженер")

    page.people.filter.setText("заводовб")
    assert page.people.table.rowCount() == 6
    qtbot.keyClick(page.people.view, Qt.Key.Key_Escape)
    assert not page.people.isVisible()


def test_enter_opens_the_people_and_enter_again_a_card(page, qtbot):
    page.table.view.selectRow(0)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    qtbot.waitUntil(page.people.isVisible)
    with qtbot.waitSignal(page.going) as went:
        qtbot.keyClick(page.people.view, Qt.Key.Key_Return)

    assert went.args[0] == "experts"
    assert went.args[1] == {"id": page.people.view.current_id()}


def test_those_left_out_are_named(page, qtbot):
    assert "Не вошли: 1\u00a0эксперт без места работы" in page.footnote.words.text()
    page.footnote.words.linkActivated.emit("unknown")
    qtbot.waitUntil(page.people.isVisible)
    assert page.people.table.rowCount() == 1
    assert page.people.table.cell(0, 0).text == "Безработнов Иван Иванович"


def test_a_year_without_exams_has_no_data(page, workspace, qtbot):
    figures = recounted(qtbot, page, lambda: workspace.set_year(2024))
    assert figures.total.share.value is None
    assert page.summary.stat.figure.text() == "нет данных"
    assert page.summary.stat.detail.text() == "в этом году считать ещё некого"


def test_a_write_elsewhere_refreshes_the_figures(page, workspace, qtbot, season):
    ident = season.id

    def one_more(session):
        make = Builder(session)
        plant = make.employer("ООО «Ещё»")
        sitting = session.get(type(season), ident)
        make.assignment(sitting, make.expert("Новый Олег", plant))

    figures = recounted(
        qtbot, page, lambda: workspace.perform(one_more, operation="назначение эксперта")
    )
    assert figures.total.share == Share(14, 17, 1)


def test_an_empty_store_says_what_to_do(workspace, qtbot):
    page = ReportsPage(workspace)
    page.show()
    qtbot.waitUntil(lambda: page.figures is not None)
    assert page.stack.currentWidget() is page.empty
    page.hide()
    page.deleteLater()


def saved(qtbot, page, suffix, folder):
    """Choose a place in the file dialog and wait for the file."""
    page.export.ask_place(suffix)
    chooser = page.window().findChild(QFileDialog)
    path = folder / f"отчёт.{suffix}"
    with qtbot.waitSignal(page.export.saved) as told:
        chooser.fileSelected.emit(str(path))
        chooser.close()
    return told.args[0]


def test_the_page_says_what_the_files_hold_where_it_shows_something_else(page, qtbot):
    assert page.file_note.isHidden()
    recounted(qtbot, page, lambda: page.parameters.choose_method(CountMethod.ROSTER))
    assert page.file_note.text() == (
        "В файлах и на бумаге — счёт колледжа: по людям, экзамены всех уровней."
    )
    recounted(qtbot, page, lambda: page.parameters.choose_method(CountMethod.PERSONS))
    assert page.file_note.isHidden()


def test_in_a_narrow_window_the_buttons_go_below_the_fields(page, qtbot):
    fields, tools = page.parameters.level, page.export
    assert top_of(tools, page) < top_of(fields, page)
    page.resize(1000, 700)
    qtbot.waitUntil(lambda: top_of(tools, page) > top_of(fields, page))
    assert page.width() == 1000
    page.resize(1150, 700)
    qtbot.waitUntil(lambda: top_of(tools, page) < top_of(fields, page))


def top_of(widget, page):
    return widget.mapTo(page, QPoint(0, 0)).y()


def test_three_files_carry_the_same_figure(page, qtbot, tmp_path):
    book = load_workbook(saved(qtbot, page, "xlsx", tmp_path))
    values = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert 81.3 in [round(value, 1) for value in values if isinstance(value, float)]

    pdf = PdfReader(saved(qtbot, page, "pdf", tmp_path))
    assert "81,3" in "".join(each.extract_text() for each in pdf.pages)

    text = saved(qtbot, page, "csv", tmp_path).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert any("81,3" in row for row in rows)


def test_the_printed_report_is_in_the_register_and_tables_are_not(page, store, qtbot, tmp_path):
    saved(qtbot, page, "xlsx", tmp_path)
    assert not registered(store)
    saved(qtbot, page, "pdf", tmp_path)
    qtbot.waitUntil(lambda: registered(store) == [("3.20", "20/2026", "2026")])
    saved(qtbot, page, "pdf", tmp_path)
    assert len(registered(store)) == 1  # the same content is the same document


def registered(store):
    with store.reading() as session:
        rows = session.scalars(select(PrintedDocument).where(PrintedDocument.live()))
        return [(row.kind, row.number, row.period) for row in rows]


def test_a_file_without_contacts_holds_no_phone(page, qtbot, tmp_path):
    page.export.without_contacts.setChecked(True)
    text = saved(qtbot, page, "csv", tmp_path).read_text(encoding="utf-8-sig")
    assert "Заводова" in text
    assert "Телефон" not in text


def test_a_folder_that_is_not_there_is_told_and_nothing_breaks(page, workspace, qtbot, tmp_path):
    with qtbot.waitSignal(workspace.refused) as told:
        page.export.save(Path(tmp_path / "нет такой" / "отчёт.xlsx"))
    assert not isinstance(told.args[0], FolderReadOnly)
    assert "нет такой" in str(told.args[0])


def test_the_plan_of_the_season_is_reached_by_keyboard(page, qtbot):
    qtbot.keyClick(page.season, Qt.Key.Key_Space)
    dialog = page.findChild(SeasonDialog)
    assert dialog.first.value() == date(2026, 1, 1)
    dialog.reject()
