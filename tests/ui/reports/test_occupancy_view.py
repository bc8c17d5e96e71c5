from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from conftest import Builder
from openpyxl import load_workbook

from demoexam.progress import Progress
from demoexam.rules.terms import BookingPurpose
from demoexam.ui.pages.reports_page import OCCUPANCY, ReportsPage
from demoexam.ui.table_files import Order, write

MONDAY = date(2026, 6, 1)


def at(day, hour, minute=0):
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute))


@pytest.fixture
def place(store):
    with store.transaction("мастерские") as session:
        make = Builder(session)
        place = make.workshop(name="Токарная № 1")
        make.workshop(name="Сварочная")
        make.booking(place, at(0, 9), at(0, 12, 30))
        make.booking(place, at(40, 9), at(40, 11), BookingPurpose.PROJECT)
        make.sitting(make.group(), workshop=place, day=MONDAY + timedelta(days=1))
        return place.id


@pytest.fixture
def page(place, workspace, qtbot):
    page = ReportsPage(workspace)
    page.resize(1150, 700)
    page.show()
    page.go_to({"report": OCCUPANCY})
    qtbot.waitUntil(lambda: page.occupancy.table.rowCount() == 3)
    yield page
    page.hide()
    page.deleteLater()


def told(page, *names):
    """Cells of the table by the names of their columns."""
    table = page.occupancy.table
    places = [[one.name for one in table.columns].index(name) for name in names]
    return [[table.cell(n, at).text for at in places] for n in range(table.rowCount())]


def test_hours_stand_by_workshop_and_purpose_with_a_line_for_all(page):
    assert page.heading.title == "Отчёты: загрузка мастерских"
    assert told(page, "name", "exam", "lessons", "project", "used") == [
        ["Сварочная", "", "", "", "0"],
        ["Токарная № 1", "3,5", "3,5", "2", "9"],
        ["Всего", "3,5", "3,5", "2", "9"],
    ]


def test_a_month_narrows_the_period(page, qtbot):
    page.occupancy.month.show_value(7)
    with qtbot.waitSignal(page.occupancy.counted):
        page.occupancy.month.written.emit(7)
    assert told(page, "name", "project", "used")[1] == ["Токарная № 1", "2", "2"]
    assert page.heading.summary == "июль 2026, часы по целям"


@pytest.mark.parametrize("name", ["used", "share", "exam", "name", "college", "open"])
def test_every_header_sorts_and_the_line_for_all_stays_below(page, name):
    table = page.occupancy.table
    table.sort([one.name for one in table.columns].index(name))
    assert told(page, "name")[-1] == ["Всего"]


def test_the_table_is_written_to_a_file_as_other_tables_are(page, store, tmp_path):
    view = page.occupancy.view
    path = tmp_path / "часы.xlsx"
    order = Order(path, view.wanted(), "Загрузка мастерских", [page.occupancy.period_words()])
    write(store, order, Progress())
    rows = [[cell.value for cell in row] for row in load_workbook(Path(path)).active.iter_rows()]
    assert any("2026 год" in str(cell) for row in rows for cell in row)
    names, total = next(row for row in rows if "Занято, ч" in row), rows[-1]
    assert total[0] == "Всего"
    assert total[names.index("Занятия")] == pytest.approx(3.5)  # a number, not a text
    assert total[names.index("Занято, ч")] == 9


def test_enter_opens_the_week_and_the_share_comes_back(page, place, qtbot):
    with qtbot.waitSignal(page.going) as asked:
        page.occupancy.view.opened.emit(place)
    assert asked.args == ["workshops", {"week": place}]
    page.show_report("share")
    qtbot.waitUntil(lambda: page.heading.title == "Отчёты: доля работодателей")
    assert page.sheets.currentWidget() is page.share
