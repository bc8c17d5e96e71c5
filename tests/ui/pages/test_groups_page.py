import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from demoexam.models.groups import Examinee, StudyGroup
from demoexam.ui.pages.groups_page import GroupsPage


@pytest.fixture
def groups(making):
    """One group with three students and an exam, one without either."""
    with making() as make:
        college = make.college()
        first = make.group(college, "ИС-41", head_count=4)
        for name in ("Абрамова Анна Ильинична", "Ёлкин Пётр Львович", "Белов Олег"):
            make.examinee(first, name)
        make.sitting(first)
        return first.id, make.group(college, "ТМ-21", year=2027).id


@pytest.fixture
def page(groups, shown, acts):
    page = shown(GroupsPage)
    acts.wait(page.card.title.text)
    return page


def students(page):
    table = page.card.students.students
    return [table.cell(number, 0).text for number in range(table.rowCount())]


def test_groups_stand_beside_the_students_of_the_first(page, read, qtbot, acts):
    rows = read(page)
    assert rows() == ["ИС-41", "ТМ-21"]
    assert rows("students") == ["3 из 4", "0"]
    assert rows("exam") == ["18.06.2026, в плане", "не назначен"]
    assert page.card.title.text() == "Группа ИС-41"
    assert students(page) == [
        "Абрамова Анна Ильинична",
        "Белов Олег Иванович",
        "Ёлкин Пётр Львович",
    ]
    page.view.selectRow(1)
    acts.wait(lambda: page.card.title.text() == "Группа ТМ-21")
    assert students(page) == []


def test_year_and_exam_narrow_the_list(page, read, workspace):
    page.planned.show_value(False)
    page.planned.chosen.emit(False)
    assert read(page)() == ["ТМ-21"]
    page.reset_button.click()
    page.this_year.show_value(True)
    page.this_year.chosen.emit(True)
    assert read(page)() == ["ИС-41"]
    page.reset_button.click()
    page.filter.setText("тм")
    assert read(page)() == ["ТМ-21"]


def test_a_group_goes_to_its_exam(page, groups, qtbot):
    with qtbot.waitSignal(page.going) as went:
        page.card.to_exam.click()
    assert went.args == ["exams", {"new": {"group_id": groups[0]}}]


def test_facts_of_the_group_are_written_and_taken_back(page, acts, read):
    with acts.doing():
        acts.type(page.card.form.field("name"), "ИС-42")
    assert "ИС-42" in read(page)()
    acts.undo()
    assert "ИС-41" in read(page)()


def test_a_list_is_pasted_with_a_preview(page, acts):
    QGuiApplication.clipboard().setText("1. Новиков Лев Ильич\n2) Белов Олег Иванович\nФу\n\n")
    page.card.students.pasting.emit()
    form = acts.dialog(page)
    assert form.count.text() == "Будет добавлено: 1\u00a0студент."
    assert "уже есть в группе" in form.strip.words.text()
    assert "нет имени" in form.strip.words.text()
    form.text.setPlainText("Новиков\tЛев\tИльич\nЗайцева Вера Олеговна")
    assert form.count.text() == "Будет добавлено: 2\u00a0студента."
    with acts.doing() as told:
        form.save()
    assert told.args == ["список студентов: 2\u00a0человека"]
    acts.wait(lambda: len(students(page)) == 5)
    acts.undo()
    acts.wait(lambda: len(students(page)) == 3)


def test_a_student_is_added_marked_and_deleted_by_keys(page, acts, qtbot):
    table = page.card.students
    page.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_Insert)
    form = acts.dialog(page)
    form._fields["last_name"].show_value("Якин")
    form._fields["first_name"].show_value("Ян")
    with acts.doing():
        form.save()
    acts.wait(lambda: len(students(page)) == 4)

    table.selectRow(0)
    with acts.doing() as told:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert told.args == ["отметка «нужен ассистент»"]
    assert [one.last_name for one in acts.stored(Examinee, needs_assistant=True)] == ["Абрамова"]

    acts.wait(lambda: page.card.students.students.cell(0, 1).text == "нужен")
    table.point_at(acts.stored(Examinee, last_name="Якин")[0].id)
    with acts.doing():
        qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert not acts.stored(Examinee, last_name="Якин")


def test_a_student_is_opened_and_corrected(page, acts):
    student = acts.stored(Examinee, last_name="Белов")[0]
    page.card.students.opened.emit(student.id)
    form = acts.dialog(page)
    assert form._fields["first_name"].value() == "Олег"
    form._fields["note"].show_value("пересдача")
    with acts.doing():
        form.save()
    assert acts.stored(Examinee, id=student.id)[0].note == "пересдача"


def test_several_groups_are_asked_about_before_deletion(page, acts, qtbot, read):
    page.view.selectAll()
    assert page.count.text() == "Выбрано: 2\u00a0группы"
    page.remover.click()
    box = acts.dialog(page)
    assert "2" in box.text()
    no = next(each for each in box.findChildren(QPushButton) if each.text() == "Оставить")
    no.click()
    assert len(read(page)()) == 2
    page.view.selectRow(0)
    assert page.count.text() == "2\u00a0группы"
    assert not page.remover.isVisible()


def test_a_group_is_added_for_the_own_college(page, acts):
    page.primary.run()
    form = acts.dialog(page)
    form._fields["name"].show_value("МП-11")
    acts.type(form._fields["college_id"], "колледж связи")
    with acts.doing():
        form.save()
    acts.wait(lambda: page.card.title.text() == "Группа МП-11")
    assert acts.stored(StudyGroup)[-1].year == 2026


def test_without_groups_the_page_says_what_to_do(shown):
    page = shown(GroupsPage)
    assert page.empty.isVisible()
    assert "Excel" in page.empty.text.text()
