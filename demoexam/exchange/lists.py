"""Rows of the students', workshops' and kits' lists become typed rows with findings."""

import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from demoexam.exchange.cells import as_text
from demoexam.exchange.content import group_in
from demoexam.exchange.dates import read_term
from demoexam.exchange.fields import read_count, read_specialty_codes
from demoexam.exchange.headings import Headings, Meaning, organization_in, organization_of_sheet
from demoexam.exchange.kit_cells import listed
from demoexam.exchange.kits import read_kits
from demoexam.exchange.organizations import OrganizationName, read_organization
from demoexam.exchange.pupils import (
    group_and_specialty,
    has_left,
    is_signature,
    needs_assistant,
    read_course,
    specialty_called,
)
from demoexam.exchange.row_reader import RowReader
from demoexam.exchange.specialties import Specialties
from demoexam.exchange.table import Table
from demoexam.exchange.told import group_of_title
from demoexam.exchange.values import INFO, ROW, Finding, StudentRow, WorkshopRow
from demoexam.rules.full_names import FullName
from demoexam.rules.identity import clean
from demoexam.text import fold

_ROOM: Final = re.compile(
    r"[\s,;(]*\b(?:каб(?:инет)?|ауд(?:итория)?|пом(?:ещение)?|комн(?:ата)?)\b\.?\s*№?\s*"
    r"([\w/-]+)\)?\s*$",
    re.IGNORECASE,
)
_ROOM_WORD: Final = re.compile(
    r"^(?:(?:каб(?:инет)?|ауд(?:итория)?)\b\.?\s*№?|№)\s*", re.IGNORECASE
)

_ADDRESS: Final = re.compile(
    r"\b(?:(?:ул|пр|пр-т|пер|просп|ш|наб|мкр|г|пос|с)\.|проспект|улица|шоссе|б-р|корпус)"
    r"\s*[а-я«\"].*\d"
)
_MONTH_OF_YEAR: Final = re.compile(r"(?:до |по )?(?:конца )?([а-я]{3,8})\s+(20\d\d)(?:\s*г\w*)?\.?")
_OPEN: Final = re.compile(r"^(?:работает|рабоч|открыт)")


def read_students(
    table: Table, *, today: date, specialties: Collection[str] = ()
) -> tuple[list[StudentRow], list[Finding]]:
    students: list[StudentRow] = []
    before: str = ""
    reader = RowReader(table, today)

    @cache
    def above(headings: Headings) -> str:
        return _specialty_above(table, headings, specialties)

    for headings in reader.rows():
        if is_signature(reader):
            continue
        name = reader.name().name
        written = reader.value("group")
        if isinstance(written, date):
            reader.note("group_as_date", "group", as_text(written), INFO)
        group, code = group_and_specialty(written, specialties)
        group = group or _group_above(table, headings)
        group = group or (before if _group_leads(table) else "")
        if name is not None and _stays(reader, group):
            code = _specialty(reader, specialties) or code or above(headings)
            students.append(_student(reader, name, group, code, headings))
        before = group
    return students, reader.findings


def _stays(reader: RowReader, group: str) -> bool:
    """Whether the row tells a student of some group; if not, it is noted."""
    if mark := has_left(reader):
        reader.note("has_left", "note", mark, ROW)
    elif not group:
        reader.note("no_group", "group", level=ROW)
    return bool(group) and not mark


def _specialty(reader: RowReader, known: Collection[str]) -> str:
    """The specialty of the row's own cell."""
    value = reader.value("specialty")
    codes, unknown = read_specialty_codes(value, known)
    for code in unknown:
        reader.note("unknown_specialty", "specialty", code)
    if codes or unknown or not isinstance(value, str) or not isinstance(known, Specialties):
        return codes[0] if codes else ""
    code = specialty_called(value, known)
    if not code and len(value.split()) > 1:
        reader.note("unknown_specialty", "specialty", value, INFO)
    return code


def _student(
    reader: RowReader, name: FullName, group: str, code: str, headings: Headings
) -> StudentRow:
    return StudentRow(
        place=reader.place,
        name=name,
        group=group,
        specialty=code,
        college=read_organization(
            reader.text("college")
            or organization_above(headings)
            or organization_of_sheet(reader.table.sheet)
        ),
        course=read_course(reader.value("course")),
        needs_assistant=needs_assistant(reader),
        birth_date=reader.day("birth_date", birth=True),
    )


def _group_leads(table: Table) -> bool:
    """Whether the column of groups stands before the names: then an empty cell repeats the last."""
    name = table.columns.get("full_name", table.columns.get("last_name", 0))
    return table.columns.get("group", name) < name


def _group_above(table: Table, headings: Headings) -> str:
    """The group that a heading between the rows tells, or the sheet's name, or its title."""
    told = group_in(headings.of(Meaning.GROUP), alone=True) or group_in(table.sheet, alone=True)
    titles = map(group_of_title, reversed(table.heading))
    return told or next(filter(None, titles), "")


def _specialty_above(table: Table, headings: Headings, specialties: Collection[str]) -> str:
    texts = (*headings.texts, table.sheet, *reversed(table.heading))
    return next(filter(None, (specialty_called(text, specialties) for text in texts)), "")


def organization_above(headings: Headings) -> str:
    """The organization that a heading between the rows names beyond doubt."""
    return organization_in(headings.of(Meaning.ORGANIZATION))


def room_name(text: str) -> str:
    """«114» of «каб. № 114»."""
    return _ROOM_WORD.sub("", text).strip(" .,;")


def split_room(text: str) -> tuple[str, str]:
    """A workshop's name and the room written after it: «Мастерская «Сварщик», каб. 114»."""
    found = _ROOM.search(text)
    if found is None or not text[: found.start()].strip(" ,;("):
        return text, ""
    return text[: found.start()].strip(" ,;("), found[1]


def read_workshops(
    table: Table, *, today: date, specialties: Collection[str] = ()
) -> tuple[list[WorkshopRow], list[Finding]]:
    reader = RowReader(table, today)
    workshops: dict[tuple[str, str, str], WorkshopRow] = {}
    for headings in reader.rows():
        row = _workshop(reader, headings, specialties)
        if row is None:
            continue
        key = (fold(row.name), row.room, row.organization.short if row.organization else "")
        known = workshops.get(key)
        is_more = bool(known and row.equipment and row.places in {0, known.places})
        if known and is_more:  # one more thing of the workshop above
            workshops[key] = replace(known, equipment=_joined(known.equipment, row.equipment))
            continue
        if not row.places:
            reader.note("no_places", "places")
        workshops[(*key[:2], f"{key[2]}\n{row.place.row}") if known else key] = row
    return [*workshops.values()], reader.findings


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return (*dict.fromkeys((*one, *other)),)


def _workshop(
    reader: RowReader, headings: Headings, specialties: Collection[str]
) -> WorkshopRow | None:
    name, named_room = split_room(reader.text("name"))
    if not name:
        reader.note("no_name", "name", level=ROW)
        return None
    codes, unknown = read_specialty_codes(reader.value("specialty"), specialties)
    for code in unknown:
        reader.note("unknown_specialty", "specialty", code)
    address, room_there = split_room(_address(reader) or _address_above(headings))
    return WorkshopRow(
        place=reader.place,
        name=name,
        room=room_name(reader.text("room")) or named_room or room_there,
        address=address,
        places=read_count(reader.value("places")) or 0,
        until=_until(reader),
        specialties=codes,
        center=reader.text("center"),
        organization=_owner(reader, headings),
        open_saturday=_opens(reader),
        equipment=listed(reader),
    )


def _address(reader: RowReader) -> str:
    """The address, put together where town, street and house have columns of their own."""
    written = reader.text("address")
    parts = [reader.text(name) for name in ("city", "street", "house")]
    if not any(parts):
        return written
    town = parts.pop(0)
    if written and fold(town) in fold(written):
        town = ""
    return ", ".join(part for part in (town, written, *parts) if part)


def _opens(reader: RowReader) -> bool | None:
    """Whether it is open on Saturdays: «да», «работает»."""
    return bool(_OPEN.match(fold(reader.text("saturday")))) or reader.flag("saturday")


def _address_above(headings: Headings) -> str:
    """The address that a heading between the rows is."""
    found = ((text, _ADDRESS.search(fold(text))) for text in headings.texts)
    return next((text[address.start() :] for text, address in found if address), "")


def _until(reader: RowReader) -> date | None:
    """The last day that the cell tells: «№ 16 от 12.02.2024 до 31.12.2027»."""
    value = reader.value("until")
    if value is None or value == "":
        return None
    if isinstance(value, str) and (month := _MONTH_OF_YEAR.fullmatch(fold(clean(value)))):
        first = read_term(f"1 {month[1]} {month[2]}", reader.today).day
        if first:
            return first.replace(day=monthrange(first.year, first.month)[1])
    reading = read_term(value, reader.today)
    if reading.problem:
        reader.note(reading.problem, "until", as_text(value))
    return reading.last or reading.day


def _owner(reader: RowReader, headings: Headings) -> OrganizationName | None:
    named = read_organization(reader.text("organization") or organization_above(headings))
    return named if named and named.form else None


__all__ = ["organization_above", "read_kits", "read_students", "read_workshops"]
