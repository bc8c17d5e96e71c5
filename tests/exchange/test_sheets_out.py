"""Tables for other programs: typed cells, a native chart, nothing that could run."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from demoexam.exchange.formulas import harmless
from demoexam.exchange.sheets_out import (
    SheetColumn,
    SheetTable,
    YearChart,
    text_table,
    workbook,
    written,
)

NASTY = ("=1+1", "+7 999", "-2", "@cmd", "\t=1", "\r=1", "\n=1", "  =1", "＝1")


def table(*rows, **fields):
    columns = (
        SheetColumn("Год", 8),
        SheetColumn("Доля", 8, "tenth"),
        SheetColumn("Цель", 8, "whole"),
    )
    return SheetTable("Лист", ["Заголовок"], columns, rows, **fields)


def opened(*tables):
    return openpyxl.load_workbook(io.BytesIO(workbook(tables, title="т", made_on=date(2026, 1, 2))))


def parsed(*tables):
    return list(csv.reader(io.StringIO(text_table(tables).decode("utf-8-sig")), delimiter=";"))


def test_cells_keep_their_kind():
    sheet = opened(table(["007", Decimal("64.3"), 70], ["2025", None, None]))["Лист"]
    assert [cell.value for cell in sheet[4]] == ["007", 64.3, 70]
    assert [cell.value for cell in sheet[5]] == ["2025", None, None]
    assert sheet["B4"].number_format == "0.0"


@pytest.mark.parametrize("text", NASTY)
def test_no_text_becomes_a_formula(text):
    cell = opened(table([text, None, None]))["Лист"]["A4"]
    assert cell.data_type == "s"
    assert harmless(text) == f"'{text}"
    written_rows = parsed(table([text, None, None]))
    assert written_rows[-1][0].startswith("'")


def test_ordinary_texts_are_left_alone():
    assert [harmless(text) for text in ("", "Ли Анна", "64,3", "−0,8", "№ 1")] == [
        "", "Ли Анна", "64,3", "−0,8", "№ 1",
    ]  # fmt: skip


def test_text_table_is_what_russian_excel_reads():
    raw = text_table([table(["2025", Decimal("-0.8"), 70]), table(["2026", None, 7])])
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    assert parsed(table(["2025", Decimal("-0.8"), 70]))[-1] == ["2025", "−0,8", "70"]
    assert written(None) == ""


def test_the_chart_is_native_and_points_at_the_table():
    rows = [["2025", Decimal("64.3"), 70], ["2026", None, 70]]
    made = workbook(
        [table(*rows, chart=YearChart("Доля", facts=1, goals=2))],
        title="т",
        made_on=date(2026, 1, 2),
    )
    chart = zipfile.ZipFile(io.BytesIO(made)).read("xl/charts/chart1.xml").decode()
    assert "<c:barChart>" in chart
    assert "<c:lineChart>" in chart
    assert "Лист!$B$4:$B$5" in chart
    assert "Лист!$C$4:$C$5" in chart


def test_equal_tables_give_equal_bytes():
    one, two = (workbook([table()], title="т", made_on=date(2026, 1, 2)) for _ in range(2))
    assert one == two
