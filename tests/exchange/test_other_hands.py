"""Files as other people make them: titles nobody foresaw, cells that tell several things."""

from datetime import date
from typing import Any

from import_truth import TODAY

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.recognition import recognise
from demoexam.exchange.values import FileContent

ONE, OTHER = "Иванов Иван Иванович", "Петрова Анна Ильинична"


def read(*rows: tuple[Any, ...], name: str = "Лист1") -> FileContent:
    width = max(len(row) for row in rows)
    padded = (row + (None,) * (width - len(row)) for row in rows)
    sheet = Sheet(name, tuple(Line(n, row) for n, row in enumerate(padded, 1)))
    return recognise(Book("список.xlsx", (sheet,)), today=TODAY)


def work(content: FileContent) -> list[tuple[str, ...]]:
    return [
        (str(each.name), *(place.short for place in each.organizations), each.position)
        for each in content.people
    ]


def test_a_term_without_end_does_not_hide_the_column_of_terms():
    content = read(
        ("Сотрудник", "Где трудится", "Допуск действителен по"),
        (ONE, "ООО «Ромашка»", "31.12.2026"),
        (OTHER, "АО «Вектор»", "бессрочно"),
    )
    assert [each.cert_until for each in content.people] == [date(2026, 12, 31), None]


def test_titles_of_one_letter_and_an_organization_with_its_number():
    content = read(
        ("Фамилия", "И.", "О.", "Предприятие (полное наименование), ИНН"),
        ("Иванов", "Иван", "Иванович", "ПАО «Завод», ИНН 7707083893"),
        ("Петрова", "Анна", "Ильинична", "ИП Смирнов А.А."),
    )
    assert work(content) == [(ONE, "ПАО «Завод»", ""), (OTHER, "ИП Смирнов А. А.", "")]
    assert content.people[0].organizations[0].inn == "7707083893"


def test_a_cell_tells_the_name_and_the_place_of_work():
    content = read(
        ("Сведения об эксперте (ФИО, должность, место работы)", "Телефон"),
        (f"{ONE}, инженер, ООО «Ромашка»", "89123456789"),
        (f"{OTHER} (АО «Вектор»)", "89123456788"),
    )
    assert work(content) == [(ONE, "ООО «Ромашка»", "инженер"), (OTHER, "АО «Вектор»", "")]


def test_a_post_is_followed_by_the_employer():
    content = read(
        ("Имя", "Отчество", "Фамилия", "Должность и организация"),
        ("Иван", "Иванович", "Иванов", "инженер ООО «Ромашка»"),
        ("Анна", "Ильинична", "Петрова", "мастер АО «Вектор»"),
    )
    assert work(content) == [(ONE, "ООО «Ромашка»", "инженер"), (OTHER, "АО «Вектор»", "мастер")]
