"""Choosing a logo: any picture becomes a small PNG, a hostile one is refused; words and keys."""

from hashlib import shake_256

import pytest
from documents.logos import END, GOOD, SIGNATURE, header, packed
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from demoexam.documents.form import LINES
from demoexam.documents.logo import MOST_BYTES, MOST_SIDE, sound_logo
from demoexam.errors import Refused
from demoexam.services.college.college import found_college
from demoexam.services.papers.letterhead import college_logo, wordings
from demoexam.ui.logo_file import MOST_FILE, logo_from
from demoexam.ui.pages.settings_page import SettingsPage

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}">'
    '<rect width="{0}" height="{1}" fill="navy"/></svg>'
)


@pytest.fixture
def section(store, workspace, qtbot):
    with store.transaction("колледж") as session:
        found_college(session, name="Колледж связи")
    page = SettingsPage(workspace)
    qtbot.addWidget(page)
    page.resize(1100, 900)
    page.show()
    page.go_to({"section": "Колледж"})
    return page.stack.currentWidget()


def painted(width=300, height=200, colour="navy", kind=QImage.Format.Format_ARGB32):
    """A disc on nothing."""
    image = QImage(width, height, kind)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setBrush(QColor(colour))
    painter.setPen(QColor(colour))
    painter.drawEllipse(image.rect().adjusted(1, 1, -2, -2))
    painter.end()
    return image


def saved(folder, name="logo.png", image=None):
    path = folder / name
    assert (image or painted()).save(str(path))
    return path


def written(folder, content, name="logo.png"):
    path = folder / name
    path.write_bytes(content)
    return path


def size(png):
    logo = sound_logo(png)
    return logo.width, logo.height, logo.colours


@pytest.mark.parametrize("name", ["logo.png", "logo.jpg", "logo.jpeg"])
def test_a_picture_becomes_a_small_opaque_png(tmp_path, name):
    path = saved(tmp_path, name, painted(900, 300).convertToFormat(QImage.Format.Format_RGB32))
    assert size(logo_from(path)) == (MOST_SIDE, 200, 3)


def test_what_is_transparent_becomes_white_as_paper(tmp_path):
    image = QImage.fromData(logo_from(saved(tmp_path)))
    assert image.pixelColor(0, 0) == QColor("white")
    assert image.pixelColor(150, 100) == QColor("navy")


def test_a_picture_without_colours_is_kept_grey(tmp_path):
    assert size(logo_from(saved(tmp_path, image=painted(colour="#444")))) == (300, 200, 1)


def test_a_drawing_is_as_sharp_as_can_be(tmp_path):
    path = written(tmp_path, SVG.format(30, 10).encode(), "logo.svg")
    assert size(logo_from(path)) == (MOST_SIDE, 200, 3)


def test_the_kind_is_read_from_the_picture_and_not_from_its_name(tmp_path):
    assert size(logo_from(saved(tmp_path, "a.png").rename(tmp_path / "a.jpg"))) == (300, 200, 3)


def test_even_noise_is_made_small_enough(tmp_path):
    noise = shake_256(b"noise").digest(600 * 600 * 4)
    image = QImage(noise, 600, 600, QImage.Format.Format_RGB32)
    png = logo_from(saved(tmp_path, image=image))
    assert 50_000 < len(png) <= MOST_BYTES


@pytest.mark.parametrize(("width", "height"), [(5000, 1), (1, 5000)])
def test_a_mere_line_stays_one(tmp_path, width, height):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("navy"))
    assert set(size(logo_from(saved(tmp_path, image=image)))) == {MOST_SIDE, 1, 3}


@pytest.mark.qt_log_ignore("libpng", "svg", "JPEG", "QImage")
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "не картинка"),
        (b"plain text", "не картинка"),
        (b"%PDF-1.7", "не картинка"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "не картинка"),
        (GOOD[: len(GOOD) // 2], "повреждена|не картинка"),
        (SIGNATURE + header(30_000, 30_000) + packed(b"") + END, "слишком большая"),
        (b"\xff\xd8\xff\xe0broken", "повреждена|не картинка"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="5"', "повреждена|не картинка"),
        (SVG.format(100_000, 100_000).encode(), "слишком большая"),
        (SVG.format(9, 9).encode() + b" " * 1_100_000, "слишком большая"),
        (SVG.format(0, 0).encode(), "повреждена|не картинка|не видно"),
    ],
)
def test_a_hostile_picture_is_refused_with_a_sentence(tmp_path, content, why):
    with pytest.raises(Refused, match=why):
        logo_from(written(tmp_path, content))


def test_a_huge_file_is_not_even_read(tmp_path):
    path = written(tmp_path, b"")
    with path.open("wb") as file:
        file.truncate(MOST_FILE + 1)
    with pytest.raises(Refused, match="больше 10 МБ"):
        logo_from(path)


def test_a_file_that_is_gone_and_a_white_picture_are_refused(tmp_path):
    with pytest.raises(Refused, match="не читается"):
        logo_from(tmp_path / "gone.png")
    with pytest.raises(Refused, match="не видно"):
        logo_from(saved(tmp_path, image=painted(colour="white")))


def test_a_logo_is_chosen_shown_and_removed(section, workspace, qtbot, tmp_path):
    card = section.logo
    assert not card.remove.isEnabled()
    with qtbot.waitSignal(workspace.performed) as performed:
        card.take(saved(tmp_path))
    assert performed.args == ["логотип изменён"]
    assert workspace.read(college_logo) == logo_from(saved(tmp_path))
    qtbot.waitUntil(lambda: card.remove.isEnabled() and card.choose.isEnabled())
    shown = card.view.grab().toImage()
    assert shown.pixelColor(shown.rect().center()) == QColor("navy")
    with qtbot.waitSignal(workspace.performed):
        card.remove.click()
    assert workspace.read(college_logo) == b""


def test_a_refused_picture_leaves_the_logo_alone(section, workspace, qtbot, tmp_path):
    card = section.logo
    with qtbot.waitSignal(workspace.refused) as refused:
        card.take(written(tmp_path, b"no picture"))
    assert "не картинка" in str(refused.args[0])
    assert "PNG" in refused.args[0].hint
    qtbot.waitUntil(card.choose.isEnabled)
    assert workspace.read(college_logo) == b""


def test_the_keys_alone_choose_a_picture(section, workspace, qtbot, tmp_path):
    section.fields["email"].setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is section.logo.choose
    QTest.keyClick(section.logo.choose, Qt.Key.Key_Space)
    dialog = section.window().findChild(QFileDialog)
    assert dialog.isVisible()
    path = saved(tmp_path)
    with qtbot.waitSignal(workspace.performed):
        dialog.fileSelected.emit(str(path))
        dialog.reject()
    assert workspace.read(college_logo)


def test_tab_goes_through_the_words_of_the_head(section, workspace, qtbot):
    card = section.wording
    with qtbot.waitSignal(workspace.performed):
        card.fields["head_short"].written.emit("")
    section.logo.choose.setFocus()
    passed = []
    for _ in range(6):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    assert passed == [card.link, *card.fields.values()]
    with qtbot.waitSignal(workspace.performed):
        QTest.keyClick(card.link, Qt.Key.Key_Space)
    assert [*workspace.read(wordings).values()][:4] == [*LINES]


def test_a_broken_wording_is_marked_at_its_field(section, workspace, qtbot):
    field = section.wording.fields["head_name"]
    with qtbot.waitSignal(workspace.refused):
        field.written.emit("{college}")
    assert "поля {college} нет" in field.problem()
    assert workspace.read(wordings)["head_name"] == "{name}"


def test_the_dialog_offers_pictures_only(section):
    dialog = section.logo.ask()
    assert "*.png *.jpg *.jpeg *.svg" in dialog.nameFilters()[0]
    assert dialog.isVisible()
    dialog.reject()
