"""Connecting: every failure is a sentence with what to do, and nothing is changed by it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import Shiboken
from ui.syncing.desktops import add_expert, address, stored

from demoexam.errors import UserError
from demoexam.hub.errors import HubRestored, OtherHub
from demoexam.services.syncing.exchange import Answer, synchronise
from demoexam.ui import dialogs
from demoexam.ui.syncing.hub_place import FILE, SERVER, ServerPlace


@pytest.fixture
def alone(desktop, window_of):
    workspace = desktop("alone")
    window_of(workspace)
    return workspace


@pytest.fixture
def dialog(alone, qtbot):
    page = QApplication.activeWindow() or QApplication.topLevelWidgets()[0]
    dialog = dialogs.open_dialog("hub", alone, page, url="")
    yield dialog
    if Shiboken.isValid(dialog):
        dialog.reject()


@pytest.fixture
def other(hub, desktop, swap):
    """A desktop that has sent an expert already."""
    workspace = desktop("other", hub)
    workspace.ident = add_expert(workspace)
    swap(workspace)
    return workspace


def check(dialog, qtbot, url):
    dialog.places[FILE].path.setText(str(url))
    dialog.check()
    qtbot.waitUntil(lambda: dialog._task is None)
    return dialog.strip.accessibleName()


def test_a_missing_file_is_told_and_may_be_made_there(dialog, qtbot, tmp_path):
    told = check(dialog, qtbot, tmp_path / "hub.db")
    assert "не найдено" in told
    assert "сетевая папка" in told
    assert not (tmp_path / "hub.db").exists()
    assert not dialog.workspace.read(lambda _session: dialog.exchanger.state.url)


def test_a_cloud_folder_is_refused_by_name(dialog, qtbot, tmp_path):
    folder = tmp_path / "OneDrive" / "demoexam"
    folder.mkdir(parents=True)
    told = check(dialog, qtbot, folder / "hub.db")
    assert "облачная" in told
    assert "OneDrive" in told


def test_another_programs_file_is_no_hub(dialog, qtbot, tmp_path):
    (tmp_path / "letter.db").write_text("Здравствуйте!" * 200, encoding="utf-8")
    assert check(dialog, qtbot, tmp_path / "letter.db")
    assert dialog.exchanger.state.url == ""


def test_a_server_that_does_not_answer_is_told(dialog, qtbot):
    pytest.importorskip("psycopg")
    dialog.kind.show_value(SERVER)
    dialog._show_kind(SERVER)
    place = dialog.place
    place.host.setText("127.0.0.1")
    place.port.show_value(9)
    place.user.setText("ivanova")
    place.secret.setText("тайна")
    dialog.check()
    qtbot.waitUntil(lambda: dialog._task is None)
    assert "Нет связи" in dialog.strip.accessibleName()
    assert "тайна" not in dialog.strip.accessibleName()


def test_the_check_tells_each_thing_it_looked_at(dialog, qtbot, hub):
    told = check(dialog, qtbot, hub.removeprefix("sqlite:///"))
    assert told == "Всё в порядке: можно подключаться."
    assert dialog.findings.count() > 3


def test_connecting_brings_the_common_data(dialog, alone, qtbot, hub, other):
    dialog.places[FILE].path.setText(hub.removeprefix("sqlite:///"))
    dialog.join()
    qtbot.waitUntil(lambda: alone.exchanger.connected)
    assert stored(alone, other.ident, "last_name") == "Ёлкин"


def test_a_hub_is_made_and_takes_what_is_here(dialog, alone, qtbot, tmp_path, desktop):
    ident = add_expert(alone)
    folder = tmp_path / "новая папка"
    folder.mkdir()
    place = dialog.places[FILE]
    place.path.setText(str(folder))  # a folder gets the usual name
    place.making.setChecked(True)
    assert dialog.join_button.text() == "Создать и подключить"
    dialog.join()
    qtbot.waitUntil(lambda: alone.exchanger.connected)
    assert (folder / "hub.db").is_file()
    other = desktop("other", address(folder / "hub.db"))
    synchronise(other.store)
    assert stored(other, ident, "last_name") == "Ёлкин"


def test_the_servers_address_is_put_together_and_taken_apart(qtbot):
    place = ServerPlace()
    qtbot.addWidget(place)
    place.show_url("postgresql://%D0%B8%D0%B2%D0%B0%D0%BD@db.example:6432/demoexam?sslmode=require")
    assert (place.host.text(), place.port.value(), place.user.text()) == (
        "db.example",
        6432,
        "иван",
    )
    assert place.url().endswith("@db.example:6432/demoexam?sslmode=require")
    assert place.password() is None


@pytest.fixture
def restored(hub, other, window_of):
    """A desktop whose hub was put back to what it was before its last edit."""
    file = Path(hub.removeprefix("sqlite:///"))
    copy = file.read_bytes()
    other.window = window_of(other)
    other.later = add_expert(other, "Зорин Пётр Ильич")
    synchronise(other.store)
    file.write_bytes(copy)
    return other


@pytest.mark.parametrize("choice", list(Answer))
def test_a_restored_hub_is_put_as_a_question(choice, restored, qtbot):
    with qtbot.waitSignal(restored.exchanger.ended):
        restored.exchanger.exchange()
    assert isinstance(restored.exchanger.question, HubRestored)
    assert QApplication.activeModalWidget() is None
    with qtbot.waitSignal(restored.exchanger.questioned):
        restored.exchanger.exchange(asked=True)
    question = QApplication.activeModalWidget()
    assert "старой копии" in question.findChildren(QLabel)[0].text()
    question.answer(choice)
    qtbot.waitUntil(lambda: restored.exchanger.question is None)
    there = stored(restored, restored.later, "last_name")
    assert there == ("Зорин" if choice is Answer.RESEND else None)


def test_another_hub_offers_to_mend_the_address(alone, qtbot):
    page = QApplication.topLevelWidgets()[0]
    question = dialogs.open_dialog("hub question", alone, page, error=OtherHub())
    question.elsewhere.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    assert QApplication.activeModalWidget().windowTitle() == "Общее хранилище"
    QApplication.activeModalWidget().reject()


def test_leaving_the_hub_keeps_the_data(hub, desktop, window_of, swap, qtbot):
    one = desktop("one", hub)
    window = window_of(one)
    ident = add_expert(one)
    swap(one)
    dialog = dialogs.open_dialog("hub", one, window, url=hub)
    assert dialog.leave_button.isVisible()
    dialog.leave_button.click()
    qtbot.waitUntil(lambda: not one.exchanger.connected)
    assert stored(one, ident, "last_name") == "Ёлкин"
    assert not window.status.sync_button.isVisible()


def test_a_failure_keeps_the_dialog_open(dialog):
    dialog.tell(UserError())
    assert dialog.isVisible()
