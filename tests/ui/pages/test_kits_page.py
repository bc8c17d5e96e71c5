import pytest
from PySide6.QtCore import Qt

from demoexam.models.kits import AssessmentKit, StaffingRule, TaskModule
from demoexam.rules.terms import ExamLevel
from demoexam.services.college.college import change_setting
from demoexam.ui.pages.kits_page import KitsPage


@pytest.fixture
def kit(making):
    with making() as make:
        make.kit("15.01.05-1-2026", ExamLevel.BASIC, modules=(2000, 3000))
        return make.kit().id


def test_the_list_tells_level_time_points_and_experts(kit, shown, read):
    rows = read(shown(KitsPage))
    assert rows("code") == ["09.02.07-2-2026", "15.01.05-1-2026"]
    assert rows("level") == ["ПУ", "БУ"]
    assert rows("minutes") == ["3:30", "3:30"]
    assert rows("points") == ["100,00", "50,00"]
    assert rows("experts") == ["2", "2"]


def test_level_and_year_narrow_the_list(kit, shown, read, workspace):
    page = shown(KitsPage)
    page.levels.show_value(ExamLevel.BASIC)
    page.levels.chosen.emit(ExamLevel.BASIC)
    assert read(page)("code") == ["15.01.05-1-2026"]
    page.reset_button.click()
    page.this_year.show_value(True)
    workspace.set_year(2025)
    assert read(page)("code") == []


def test_the_colleges_term_stands_in_the_header(kit, shown, store):
    with store.transaction("термин") as session:
        change_setting(session, key="kit_term", value="КИМ")
    assert shown(KitsPage).table.columns[0].title == "Шифр КИМ"


def test_points_are_written_in_hundredths_and_compared_with_modules(kit, shown, acts):
    page = shown(KitsPage)
    card = acts.card(page, kit)
    assert not card.sum.isVisible()
    with acts.doing():
        acts.type(card.form.field("core_points"), "100,5")
    assert acts.stored(AssessmentKit, id=kit)[0].core_points == 10050
    acts.wait(card.sum.isVisible)
    assert "дают 100,00" in card.sum.words.text()
    acts.type(card.form.field("core_points"), "много")
    assert card.form.field("core_points").problem()
    acts.undo()
    assert acts.stored(AssessmentKit, id=kit)[0].core_points == 10000


def test_staffing_is_edited_and_must_not_overlap(kit, shown, acts):
    page = shown(KitsPage)
    card = acts.card(page, kit)
    card.staffing.adding.emit()
    form = acts.dialog(page)
    form._fields["workplaces_from"].show_value(10)
    form._fields["minimum"].show_value(3)
    form.save()
    acts.wait(form.strip.isVisible)
    assert "пересекаются" in form.strip.words.text()
    form.reject()
    rule = acts.stored(StaffingRule, kit_id=kit)[0]
    card.staffing.opened.emit(rule.id)
    form = acts.dialog(page)
    form._fields["recommended"].show_value(0)
    with acts.doing():
        form.save()
    assert acts.stored(StaffingRule, kit_id=kit)[0].recommended is None


def test_a_module_is_added_and_deleted(kit, shown, acts):
    page = shown(KitsPage)
    card = acts.card(page, kit)
    with acts.doing():
        acts.type(card.form.field("core_points"), "110")
    acts.wait(card.sum.isVisible)
    card.modules.adding.emit()
    form = acts.dialog(page)
    assert form._fields["number"].value() == 4
    form._fields["title"].show_value("Отчёт")
    acts.type(form._fields["max_points"], "10")
    with acts.doing():
        form.save()
    module = acts.stored(TaskModule, kit_id=kit)[-1]
    assert (module.title, module.max_points) == ("Отчёт", 1000)
    acts.wait(lambda: not card.sum.isVisible())
    card.modules.opened.emit(module.id)
    with acts.doing() as told:
        acts.dialog(page).delete()
    assert told.args == ["удаление модуля"]


def test_f9_copies_the_kit_to_the_next_year(kit, shown, acts, qtbot):
    page = shown(KitsPage)
    page.view.point_at(kit)
    page.activateWindow()
    page.view.setFocus()
    qtbot.waitUntil(page.view.hasFocus)
    with acts.doing():
        qtbot.keyClick(page.view, Qt.Key.Key_F9)
    copy = acts.stored(AssessmentKit)[-1]
    assert (copy.code, copy.year) == ("09.02.07-2-2027", 2027)
    assert len(acts.stored(StaffingRule, kit_id=copy.id)) == 2
    assert len(acts.stored(TaskModule, kit_id=copy.id)) == 3
    acts.wait(lambda: page.card.title.text() == copy.code)
    acts.undo()
    assert len(acts.stored(AssessmentKit)) == 2


def test_a_kit_is_added_for_its_specialty(kit, shown, acts):
    page = shown(KitsPage)
    page.primary.run()
    form = acts.dialog(page)
    acts.type(form._fields["specialty_id"], "22.02.08")
    form._fields["code"].show_value("КОД 09.02.07-5-2026")
    form.save()
    acts.wait(form.strip.isVisible)
    assert "не начинается" in form.strip.words.text()
    form._fields["code"].show_value("КОД 22.02.08-2-2026")
    with acts.doing():
        form.save()
    assert acts.stored(AssessmentKit)[-1].code == "КОД 22.02.08-2-2026"


def test_without_kits_the_page_says_what_to_do(shown):
    page = shown(KitsPage)
    assert page.empty.isVisible()
