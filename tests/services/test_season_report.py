"""The season's plan as papers and as a workbook."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from conftest import Builder
from pypdf import PdfReader

from demoexam.rules.terms import Role
from demoexam.services.season.report import (
    UnknownSeasonFormat,
    save_season,
    season_pdf,
    season_sheet,
)

TODAY = date(2026, 3, 2)


@pytest.fixture
def season(store):
    """Two workshops, three exams of which one has two days, and one without a date."""
    with store.transaction("подготовка") as session:
        make = Builder(session)
        college = make.college("Колледж сетей")
        kit = make.kit()
        nets, code = make.workshop(None, "Сети", room="101"), make.workshop(None, "Код", room="7")
        first = make.sitting(make.group(college, "СА-41"), kit, nets, head_count=9)
        make.sitting(first_group := make.group(college, "ИС-41"), kit, code, head_count=8)
        make.sitting(first_group, kit, code, at=14, head_count=7, number=2)
        make.sitting(
            make.group(college, "ИС-42"), kit, code, day=date(2026, 6, 22),
            second_day=date(2026, 6, 23), head_count=5,
        )  # fmt: skip
        make.sitting(make.group(college, "ИС-43"), kit, code, starts_at=None, ends_at=None)
        make.assignment(first, make.expert("Ли Анна Ивановна", make.employer()), Role.CHIEF)
    return store


def sheet(store, first=date(2026, 1, 1), last=date(2026, 12, 31)):
    with store.reading() as session:
        return season_sheet(session, first=first, last=last, today=TODAY)


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_plan_by_workshop(season):
    text = text_of(season_pdf(sheet(season)))

    assert text.index("Код, 7") < text.index("ИС-41, ЭГ 1") < text.index("ИС-42")
    assert text.index("ИС-42") < text.index("Сети, 101") < text.index("СА-41")
    assert "22.06.2026 и 23.06.2026" in " ".join(text.split())
    assert "Всего экзаменов: 4, участников: 29" in text
    assert "Без даты ещё 1 экзамен" in text
    assert "Ли А. И." in text


def test_the_plan_by_day_has_second_and_preparation_days(season):
    text = text_of(season_pdf(sheet(season), by_day=True))

    days = ["17 июня 2026 г., среда", "18 июня 2026 г., четверг", "21 июня", "22 июня", "23 июня"]
    places = [text.index(day) for day in days]
    assert places == sorted(places)
    assert "подготовка" in text[places[0] : places[1]]
    assert "2-й день" in text[places[4] :]


def test_a_range_holds_what_happens_in_it(season):
    found = sheet(season, date(2026, 6, 23), date(2026, 6, 30))

    assert [one.group for one in found.exams] == ["ИС-42"]
    assert found.period == "23.06.2026 – 30.06.2026"
    assert sheet(season).period == "2026 год"


def test_the_workbook_has_typed_columns_a_filter_and_a_frozen_head(season, tmp_path):
    path = save_season(sheet(season), tmp_path / "план.xlsx")

    book = openpyxl.load_workbook(path).active
    rows = list(book.iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if row[0] == "День")
    assert book.freeze_panes == f"A{head + 2}"
    assert book.auto_filter.ref.startswith(f"A{head + 1}")
    first = dict(zip(rows[head], rows[head + 1], strict=True))
    assert first["День"] == datetime(2026, 6, 18)
    assert first["Человек"] in {8, 9}
    assert len(rows) == head + 5
    assert season_pdf(sheet(season)) == season_pdf(sheet(season))


def test_other_files_are_refused(season, tmp_path):
    assert save_season(sheet(season), tmp_path / "план.pdf", by_day=True).stat().st_size > 1000
    with pytest.raises(UnknownSeasonFormat):
        save_season(sheet(season), tmp_path / "план.txt")


def test_an_empty_season_prints_too(store):
    assert "Всего экзаменов: 0" in text_of(season_pdf(sheet(store)))
