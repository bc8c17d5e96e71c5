"""The pictures of the pages that `make.py run` leaves where there is no display."""

from PySide6.QtGui import QImage

from demoexam.ui import theme
from demoexam.ui.main_window import MainWindow
from demoexam.ui.pictures import Quiet, draw_pages


def test_every_page_is_drawn_light_and_dark(workspace, qapp, qtbot, tmp_path):
    quiet, window = Quiet(workspace), MainWindow(workspace.local)
    qtbot.addWidget(window)
    window.attach(workspace)
    window.show()
    try:
        drawn = draw_pages(window, quiet, tmp_path / "pictures")
    finally:
        theme.apply(qapp, "light")
    assert {path.stem for path in drawn} == {
        f"{name}_{look}" for name in window.entries for look in ("light", "dark")
    }
    corner = {path.stem: QImage(str(path)).pixelColor(400, 880).lightness() for path in drawn}
    assert corner["overview_light"] > 200
    assert corner["overview_dark"] < 60
