"""A hundred millimetres of a form are a hundred millimetres on paper."""

import pytest
from documents.geometry import sheets_of
from documents.people import COLLEGE
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from demoexam.documents.blocks import Column, Grid
from demoexam.documents.form import Form
from demoexam.documents.rendering import render
from demoexam.ui.dialogs import pdf_output

DOTS = 254  # an inch: ten a millimetre
TENTH = 72 / DOTS


@pytest.fixture
def ruler():
    """A form with a table of exactly 100 mm: its outer rules are the ruler's ends."""
    table = Grid([Column("Линейка", 100)], [[""]], row_height=40)
    return render(Form("9.9", "АКТ", "о проверке", "1-99/2026", None, COLLEGE, [table]))


def uprights(pdf):
    """The upright rules beside the table's only row, from left to right."""
    rules = [one for one in sheets_of(pdf)[0].ink if one.what == "line" and one.x0 == one.x1]
    return sorted(rules, key=lambda one: (one.y0, one.x0))[:2]


def test_the_file_says_a_hundred(ruler):
    assert [one.x0 / TENTH for one in uprights(ruler)] == pytest.approx([200, 1200], abs=0.2)


def test_the_printed_sheet_shows_a_hundred(ruler, tmp_path, qapp):
    printer = pdf_output.make_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "лист.pdf"))
    printer.setResolution(300)
    pdf_output.print_bytes(ruler, printer)
    rule = uprights(ruler)[0]
    left, right = dark_at((rule.y0 + rule.y1) / 2, printer.outputFileName())
    assert right - left == pytest.approx(1000, abs=3)
    assert left == pytest.approx(200, abs=3)


def dark_at(height, file):
    """The middles of the first and the last dark run on the line at `height` points."""
    document = QPdfDocument()
    document.load(file)
    size = document.pagePointSize(0)
    picture = QImage(
        QSize(round(size.width() / TENTH), round(size.height() / TENTH)),
        QImage.Format.Format_RGB32,
    )
    picture.fill(0xFFFFFF)
    painter = QPainter(picture)
    painter.drawImage(0, 0, document.render(0, picture.size()))
    painter.end()
    row = round((size.height() - height) / TENTH)
    dark = [x for x in range(picture.width()) if QColor(picture.pixel(x, row)).lightness() < 200]
    document.close()
    halves = [x for x in dark if x < 700], [x for x in dark if x >= 700]
    return [sum(half) / len(half) for half in halves]
