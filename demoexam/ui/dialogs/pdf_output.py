"""Where papers go: into a file, a folder, or to a printer at their true size."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QStandardPaths
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from demoexam.errors import Refused, UserError
from demoexam.progress import Progress

POINTS_PER_INCH, SHARP = 72, 300  # dpi of the raster; the saved PDF keeps the vectors
SILENT = ("Принтер не отвечает.", "Проверьте, что он включён, или сохраните PDF.")
FILTERS = {"pdf": ("Сохранить PDF", "PDF (*.pdf)"), "docx": ("Сохранить Word", "Word (*.docx)")}
Chosen = Callable[[Path], object]


def ask_file(parent: QWidget, name: str, chosen: Chosen, kind: str = "pdf") -> QFileDialog:
    """Ask where to save, beginning in the documents folder; the dialog is shown, not run."""
    title, names = FILTERS[kind]
    dialog = QFileDialog(parent, title, str(documents_folder() / f"{name}.{kind}"), names)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kind)
    return _shown(dialog, chosen)


def ask_folder(parent: QWidget, chosen: Chosen) -> QFileDialog:
    """Ask for a folder; the dialog is shown, not run."""
    dialog = QFileDialog(parent, "Папка для бумаг", str(documents_folder()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _shown(dialog, chosen)


def documents_folder() -> Path:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place))


def _shown(dialog: QFileDialog, chosen: Chosen) -> QFileDialog:
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def make_printer(*, duplex: bool = False) -> QPrinter:
    """A printer of A4 sheets without margins of its own: papers bring theirs."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    if duplex:
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    return printer


class NoPrinter(UserError):
    text = "Принтер не найден."
    advice = "Подключите принтер в параметрах компьютера или сохраните PDF и отнесите его."


def printers() -> list[str]:
    """Names of those the computer knows."""
    return list(QPrinterInfo.availablePrinterNames())


def ask_printer(
    parent: QWidget, printer: QPrinter, chosen: Callable[[], object], *, pages: int = 1
) -> QPrintDialog:
    """Ask which printer and pages; the caller keeps `printer` alive until the printing is done."""
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Печать")
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, max(pages, 1))
    dialog.accepted.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.setModal(True)
    dialog.show()
    return dialog


def print_bytes(
    pdf: bytes,
    printer: QPrinter,
    progress: Progress | None = None,
    *,
    starts: Sequence[int] = (0,),
    two_sided: bool = False,
) -> int:
    """Print a PDF from any thread, as the printer was set: pages, copies, two sides.

    `starts` are the pages on which papers begin: on two sides each takes a sheet of its own.
    """
    content, buffer, document = QByteArray(pdf), QBuffer(), QPdfDocument()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    try:
        return print_pdf(document, printer, progress, starts=starts, two_sided=two_sided)
    finally:
        document.close()
        buffer.close()


def print_pdf(
    document: QPdfDocument,
    printer: QPrinter,
    progress: Progress | None = None,
    *,
    starts: Sequence[int] = (0,),
    two_sided: bool = False,
) -> int:
    """Paint every wanted page at its true size, never fitted; returns how many."""
    pad = two_sided or printer.duplex() != QPrinter.DuplexMode.DuplexNone
    wanted = printed_sides(chosen_pages(printer, document.pageCount()), starts, pad=pad)
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    sides = wanted * copies
    if not sides:
        raise Refused("Таких страниц в документе нет.", "Выберите страницы ещё раз.")
    _turn(printer, document, sides[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused(*SILENT)
    try:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for at, number in enumerate(progress.each(sides) if progress else sides):
            if at:
                _turn(printer, document, number)
                if not printer.newPage():
                    raise Refused(f"Принтер остановился: напечатано сторон {at}.", SILENT[1])
            if number is not None:
                _paint(painter, printer, document, number)
    finally:
        painter.end()
    if printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}:
        raise Refused("Принтер прервал печать.", SILENT[1])
    return sum(number is not None for number in sides)


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Numbers from 0 of what the print dialog asked for."""
    if printer.printRange() != QPrinter.PrintRange.PageRange or not printer.fromPage():
        return list(range(count))
    return list(range(printer.fromPage() - 1, min(printer.toPage() or count, count)))


def printed_sides(pages: Sequence[int], starts: Sequence[int], *, pad: bool) -> list[int | None]:
    """The pages; with `pad` a paper never begins on the back of another: None is a blank side."""
    sides: list[int | None] = []
    for page in pages:
        if pad and page in starts and len(sides) % 2:
            sides.append(None)
        sides.append(page)
    if pad and len(sides) % 2:
        sides.append(None)  # the next copy begins on a sheet of its own
    return sides


def _turn(printer: QPrinter, document: QPdfDocument, number: int | None) -> None:
    """The sheet lies as its page does; a blank side as the one before."""
    if number is None:
        return
    size = document.pagePointSize(number)
    wide = size.width() > size.height()
    sides = QPageLayout.Orientation
    printer.setPageOrientation(sides.Landscape if wide else sides.Portrait)


def _paint(painter: QPainter, printer: QPrinter, document: QPdfDocument, number: int) -> None:
    dpi = min(printer.resolution(), SHARP)
    size, scale = document.pagePointSize(number), printer.resolution() / POINTS_PER_INCH
    pixels = QSize(
        round(size.width() * dpi / POINTS_PER_INCH), round(size.height() * dpi / POINTS_PER_INCH)
    )
    picture = document.render(number, pixels)
    painter.drawImage(QRectF(0, 0, size.width() * scale, size.height() * scale), picture)
