"""The deadlines on an exam's card, ticked by keyboard; the calendar files."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from ui.exams.conftest import said

from demoexam.models.exams import ExamSession
from demoexam.rules.terms import SessionState
from demoexam.services.college.calendar import work_calendar
from demoexam.services.deadlines.deadlines import exam_deadlines
from demoexam.ui.dialogs.versions_dialog import VersionsDialog


@pytest.fixture
def ahead(desk):
    """A sitting so far ahead that its acquaintance is due, and its plan is late."""
    today = date.today()
    with desk.workspace.store.reading() as session:
        calendar = work_calendar(session, [today.year, today.year + 1])
    day = calendar.add(today, 7)
    with desk.making() as make:
        return make.sitting(
            desk.plan.group, desk.plan.kit, desk.plan.workshop, day=day,
            preparation_day=calendar.before(day),
        )  # fmt: skip


def told(desk, sitting):
    with desk.workspace.store.reading() as session:
        found = exam_deadlines(session, session_id=sitting.id, today=date.today())
    return {one.term.code: one for one in found}


def button(card, name):
    buttons = card.findChildren(QPushButton)
    return next(one for one in buttons if one.accessibleName() == name and not one.isHidden())


def test_each_deadline_has_its_day_and_is_ticked_by_keyboard(desk, ahead):
    card = desk.open(ahead.id).group.deadlines
    assert "Участники и сотрудники ознакомлены с планом" in said(card)
    assert "КОД, п. 8" in said(card)
    done = button(card, "Сделано: Задания переданы главному эксперту")
    done.setFocus()
    desk.press(done, Qt.Key.Key_Space)
    one = told(desk, ahead)["tasks"]
    assert (one.done.day, one.done.by_hand) == (date.today(), True)
    back = button(card, "Снять отметку: Задания переданы главному эксперту")
    assert back.hasFocus()
    desk.press(back, Qt.Key.Key_Space)
    assert told(desk, ahead)["tasks"].done is None


def test_a_tick_is_undone_like_any_other_write(desk, ahead):
    card = desk.open(ahead.id).group.deadlines
    desk.press(button(card, "Сделано: Результаты объявлены"), Qt.Key.Key_Space)
    assert told(desk, ahead)["results"].done is not None
    desk.workspace.undo()
    desk.settle()
    assert told(desk, ahead)["results"].done is None
    button(card, "Сделано: Результаты объявлены")


def test_what_is_overdue_can_have_been_done_in_time(desk):
    with desk.making() as make:
        near = make.sitting(
            desk.plan.group, desk.plan.kit, desk.plan.workshop, day=date.today(),
            state=SessionState.ANNOUNCED,
        )  # fmt: skip
    card = desk.open(near.id).group.deadlines
    menu = button(card, "Сделано: Участники и сотрудники ознакомлены с планом").menu()
    menu.actions()[0].trigger()
    desk.settle()
    one = told(desk, near)["acquaintance"]
    assert one.done.day == one.due
    assert not one.late


def test_a_missed_deadline_is_in_the_check_and_leads_to_its_line(desk):
    with desk.making() as make:
        near = make.sitting(
            desk.plan.group, desk.plan.kit, desk.plan.workshop, day=date.today(),
            state=SessionState.ANNOUNCED,
        )  # fmt: skip
    tab = desk.open(near.id).group
    assert "Пропущены сроки" in said(tab.checks)
    desk.press(button(tab.checks, "К срокам: Пропущены сроки"), Qt.Key.Key_Space)
    assert tab.deadlines.isAncestorOf(desk.window.focusWidget())
    assert "Бумаги не напечатаны" in said(tab.checks)


def test_a_plan_is_approved_from_its_deadline(desk):
    day = date.today() + timedelta(days=60)
    with desk.making() as make:
        far = make.staffed_sitting(day=day)
    card = desk.open(far.id).group.deadlines
    desk.press(button(card, "Утвердить план: План проведения утверждён"), Qt.Key.Key_Space)
    dialog = desk.window.findChild(VersionsDialog)
    assert dialog.year == day.year
    assert dialog.name.hasFocus()
    desk.press(dialog.name, Qt.Key.Key_Return)
    assert told(desk, far)["plan"].done.day == date.today()
    assert desk.stored(far.id).state is SessionState.PLANNED
    assert "сделано" in said(card)
    dialog.reject()
    with desk.workspace.store.transaction("перенос") as session:
        row = session.get_one(ExamSession, far.id)
        row.starts_at += timedelta(days=1)
        row.ends_at += timedelta(days=1)
    desk.workspace.announce(frozenset({"exam_session"}))
    desk.settle()
    assert "перенесён после утверждения плана" in said(card)


def test_the_draw_leads_to_the_places(desk, ahead):
    card = desk.open(ahead.id)
    to_places = button(card.group.deadlines, "К местам: Рабочие места и обязанности распределены")
    desk.press(to_places, Qt.Key.Key_Space)
    assert card.stack.currentWidget() is card.places


def test_a_line_of_the_overview_leads_to_its_button(desk, ahead):
    desk.page.go_to({"id": ahead.id, "deadline": "readiness"})
    desk.settle()
    card = desk.page.card.group.deadlines
    here = button(card, "Сделано: Готовность площадки проверена")
    desk.qtbot.waitUntil(here.hasFocus)
    desk.qtbot.waitUntil(lambda: not here.visibleRegion().isEmpty())


def test_a_past_exam_says_that_nothing_is_watched_any_more(desk):
    card = desk.open().group.deadlines
    assert "Не отслеживаются" in said(card)
    assert "экзамен уже прошёл" in said(card)


def chosen(desk, path: Path):
    """Choose a file in the dialog that is open."""
    (asked,) = [one for one in desk.window.findChildren(QFileDialog) if one.isVisible()]
    asked.fileSelected.emit(str(path))
    asked.reject()
    desk.settle()


def test_the_year_is_saved_for_a_calendar(desk, tmp_path):
    desk.press(button(desk.page, "Экзамены года в календарь (ics)"), Qt.Key.Key_Space)
    path = tmp_path / "сезон.ics"
    chosen(desk, path)
    assert f"UID:{desk.plan.id}-1@demoexam" in path.read_text("utf-8")
    assert "В календарь: " in desk.window.status.words.text()
    assert "сезон.ics" in desk.window.status.words.text()


def test_an_exam_is_saved_from_its_menu_and_a_bad_place_is_told(desk, tmp_path):
    card = desk.open()
    action = next(one for one in card.header.menu.actions() if one.text().startswith("В календарь"))
    action.trigger()
    chosen(desk, tmp_path / "нет" / "экзамен.ics")
    assert "нет" in said(desk.window.notice)
    action.trigger()
    chosen(desk, tmp_path / "экзамен.ics")
    assert (tmp_path / "экзамен.ics").exists()
