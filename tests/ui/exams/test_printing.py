import os
import sys

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from ui.exams.conftest import EXAM_DAY, said

from demoexam.errors import FileLocked, FolderReadOnly
from demoexam.services.papers import package
from demoexam.ui import dialogs
from demoexam.ui.dialogs import pdf_output
from demoexam.ui.dialogs.pdf_preview import open_preview
from demoexam.ui.dialogs.pdf_view import PdfPages


@pytest.fixture
def form(desk):
    form = dialogs.open_dialog("print", desk.workspace, desk.page, day=EXAM_DAY)
    desk.settle()
    yield form
    form.reject()


def page_count(pdf):
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(pdf)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    count = document.pageCount()
    document.close()
    return count


def shown(desk, form):
    desk.qtbot.waitUntil(lambda: form.pages.document.pageCount() > 0, timeout=20_000)
    desk.settle()


def test_the_form_lists_exams_papers_and_what_is_missing(desk, form):
    assert form.exams.item(0, 0).text() == "ИС-41 · 09:00\nРазработка решений"
    assert form.papers.ticked_ids() == ["3.4", "3.5", "3.6", "3.8", "3.9", "3.11"]
    assert "Не хватает данных" in said(form.missing)
    assert "Жеребьёвка" in said(form.missing)


def test_the_preview_follows_the_form_under_the_cursor(desk, form):
    shown(desk, form)
    pages = {title.split()[0]: page for title, page in form.pages.bookmarks()}
    form.papers.point_at("3.9")
    desk.qtbot.waitUntil(lambda: form.pages.page() == pages["3.9"])
    form.papers.tick(["3.9"])
    desk.qtbot.waitUntil(lambda: form.pages.document.pageCount() == 1, timeout=20_000)


def test_without_a_ticked_paper_nothing_can_be_printed(desk, form):
    form.papers.tick([])
    assert not form.save_button.isEnabled()
    form.save()
    assert form.output.made is None


def test_the_stepper_goes_over_days_that_have_exams(desk, form):
    with desk.making() as make:
        make.sitting(workshop=make.workshop(), day=EXAM_DAY.replace(day=25))
    later = dialogs.open_dialog("print", desk.workspace, desk.page, day=EXAM_DAY)
    desk.settle()
    later.step(1)
    desk.settle()
    assert later.title.text() == "25\u00a0июня, четверг"
    later.step(1)
    assert later.day == EXAM_DAY.replace(day=25)
    later.step(-1)
    assert later.day == EXAM_DAY
    desk.settle()
    later.reject()


def test_a_line_of_missing_data_opens_the_exam(desk):
    form = dialogs.open_dialog("print", desk.workspace, desk.page, day=EXAM_DAY)
    desk.settle()
    button = form.missing.lines.itemAt(0).widget().findChildren(type(form.save_button))[0]
    desk.click(button)
    assert desk.page.shows_card()
    assert desk.page.card.exam_id == desk.plan.id


def made(desk):
    with desk.workspace.store.reading() as session:
        return package(session, session_id=desk.plan.id, forms=["3.9"], registered=False).pdf


def test_a_file_that_another_program_holds_is_named(tmp_path, monkeypatch):
    target = tmp_path / "пакет.pdf"
    target.write_bytes(b"old")

    def held(_self, _target):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(type(target), "replace", held)
    with pytest.raises(FileLocked) as told:
        pdf_output.save_pdf(b"%PDF", target)
    assert "пакет.pdf" in str(told.value)
    assert target.read_bytes() == b"old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["пакет.pdf"]


def test_a_missing_folder_is_told_in_the_form(desk, form, tmp_path):
    form.save()
    desk.qtbot.waitUntil(lambda: form.output.made is not None, timeout=20_000)
    form.output.file_dialog.reject()
    form.output.save_to(tmp_path / "нет" / "пакет.pdf")
    assert str(FolderReadOnly(name=tmp_path / "нет")) in said(form)


def test_printing_keeps_the_true_size(desk, tmp_path, qtbot):
    pages, printer = PdfPages(), pdf_output.make_printer()
    qtbot.addWidget(pages)
    pages.show_pdf(made(desk))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "лист.pdf"))
    printer.setResolution(150)
    assert pdf_output.print_pdf(pages.document, printer) == 1
    printed = QPdfDocument()
    printed.load(str(tmp_path / "лист.pdf"))
    size = printed.pagePointSize(0)
    assert (round(size.width()), round(size.height())) == (595, 842)
    assert _ink(printed) == pytest.approx(_ink(pages.document), abs=3)
    printed.close()
    pages.clear()


def _ink(document):
    """The box of the dark pixels of the first page, at 72 dpi: left, top, right, bottom."""
    size = document.pagePointSize(0).toSize()
    picture = QImage(QSize(size), QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    from PySide6.QtGui import QPainter

    painter = QPainter(picture)
    painter.drawImage(0, 0, document.render(0, size))
    painter.end()
    dark = [
        (x, y)
        for x in range(0, size.width(), 2)
        for y in range(0, size.height(), 2)
        if picture.pixelColor(x, y).lightness() < 140
    ]
    across, down = [x for x, _ in dark], [y for _, y in dark]
    return [min(across), min(down), max(across), max(down)]


def test_a_preview_shows_saves_and_closes(desk, tmp_path):
    preview = open_preview(desk.window, made(desk), "Жеребьёвка")
    assert preview.pages.document.pageCount() == 1
    preview.save_to(tmp_path / "3.9.pdf")
    assert page_count((tmp_path / "3.9.pdf").read_bytes()) == 1
    assert "Сохранено: 3.9.pdf" in said(preview)
    preview.reject()
    assert not [one for one in desk.window.findChildren(QDialog) if one.isVisible()]


def test_documents_of_the_card_tell_their_state_and_open_a_preview(desk):
    card = desk.open()
    card.show_tab("documents")
    desk.settle()
    table = card.documents.table
    states = {table.cell(n, 0).text: table.cell(n, 2).text for n in range(table.rowCount())}
    assert states["3.9"] == "Пустой"
    card.documents.preview("3.9")
    desk.settle()
    (preview,) = [one for one in desk.window.findChildren(QDialog) if one.isVisible()]
    assert preview.pages.document.pageCount() == 1
    preview.reject()


def test_the_list_and_the_card_load_no_pdf_library(store):
    """QtPdf and reportlab come with the first paper, not with the page."""
    import subprocess

    code = (
        "import sys, demoexam.ui.pages.exams_page, demoexam.ui.dialogs.exam_edit_dialog;"
        "bad = {'reportlab', 'PySide6.QtPdf', 'pandas', 'openpyxl'} & set(sys.modules);"
        "print(sorted(bad))"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
