"""The frame: navigation, headings, search, undo, refusals, theme."""

from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from demoexam.errors import Refused
from demoexam.models.organizations import Organization
from demoexam.rules.terms import OrganizationKind
from demoexam.settings import LocalSettings
from demoexam.ui import theme
from demoexam.ui.main_window import MainWindow


@pytest.fixture
def window(workspace, qtbot):
    window = MainWindow(LocalSettings())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.attach(workspace)
    window.show()
    return window


def add_employer(session, *, name):
    session.add(Organization(kind=OrganizationKind.EMPLOYER, short_name=name))


def test_every_page_opens_by_its_number(window, qtbot):
    for number, name in enumerate(list(window.entries)[:9], start=1):
        qtbot.keyClick(
            window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier
        )
        assert window.page is window._pages[name]
        assert window.top.title.text()
        assert window.navigation.buttons[name].isChecked()


def test_the_settings_open_by_the_same_key_in_both_layouts(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.page is window._pages["settings"]
    window.open_page("overview")
    (russian,) = [one for one in window.findChildren(QShortcut) if "Б" in one.key().toString()]
    russian.activated.emit()
    assert window.page is window._pages["settings"]
    assert window.navigation.buttons["settings"].toolTip() == "Настройки (Ctrl+,)"


def test_every_page_has_a_key_and_tells_it(window):
    for name, button in window.navigation.buttons.items():
        assert "(Ctrl+" in button.toolTip(), name


def test_a_page_is_built_on_its_first_visit_only(window):
    assert list(window._pages) == ["overview"]
    page = window.open_page("settings")
    assert window.open_page("settings") is page


def test_before_the_store_is_open_the_wish_is_remembered(workspace, qtbot):
    window = MainWindow(LocalSettings())
    qtbot.addWidget(window)
    assert window.open_page("settings") is None
    window.attach(workspace)
    assert window.top.title.text() == "Настройки"


def test_a_narrow_window_shows_icons_with_the_words_as_tool_tips(window):
    window.resize(1100, 700)
    QApplication.processEvents()
    assert window.navigation.width() == 60
    button = window.navigation.buttons["settings"]
    assert button.toolTip().startswith("Настройки")
    window.resize(1366, 768)
    QApplication.processEvents()
    assert window.navigation.width() == 216


def test_the_last_action_is_told_and_taken_back_from_the_status_bar(window, workspace, qtbot):
    with qtbot.waitSignal(workspace.performed):
        workspace.perform(add_employer, operation="новая организация", name="АО «Вектор»")
    assert window.status.words.text() == "новая организация"
    qtbot.waitUntil(window.status.undo_button.isVisible)
    assert window.status.undo_button.accessibleName() == "Отменить: новая организация"
    with qtbot.waitSignal(workspace.performed):
        window.status.undo_button.click()
    assert window.status.words.text() == "Отменено: новая организация"
    qtbot.waitUntil(lambda: not window.status.undo_button.isVisible())
    qtbot.waitUntil(window.status.redo_button.isVisible)
    assert window.status.redo_button.accessibleName() == "Вернуть: новая организация"
    with qtbot.waitSignal(workspace.performed):
        window.status.redo_button.click()
    assert window.status.words.text() == "Снова: новая организация"
    qtbot.waitUntil(lambda: not window.status.redo_button.isVisible())


def test_a_writing_cannot_be_stopped_half_way_and_a_reading_can(window, workspace, qtbot):
    go_on = Event()

    def wait(_subject):
        go_on.wait(5)

    for start, stoppable in (
        (lambda: workspace.perform(wait, operation="перенос"), False),
        (lambda: workspace.run(wait, title="отчёт"), True),
    ):
        go_on.clear()
        start()
        qtbot.waitUntil(lambda: "_progress" in window.status.__dict__)
        qtbot.waitUntil(window.status._progress.isVisible)
        assert window.status.stop.isVisible() is stoppable
        go_on.set()
        qtbot.waitUntil(lambda: not window.status._progress.isVisible())


def test_after_a_start_the_last_action_can_still_be_taken_back(workspace, qtbot):
    with workspace.store.transaction("новая организация") as session:
        add_employer(session, name="АО «Вектор»")
    window = MainWindow(LocalSettings())
    qtbot.addWidget(window)
    window.attach(workspace)
    window.show()
    qtbot.waitUntil(window.status.undo_button.isVisible)
    assert window.status.words.text() == "Последнее действие: новая организация"


def test_a_refusal_is_a_strip_with_advice_and_goes_at_the_next_success(window, workspace, qtbot):
    def refuse(session):
        raise Refused("Так нельзя.", "Сделайте <иначе>.")

    with qtbot.waitSignal(workspace.refused):
        workspace.perform(refuse, operation="лишнее")
    assert window.notice.isVisible()
    assert "Сделайте &lt;иначе&gt;." in window.notice.words.text()
    assert window.notice.accessibleName() == "Так нельзя.\nСделайте <иначе>."

    with qtbot.waitSignal(workspace.performed):
        workspace.perform(add_employer, operation="новая организация", name="АО «Заря»")
    assert not window.notice.isVisible()


def test_search_finds_pages_and_records_and_goes_there(window, workspace, qtbot):
    with workspace.store.transaction("для поиска") as session:
        add_employer(session, name="АО «Горизонт»")
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.finder.is_open()
    window.top.search.setText("горизонт")
    qtbot.waitUntil(lambda: any(hit.page == "organizations" for hit in window.finder.hits()))
    window.top.search.setText("настр")
    qtbot.keyClick(window.top.search, Qt.Key.Key_Return)
    assert window.top.title.text() == "Настройки"
    assert not window.finder.is_open()


def test_the_year_is_common_to_all_pages(window, workspace):
    window.top.year.show_value(2024)
    window.top.year.written.emit(2024)
    assert workspace.year == 2024


def test_a_dropped_file_opens_the_import(window, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(window, "open_dialog", lambda name, **facts: asked.append((name, facts)))
    file, data = tmp_path / "roster.xlsx", QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.dropEvent(
        QDropEvent(
            QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    assert asked == [("import", {"files": [file]})]


def test_the_theme_changes_while_the_window_is_open(window, qapp):
    before = window.grab().toImage().pixelColor(5, 300)
    window.commands.toggle_theme()
    try:
        assert theme.tokens().dark
        assert LocalSettings.load().theme == "dark"
        after = window.grab().toImage().pixelColor(5, 300)
        assert after.lightness() < 60 < before.lightness()
    finally:
        theme.apply(qapp, "light")


def test_every_control_says_its_name(window, workspace, qtbot):
    for name in window.entries:
        page = window.open_page(name)
        qtbot.waitUntil(lambda: not workspace._running)
        for kind in (QAbstractButton, QLineEdit, QComboBox):
            for widget in page.findChildren(kind):
                spoken = (
                    widget.accessibleName() or widget.toolTip() or getattr(widget, "text", str)()
                )
                internal = widget.objectName().startswith("qt_") or not widget.isVisibleTo(page)
                assert spoken or internal, f"{name}: {widget}"
