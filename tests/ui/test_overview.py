"""Обзор: the figures of the store in the cards, and where its buttons lead."""

from datetime import date, timedelta

import pytest
from conftest import Builder
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from demoexam.rules.terms import SessionState
from demoexam.services.plan.overview import overview, working_year
from demoexam.services.sample.sample import fill_sample
from demoexam.store.snapshot import load_snapshot
from demoexam.ui.overview_view import OverviewView, understands
from demoexam.ui.pages.overview_page import OverviewPage

TODAY = date(2026, 11, 22)


@pytest.fixture
def sample(store):
    with store.transaction("учебные данные") as session:
        fill_sample(session, today=TODAY)
    return store


def figures_of(store, year=2026):
    with store.reading() as session:
        return overview(session, year=year, today=TODAY)


@pytest.fixture
def view(qtbot):
    view = OverviewView()
    qtbot.addWidget(view)
    view.resize(1150, 780)
    view.show()
    return view


def went(view):
    asked = []
    view.going.connect(lambda page, place: asked.append((page, place)))
    return asked


def button(widget, text):
    return next(one for one in widget.findChildren(QPushButton) if one.text().strip() == text)


def test_an_empty_store_shows_the_three_steps_alone(view, store):
    view.show_figures(figures_of(store))
    assert view.steps.isVisible()
    assert not view._cards.isVisible()
    asked = went(view)
    button(view.steps, "Загрузить…").click()
    button(view.steps, "Мастерские").click()
    assert asked == [("import", {"files": []}), ("workshops", {})]


def test_steps_made_are_ticked_and_all_of_them_hide_the_card(view, store, sample):
    figures = figures_of(sample)
    view.show_figures(figures | {"counts": {"experts": 12, "workshops": 0, "sittings": 0}})
    assert "Есть 12\u00a0экспертов" in [line._done.text() for line in view.steps._lines]
    view.show_figures(figures)
    assert not view.steps.isVisible()


def test_the_share_and_what_is_missing_are_the_services(view, sample):
    figures = figures_of(sample)
    view.show_figures(figures)
    share = figures["share"]
    assert f"{share['employers']} из {share['experts']}" in view.share.stat.text.text()
    assert f"<b>{share['add']}</b>" in view.share.missing.words.text()
    assert f"<b>{share['replace']}</b>" in view.share.missing.words.text()


def test_a_met_target_says_so(view, sample):
    figures = figures_of(sample)
    met = figures["share"] | {"employers": 70, "experts": 100, "add": 0, "replace": 0}
    view.show_figures(figures | {"share": met})
    assert view.share.missing.words.text() == "Цель 70 % достигнута."


def test_no_data_is_told_in_words(view, sample):
    view.show_figures(figures_of(sample, year=2019))
    assert view.share.stat.figure.text() == "нет данных"
    assert "появится" in view.share.missing.words.text()


def test_a_year_before_the_first_target_has_none(view, sample):
    figures = figures_of(sample, year=2019)
    assert figures["share"]["target"] is None
    view.show_figures(figures)


def test_each_need_leads_to_its_place(view, sample):
    figures = figures_of(sample)
    view.show_figures(figures)
    asked = went(view)
    line = view.needs._lines.itemAt(0).widget()
    line.button.click()
    need = figures["needs"][0]
    assert asked == [(need["page"], need["place"])]
    assert need["title"] in line.button.accessibleName()


def test_all_needs_are_shown_on_request(view, sample):
    figures = figures_of(sample)
    view.show_figures(figures)
    assert view.needs._lines.count() == 5
    view.needs._all.click()
    assert view.needs._lines.count() == len(figures["needs"]) > 5


def test_the_next_exams_open_by_keyboard(view, sample, qtbot):
    figures = figures_of(sample)
    view.show_figures(figures)
    asked = went(view)
    qtbot.keyClick(view.next.table, Qt.Key.Key_Down)
    qtbot.keyClick(view.next.table, Qt.Key.Key_Return)
    assert asked == [("exams", {"id": figures["next"][1]["id"]})]
    assert figures["next"][0]["group"] in view.next.table.accessibleName()


def test_needs_come_in_order_of_urgency(sample):
    tones = [need["tone"] for need in figures_of(sample)["needs"]]
    assert tones == sorted(tones)  # bad before warn
    assert tones[0] == "bad"


def test_the_page_keeps_its_figures_for_the_next_start(sample, workspace, qtbot):
    page = OverviewPage(workspace)
    qtbot.addWidget(page)
    badges = []
    page.badged.connect(lambda *facts: badges.append(facts))
    page.show()
    assert not page.view.isVisible()  # zeros would be no truth
    qtbot.waitUntil(lambda: load_snapshot(sample.path) is not None)
    kept = load_snapshot(sample.path)
    assert understands(kept)
    assert kept["share"]["employers"] > 0
    assert badges[0][:2] == ("exams", kept["urgent"])
    assert page.view.isVisible()
    later = OverviewPage(workspace)
    qtbot.addWidget(later)
    assert later.view.share.stat.figure.text() == page.view.share.stat.figure.text()


def test_figures_of_another_layout_are_not_painted():
    assert not understands({"form": 0})
    assert not understands(None)


def test_the_year_to_begin_with_is_the_nearest_with_exams(store, sample):
    with store.reading() as session:
        assert working_year(session, date(2026, 1, 1)) == 2026
        assert working_year(session, date(2031, 1, 1)) == 2026


def deadline_line(number, left=2):
    facts = {"id": f"экзамен {number}", "due": "2026-06-10", "left": left, "exams": 1}
    facts |= {"code": "tasks", "ids": [f"экзамен {number}"] if number != 3 else []}
    return facts | {"title": f"Дело {number}", "groups": f"ИС-4{number}"}


def test_the_deadlines_of_the_week_open_their_exams_by_keyboard(view, sample, qtbot):
    figures = figures_of(sample)
    view.show_figures(figures | {"deadlines": [deadline_line(1, -2), deadline_line(2)]})
    asked = went(view)
    qtbot.keyClick(view.deadlines.table, Qt.Key.Key_Down)
    qtbot.keyClick(view.deadlines.table, Qt.Key.Key_Return)
    assert asked == [("exams", {"id": "экзамен 2", "deadline": "tasks"})]
    said = view.deadlines.table.accessibleName()
    assert "просрочено на 2\u00a0дня" in said
    assert "через 2\u00a0дня" in said
    assert view.deadlines.remark.text() == "просрочено: 1"


def test_many_deadlines_are_shown_on_request_and_none_hides_the_card(view, sample):
    figures = figures_of(sample)
    view.show_figures(figures | {"deadlines": [deadline_line(number) for number in range(7)]})
    assert len(view.deadlines.table._rows) == 4
    view.deadlines.all.click()
    assert len(view.deadlines.table._rows) == 7
    view.show_figures(figures | {"deadlines": []})
    assert view.deadlines.isHidden()


def offered(view):
    return [one.text() for one in view.deadlines.menu.actions() if one.text()]


def test_the_line_pointed_at_is_marked_from_a_menu_that_names_it(view, sample, qtbot):
    lines = [deadline_line(1, -2), deadline_line(2), deadline_line(3)]
    view.show_figures(figures_of(sample) | {"deadlines": lines})
    marked = []
    view.deadlines.done.connect(lambda *facts: marked.append(facts))
    view.deadlines.tick.click()
    named = "Дело 1: 1\u00a0экзамен"
    assert offered(view) == [named, "Сделано сегодня", "Было сделано в срок"]
    view.deadlines.menu.actions()[-1].trigger()
    qtbot.keyClick(view.deadlines.table, Qt.Key.Key_Down)
    view.deadlines.tick.click()
    view.deadlines.menu.actions()[-1].trigger()
    assert marked == [(lines[0], True), (lines[1], False)]
    qtbot.keyClick(view.deadlines.table, Qt.Key.Key_Down)
    view.deadlines.tick.click()
    assert offered(view) == ["Дело 3", "Это программа видит сама"]
    view.deadlines.menu.close()


def test_a_line_of_deadlines_is_marked_on_the_page(store, workspace, qtbot):
    with store.transaction("подготовка") as session:
        sitting = Builder(session).sitting(
            day=date.today() + timedelta(days=1), state=SessionState.ANNOUNCED
        )
    page = OverviewPage(workspace)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.view.deadlines._lines))
    lines = page.view.deadlines._lines
    line = next(one for one in lines if one["code"] == "acquaintance")
    assert line["ids"] == [sitting.id]
    with qtbot.waitSignal(workspace.performed):
        page.view.deadlines.done.emit(line, True)
    qtbot.waitUntil(lambda: page.view.deadlines._lines is not lines)
    assert "acquaintance" not in {one["code"] for one in page.view.deadlines._lines}
