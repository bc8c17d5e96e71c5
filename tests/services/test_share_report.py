"""The share report: three files, one set of figures."""

import csv
import io
import re
from datetime import date, datetime
from fractions import Fraction

import openpyxl
import pytest
from conftest import Builder
from pypdf import PdfReader
from sqlalchemy import select

from demoexam.models.reference import Coordinator, PrintedDocument
from demoexam.rules.terms import OrganizationKind, Role
from demoexam.services.college.college import change_setting, store_setting
from demoexam.services.papers.papers import register_papers
from demoexam.services.share.report import (
    UnknownReportFormat,
    report_paper,
    report_pdf,
    save_report,
    share_report,
)
from demoexam.text import rounded

TODAY = date(2026, 10, 30)
YEAR_ROW = re.compile(
    r"(?<!\d)(20\d\d) (\d+) (\d+) (нет данных|[\d,]+) (не установлена|\d+)\*? ([+−]?[\d,]+|—)"
)


@pytest.fixture
def season(store):
    """2022: 1 of 3; 2024: 2 of 3; 2026: 2 of 4 and one unknown; nothing in between."""
    with store.transaction("подготовка") as session:
        make = Builder(session)
        college = make.college(
            "ГБПОУ «ЗКС»",
            full_name="«Заречный колледж связи»",
            head_name="Рождественская Марина Аркадьевна",
            head_post="Директор",
        )
        store_setting(session, key="own_college", value=college.id)
        plant = make.organization(
            OrganizationKind.EMPLOYER, "ООО «Завод»", industry_id=make.industry("Связь").id
        )
        school = make.college("Другой колледж")
        group = make.group(make.college("Чужой колледж"))
        kit, workshop = make.kit(), make.workshop()
        contacts = {"phone": "+7 999 000-00-01", "email": "li@example.org"}
        people = [
            make.expert("Ли Анна Ивановна", plant, **contacts),
            make.expert("Ёлкин Пётр Ильич", school),
            make.expert("Яшин Олег Ильич", school),
            make.expert("Бойко Ирина Львовна", plant),
            make.expert("Неизвестный Иван Ильич"),
        ]
        for year, experts in ((2022, people[:3]), (2024, [*people[:2], people[3]]), (2026, people)):
            sitting = make.sitting(group, kit, workshop, day=date(year, 6, 4))
            for expert in experts:
                make.assignment(sitting, expert)
        make.assignment(sitting, make.expert("Техников Илья Ильич", plant), Role.TECHNICAL)
    return store


def report(store, **how):
    with store.reading() as session:
        return share_report(session, year=2026, today=TODAY, **how)


def of_workbook(path):
    sheet = openpyxl.load_workbook(path)["Доля по годам"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(at for at, row in enumerate(rows) if row[0] == "Год")
    return [tuple(row[:6]) for row in rows[start + 1 :]]


def of_csv(path):
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    start = next(at for at, row in enumerate(rows) if row[:1] == ["Год"])
    end = next(at for at, row in enumerate(rows) if at > start and not row)
    return [tuple(row[:6]) for row in rows[start + 1 : end]]


def of_pdf(path):
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
    table = text[text.index("Отклонение, п. п.") : text.index(" 0 20 40 60 80 100")]
    return YEAR_ROW.findall(table)


def plain(row):
    """Whatever kind of file a row comes from: exact numbers, None for what is not known."""
    return [None if value in UNKNOWN else Fraction(as_ascii(value)) for value in row]


UNKNOWN = (None, "", "нет данных", "не установлена", "—")


def as_ascii(value):
    return str(value).replace(",", ".").replace("−", "-").lstrip("+")


def test_the_three_files_agree_to_the_last_digit(season, tmp_path):
    made = report(season)
    book, text, paper = (
        save_report(made, tmp_path / f"доля{suffix}") for suffix in (".xlsx", ".csv", ".pdf")
    )
    expected = [
        [
            one.year,
            one.experts,
            one.employers,
            None if one.share is None else Fraction(rounded(one.share * 100)),
            one.target,
            None if one.share is None else Fraction(rounded(one.share * 100 - one.target)),
        ]
        for one in made.years
    ]
    assert [plain(row) for row in of_workbook(book)] == expected
    assert [plain(row) for row in of_csv(text)] == expected
    assert [plain(row) for row in of_pdf(paper)] == expected


def test_the_figures(season):
    years = {one.year: one for one in report(season).years}
    assert list(years) == [2022, 2023, 2024, 2025, 2026]
    assert (years[2022].employers, years[2022].experts) == (1, 3)
    assert (years[2026].employers, years[2026].experts, years[2026].unknown) == (2, 4, 1)
    assert years[2023].share is None
    assert (years[2026].target, years[2026].carried_from) == (70, 2024)
    assert years[2024].carried_from is None


def test_everybody_behind_the_number_is_listed(season, tmp_path):
    made = report(season)
    assert [one.name for one in made.people] == [
        "Бойко Ирина Львовна", "Ли Анна Ивановна", "Ёлкин Пётр Ильич", "Яшин Олег Ильич",
        "Неизвестный Иван Ильич",
    ]  # fmt: skip
    book = openpyxl.load_workbook(save_report(made, tmp_path / "доля.xlsx"))["Эксперты"]
    rows = [[cell.value for cell in row] for row in book.iter_rows()]
    listed = [row for row in rows if isinstance(row[0], int)]
    assert [row[1] for row in listed] == [one.name for one in made.people]
    assert listed[1][2:6] == ["ООО «Завод»", "инженер", "Связь", 1]
    paper = "".join(page.extract_text() for page in PdfReader(io.BytesIO(report_pdf(made))).pages)
    squeezed = "".join(paper.split())
    assert all(one.name.replace(" ", "") in squeezed for one in made.people)
    assert "Техников" not in paper


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".pdf"])
def test_contacts_can_be_left_out(season, tmp_path, suffix):
    def words(**how):
        path = save_report(report(season, **how), tmp_path / f"доля{suffix}")
        if suffix == ".csv":
            return path.read_text("utf-8-sig")
        if suffix == ".pdf":
            return "".join(page.extract_text() for page in PdfReader(path).pages)
        sheets = openpyxl.load_workbook(path)
        return " ".join(str(c.value) for sheet in sheets for row in sheet.iter_rows() for c in row)

    without = words(contacts=False)
    assert "Ли Анна" in without
    assert "999 000" not in without
    assert "example.org" not in without
    assert ("999 000" in words()) == (suffix != ".pdf")


def test_no_cell_of_the_text_can_be_a_formula(season, tmp_path):
    with season.transaction("подготовка") as session:
        make = Builder(session)
        evil = make.organization(OrganizationKind.EMPLOYER, '=HYPERLINK("http://x")', inn=None)
        expert = make.expert("@SUM(A1) -Иван", evil, phone="+7 999 1", email="=1+1")
        make.assignment(make.sitting(day=date(2026, 5, 20)), expert)
    made = report(season)
    text = save_report(made, tmp_path / "доля.csv").read_text("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r") and cell] == []
    assert '\'=HYPERLINK("http://x")' in cells
    for sheet in openpyxl.load_workbook(save_report(made, tmp_path / "доля.xlsx")):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_paper_is_signed_and_explains_itself(season):
    with season.transaction("подготовка") as session:
        session.add(Coordinator(name="Сафина Гузель Маратовна", login="safina"))
    text = " ".join(report_form_text(report(season)).split())
    for words in (
        "«Заречный колледж связи»", "(ГБПОУ «ЗКС»)", "Г. М. Сафина", "М. А. Рождественская",
        "1 января – 31 декабря 2026 г.", "30 октября 2026 г.", "по людям",
        "место работы на дату последнего экзамена года", "главные эксперты учтены",
        "До цели нужно привлечь ещё 3 экспертов", "Не учтены в доле: 1 эксперт",
        "взята последняя известная, 2024 года", "Доля: 50,0 %",
    ):  # fmt: skip
        assert words in text


def report_form_text(made):
    pages = PdfReader(io.BytesIO(report_pdf(made))).pages
    return " ".join(page.extract_text().replace("\u00a0", " ") for page in pages)


@pytest.mark.parametrize(
    ("method", "words"),
    [("assignments", "по назначениям"), ("roster", "действующие эксперты реестра на 30.10.2026")],
)
def test_the_college_chooses_how_to_count(season, tmp_path, method, words):
    with season.transaction("настройка") as session:
        change_setting(session, key="share_count", value=method)
    made = report(season)
    assert words in made.method
    employers = sum(one.units for one in made.people if one.side == "employer")
    assert employers == made.figure.employers
    known = sum(one.units for one in made.people if one.side != "unknown")
    assert known == made.figure.experts
    assert [plain(row) for row in of_pdf(save_report(made, tmp_path / "a.pdf"))] == [
        plain(row) for row in of_csv(save_report(made, tmp_path / "a.csv"))
    ]


def test_an_empty_store_reports_no_data(store, tmp_path):
    made = report(store)
    assert made.figure.share is None
    assert of_pdf(save_report(made, tmp_path / "a.pdf"))[-1][3] == "нет данных"
    assert of_csv(save_report(made, tmp_path / "a.csv"))[-1][3] == ""


def test_equal_reports_give_equal_bytes(season, tmp_path):
    for suffix in (".xlsx", ".csv", ".pdf"):
        one, two = (
            save_report(report(season), tmp_path / f"{name}{suffix}").read_bytes() for name in "ab"
        )
        assert one == two


def test_an_unknown_kind_of_file_is_refused(season, tmp_path):
    with pytest.raises(UnknownReportFormat) as refused:
        save_report(report(season), tmp_path / "доля.docx")
    assert ".xlsx, .pdf или .csv" in refused.value.hint
    assert list(tmp_path.glob("доля*")) == []


def test_the_sheet_is_recorded_for_its_year(season):
    with season.transaction("печать") as session:
        paper = report_paper(report(season))
        register_papers(session, papers=[paper], at=datetime(2026, 10, 30, 12))
    with season.reading() as session:
        row = session.scalars(select(PrintedDocument)).one()
        assert (row.kind, row.period, row.number) == ("3.20", "2026", "20/2026")
