"""Differences of plans in words, on paper and in a workbook."""

import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from conftest import EXAM_DAY, Builder
from pypdf import PdfReader
from sqlalchemy import select

from demoexam.models.exams import Assignment, ExamSession
from demoexam.rules.plan_differences import DifferenceKind
from demoexam.rules.terms import Role
from demoexam.services.papers.papers import package
from demoexam.services.season.plan_differences import (
    PRESENT,
    changes_pdf,
    compare_plans,
    outdated_plans,
    save_changes,
)
from demoexam.services.season.plan_versions import approve_plan
from demoexam.services.season.report import UnknownSeasonFormat

TODAY = date(2026, 3, 2)


@pytest.fixture
def plan(store):
    """An approved exam; gives its id and the version's."""
    with store.transaction("подготовка") as session:
        make = Builder(session)
        kit, room = make.kit(), make.workshop(None, "Сети")
        sitting = make.sitting(make.group(name="СА-41"), kit, room, head_count=9)
        make.assignment(sitting, make.expert("Ли Анна Ивановна", make.employer()), Role.CHIEF)
        version = approve_plan(session, name="План ГИА", year=2026)
        return sitting.id, version


def change(store, ident):
    with store.transaction("правка") as session:
        make = Builder(session)
        row = session.get_one(ExamSession, ident)
        row.starts_at, row.head_count = row.starts_at + timedelta(days=1), 10
        row.ends_at = row.ends_at + timedelta(days=1)
        row.preparation_day = EXAM_DAY
        session.scalars(select(Assignment)).one().deleted = True
        make.assignment(row, make.expert("Ким Олег Ильич", make.employer()), Role.CHIEF)
        make.sitting(make.group(name="СА-42"), day=date(2026, 6, 25), number=2)


def compare(store, version, **facts):
    with store.reading() as session:
        return compare_plans(session, version_id=version, today=TODAY, **facts)


def test_each_difference_is_told_in_words(store, plan):
    ident, version = plan
    change(store, ident)

    found = compare(store, version)

    told = {one.kind: (one.exam, one.before, one.after) for one in found.lines}
    assert told == {
        DifferenceKind.MOVED: (
            "СА-41",
            "18.06.2026, 09:00–12:30, С-1 17.06.2026",
            "19.06.2026, 09:00–12:30, С-1 18.06.2026",
        ),
        DifferenceKind.ADDED: (
            "СА-42, ЭГ 2", "нет в плане", "25.06.2026, 09:00–12:30, Разработка решений",
        ),
        DifferenceKind.EXPERTS: (
            "СА-41", "Ли\xa0А.\xa0И. (главный)", "Ким\xa0О.\xa0И. (главный)",
        ),
        DifferenceKind.NUMBERS: (
            "СА-41", "09.02.07-2-2026, 9 чел., ЭГ 1", "09.02.07-2-2026, 10 чел., ЭГ 1",
        ),
    }  # fmt: skip
    assert (found.before, found.after) == ("«План ГИА»", PRESENT)


def test_another_workshop_alone_is_told_alone(store, plan):
    ident, version = plan
    with store.transaction("мастерская") as session:
        room = Builder(session).workshop(None, "Большая")
        session.get_one(ExamSession, ident).workshop_id = room.id

    (told,) = compare(store, version).lines

    assert (told.before, told.after) == ("Сети", "Большая")


def test_two_versions_are_compared(store, plan):
    ident, version = plan
    change(store, ident)
    with store.transaction("вторая") as session:
        other = approve_plan(session, name="Вторая", year=2026)

    assert compare(store, version, other_id=other).after == "«Вторая»"
    assert len(compare(store, version, other_id=other).lines) == 4
    assert compare(store, other).lines == []


def test_the_changes_are_printed_in_landscape(store, plan):
    ident, version = plan
    change(store, ident)

    pages = PdfReader(io.BytesIO(changes_pdf(compare(store, version)))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())

    assert pages[0].mediabox.width > pages[0].mediabox.height
    assert "Перенесены: 1" in text
    assert "Ким О. И. (главный)" in text
    assert "Изменений нет" not in text


def test_a_plan_without_changes_says_so(store, plan):
    pages = PdfReader(io.BytesIO(changes_pdf(compare(store, plan[1])))).pages

    assert "Изменений нет." in pages[0].extract_text()


def test_the_changes_as_a_workbook(store, plan, tmp_path):
    ident, version = plan
    change(store, ident)

    path = save_changes(compare(store, version), tmp_path / "изменения.xlsx")

    sheet = openpyxl.load_workbook(path).active
    head = next(n for n, row in enumerate(sheet.values, 1) if row[0] == "Изменение")
    assert sheet.auto_filter.ref.startswith(f"A{head}")
    assert [row[0] for row in sheet.iter_rows(min_row=head + 1, values_only=True)] == [
        "Перенесены", "Добавлены", "Другие эксперты", "Другой комплект или число участников"
    ]  # fmt: skip
    with pytest.raises(UnknownSeasonFormat):
        save_changes(compare(store, version), tmp_path / "изменения.doc")


def test_a_printed_plan_that_holds_no_more_is_told(store):
    with store.transaction("печать") as session:
        sitting = Builder(session).staffed_sitting()
        ident = sitting.id
        package(session, session_id=ident, forms=["3.2", "3.9"], at=datetime(2026, 5, 20, 10))
    with store.reading() as session:
        assert outdated_plans(session, year=2026) == []

    with store.transaction("перенос") as session:
        row = session.get_one(ExamSession, ident)
        row.starts_at, row.ends_at = datetime(2026, 6, 25, 9), datetime(2026, 6, 25, 13)

    with store.reading() as session:
        (told,) = outdated_plans(session, year=2026)
    assert (told.session_id, told.code) == (ident, "3.2")
