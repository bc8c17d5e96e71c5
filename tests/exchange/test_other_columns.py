"""Columns that say two things, or nothing that the list needs."""

from datetime import time
from typing import Any

from import_truth import TODAY

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.recognition import recognise
from demoexam.exchange.values import FileContent

ONE, OTHER = "Иванов Иван Иванович", "Петрова Анна Ильинична"
KIT = "09.02.07-2-2026"


def read(*rows: tuple[Any, ...]) -> FileContent:
    sheet = Sheet("Лист1", tuple(Line(n, row) for n, row in enumerate(rows, 1)))
    return recognise(Book("список.xlsx", (sheet,)), today=TODAY)


def test_a_yes_to_something_else_is_no_word_on_the_employer():
    content = read(
        ("ФИО", "Место работы", "Готов участвовать", "Чей представитель"),
        (ONE, "ООО «Ромашка»", "нет", "работодатель"),
        (OTHER, "не работает", "да", "колледж"),
    )
    assert [each.says_employer for each in content.people] == [True, False]
    assert [len(each.organizations) for each in content.people] == [1, 0]


def test_kit_with_level_and_shift_with_hours():
    (exam,) = read(
        (
            "Дата",
            "Смена",
            "Учебная группа, кол-во студентов",
            "Наименование КОД, уровень ДЭ",
            "Место",
        ),
        ("01.06.2026", "1 (9:00-13:00)", "ИСП-41, 12 чел.", f"{KIT} ДЭ ПУ", "ауд. 205"),
    ).exams
    assert (exam.kit, exam.level, exam.group, exam.head_count) == (KIT, "profile", "ИСП-41", 12)
    assert (exam.starts, exam.ends) == (time(9), time(13))


def test_a_total_of_short_cells_is_no_row():
    content = read(
        ("№", "Мастерская", "Площадь", "Мест"), (1, "Веб", "60", 12), ("Итого", None, "60", 12)
    )
    assert (len(content.workshops), content.findings) == (1, ())
