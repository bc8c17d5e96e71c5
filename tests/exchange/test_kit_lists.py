"""Lists of assessment kits as ministries and colleges make them."""

from typing import Any

from import_truth import TODAY

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.recognition import recognise
from demoexam.exchange.values import FileContent

KIT, OTHER = "09.02.07-2-2026", "15.02.16-1-2026"


def read(*rows: tuple[Any, ...]) -> FileContent:
    width = max(len(row) for row in rows)
    padded = (row + (None,) * (width - len(row)) for row in rows)
    sheet = Sheet("Лист1", tuple(Line(n, row) for n, row in enumerate(padded, 1)))
    return recognise(Book("список.xlsx", (sheet,)), today=TODAY)


def kits(content: FileContent) -> list[tuple[Any, ...]]:
    return [(each.code, str(each.level), each.minutes, each.max_points) for each in content.kits]


def test_modules_below_their_kit_are_no_kits_and_no_errors():
    content = read(
        ("Шифр КОД", "Уровень", "Длительность, ч", "Баллы"),
        (KIT, "ПУ", 4.5, 80),
        (None, "Модуль 1. Разработка", "1:30", "25,00"),
        ("Модуль № 2", "Интеграция", "3 ч.", "55,00"),
        (OTHER, "БУ", "2:30", 50),
    )
    assert kits(content) == [(KIT, "profile", 270, 8000), (OTHER, "basic", 150, 5000)]
    assert [(m.number, m.title, m.minutes, m.points) for m in content.kits[0].modules] == [
        (1, "Разработка", 90, 2500),
        (2, "Интеграция", 180, 5500),
    ]
    assert content.findings == ()


def test_a_kit_that_is_told_by_its_modules_lasts_as_long_as_all_of_them():
    content = read(
        ("КОД", "Уровень", "Модуль", "Время", "Балл"),
        (KIT, "ПУ", "Модуль 1. Разработка", "1:30", 25),
        (KIT, "ПУ", "Модуль 2. Интеграция", "3:00", 55),
        (OTHER, "БУ", "Модуль 1. Чертёж", "2:00", 50),
    )
    assert kits(content) == [(KIT, "profile", 270, 8000), (OTHER, "basic", 120, 5000)]


def test_a_row_for_two_levels_is_two_kits():
    content = read(
        ("КОД", "Уровень", "Время", "Балл"),
        (KIT, "БУ/ПУ", "2:30 / 4:30", "50/80"),
        (OTHER, "ГИА (базовый и профильный)", "3 ч", "ПУ - 80, БУ - 50"),
    )
    assert kits(content) == [
        (KIT, "basic", 150, 5000),
        (KIT, "profile", 270, 8000),
        (OTHER, "basic", 180, 5000),
        (OTHER, "profile", 180, 8000),
    ]


def test_levels_have_columns_of_their_own():
    content = read(
        ("КОД", "Специальность", "Продолжительность", None, "Баллы", None),
        (None, None, "БУ", "ПУ", "БУ", "ПУ"),
        (KIT, "Информационные системы", "2:30", "4:30", 50, 80),
        (OTHER, "Машиностроение", None, "4:00", None, 100),
    )
    assert kits(content) == [
        (KIT, "basic", 150, 5000),
        (KIT, "profile", 270, 8000),
        (OTHER, "profile", 240, 10000),
    ]


def test_a_code_is_put_together_of_its_parts():
    rows = (
        ("Код специальности", "№ КОД", "Год", "Уровень", "Время выполнения, мин."),
        (
            "09.02.07",
            2,
            2026,
            "ПУ",
            270,
        ),
    )
    assert kits(read(*rows)) == [(KIT, "profile", 270, 0)]
    headed = read(
        ("Перечень КОД на 2026 год",),
        ("Код специальности", "Номер КОД", "Уровень", "Время"),
        ("09.02.07", "2", "ПУ", "4:30"),
    )
    assert kits(headed) == [(KIT, "profile", 270, 0)]


def test_levels_stand_in_rows_below_their_code():
    content = read(
        ("КОД", "Уровень", "Время", "Балл"),
        (f"КОД {KIT}", None, None, None),
        (None, "БУ", "2:00", 50),
        (None, "ПУ", "4:00", 80),
        (f"КОД {OTHER}", "БУ", "2:30", 50),
        (None, "ПУ", "4:30", 80),
    )
    assert kits(content) == [
        (KIT, "basic", 120, 5000),
        (KIT, "profile", 240, 8000),
        (OTHER, "basic", 150, 5000),
        (OTHER, "profile", 270, 8000),
    ]
    assert content.findings == ()


def test_a_code_without_a_level_is_told_and_one_unread_takes_no_other():
    content = read(
        ("КОД", "Специальность", "Уровень", "Время"),
        (KIT, "Информационные системы", None, None),
        (OTHER, "Машиностроение", "ПУ", "4:00"),
        ("КОД без номера", "Машиностроение", "БУ", "2:00"),
    )
    assert kits(content) == [(OTHER, "profile", 240, 0)]
    assert [(each.place.row, each.reason) for each in content.findings] == [
        (2, "no_level"),
        (4, "no_code"),
    ]


def test_levels_are_marked_or_told_as_a_stage():
    marked = read(("КОД", "БУ", "ПУ", "Время"), (KIT, "+", "", "2:30"), (OTHER, "+", "+", "4:00"))
    assert [(each.code, str(each.level)) for each in marked.kits] == [
        (KIT, "basic"),
        (OTHER, "basic"),
        (OTHER, "profile"),
    ]
    staged = read(
        ("Наименование КОД", "Этап", "Время, час."),
        (KIT, "ГИА, базовый уровень", "2ч. 00м."),
        (KIT, "ГИА проф. уровень", "4 часа"),
        (KIT, "Промежуточная аттестация", "1 ч"),
    )
    assert [str(each.level) for each in staged.kits] == ["basic", "profile", "interim"]


def test_experts_by_numbers_of_workplaces_in_columns():
    content = read(
        ("КОД", "Уровень", "Время", "Количество экспертов при числе рабочих мест", None),
        (None, None, None, "1-5", "6-10"),
        (KIT, "ПУ", "4:00", 3, 6),
        (OTHER, "ПУ", "4:00", None, None),
    )
    assert [(each.code, each.workplaces, each.experts) for each in content.kits] == [
        (KIT, 5, 3),
        (KIT, 10, 6),
        (OTHER, None, None),
    ]
    assert content.findings == ()
