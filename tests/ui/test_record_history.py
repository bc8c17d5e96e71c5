"""The history of a record in the window, and the question before a person's data goes."""

import pytest
from conftest import Builder
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from sqlalchemy import select

from demoexam.models.groups import Examinee
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.services.records.records import change_record, delete_record
from demoexam.store.erasing import ERASED_NAME
from demoexam.ui.cards import FindingStrip
from demoexam.ui.dialogs.erasure_dialog import ErasureDialog
from demoexam.ui.dialogs.group_dialogs import StudentDialog
from demoexam.ui.dialogs.history_dialog import HistoryDialog
from demoexam.ui.pages.experts_page import ExpertsPage
from demoexam.ui.pages.organizations_page import OrganizationsPage
from demoexam.ui.widgets import Button

OLD, NEW = "+79125550143", "+79125550144"


@pytest.fixture
def expert(store):
    with store.transaction("новый эксперт") as session:
        make = Builder(session)
        found = make.expert("Ёлкин Артём Олегович", make.employer(), phone=OLD)
    edit(store, "правка эксперта: телефон", "expert", found.id, phone=NEW)
    return found


def edit(store, words, table, record_id, **values):
    with store.transaction(words) as session:
        change_record(session, table=table, record_id=record_id, values=values)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 760)
    window.show()
    return window


@pytest.fixture
def history(workspace, window, qtbot, expert):
    dialog = HistoryDialog(workspace, window, table="expert", record_id=expert.id)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.panel.table.rowCount() > 0)
    yield dialog.panel
    dialog.reject()


def cells(panel, number):
    return [panel.table.cell(number, place).text for place in range(1, 6)][1:]


def buttons(panel):
    return [one for one in panel.detail.findChildren(Button) if one.isVisible()]


def test_a_value_is_brought_back_by_keyboard_and_undone(store, workspace, qtbot, history, expert):
    assert cells(history, 0) == ["правка эксперта: телефон", "Телефон", OLD, NEW]
    assert "было" in history.words.text()
    history.view.setFocus()
    qtbot.keyClick(history.view, Qt.Key.Key_Return)
    (button,) = buttons(history)
    assert button.text().strip() == f"Вернуть «{OLD}»"
    assert history.focusWidget() is button
    with qtbot.waitSignal(workspace.performed):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: cells(history, 0)[2:] == [NEW, OLD])
    assert "возвращено" in history.strip.words.text()
    with qtbot.waitSignal(workspace.performed):
        workspace.undo()
    with store.reading() as session:
        assert session.get_one(Expert, expert.id).phone == NEW
    qtbot.waitUntil(lambda: cells(history, 0)[2:] == [OLD, NEW])


def test_a_refusal_is_told_where_it_was_asked(store, workspace, window, qtbot):
    with store.transaction("данные") as session:
        make = Builder(session)
        old, new = make.employer("Старая"), make.employer("Новая")
        job = make.employment(make.expert(), old)
    edit(store, "переход", "employment", job.id, organization_id=new.id)
    with store.transaction("удаление") as session:
        delete_record(session, table="organization", record_id=old.id)
    dialog = HistoryDialog(workspace, window, table="employment", record_id=job.id)
    dialog.open()
    qtbot.waitUntil(lambda: bool(buttons(dialog.panel)))
    buttons(dialog.panel)[0].click()
    qtbot.waitUntil(lambda: "Старая" in dialog.panel.strip.words.text())
    dialog.reject()


def test_the_filter_finds_lines_and_says_when_there_are_none(history):
    all_lines = history.table.rowCount()
    history.filter.setText("телефон")
    assert 0 < history.table.rowCount() < all_lines
    history.filter.setText("такого нет")
    assert history.table.rowCount() == 0
    assert not history.detail.isVisible()
    assert history.view._nothing.isVisible()


def test_the_cards_open_the_history_of_their_record(workspace, window, qtbot, expert, store):
    for kind, entity_id in ((ExpertsPage, expert.id), (OrganizationsPage, _employer(store))):
        page = kind(workspace)
        qtbot.addWidget(page)
        page.resize(1300, 850)
        page.show()
        page.go_to({"id": entity_id})
        qtbot.waitUntil(lambda page=page: bool(page.card.title.text()))
        link = next(one for one in page.card.findChildren(Button) if one.text() == "История")
        link.click()
        (opened,) = [one for one in page.findChildren(QDialog) if one.isVisible()]
        assert isinstance(opened, HistoryDialog)
        qtbot.waitUntil(lambda opened=opened: opened.panel.table.rowCount() > 0)
        opened.reject()


def _employer(store):
    with store.reading() as session:
        return session.scalar(select(Organization.id))


def test_erasing_asks_twice_and_tells_what_stays(store, workspace, window, qtbot, expert):
    dialog = ErasureDialog(workspace, window, table="expert", record_id=expert.id)
    dialog.open()
    assert not dialog.ok_button.isEnabled()
    assert not dialog.ok_button.isDefault()
    dialog.sure.setChecked(True)
    dialog.reason.setText("отозвал согласие")
    with qtbot.waitSignal(dialog.finished):
        dialog.ok_button.click()
    with store.reading() as session:
        assert session.get_one(Expert, expert.id).last_name == ERASED_NAME

    with qtbot.waitSignal(workspace.refused) as told:
        workspace.undo()
    assert "не отменяется" in str(told.args[0])

    again = ErasureDialog(workspace, window, table="expert", record_id=expert.id)
    again.open()
    assert not again.sure.isEnabled()
    assert "уже удалены" in " ".join(x.words.text() for x in again.findChildren(FindingStrip))
    again.reject()


def test_the_form_of_a_student_gives_way_to_the_question(store, workspace, window, qtbot):
    with store.transaction("данные") as session:
        make = Builder(session)
        student = make.examinee(make.group(), "Щукин Лев Ильич")
    values = {"last_name": "Щукин", "first_name": "Лев"}
    form = StudentDialog(workspace, window, record_id=student.id, values=values, fixed={})
    form.open()
    form.ask_erasure()
    (dialog,) = [one for one in window.findChildren(ErasureDialog) if one.isVisible()]
    dialog.sure.setChecked(True)
    with qtbot.waitSignal(dialog.finished):
        dialog.ok_button.click()
    with store.reading() as session:
        assert session.get_one(Examinee, student.id).last_name == ERASED_NAME
