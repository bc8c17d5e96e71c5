"""Papers on a printer: their true size, what is asked of it, what it may fail at."""

from io import BytesIO

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from demoexam.errors import Refused
from demoexam.progress import Cancelled, Progress
from demoexam.ui.dialogs import pdf_output
from demoexam.ui.tasks import one_thread

DOTS = 254  # an inch: ten a millimetre


def ruled(*sizes, length=100):
    """Pages with a black bar of `length` mm that begins 20 mm from the left and from the top."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for size in sizes:
        canvas.setPageSize(size)
        canvas.rect(20 * mm, size[1] - 25 * mm, length * mm, 5 * mm, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def printer(tmp_path):
    printer = pdf_output.make_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "вышло.pdf"))
    printer.setResolution(300)
    return printer


@pytest.fixture
def printed(printer):
    """What came out, opened after the printing."""
    document = QPdfDocument()
    yield lambda: (document.load(printer.outputFileName()), document)[1]
    document.close()


def bar(document, page=0):
    """Left, top, width of the bar in tenths of a millimetre."""
    size = document.pagePointSize(page) * DOTS / 72
    picture = QImage(QSize(round(size.width()), round(size.height())), QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    painter = QPainter(picture)
    painter.drawImage(0, 0, document.render(page, picture.size()))
    painter.end()
    dark = [x for x in range(picture.width()) if picture.pixelColor(x, 225).lightness() < 128]
    down = [y for y in range(picture.height()) if picture.pixelColor(700, y).lightness() < 128]
    return dark[0], down[0], len(dark)


def test_a_hundred_millimetres_stay_a_hundred(printer, printed):
    assert pdf_output.print_bytes(ruled(A4), printer) == 1
    left, top, wide = bar(printed())
    assert wide == pytest.approx(1000, abs=3)
    assert (left, top) == pytest.approx((200, 200), abs=3)


def test_a_wide_page_lies_across_and_keeps_its_size(printer, printed):
    pdf_output.print_bytes(ruled(A4, landscape(A4), A4, length=150), printer)
    document = printed()
    sizes = [document.pagePointSize(page).toSize() for page in range(3)]
    assert [size.width() > size.height() for size in sizes] == [False, True, False]
    assert bar(document, 1)[2] == pytest.approx(1500, abs=3)


def test_only_the_pages_asked_for_come_out_as_often_as_asked(printer, printed):
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    printer.setCopyCount(2)
    times = 1 if printer.supportsMultipleCopies() else 2
    assert pdf_output.print_bytes(ruled(*[A4] * 5), printer) == 2 * times
    assert printed().pageCount() == 2 * times


def test_pages_that_are_not_there_are_refused(printer):
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(7, 9)
    with pytest.raises(Refused, match="Таких страниц"):
        pdf_output.print_bytes(ruled(A4), printer)


def test_on_two_sides_each_paper_begins_on_a_sheet_of_its_own():
    # papers of one, two and three pages
    sides = pdf_output.printed_sides(range(6), [0, 1, 3], pad=True)
    assert sides == [0, None, 1, 2, 3, 4, 5, None]
    assert pdf_output.printed_sides(range(6), [0, 1, 3], pad=False) == [0, 1, 2, 3, 4, 5]


def test_both_sides_are_printed_with_blank_backs(printer, printed):
    pdf = ruled(A4, A4, A4)
    assert pdf_output.print_bytes(pdf, printer, starts=[0, 1], two_sided=True) == 3
    assert printed().pageCount() == 4


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_answer_is_told(printer, tmp_path):
    printer.setOutputFileName(str(tmp_path / "нет" / "вышло.pdf"))
    with pytest.raises(Refused, match="Принтер не отвечает"):
        pdf_output.print_bytes(ruled(A4), printer)


def test_printing_runs_off_the_windows_thread_and_stops_when_told(printer):
    progress = Progress(lambda done, _total: progress.cancel() if done == 2 else None)
    executor = one_thread("printing")
    job = executor.submit(pdf_output.print_bytes, ruled(*[A4] * 9), printer, progress)
    with pytest.raises(Cancelled):
        job.result(timeout=60)
    executor.shutdown()


def test_a_new_printer_brings_no_margins_of_its_own():
    layout = pdf_output.make_printer(duplex=True).pageLayout()
    assert layout.mode() == QPageLayout.Mode.FullPageMode
    assert layout.margins().isNull()
