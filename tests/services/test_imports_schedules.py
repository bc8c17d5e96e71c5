"""What a schedule means is found in the store, or it is told why not: nothing is made up."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from import_lists import csv_file as table
from import_truth import TODAY
from sqlalchemy import select

from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.people import Expert
from demoexam.models.places import Workshop
from demoexam.services.imports.imports import ImportReport, import_file
from demoexam.services.imports.plan import Status
from demoexam.store.store import Store

TITLES = ("Дата", "Время", "Группа", "КОД", "Уровень", "Место", "ГЭ", "Эксперты")
KIT = "09.02.07-2-2026"
ROSTER = (
    ("ФИО", "Организация", "Должность"),
    ("Иванов Иван Иванович", "ООО «Хлеб»", "инженер"),
    ("Петрова Анна Ильинична", "ООО «Сыр»", "инженер"),
    ("Ким Алексей Андреевич", "ООО «Мир»", "инженер"),
    ("Соколов Пётр Петрович", "ООО «Мир»", "инженер"),
    ("Соколов Павел Петрович", "ООО «Сыр»", "инженер"),
)
KITS = (
    ("Шифр КОД", "Уровень", "Продолжительность", "Баллы", "Экспертов"),
    (KIT, "ПУ", "4 ч 30 мин", 100, 3),
    ("15.01.05-1-2026", "БУ", "2 ч 30 мин", 50, 3),
    ("15.01.05-1-2026", "ПУ", "3 ч 30 мин", 80, 3),
    ("15.01.05-3-2026", "БУ", "2 ч", 50, 3),
)
PLACES = (
    ("Наименование мастерской", "Кабинет", "Рабочих мест"),
    ("Мастерская «Мобильные приложения»", "114", 12),
    ("Лаборатория веб-дизайна", "115", 12),
    ("Лаборатория сварки", "201", 12),
    ("Мастерская «Ручная сварка»", "202", 12),
)


@pytest.fixture
def season(store: Store, tmp_path: Path) -> Store:
    for name, rows in (("эксперты", ROSTER), ("КОД", KITS), ("мастерские", PLACES)):
        import_file(store, table(tmp_path / f"{name}.csv", *rows), today=TODAY)
    return store


def load(store: Store, tmp_path: Path, **cells: Any) -> ImportReport:
    row = ["08.06.2026", "9:00", "ИС-41", KIT, "ПУ", "", "Иванов И.И.", ""]
    row = [cells.get(title, usual) for title, usual in zip(TITLES, row, strict=True)]
    return import_file(store, table(tmp_path / "график.csv", TITLES, tuple(row)), today=TODAY)


def told(report: ImportReport) -> str:
    """What could not be found, by its reason and in words."""
    rejects = report.dump()["rejects"]
    return "; ".join(f"{each['reason']}: {each['text']}" for each in rejects)


def place_of(store: Store, report: ImportReport) -> str:
    with store.reading() as session:
        sitting = session.get_one(ExamSession, report.plan.rows[0].record_id)
        found = sitting.workshop_id and session.get_one(Workshop, sitting.workshop_id)
        return found.room if found else ""


@pytest.mark.parametrize(
    ("written", "room"),
    [
        ("каб. 114", "114"),
        ("115", "115"),
        ("Мобильные приложения", "114"),
        ("Мастерская мобильных приложений", "114"),
        ("Сварка", ""),
        ("веб-дизайна, ауд. 115", "115"),
        ("Лаборатория веб-дизайна, каб. 999", ""),
        ("мастерская", ""),
    ],
)
def test_a_place_by_part_of_its_name_or_room(season, tmp_path, written, room):
    report = load(season, tmp_path, Место=written)
    assert place_of(season, report) == room
    assert ("unknown_workshop" in told(report)) is not bool(room)


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("Иванову И.И.", "Иванов"),
        ("И. И. Иванов", "Иванов"),
        ("Петровой А.И.", "Петрова"),
        ("Ким Алексей", "Ким"),
        ("Соколов П.П.", ""),
        ("Иванов", ""),
        ("Петрова Б.Б.", ""),
    ],
)
def test_a_chief_is_somebody_of_the_roster_or_nobody(season, tmp_path, written, last):
    report = load(season, tmp_path, ГЭ=written)
    with season.reading() as session:
        query = select(Expert.last_name).join(Assignment, Assignment.expert_id == Expert.id)
        assert [*session.scalars(query)] == ([last] if last else [])
    if not last:
        reason = "подходят несколько" if "Соколов" in written else "похож: "
        assert reason in told(report)


@pytest.mark.parametrize(
    ("kit", "level", "reason"),
    [
        ("09.02.07-2", "", ""),
        ("09.02.07", "", ""),
        ("15.01.05-1", "БУ", ""),
        ("15.01.05-1-2026", "", "несколько уровней"),
        ("15.01.05", "БУ", "подходят несколько комплектов: 15.01.05-1-2026, 15.01.05-3-2026"),
        ("15.01.05-3-2026", "ПУ", "нет такого уровня"),
        ("23.02.07-1-2026", "БУ", "сначала загрузите перечень"),
    ],
)
def test_a_kit_by_the_beginning_of_its_code(season, tmp_path, kit, level, reason):
    report = load(season, tmp_path, КОД=kit, Уровень=level)
    assert reason in told(report)
    assert ("unknown_kit" in told(report)) is bool(reason)


def test_both_parts_of_a_group_sit(season, tmp_path):
    rows = [
        ("08.06.2026", "9:00", "ИС-41 (1 подгр.)", KIT, "ПУ", "114", "Иванов И.И.", ""),
        ("08.06.2026", "14:00", "ИС-41 (2 подгр.)", KIT, "ПУ", "114", "Ким А.А.", ""),
    ]
    path = table(tmp_path / "график.csv", TITLES, *rows)
    report = import_file(season, path, today=TODAY)
    with season.reading() as session:
        sittings = [*session.scalars(select(ExamSession).order_by(ExamSession.starts_at))]
    assert len({each.group_id for each in sittings}) == 1
    assert [each.number for each in sittings] == [1, 2]
    assert {each.starts_at.date() for each in sittings} == {date(2026, 6, 8)}
    again = import_file(season, path, today=TODAY)
    assert again.plan.counts() == {Status.SAME: 2}
    assert [row.record_id for row in again.plan.rows] == [row.record_id for row in report.plan.rows]
