"""Whole lists as files: loaded again they change nothing, and what is text stays text."""

import csv
from datetime import date

import openpyxl
import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.errors import FileLocked
from demoexam.exchange.files_out import FolderMissing
from demoexam.exchange.reading import read_book
from demoexam.exchange.recognition import tables_in
from demoexam.exchange.vocabulary import Kind
from demoexam.models.exams import ExamSession
from demoexam.models.groups import Examinee
from demoexam.models.people import Expert
from demoexam.progress import Cancelled, Progress
from demoexam.rules.terms import ExamLevel, Role
from demoexam.services.college.college import change_setting
from demoexam.services.exports.table_export import ORGANIZATIONS, exported, save_table, students_of
from demoexam.services.imports.imports import preview, read_content
from demoexam.services.imports.plan import Status

TODAY = date(2026, 6, 1)


@pytest.fixture
def session(store):
    with store.transaction("данные теста") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


@pytest.fixture
def college(make, session):
    """A college with everything that a file can hold, and names that are hard to carry."""
    college = make.college("ГБПОУ «Колледж связи»", legal_form="ГБПОУ")
    plant = make.employer("ООО «Заря»", industry_id=make.industry().id, legal_form="ООО")
    known = make.expert(
        "Семёнов Пётр Фёдорович", plant, phone="+79991234567", email="a@b.ru", note="=1+1"
    )
    make.competence(known, roles=[Role.CHIEF, Role.SCORING])
    make.competence(known, "08.02.01", roles=[Role.CHIEF, Role.SCORING])
    twice = make.expert("Ли Анна", college, certified_until=None)
    make.employment(twice, plant, is_main=False)
    make.expert("Фомин Олег Юрьевич", certified=False, consent_on=None)
    group = make.group(college, examinees=3, head_count=4)
    make.examinee(group, "Ёлкин Пётр Львович", needs_assistant=True)
    workshop = make.workshop(college, accredited_until=date(2027, 1, 2), note="09.02.07, 08.02.01")
    kit = make.kit()
    make.kit("08.02.01-1-2026", ExamLevel.BASIC, staffing=((1, None, 3, None),), minutes=90)
    sitting = make.sitting(group, kit, workshop)
    make.assignment(sitting, known, Role.CHIEF)
    make.assignment(sitting, twice)
    change_setting(session, key="own_college", value=college.id)
    return college


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.usefixtures("college")
def test_a_file_loaded_again_changes_nothing(session, kind, suffix, tmp_path):
    table = exported(session, kind, today=TODAY)
    path = save_table(tmp_path / f"список{suffix}", table)
    assert {found.kind for found in tables_in(read_book(path))} == {kind}
    plan = preview(session, read_content(session, path, today=TODAY), today=TODAY)
    assert len(plan.rows) == len(table.rows) > 0
    assert [(row.title, row.changes) for row in plan.rows if row.changes] == []
    assert {row.status for row in plan.rows} <= {Status.SAME, Status.DUPLICATE}
    assert not plan.changes_anything


def test_the_roster_tells_everything_and_codes_stay_text(session, college, tmp_path):
    path = save_table(tmp_path / "эксперты.xlsx", exported(session, Kind.ROSTER, today=TODAY))
    sheet = openpyxl.load_workbook(path).active
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=3))
    told = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    known = told["Семёнов"]
    assert known["Компетенции"] == "09.02.07, 08.02.01"
    assert known["Роль"] == "главный эксперт"
    assert known["Телефон"] == "+79991234567"
    assert known["Номер свидетельства"].startswith("0")
    assert known["Представитель работодателя"] == "да"
    assert known["Примечание"] == "=1+1"
    assert told["Ли"]["Место работы"] == "ГБПОУ «Колледж связи»; ООО «Заря» (по совместительству)"
    assert told["Ли"]["Действует до"] == "бессрочно"
    assert told["Фомин"]["Согласие на обработку ПДн"] == "нет"
    assert {cell.data_type for row in sheet.iter_rows(min_row=4) for cell in row} <= {"s", "n", "d"}
    assert sheet.auto_filter.ref
    assert sheet.freeze_panes == "A4"


@pytest.mark.parametrize("kind", [Kind.ROSTER, ORGANIZATIONS])
def test_contacts_can_be_left_out(session, college, kind):
    full, bare = (exported(session, kind, contacts=contacts) for contacts in (True, False))
    gone = {one.title for one in full.columns} - {one.title for one in bare.columns}
    assert {"Телефон", "Электронная почта"} <= gone
    told = " ".join(str(cell) for row in bare.rows for cell in row)
    assert "99912345" not in told
    assert "@" not in told


def test_all_roles_of_an_expert_come_back(session, make, college, tmp_path):
    every = make.expert("Яшин Ян Янович", college)
    skill = make.competence(every)  # chief, scoring and technical
    table = exported(session, Kind.ROSTER, numbers=[every.n], today=TODAY)
    assert table.rows[0][10] == "главный эксперт, технический эксперт"
    path = save_table(tmp_path / "эксперты.xlsx", table)
    skill.roles = []
    session.flush()
    plan = preview(session, read_content(session, path, today=TODAY), today=TODAY)
    (change,) = plan.rows[0].changes
    assert {*change.new} == {*Role}


def test_chosen_records_come_in_the_order_chosen(session, college):
    numbers = list(session.scalars(select(Expert.n).order_by(Expert.skey)))
    table = exported(session, Kind.ROSTER, numbers=[numbers[2], numbers[0]])
    assert [row[0] for row in table.rows] == ["Фомин", "Ли"]
    assert exported(session, Kind.ROSTER, numbers=[]).rows == []


def test_students_of_groups_come_group_by_group(session, make, college):
    other = make.group(college, "АБ-1", year=2027)
    make.examinee(other, "Абаев Ян Янович")
    make.examinee(other, "Бабаев Ян Янович", deleted=True)
    first = session.scalars(select(Examinee.group_id)).first()
    groups = [other.n, next(one.n for one in session.query(type(other)) if one.id == first)]
    table = exported(session, Kind.STUDENTS, numbers=students_of(session, groups))
    assert [row[3] for row in table.rows] == ["АБ-1", "ИС-41", "ИС-41", "ИС-41", "ИС-41"]
    assert table.heading == ["Студенты"]  # of two years: a load must take neither of them


def test_the_year_that_all_students_share_is_in_the_heading(session, college):
    assert exported(session, Kind.STUDENTS).heading == ["Студенты выпуска 2026 года"]


def test_a_sitting_without_a_day_and_a_held_one_are_told(session, make, college):
    make.sitting(starts_at=None, ends_at=None, workshop_id=None)
    sitting = session.scalars(select(ExamSession)).first()
    sitting.held = True
    session.flush()
    numbers = list(session.scalars(select(ExamSession.n).order_by(ExamSession.n)))
    rows = exported(session, Kind.SCHEDULE, numbers=numbers).rows
    assert rows[0][-1] == "отложен"
    assert rows[1][0] is None


def test_a_text_table_opens_in_a_russian_spreadsheet(session, college, tmp_path):
    path = save_table(tmp_path / "эксперты.CSV", exported(session, Kind.ROSTER))
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0][:3] == ["Фамилия", "Имя", "Отчество"]
    assert all(not cell.startswith(tuple("=+-@")) for row in rows for cell in row)


def test_a_file_open_elsewhere_is_named_and_left_as_it_was(session, college, tmp_path, monkeypatch):
    path = tmp_path / "эксперты.xlsx"
    path.write_bytes(b"old")

    def refuse(*_):
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(FileLocked, match="открыт в другой программе"):
        save_table(path, exported(session, Kind.ROSTER))
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".tmp"] == []


def test_a_missing_folder_is_named(session, college, tmp_path):
    with pytest.raises(FolderMissing):
        save_table(tmp_path / "нет" / "эксперты.xlsx", exported(session, Kind.ROSTER))


def test_a_cancelled_export_writes_nothing(session, college, tmp_path):
    progress, table = Progress(), exported(session, Kind.ROSTER)
    progress.cancel()
    with pytest.raises(Cancelled):
        exported(session, Kind.ROSTER, progress=progress)
    with pytest.raises(Cancelled):
        save_table(tmp_path / "эксперты.xlsx", table, progress=progress)
    assert list(tmp_path.glob("*.xlsx")) == []
