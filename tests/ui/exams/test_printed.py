"""The register of prints in the window: searching, what holds no more, printing anew."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from ui.exams.conftest import EXAM_DAY, said

from demoexam.models.exams import ExamSession
from demoexam.services.papers.papers import package
from demoexam.ui import dialogs


@pytest.fixture
def printed(desk):
    """The papers of the plan's sitting have been printed."""
    with desk.workspace.store.transaction("печать") as session:
        package(session, session_id=desk.plan.id, forms=["3.6", "3.9", "3.11"])


@pytest.fixture
def register(desk, printed):
    desk.workspace.set_year(EXAM_DAY.year)
    register = dialogs.open_dialog("printed", desk.workspace, desk.window)
    desk.settle()
    yield register
    register.reject()


def states(register):
    """Form -> what its line says of it."""
    table = register.table
    return {
        table.cell(n, 1).text.split()[0]: table.cell(n, 5).text for n in range(table.rowCount())
    }


def change(desk, words="замена члена ГЭК"):
    def edit(session):
        session.get_one(ExamSession, desk.plan.id).board_member = "Другой Д. Д."

    desk.workspace.perform(edit, operation=words)
    desk.settle()


def test_the_list_tells_whether_each_document_still_holds(desk, register):
    desk.qtbot.waitUntil(lambda: set(states(register).values()) == {"актуален"})
    assert set(states(register)) == {"3.6", "3.9", "3.11"}
    assert "3 документа" in said(register)
    change(desk)
    desk.qtbot.waitUntil(lambda: states(register)["3.6"] == "устарел")
    assert states(register)["3.9"] == "актуален"


def test_only_outdated_documents_are_shown_when_asked(desk, register):
    change(desk)
    register.only.setChecked(True)
    desk.settle()
    assert "3.6" in states(register)
    assert "3.9" not in states(register)
    register.only.setChecked(False)
    desk.settle()
    assert "3.9" in states(register)


def test_a_number_read_from_paper_finds_its_document(desk, register):
    desk.qtbot.keyClicks(register.field, "1-09.2026")  # a reader on a Russian keyboard
    desk.qtbot.keyClick(register.field, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: set(states(register)) == {"3.9"})
    desk.settle()
    register.field.setText("9-99/2026")
    desk.qtbot.waitUntil(lambda: register.table.rowCount() == 0)
    desk.settle()
    assert "Таких документов в этом году нет" in said(register)


def test_another_year_is_empty(desk, register):
    register.years.setCurrentText(str(EXAM_DAY.year - 1))
    register.years.activated.emit(register.years.currentIndex())
    desk.settle()
    assert "Ничего не напечатано" in said(register)
    assert not register.again.isEnabled()


def test_enter_prints_the_document_anew(desk, register):
    register.view.point_at(register.table.record_id(1))
    code = register.current().code
    register.view.setFocus()
    desk.press(register.view)
    (form,) = [
        one for one in desk.window.findChildren(QDialog) if one.isVisible() and one is not register
    ]
    desk.settle()
    assert form.choice.papers.ticked_ids() == [code]
    assert form.choice.exams.ticked_ids() == [desk.plan.id]
    form.reject()


def test_the_check_before_the_exam_tells_of_outdated_prints(desk, printed):
    card = desk.open()
    assert "Устарело напечатанное" not in said(card.group.checks)
    change(desk)
    desk.settle()
    assert "Устарело напечатанное: 3.6, 3.11" in said(card.group.checks)


def test_the_register_opens_from_the_exams_page(desk, printed):
    desk.page.show_printed()
    (register,) = [one for one in desk.window.findChildren(QDialog) if one.isVisible()]
    desk.settle()
    assert register.windowTitle() == "Журнал печати"
    register.reject()
