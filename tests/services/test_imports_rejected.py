"""Rejected rows go out as they were, and come back as what was mended in them."""

import shutil
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_truth import TODAY
from openpyxl import load_workbook
from sqlalchemy import select

from demoexam.exchange.cells import Book, Line, Sheet, Value, as_text
from demoexam.exchange.cells_out import CellsSheet, cells_workbook, sheet_names
from demoexam.exchange.reading import read_book
from demoexam.exchange.recognition import recognise, tables_in
from demoexam.exchange.vocabulary import Kind
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.people import Expert
from demoexam.services.imports.imports import ImportReport, import_file, preview
from demoexam.services.imports.mappings import remembered
from demoexam.services.imports.plan import ImportPlan, Status
from demoexam.services.imports.rejected import (
    NothingRejected,
    rejected_name,
    rejected_places,
    rejected_workbook,
    remember_columns,
    save_rejected,
)
from demoexam.store.store import Store

TITLES = ("№", "ФИО", "Место работы", "Должность", "Телефон", "Примечание")
GOOD = (1, "Ёлкин Артём Олегович", "АО «Волгамаш»", "инженер", "+79000000001", "")


def book_of(**sheets: Sequence[Sequence[Value]]) -> Book:
    made = (
        Sheet(name, tuple(Line(number, tuple(row)) for number, row in enumerate(rows, start=1)))
        for name, rows in sheets.items()
    )
    return Book("список.xlsx", tuple(made))


def planned(store: Store, book: Book) -> ImportPlan:
    with store.reading() as session:
        return preview(session, recognise(book, today=TODAY), today=TODAY)


def read_again(content: bytes, folder: Path) -> Book:
    path = folder / "вернулось.xlsx"
    path.write_bytes(content)
    return read_book(path)


def mend(content: bytes, path: Path, **cells: str) -> Path:
    """The workbook with some cells of its first sheet typed anew, as Excel saves it."""
    book = load_workbook(BytesIO(content))
    for address, text in cells.items():
        book.worksheets[0][address] = text
    book.save(path)
    return path


def reject(store: Store, path: Path) -> bytes:
    """Load the file, and take what was left out."""
    report = load(store, path)
    return rejected_workbook(report.plan, read_book(path))


def experts(store: Store) -> set[str]:
    with store.reading() as session:
        rows = session.scalars(select(Expert).where(Expert.live()))
        return {f"{row.last_name} {row.first_name} {row.middle_name}" for row in rows}


def load(store: Store, path: Path) -> ImportReport:
    return import_file(store, path, today=TODAY, read=read_book)


# -- a whole file ----------------------------------------------------------------------------


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """As colleges send it: a title, a note, numbers and days of every type, and four bad rows."""
    day = date(2027, 11, 16)
    heading = ["Реестр экспертов", "ГАПОУ «Казанский колледж», 2026 год"]
    titles = ("№ п/п", "ФИО эксперта", "Место работы", "Тел.", "Сертификат №", "Действует до")
    rows: list[tuple[Value, ...]] = [
        (1, "Ёлкин Артём Олегович", "АО «Волгамаш»", "+7 900 000-00-01", "0347887440", day),
        (2, None, "ООО «Ромашка»", 79000000002, "00012", day),
        (3, "Белова Анна Петровна", "ООО «Ромашка»", 79000000003, "00013", "16.11.2027"),
        (4, "#ИМЯ?", "=1+1", "+79000000004", "-5", datetime(2027, 11, 16, 9, 30)),
        (5, "12345", "ООО «Ромашка»", "нет", True, 46707),
        (6, "???", "@СУММ", None, "00016", None),
    ]
    path = tmp_path / "реестр.xlsx"
    path.write_bytes(cells_workbook([CellsSheet("Эксперты 2026", heading, titles, rows)], title=""))
    return path


@pytest.fixture
def left_out(store: Store, messy: Path) -> bytes:
    return reject(store, messy)


def test_only_the_rejected_rows_are_there_cell_by_cell_with_their_reasons(
    left_out: bytes, messy: Path, store: Store, tmp_path: Path
) -> None:
    source = read_book(messy)
    (table,) = tables_in(source)
    plan = planned(store, source)
    rejected = {row.place.row: row for row in plan.rows if row.status is Status.ERROR}
    assert sorted(rejected) == [5, 7, 8, 9]
    (again,) = tables_in(read_again(left_out, tmp_path))
    assert again.sheet == table.sheet
    reason = max(again.titles)
    assert again.titles == {**table.titles, reason: "Причина"}
    assert again.columns == table.columns
    lines = {line.number: line for line in table.lines if line.number in rejected}
    assert len(again.lines) == len(lines)
    for line, (number, old) in zip(again.lines, lines.items(), strict=True):
        texts = [as_text(cell) for cell in old.cells]
        assert [as_text(cell) for cell in line.cells[: len(texts)]] == texts
        assert line.text(reason) == "; ".join(rejected[number].reasons)
        assert line.text(reason)


def test_unmended_it_changes_nothing_and_says_so(
    left_out: bytes, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "пропущенные строки.xlsx"
    path.write_bytes(left_out)
    report = load(store, path)
    assert not report.plan.changes_anything
    assert report.outcome is not None
    assert not report.outcome.anything
    assert "Ничего не загружено" in report.summary()
    assert {row.status for row in report.plan.rows} == {Status.ERROR}


def test_what_is_mended_is_new_and_nothing_else(
    left_out: bytes, store: Store, tmp_path: Path
) -> None:
    before = experts(store)
    (table,) = tables_in(read_again(left_out, tmp_path))
    column = chr(ord("A") + table.columns["full_name"])
    row = table.lines[0].number
    path = mend(left_out, tmp_path / "исправлено.xlsx", **{f"{column}{row}": "Ярцев Яков Янович"})
    report = load(store, path)
    assert experts(store) - before == {"Ярцев Яков Янович"}
    assert before <= experts(store)
    assert report.outcome is not None
    assert report.outcome.added["expert"] == 1
    assert report.outcome.changed.get("expert", 0) == 0
    again = rejected_workbook(report.plan, read_book(path))
    (left,) = tables_in(read_again(again, tmp_path), Kind.ROSTER)
    assert len(left.lines) == len(table.lines) - 1
    assert list(left.titles.values()).count("Причина") == 1


# -- files made for it --------------------------------------------------------------------------


def test_each_table_has_a_sheet_and_headings_stay_in_force(store: Store, tmp_path: Path) -> None:
    students = (
        ("Список студентов", None, None),
        ("№", "ФИО", "Курс"),
        ("Группа ТМ-21", None, None),
        (1, "Белов Пётр Ильич", 4),
        (2, "12345", 4),
        ("Группа ТМ-22", None, None),
        (1, "???", 4),
        (2, "Котова Инна Львовна", 4),
        (3, "-", 4),
    )
    people = (TITLES, GOOD, (2, "???", "АО «Волгамаш»", "техник", "0123", "=1+1"))
    book = book_of(Студенты=students, Эксперты=people)
    plan = planned(store, book)
    written = read_again(rejected_workbook(plan, book), tmp_path)
    assert [sheet.name for sheet in written.sheets] == ["Студенты", "Эксперты"]
    rows = [[as_text(cell) for cell in line.cells[:3]] for line in written.sheets[0].lines]
    assert rows == [
        ["Список студентов", "", ""], ["№", "ФИО", "Курс"],
        ["Группа ТМ-21", "", ""], ["2", "12345", "4"],
        ["Группа ТМ-22", "", ""], ["1", "???", "4"], ["3", "-", "4"],
    ]  # fmt: skip
    assert written.sheets[1].lines[1].cells[4:6] == ("0123", "=1+1")
    content = rejected_workbook(plan, book)
    path = mend(content, tmp_path / "a.xlsx", B6="Зуев Ян Петрович")
    load(store, path)
    with store.reading() as session:
        (student,) = session.scalars(select(Examinee))
        assert (student.last_name, student.group_id != "") == ("Зуев", True)
        assert session.get_one(StudyGroup, student.group_id).name == "ТМ-22"


def test_of_tables_side_by_side_each_has_its_own_rows(store: Store, tmp_path: Path) -> None:
    titles = ("№", "ФИО", "Место работы", "Телефон")
    left = [
        (1, "Ёлкин Артём Олегович", "АО «Волгамаш»", "+79000000001"),
        (2, "Белов Пётр Ильич", "АО «Волгамаш»", "+79000000002"),
        (3, "???", "АО", "001"),
    ]
    right = [
        (1, "Титов Ян Львович", "ООО «Ромашка»", "+79000000003"),
        (2, "!!!", "ООО", "002"),
        (3, "Орлов Ким Львович", "ООО «Ромашка»", "+79000000004"),
    ]
    rows = [(*one, None, *two) for one, two in zip(left, right, strict=True)]
    book = book_of(Список=((*titles, None, *titles), *rows))
    written = read_again(rejected_workbook(planned(store, book), book), tmp_path)
    told = [[as_text(cell) for cell in sheet.lines[1].cells[:4]] for sheet in written.sheets]
    assert told == [["3", "???", "АО", "001"], ["2", "!!!", "ООО", "002"]]
    assert [sheet.lines[0].cells for sheet in written.sheets] == [(*titles, "Причина")] * 2


def test_a_header_of_two_storeys_becomes_one(store: Store, tmp_path: Path) -> None:
    top = ("ФИО", "Место работы", "Контакты", None)
    below = (None, None, "Телефон", "Почта")
    bad = ("???", "АО «Волгамаш»", "+79000000001", "a@example.org")
    lines = tuple(Line(n, row) for n, row in enumerate((top, below, bad, bad), start=1))
    book = Book("a.xlsx", (Sheet("Л", lines, across=frozenset({(1, 2, 3)})),))
    written = read_again(rejected_workbook(planned(store, book), book), tmp_path)
    head = written.sheets[0].lines[0].cells
    assert head == ("ФИО", "Место работы", "Контакты Телефон", "Контакты Почта", "Причина")


def test_rows_that_lost_a_value_come_too_when_asked(store: Store, tmp_path: Path) -> None:
    book = book_of(Эксперты=(TITLES, GOOD, (2, "Белов Пётр Ильич", "АО «Волгамаш»", "", "12", "")))
    plan = planned(store, book)
    assert rejected_places(plan) == frozenset()
    with pytest.raises(NothingRejected) as refused:
        rejected_workbook(plan, book)
    assert refused.value.hint
    content = rejected_workbook(plan, book, fields=True)
    (row,) = read_again(content, tmp_path).sheets[0].lines[1:]
    assert row.cells[1] == "Белов Пётр Ильич"
    assert "телефон" in row.text(6) or "номер" in row.text(6)
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    tinted = [cell.coordinate for cell in sheet[2] if cell.fill.fgColor.rgb == "FFFFE3E0"]
    assert tinted == ["E2"]
    assert sheet.freeze_panes == "A2"
    assert {cell.number_format for cell in sheet[2] if cell.data_type == "s"} == {"@"}


def test_columns_that_bad_rows_do_not_tell_are_remembered(store: Store, tmp_path: Path) -> None:
    """Not one name is left in the rows; the person's own titles say nothing of them."""
    people = [(f"Белов Пётр {name}", "12 345") for name in ("Ильич", "Львович", "Олегович")]
    titles = ("Кого направляем", "Раб. №")
    book = book_of(Эксперты=(titles, *people, ("№ 7", "1"), ("№ 8", "2")))
    told = {"columns": {"Эксперты": {"full_name": 0}}, "headers": {"Эксперты": (1, 1)}}
    tables = tables_in(book, Kind.ROSTER, **told)
    with store.reading() as session:
        content = recognise(book, Kind.ROSTER, today=TODAY, **told)
        plan = preview(session, content, today=TODAY)
    assert len(rejected_places(plan)) == 2
    with store.transaction("разметка") as session:
        remember_columns(session, plan, book, tables=tables)
    written = read_again(rejected_workbook(plan, book, tables=tables), tmp_path)
    with store.reading() as session:
        (known,) = remembered(session, written, Kind.ROSTER)
        assert (known.key, known.columns) == ("Эксперты", {"full_name": 0})
        assert (known.sheet, known.header) == ("Эксперты", (1, 1))


VAGUE = (
    ("Полное имя", "Где работает", "Кем работает", "Контакты"),
    ("Кандидат (Ф.И.О.)", "Работодатель", "Должность", "Номер для связи"),
    ("Участник", "Наименование предприятия", "Занимаемая должность", "Моб."),
)
SPOILT = ("???", "12345", "Вакансия", "будет назначен", None, "#ЗНАЧ!")


@pytest.mark.parametrize("titles", VAGUE)
def test_no_other_column_is_taken_for_names_when_all_names_are_bad(
    titles: tuple[str, ...], store: Store, tmp_path: Path
) -> None:
    good = ("Ёлкин Артём Олегович", "Белов Пётр Ильич", "Титов Ян Львович")
    work = ("ИП Устинова П. Г.", "руководитель отдела", "+79000000001")
    rows = [(name, *work) for name in (*good, *SPOILT)]
    source = tmp_path / "список.xlsx"
    source.write_bytes(cells_workbook([CellsSheet("Л", [], titles, rows)], title=""))
    report = load(store, source)
    out = tmp_path / "исправить.xlsx"
    loads = [(report.plan, read_book(source))]
    assert save_rejected(store, out, loads, remember=True) == len(SPOILT)
    again = load(store, out)
    assert not again.plan.changes_anything
    assert len(rejected_places(again.plan)) == len(SPOILT)
    load(store, mend(out.read_bytes(), out, A4="Ярцев Яков Янович"))
    assert experts(store) == {*good, "Ярцев Яков Янович"}


# -- chance --------------------------------------------------------------------------------------

texts = st.text(
    st.one_of(
        st.sampled_from("абвЁёя«»№0123456789 =+-@'\"\t\n;,.:_x/\\%"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff\r"),
    ),
    max_size=30,
)
moments = st.datetimes(datetime(1900, 3, 1), datetime(2090, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
cells: st.SearchStrategy[Any] = st.one_of(
    st.none(), texts, st.from_regex(r"\A0\d{2,9}\Z"), st.from_regex(r"\A\d\d\.\d\d\.\d\d\Z"),
    st.booleans(), st.integers(-(10**12), 10**12),
    st.integers(-(10**9), 10**9).map(lambda number: number / 100),
    st.dates(date(1900, 3, 1), date(2090, 1, 1)), moments,
    st.times().map(lambda moment: moment.replace(microsecond=0)),
    st.timedeltas(timedelta(days=1), timedelta(days=40)).map(
        lambda lapse: timedelta(seconds=int(lapse.total_seconds()))
    ),
)  # fmt: skip


def plain(value: Value) -> Value:
    """What a workbook does not tell apart: nothing and no text, midnight and the day itself."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return "" if value is None else value


@settings(max_examples=20, deadline=None, suppress_health_check=[*HealthCheck])
@given(rows=st.lists(st.lists(cells, min_size=1, max_size=6), min_size=1, max_size=8))
def test_any_cells_are_read_again_as_they_were(rows: list[list[Value]], tmp_path: Path) -> None:
    width = max(map(len, rows))
    sheet = CellsSheet("Лист", [], [f"столбец {at}" for at in range(width)], rows)
    written = read_again(cells_workbook([sheet], title="проба"), tmp_path)
    again = [list(line.cells[:width]) for line in written.sheets[0].lines[1:]]
    wanted = [[plain(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    while wanted and all(cell == "" for cell in wanted[-1]):
        wanted.pop()
    assert [[plain(cell) for cell in row] for row in again[: len(wanted)]] == wanted
    assert b"<f>" not in (tmp_path / "вернулось.xlsx").read_bytes()


bad_names = st.sampled_from(["???", "12345", "-", "№ 7", "н/д", "#ЗНАЧ!", "00000"])
SURNAMES = ("Белов", "Громов", "Ильин", "Котов", "Орлов", "Титов")


@settings(
    max_examples=8, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_whichever_row_is_mended_exactly_that_one_is_new(
    data: st.DataObject, blank_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("mended")
    shutil.copyfile(blank_store, folder / "store.db")
    store = Store(folder / "store.db")
    bad = data.draw(st.lists(bad_names, min_size=1, max_size=5))
    at = data.draw(st.integers(0, len(bad) - 1))
    good = [f"{name} Пётр Ильич" for name in SURNAMES[: data.draw(st.integers(3, 6))]]
    names = data.draw(st.permutations([*bad, *good]))
    rows = [
        (number, name, "АО «Волгамаш»", "мастер", f"+7900000{number:04}", f"00{number}")
        for number, name in enumerate(names, start=1)
    ]
    first = cells_workbook([CellsSheet("Эксперты", [], TITLES, rows)], title="список")
    path = folder / "список.xlsx"
    path.write_bytes(first)
    content = reject(store, path)
    assert experts(store) == {*good}
    written = read_again(content, folder).sheets[0]
    rejected = [row for row in rows if row[1] in bad]
    assert [line.cells[1:6] for line in written.lines[1:]] == [row[1:6] for row in rejected]
    load(store, mend(content, folder / "исправлено.xlsx", **{f"B{at + 2}": "Ярцев Яков Янович"}))
    assert experts(store) == {*good, "Ярцев Яков Янович"}
    store.close()


# -- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("список.csv", "список — пропущенные строки.xlsx"),
        ("список — пропущенные строки.xlsx", "список — пропущенные строки.xlsx"),
        ("буфер обмена", "буфер обмена — пропущенные строки.xlsx"),
        ('a<b>:"/\\|?*.xls', "a_b________ — пропущенные строки.xlsx"),
        ("CON.xlsx", "строки CON — пропущенные строки.xlsx"),
        ("точки. . .xlsx", "точки — пропущенные строки.xlsx"),
        (".xlsx", "xlsx — пропущенные строки.xlsx"),
        ("", "строки — пропущенные строки.xlsx"),
        ("д" * 300 + ".xlsx", "д" * 120 + " — пропущенные строки.xlsx"),
    ],
)
def test_the_name_is_one_that_windows_takes(name: str, made: str) -> None:
    assert rejected_name(name) == made


def test_sheets_have_legal_names_of_their_own() -> None:
    wanted = ["Лист", "лист", "a/b:c", "", "д" * 40, "д" * 41, "'x'", "History"]
    made = sheet_names(wanted)
    assert made == [
        "Лист", "лист (2)", "a b c", "Лист (3)", "д" * 31, "д" * 27 + " (2)", "x", "History (2)",
    ]  # fmt: skip
