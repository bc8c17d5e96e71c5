"""Students' lists of colleges that nobody told how to make them."""

from datetime import date, datetime
from typing import Any

import pytest
from import_truth import TODAY

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.recognition import recognise
from demoexam.exchange.specialties import Specialties
from demoexam.exchange.values import FileContent

KNOWN = Specialties(
    {
        "09.02.07": "Информационные системы и программирование",
        "38.02.01": "Экономика и бухгалтерский учет (по отраслям)",
        "43.01.09": "Повар, кондитер",
        "23.02.07": "Техническое обслуживание и ремонт автотранспортных средств",
    }
)
ONE, OTHER, THIRD = "Абрамов Илья Сергеевич", "Белова Анна Олеговна", "Ким Дарья Ильинична"


def read(*rows: tuple[Any, ...], name: str = "Лист1") -> FileContent:
    width = max(len(row) for row in rows)
    padded = (row + (None,) * (width - len(row)) for row in rows)
    sheet = Sheet(name, tuple(Line(n, row) for n, row in enumerate(padded, 1)))
    return recognise(Book("список.xlsx", (sheet,)), today=TODAY, specialties=KNOWN)


def groups(content: FileContent) -> list[tuple[str, str]]:
    return [(each.group, each.specialty) for each in content.students]


def test_who_has_left_is_held_and_the_signature_is_nobody():
    content = read(
        ("Список студентов группы ПКД-41",),
        ("№", "Ф.И.О. студента", "Примечание"),
        (1, ONE, "восстановлен после академического отпуска"),
        (2, OTHER, "отчислена приказ № 45-у"),
        (3, THIRD, "акад. отпуск"),
        (4, "Орлов Олег Олегович", "ОВЗ, нужен ассистент"),
        (None, "Куратор группы", "Иванова М.И."),
    )
    assert [str(each.name) for each in content.students] == [ONE, "Орлов Олег Олегович"]
    assert [each.needs_assistant for each in content.students] == [None, True]
    assert [(found.place.row, found.reason) for found in content.findings] == [
        (4, "has_left"),
        (5, "has_left"),
    ]


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("требуется сурдопереводчик", True),
        ("инвалид 3 группы", True),
        ("ОВЗ, ассистент не нужен", False),
        ("не требуется", False),
        ("нет", False),
        ("+", True),
        (None, None),
    ],
)
def test_special_conditions_in_any_words(said: str | None, needs: bool | None):
    (student,) = read(
        ("ФИО", "Группа", "Потребность в спец. условиях"), (ONE, "ИС-41", said)
    ).students
    assert student.needs_assistant is needs


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Экономика и бухгалтерский учёт", "38.02.01"),
        ("Информационные системы и програмирование", "09.02.07"),
        ("Информац. системы и программ.", "09.02.07"),
        (
            "ТЕХНИЧЕСКОЕ ОБСЛУЖИВАНИЕ И РЕМОНТ ДВИГАТЕЛЕЙ, СИСТЕМ И АГРЕГАТОВ АВТОМОБИЛЕЙ",
            "23.02.07",
        ),
        ("профессия «Повар, кондитер»", "43.01.09"),
    ],
)
def test_specialties_by_title_alone(title: str, code: str):
    assert groups(read(("Студент", "Гр.", "Спец-ть"), (ONE, "ИС-41", title))) == [("ИС-41", code)]


def test_a_title_that_no_specialty_has_is_told():
    content = read(("Студент", "Гр.", "Спец-ть"), (ONE, "ИС-41", "Звездочётное дело"))
    assert groups(content) == [("ИС-41", "")]
    assert [found.reason for found in content.findings] == ["unknown_specialty"]


def test_the_specialty_stands_with_the_group():
    content = read(
        ("№", "Обучающийся", "Группа / специальность"),
        (1, ONE, "ИС-41, 09.02.07"),
        (2, OTHER, "ИС-41 (Информационные системы и программирование)"),
    )
    assert groups(content) == [("ИС-41", "09.02.07")] * 2
    headed = read(
        ("№", "ФИО", "Дата рождения"),
        ("Группа № 41 «Повар, кондитер»",),
        (1, ONE, "12.03.2006"),
        ("Группа № 42 по специальности Экономика и бухгалтерский учет",),
        (1, OTHER, "12.03.2006"),
    )
    assert groups(headed) == [("41", "43.01.09"), ("42", "38.02.01")]


def test_years_of_study_in_roman_figures():
    content = read(("Студент", "Группа", "Курс"), (ONE, "ИС-41", "IV"), (OTHER, "ИС-41", "3 курс"))
    assert [each.course for each in content.students] == [4, 3]


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("Поименный список обучающихся ПКД-41 группы", "ПКД-41"),
        ("Список студентов 401 учебной группы", "401"),
        ("4 курс, ТЭК-22(9)", "ТЭК-22(9)"),
        ("ПКД-41", "ПКД-41"),
        ("ГРУППА: «ИСиП-21-1»", "ИСиП-21-1"),
    ],
)
def test_the_group_of_a_title_in_any_order_of_words(title: str, group: str):
    content = read((title,), ("№", "ФИО"), (1, ONE), (2, OTHER))
    assert groups(content) == [(group, "")] * 2


def test_students_without_a_group_are_told_and_never_become_experts():
    content = read(("Список выпускников 2026 года",), ("№", "ФИО"), (1, ONE), (2, OTHER))
    assert (content.people, content.students) == ((), ())
    assert [found.reason for found in content.findings] == ["no_group", "no_group"]
    experts = read(("Эксперты для выпускников 2026 года",), ("№", "ФИО"), (1, ONE), (2, OTHER))
    assert len(experts.people) == 2


def test_curators_of_groups_are_no_experts():
    groups_list = ("Группа", "Специальность", "Куратор"), ("ПКД-41", "43.01.09", ONE)
    students = Sheet("Б", (Line(1, ("ФИО", "Группа")), Line(2, (OTHER, "ПКД-41"))))
    sheets = (Sheet("А", tuple(Line(n, row) for n, row in enumerate(groups_list, 1))), students)
    content = recognise(Book("группы.xlsx", sheets), today=TODAY, specialties=KNOWN)
    assert (content.people, len(content.students)) == ((), 1)
    assert content.skipped_sheets == ("А",)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (("Иванова (Петрова)", "Анна", "Сергеевна"), "Иванова Анна Сергеевна"),
        (("Рашидов", "Рашид", "нет"), "Рашидов Рашид"),
        (("Ли", "Вэй", "б/о"), "Ли Вэй"),
        (("Мамедов", "Эльчин", "Рауф угли"), "Мамедов Эльчин Рауф угли"),
    ],
)
def test_names_that_have_one_part_more_or_less(cells: tuple[str, ...], name: str):
    (parted,) = read(("Фамилия", "Имя", "Отчество", "Группа"), (*cells, "ИС-41")).students
    assert str(parted.name) == name
    if "(" in cells[0]:
        (whole,) = read(("ФИО", "Группа"), (f"{' '.join(cells)}*", "ИС-41")).students
        assert str(whole.name) == name


@pytest.mark.parametrize(
    "day", ["12,03,2006", "12.III.2006", "12 III 2006", 20060312, "12.марта.2006", "12. 03. 2006"]
)
def test_birth_dates_in_odd_forms(day: str | int):
    (student,) = read(("Студент", "Группа", "Дата рождения"), (ONE, "ИС-41", day)).students
    assert student.birth_date == date(2006, 3, 12)


def test_names_alone_in_one_column_are_the_students_of_the_group_that_is_told():
    by_sheet = read(("Список группы",), (f"1. {ONE}",), (f"2. {OTHER}",), name="ТМ-42")
    assert [(str(s.name), s.group) for s in by_sheet.students] == [(ONE, "ТМ-42"), (OTHER, "ТМ-42")]
    headed = read(("Группа ТМ-41",), (ONE,), (OTHER,), ("Группа ТМ-42",), (THIRD,))
    assert [each.group for each in headed.students] == ["ТМ-41", "ТМ-41", "ТМ-42"]


def test_a_group_that_became_a_date_is_mended_and_told():
    content = read(("ФИО", "Группа"), (ONE, datetime(2026, 1, 4)), (OTHER, "ИС-41"))
    assert groups(content) == [("4-1", ""), ("ИС-41", "")]
    assert [found.reason for found in content.findings] == ["group_as_date"]
