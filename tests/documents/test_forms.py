"""Every paper holds what it was given, inside the margins, in embedded fonts."""

from io import BytesIO

import pytest
from documents.geometry import ink_of, joined, squeezed
from documents.people import COLLEGE, LONG, NAMES, UNBROKEN, crowd, report, sheet
from pypdf import PdfReader

from demoexam.documents.catalogue import FORMS, SITTING_FORMS, lacking
from demoexam.documents.exam_filling import exam_filling
from demoexam.documents.exam_sheet import ExamSheet
from demoexam.documents.rendering import render, render_package
from demoexam.documents.share_sheet import share_filling
from demoexam.documents.template import fill

EDGE = 0.6  # points: half of a line's thickness and rounding
MM = 72 / 25.4
LEFT, ARCHIVE_LEFT, RIGHT, TOP, BOTTOM = 20 * MM, 30 * MM, 10 * MM, 20 * MM, 20 * MM
FOOTER = 17.1 * MM  # the top of the QR code: below it is the footer, above it the body


def form(code, exam):
    return fill(FORMS[code], exam_filling(exam, FORMS[code]))


def share_form(**fields):
    return fill(FORMS["3.20"], share_filling(report(**fields)))


@pytest.mark.parametrize("code", SITTING_FORMS)
def test_college_title_and_number_are_printed(code):
    made = form(code, sheet())
    text = joined(render(made))
    expected = [
        COLLEGE.founder, COLLEGE.legal_form, COLLEGE.name, COLLEGE.short, COLLEGE.city,
        FORMS[code].kind, made.title, made.number, f"форма ДЭ-{code}",
    ]  # fmt: skip
    assert [one for one in expected if squeezed(one) not in text] == []
    assert made.number == f"14-{int(code.split('.')[1]):02}/2026"


@pytest.mark.parametrize("code", [code for code in SITTING_FORMS if FORMS[code].by_day])
def test_particulars_of_the_exam_are_printed(code):
    text = joined(render(form(code, sheet())))
    expected = [
        "Информационные системы и программирование", "КОД 09.02.07-2-2026",
        "ГИА, профильный (ПУ)", "каб. 214", "ул. Учебная, д. 12", "ЭГ-1", "ИСП-41",
        "1 (09:00–13:00)", "18 июня 2026 г.", "Р. И. Ахметшин",
    ]  # fmt: skip
    assert [one for one in expected if squeezed(one) not in text] == []


@pytest.mark.parametrize("code", ["3.7", "3.8", "3.9", "3.10", "3.11"])
def test_every_participant_is_printed(code):
    text = joined(render(form(code, sheet())))
    assert [name for name in NAMES if squeezed(name) not in text] == []


@pytest.mark.parametrize("code", ["3.5", "3.6"])
def test_every_expert_is_printed_with_the_organization(code):
    text = joined(render(form(code, sheet())))
    for name in ("Ли Анна", "АО «Связьинформ»", "Щёголев Артём Юрьевич", "ПАО «Заречный завод»"):
        assert squeezed(name) in text


def test_registration_lists_everybody_let_in():
    text = joined(render(form("3.6", sheet())))
    for name in ("Ахметшин Руслан Ильдарович", "Дроздов Илья Максимович", "Хабибуллина Лилия"):
        assert squeezed(name) in text


def test_protocol_holds_every_number():
    exam = sheet()
    text = joined(render(form("3.11", exam)))
    for one in exam.participants:
        for points in (*one.points.values(), one.result.total):
            assert f"{points // 100},{points % 100:02}" in text
    assert "«3»:20,00–39,99%" in text
    assert "Итогоиз75" in text


def test_protocol_of_an_absentee_has_dashes_and_no_points():
    exam = sheet()
    absent = [*exam.participants]
    absent[0] = type(absent[0])(absent[0].name, workplace=7, attended=False)
    text = joined(render(form("3.11", sheet(participants=absent))))
    assert "7неявка——————" in text


def test_protocol_turns_to_landscape_from_five_modules():
    upright, lying = (ink_of(render(form("3.11", sheet(modules=count))))[0] for count in (4, 5))
    assert upright[0] < upright[1]
    assert lying[0] > lying[1]


def test_draw_prints_its_seed_or_room_for_writing():
    drawn = joined(render(form("3.9", sheet())))
    assert "Зерно:7F3A-91C4" in drawn
    assert "5AA578C55E23F135" in drawn
    by_hand = joined(render(form("3.9", sheet(draw=None))))
    assert "Зерно" not in by_hand
    assert "Способслучайнойвыборки" in by_hand


def test_share_sheet_holds_years_experts_and_remarks():
    text = joined(render(share_form()))
    for words in (
        "2022 11 5 45,5 50 −4,5", "2023 0 0 нет данных 60 —", "2024 13 9 69,2 70 −0,8",
        "2025 14 9 64,3 70* −5,7", "Ли Анна", "Терещенко Олег Викторович",
        "Не учтены в доле: 2 эксперта", "Цель на 2025 год не установлена",
        "До цели нужно заменить 1 эксперта.", "Доля: 64,3 %", "Г. М. Сафина", "Директор",
    ):  # fmt: skip
        assert squeezed(words) in text


@pytest.mark.parametrize("count", [25, 60])
@pytest.mark.parametrize("code", ["3.8", "3.9", "3.11"])
def test_long_names_and_large_groups_stay_inside_the_margins(code, count):
    exam = sheet(crowd(count), planned=count)
    pdf = render(form(code, exam))
    assert_inside(pdf, form(code, exam))
    text = joined(pdf)
    assert text.count(squeezed(LONG)) == count // 2
    assert text.count(squeezed(UNBROKEN)) == count - count // 2


@pytest.mark.parametrize("code", SITTING_FORMS)
def test_every_form_stays_inside_the_margins(code):
    full, modules = form(code, sheet()), form(code, sheet(modules=9))
    empty = form(code, ExamSheet(COLLEGE, "15", sheet().exam_day, planned=25))
    for one in (full, modules, empty):
        assert_inside(render(one), one)


def test_share_sheet_stays_inside_the_margins():
    many = share_form(experts=report().experts * 40)
    assert_inside(render(many), many)


def assert_inside(pdf, made):
    left = ARCHIVE_LEFT if made.archive and not made.wide else LEFT
    for width, height, ink in ink_of(pdf):
        assert width > height if made.wide else width < height
        body = [one for one in ink if one.y0 > FOOTER and not is_page_number(one, height)]
        assert body
        assert [one for one in ink if one.x0 < left - EDGE or one.x1 > width - RIGHT + EDGE] == []
        assert [one for one in body if one.y0 < BOTTOM - EDGE or one.y1 > height - TOP + EDGE] == []


def is_page_number(one, height):
    """ГОСТ lets nothing else into the upper margin."""
    return one.what == "text" and abs(one.y0 - (height - 13 * MM)) < EDGE


@pytest.mark.parametrize("code", ["3.8", "3.9", "3.11"])
@pytest.mark.parametrize("count", range(9, 31, 3))
def test_no_signature_stands_alone(code, count):
    """The page with the signatures has the last two rows of the table above them."""
    names = [f"Участник{at} Иван" for at in range(1, count + 1)]
    pages = [
        page.extract_text() for page in PdfReader(BytesIO(render(form(code, sheet(names))))).pages
    ]
    assert "Р. И. Ахметшин" in pages[-1].replace("\u00a0", " ")
    for at in (count - 1, count):
        assert f"Участник{at} " in pages[-1].replace("\u00a0", " ")


def test_heading_is_repeated_on_every_page():
    pages = PdfReader(BytesIO(render(form("3.8", sheet(crowd(60)))))).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        text = squeezed(page.extract_text())
        assert "Фамилия,имя,отчество(приналичии)участника" in text
        assert (f"Страница{number}из{len(pages)}" in text) == (number > 1)
        assert f"лист{number}из{len(pages)}" in text


def test_blank_rows_wait_for_names():
    empty = ExamSheet(COLLEGE, "15", sheet().exam_day, planned=25)
    numbers = squeezed(PdfReader(BytesIO(render(form("3.8", empty)))).pages[0].extract_text())
    assert "12345678910" in numbers


def test_fonts_are_embedded():
    pdf = render_package(
        [*(form(code, sheet()) for code in SITTING_FORMS), share_form()], title="x"
    )
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            described = font.get_object()
            assert "LiberationSerif" in described["/BaseFont"]
            assert "/FontFile2" in described["/FontDescriptor"].get_object()


def test_equal_forms_give_equal_bytes():
    assert render(form("3.11", sheet())) == render(form("3.11", sheet()))
    assert render(share_form()) == render(share_form())
    assert render(form("3.11", sheet())) != render(form("3.11", sheet(number="15")))


def test_names_are_not_taken_for_markup():
    text = joined(render(form("3.8", sheet(["<b>О&#39;Коннор</b> Джон &amp;", "Ли {chief}"]))))
    assert "<b>О&#39;Коннор</b>Джон&amp;" in text
    assert "Ли{chief}" in text


def test_package_bookmarks_every_form_and_counts_its_pages():
    forms = [form(code, sheet(crowd(25))) for code in SITTING_FORMS]
    reader = PdfReader(BytesIO(render_package(forms, title="Пакет")))
    chapter, inside = reader.outline
    assert chapter.title.startswith("ЭГ-1, ИСП-41, 18.06.2026")
    assert [one.title.split()[0] for one in inside] == list(SITTING_FORMS)
    for one, made in zip(inside, forms, strict=True):
        first = reader.pages[reader.get_destination_page_number(one)]
        assert squeezed(made.kind) in squeezed(first.extract_text())
        alone = len(PdfReader(BytesIO(render(made))).pages)
        assert f"лист1из{alone}" in squeezed(first.extract_text())


def test_a_full_sheet_lacks_nothing_and_an_empty_one_says_what():
    empty = ExamSheet(COLLEGE, "15", sheet().exam_day, planned=25)
    for code in SITTING_FORMS:
        template = FORMS[code]
        assert lacking(template, exam_filling(sheet(), template)) == []
        assert lacking(template, exam_filling(empty, template)) == list(template.needs)
