"""Lists of workshops and centres of other hands, and lists of things that are none."""

from datetime import date
from typing import Any

import pytest
from import_truth import TODAY

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.failures import TableNotFound
from demoexam.exchange.recognition import recognise
from demoexam.exchange.values import FileContent, WorkshopRow


def sheet(*rows: tuple[Any, ...], name: str = "Лист1") -> Sheet:
    width = max(len(row) for row in rows)
    padded = (row + (None,) * (width - len(row)) for row in rows)
    return Sheet(name, tuple(Line(n, row) for n, row in enumerate(padded, 1)))


def read(*rows: tuple[Any, ...]) -> FileContent:
    return recognise(Book("список.xlsx", (sheet(*rows),)), today=TODAY)


def only(*rows: tuple[Any, ...]) -> WorkshopRow:
    (workshop,) = read(*rows).workshops
    return workshop


def test_the_centre_is_not_the_workshop_and_the_address_has_several_columns():
    workshops = read(
        ("№ п/п", "Наименование ЦПДЭ", "Наименование мастерской", "Адрес", None, None, "Кол-во РМ"),
        (None, None, None, "Город", "Улица", "Дом / кабинет", None),
        (1, "ЦПДЭ ГБПОУ «ППК»", "Веб-технологии", "г. Волжск", "ул. Мира", "12, каб. 214/2", 12),
        (2, "ЦПДЭ ГБПОУ «ППК»", "Сварка", "г. Волжск", "ул. Мира", "3", "8 раб. мест"),
    ).workshops
    assert [(w.name, w.center, w.address, w.room, w.places) for w in workshops] == [
        ("Веб-технологии", "ЦПДЭ ГБПОУ «ППК»", "г. Волжск, ул. Мира, 12", "214/2", 12),
        ("Сварка", "ЦПДЭ ГБПОУ «ППК»", "г. Волжск, ул. Мира, 3", "", 8),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "№ 16-001 от 12.02.2024 до 31.12.2027",
        "с 01.01.2025 по 31.12.2027",
        "до 31.12.2027 г.",
        "01.09.2024 - 31.12.2027",
    ],
)
def test_the_term_of_accreditation_is_its_last_day(said: str):
    workshop = only(("Мастерская", "Мест", "Срок действия аккредитации"), ("Сварка", 5, said))
    assert workshop.until == date(2027, 12, 31)


def test_the_address_where_it_is_and_the_room_in_it():
    workshop = only(
        ("Площадка", "Юридический адрес", "Фактический адрес", "ОО", "Кол-во мест"),
        ("Сварка", "пр. Мира, 1", "ул. Труда, 5, каб. 12", "ГБПОУ «ППК»", 6),
    )
    assert (workshop.address, workshop.room) == ("ул. Труда, 5", "12")
    assert workshop.organization
    assert workshop.organization.short == "ГБПОУ «ППК»"


STOCK = (
    ("№", "Наименование ОС", "Инвентарный номер", "Аудитория", "Кол-во мест хранения"),
    (1, "Станок токарный", "М-001", "1", 2),
    (2, "Верстак", "М-002", "1", 4),
)


def test_a_list_of_things_is_no_list_of_workshops():
    with pytest.raises(TableNotFound):
        read(*STOCK)
    rooms = sheet(("Мастерская", "Кабинет", "Кол-во рабочих мест"), ("Сварка", "1", 5), name="М")
    content = recognise(Book("список.xlsx", (sheet(*STOCK), rooms)), today=TODAY)
    assert [each.name for each in content.workshops] == ["Сварка"]
    assert content.skipped_sheets == ("Лист1",)


def test_things_of_one_workshop_in_rows_are_its_equipment():
    content = read(
        ("Мастерская", "Кабинет", "Оборудование", "Рабочих мест"),
        ("Сварка", "1", "Сварочный аппарат", 5),
        ("Сварка", "1", "Маска", None),
        ("Веб", "2", "ПК", 10),
    )
    assert [(w.name, w.places, w.equipment) for w in content.workshops] == [
        ("Сварка", 5, ("Сварочный аппарат", "Маска")),
        ("Веб", 10, ("ПК",)),
    ]
    assert content.findings == ()


def test_address_and_room_in_one_column():
    workshop = only(
        ("Наименование мастерской", "Адрес, кабинет", "Кол-во рабочих мест"),
        ("Сварка", "ул. Мира, 3, каб. 214/2", "5"),
    )
    assert (workshop.address, workshop.room) == ("ул. Мира, 3", "214/2")


def test_addresses_stand_as_headings_and_competences_as_names():
    workshops = read(
        ("№", "Компетенция", "Номер аудитории", "Кол-во рабочих мест"),
        ("г. Волжск, ул. Мира, 3",),
        (1, "Сварочные технологии", "101", 5),
        ("г. Казань, ул. Зорге, 1",),
        (2, "Веб-технологии", "102", 10),
    ).workshops
    assert [(each.name, each.room, each.address) for each in workshops] == [
        ("Сварочные технологии", "101", "г. Волжск, ул. Мира, 3"),
        ("Веб-технологии", "102", "г. Казань, ул. Зорге, 1"),
    ]


def test_the_day_of_accreditation_is_not_its_end():
    workshop = only(
        ("ЦПДЭ", "Вместимость", "Дата аккредитации", "Срок аккредитации (лет)"),
        ("ЦПДЭ «Сварка»", 5, "01.09.2024", 3),
    )
    assert (workshop.name, workshop.until) == ("ЦПДЭ «Сварка»", None)


def test_months_as_terms_open_saturdays_and_addresses_after_the_owner():
    workshop = only(
        ("Наименование мастерской", "Кабинет №", "РМ", "Суббота", "Срок аккредитации до"),
        ("ГБПОУ «Волжский колледж», г. Волжск, ул. Мира, 3",),
        ("Сварка", "№ 5", "6", "работает", "до декабря 2027 г."),
    )
    assert (workshop.room, workshop.open_saturday) == ("5", True)
    assert (workshop.until, workshop.address) == (date(2027, 12, 31), "г. Волжск, ул. Мира, 3")
    assert workshop.organization
    assert workshop.organization.short == "ГБПОУ «Волжский колледж»"
