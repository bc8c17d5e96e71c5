"""A list exported and loaded into an empty store is the same list, whatever stands in its cells."""

import os
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from conftest import Builder, inn
from import_lists import state_of
from sqlalchemy.orm import Session

from demoexam.exchange.reading import read_book
from demoexam.exchange.sheets_out import SheetTable
from demoexam.exchange.vocabulary import Kind
from demoexam.rules.terms import OrganizationKind, Role
from demoexam.services.college.college import change_setting
from demoexam.services.exports.table_export import exported, save_table
from demoexam.services.imports.files import import_files
from demoexam.services.sample.sample import fill_sample
from demoexam.store.store import Store

CASES = int(os.environ.get("DEMOEXAM_EXAMPLES", "1"))
TODAY = date(2026, 2, 2)
LAST = ("Ёлкин", "Салтыков-Щедрин", "О’Коннор", "Кам", "Пак", "Ю", "Шереметьев", "Львов",
        "Мамин-Сибиряк", "Итоговый", "Дата")  # fmt: skip
FIRST = ("Пётр", "Анна-Мария", "Ян", "Семён", "Любовь", "Эльчин")
MIDDLE = ("Львович", "", "Фёдоровна", "Гасан оглы", "Кузьминична")
NASTY = ("=1+1", "+7 сварщик", "-резчик", "@директор", "мастер «Ё» 5-го р.", 'токарь "Луч"',
         "007", "1/2 ставки", "мастер; преподаватель", "a,b\tc", "'кавычка", "нет", "09.02.07",
         "инженер\nпо качеству", "1e5", "<b>", "№ 5", "да")  # fmt: skip
FIRMS = ("ООО «Завод «Луч»»", "АО «=Ромашка»", "ПАО «007»", "ООО «Плюс + Минус»",
         "ИП Ёлкин П. Л.", "ГБПОУ «Колледж № 54»",
         "ФГБОУ ВО «Университет связи, филиал»")  # fmt: skip

STAYS = {  # what an import does not take: other people's notes, and how far a sitting has come
    Kind.ROSTER: ("Отрасль", "Примечание"),
    Kind.SCHEDULE: ("Состояние",),
}


@pytest.fixture
def other(blank_store: Path, tmp_path: Path) -> Iterator[Store]:
    """A second store, empty."""
    path = tmp_path / "other.db"
    shutil.copyfile(blank_store, path)
    store = Store(path)
    yield store
    store.close()


def exports(store: Store) -> dict[str, SheetTable]:
    with store.reading() as session:
        return {kind: exported(session, kind, today=TODAY) for kind in Kind}


def carried(source: Store, target: Store, folder: Path, suffix: str) -> None:
    """All lists of one store loaded into the other."""
    files = [
        save_table(folder / f"{kind}{suffix}", table)
        for kind, table in exports(source).items()
        if table.rows
    ]
    for report in import_files(target, files, today=TODAY, read=read_book).values():
        assert not isinstance(report, Exception)
        errors = [row.reasons for row in report.plan.rows if row.status == "error"]
        assert {*errors} <= {("не указана дата",)}  # a sitting without a day stays at home


def plain(cell: object) -> object:
    """A cell as a file brings it: every space a plain one."""
    return " ".join(cell.split()) if isinstance(cell, str) else cell


def assert_same(source: Store, target: Store) -> None:
    """The same rows in both; what differs is told by its column."""
    there = exports(target)
    for kind, table in exports(source).items():
        titles = [column.title for column in table.columns]
        mine = sorted((row for row in table.rows if kind != Kind.SCHEDULE or row[0]), key=str)
        other = sorted(there[kind].rows, key=str)
        assert len(mine) == len(other), kind
        differing = [
            (title, left, right)
            for one, two in zip(mine, other, strict=True)
            for title, left, right in zip(titles, one, two, strict=True)
            if plain(left) != plain(right) and title not in STAYS.get(kind, ())
        ]
        assert differing == [], kind


def fill(session: Session, random: Random) -> None:
    """A college whose names and posts are hard to carry."""
    make = Builder(session)
    kinds = {"ГБПОУ": OrganizationKind.COLLEGE, "ФГБОУ": OrganizationKind.UNIVERSITY}
    firms = [
        make.organization(kinds.get(name.split()[0], OrganizationKind.EMPLOYER), name,
                          full_name="", inn=inn(number), city="")
        for number, name in enumerate(FIRMS)
    ]  # fmt: skip
    change_setting(session, key="own_college", value=firms[5].id)
    for number, last in enumerate(random.sample(LAST, 8)):
        expert = make.expert(
            f"{last} {random.choice(FIRST)} {random.choice(MIDDLE)}".strip(),
            certified=False,
            middle_name=random.choice(MIDDLE),
            phone=f"+7900000{number:04}",
            email=f"e{number}@example.net",
            consent_on=None,
            consent_document="",
        )
        make.employment(expert, random.choice(firms), post=random.choice(NASTY), valid_from=None)
        until = date(2027, 1, 1) + timedelta(days=random.randrange(900))
        make.certificate(expert, number=f"{random.randrange(10**6):08}", valid_until=until,
                         issued_on=None, kind="Свидетельство эксперта")  # fmt: skip
        make.competence(expert, random.choice(("09.02.07", "15.02.16")), roles=[Role.SCORING])
    for name in ("1", "01-А", "ИС=41", "09.02.07", "3/4"):
        group = make.group(firms[5], name, head_count=2)
        make.examinee(group, f"{random.choice(LAST)} {random.choice(FIRST)} Львович")
        make.examinee(group, "Ян Ян Янович", needs_assistant=random.random() < 0.5)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("seed", range(CASES))
def test_hard_texts_come_back_as_they_were(store, other, tmp_path, seed, suffix):
    with store.transaction("данные") as session:
        fill(session, Random(seed))  # noqa: S311 -- the same every time
    carried(store, other, tmp_path, suffix)
    assert_same(store, other)
    before = state_of(other)
    carried(store, other, tmp_path, suffix)
    assert state_of(other) == before


def test_a_season_goes_to_another_computer_in_five_files(store, other, tmp_path):
    with store.transaction("учебные данные") as session:
        fill_sample(session, size="college", seed=1, today=TODAY)
    carried(store, other, tmp_path, ".xlsx")
    assert_same(store, other)
    before = state_of(store)
    carried(store, store, tmp_path, ".csv")
    assert state_of(store) == before
