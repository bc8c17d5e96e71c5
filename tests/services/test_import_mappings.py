"""Columns sorted out once are known again by the header; nothing of the file is kept."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from demoexam.exchange.cells import Book, Line, Sheet, Value
from demoexam.exchange.recognition import tables_in
from demoexam.exchange.tables import Table, find_table
from demoexam.exchange.vocabulary import Kind
from demoexam.hub import hub_file
from demoexam.hub.sqlite_hub import SqliteHub
from demoexam.models.exchange import Conflict
from demoexam.models.reference import ImportMapping
from demoexam.services.history import take_back
from demoexam.services.imports.mappings import (
    remembered,
    save_mapping,
    source_of,
)
from demoexam.store.store import Store
from demoexam.sync.synchronizer import exchange

TITLES = ("№", "ФИО эксперта", "Место работы", "", "Мобильный / рабочий")
PEOPLE = (
    (1, "Ёлкин Артём Олегович", "АО «Волгамаш»", "инженер", "+7 900 000-00-01"),
    (2, "Белова Анна Петровна", "ООО «Ромашка»", "мастер", "+7 900 000-00-02"),
)
MINE = {"full_name": 1, "organization": 2, "position": 3, "phone": 4}


def book_of(*rows: tuple[Value, ...], name: str = "Эксперты") -> Book:
    lines = tuple(Line(number, row) for number, row in enumerate(rows, start=1))
    return Book("список.xlsx", (Sheet(name, lines),))


def roster(*above: tuple[Value, ...], titles: tuple[Value, ...] = TITLES) -> Book:
    return book_of(*above, titles, *PEOPLE)


def table_of(book: Book, kind: Kind | None = Kind.ROSTER) -> Table:
    table = find_table(book.sheets[0], kind)
    assert table is not None
    return table


def save(session: Session, book: Book, columns: dict[str, int] = MINE, **more: object) -> str:
    table = table_of(book)
    return save_mapping(
        session, kind=table.kind, titles=table.titles, columns=columns, **more  # type: ignore[arg-type]
    )  # fmt: skip


def mappings_for(session: Session, book: Book, kind: Kind | None = None) -> dict[str, object]:
    return {each.key: each.columns for each in remembered(session, book, kind)}


def headers_for(session: Session, book: Book, kind: Kind | None = None) -> dict[str, object]:
    known = remembered(session, book, kind)
    return {each.sheet: each.header for each in known if each.header}


def test_the_next_file_with_the_same_header_has_the_same_columns(store: Store) -> None:
    with store.transaction("разметка") as session:
        save(session, roster(), title="список из министерства")
    later = roster(("Приказ № 5",), ())
    with store.reading() as session:
        assert mappings_for(session, later, Kind.ROSTER) == {"Эксперты": MINE}
        assert headers_for(session, later) == {"Эксперты": (3, 3)}
        (known,) = remembered(session, later)
        assert (known.title, known.kind) == ("список из министерства", Kind.ROSTER)
        tables = tables_in(later, None, mappings_for(session, later), headers_for(session, later))
        assert tables[0].columns == MINE


def test_case_marks_order_and_the_column_of_reasons_do_not_count(store: Store) -> None:
    with store.transaction("разметка") as session:
        save(session, roster())
    titles = ("Мобильный/рабочий", "№", "фио\nэксперта:", "МЕСТО РАБОТЫ", "", "Причина")
    moved = book_of(titles, *((row[4], *row[:4], "нет имени") for row in PEOPLE))
    with store.reading() as session:
        found = mappings_for(session, moved, Kind.ROSTER)["Эксперты"]
    assert found == {"full_name": 2, "organization": 3, "position": 4, "phone": 0}


def test_another_header_or_kind_is_another_source(store: Store) -> None:
    with store.transaction("разметка") as session:
        save(session, roster())
    other = roster(titles=(*TITLES[:4], "Телефон"))
    with store.reading() as session:
        assert mappings_for(session, other) == {}
        assert mappings_for(session, roster(), Kind.STUDENTS) == {}


def test_a_header_chosen_by_hand_is_found_in_its_rows(store: Store) -> None:
    two = (("Кто", "", "Где"), ("имя", "связь", "служба"))
    people = (("Ёлкин А. О.", "+79000000001", "АО «Волгамаш»"),)
    book = book_of(*two, *people)
    table = find_table(book.sheets[0], Kind.ROSTER, (1, 2))
    assert table is not None
    columns = {"full_name": 0, "phone": 1, "organization": 2}
    with store.transaction("разметка") as session:
        save_mapping(session, kind=table.kind, titles=table.titles, columns=columns, header_rows=2)
    later = book_of(("Список на июнь", "и июль"), *two, *people)
    with store.reading() as session:
        assert headers_for(session, later, Kind.ROSTER) == {"Эксперты": (2, 3)}
        assert mappings_for(session, later, Kind.ROSTER) == {"Эксперты": columns}


def test_a_header_of_two_storeys_is_known_without_being_chosen(store: Store) -> None:
    top = ("ФИО", "Место работы", "Контакты", "")
    below = ("", "", "Телефон", "Почта")
    rows = (("Ёлкин Артём Олегович", "АО «Волгамаш»", "+79000000001", "elkin@example.org"),) * 3
    lines = tuple(Line(n, row) for n, row in enumerate((top, below, *rows), start=1))
    book = Book("a.xlsx", (Sheet("Л", lines, across=frozenset({(1, 2, 3)})),))
    table = table_of(book)
    columns = {"full_name": 0, "organization": 1, "phone": 2}
    with store.transaction("разметка") as session:
        save_mapping(session, kind=table.kind, titles=table.titles, columns=columns)
    with store.reading() as session:
        assert mappings_for(session, book) == {"Л": columns}
        flat = book_of(tuple(table.titles.values()), *rows, name="Л")
        assert mappings_for(session, flat) == {"Л": columns}


def test_two_tables_of_a_sheet_keep_what_each_was_told(store: Store) -> None:
    """A header that is told would make them one."""
    students = ("№", "ФИО", "Группа", "Курс")
    rows = [(n, f"Белов Пётр {name}", "ТМ-21", 4) for n, name in enumerate(("Ильич", "Янович"))]
    book = book_of(TITLES, *PEOPLE, (), ("Студенты",), students, *rows)
    first, second = tables_in(book)
    mine = {"full_name": 1, "group": 2}
    with store.transaction("разметка") as session:
        for table, columns in ((first, MINE), (second, mine)):
            save_mapping(session, kind=table.kind, titles=table.titles, columns=columns)
    with store.reading() as session:
        known = mappings_for(session, book), headers_for(session, book)
    assert known == ({first.key: MINE, second.key: mine}, {})
    assert [table.columns for table in tables_in(book, None, *known)] == [MINE, mine]


def test_no_word_of_the_file_is_kept(store: Store) -> None:
    """Even when a person was taken for the header."""
    book = book_of(*PEOPLE)
    table = find_table(book.sheets[0], Kind.ROSTER, (1, 1))
    assert table is not None
    with store.transaction("разметка") as session:
        save_mapping(session, kind=table.kind, titles=table.titles, columns=MINE)
    with store.reading() as session:
        row = session.scalars(select(ImportMapping)).one()
        journal = session.scalars(
            text("SELECT after FROM change WHERE table_name = 'import_mapping'")
        ).all()
    kept = json.dumps([row.source, row.columns, row.title], ensure_ascii=False) + str(journal)
    words = {word for person in PEOPLE for cell in person[1:] for word in str(cell).split()}
    words -= {word for word in words if not any(map(str.isalpha, word))}  # ids have such digits
    assert len(journal) == 1
    assert not [word for word in words if word in kept]


def test_a_table_without_titles_cannot_be_known_again(store: Store) -> None:
    table = find_table(book_of(*PEOPLE).sheets[0], Kind.ROSTER, (0, 0))
    assert table is not None
    assert source_of(table) == ""
    with store.transaction("разметка") as session:
        assert save_mapping(session, kind=table.kind, titles={}, columns=MINE) == ""
    with store.reading() as session:
        assert session.scalars(select(ImportMapping)).all() == []


def test_saved_again_replaces_and_the_same_changes_nothing(store: Store) -> None:
    other = MINE | {"phone": 3}
    for columns in (MINE, MINE, other):
        with store.transaction("разметка") as session:
            save(session, roster(), columns)
    with store.reading() as session:
        assert mappings_for(session, roster())["Эксперты"] == other
        assert len(session.scalars(select(ImportMapping)).all()) == 2
        operations = "SELECT id FROM operation WHERE text = 'разметка' ORDER BY n"
        saved = session.scalars(text(operations)).all()
    assert len(saved) == 2
    take_back(store, saved[-1])
    with store.reading() as session:
        assert mappings_for(session, roster())["Эксперты"] == MINE


@pytest.fixture
def desks(blank_store: Path, tmp_path: Path) -> Iterator[tuple[Store, Store, SqliteHub]]:
    hub_file.create(tmp_path / "hub.db")
    stores = []
    for name in ("anna", "boris"):
        shutil.copyfile(blank_store, tmp_path / f"{name}.db")
        stores.append(Store(tmp_path / f"{name}.db", client=name))
    hub = SqliteHub(tmp_path / "hub.db")
    yield stores[0], stores[1], hub
    hub.close()
    for store in stores:
        store.close()


def test_two_who_save_at_once_agree_on_the_later_without_being_asked(
    desks: tuple[Store, Store, SqliteHub],
) -> None:
    anna, boris, hub = desks
    with anna.transaction("разметка") as session:
        save(session, roster(), {"full_name": 1})
    for store in (anna, boris):
        exchange(store, hub)
    for store, column in ((boris, 3), (anna, 4)):
        with store.transaction("разметка") as session:
            save(session, roster(), MINE | {"phone": column})
    for store in (anna, boris, anna):
        exchange(store, hub)
    for store in (anna, boris):
        with store.reading() as session:
            assert mappings_for(session, roster())["Эксперты"]["phone"] == 3  # came last
            assert session.scalars(select(Conflict)).all() == []
    with anna.transaction("разметка") as session:
        save(session, roster(), MINE)
    for store in (anna, boris):
        exchange(store, hub)
    with boris.reading() as session:
        assert mappings_for(session, roster())["Эксперты"] == MINE
        live = select(ImportMapping).where(ImportMapping.live())
        assert len(session.scalars(live).all()) == 1
