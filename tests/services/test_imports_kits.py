"""Kits of a file with their modules, in the store."""

from pathlib import Path

import xlsxwriter
from import_lists import state_of
from import_truth import TODAY
from sqlalchemy import select

from demoexam.exchange.reading import read_book
from demoexam.models.kits import AssessmentKit, TaskModule
from demoexam.services.imports.imports import import_file
from demoexam.store.store import Store

KIT = "09.02.07-2-2026"


def written(path: Path, *modules: tuple[str, str, int]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    rows = [("КОД", "Модуль", "Уровень", "Время", "Баллы"), (KIT, "", "ПУ", "4:30", 80)]
    for number, row in enumerate([*rows, *((None, title, "", *r) for title, *r in modules)]):
        page.write_row(number, 0, row)
    book.close()
    return path


def modules_in(store: Store) -> list[tuple[int, str, int, int]]:
    with store.reading() as session:
        found = session.scalars(select(TaskModule).where(TaskModule.live()))
        return sorted((each.number, each.title, each.minutes, each.max_points) for each in found)


def idents(store: Store) -> set[str]:
    with store.reading() as session:
        return {*session.scalars(select(TaskModule.id).where(TaskModule.live()))}


def test_modules_come_with_their_kit_once_and_change_with_it(store, tmp_path):
    path = written(tmp_path / "коды.xlsx", ("Модуль 1. Код", "1:30", 30), ("Модуль 2", "3:00", 50))
    import_file(store, path, today=TODAY, read=read_book)
    assert modules_in(store) == [(1, "Код", 90, 3000), (2, "", 180, 5000)]
    before = state_of(store)
    import_file(store, path, today=TODAY, read=read_book)
    assert state_of(store) == before
    written(path, ("Модуль 1. Код", "1:30", 30), ("Модуль 2. Тесты", "3:00", 50))
    import_file(store, path, today=TODAY, read=read_book)
    assert modules_in(store) == [(1, "Код", 90, 3000), (2, "Тесты", 180, 5000)]
    first = idents(store)
    written(path, ("Модуль 1. Код", "1:30", 30), ("Модуль 2", "3:30", 50), ("Модуль 3", "0:30", 5))
    import_file(store, path, today=TODAY, read=read_book)
    assert modules_in(store)[1:] == [(2, "Тесты", 210, 5000), (3, "", 30, 500)]
    written(path, ("Модуль 1. Код", "1:30", 30), ("Модуль 2", "3:30", 50))
    import_file(store, path, today=TODAY, read=read_book)
    assert idents(store) == first  # the same modules, not new ones in their place
    with store.reading() as session:
        (kit,) = session.scalars(select(AssessmentKit))
        assert (kit.minutes, kit.core_points) == (270, 8000)
