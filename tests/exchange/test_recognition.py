"""Tables are known by meaning: other titles, orders, storeys, headings, footers."""

import csv
import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from import_truth import FILES, TODAY, figures, roster

from demoexam.exchange.cells import Place
from demoexam.exchange.dump import dump
from demoexam.exchange.reading import read_book
from demoexam.exchange.recognition import recognise
from demoexam.exchange.values import FileContent
from demoexam.exchange.vocabulary import Kind
from demoexam.rules.full_names import FullName
from demoexam.rules.terms import ExamLevel, OrganizationKind


def sheet(path: Path, *rows: tuple[Any, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def content_of(path: Path, **options: Any) -> FileContent:
    return recognise(read_book(path), today=TODAY, **options)


@pytest.mark.parametrize("name", FILES)
def test_each_kind_is_recognised_and_read(name):
    """All but what needs the store: initials and contradictions of the schedule."""
    content = content_of(roster(name))
    report = json.loads(json.dumps(dump(content)))
    wrong = {key: value for key, value in figures(name, report).items() if value < 0.98}
    if name == "schedule.xlsx":
        assert wrong.keys() == {"fields", "conflicts"}
    else:
        assert not wrong


TITLES = {
    "full_name": (
        "ФИО эксперта",
        "Ф. И. О. (полностью)",
        "Сотрудник (ФИО)",
        "Фамилия Имя Отчество",
    ),
    "organization": ("Организация-работодатель", "Место основной работы", "Предприятие"),
    "position": ("Занимаемая должность", "Кем работает"),
    "phone": ("Моб. тел.", "Контактный телефон", "Номер для связи"),
    "email": ("Эл. почта", "E-mail", "Адрес электронной почты"),
    "competences": ("Компетенции", "Код и наименование специальности", "По каким профессиям"),
    "employer": ("Из числа работодателей", "Представитель работодателя (да/нет)"),
    "cert_until": ("Годен до", "Свидетельство действительно до"),
    "certificate": ("№ свидетельства", "Номер сертификата"),
}
ROW = {
    "full_name": "Иванов Иван Иванович",
    "organization": "ООО «Завод»",
    "position": "мастер",
    "phone": "8 900 111-22-33",
    "email": "ivanov@example.ru",
    "competences": "09.02.07; 15.01.05",
    "employer": "да",
    "cert_until": "31.12.2027",
    "certificate": "0012345",
}


@pytest.mark.parametrize("seed", range(12))
def test_a_roster_with_other_titles_in_another_order(tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311 -- repeatable
    fields = chance.sample([*ROW], len(ROW))
    titles = [chance.choice(TITLES[name]) for name in fields]
    rows: list[tuple[Any, ...]] = [("Список утверждён",), ("№", *titles)]
    rows += [(n, *(ROW[name] for name in fields)) for n in (1, 2)]
    person = content_of(sheet(tmp_path / "x.csv", *rows)).people[0]
    assert str(person.name) == ROW["full_name"]
    assert person.organizations[0].short == "ООО «Завод»"
    assert (person.position, person.phone) == ("мастер", "+79001112233")
    assert (person.email, person.certificate) == ("ivanov@example.ru", "0012345")
    assert person.competences == ("09.02.07", "15.01.05")
    assert (person.says_employer, person.cert_until) == (True, date(2027, 12, 31))


def test_columns_without_any_title_are_known_by_content(tmp_path):
    rows = [
        ("Иванов Иван Иванович", "ООО «Завод»", "8 900 111-22-33", "a@example.ru"),
        ("Петров Пётр Ильич", "АО «Цех»", "8 900 111-22-44", "b@example.ru"),
    ]
    people = content_of(sheet(tmp_path / "x.csv", *rows)).people
    assert [person.phone for person in people] == ["+79001112233", "+79001112244"]
    assert people[1].organizations[0].short == "АО «Цех»"


def test_a_column_of_both_contacts_gives_both(tmp_path):
    path = sheet(
        tmp_path / "x.csv",
        ("ФИО", "Место работы", "Контакты"),
        ("Иванов Иван Иванович", "ООО «Завод»", "8 900 111-22-33, a@example.ru"),
    )
    person = content_of(path).people[0]
    assert (person.phone, person.email) == ("+79001112233", "a@example.ru")


def test_headings_name_the_organization_of_the_rows_below(tmp_path):
    path = sheet(
        tmp_path / "x.csv",
        ("№ п/п", "Ф.И.О. эксперта", "Должность"),
        ("ОАО «Депо», ИНН 7707083893", "", ""),
        (1, "Иванов Иван Иванович", "мастер"),
        ("", "Итого по организации: 1", ""),
        ("2. ИП Устинова П.Г.", "", ""),
        (1, "Петров Пётр Ильич", "инженер"),
        ("Директор ____________ /О.И. Подписантова/", "", ""),
    )
    content = content_of(path)
    assert [person.organizations[0].short for person in content.people] == [
        "ОАО «Депо»",
        "ИП Устинова П. Г.",
    ]
    assert content.organizations[0].inn == "7707083893"
    assert not content.findings


def test_lines_that_say_nothing_are_passed_in_silence(tmp_path):
    header = ("ФИО", "Место работы", "Должность", "Телефон")
    path = sheet(
        tmp_path / "x.csv",
        header,
        (1, 2, 3, 4),
        ("(пример) Сидоров Сидор", "ООО «Образец»", "…", "…"),
        ("Иванов Иван Иванович", "ООО «Завод»", "мастер", "8 900 111-22-33"),
        ("", "", "", ""),
        header,
        ("Петров Пётр Ильич", "ООО «Завод»", "мастер", "8 900 111-22-44"),
        ("Всего 2", "", "", ""),
        ("Заместитель директора", "", "", "Кузнецова К. К."),
        ("Исп. Секретарёва С.С., тел. 8 (900) 000-00-00", "", "", ""),
    )
    content = content_of(path)
    assert [person.place.row for person in content.people] == [4, 7]
    assert not content.findings


def test_two_storey_header_without_merges(tmp_path):
    path = sheet(
        tmp_path / "x.csv",
        ("№", "ФИО", "Место работы", "Контактные данные", "", "Свидетельство", ""),
        ("", "", "", "телефон", "эл. почта", "номер", "срок действия"),
        (1, "Иванов Иван Иванович", "ООО «Завод»", "8 900 111-22-33", "a@b.ru", "007", "1.2.2027"),
    )
    person = content_of(path).people[0]
    assert (person.phone, person.email) == ("+79001112233", "a@b.ru")
    assert (person.certificate, person.cert_until) == ("007", date(2027, 2, 1))


def test_several_kinds_in_one_workbook(tmp_path):
    path = tmp_path / "всё.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        people = book.add_worksheet("Эксперты")
        people.write_row(0, 0, ["ФИО", "Место работы"])
        people.write_row(1, 0, ["Иванов Иван Иванович", "ООО «Завод»"])
        rooms = book.add_worksheet("Мастерские")
        rooms.write_row(0, 0, ["Мастерская", "Кабинет", "Рабочих мест"])
        rooms.write_row(1, 0, ["Сварочная", "каб. 12", 8])
        book.add_worksheet("Заметки").write(0, 0, "позвонить")
    content = content_of(path)
    assert set(content.kinds) == {Kind.ROSTER, Kind.WORKSHOPS}
    assert content.skipped_sheets == ("Заметки",)
    assert (content.workshops[0].name, content.workshops[0].room) == ("Сварочная", "12")


def test_kits_with_ranges_levels_and_parts_of_points(tmp_path):
    path = sheet(
        tmp_path / "x.csv",
        ("Шифр", "Уровень ДЭ", "Длительность", "Макс. балл", "Вариативная часть", "Рабочих мест",
         "Экспертов", "Рекомендуемое число"),
        ("09.02.07-2-2026", "базовый", "2 ч 30 мин", "50", "", "1–15", 2, 3),
        ("09.02.07-2-2026-ПУ", "", "240 мин", "100", "25", "1–15", 3, 6),
        ("09.02.07", "БУ", "240 мин", "100", "", "", 3, ""),
        ("09.02.07-2-2026", "?", "240 мин", "100", "", "", 3, ""),
    )  # fmt: skip
    content = content_of(path)
    first, second = content.kits
    assert (first.level, first.minutes, first.max_points) == (ExamLevel.BASIC, 150, 5000)
    assert (first.workplaces, first.experts, first.recommended) == (15, 2, 3)
    assert (second.level, second.variable_points) == (ExamLevel.PROFILE, 2500)
    assert [(found.place.row, found.reason) for found in content.findings] == [
        (4, "no_code"),
        (5, "no_level"),
    ]


def test_students_take_the_group_from_the_heading(tmp_path):
    path = sheet(
        tmp_path / "x.csv",
        ("Выпускники 2026 года ГБПОУ «Колледж связи»",),
        ("№", "Студент", "Группа", "Специальность"),
        ("Группа ИС-41", "", "", ""),
        (1, "Иванов Иван Иванович", "", "09.02.07"),
        (2, "Петров Пётр Ильич", "гр. ИС-42", "09.02.07"),
    )
    content = content_of(path)
    assert [student.group for student in content.students] == ["ИС-41", "ИС-42"]
    assert content.college is not None
    assert content.college.short == "ГБПОУ «Колледж связи»"
    assert content.year == 2026


def test_a_schedule_with_ends_days_and_people_in_one_line(tmp_path):
    path = sheet(
        tmp_path / "x.csv",
        ("График на 2026 год",),
        ("Дата", "Время", "Группа", "КОД", "Уровень", "Аудитория", "Чел.", "ГЭ", "ТЭ", "Эксперты"),
        ("4 и 5 июня", "09:00–13:30", "ИС-41", "09.02.07-2-2026", "профильный",
         "Сварочная (каб. 12)",
         "5 чел.", "Иванов И. И.", "Петров П.П.", "Белов А.А. Громов Б.Б., 3) Жуков В.В."),
        ("скоро", "", "ИС-42", "09.02.07-2-2026", "БУ", "", "", "", "", ""),
        ("6 июня", "", "", "", "", "", "", "", "", "Белов А. А."),
    )  # fmt: skip
    content = content_of(path)
    exam = content.exams[0]
    assert (exam.day, exam.last_day) == (date(2026, 6, 4), date(2026, 6, 5))
    assert f"{exam.starts:%H:%M}-{exam.ends:%H:%M}" == "09:00-13:30"
    assert (exam.workshop, exam.room, exam.head_count) == ("Сварочная", "12", 5)
    assert exam.level is ExamLevel.PROFILE
    assert [name.last for name in exam.experts] == ["Белов", "Громов", "Жуков"]
    assert exam.chief == (FullName("Иванов", "И.", "И."),)
    assert exam.technical == (FullName("Петров", "П.", "П."),)
    assert [(found.place.row, found.reason) for found in content.findings] == [
        (4, "date_impossible"),
        (5, "no_group"),
        (5, "no_kit"),
    ]


PEOPLE = ("ФИО", "СНИЛС", "Дата рождения", "Место работы", "Телефон")
FACTORY, WORKS = "ООО «Завод»", "АО «Цех»"
SNILS, OTHER = "112-233-445 95", "642-709-548 07"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (("Фёдоров Иван Ильич", SNILS, "", FACTORY, ""),
         ("ФЕДОРОВ ИВАН ИЛЬИЧ", SNILS, "", FACTORY, ""), "same"),
        (("Иванов Иван Ильич", "", "", FACTORY, ""),
         ("Иванов Иван Ильич", "", "", WORKS, ""), "maybe"),
        (("Иванов Иван Ильич", "", "", FACTORY, ""),
         ("Иванов Иван Ильич", "", "", FACTORY, "89001112233"), "same"),
        (("Иванов Иван Ильич", "", "", FACTORY, "89005556677"),
         ("Иванов Иван Ильич", "", "", FACTORY, "89001112233"), "maybe"),
        (("Иванов Иван Ильич", "", "", FACTORY, "89001112233"),
         ("Иванов И. И.", "", "", FACTORY, "89001112233"), "maybe"),
        (("Зимин Иван Ильич", SNILS, "", FACTORY, ""),
         ("Зиимн Иван Ильич", SNILS, "", FACTORY, ""), "maybe"),
        (("Зимина Анна Ильинична", SNILS, "01.02.1980", FACTORY, ""),
         ("Летова Анна Ильинична", SNILS, "01.02.1980", FACTORY, ""), "maybe"),
        (("Иванов Иван Ильич", SNILS, "", FACTORY, ""),
         ("Иванов Иван Ильич", OTHER, "", FACTORY, ""), ""),
        (("Иванов Иван Ильич", "", "01.02.1980", FACTORY, ""),
         ("Иванов Иван Ильич", "", "01.02.1990", FACTORY, ""), ""),
        (("Иванов Иван Ильич", SNILS, "01.02.1980", FACTORY, ""),
         ("Орлов Олег Янович", SNILS, "01.02.1990", WORKS, ""), "snils_conflict"),
        (("Иванов Иван Ильич", "", "", FACTORY, "89001112233"),
         ("Орлов Олег Янович", "", "", FACTORY, "89001112233"), ""),
    ],
)  # fmt: skip
def test_who_is_one_person_and_who_is_not(tmp_path, one, other, verdict):
    content = content_of(sheet(tmp_path / "x.csv", PEOPLE, one, other))
    pair = (Place("csv", 2), Place("csv", 3))
    assert content.same == ((pair,) if verdict == "same" else ())
    assert content.maybe == ((pair,) if verdict == "maybe" else ())
    told = [found.reason for found in content.findings if found.reason != "name_incomplete"]
    assert told == (["snils_conflict"] if verdict == "snils_conflict" else [])


def test_a_third_row_does_not_join_two_namesakes(tmp_path):
    one = ("Иванов Иван Ильич", SNILS, "", FACTORY, "")
    third = ("Иванов Иван Ильич", "", "", FACTORY, "")
    other = ("Иванов Иван Ильич", OTHER, "", FACTORY, "")
    content = content_of(sheet(tmp_path / "x.csv", PEOPLE, one, third, other))
    assert content.same == ((Place("csv", 2), Place("csv", 3)),)
    assert content.maybe == ((Place("csv", 3), Place("csv", 4)),)


def test_a_flag_against_the_kind_of_organization_is_told(tmp_path):
    path = sheet(
        tmp_path / "x.csv",
        ("ФИО", "Место работы", "Представитель работодателя"),
        ("Иванов Иван Ильич", "ГБПОУ «Колледж связи»", "да"),
        ("Петров Пётр Ильич", "«Ромашка»", "да"),
    )
    content = content_of(path)
    assert [found.reason for found in content.findings] == ["flag_contradiction"]
    assert "вид" in str(content.findings[0])
    assert {each.kind for each in content.organizations} == {
        OrganizationKind.COLLEGE,
        OrganizationKind.EMPLOYER,
    }


def test_errors_of_excel_and_long_texts_are_told(tmp_path):
    path = sheet(
        tmp_path / "x.csv",
        ("ФИО", "Место работы", "Должность", "Действует до", "Специальность"),
        ("Иванов Иван Ильич", "#Н/Д", "д" * 400, "бессрочно", "99.99.99"),
        ("#ССЫЛКА!", "ООО «Завод»", "мастер", "", ""),
    )
    content = content_of(path, specialties={"09.02.07"})
    assert [(found.place.row, found.reason) for found in content.findings] == [
        (2, "unknown_specialty"),
        (2, "error_cell"),
        (2, "too_long"),
        (3, "error_cell"),
    ]
    assert content.people[0].organizations == ()


def test_a_post_written_after_the_organization(tmp_path):
    path = sheet(
        tmp_path / "x.csv",
        ("Эксперт", "Место работы, должность"),
        ("Иванов Иван Ильич", "ООО «Завод», инженер"),
        ("Петров Пётр Ильич", "«Цех», АО"),
    )
    first, second = content_of(path).people
    assert (first.organizations[0].short, first.position) == ("ООО «Завод»", "инженер")
    assert (second.organizations[0].short, second.position) == ("АО «Цех»", "")


@pytest.mark.parametrize("title", [("Группа ИС-41", "", ""), ("Список студентов группы ИС-41",)])
def test_students_without_a_column_of_groups(tmp_path, title):
    header = ("№", "ФИО студента", "Специальность")
    student = (1, "Иванов Иван Иванович", "09.02.07")
    above, between = (title, header, student), (header, title, student)
    rows = above if len(title) == 1 else between
    content = content_of(sheet(tmp_path / "x.csv", *rows))
    assert [(row.name.last, row.group) for row in content.students] == [("Иванов", "ИС-41")]


def test_experts_spread_over_columns_or_numbered_in_one(tmp_path):
    header = ("Дата", "Группа", "КОД", "ГЭ", "Эксперт 1", "Эксперт 2", "Эксперт 3")
    row = ("10.06.2026", "ИС-41", "09.02.07-2-2026 БУ", "Белов А.А.", "Ким Б.Б.", "Жук В.В.", "")
    wide = content_of(sheet(tmp_path / "x.csv", header, row)).exams[0]
    assert [name.last for name in wide.experts] == ["Ким", "Жук"]
    row = (*row[:4], "1. Ким Б.Б. 2. Жук В.В.")
    dense = content_of(sheet(tmp_path / "y.csv", (*header[:4], "Эксперты"), row)).exams[0]
    assert dense.experts == wide.experts
    assert [name.last for name in dense.chief] == ["Белов"]


def test_a_header_that_the_user_chose(tmp_path):
    path = sheet(
        tmp_path / "x.csv",
        ("ФИО", "Место работы", "Телефон"),
        ("Иванов Иван Иванович", "ООО «Завод»", "8 900 111-22-33"),
        ("кто", "где", "куда звонить"),
        ("эксперт", "служит", ""),
        ("Петров Пётр Ильич", "ООО «Цех»", "8 900 111-22-44"),
    )
    content = content_of(path, headers={"csv": (3, 4)})
    assert [str(person.name) for person in content.people] == ["Петров Пётр Ильич"]
    assert content.people[0].phone == "+79001112244"
    assert content.people[0].place.row == 5
    bare = sheet(tmp_path / "y.csv", ("Петров Пётр Ильич", "ООО «Цех»", "8 900 111-22-44"))
    assert len(content_of(bare, headers={"csv": (0, 0)}).people) == 1
