"""«Версии плана» and «Сводный план»: what a user sees and does there."""

from datetime import date, timedelta

import openpyxl
import pytest
from conftest import EXAM_DAY, Builder
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from sqlalchemy import select

from demoexam.models.exams import ExamSession, PlanVersion
from demoexam.rules.terms import SessionState
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.dialogs.pdf_preview import PdfPreview
from demoexam.ui.dialogs.season_dialog import WRONG_DAYS, SeasonDialog
from demoexam.ui.dialogs.versions_dialog import VersionsDialog
from demoexam.ui.pictures import Quiet


class Desk:
    def __init__(self, workspace, window):
        self.workspace, self.window, self.quiet = workspace, window, Quiet(workspace)
        with workspace.store.transaction("подготовка") as session:
            make = Builder(session)
            rows = [
                make.sitting(make.group(name=f"СА-4{at}"), day=EXAM_DAY + timedelta(days=7 * at))
                for at in range(3)
            ]
            self.ids = [row.id for row in rows]

    def open(self, name):
        dialog = open_dialog(name, self.workspace, self.window)
        self.quiet.wait()
        return dialog

    def change(self, at, **values):
        with self.workspace.store.transaction("правка") as session:
            row = session.get_one(ExamSession, self.ids[at])
            for name, value in values.items():
                setattr(row, name, value)
        self.workspace.announce(frozenset({"exam_session"}))
        self.quiet.wait()

    def day_of(self, at):
        with self.workspace.store.reading() as session:
            starts_at = session.get_one(ExamSession, self.ids[at]).starts_at
            return starts_at and starts_at.date()

    def undate(self, at):
        self.change(at, starts_at=None, ends_at=None, state=SessionState.DRAFT)


@pytest.fixture
def desk(workspace, qtbot):
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    yield Desk(workspace, window)
    window.close()


def cells(dialog):
    table = dialog.table
    return [[table.cell(row, at).text for at in range(4)] for row in range(table.rowCount())]


def test_a_plan_is_approved_under_the_proposed_name(desk):
    dialog = desk.open("plan versions")
    assert isinstance(dialog, VersionsDialog)
    assert not dialog.back.isEnabled()

    dialog.approve.click()
    desk.quiet.wait()

    assert dialog.list.count() == 1
    assert dialog.list.item(0).text().startswith("План на 2026 год")
    assert dialog.count.text() == "Планы одинаковы."
    dialog.reject()


def test_what_has_changed_is_told_and_taken_back(desk):
    dialog = desk.open("plan versions")
    dialog.approve.click()
    desk.quiet.wait()
    desk.undate(0)
    assert [row[:2] for row in cells(dialog)] == [["снят с плана", "СА-40"]]
    assert dialog.count.text() == "сняты с плана: 1"

    dialog.back.click()
    desk.quiet.wait()
    assert "Станут такими, как в версии" in dialog.strip.words.text()
    assert desk.day_of(0) is None

    dialog.return_now()
    desk.quiet.wait()

    assert desk.day_of(0) == EXAM_DAY
    assert cells(dialog) == []
    desk.workspace.undo()
    desk.quiet.wait()
    assert desk.day_of(0) is None
    dialog.reject()


def test_what_stays_is_said_before(desk):
    dialog = desk.open("plan versions")
    dialog.approve.click()
    desk.quiet.wait()
    desk.change(0, head_count=11, state=SessionState.CLOSED)

    dialog.back.click()
    desk.quiet.wait()

    assert dialog.strip.words.text().startswith("Возвращать нечего")
    dialog.reject()


def test_two_versions_are_compared(desk):
    dialog = desk.open("plan versions")
    dialog.approve.click()
    desk.quiet.wait()
    desk.undate(1)
    dialog.name.setText("Вторая версия")
    dialog.approve.click()
    desk.quiet.wait()
    assert dialog.list.count() == 2
    assert cells(dialog) == []

    second = dialog.list.item(1).data(Qt.ItemDataRole.UserRole)
    dialog.other.show_value(second)
    dialog.other.written.emit(second)
    desk.quiet.wait()

    assert [row[:2] for row in cells(dialog)] == [["добавлен", "СА-41"]]
    assert not dialog.back.isEnabled()  # one returns to a version from the present plan alone
    dialog.reject()


def test_a_name_that_is_taken_is_refused_in_the_window(desk):
    dialog = desk.open("plan versions")
    dialog.name.setText("План")
    dialog.approve.click()
    desk.quiet.wait()
    dialog.name.setText("План")
    dialog.approve.click()
    desk.quiet.wait()

    assert "уже есть" in dialog.strip.words.text()
    dialog.reject()


def test_a_version_goes_into_the_basket(desk):
    dialog = desk.open("plan versions")
    dialog.approve.click()
    desk.quiet.wait()

    dialog.delete.click()
    desk.quiet.wait()

    assert dialog.list.count() == 0
    with desk.workspace.store.reading() as session:
        assert session.scalars(select(PlanVersion)).one().deleted
    dialog.reject()


def test_the_changes_are_shown_as_paper_and_saved(desk, tmp_path):
    dialog = desk.open("plan versions")
    dialog.approve.click()
    desk.quiet.wait()
    desk.undate(2)

    dialog.show_paper()
    desk.quiet.wait()
    preview = dialog.findChild(PdfPreview)
    assert preview.pages.document.pageCount() == 1
    preview.reject()
    dialog.save(tmp_path / "изменения.xlsx")
    desk.quiet.wait()

    assert "Сохранено: изменения.xlsx" in dialog.strip.words.text()
    assert openpyxl.load_workbook(tmp_path / "изменения.xlsx").active.max_row > 3
    dialog.reject()


def test_the_season_is_shown_as_paper_and_saved(desk, tmp_path):
    dialog = desk.open("season")
    assert isinstance(dialog, SeasonDialog)

    dialog.show_paper()
    desk.quiet.wait()
    preview = dialog.findChild(PdfPreview)
    assert preview.height() > dialog.height() * 2  # as large as the window lets it be
    preview.reject()
    dialog.save(tmp_path / "план.xlsx")
    desk.quiet.wait()

    assert "Сохранено: план.xlsx" in dialog.strip.words.text()
    dialog.last.show_value(date(2025, 1, 1))
    dialog.show_paper()
    assert dialog.strip.words.text() == WRONG_DAYS
    dialog.reject()
