"""Files as other people make them: titles nobody foresaw, cells that tell several things."""

from datetime import date, datetime, time
from typing import Any

import pytest
from import_truth import TODAY

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.failures import TableNotFound
from demoexam.exchange.recognition import recognise
from demoexam.exchange.specialties import Specialties
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


KIT = "09.02.07-2-2026"
DAY = date(2026, 6, 1)


def exams(content: FileContent) -> list[tuple[Any, ...]]:
    return [(each.day, each.last_day, each.starts, each.ends, each.group) for each in content.exams]


def test_marks_stand_in_columns_of_specialties():
    content = read(
        ("ФИО", "Работа", "09.02.07 Информационные системы", "15.02.16 Технология машиностроения"),
        (ONE, "ООО «Ромашка»", "+", None),
        (OTHER, "АО «Вектор»", "да", "+"),
    )
    told = [each.competences for each in content.people]
    assert told == [("09.02.07",), ("09.02.07", "15.02.16")]


def test_two_sides_have_a_column_each():
    content = read(
        ("ФИО", "Представитель работодателя (организация)", "Представитель колледжа (организация)"),
        (ONE, "ООО «Ромашка», инженер", None),
        (OTHER, None, "ГАПОУ «Колледж связи», преподаватель"),
    )
    assert work(content) == [
        (ONE, "ООО «Ромашка»", "инженер"),
        (OTHER, "ГАПОУ «Колледж связи»", "преподаватель"),
    ]


def test_a_second_row_continues_the_contacts_and_the_sheet_names_the_employer():
    content = read(
        ("№", "ФИО", "Контакты"),
        (1, ONE, "89123456789"),
        (None, None, "ivan@example.ru"),
        (2, OTHER, "89123456788"),
        ("Куратор", "Сидорова Н.И."),
        name="Политехнический техникум",
    )
    assert work(content) == [
        (ONE, "Политехнический техникум", ""),
        (OTHER, "Политехнический техникум", ""),
    ]
    assert content.people[0].email == "ivan@example.ru"


def test_numbers_of_a_passport_are_no_telephone():
    content = read(("ФИО", "Место работы", "Паспорт"), (ONE, "ООО «Ромашка»", "6712 123456"))
    assert content.people[0].phone == ""


def test_words_cut_short_tell_the_side():
    content = read(
        ("Эксперт", "Организация", "Представитель работодателя / педагог"),
        (ONE, "Ромашка", "раб."),
        (OTHER, "Связист", "обр."),
    )
    assert [each.says_employer for each in content.people] == [True, False]


@pytest.mark.parametrize("group", ["ИС-1-22", "22ИСП1", "4ТМ", "гр. 401", "2-9 ИСиП-22", "П-20-1к"])
def test_groups_are_told_by_column_title_and_sheet(group):
    bare = group.removeprefix("гр. ")
    rows = (("№", "Обучающийся", "Д.р."), (1, ONE, "01.02.2006"), (2, OTHER, "2.3.06"))
    lists = [
        read(("ФИО", "Подразделение"), (ONE, group), (OTHER, group)) if bare == group else None,
        read(("№", "Студент", "Гр."), (1, ONE, group)),
        read((f"Список группы {bare}",), *rows),
        read(*rows, name=group),
        read(rows[0], (group,), *rows[1:]),
    ]
    assert {each.group for content in lists if content for each in content.students} == {bare}


def test_a_group_is_written_once_for_the_rows_below():
    content = read(("Группа", "№", "ФИО"), ("ИСП-41", 1, ONE), (None, 2, OTHER))
    assert [each.group for each in content.students] == ["ИСП-41", "ИСП-41"]


def test_a_centre_stands_for_the_workshop():
    content = read(
        ("Центр проведения", "Где расположен", "Пропускная способность"),
        ("Мастерская «Веб»", "Тюмень, Мира, 5", "12 рабочих мест"),
        ("Мастерская «Сварка»", "Тюмень, Мира, 7", "до 8 чел."),
    )
    assert [(each.name, each.places) for each in content.workshops] == [
        ("Мастерская «Веб»", 12),
        ("Мастерская «Сварка»", 8),
    ]


@pytest.mark.parametrize(
    ("day", "hours", "expected"),
    [
        ("июнь, 1", "с 9 до 13", (1, 1, time(9), time(13))),
        ("пн, 01.06", "9ч", (1, 1, time(9), None)),
        ("01-02.06", "9-13", (1, 2, time(9), time(13))),
        ("1-е июня", "9.00 – 13.30", (1, 1, time(9), time(13, 30))),
        ("01.06-02.06.2026", "10.00/14.00", (1, 2, time(10), time(14))),
    ],
)
def test_days_and_hours_as_people_write_them(day, hours, expected):
    content = read(
        ("График на 2026 год",),
        ("Когда", "Во сколько", "Кто сдаёт", "Задание", "Локация"),
        (day, hours, "ИСП-41", KIT, "Мастерская 1"),
    )
    (exam,) = content.exams
    assert (exam.day.day, exam.last_day.day, exam.starts, exam.ends) == expected
    assert (exam.group, exam.kit, exam.workshop) == ("ИСП-41", KIT, "Мастерская 1")


def test_days_head_the_rows_and_hours_follow_a_day_in_its_cell():
    headed = read(
        ("Время", "Группа", "Шифр КОД", "Где проходит"),
        ("1 июня 2026 года",),
        ("9:00", "ИСП-41", KIT, "Мастерская 1"),
        ("2 июня 2026 года",),
        ("9:00", "ИСП-42 (09.02.07)", KIT, "Мастерская 1"),
    )
    together = read(
        ("Дата и время", "Группа", "Комплект", "Экспертная группа"),
        ("01.06.2026 в 9:00", "ИСП-41", KIT, "Иванов И.И. (ГЭ), Петрова А.И."),
        ("02.06.2026 в 9:00", "ИСП-42", KIT, "ГЭ Иванов И.И., Петрова А.И."),
    )
    assert exams(headed) == exams(together)
    assert {(str(*each.chief), str(*each.experts)) for each in together.exams} == {
        ("Иванов И. И.", "Петрова А. И.")
    }


def test_a_schedule_and_kits_without_any_titles():
    content = read(
        ("01.06.2026", "9:00", "ИСП-41", KIT, "Мастерская 1"),
        ("02.06.2026", "9:00", "ИСП-42", KIT, "Мастерская 1"),
    )
    assert [each.group for each in content.exams] == ["ИСП-41", "ИСП-42"]
    kits = read((KIT, "ПУ", "4 ч 30 мин", 100)).kits
    assert [(each.code, each.minutes) for each in kits] == [(KIT, 270)]


@pytest.mark.parametrize(
    "rows",
    [
        (("Код", "Наименование специальности", "Срок"), ("09.02.07", "Системы", "3 г 10 мес")),
        (("Отдел", "Телефон", "Кабинет"), ("Кадры", "55-66-77", "205")),
        (("Предмет", "Группа", "Дата", "Оценка"), ("Физика", "ИСП-41", "01.06.2026", 5)),
        (("Время", "Понедельник"), ("9:00", "Физика"), ("10:40", "Химия")),
    ],
)
def test_other_tables_are_still_asked_about(rows):
    with pytest.raises(TableNotFound):
        read(*rows)


def test_specialties_are_called_by_their_titles():
    known = Specialties({"15.02.08": "Технология машиностроения", "09.02.06": "Сети и системы"})
    known["15.02.16"] = "Технология машиностроения"
    rows = (
        ("ФИО", "Место работы", "Специальность"),
        (ONE, "ООО «Ромашка»", "«Технология машиностроения»"),
        (OTHER, "АО «Вектор»", "специальность Сети и системы (базовая подготовка)"),
        ("Орлова Нина Ильинична", "АО «Вектор»", "Физика"),
    )
    sheet = Sheet("Лист1", tuple(Line(n, row) for n, row in enumerate(rows, 1)))
    content = recognise(Book("список.xlsx", (sheet,)), today=TODAY, specialties=known)
    assert [each.competences for each in content.people] == [("15.02.16",), ("09.02.06",), ()]


def test_one_cell_holds_number_and_days_of_a_certificate():
    content = read(
        ("ФИО", "Орг-я", "Долж-ть", "Свидетельство (№, дата выдачи, срок действия)"),
        (ONE, "ООО «Ромашка» (7707083893)", "инженер", "№ 0012 от 12.03.2024 до 12.03.2026"),
    )
    (person,) = content.people
    assert work(content) == [(ONE, "ООО «Ромашка»", "инженер")]
    assert person.organizations[0].inn == "7707083893"
    assert (person.certificate, person.cert_issued) == ("№ 0012", date(2024, 3, 12))
    assert person.cert_until == date(2026, 3, 12)


def test_abbreviations_of_titles_are_written_out():
    (kit,) = read(("Шифр", "Форма", "Прод-сть", "Эксп."), (KIT, "профиль", "4:30", "3")).kits
    assert (kit.minutes, kit.experts) == (270, 3)


@pytest.mark.parametrize(
    "rows",
    [
        (("Сотрудник", "Оклад", "Премия"), (ONE, "30000", "5000"), (OTHER, "30000", "5000")),
        (("Фамилия", "Иванов"), ("Имя", "Иван"), ("Место работы", "ООО «Ромашка»")),
        (("ИСП-41", "ИСП-42"), (ONE, OTHER)),
    ],
)
def test_words_under_no_titles_are_no_people(rows):
    with pytest.raises(TableNotFound):
        read(*rows)


def test_teachers_of_groups_are_no_students():
    content = read(("Преподаватель", "Группа", "Часы"), (ONE, "ИСП-41", 120), (OTHER, "ТМ-4", 90))
    assert not content.students


def test_the_schedule_tells_hours_with_days_and_heads_with_groups():
    content = read(
        ("Начало ДЭ", "Окончание ДЭ", "Группа (кол-во чел.)", "КОД", "Место", "Подготовит. день"),
        (
            datetime(2026, 6, 1, 9),
            datetime(2026, 6, 1, 13),
            "ИСП-41 (12 чел.)",
            KIT,
            "Веб",
            "31.05",
        ),
    )
    assert exams(content) == [(DAY, DAY, time(9), time(13), "ИСП-41")]
    assert (content.exams[0].head_count, content.exams[0].preparation) == (12, date(2026, 5, 31))


def test_the_number_of_a_certificate_is_not_its_term():
    (place,) = read(
        ("Мастерская", "Рабочих мест, шт.", "Свидетельство об аккредитации", "Срок"),
        ("Веб-технологии", 15, "№ 12 от 01.02.2025", "01.02.2028"),
    ).workshops
    assert place.until == date(2028, 2, 1)
    (kit,) = read(
        ("Наименование КОД", "Инвариант", "Итого", "Время экзамена"),
        (f"КОД {KIT} (ПУ)", "80", "100", "4 астр. часа 30 мин"),
    ).kits
    assert (kit.minutes, kit.max_points) == (270, 10000)
