"""Printing a day: what the form offers, what it shows, and what it writes."""

import os
import sys

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from shell import Shell
from ui.exams.conftest import EXAM_DAY, said

from demoexam.models.reference import PrintedDocument
from demoexam.services.papers.package import papers_on
from demoexam.services.papers.papers import day_codes, package
from demoexam.ui import dialogs
from demoexam.ui.dialogs import pdf_output
from demoexam.ui.dialogs.pdf_preview import open_preview


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


def codes_of_the_day(desk):
    with desk.workspace.store.reading() as session:
        return day_codes(session)


def test_the_form_lists_exams_papers_and_what_is_missing(desk, form):
    choice = form.choice
    assert choice.exams.item(0, 0).text() == "ИС-41 · 09:00\nРазработка решений"
    assert choice.papers.ticked_ids() == codes_of_the_day(desk)
    assert choice.papers.rowCount() >= len(codes_of_the_day(desk))
    assert "Не хватает данных" in said(choice.missing)
    assert "Жеребьёвка" in said(choice.missing)


def test_the_preview_follows_the_form_under_the_cursor(desk, form):
    shown(desk, form)
    pages = {title.split()[0]: page for title, page in form.pages.bookmarks()}
    form.choice.papers.point_at("3.9")
    desk.qtbot.waitUntil(lambda: form.pages.page() == pages["3.9"])
    form.choice.papers.tick(["3.9"])
    desk.qtbot.waitUntil(lambda: form.pages.document.pageCount() == 1, timeout=20_000)


def test_without_a_ticked_paper_nothing_can_be_printed(desk, form):
    form.choice.papers.tick([])
    assert not form.save_button.isEnabled()
    form.save()
    assert form.output.dialog is None


def test_the_stepper_goes_over_days_that_have_exams(desk, form):
    with desk.making() as make:
        make.sitting(workshop=make.workshop(), day=EXAM_DAY.replace(day=25))
    later = dialogs.open_dialog("print", desk.workspace, desk.page, day=EXAM_DAY)
    desk.settle()
    later.choice.step(1)
    desk.settle()
    assert later.choice.days.currentText() == "25\u00a0июня, четверг"
    later.choice.step(1)
    assert later.day == EXAM_DAY.replace(day=25)
    later.choice.step(-1)
    assert later.day == EXAM_DAY
    desk.settle()
    later.reject()


def test_a_line_of_missing_data_opens_the_exam(desk):
    form = dialogs.open_dialog("print", desk.workspace, desk.page, day=EXAM_DAY)
    desk.settle()
    line = form.choice.missing.lines.itemAt(0).widget()
    button = line.findChildren(type(form.save_button))[0]
    desk.click(button)
    assert desk.page.shows_card()
    assert desk.page.card.exam_id == desk.plan.id


def test_the_whole_form_is_driven_by_keys(desk, form, tmp_path):
    """A form is ticked off, another gets copies, Ctrl+S: the file holds what was chosen."""
    papers = form.choice.papers
    papers.setFocus()
    first, second = papers.ticked_ids()[:2]
    papers.point_at(first)
    desk.qtbot.keyClick(papers, Qt.Key.Key_Space)
    desk.qtbot.keyClick(papers, Qt.Key.Key_Down)
    assert papers.current_id() == second
    desk.qtbot.keyClick(papers, Qt.Key.Key_Plus)
    assert first not in papers.ticked_ids()
    assert form.choice.wanted().copies == {second: 2}
    desk.qtbot.keyClick(papers, Qt.Key.Key_3)
    assert form.choice.wanted().copies == {second: 3}
    desk.keys(papers, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert form.output.dialog.isVisible()
    form.output.dialog.reject()
    form.output.save_to(form.choice.wanted(), tmp_path / "пакет.pdf")
    desk.settle()
    assert "Сохранено: пакет.pdf" in said(form)
    titles = [title for title, _ in _bookmarks(tmp_path / "пакет.pdf")]
    assert sum(title.startswith(f"{second} ") for title in titles) == 3
    assert not [title for title in titles if title.startswith(f"{first} ")]


def _bookmarks(path):
    from demoexam.ui.dialogs.pdf_view import bookmarks

    document = QPdfDocument()
    document.load(str(path))
    found = bookmarks(document)
    document.close()
    return found


def test_in_a_small_window_the_pages_take_the_place_of_the_lists(desk, form):
    form.resize(900, 500)
    assert (form.choice.isVisible(), form.pages.isVisible()) == (True, False)
    desk.click(form.look_button)
    assert (form.choice.isVisible(), form.pages.isVisible()) == (False, True)
    assert form.look_button.text() == " К списку"
    form.resize(1340, 720)
    assert (form.choice.isVisible(), form.pages.isVisible()) == (True, True)


def test_ready_or_needed_papers_are_ticked_at_once(desk, form):
    form.choice.papers.tick([])
    form.choice.tick_needed()
    assert form.choice.papers.ticked_ids() == codes_of_the_day(desk)
    form.choice.tick_ready()
    ready = form.choice.papers.ticked_ids()
    assert "3.9" not in ready  # nothing was drawn
    assert "3.8" in ready


def registered(desk):
    with desk.workspace.store.reading() as session:
        return sorted(row.kind for row in session.query(PrintedDocument))


def test_the_window_and_the_command_write_equal_bytes(desk, form, tmp_path):
    form.output.save_to(form.choice.wanted(), tmp_path / "окно.pdf")
    desk.settle()
    assert registered(desk) == sorted(codes_of_the_day(desk))
    shell = Shell(desk.workspace.store.path)
    shell("print", "--day", EXAM_DAY, "-o", tmp_path / "команда.pdf")
    by_window = (tmp_path / "окно.pdf").read_bytes()
    assert by_window == (tmp_path / "команда.pdf").read_bytes()

    form.choice.papers.tick(["3.6", "3.11"])
    form.choice.papers.set_copies("3.11", 2)
    form.choice.late.setChecked(True)
    form.choice.rows.setValue(7)
    form.output.save_to(form.choice.wanted(), tmp_path / "окно 2.pdf")
    desk.settle()
    shell(
        "print", "--day", EXAM_DAY, "--forms", "3.11,3.6", "--copies", "3.11=2",
        "--latecomers", 7, "-o", tmp_path / "команда 2.pdf",
    )  # fmt: skip
    by_window = (tmp_path / "окно 2.pdf").read_bytes()
    assert by_window == (tmp_path / "команда 2.pdf").read_bytes()
    assert by_window != (tmp_path / "окно.pdf").read_bytes()


def test_a_missing_folder_is_told_in_the_form_and_nothing_is_registered(desk, form, tmp_path):
    form.output.save_to(form.choice.wanted(), tmp_path / "нет" / "пакет.pdf")
    desk.settle()
    assert f"Папки «{tmp_path / 'нет'}» нет." in said(form)
    assert registered(desk) == []


def test_files_that_are_there_are_asked_about(desk, form, tmp_path):
    form.choice.papers.tick(["3.8", "3.9"])
    wanted = form.choice.wanted()
    form.output.save_into(wanted, (".pdf",), tmp_path)
    desk.settle()
    written = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert len(written) == 2
    assert "Сохранено в папку" in said(form)
    form.output.save_into(wanted, (".pdf",), tmp_path)
    desk.settle()
    assert "Уже есть в папке" in said(form)
    form.output.write_files(wanted, (".pdf",), tmp_path, "number")
    desk.settle()
    assert len(list(tmp_path.glob("*(2).pdf"))) == 2
    assert registered(desk) == ["3.8", "3.9"]


def test_without_a_printer_the_form_says_so(desk, form):
    form.print()
    assert "Принтер не найден." in said(form)


def test_only_papers_whose_pages_were_printed_count(desk):
    with desk.workspace.store.reading() as session:
        made = package(
            session, session_id=desk.plan.id, forms=["3.8", "3.9"], copies={"3.8": 2},
            registered=False,
        )  # fmt: skip
    first, second = made.contents
    starts = [0, 1, 3]  # two copies of the first, the second of them of two pages
    assert papers_on(made.contents, starts, [0]) == [first]
    assert papers_on(made.contents, starts, [2]) == [first]
    assert papers_on(made.contents, starts, [2, 3]) == [first, second]


def test_what_came_out_of_the_printer_is_registered(desk, form, tmp_path):
    with desk.workspace.store.reading() as session:
        made = package(
            session, session_id=desk.plan.id, forms=["3.8", "3.9"], registered=False
        )  # fmt: skip
    printer = pdf_output.make_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "лист.pdf"))
    printer.setResolution(150)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(1, 1)
    form.output.print_now(made, printer)
    desk.settle()
    assert "Отправлено на печать: 1 страница." in said(form)
    assert registered(desk) == ["3.8"]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_fails_is_told_and_nothing_is_registered(desk, form, tmp_path):
    with desk.workspace.store.reading() as session:
        made = package(session, session_id=desk.plan.id, forms=["3.8"], registered=False)
    printer = pdf_output.make_printer()
    printer.setOutputFileName(str(tmp_path / "нет" / "лист.pdf"))
    form.output.print_now(made, printer)
    desk.settle()
    assert "Принтер не отвечает" in said(form)
    assert registered(desk) == []


def test_an_outdated_print_is_among_what_is_missing(desk, form, tmp_path):
    form.choice.papers.tick(["3.6"])
    form.output.save_to(form.choice.wanted(), tmp_path / "п.pdf")
    desk.settle()
    assert "Устарел документ" not in said(form)
    with desk.workspace.store.transaction("замена члена ГЭК") as session:
        session.get(type(desk.plan.sitting), desk.plan.id).board_member = "Другой Д. Д."
    form.show_day(EXAM_DAY)
    desk.settle()
    form.choice.papers.point_at("3.6")
    assert "Устарел документ 3.6" in said(form.choice.missing)
    assert "Устарел после печати" in form.choice.explained.text()
    assert "замена члена ГЭК" in form.choice.explained.text()
    assert form.choice.exams.item(0, 1).text() == "1 устарел"


def made(desk):
    with desk.workspace.store.reading() as session:
        return package(session, session_id=desk.plan.id, forms=["3.9"], registered=False)


def test_a_preview_saves_what_it_shows_and_it_is_registered(desk, tmp_path):
    paper = made(desk)
    preview = open_preview(
        desk.workspace, desk.window, paper.pdf, "Жеребьёвка", papers=paper.contents
    )
    assert preview.pages.document.pageCount() == 1
    preview.output.write_made(paper, tmp_path / "3.9.pdf")
    desk.settle()
    assert page_count((tmp_path / "3.9.pdf").read_bytes()) == 1
    assert "Сохранено: 3.9.pdf" in said(preview)
    assert registered(desk) == ["3.9"]
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
    desk.click(preview.word_button)
    assert preview.output.dialog.selectedFiles()[0].endswith("3.9 Жеребьёвка рабочих мест.docx")
    preview.output.dialog.reject()
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


def test_a_package_under_way_is_not_left_by_chance(desk, form, tmp_path):
    form.output.save_to(form.choice.wanted(), tmp_path / "пакет.pdf")
    form.reject()
    assert form.isVisible()
    assert "Дождитесь конца" in said(form)
    form.output.cancel()
    desk.settle()
    assert "Остановлено." in said(form)
    assert not (tmp_path / "пакет.pdf").exists()
    assert registered(desk) == []


def test_word_and_pdf_come_from_one_choice(desk, form, tmp_path):
    form.choice.papers.tick(["3.8"])
    form.output.save_to(form.choice.wanted(), tmp_path / "день.docx", kind="docx")
    desk.settle()
    assert (tmp_path / "день.docx").read_bytes().startswith(b"PK")
    assert "Сохранено: день.docx" in said(form)
    assert registered(desk) == ["3.8"]
