"""Cells of lists of experts that stand for others, or tell something beside their column."""

from datetime import date
from typing import Any

import pytest
from import_truth import TODAY

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.recognition import recognise
from demoexam.exchange.values import FileContent

ONE, OTHER, THIRD = "Иванов Иван Иванович", "Петрова Анна Ильинична", "Зуб Инна Марковна"
FIRM, PLANT = "ООО «Ромашка»", "АО «Вектор»"


def read(*rows: tuple[Any, ...]) -> FileContent:
    sheet = Sheet("Лист1", tuple(Line(n, row) for n, row in enumerate(rows, 1)))
    return recognise(Book("список.xlsx", (sheet,)), today=TODAY)


def employers(content: FileContent) -> list[str]:
    return ["".join(place.short for place in each.organizations) for each in content.people]


def test_an_employer_written_once_is_that_of_the_rows_below():
    content = read(
        ("Предприятие", "ФИО", "Код"),
        (FIRM, ONE, "09.02.07"),
        (None, OTHER, None),
        (PLANT, THIRD, None),
    )
    assert employers(content) == [FIRM, FIRM, PLANT]
    assert [each.competences for each in content.people] == [("09.02.07",), (), ()]


def test_a_blank_is_no_employer_where_each_row_has_its_own_or_names_stand_first():
    repeated = ((FIRM, ONE), (FIRM, OTHER), (None, THIRD))
    assert employers(read(("Предприятие", "ФИО"), *repeated)) == [FIRM, FIRM, ""]
    names_first = ((ONE, FIRM), (OTHER, None), (THIRD, PLANT))
    assert employers(read(("ФИО", "Предприятие"), *names_first)) == [FIRM, "", PLANT]


@pytest.mark.parametrize("mark", ["-//-", '— " —', '"', "то же", "Там же"])
def test_a_ditto_mark_repeats_the_cell_above(mark):
    content = read(
        ("ФИО", "Место работы", "Должность", "Код"),
        (ONE, FIRM, "инженер", "09.02.07"),
        (OTHER, mark, mark, mark),
        (THIRD, PLANT, "-", "15.02.16"),
    )
    assert employers(content) == [FIRM, FIRM, PLANT]
    assert [each.position for each in content.people][1] == "инженер"
    assert [each.competences for each in content.people][1] == ("09.02.07",)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Организация, ИНН/КПП", f"{FIRM}, ИНН 7707083893/КПП 770701001"),
        ("Организация", f"{FIRM} (ИНН 7707083893, КПП 770701001)"),
        ("Организация", f"{FIRM}, ИНН/КПП 7707083893/770701001"),
    ],
)
def test_the_number_of_the_tax_office_is_no_part_of_the_name(title, written):
    content = read(("ФИО", title), (ONE, written), (OTHER, PLANT))
    assert employers(content) == [FIRM, PLANT]
    assert content.people[0].organizations[0].inn == "7707083893"


def test_a_column_of_both_tax_numbers():
    content = read(("ФИО", "Работа", "ИНН/КПП"), (ONE, FIRM, "7707083893/770701001"))
    assert (content.people[0].inn, content.findings) == ("7707083893", ())


@pytest.mark.parametrize(
    ("written", "years"),
    [("15 лет", 15), ("1 год 3 мес.", 1), ("6 мес.", 0), ("с 2015 г.", 11), (2020, 6), ("7", 7)],
)
def test_years_of_work(written, years):
    content = read(("ФИО", "Стаж"), (ONE, written), (OTHER, "3 года"))
    assert content.people[0].experience == years


def test_that_there_is_none_is_no_mistake():
    content = read(
        ("ФИО", "Место работы", "Телефон", "Почта"),
        (ONE, FIRM, "нет", "отсутствует"),
        (OTHER, PLANT, "89123456788", "a@b.ru"),
    )
    assert (content.people[0].phone, content.people[0].email, content.findings) == ("", "", ())


def test_a_column_of_terms_tells_the_number_too():
    content = read(
        ("ФИО", "Место работы", "Свидетельство, срок действия"),
        (ONE, FIRM, "№ 0012 до 31.12.2026"),
        (OTHER, PLANT, "31.12.2026"),
        (THIRD, PLANT, "до 31.12.2026 г."),
    )
    told = [(each.certificate, each.cert_until) for each in content.people]
    day = date(2026, 12, 31)
    assert told == [("№ 0012", day), ("", day), ("", day)]


def test_contacts_are_found_in_whichever_column_holds_them():
    both = read(
        ("ФИО", "Место работы", "Телефон / адрес эл. почты"),
        (ONE, FIRM, "89123456789, ivan@r.ru"),
        (OTHER, PLANT, "89123456788"),
        (THIRD, PLANT, "zub@r.ru"),
    )
    reached = [(each.phone, each.email) for each in both.people]
    assert reached == [("+79123456789", "ivan@r.ru"), ("+79123456788", ""), ("", "zub@r.ru")]
    assert both.findings == ()
    apart = read(
        ("ФИО", "Телефон", "Почта"),
        (ONE, "89123456789, ivan@r.ru", None),
        (OTHER, "89123456788", "anna@r.ru"),
    )
    assert [each.email for each in apart.people] == ["ivan@r.ru", "anna@r.ru"]


def test_the_category_of_a_teacher_is_no_role():
    content = read(
        ("№", "Преподаватель", "Категория", "Телефон"),
        (1, ONE, "высшая", "89123456789"),
        (2, OTHER, "первая", "89123456788"),
    )
    assert [each.role for each in content.people] == ["", ""]
    experts = read(("ФИО", "Категория"), (ONE, "главный эксперт"), (OTHER, "линейный эксперт"))
    assert [each.role for each in experts.people] == ["главный эксперт", "линейный эксперт"]


def test_a_word_is_no_number_of_a_certificate():
    content = read(
        ("ФИО", "Место работы", "Наличие свидетельства"),
        (ONE, FIRM, "есть"),
        (OTHER, PLANT, "№ 12"),
    )
    assert [each.certificate for each in content.people] == ["", "№ 12"]


def test_a_term_in_years_is_counted_from_the_day_of_issue():
    content = read(
        ("ФИО", "№ свидетельства", "Дата выдачи", "Срок действия"),
        (ONE, "0012", "29.02.2024", 3),
        (OTHER, "0013", "01.03.2025", "2 года"),
        (THIRD, "0014", None, "31.12.2026"),
    )
    days = [each.cert_until for each in content.people]
    assert days == [date(2027, 2, 28), date(2027, 3, 1), date(2026, 12, 31)]


def test_one_cell_tells_the_expert_with_post_and_telephone_beside_the_head_of_the_firm():
    content = read(
        ("Предприятие", "Адрес, телефон", "Директор (ФИО, должность)", "Эксперт (ФИО, телефон)"),
        (FIRM, "г. Тула, (4872) 11-22-33", "Сомов Игорь Львович, директор",
         f"{ONE}, инженер, 8 912 345-67-89"),
        (PLANT, "г. Тула, (4872) 11-22-34", "Белов Олег Львович, директор",
         f"{OTHER}, технолог, anna@r.ru"),
    )  # fmt: skip
    assert [str(each.name) for each in content.people] == [ONE, OTHER]
    assert [each.position for each in content.people] == ["инженер", "технолог"]
    assert employers(content) == [FIRM, PLANT]


def test_chief_experts_are_a_list_of_their_own():
    content = read(
        ("Шифр", "ГЭ", "Место работы ГЭ"),
        ("09.02.07", ONE, FIRM),
        ("15.02.16", OTHER, PLANT),
    )
    assert [str(each.name) for each in content.people] == [ONE, OTHER]


@pytest.mark.parametrize(
    "address",
    [", 300000, г. Тула, ул. Мира, 5", " (300001, Тульская обл., г. Тула)", ", Тульская область"],
)
def test_an_address_after_the_employer_is_no_part_of_the_name_and_no_post(address):
    content = read(("ФИО", "Организация, адрес"), (ONE, f"{FIRM}{address}"), (OTHER, PLANT))
    assert employers(content) == [FIRM, PLANT]
    assert [each.position for each in content.people] == ["", ""]
