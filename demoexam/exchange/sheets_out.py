"""Tables for other programs: workbooks with native charts, and text tables without formulas."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from demoexam.exchange.formulas import harmless
from demoexam.progress import Progress
from demoexam.text import decimal_comma, short_date

Cell = str | int | Decimal | date | None
FIRST_YEAR = 1900  # a workbook knows no earlier days
LONGEST = 32_767  # letters that a cell of a workbook holds
MARK = "\N{BYTE ORDER MARK}"  # without it Excel takes UTF-8 for the local code page
WIDTH_OF_CHART, HEIGHT_OF_CHART = 760, 320
NUMBER_FORMATS = {
    "whole": "0",
    "tenth": "0.0",
    "signed": "+0.0;−0.0;0.0",
    "points": "0.00",
    "day": "dd.mm.yyyy",
    "text": "@",
}


@dataclass(frozen=True)
class SheetColumn:
    title: str
    width: int  # characters
    kind: str = "text"  # one of NUMBER_FORMATS


@dataclass(frozen=True)
class YearChart:
    """Columns of one column of the table and a line of another, over the first one."""

    title: str
    facts: int
    goals: int


@dataclass(frozen=True)
class SheetTable:
    """A table under a few lines of heading; `name` is that of its sheet.

    A `listing` is for looking things up: a filter in its header, rows of one line.
    """

    name: str
    heading: Sequence[str]
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Cell]]
    chart: YearChart | None = None
    listing: bool = False


def workbook(
    tables: Sequence[SheetTable], *, title: str, made_on: date, progress: Progress | None = None
) -> bytes:
    """An .xlsx with a sheet for each table; text stays text, so codes keep their zeros.

    Equal tables give equal bytes.
    """
    import xlsxwriter

    file = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title, "created": datetime.combine(made_on, time.min)})
        for table in tables:
            _sheet(book, table, progress or Progress())
    return file.getvalue()


def text_table(tables: Sequence[SheetTable]) -> bytes:
    """The same tables one after another as Russian Excel reads a CSV; no cell can be a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for at, table in enumerate(tables):
        if at:
            writer.writerow([])
        for line in table.heading:
            writer.writerow([harmless(line)])
        writer.writerow([harmless(column.title) for column in table.columns])
        writer.writerows([harmless(written(cell)) for cell in row] for row in table.rows)
    return f"{MARK}{text.getvalue()}".encode()


def written(cell: Cell) -> str:
    """A cell as text: 64,3 with a decimal comma, −0,8 with a true minus; None is empty."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return short_date(cell)
    return cell if isinstance(cell, str) else decimal_comma(cell)


def _sheet(book: Any, table: SheetTable, progress: Progress) -> None:
    sheet = book.add_worksheet(table.name)
    formats = _formats(book, listing=table.listing)
    for line, text in enumerate(table.heading):
        sheet.write_string(line, 0, text, formats["title" if line == 0 else "note"])
    head = len(table.heading) + 1 if table.heading else 0
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(head, at, column.title, formats["head"])
    for line, row in enumerate(progress.each(table.rows), start=head + 1):
        for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _write(sheet, line, at, cell, formats[column.kind])
    sheet.freeze_panes(head + 1, 0)
    if table.listing and table.columns:
        sheet.autofilter(head, 0, head + max(len(table.rows), 1), len(table.columns) - 1)
    _prepare_print(sheet, head)
    if table.chart:
        _chart(book, sheet, table, head)


def _write(sheet: Any, line: int, at: int, cell: Cell, how: Any) -> None:
    if cell is None:
        sheet.write_blank(line, at, None, how)
    elif isinstance(cell, str):
        sheet.write_string(line, at, cell[:LONGEST], how)
    elif isinstance(cell, date):
        _write_day(sheet, line, at, cell, how)
    else:
        sheet.write_number(line, at, cell, how)


def _write_day(sheet: Any, line: int, at: int, day: date, how: Any) -> None:
    if day.year < FIRST_YEAR:
        sheet.write_string(line, at, short_date(day), how)
    else:
        sheet.write_datetime(line, at, datetime.combine(day, time.min), how)


def _formats(book: Any, *, listing: bool) -> dict[str, Any]:
    cell = {"valign": "top"} if listing else {"border": 1, "valign": "top", "text_wrap": True}
    formats = {
        kind: book.add_format({**cell, "num_format": code}) for kind, code in NUMBER_FORMATS.items()
    }
    formats["title"] = book.add_format({"bold": True, "font_size": 14})
    formats["note"] = book.add_format({"font_color": "#444444"})
    formats["head"] = book.add_format(
        {**cell, "bold": True, "border": 1, "text_wrap": True, "align": "center",
         "valign": "vcenter", "bg_color": "#E8EDF2"}
    )  # fmt: skip
    return formats


def _prepare_print(sheet: Any, head: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)


def _chart(book: Any, sheet: Any, table: SheetTable, head: int) -> None:
    """Native and editable: columns are facts, the line with markers is the target."""
    chart, first, last = table.chart, head + 1, head + len(table.rows)
    if chart is None or not table.rows:
        return

    def series(column: int, look: dict[str, Any]) -> dict[str, Any]:
        return {
            "name": [table.name, head, column],
            "categories": [table.name, first, 0, last, 0],
            "values": [table.name, first, column, last, column],
            **look,
        }

    bars = book.add_chart({"type": "column"})
    facts = {"fill": {"color": "#9FB4C7"}, "border": {"color": "#33475B"}, "gap": 80}
    bars.add_series(series(chart.facts, {**facts, "data_labels": {"value": True}}))
    line = book.add_chart({"type": "line"})
    goals = {"line": {"color": "#B3261E", "width": 2.25}, "marker": {"type": "diamond", "size": 7}}
    line.add_series(series(chart.goals, goals))
    bars.combine(line)
    bars.set_title({"name": chart.title, "name_font": {"size": 12}})
    bars.set_y_axis({"min": 0, "max": 100, "name": "%", "major_gridlines": {"visible": True}})
    bars.set_legend({"position": "bottom"})
    bars.set_size({"width": WIDTH_OF_CHART, "height": HEIGHT_OF_CHART})
    sheet.insert_chart(last + 2, 0, bars, {"description": chart.title})
