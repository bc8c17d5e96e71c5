"""What the user chooses about a file before it is loaded, and the plan that follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from demoexam.exchange.cells import Book, Line, Place, Sheet
from demoexam.exchange.isolated import read_safely
from demoexam.exchange.organizations import OrganizationName, read_organization
from demoexam.exchange.recognition import read_tables, tables_in
from demoexam.exchange.tables import Table
from demoexam.exchange.values import FileContent, FileOrganization
from demoexam.exchange.vocabulary import Kind
from demoexam.models.organizations import Organization
from demoexam.progress import Progress
from demoexam.rules.terms import OrganizationKind
from demoexam.services.college.college import college_settings
from demoexam.services.imports.imports import AUTO, apply, kind_of, known_specialties, preview
from demoexam.services.imports.mappings import Remembered, remembered, save_mapping
from demoexam.services.imports.organizations import UNNAMED_COLLEGE
from demoexam.services.imports.plan import Decision, ImportOutcome, ImportPlan
from demoexam.services.imports.rejected import rejected_places, remember_columns

ALL_SHEETS = ""
Cell = tuple[str, int, int]  # sheet, row as in Excel, column from 0


@dataclass(frozen=True)
class Choices:
    """`columns` replace what was recognised on a sheet; `cells` are values typed over the file's.

    `headers` are the first and last header row of a sheet, as in Excel. `hidden` are the hidden
    sheets to be taken all the same. `persons` answer whether a row is the person it resembles; a
    row without an answer is left open. `recalled`: columns known from an earlier load are taken.
    `college` is the name of the own college for a store that does not know it yet.
    """

    kind: str = AUTO
    sheet: str = ALL_SHEETS
    columns: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    cells: Mapping[Cell, str] = field(default_factory=dict)
    college: str = ""
    headers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    persons: Mapping[Place, Decision] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    recalled: bool = True


@dataclass(frozen=True)
class Preview:
    """A file under certain choices: its tables as found, and what loading it would do."""

    book: Book
    choices: Choices
    tables: Sequence[Table]
    plan: ImportPlan
    college_unknown: bool  # the store does not know yet whose it is
    college: str  # the name that the file or the user gives
    remembered: frozenset[str] = frozenset()  # tables whose columns an earlier load has told


def open_book(path: Path, progress: Progress | None = None) -> Book:
    """Read the file's cells once, in a process of its own; every choice works on them."""
    return read_safely(path, progress=progress)


def preview_choices(
    session: Session, book: Book, choices: Choices, *, today: date | None = None
) -> Preview:
    """Recognise and plan the file as chosen. Writes nothing; raises a `FileUnreadable`."""
    day, kind = today or date.today(), kind_of(choices.kind)
    chosen = _typed_over(_sheets_of(book, choices), choices.cells)
    codes = known_specialties(session)
    known = _recalled(session, chosen, kind, choices)
    columns = {**{each.key: each.columns for each in known}, **choices.columns}
    told = {each.sheet: each.header for each in known if each.header}
    headers = {**told, **choices.headers}
    tables = tables_in(chosen, kind, columns, headers)
    content = read_tables(chosen, tables, today=day, specialties=codes)
    unknown = not knows_college(session)
    if unknown and choices.college:
        content = _of_college(content, choices.college)
    return Preview(
        book=chosen,
        choices=choices,
        tables=tables,
        plan=preview(session, content, today=day, decisions=choices.persons),
        college_unknown=unknown,
        college=content.college.short if content.college else "",
        remembered=frozenset(each.key for each in known) - choices.columns.keys(),
    )


def load(session: Session, *, preview: Preview, today: date | None = None) -> ImportOutcome:
    """Write the plan; if rows are refused, what the columns of their own file will be is kept."""
    outcome = apply(session, preview.plan, today=today)
    if rejected_places(preview.plan):
        remember_columns(session, preview.plan, preview.book, tables=preview.tables)
    return outcome


def keep_columns(session: Session, *, preview: Preview) -> None:
    """Remember what the columns of each table are, for the next file with the same titles."""
    for table in preview.tables:
        first, last = table.header_rows
        save_mapping(
            session,
            kind=table.kind,
            titles=table.titles,
            columns=table.columns,
            title=preview.book.name,
            header_rows=last - first + 1 if first else None,
        )


def knows_college(session: Session) -> bool:
    """Whether the store has an own college with a name of its own."""
    own = college_settings(session).own_college
    college = session.get(Organization, own) if own else None
    return college is not None and college.short_name != UNNAMED_COLLEGE


def _recalled(
    session: Session, book: Book, kind: Kind | None, choices: Choices
) -> Sequence[Remembered]:
    """What an earlier load knows of the sheets whose header the user has not told."""
    if not choices.recalled:
        return ()
    told = choices.headers
    return [each for each in remembered(session, book, kind) if each.sheet not in told]


def _sheets_of(book: Book, choices: Choices) -> Book:
    """The book with the chosen sheets alone to read, be they hidden or not."""
    one, shown = choices.sheet, {choices.sheet, *choices.hidden}
    kept = (each for each in book.sheets if one in {ALL_SHEETS, each.name} or each.hidden)
    return replace(
        book,
        sheets=tuple(
            replace(each, hidden=False) if each.name in shown and each.hidden else each
            for each in kept
        ),
    )


def _typed_over(book: Book, cells: Mapping[Cell, str]) -> Book:
    if not cells:
        return book
    return replace(book, sheets=tuple(_mended(sheet, cells) for sheet in book.sheets))


def _mended(sheet: Sheet, cells: Mapping[Cell, str]) -> Sheet:
    mine: dict[int, dict[int, str]] = {}
    for (name, row, column), text in cells.items():
        if name == sheet.name:
            mine.setdefault(row, {})[column] = text
    if not mine:
        return sheet
    lines = tuple(
        _with_cells(line, mine[line.number]) if line.number in mine else line
        for line in sheet.lines
    )
    return replace(sheet, lines=lines)


def _with_cells(line: Line, typed: Mapping[int, str]) -> Line:
    width = max(len(line.cells), max(typed) + 1)
    cells = [*line.cells, *[None] * (width - len(line.cells))]
    for column, text in typed.items():
        cells[column] = text or None
    return replace(line, cells=tuple(cells), spread=line.spread - typed.keys())


def _of_college(content: FileContent, text: str) -> FileContent:
    """The content with the user's word on whose file it is."""
    read = read_organization(text)
    if read is None:
        return content
    name = OrganizationName(read.text, read.core, read.form, read.inn, read.is_main)
    known = any(each.name.short == name.short for each in content.organizations)
    added = () if known else (FileOrganization(name, OrganizationKind.COLLEGE),)
    return replace(content, college=name, organizations=(*content.organizations, *added))
