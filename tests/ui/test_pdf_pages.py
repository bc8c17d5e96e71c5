"""A PDF in the window: zoom, page numbers, small pages, searching."""

from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdfWidgets import QPdfView
from reportlab.pdfgen.canvas import Canvas

from demoexam.ui.dialogs.pdf_view import FIT_PAGE, FIT_WIDTH, MOST, PdfPages, outline


def numbered(count):
    """Pages that each say «protocol» once, and every third «seat» twice."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for page in range(count):
        canvas.bookmarkPage(f"p{page}", fit="XYZ", left=0, top=800, zoom=0)
        if page in {0, 4}:
            canvas.addOutlineEntry(f"3.{page + 4} paper", f"p{page}")
        canvas.drawString(72, 700, f"protocol {page + 1}")
        if page % 3 == 0:
            canvas.drawString(72, 600, "seat and seat")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def pages(qtbot):
    pages = PdfPages()
    qtbot.addWidget(pages)
    pages.resize(700, 600)
    with qtbot.waitExposed(pages):
        pages.show()
    pages.show_pdf(numbered(40), "Пакет")
    yield pages
    pages.clear()


def press(qtbot, pages, key, modifiers=Qt.KeyboardModifier.ControlModifier):
    pages.activateWindow()
    qtbot.waitUntil(pages.isActiveWindow)
    qtbot.keyClick(pages.view, key, modifiers)


def test_keys_zoom_and_fit(qtbot, pages):
    assert pages.scale.currentText() == FIT_WIDTH
    press(qtbot, pages, Qt.Key.Key_9)
    assert pages.view.zoomMode() == QPdfView.ZoomMode.FitInView
    assert pages.scale.currentText() == FIT_PAGE
    press(qtbot, pages, Qt.Key.Key_Plus)
    first = pages.view.zoomFactor()
    assert pages.view.zoomMode() == QPdfView.ZoomMode.Custom
    press(qtbot, pages, Qt.Key.Key_Plus)
    assert pages.view.zoomFactor() == pytest.approx(first * 1.2)
    press(qtbot, pages, Qt.Key.Key_Minus)
    assert pages.view.zoomFactor() == pytest.approx(first)
    press(qtbot, pages, Qt.Key.Key_0)
    assert pages.view.zoomMode() == QPdfView.ZoomMode.FitToWidth
    for _ in range(30):
        pages.zoom(1.2)
    assert pages.view.zoomFactor() == MOST


def test_a_scale_is_typed_and_nonsense_changes_nothing(pages):
    pages._choose_scale("125 %")
    assert pages.view.zoomFactor() == pytest.approx(1.25)
    pages._choose_scale("много")
    assert pages.view.zoomFactor() == pytest.approx(1.25)
    assert pages.scale.currentText() == "125 %"


def test_a_page_is_typed(qtbot, pages):
    pages.field.setText("17")
    qtbot.keyClick(pages.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pages.page() == 16)
    assert pages.pages.text() == "из 40"
    pages.field.setText("900")
    qtbot.keyClick(pages.field, Qt.Key.Key_Return)
    assert pages.page() == 16


def test_small_pages_are_drawn_as_they_come_into_sight(qtbot, pages):
    qtbot.waitUntil(lambda: pages.thumbnails.pages.drawn() > 0)
    qtbot.wait(100)
    assert pages.thumbnails.pages.drawn() < 20  # of forty, only those in sight
    pages.thumbnails.setFocus()
    pages.thumbnails.setCurrentIndex(pages.thumbnails.pages.index(5))
    qtbot.waitUntil(lambda: pages.page() == 5)
    pages.go_to_page(11)
    qtbot.waitUntil(lambda: pages.thumbnails.currentIndex().row() == 11)


def test_another_document_brings_its_own_small_pages(qtbot, pages):
    qtbot.waitUntil(lambda: pages.thumbnails.pages.drawn() > 0)
    pages.show_pdf(numbered(2))
    assert pages.thumbnails.pages.rowCount() == 2
    qtbot.waitUntil(lambda: pages.thumbnails.pages.drawn() == 2)


def test_what_is_looked_for_is_counted_and_gone_through(qtbot, pages):
    press(qtbot, pages, Qt.Key.Key_F)
    finder = pages.finder
    assert finder.isVisible()
    finder.field.setText("seat")
    qtbot.waitUntil(lambda: finder.count() == 28)
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert finder.told.text() == "1 из 28"
    for _ in range(2):
        qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pages.page() == 3)
    assert finder.told.text() == "3 из 28"
    finder.go(-3)
    assert finder.told.text() == "28 из 28"
    finder.field.setText("нет такого")
    qtbot.waitUntil(lambda: finder.told.text() == "не найдено")
    qtbot.keyClick(finder.field, Qt.Key.Key_Escape)
    assert not finder.isVisible()
    assert pages.isVisible()


def test_the_outline_tells_where_papers_begin():
    assert outline(numbered(6)) == (6, [0, 4])
