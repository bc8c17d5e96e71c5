"""Настройки → Комиссия и подписи: everything is typed in place, refused in place, undone."""

from datetime import date, time
from itertools import pairwise

import pytest
from conftest import Builder
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from demoexam.rules.terms import BoardRole, Role
from demoexam.services.college.college import store_setting
from demoexam.services.college.day_timing import day_timing
from demoexam.services.papers.board import board_card
from demoexam.services.papers.declension import Case, declined
from demoexam.services.papers.signers import DEPUTY, college_signers
from demoexam.ui.pages.settings_page import SettingsPage

CHIEF = "Соловей Андрей Игоревич"
KEY = (CHIEF, Case.ACCUSATIVE.value)


@pytest.fixture
def college(store):
    """A college with last year's board and a chief expert of this year."""
    with store.transaction("колледж") as session:
        make = Builder(session)
        college = make.college()
        session.info["owner"] = college.id
        store_setting(session, key="own_college", value=college.id)
        board = make.board(college, 2025)
        make.board_member(board, "Овчаренко Виктор Ильич", role=BoardRole.CHAIR, post="директор")
        make.board_member(board, "Хабибуллина Лилия Маратовна")
        sitting = make.sitting(make.group(college))
        make.assignment(sitting, make.expert(CHIEF, make.employer()), Role.CHIEF)
    return college.id


@pytest.fixture
def page(college, workspace, qtbot):
    page = SettingsPage(workspace)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


@pytest.fixture
def section(page, qtbot):
    page.go_to({"section": "Комиссия и подписи"})
    section = page.stack.currentWidget()
    qtbot.waitUntil(lambda: bool(section.cases.fields))
    return section


def done(workspace, qtbot):
    return qtbot.waitSignal(workspace.performed)


def board(workspace, college, year=2026):
    return workspace.read(lambda session: board_card(session, college_id=college, year=year))


def typed(field, text):
    """As if it was typed and the field left."""
    field.setText(text)
    field.editingFinished.emit()


def add(section, workspace, qtbot, name, post="инженер"):
    section.people.new.name.setText(name)
    section.people.new.post.setText(post)
    with done(workspace, qtbot):
        qtbot.keyClick(section.people.new.post, Qt.Key.Key_Return)


def test_enter_in_the_last_row_adds_a_person_and_waits_for_the_next(
    section, workspace, qtbot, college
):
    section.people.new.role.show_value(BoardRole.CHAIR)
    add(section, workspace, qtbot, "Ким Анна Львовна")
    qtbot.waitUntil(lambda: len(section.people.seats) == 1)
    (seat,) = board(workspace, college).seats
    assert (seat.name.full, seat.post, seat.role) == (
        "Ким Анна Львовна", "инженер", BoardRole.CHAIR,
    )  # fmt: skip
    row = section.people.seats[seat.id]
    assert (row.name.text(), row.post.text(), row.role.value()) == (
        "Ким Анна Львовна", "инженер", BoardRole.CHAIR,
    )  # fmt: skip
    assert section.people.new.name.text() == ""
    assert section.people.new.role.value() == BoardRole.MEMBER


def test_a_person_is_changed_in_his_row_and_taken_out_by_its_button(
    section, workspace, qtbot, college
):
    add(section, workspace, qtbot, "Ким Анна Львовна")
    qtbot.waitUntil(lambda: len(section.people.seats) == 1)
    (row,) = section.people.seats.values()
    with done(workspace, qtbot):
        typed(row.name, "Ким Анна Павловна")
    with done(workspace, qtbot):
        row.role.written.emit(BoardRole.SECRETARY)
    (seat,) = board(workspace, college).seats
    assert (seat.name.full, seat.role) == ("Ким Анна Павловна", BoardRole.SECRETARY)
    (row,) = section.people.seats.values()
    with done(workspace, qtbot):
        row.button.click()
    qtbot.waitUntil(lambda: section.people.seats == {})
    with done(workspace, qtbot):
        workspace.undo()
    assert len(board(workspace, college).seats) == 1


def test_a_refusal_stands_at_the_field_it_is_about(section, workspace, qtbot, college):
    add(section, workspace, qtbot, "Ким Анна Львовна")
    qtbot.waitUntil(lambda: len(section.people.seats) == 1)
    section.people.new.name.setText("Ким Анна Львовна")
    with qtbot.waitSignal(workspace.refused):
        section.people.new.button.click()
    assert "уже в комиссии" in section.people.new.name.problem()
    (row,) = section.people.seats.values()
    with qtbot.waitSignal(workspace.refused):
        typed(row.name, "Ким")
    assert "имени" in row.name.problem()
    assert len(board(workspace, college).seats) == 1


def test_a_second_chair_is_refused_in_his_row(section, workspace, qtbot, college):
    with done(workspace, qtbot):
        section.copy.click()
    qtbot.waitUntil(lambda: len(section.people.seats) == 2)
    member = list(section.people.seats.values())[1]
    member.role.show_value(BoardRole.CHAIR)
    with qtbot.waitSignal(workspace.refused):
        member.role.activated.emit(0)
    assert "уже есть" in member.role.toolTip()
    assert member.role.value() == BoardRole.MEMBER
    assert board(workspace, college).seats[1].role is BoardRole.MEMBER


def test_last_years_board_is_taken_over(section, workspace, qtbot, college):
    assert section.copy.text().strip() == "Взять состав 2025 года"
    with done(workspace, qtbot):
        section.copy.click()
    qtbot.waitUntil(lambda: len(section.people.seats) == 2)
    assert [one.name.last for one in board(workspace, college).seats] == [
        "Овчаренко", "Хабибуллина",
    ]  # fmt: skip
    section.year.show_value(2025)
    section.year.written.emit(2025)
    assert not section.copy.isVisibleTo(section)
    assert section.number.value() == "15-у"


def test_the_order_of_the_board_is_written_whole(section, workspace, qtbot, college):
    with done(workspace, qtbot):
        typed(section.number, "214-у")
    with done(workspace, qtbot):
        typed(section.day, "15.12.2025")
    read = board(workspace, college)
    assert (read.order_number, read.order_date) == ("214-у", date(2025, 12, 15))


def test_rows_are_gone_through_by_tab(section, workspace, qtbot):
    for name in ("Ким Анна Львовна", "Юдин Олег Ильич"):
        add(section, workspace, qtbot, name)
    qtbot.waitUntil(lambda: len(section.people.seats) == 2)
    first, second = section.people.seats.values()
    order = [*first.fields, first.button, *second.fields, second.button]
    order += [*section.people.new.fields, section.people.new.button]
    for before, after in pairwise(order):
        assert _next(before) is after


def _next(widget):
    """The next one in the chain that takes the focus by Tab."""
    other = widget.nextInFocusChain()
    while not other.focusPolicy() & Qt.FocusPolicy.TabFocus:
        other = other.nextInFocusChain()
    return other


def test_a_case_is_corrected_marked_and_taken_back(section, workspace, qtbot):
    cases = section.cases
    assert cases.fields[KEY].text() == "Соловея Андрея Игоревича"
    assert not cases.marks[KEY].isVisibleTo(cases)
    with done(workspace, qtbot):
        typed(cases.fields[KEY], "Соловья Андрея Игоревича")
    qtbot.waitUntil(lambda: cases.marks[KEY].isVisibleTo(cases))
    said = workspace.read(lambda session: declined(session, CHIEF, Case.ACCUSATIVE))
    assert said == "Соловья Андрея Игоревича"
    with done(workspace, qtbot):
        typed(cases.fields[KEY], "")
    qtbot.waitUntil(lambda: not cases.marks[KEY].isVisibleTo(cases))
    assert cases.fields[KEY].text() == "Соловея Андрея Игоревича"


def test_a_year_without_chief_experts_says_so(section, qtbot):
    section.year.show_value(2023)
    section.year.written.emit(2023)
    qtbot.waitUntil(lambda: list(section.cases.fields) == [(DEPUTY, Case.DATIVE.value)])
    assert "На 2023 год главные эксперты не назначены" in section.cases.nobody.text()


def test_cases_are_not_read_before_they_are_seen(page):
    QApplication.processEvents()
    section = next(one for one in page.sections if one.TITLE == "Комиссия и подписи")
    assert section.cases.fields == {}


def test_who_signs_is_written_and_undone_by_one_step(section, workspace, qtbot):
    with done(workspace, qtbot):
        typed(section.signers["deputy_name"], "Гладышев Павел Сергеевич")
    assert workspace.read(college_signers).deputy_name == "Гладышев Павел Сергеевич"
    with done(workspace, qtbot):
        workspace.undo()
    assert workspace.read(college_signers).deputy_name == ""
    with done(workspace, qtbot):
        typed(section.signers["head_name"], "Рождественская Марина Аркадьевна")


def test_the_days_are_timed(section, workspace, qtbot):
    assert section.timing["preparation_from"].value() == time(8)
    with done(workspace, qtbot):
        typed(section.timing["preparation_from"], "9:30")
    with done(workspace, qtbot):
        section.timing["results"].written.emit(45)
    read = workspace.read(day_timing)
    assert (read.preparation_from, read.results) == ("09:30", 45)


def test_without_a_college_it_says_what_comes_first(workspace, qtbot):
    page = SettingsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.go_to({"section": "Комиссия и подписи"})
    section = page.stack.currentWidget()
    assert section.no_college.isVisibleTo(section)
    assert not section.people.isEnabled()
    assert not section.signers["head_name"].isEnabled()
