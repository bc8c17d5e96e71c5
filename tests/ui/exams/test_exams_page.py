from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from ui.exams.conftest import EXAM_DAY, plain, said

from demoexam.rules.terms import Role, SessionState
from demoexam.services.exams.list import Which
from demoexam.ui.exams.exam_source import COLUMNS

NAMES = [column.name for column in COLUMNS]


def column(page, name):
    """The texts of a column of the list, from top to bottom."""
    place = NAMES.index(name)
    return [page.table.cell(number, place).text for number in range(page.table.rowCount())]


@pytest.fixture
def listed(desk):
    """Five sittings: the plan's, one over, one held, one without a date, one of next month."""
    with desk.making() as make:
        college = make.college("Колледж дизайна")
        kit, plant = desk.plan.kit, make.employer("АО «Вектор»")
        room = make.workshop(name="Токарная № 1")
        over = make.sitting(
            make.group(college, "ПР-11"), kit, room, day=date(2026, 1, 20), state=SessionState.DONE
        )
        make.assignment(over, make.expert("Ёжикова Анна Петровна", plant), Role.CHIEF)
        make.sitting(make.group(college, "ОТ-12"), kit, desk.plan.workshop, held=True)
        make.sitting(
            make.group(college, "БД-13"), kit, room, starts_at=None, ends_at=None,
            preparation_day=None, state=SessionState.DRAFT,
        )  # fmt: skip
        make.sitting(make.group(college, "БУ-14"), kit, room, day=date(2026, 7, 20))
    desk.page.reload()
    desk.settle()
    return desk.page


def test_the_list_tells_day_kit_experts_and_doubts(listed):
    line = column(listed, "group").index("ИС-41")
    cells = listed.table.row(line).cells
    shown = [plain(getattr(cell, "text", cell)) for cell in cells]
    assert shown == [
        "18 июня, чт", "ИС-41", "09.02.07-2-2026", "Разработка решений", "5", "3", "В плане",
        "Готово",
    ]  # fmt: skip
    assert (cells[0].below, cells[2].below) == ("09:00–12:30", "профильный")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("ПР-11", {"ПР-11"}), ("токар", {"ПР-11", "БУ-14"}), ("ежик", {"ПР-11"}), ("нет", set())],
)
def test_typing_filters_by_group_workshop_and_expert(listed, typed, found):
    listed.filter.setText(typed)
    listed._apply_filter()
    assert set(column(listed, "group")) & {"ПР-11", "БУ-14", "ИС-41", "ОТ-12"} == found


@pytest.mark.parametrize(
    ("which", "groups"),
    [
        (Which.OVER, {"ПР-11"}),
        (Which.HELD, {"ОТ-12"}),
        (Which.UNDATED, {"БД-13"}),
    ],
)
def test_chips_narrow_the_list(listed, which, groups):
    listed.go_to({"which": which})
    assert set(column(listed, "group")) == groups


def test_doubtful_ones_are_shown_with_the_worst_first(listed, desk):
    listed.go_to({"which": Which.DOUBTFUL})
    groups = column(listed, "group")
    assert "ИС-41" not in groups
    assert {"ОТ-12", "БД-13"} <= set(groups)
    assert column(listed, "doubt")[groups.index("БД-13")] == "Нет даты"


def test_a_held_sitting_tells_why_and_returns_when_mended(listed, desk):
    line = column(listed, "group").index("ОТ-12")
    row = listed.table.row(line)
    assert (row.stripe, column(listed, "state")[line]) == ("bad", "Отложен")
    card = desk.open(row.id)
    assert "Отложено" in said(card.strip)
    assert "два экзамена в одно время" in said(card.strip)
    form = desk.form(session_id=row.id)
    form.form.start.setText("14:00")
    form.form.start.editingFinished.emit()
    desk.settle()
    desk.click(form.save_button)
    assert not desk.stored(row.id).held
    assert card.header.state.text() == "В плане"


def test_a_held_duty_is_shown_outside_the_group_and_can_return(desk):
    expert = desk.newcomer("Дёмина Ольга Юрьевна")
    with desk.making() as make:
        other = make.sitting(workshop=make.workshop(name="Токарная № 2"))
        clash = make.assignment(other, expert)
        make.assignment(desk.plan.sitting, expert, held=True)
    card = desk.open()
    held = next(one for one in card.card.members if one.held)
    line = card.group.table.find(held.assignment_id)
    assert card.group.table.cell(line, 5).text == "Отложен: эксперт занят"
    card.actions_.release(held.assignment_id)
    desk.settle()
    assert "в одно время" in said(desk.window.notice)

    with desk.workspace.store.transaction("снят") as session:
        session.merge(clash).deleted = True
    menu = card.group.view.menu_of(held)
    menu.actions()[0].trigger()
    desk.settle()
    assert (expert.id, Role.SCORING) in desk.duties()


def test_header_click_sorts(listed):
    listed.view.horizontalHeader().setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    groups = column(listed, "group")
    assert groups == sorted(groups)


def test_an_empty_year_says_what_to_do_next(desk):
    desk.workspace.set_year(2022)
    desk.settle()
    assert desk.page._stack.currentWidget() is desk.page.empty
    assert "Назначьте первый экзамен" in said(desk.page.empty)


def test_enter_opens_the_card_and_the_arrow_brings_back(desk):
    desk.page.view.selectRow(0)
    desk.press(desk.page.view)
    assert desk.page.shows_card()
    assert desk.window.top.title.text().startswith("ИС-41, 18")
    desk.keys(desk.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert not desk.page.shows_card()
    assert desk.page.view.current_id() == desk.plan.id


def test_places_of_other_pages_open_the_card_its_tab_and_a_new_form(desk):
    desk.window.open_page("exams", {"id": desk.plan.id, "tab": "scores"})
    desk.settle()
    assert desk.page.card.stack.currentWidget() is desk.page.card.scores
    desk.window.open_page("exams", {"new": {"group_id": desk.plan.group.id, "day": EXAM_DAY}})
    desk.settle()
    (form,) = [one for one in desk.window.findChildren(QDialog) if one.isVisible()]
    assert form.form.group.value() == desk.plan.group.id
    assert form.form.starts_at() == datetime(2026, 6, 18, 9)
    form.reject()


def test_deleting_goes_back_to_the_list_and_undo_brings_it_back(desk):
    desk.open()
    desk.page.card.actions_.delete()
    desk.settle()
    assert not desk.page.shows_card()
    assert desk.stored().deleted
    desk.workspace.undo()
    desk.settle()
    assert column(desk.page, "group") == ["ИС-41"]
