"""«Разбить на смены»: what is shown before, and what one button makes."""

import pytest
from conftest import EXAM_DAY
from PySide6.QtCore import Qt
from shiboken6 import Shiboken
from sqlalchemy import func, select

from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.ui.dialogs import open_dialog
from demoexam.ui.dialogs.exam_edit_dialog import ExamDialog
from demoexam.ui.dialogs.shifts_dialog import MISSING, NOT_NEEDED, ShiftsDialog


@pytest.fixture
def big(desk):
    """A group of 24 and a workshop for ten."""
    with desk.making() as make:
        group = make.group(make.college("Колледж смен"), "СМ-41", examinees=24)
        kit, workshop = make.kit("09.02.07-1-2026"), make.workshop(None, "Малая", places=10)
        facts = {"group_id": group.id, "workshop_id": workshop.id, "kit_id": kit.id}
    desk.settle()
    return facts


def opened(desk, qtbot, **facts):
    dialog = open_dialog("shifts", desk.workspace, desk.page, **facts)
    assert isinstance(dialog, ShiftsDialog)
    desk.settle()
    return dialog


def of_group(desk, group_id):
    with desk.workspace.store.reading() as session:
        query = select(ExamSession).where(
            ExamSession.group_id == group_id, ExamSession.deleted.is_(False)
        )
        return session.scalars(query.order_by(ExamSession.starts_at)).all()


def test_shifts_are_shown_before_they_are_made(desk, big, qtbot):
    dialog = opened(desk, qtbot, day=EXAM_DAY, **big)

    assert "18.06.2026, чт, 09:00–12:30, 8" in dialog.table.accessibleName()
    assert dialog.table.accessibleName().count("–") >= 6
    assert "новых экзамена" in dialog.said.text()
    assert not of_group(desk, big["group_id"])

    dialog.split_button.click()
    desk.settle()

    rows = of_group(desk, big["group_id"])
    assert [row.head_count for row in rows] == [8, 8, 8]


def test_experts_are_assigned_with_the_shifts_unless_it_is_declined(desk, big, qtbot):
    with desk.making() as make:
        for _ in range(4):
            make.competence(make.expert(None, make.employer()))
    dialog = opened(desk, qtbot, day=EXAM_DAY, **big)
    assert "новые: 4" in dialog.table.accessibleName()

    desk.press(dialog.experts, Qt.Key.Key_Space)
    assert "новые" not in dialog.table.accessibleName()
    assert "пока без экспертов" in dialog.said.text()

    desk.press(dialog.experts, Qt.Key.Key_Space)
    dialog.split_button.click()
    desk.settle()

    rows = of_group(desk, big["group_id"])
    with desk.workspace.store.reading() as session:
        counts = [
            session.scalar(select(func.count()).where(Assignment.session_id == row.id))
            for row in rows
        ]
    assert counts == [4, 4, 4]


def test_ctrl_z_takes_all_shifts_back(desk, big, qtbot):
    opened(desk, qtbot, day=EXAM_DAY, **big).split_button.click()
    desk.settle()

    desk.workspace.undo()
    desk.settle()

    assert not of_group(desk, big["group_id"])
    with desk.workspace.store.reading() as session:
        seats = select(func.count()).where(ExamPlace.live(), ExamPlace.session_id.not_in(
            select(ExamSession.id).where(ExamSession.live())
        ))  # fmt: skip
        assert session.scalar(seats) == 0


def test_without_a_day_it_says_what_to_choose(desk, big, qtbot):
    dialog = opened(desk, qtbot, group_id=big["group_id"])

    assert dialog.said.text() == MISSING
    assert not dialog.split_button.isEnabled()
    dialog.reject()


def test_a_group_that_fits_needs_no_shifts(desk, big, qtbot):
    with desk.making() as make:
        big["workshop_id"] = make.workshop(None, "Большая", places=30).id

    dialog = opened(desk, qtbot, day=EXAM_DAY, **big)

    assert dialog.said.text() == NOT_NEEDED
    assert not dialog.split_button.isEnabled()
    dialog.reject()


def test_what_cannot_be_split_is_told(desk, big, qtbot):
    with desk.making() as make:
        empty = make.group(name="ПУ-41")

    dialog = opened(desk, qtbot, **{**big, "group_id": empty.id}, day=EXAM_DAY)

    assert "Делить некого" in dialog.refusal.words.text()
    dialog.reject()


def test_the_form_of_an_exam_leads_to_shifts(desk, big, qtbot):
    form = open_dialog("exam", desk.workspace, desk.page, day=EXAM_DAY,
                       group_id=big["group_id"], workshop_id=big["workshop_id"])  # fmt: skip
    assert isinstance(form, ExamDialog)
    form.form.kit.show_value(big["kit_id"])
    desk.settle()
    assert not form.save_button.isEnabled()

    form.split()
    desk.settle()
    dialog = form.findChild(ShiftsDialog)
    assert dialog is not None
    dialog.split_button.click()
    desk.settle()

    assert len(of_group(desk, big["group_id"])) == 3
    assert not Shiboken.isValid(form)  # closed with it


def test_the_card_of_an_overfull_exam_offers_it(desk, big, qtbot):
    with desk.making() as make:
        sitting = make.sitting(head_count=24, held=True)
        sitting.group_id, sitting.kit_id = big["group_id"], big["kit_id"]
        sitting.workshop_id = big["workshop_id"]
        ident = sitting.id
    desk.window.open_page("exams", {"id": ident})
    desk.settle()
    card = desk.page.card

    card.actions_.split_wanted.emit()
    desk.settle()
    dialog = desk.window.findChild(ShiftsDialog)
    assert "Уже назначенный экзамен станет первой сменой" in dialog.said.text()
    dialog.split_button.click()
    desk.settle()

    rows = of_group(desk, big["group_id"])
    assert [row.id for row in rows].index(ident) == 0
    assert not any(row.held for row in rows)
