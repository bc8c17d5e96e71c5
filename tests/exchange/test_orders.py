"""Orders in paragraphs: whoever is named, with a role, a post and an organization."""

import pytest
from import_truth import TODAY

from demoexam.exchange.oblique_names import nominative, nominative_post
from demoexam.exchange.orders import Paragraph, people_told
from demoexam.exchange.reading import read_book
from demoexam.exchange.recognition import recognise

COLLEGE = "ГБПОУ «Энский колледж»"


def people(text: str) -> list[tuple[object, ...]]:
    sheets = people_told([Paragraph(line) for line in text.split("\n")])
    return [
        line.cells[:4]
        for sheet in sheets
        for line in sheet.lines
        if len(line.cells) > 1 and line.cells[0] not in (None, "ФИО")
    ]


@pytest.mark.parametrize(
    "item",
    [
        "1. Иванов Иван Иванович, методист ГБПОУ «Энский колледж», эксперт;",
        "1) Иванов Иван Иванович – методист ГБПОУ «Энский колледж» (эксперт)",
        "- Иванов Иван Иванович; эксперт; методист; ГБПОУ «Энский колледж».",
        "1.2. эксперт Иванов Иван Иванович — ГБПОУ «Энский колледж», методист",
        "Эксперт: Иванов Иван Иванович, методист, ГБПОУ «Энский колледж»",
        "1\tИванов Иван Иванович\tэксперт\tметодист\tГБПОУ «Энский колледж»",
        "Назначить экспертом Иванова Ивана Ивановича, методиста ГБПОУ «Энский колледж».",
        "Иванова Ивана Ивановича, методиста ГБПОУ «Энский колледж», назначить экспертом.",
        "Члены комиссии:\nИванов Иван Иванович\nметодист\nГБПОУ «Энский колледж»",
    ],
)
def test_one_person_in_many_wordings(item):
    assert people(item) == [("Иванов Иван Иванович", "эксперт", "методист", COLLEGE)]


def test_headings_give_roles_and_clauses_end_them():
    told = people(
        "Утвердить состав:\nГлавный эксперт:\nИванов И. И.\nЧлены экспертной группы:\n"
        "Ким А. А., технолог ООО «Хлеб»\n2. Контроль за исполнением возложить на Попову О. О.\n"
        "Директор С. С. Белов\nОзнакомлены:\nИванов Иван Иванович"
    )
    assert told == [
        ("Иванов И. И.", "главный эксперт", "", ""),
        ("Ким А. А.", "эксперт", "технолог", "ООО «Хлеб»"),
    ]


def test_several_people_in_a_line_are_parted_and_lines_counted():
    sheet = people_told(
        [Paragraph("Эксперты: Иванов И.И., Петров П.П. и Ким А.А."), Paragraph("2. Прочее.")]
    )[0]
    assert [(line.number, line.cells[:2]) for line in sheet.lines[1:4]] == [
        (1, ("Иванов И.И.", "эксперт")),
        (2, ("Петров П.П.", "эксперт")),
        (3, ("Ким А.А.", "эксперт")),
    ]


def test_several_roles_of_a_sentence():
    told = people(
        "Назначить: главным экспертом - Иванова Ивана Ивановича (ООО «Хлеб»), линейными экспертами"
        " - Петрову Анну Ильиничну, Кима Алексея Андреевича (АО «Сыр»), техническим экспертом"
        " Жука Олега Олеговича."
    )
    assert [(who, role) for who, role, *_ in told] == [
        ("Иванов Иван Иванович", "главный эксперт"),
        ("Петрова Анна Ильинична", "линейный эксперт"),
        ("Ким Алексей Андреевич", "линейный эксперт"),
        ("Жук Олег Олегович", "технический эксперт"),
    ]


def test_duties_are_laid_upon_somebody():
    told = people(
        "Поручить обязанности главного эксперта Иванову Ивану Ивановичу, инженеру ООО «Хлеб».\n"
        "Возложить обязанности технического эксперта на Кима Алексея Андреевича, зав. складом.\n"
        "Контроль возложить на Попову Ольгу Олеговну, заместителя директора."
    )
    assert told == [
        ("Иванов Иван Иванович", "главный эксперт", "инженер", "ООО «Хлеб»"),
        ("Ким Алексей Андреевич", "технический эксперт", "зав. складом", ""),
    ]


def test_a_board_with_its_chair_and_without_who_signed():
    told = people(
        "Утвердить состав комиссии:\nПредседатель ГЭК: Иванов Иван Иванович, директор ООО «Хлеб»\n"
        "Члены комиссии:\n- Белову Бэллу Борисовну, технолога АО «Сыр»;\n"
        "Секретарь: Жук Ольга Олеговна\nДиректор С.С. Белов"
    )
    assert told == [
        ("Иванов Иван Иванович", "", "директор", "ООО «Хлеб»"),
        ("Белова Бэлла Борисовна", "эксперт", "технолог", "АО «Сыр»"),
    ]


def test_a_birthday_and_a_certificate_are_no_post():
    sheets = people_told(
        [
            Paragraph("Включить в состав экспертной группы:"),
            Paragraph(
                "1. Иванова Ивана Ивановича, 12.03.1985 г.р., инженера АО «Сыр», свидетельство № 7"
            ),
        ]
    )
    assert sheets[0].lines[-1].cells == (
        "Иванов Иван Иванович", "эксперт", "инженер", "АО «Сыр»", "", "", "свидетельство № 7",
    )  # fmt: skip


def test_a_row_is_numbered_by_its_paragraph():
    texts = ("ПРИКАЗ", "", "Утвердить:", "1) Иванов Иван Иванович – инженер ООО «Завод»;")
    sheet = people_told([Paragraph(text) for text in texts])[0]
    assert (sheet.name, [line.number for line in sheet.lines]) == ("paragraphs", [1, 2, 3, 4])


def test_an_organization_above_its_people_stays_above_them():
    sheet = people_told(
        [Paragraph(text) for text in (f"{COLLEGE}:", "1. Иванов Иван Иванович, методист")]
    )[0]
    assert next(line.cells[-1] for line in sheet.lines[1:]) == COLLEGE


def test_students_are_told_from_experts():
    sheets = people_told(
        [
            Paragraph("1. Допустить студентов группы ИС-221:"),
            Paragraph("1) Орлов Олег Олегович"),
            Paragraph("2. Назначить экспертов:"),
            Paragraph("1) Иванов Иван Иванович, инженер ООО «Завод»"),
        ]
    )
    cells = [[line.cells for line in sheet.lines if len(line.cells) > 1] for sheet in sheets]
    assert ("Иванов Иван Иванович", "эксперт", "инженер", "ООО «Завод»", "", "", "") in cells[0]
    assert ("Орлов Олег Олегович", "ИС-221") in cells[1]


@pytest.mark.parametrize(
    "letter",
    [
        "Директору Иванову И. И.\nот Петрова Петра Петровича\nЗаявление\nПетров П. П.",
        "3. Иванову Ивану Ивановичу обеспечить готовность площадки.",
        "Директор Иванов Иван Иванович",
        "Исполнитель: Петрова Анна Павловна",
        "",
    ],
)
def test_who_is_only_mentioned_is_no_expert(letter):
    assert people(letter) == []


@pytest.mark.parametrize(
    ("declined", "plain"),
    [
        ("Иванова Ивана Ивановича", "Иванов Иван Иванович"),
        ("Горького Павла Ильича", "Горький Павел Ильич"),
        ("Соболя Льва Никитича", "Соболь Лев Никитич"),
        ("Ткача Игоря Олеговича", "Ткач Игорь Олегович"),
        ("Гайдая Сергея Юрьевича", "Гайдай Сергей Юрьевич"),
        ("Шевченко Никиту Олеговича", "Шевченко Никита Олегович"),
        ("Петрову-Водкину Марию Ильиничну", "Петрова-Водкина Мария Ильинична"),
        ("Зверскую Ольгу Павловну", "Зверская Ольга Павловна"),
        ("Ким Любовь Андреевну", "Ким Любовь Андреевна"),
        ("Орловой Анной Петровной", "Орлова Анна Петровна"),
    ],
)
def test_declined_names_are_put_right(declined, plain):
    last, first, middle = declined.split()
    assert nominative(last, first, middle) == tuple(plain.split())


def test_a_name_in_the_nominative_is_left_alone():
    assert nominative("Иванов", "Иван", "Иванович") is None
    assert nominative("Седова", "Анна", "Ильинична") is None


@pytest.mark.parametrize(
    ("declined", "plain"),
    [
        ("преподавателя", "преподаватель"),
        ("главного инженера завода", "главный инженер завода"),
        ("инженера-технолога", "инженер-технолог"),
        ("заведующего мастерской", "заведующий мастерской"),
        ("зам. директора по УПР", "зам. директора по УПР"),
    ],
)
def test_declined_posts_are_put_right(declined, plain):
    assert nominative_post(declined) == plain


ORDER = """ПРИКАЗ № 12
О назначении экспертов
1. Назначить главным экспертом Иванова Ивана Ивановича, инженера ООО «Хлеб».
2. Включить в состав экспертной группы:
1) Кима Алексея Андреевича, технолога АО «Сыр»;
2) Жука Олега Олеговича (ООО «Мир»).
Директор\t\tС.С. Белов
"""


@pytest.mark.parametrize(("suffix", "encoding"), [("txt", "cp1251"), ("csv", "utf-8-sig")])
def test_an_order_in_plain_text(tmp_path, suffix, encoding):
    path = tmp_path / f"приказ.{suffix}"
    path.write_text(ORDER, encoding=encoding)
    people = recognise(read_book(path), today=TODAY).people
    assert [(str(each.name), each.role, each.place.row) for each in people] == [
        ("Иванов Иван Иванович", "главный эксперт", 3),
        ("Ким Алексей Андреевич", "эксперт", 5),
        ("Жук Олег Олегович", "эксперт", 6),
    ]


def test_a_table_about_orders_is_still_a_table(tmp_path):
    path = tmp_path / "эксперты.csv"
    path.write_text(
        "Приложение к приказу\nФИО;Организация;Роль\nИванов Иван Иванович;ООО «Хлеб»;ГЭ\n"
    )
    (person,) = recognise(read_book(path), today=TODAY).people
    assert (person.organizations[0].short, person.place.row) == ("ООО «Хлеб»", 3)
