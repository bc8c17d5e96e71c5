"""What stands around the cells speaks too: headings, kinds of organizations, other tables."""

from typing import Any

import pytest
import xlsxwriter
from import_truth import TODAY

from demoexam.exchange.cells import Book, Line, Sheet
from demoexam.exchange.failures import TableNotFound
from demoexam.exchange.reading import read_book
from demoexam.exchange.recognition import recognise, tables_in
from demoexam.exchange.values import FileContent
from demoexam.exchange.vocabulary import Kind
from demoexam.rules.terms import OrganizationKind

ONE, OTHER = "Иванов Иван Иванович", "Петров Пётр Ильич"


def page(*rows: tuple[Any, ...], name: str = "Лист1", hidden: bool = False) -> Sheet:
    width = max(len(row) for row in rows)
    padded = (row + (None,) * (width - len(row)) for row in rows)
    return Sheet(name, tuple(Line(n, row) for n, row in enumerate(padded, 1)), hidden)


def read(*rows: tuple[Any, ...], name: str = "Лист1") -> FileContent:
    return recognise(Book("список.xlsx", (page(*rows, name=name),)), today=TODAY)


def test_headings_of_two_levels_tell_role_and_organization():
    content = read(
        ("№", "ФИО", "Должность", "Телефон"),
        ("Главные эксперты",),
        ("Эксперты ООО «Ромашка»",),
        (1, ONE, "мастер", "89001112233"),
        ("АО «Цех»",),
        (2, OTHER, "инженер", "89001112244"),
        ("Линейные эксперты:",),
        (3, "Орлова Нина Ильинична", "инженер", "89001112255"),
    )
    told = [
        (person.role, *(name.short for name in person.organizations)) for person in content.people
    ]
    assert told == [
        ("главный эксперт", "ООО «Ромашка»"),
        ("главный эксперт", "АО «Цех»"),
        ("линейный эксперт",),
    ]


def test_headings_put_people_on_a_side_and_name_what_they_assess():
    content = read(
        ("ФИО", "Организация"),
        ("Представители работодателей",),
        ("09.02.07 Информационные системы",),
        (ONE, "Прогресс"),
        ("Преподаватели колледжа",),
        (OTHER, "Вектор"),
    )
    first, second = content.people
    assert (first.says_employer, second.says_employer) == (True, False)
    assert (first.competences, second.competences) == (("09.02.07",), ())
    assert content.organizations[0].kind is OrganizationKind.EMPLOYER


def test_a_column_tells_the_kind_of_an_organization_and_may_contradict():
    content = read(
        ("ФИО", "Организация", "Тип организации"),
        (ONE, "Прогресс", "предприятие"),
        (OTHER, "ГБПОУ «Колледж связи»", "работодатель"),
        ("Орлова Нина Ильинична", "Вектор", "ПОО"),
    )
    kinds = {each.name.core: each.kind for each in content.organizations}
    assert kinds == {
        "Прогресс": OrganizationKind.EMPLOYER,
        "Колледж связи": OrganizationKind.COLLEGE,
        "Вектор": OrganizationKind.COLLEGE,
    }
    assert [(found.place.row, found.reason) for found in content.findings] == [
        (3, "flag_contradiction")
    ]


def test_the_legal_form_may_have_its_own_column():
    content = read(("ФИО", "ОПФ", "Название организации"), (ONE, "ООО", "Ромашка"))
    assert content.people[0].organizations[0].short == "ООО «Ромашка»"


def test_several_tables_on_one_sheet_each_by_its_own_header():
    book = Book(
        "всё.xlsx",
        (
            page(
                ("Эксперты",),
                ("ФИО", "Место работы", "Тел."),
                (ONE, "ООО «Завод»", "89001112233"),
                (),
                ("Мастерские колледжа",),
                ("Мастерская", "Каб.", "Рабочих мест"),
                ("Сварочная", "12", 8),
            ),
        ),
    )
    tables = tables_in(book)
    assert [(table.kind, table.key, table.header_rows) for table in tables] == [
        (Kind.ROSTER, "Лист1", (2, 2)),
        (Kind.WORKSHOPS, "Лист1!6:0", (6, 6)),
    ]
    content = recognise(book, today=TODAY)
    assert len(content.people) == 1
    assert content.workshops[0].room == "12"
    assert not content.findings


def test_hidden_sheets_are_named_and_left_alone():
    seen, unseen = (
        page(("ФИО", "Место работы"), (ONE, "ООО «Завод»")),
        page(("ФИО", "Место работы"), (OTHER, "ООО «Завод»"), name="архив", hidden=True),
    )
    content = recognise(Book("x.xlsx", (seen, unseen)), today=TODAY)
    assert [str(person.name) for person in content.people] == [ONE]
    assert content.hidden_sheets == ("архив",)


@pytest.mark.parametrize("title", ["Причина", "ПРИЧИНА"])
def test_the_column_of_reasons_is_never_read(title):
    content = read(
        ("ФИО", "Место работы", "Телефон", title),
        (ONE, "ООО «Завод»", "89001112233", "Сидоров Семён Ильич"),
    )
    assert str(content.people[0].name) == ONE
    table = tables_in(
        Book("x", (page(("ФИО", "Место работы", title), (ONE, "АО «Цех»", "нет имени")),))
    )
    assert 2 not in table[0].columns.values()


@pytest.mark.parametrize(
    "cell",
    [
        "ГЭ: Иванов И. И.\nТЭ: Петров П. П.\nЭксперты: Белов А. А., Громов Б. Б.",
        "Иванов И.И. (главный эксперт); Петров П.П. (технический эксперт); Белов А.А.; Громов Б.Б.",
        (
            "Главный эксперт – Иванов И. И.; технический эксперт – Петров П. П.; "
            "эксперты: Белов А. А., Громов Б. Б."
        ),
    ],
)
def test_one_cell_tells_the_whole_expert_group(cell):
    content = read(
        ("Дата", "Группа", "КОД", "Состав экспертной группы"),
        ("04.06.2026", "ИС-41", "КОД 09.02.07-2-2026 БУ", cell),
    )
    exam = content.exams[0]
    assert [name.last for name in exam.chief] == ["Иванов"]
    assert [name.last for name in exam.technical] == ["Петров"]
    assert [name.last for name in exam.experts] == ["Белов", "Громов"]


def test_errors_and_formulas_without_a_result_are_told(tmp_path):
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        people = book.add_worksheet("Эксперты")
        people.write_row(0, 0, ["ФИО", "Место работы", "Телефон"])
        people.write_formula(1, 0, '=CONCATENATE("Иванов"," ","Иван")', None, "")
        people.write_row(2, 0, [ONE])
        people.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        people.write_formula(3, 0, '=CONCATENATE("Орлов"," ","Олег")', None, "Орлов Олег")
    content = recognise(read_book(path), today=TODAY)
    assert [(found.place.row, found.reason, found.level) for found in content.findings] == [
        (2, "formula_cell", "row"),
        (3, "error_cell", "field"),
    ]
    assert [str(person.name) for person in content.people] == [ONE, "Орлов Олег"]


@pytest.mark.parametrize(
    "rows",
    [
        (("Инв. номер", "Наименование", "Кабинет", "Год"), ("1001", "Станок", "12", 2010)),
        (("№", "Наименование", "Ед. изм.", "Кол-во", "Цена"), (1, "Бумага", "пачка", 10, 350.0)),
        (("Предмет", "Оценка"), ("Физика", 5), ("Химия", 4)),
    ],
)
def test_tables_about_other_things_are_not_read(rows):
    with pytest.raises(TableNotFound):
        read(*rows)
