"""The program as a whole: opening, making and changing stores, and what can go wrong."""

import shutil
import sqlite3

import pytest
from PySide6.QtWidgets import QPushButton

from demoexam.app import Desk
from demoexam.services.college.college import found_college, targets
from demoexam.services.plan.overview import college_name
from demoexam.services.syncing.adoption import is_fresh
from demoexam.settings import LocalSettings
from demoexam.store.opening import create_store
from demoexam.ui.dialogs.hub_dialog import HubDialog
from demoexam.ui.onboarding import Onboarding
from demoexam.ui.pages.overview_page import OverviewPage
from demoexam.ui.trouble import Trouble


@pytest.fixture
def path(blank_store, tmp_path):
    path = tmp_path / "college.db"
    shutil.copyfile(blank_store, path)
    return path


@pytest.fixture
def desks(qtbot):
    """Makes desks; closes them after the test."""
    made = []

    def make(path, local=None):
        desk = Desk(local or LocalSettings(), path)
        made.append(desk)
        desk.show()
        return desk

    yield make
    for desk in made:
        desk.window.close()
        desk.close()
        desk.window.deleteLater()


def whole_page(desk, qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(desk.window.outer.currentWidget(), kind), timeout=15_000)
    return desk.window.outer.currentWidget()


def opened(desk, qtbot):
    qtbot.waitUntil(lambda: desk.workspace is not None, timeout=15_000)
    assert isinstance(desk.window.page, OverviewPage)
    return desk.workspace


def told(trouble):
    return trouble.state.title.text(), trouble.state.text.text()


def test_a_store_opens_on_its_overview(desks, path, qtbot):
    desk = desks(path)
    opened(desk, qtbot)
    assert desk.window.outer.currentIndex() == 0
    assert desk.window.top.title.text() == "Обзор"


def test_an_empty_computer_offers_three_ways(desks, tmp_path, qtbot):
    page = whole_page(desks(tmp_path / "none.db"), qtbot, Onboarding)
    texts = [button.text().strip() for button in page.findChildren(QPushButton)]
    assert {"Создать базу", "Открыть базу…", "Открыть учебную базу"} <= set(texts)


def test_enter_in_the_college_field_makes_the_store(desks, tmp_path, qtbot):
    desk = desks(tmp_path / "new.db")
    page = whole_page(desk, qtbot, Onboarding)
    page.college.setText("Колледж связи")
    page.targets[2024].setValue(65)
    page.college.returnPressed.emit()

    workspace = opened(desk, qtbot)

    assert desk.window.navigation._college._whole == "Колледж связи"
    assert workspace.read(targets) == {2022: 50, 2023: 60, 2024: 65}


def test_one_who_joins_a_shared_store_gets_an_empty_one_and_the_dialog(desks, tmp_path, qtbot):
    desk = desks(tmp_path / "new.db")
    whole_page(desk, qtbot, Onboarding).joined.emit()
    qtbot.waitUntil(lambda: desk.workspace is not None)
    assert desk.window.top.title.text() == "Синхронизация"
    dialog = desk.window.findChild(HubDialog)
    assert dialog.isVisible()
    assert desk.workspace.read(is_fresh)
    dialog.reject()


def test_a_dropped_file_makes_the_store_and_opens_the_import(desks, tmp_path, qtbot, monkeypatch):
    asked = []
    desk = desks(tmp_path / "new.db")
    whole_page(desk, qtbot, Onboarding)
    monkeypatch.setattr(
        desk.window, "open_dialog", lambda name, **facts: asked.append((name, facts))
    )
    desk.window.files_dropped.emit([tmp_path / "roster.xlsx"])
    opened(desk, qtbot)
    assert asked == [("import", {"files": [tmp_path / "roster.xlsx"]})]


def test_a_second_window_on_one_store_is_told_apart(desks, path, qtbot):
    first = desks(path)
    opened(first, qtbot)
    second = desks(path)
    title, advice = told(whole_page(second, qtbot, Trouble))
    assert title == "База «college.db» уже открыта в другом окне программы."
    assert "закройте" in advice

    first._leave_store()
    second.open()
    opened(second, qtbot)


def test_a_file_that_is_no_store_says_so_and_stays_as_it_was(desks, tmp_path, qtbot):
    path = tmp_path / "letter.db"
    path.write_text("Уважаемые коллеги", encoding="utf-8")
    title, advice = told(whole_page(desks(path), qtbot, Trouble))
    assert "не база программы" in title
    assert "Выберите другой файл" in advice
    assert path.read_text(encoding="utf-8") == "Уважаемые коллеги"


def test_a_store_of_a_newer_program_asks_for_an_update(desks, path, qtbot):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    title, advice = told(whole_page(desks(path), qtbot, Trouble))
    assert "более новой версией" in title
    assert "Обновите программу" in advice


def test_a_folder_that_cannot_be_written_is_named(desks, tmp_path, qtbot):
    blocked = tmp_path / "closed"
    blocked.write_text("", encoding="utf-8")
    desk = desks(blocked / "college.db")
    whole_page(desk, qtbot, Onboarding).college.returnPressed.emit()
    title, advice = told(whole_page(desk, qtbot, Trouble))
    assert str(blocked) in title
    assert "нельзя записывать" in title
    assert "Выберите другую папку" in advice


def test_a_full_disk_is_told_and_nothing_is_lost(desks, path, qtbot):
    desk = desks(path)
    workspace = opened(desk, qtbot)

    def fill(session):
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
        found_college(session, name="Колледж " * 2000)

    with qtbot.waitSignal(workspace.refused):
        workspace.perform(fill, operation="свой колледж")
    assert "кончилось место" in desk.window.notice.words.text()
    assert workspace.read(college_name) == ""


def test_another_store_takes_the_place_of_this_one(desks, path, tmp_path, qtbot):
    other = tmp_path / "other.db"
    create_store(other).close()
    desk = desks(path)
    opened(desk, qtbot)
    desk.workspace.asked.emit("open_store", other)
    qtbot.waitUntil(lambda: desk.workspace is not None and desk.workspace.store.path == other)
    assert LocalSettings.load().store == str(other)
    opened(desks(path), qtbot)  # the first one is free again


def test_a_copy_that_is_no_store_replaces_nothing(desks, path, tmp_path, qtbot):
    copy = tmp_path / "photo.db"
    copy.write_bytes(b"not a database")
    before = path.read_bytes()
    desk = desks(path)
    opened(desk, qtbot)
    desk.restore_from(copy)
    assert "не база программы" in told(whole_page(desk, qtbot, Trouble))[0]
    assert path.read_bytes() == before


def test_sample_data_lie_in_a_file_of_their_own(desks, tmp_path, qtbot):
    desk = desks(tmp_path / "none.db")
    whole_page(desk, qtbot, Onboarding).sampled.emit()
    opened(desk, qtbot)
    assert desk.workspace.store.path.name == "sample.db"
    assert desk.window.sample.isVisible()
    assert not (tmp_path / "none.db").exists()
