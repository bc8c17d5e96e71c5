"""A file becomes a `FileContent`: each visible sheet is recognised and read by its kind."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from demoexam.exchange.cells import Book
from demoexam.exchange.duplicates import find_duplicates
from demoexam.exchange.failures import TableNotFound, WrongKind
from demoexam.exchange.legal_forms import LONG_FORMS, SHORT_FORM
from demoexam.exchange.lists import read_kits, read_students, read_workshops
from demoexam.exchange.org_book import Mention, OrganizationBook
from demoexam.exchange.organizations import OrganizationName, read_organization
from demoexam.exchange.people import read_people
from demoexam.exchange.schedules import read_schedule
from demoexam.exchange.table import Table
from demoexam.exchange.tables import find_tables
from demoexam.exchange.values import (
    INFO,
    ExamRow,
    FileContent,
    Finding,
    KitRow,
    PersonRow,
    StudentRow,
    WorkshopRow,
)
from demoexam.exchange.vocabulary import KIND_NAMES, Kind
from demoexam.rules.terms import OrganizationKind
from demoexam.text import fold

ColumnChoice = Mapping[str, Mapping[str, int]]  # Table.key -> field -> its column
HeaderChoice = Mapping[str, tuple[int, int]]  # sheet -> first and last row of titles, or (0, 0)

_NAMED_COLLEGE: Final = re.compile(rf"\b(?:{SHORT_FORM})\s*[«\"“].*[»\"”]")
_YEAR: Final = re.compile(r"\b(20\d{2})\b(?!\s*/|-\d)")
_BARELY: Final = 1.5  # less than a name and one more column
_TITLED: Final = 1.0  # enough under plain titles
_KIND_TOLD: Final = {
    OrganizationKind.COLLEGE: "образовательная",
    OrganizationKind.UNIVERSITY: "вуз",
    OrganizationKind.EMPLOYER: "работодатель",
    OrganizationKind.OTHER: "иное",
}
_EDUCATION: Final = frozenset({OrganizationKind.COLLEGE, OrganizationKind.UNIVERSITY})


@dataclass
class _Reading:
    """What is gathered sheet by sheet."""

    people: list[PersonRow] = field(default_factory=list)
    students: list[StudentRow] = field(default_factory=list)
    workshops: list[WorkshopRow] = field(default_factory=list)
    kits: list[KitRow] = field(default_factory=list)
    exams: list[ExamRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def recognise(
    book: Book,
    kind: Kind | None = None,
    *,
    today: date,
    specialties: Collection[str] = (),
    columns: ColumnChoice = MappingProxyType({}),
    headers: HeaderChoice = MappingProxyType({}),
) -> FileContent:
    """The rows of a book already read. Hidden sheets are named and left alone."""
    tables = tables_in(book, kind, columns, headers)
    return read_tables(book, tables, today=today, specialties=specialties)


def read_tables(
    book: Book, tables: Sequence[Table], *, today: date, specialties: Collection[str] = ()
) -> FileContent:
    """The rows of these tables of the book."""
    reading = _Reading()
    for table in tables:
        _read(table, reading, today, specialties)
    used = {table.sheet for table in tables}
    content = _assembled(book, tables, reading)
    return replace(
        content,
        hidden_sheets=book.hidden_sheets,
        skipped_sheets=tuple(
            sheet.name for sheet in book.sheets if not sheet.hidden and sheet.name not in used
        ),
    )


def tables_in(
    book: Book,
    kind: Kind | None = None,
    columns: ColumnChoice = MappingProxyType({}),
    headers: HeaderChoice = MappingProxyType({}),
) -> list[Table]:
    """The tables of visible sheets; `columns` and `headers` are what the user says of a sheet."""
    visible = [sheet for sheet in book.sheets if not sheet.hidden]
    found = (find_tables(sheet, kind, headers.get(sheet.name)) for sheet in visible)
    tables = [table for tables in found for table in tables if table.lines]
    if not tables:
        if kind and any(find_tables(sheet) for sheet in visible):
            raise WrongKind(name=book.name, kind=KIND_NAMES[kind])
        raise TableNotFound(name=book.name)
    return [
        replace(table, columns=columns.get(table.key, table.columns))
        for table in _worth_reading(tables, headers)
    ]


def _worth_reading(tables: Sequence[Table], told: Collection[str]) -> list[Table]:
    """Sheets that barely resemble a list, beside one of that kind that plainly is, are left out."""
    best: dict[Kind, float] = {}
    for table in tables:
        best[table.kind] = max(table.score, best.get(table.kind, _BARELY))
    return [
        table
        for table in tables
        if table.sheet in told
        or table.score >= max(best[table.kind] / 4, _BARELY)
        or (table.header_rows[0] and table.score >= _TITLED)
    ] or [max(tables, key=lambda table: table.score)]


def _read(table: Table, reading: _Reading, today: date, specialties: Collection[str]) -> None:
    findings: list[Finding] = []
    match table.kind:
        case Kind.ROSTER:
            people, findings = read_people(table, today=today, specialties=specialties)
            reading.people += people
        case Kind.STUDENTS:
            students, findings = read_students(table, today=today, specialties=specialties)
            reading.students += students
        case Kind.WORKSHOPS:
            workshops, findings = read_workshops(table, today=today, specialties=specialties)
            reading.workshops += workshops
        case Kind.KITS:
            kits, findings = read_kits(table, today=today, specialties=specialties)
            reading.kits += kits
        case Kind.SCHEDULE:
            exams, findings = read_schedule(table, today=today)
            reading.exams += exams
    reading.findings += findings


def _assembled(book: Book, tables: Sequence[Table], reading: _Reading) -> FileContent:
    college = _college_of(tables)
    organizations = _organizations(reading, college)
    people = [organizations.settled(person) for person in reading.people]
    students = [
        replace(row, college=organizations.of(row.college).name if row.college else None)
        for row in reading.students
    ]
    duplicates = find_duplicates(people)
    reading.findings += [*duplicates.findings, *_contradictions(people, organizations)]
    conflicted = {found.place for found in duplicates.findings}
    return FileContent(
        name=book.name,
        kinds=tuple(dict.fromkeys(table.kind for table in tables)),
        people=tuple(replace(p, snils="") if p.place in conflicted else p for p in people),
        students=tuple(students),
        workshops=tuple(reading.workshops),
        kits=tuple(reading.kits),
        exams=tuple(reading.exams),
        organizations=organizations.all(),
        findings=tuple(reading.findings),
        same=tuple(duplicates.same),
        maybe=tuple(duplicates.maybe),
        college=organizations.of(college).name if college else None,
        year=next((int(year) for t in tables for year in _YEAR.findall(" ".join(t.heading))), None),
    )


def _organizations(reading: _Reading, college: OrganizationName | None) -> OrganizationBook:
    book = OrganizationBook()
    mentions: list[Mention] = [
        (name, person.says_employer, person.says_kind) if name.is_main else (name, None, None)
        for person in reading.people
        for name in person.organizations
    ]
    others = [
        college,
        *(row.college for row in reading.students),
        *(row.college for row in reading.exams),
        *(row.organization for row in reading.workshops),
    ]
    mentions += [(name, None, None) for name in others if name]
    book.collect(mentions)
    return book


def _contradictions(people: Sequence[PersonRow], book: OrganizationBook) -> list[Finding]:
    """Rows whose word on the employer or on the organization disagrees with its kind."""
    found = []
    for person in people:
        said = _against(person, book) if person.organizations else ""
        if said:
            found.append(Finding(person.place, "flag_contradiction", INFO, "employer", said))
    return found


def _against(person: PersonRow, book: OrganizationBook) -> str:
    """What the row says against the kind of the organization; empty if it agrees."""
    if person.says_employer is None and person.says_kind is None:
        return ""
    kind = book.of(person.organizations[0]).kind
    if kind is OrganizationKind.OTHER:
        return ""
    if person.says_employer is (kind in _EDUCATION):
        return "да" if person.says_employer else "нет"
    told = person.says_kind
    if told is not None and (told in _EDUCATION) is not (kind in _EDUCATION):
        return _KIND_TOLD[told]
    return ""


def _college_of(tables: Sequence[Table]) -> OrganizationName | None:
    """The college that the title above a table names."""
    for table in tables:
        for text in table.heading:
            long = next((form for form in LONG_FORMS if form in fold(text)), "")
            start = fold(text).index(long) if long else None
            named = _NAMED_COLLEGE.search(text)
            written = text[start:] if start is not None else (named[0] if named else "")
            name = read_organization(_until_closed(written))
            if name and name.kind is OrganizationKind.COLLEGE:
                return name
    return None


def _until_closed(text: str) -> str:
    """The text up to the closing of its first quotation."""
    depth = 0
    for position, letter in enumerate(text):
        depth += (letter in "«“") - (letter in "»”")
        if depth == 0 and letter in "»”":
            return text[: position + 1]
    return text
