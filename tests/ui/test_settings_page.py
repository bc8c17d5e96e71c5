"""Настройки: fields write through the services, refusals mark the field, the look changes."""

import pytest
from PySide6.QtWidgets import QPushButton

from demoexam.models.organizations import Organization
from demoexam.rules.terms import CountMethod
from demoexam.services.college.college import college_settings, found_college, grade_bounds, targets
from demoexam.services.deadlines.terms import deadline_terms
from demoexam.services.papers.number_pattern import number_pattern
from demoexam.settings import LocalSettings
from demoexam.store.schema import version_of
from demoexam.ui import theme
from demoexam.ui.pages.settings_page import SettingsPage


@pytest.fixture
def page(store, workspace, qtbot):
    with store.transaction("колледж") as session:
        found_college(session, name="Колледж связи")
    page = SettingsPage(workspace)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


@pytest.fixture
def sections(page):
    return {section.TITLE: section for section in page.sections}


def performed(workspace, qtbot):
    return qtbot.waitSignal(workspace.performed)


def test_the_sections_are_chosen_at_the_left(page):
    page.go_to({"section": "Правила"})
    assert page.stack.currentWidget().TITLE == "Правила"


def test_the_college_is_written_field_by_field(sections, workspace, qtbot):
    section = sections["Колледж"]
    assert section.fields["short_name"].text() == "Колледж связи"
    with performed(workspace, qtbot):
        section.fields["head_name"].written.emit("Иванов И. И.")

    def head(session):
        college = college_settings(session).own_college
        return session.get(Organization, college).head_name

    assert workspace.read(head) == "Иванов И. И."


def test_a_wrong_inn_is_marked_and_not_written(sections, workspace, qtbot):
    section = sections["Колледж"]
    with qtbot.waitSignal(workspace.refused):
        section.fields["inn"].written.emit("123")
    assert section.fields["inn"].problem()


def test_targets_are_written_and_a_year_is_added(sections, workspace, qtbot):
    section = sections["Доля работодателей"]
    with performed(workspace, qtbot):
        section.targets[2024].written.emit(72)
    with performed(workspace, qtbot):
        section.more.click()
    assert workspace.read(targets)[2024] == 72
    assert max(workspace.read(targets)) == max(section.targets)


def test_a_falling_target_is_noticed(sections, workspace, qtbot):
    section = sections["Доля работодателей"]
    with performed(workspace, qtbot):
        section.targets[2024].written.emit(40)
    assert "2024 года ниже прежней" in section.falling.text()
    assert section.falling.isVisibleTo(section)


def test_the_way_of_counting_is_a_setting(sections, workspace, qtbot):
    with performed(workspace, qtbot):
        sections["Доля работодателей"].count.written.emit(CountMethod.ROSTER)
    assert workspace.read(college_settings).share_count is CountMethod.ROSTER


def test_a_rule_is_switched_off_and_on_again(sections, workspace, qtbot):
    section = sections["Правила"]
    with performed(workspace, qtbot):
        section.levels["weekend"].written.emit("off")
    assert workspace.read(college_settings).rule_levels == {"weekend": "off"}
    with performed(workspace, qtbot):
        section.levels["weekend"].written.emit("warning")
    assert workspace.read(college_settings).rule_levels == {}


def test_the_scale_refuses_bounds_that_do_not_rise(sections, workspace, qtbot):
    section = sections["Бумаги и оценки"]
    section.bounds["four"].setValue(90)
    with qtbot.waitSignal(workspace.refused) as refused:
        section.bounds["four"].written.emit(90)
    assert "не растут" in str(refused.args[0])
    assert workspace.read(grade_bounds) == (20, 40, 70)


def test_numbers_of_documents_are_the_colleges_own(sections, workspace, qtbot):
    section = sections["Бумаги и оценки"]
    assert section.example.text() == "Например: 14-09/2026; третий экземпляр: 14-17-3/2026."
    with performed(workspace, qtbot):
        section.numbers.written.emit("DE-{year}/{form}-{head}")
    assert section.example.text().startswith("Например: DE-2026/09-14;")
    with qtbot.waitSignal(workspace.refused):
        section.numbers.written.emit("№ {head}")
    assert "ровно один раз" in section.numbers.problem()
    assert workspace.read(number_pattern) == "DE-{year}/{form}-{head}"


def test_the_look_is_kept_on_this_computer(sections, qapp):
    section = sections["Вид"]
    section.theme.show_value("dark")
    section.scale.show_value(115)
    section.scale.written.emit(115)
    try:
        assert theme.tokens().dark
        assert (LocalSettings.load().theme, LocalSettings.load().font_scale) == ("dark", 115)
    finally:
        theme.apply(qapp, "light")


def test_a_copy_is_made_and_can_be_opened(sections, qtbot, store):
    section = sections["База и копии"]
    now = next(b for b in section.findChildren(QPushButton) if b.text().strip() == "Сделать копию")
    now.click()
    qtbot.waitUntil(lambda: section.copied.text() != "", timeout=10_000)
    (copy,) = (store.path.parent / "backups").glob("*.db")
    assert version_of(copy) == version_of(store.path)


def test_a_copy_to_a_closed_place_is_refused_in_words(sections, workspace, qtbot, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with qtbot.waitSignal(workspace.refused) as refused:
        sections["База и копии"].copy_to(blocked / "copy.db")
    assert refused.args[0].hint


def test_the_journal_lists_what_was_done(sections, workspace, qtbot):
    section = sections["База и копии"]
    with performed(workspace, qtbot):
        sections["Доля работодателей"].targets[2024].written.emit(71)
    shown = [section.table.index(row, 1).data() for row in range(section.table.rowCount())]
    assert shown[0] == "цель 2024 года"


def test_a_deadline_is_counted_and_named_the_colleges_way(sections, workspace, qtbot):
    fields = sections["Сроки"].fields
    assert fields["acquaintance", "days"].value() == 5
    assert "Каких: План проведения утверждён" in fields["plan", "counting"].accessibleName()
    for name, value in (("days", 7), ("counting", "calendar"), ("source", "Положение колледжа")):
        with performed(workspace, qtbot):
            fields["acquaintance", name].written.emit(value)
    term = workspace.read(deadline_terms)["acquaintance"]
    assert (term.days, term.counting, term.source) == (7, "calendar", "Положение колледжа")
    qtbot.waitUntil(lambda: fields["acquaintance", "source"].text() == "Положение колледжа")
    with performed(workspace, qtbot):
        fields["acquaintance", "source"].written.emit(None)
    assert workspace.read(deadline_terms)["acquaintance"].source == "КОД, п. 8"
