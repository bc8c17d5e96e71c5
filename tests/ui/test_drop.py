"""Files dragged over the window, as the window system tells of them, and dropped anywhere on it."""

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from demoexam.settings import LocalSettings
from demoexam.ui.main_window import MainWindow

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot):
    window = MainWindow(LocalSettings())
    qtbot.addWidget(window)
    window.resize(1100, 700)
    window.show()
    return window


@pytest.fixture
def dropped(window):
    """What the window was given, without a store."""
    taken = []
    window.files_dropped.connect(taken.append)
    return taken


def mime(*addresses):
    data = QMimeData()
    data.setUrls([QUrl(one) for one in addresses])
    return data


def send(window, event):
    QCoreApplication.sendEvent(window.windowHandle(), event)


def drag(window, data, at):
    send(window, QDragEnterEvent(at, COPY, data, LEFT, NO_KEYS))
    send(window, QDragMoveEvent(at, COPY, data, LEFT, NO_KEYS))


def test_a_veil_covers_the_window_and_several_files_are_taken(window, dropped, tmp_path):
    files = [tmp_path / "эксперты.xlsx", tmp_path / "фото.png"]
    data, field = mime(*(one.as_uri() for one in files)), window.top.search
    drag(window, data, QPoint(600, 300))
    assert window.veil.isVisible()
    assert window.veil.size() == window.size()
    over = field.mapTo(window, field.rect().center())  # a text field would take the address
    send(window, QDragMoveEvent(over, COPY, data, LEFT, NO_KEYS))
    send(window, QDropEvent(QPointF(over), COPY, data, LEFT, NO_KEYS))
    assert dropped == [files]
    assert field.text() == ""
    assert not window.veil.isVisible()


def test_what_is_no_file_is_not_taken(window, dropped):
    drag(window, mime("https://example.org/list.xlsx"), QPoint(600, 300))
    assert "veil" not in vars(window)
    assert dropped == []


def test_the_veil_goes_with_the_drag(window, dropped, tmp_path, qtbot):
    drag(window, mime((tmp_path / "эксперты.xlsx").as_uri()), QPoint(600, 300))
    assert window.veil.isVisible()
    send(window, QDragLeaveEvent())
    qtbot.waitUntil(lambda: not window.veil.isVisible())
    assert dropped == []


def test_a_drag_that_left_at_once_leaves_no_veil(window, tmp_path, qtbot):
    data = mime((tmp_path / "эксперты.xlsx").as_uri())
    QCoreApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, NO_KEYS))
    QCoreApplication.sendEvent(window, QDragLeaveEvent())
    qtbot.waitUntil(lambda: not window.veil.isVisible())


def test_with_a_store_the_import_opens(window, workspace, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(window, "open_dialog", lambda name, **facts: asked.append((name, facts)))
    window.attach(workspace)
    window.take_files([tmp_path / "студенты.csv"])
    assert asked == [("import", {"files": [tmp_path / "студенты.csv"]})]


def test_the_veil_says_what_will_happen(window):
    window.veil.cover()
    assert "загрузку" in window.veil.accessibleName()
    assert not window.veil.grab().isNull()
