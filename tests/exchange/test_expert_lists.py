"""Lists of experts from colleges, employers and registers: columns that resemble each other."""

from datetime import date
from typing import Any

import pytest
from import_truth import TODAY

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.recognition import recognise
from demoexam.exchange.values import FileContent

ONE, OTHER = "Иванов Иван Иванович", "Петрова Анна Ильинична"
FIRM, PLANT, COLLEGE = "ООО «Ромашка»", "АО «Вектор»", "ГПОУ «Колледж связи»"


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


def test_a_category_and_years_of_work_are_no_role_and_no_specialty():
    content = read(
        ("ФИО", "Квалификационная категория", "Статус участия", "Стаж по специальности", "Стаж"),
        (ONE, "высшая", "подтверждено", 12, 21),
        (OTHER, "первая", "не подтверждено", 3, 10),
    )
    told = [(each.role, each.competences, each.experience) for each in content.people]
    assert told == [("", (), 12), ("", (), 3)]
    assert content.findings == ()


def test_the_diploma_is_not_what_an_expert_assesses():
    content = read(
        ("ФИО", "Образование, специальность по диплому", "Эксперт по специальности"),
        (ONE, "высшее, 09.03.03 Прикладная информатика", "09.02.07"),
        (OTHER, "высшее, 15.03.01 Машиностроение", "15.02.16"),
    )
    assert [each.competences for each in content.people] == [("09.02.07",), ("15.02.16",)]


def test_a_second_telephone_stands_for_one_that_is_lacking():
    content = read(
        ("ФИО", "Тел. рабочий", "Тел. мобильный", "Почта рабочая", "Почта личная", "Паспорт"),
        (ONE, "8 (4872) 33-22-11", "89123456789", "ivan@zavod.ru", "i@mail.ru", "7003 123456"),
        (OTHER, None, "89123456788", None, "anna@mail.ru", "7003 123457"),
    )
    reached = [(each.phone, each.email) for each in content.people]
    assert reached == [("+74872332211", "ivan@zavod.ru"), ("+79123456788", "anna@mail.ru")]


def test_contacts_of_the_organization_are_not_those_of_the_expert():
    content = read(
        ("Предприятие", "Эксперт", "Телефон приёмной", "E-mail организации", "Телефон", "Почта"),
        (FIRM, ONE, "8 (4872) 11-11-11", "info@r.ru", "89123456789", "ivan@r.ru"),
        (PLANT, OTHER, "8 (4872) 11-11-12", "info@v.ru", None, None),
    )
    reached = [(each.phone, each.email) for each in content.people]
    assert reached == [("+79123456789", "ivan@r.ru"), ("", "")]


def test_a_term_has_a_column_for_its_beginning_and_one_for_its_end():
    rows = ((ONE, "12", "01.02.2025", "31.01.2027"), (OTHER, "13", "02.02.2025", "01.02.2027"))
    for begins, ends in [("Действует с", "Действует по"), ("Срок действия с", "Срок действия по")]:
        content = read(("ФИО", "Свидетельство №", begins, ends), *rows)
        terms = [(each.cert_issued, each.cert_until) for each in content.people]
        assert terms[0] == (date(2025, 2, 1), date(2027, 1, 31))


def test_a_register_with_days_and_places_is_no_schedule():
    content = read(
        (
            "Код региона",
            "ФИО эксперта",
            "Уровень образования",
            "Место основной работы",
            "Дата рег.",
        ),
        (71, ONE, "высшее", FIRM, date(2022, 1, 1)),
        (71, OTHER, "высшее", PLANT, date(2022, 1, 1)),
    )
    assert work(content) == [(ONE, FIRM, ""), (OTHER, PLANT, "")]


def test_specialties_as_headings_are_no_days():
    content = read(
        ("№", "ФИО", "Организация", "Роль в ЭГ", "Код"),
        ("09.02.07 Информационные системы и программирование",),
        (1, ONE, FIRM, "главный эксперт", "09.02.07-2-2026"),
        (2, OTHER, PLANT, "член ЭГ", "09.02.07-2-2026"),
        ("Итого по специальности", 2),
    )
    assert [each.role for each in content.people] == ["главный эксперт", "член ЭГ"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (f"{ONE}\n12.03.1980", date(1980, 3, 12)),
        (f"{ONE}, 12.03.1980 г.р.", date(1980, 3, 12)),
        (f"{ONE} 12.03.1980", date(1980, 3, 12)),
        (f"1. {ONE} (12.03.1980)", date(1980, 3, 12)),
        (f"2) {ONE}", None),
    ],
)
def test_a_name_is_written_with_its_number_or_the_day_of_birth(written, day):
    content = read(
        ("Фамилия, имя, отчество, дата рождения", "Место работы"), (written, FIRM), (OTHER, PLANT)
    )
    assert work(content) == [(ONE, FIRM, ""), (OTHER, PLANT, "")]
    assert content.people[0].birth_date == day


def test_a_post_beside_the_name_is_kept_where_the_employer_has_a_column():
    content = read(
        ("ФИО, должность", "Организация"),
        (f"{ONE}, инженер-технолог", FIRM),
        (f"{OTHER} (по согласованию)", PLANT),
    )
    assert work(content) == [(ONE, FIRM, "инженер-технолог"), (OTHER, PLANT, "")]


def test_several_people_in_a_cell_are_told():
    content = read(("Организация", "Эксперты"), (FIRM, f"{ONE}\n{OTHER}"), (PLANT, OTHER))
    assert [(found.reason, found.bad_value) for found in content.findings] == [
        ("several_people", OTHER)
    ]


def test_a_letter_of_an_employer_names_him_once():
    content = read(
        (FIRM,),
        (f"Директору {COLLEGE} И. И. Сидорову",),
        ("Направляем список наших работников для экспертных групп:",),
        ("№", "ФИО", "Должность", "Контакты"),
        (1, ONE, "начальник цеха", "89123456789"),
        (2, OTHER, "инженер", "89123456788"),
    )
    assert work(content) == [(ONE, FIRM, "начальник цеха"), (OTHER, FIRM, "инженер")]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        (f"Список сотрудников {FIRM}, рекомендуемых в эксперты", FIRM),
        (f"Список экспертов от {PLANT}", PLANT),
        (f"Преподаватели {COLLEGE}", COLLEGE),
        (f"Эксперты для {COLLEGE}", ""),
        (COLLEGE, ""),
    ],
)
def test_a_title_tells_where_all_work_only_if_it_says_so(title, place):
    content = read((title,), ("ФИО", "Телефон"), (ONE, "89123456789"), (OTHER, "89123456788"))
    told = (place,) if place else ()
    assert work(content) == [(ONE, *told, ""), (OTHER, *told, "")]


@pytest.mark.parametrize(
    ("heading", "side"),
    [
        ("Работодатели (социальные партнёры)", True),
        ("Представители реального сектора экономики", True),
        ("1. Эксперты от предприятий", True),
        ("Преподаватели и мастера производственного обучения", False),
        ("Педагогические работники", False),
        ("Внешние эксперты из других колледжей", False),
        ("Прочие", None),
    ],
)
def test_headings_titles_and_sheets_tell_the_side(heading, side):
    header, rows = ("ФИО", "Работа"), ((ONE, "Ромашка"), (OTHER, "Вектор"))
    lists = [read(header, (heading,), *rows), read((heading,), header, *rows)]
    lists += [read(header, *rows, name=heading)]
    assert {each.says_employer for content in lists for each in content.people} == {side}


def test_a_title_of_both_sides_tells_none():
    title = "Представители работодателей и преподаватели колледжей"
    content = read((title,), ("ФИО", "Работа"), (ONE, "Ромашка"), (OTHER, "Вектор"))
    assert [each.says_employer for each in content.people] == [None, None]


@pytest.mark.parametrize("place", [" (г. Узловая)", ", г. Тула, ул. Мира, 5", " г. Тула"])
def test_a_town_after_the_employer_is_no_part_of_the_name_and_no_post(place):
    content = read(("ФИО", "Место работы"), (ONE, f"{FIRM}{place}"), (OTHER, PLANT))
    assert work(content)[0] == (ONE, FIRM, "")


def test_a_term_of_two_days_ends_with_the_later_and_begins_with_the_earlier():
    content = read(
        ("ФИО", "Срок действия аттестата"),
        (ONE, "с 01.02.2025 по 31.01.2027"),
        (OTHER, "до 14.02.2027 г."),
    )
    terms = [(each.cert_issued, each.cert_until) for each in content.people]
    assert terms == [(date(2025, 2, 1), date(2027, 1, 31)), (None, date(2027, 2, 14))]


def test_the_post_of_a_sole_trader_is_no_part_of_his_name():
    content = read(
        ("ФИО", "Работодатель"),
        (ONE, "ИП Иванов И.И., директор"),
        (OTHER, "ИП Иванов Иван Иванович"),
    )
    assert work(content) == [(ONE, "ИП Иванов И. И.", "директор"), (OTHER, "ИП Иванов И. И.", "")]


def test_people_of_two_headings_stand_in_one_row():
    content = read(
        ("№", "Главные эксперты", None, None, "Линейные эксперты", None, None),
        (None, "ФИО", "Место работы", "Телефон", "ФИО", "Место работы", "Телефон"),
        (1, ONE, FIRM, "89123456789", OTHER, PLANT, "89123456788"),
        (2, "Зуб Инна Марковна", FIRM, None, "Ким Яна Ильинична", COLLEGE, None),
    )
    assert sorted(str(each.name) for each in content.people) == [
        "Зуб Инна Марковна", ONE, "Ким Яна Ильинична", OTHER,
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Главные эксперты", "Список главных экспертов 2026"])
def test_a_title_or_a_sheet_tells_the_role_of_all(name):
    header, row = ("ФИО", "Место работы"), (ONE, FIRM)
    for content in (read((name,), header, row), read(header, row, name=name)):
        assert [each.role for each in content.people] == ["главный эксперт"]
    both = read(("Главные эксперты и линейные эксперты",), header, row)
    assert [each.role for each in both.people] == [""]


@pytest.mark.parametrize(
    ("title", "value", "field"),
    [
        ("Занимаемая позиция в компании", "инженер", "position"),
        ("По какой специальности эксперт", "09.02.07", "competences"),
        ("Сфера экспертизы", "09.02.07", "competences"),
        ("Аттестат эксперта", "0012", "certificate"),
        ("С какого действует", "01.02.2025", "cert_issued"),
        ("Дата регистрации свидетельства", "01.02.2025", "cert_issued"),
        ("Представитель бизнеса", "да", "says_employer"),
        ("СОПД", "да", "consent"),
        ("Г.р.", "01.02.1980", "birth_date"),
        ("Наличие автомобиля", "8 месяцев", ""),
        ("Почтовый адрес", "300000, г. Тула", ""),
        ("Действует", "да", ""),
        ("Программа обучения", "Эксперт ДЭ", ""),
    ],
)
def test_a_column_is_told_by_its_title(title, value, field):
    content = read(("ФИО", "Место работы", title), (ONE, FIRM, value), (OTHER, PLANT, value))
    person = content.people[0]
    told = {
        name
        for name in ("position", "phone", "email", "competences", "role", "certificate",
                     "cert_until", "cert_issued", "says_employer", "consent", "birth_date")
        if getattr(person, name)
    }  # fmt: skip
    assert (told, content.findings) == ({field} - {""}, ())


def test_groups_that_experts_assess_make_no_students_of_them():
    content = read(
        ("ФИО", "Группы", "Должность", "Почта"),
        (ONE, "ИС-41, ИС-42", "инженер", "a@b.ru"),
        (OTHER, "ТМ-31", "технолог", "c@b.ru"),
    )
    assert work(content) == [(ONE, "инженер"), (OTHER, "технолог")]
