"""Where a PDF goes: into a file, or to a printer at its true size."""

import errno
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QStandardPaths
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from demoexam.errors import DiskFull, FileLocked, FolderReadOnly, Refused
from demoexam.progress import Progress

POINTS_PER_INCH, SHARP = 72, 300  # dpi of the raster; the saved PDF keeps the vectors
Chosen = Callable[[Path], object]


def ask_file(parent: QWidget, name: str, chosen: Chosen) -> QFileDialog:
    """Ask where to save, beginning in the documents folder; the dialog is shown, not run."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, "Сохранить PDF", str(Path(folder) / f"{name}.pdf"), "PDF (*.pdf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def save_pdf(pdf: bytes, path: Path) -> Path:
    """Write the file whole, beside the old one and then in its place; says what prevents it."""
    draft = path.with_name(f"{path.name}.new")
    try:
        draft.write_bytes(pdf)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise _as_told(error, path) from error
    try:
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise FileLocked(name=path.name) from error
    return path


def _as_told(error: OSError, path: Path) -> Exception:
    if error.errno == errno.ENOSPC:
        return DiskFull()
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR}:
        return FolderReadOnly(name=path.parent)
    return Refused(f"Файл «{path.name}» не записан: {error.strerror}.", "Выберите другое место.")


def make_printer() -> QPrinter:
    """A printer of A4 sheets without margins of its own: papers bring theirs."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    return printer


def ask_printer(parent: QWidget, printer: QPrinter, chosen: Callable[[], object]) -> QPrintDialog:
    """Ask which printer; the caller keeps `printer` alive until the printing is done."""
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Печать")
    dialog.accepted.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.setModal(True)
    dialog.show()
    return dialog


def print_pdf(document: QPdfDocument, printer: QPrinter, progress: Progress | None = None) -> int:
    """Paint every page at its true size, never fitted; returns how many."""
    pages = range(document.pageCount())
    dpi = min(printer.resolution(), SHARP)
    scale = printer.resolution() / POINTS_PER_INCH
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused("Принтер не отвечает.", "Проверьте, что он включён, или сохраните PDF.")
    try:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in progress.each(pages) if progress else pages:
            if number:
                printer.newPage()
            size = document.pagePointSize(number)
            pixels = QSize(
                round(size.width() * dpi / POINTS_PER_INCH),
                round(size.height() * dpi / POINTS_PER_INCH),
            )
            picture = document.render(number, pixels)
            painter.drawImage(QRectF(0, 0, size.width() * scale, size.height() * scale), picture)
    finally:
        painter.end()
    return len(pages)
