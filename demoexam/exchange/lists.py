"""Rows of the students', workshops' and kits' lists become typed rows with findings."""

import re
from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Final

from demoexam.exchange.cells import Value, as_text
from demoexam.exchange.content import group_in
from demoexam.exchange.fields import (
    read_count,
    read_kit_codes,
    read_level,
    read_minutes,
    read_number,
    read_specialty_codes,
)
from demoexam.exchange.headings import Headings, Meaning, organization_in, organization_of_sheet
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
from demoexam.exchange.values import INFO, ROW, Finding, KitRow, StudentRow, WorkshopRow
from demoexam.rules.full_names import FullName

_ROOM: Final = re.compile(
    r"[\s,;(]*\b(?:каб(?:инет)?|ауд(?:итория)?|пом(?:ещение)?|комн(?:ата)?)\b\.?\s*№?\s*"
    r"([\w/-]+)\)?\s*$",
    re.IGNORECASE,
)
_ROOM_WORD: Final = re.compile(r"^(?:каб(?:инет)?|ауд(?:итория)?)\b\.?\s*№?\s*", re.IGNORECASE)


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
        group, code = group_and_specialty(reader.text("group"), specialties)
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
    titles = (group_in(text) for text in reversed(table.heading))
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
    rows = (_workshop(reader, headings, specialties) for headings in reader.rows())
    return [row for row in rows if row], reader.findings


def _workshop(
    reader: RowReader, headings: Headings, specialties: Collection[str]
) -> WorkshopRow | None:
    name, room = split_room(reader.text("name"))
    if not name:
        reader.note("no_name", "name", level=ROW)
        return None
    places = read_count(reader.value("places"))
    if places is None:
        reader.note("no_places", "places")
    codes, unknown = read_specialty_codes(reader.value("specialty"), specialties)
    for code in unknown:
        reader.note("unknown_specialty", "specialty", code)
    return WorkshopRow(
        place=reader.place,
        name=name,
        room=room_name(reader.text("room")) or room,
        address=reader.text("address"),
        places=places or 0,
        until=reader.day("until"),
        specialties=codes,
        center=reader.text("center"),
        organization=_owner(reader, headings),
        open_saturday=reader.flag("saturday"),
        equipment=_listed(reader),
    )


def _owner(reader: RowReader, headings: Headings) -> OrganizationName | None:
    named = read_organization(reader.text("organization") or organization_above(headings))
    return named if named and named.form else None


def read_kits(
    table: Table, *, today: date, specialties: Collection[str] = ()
) -> tuple[list[KitRow], list[Finding]]:
    reader = RowReader(table, today)
    rows = (_kit(reader, headings, specialties) for headings in reader.rows())
    return [row for row in rows if row], reader.findings


def _kit(reader: RowReader, headings: Headings, specialties: Collection[str]) -> KitRow | None:
    codes = read_kit_codes(reader.value("code"))
    written = (*reader.values("level"), reader.value("code"), *headings.texts, reader.table.sheet)
    level = next((found for text in written if (found := read_level(text))), None)
    if not codes or level is None:
        reader.note("no_level" if codes else "no_code", "code", reader.text("code"), ROW)
        return None
    specialty = codes[0].split("-")[0]
    if specialties and specialty not in specialties:
        reader.note("unknown_specialty", "code", specialty, ROW)
        return None
    minutes = read_minutes(reader.value("minutes"))
    if minutes is None:
        reader.note("no_minutes", "minutes", as_text(reader.value("minutes")))
    return KitRow(
        place=reader.place,
        code=codes[0],
        specialty=specialty,
        level=level,
        minutes=minutes or 0,
        max_points=_hundredths(reader, "points"),
        core_points=_hundredths(reader, "core_points"),
        variable_points=_hundredths(reader, "variable_points"),
        workplaces=_upper_bound(reader.value("workplaces")),
        experts=read_count(reader.value("experts")),
        recommended=read_count(reader.value("recommended")),
        days=read_count(reader.value("days")) or 1,
        specialty_title=reader.text("specialty").replace(specialty, "").strip(" -–—."),
        equipment=_listed(reader),
    )


def _listed(reader: RowReader) -> tuple[str, ...]:
    """What the equipment cell lists."""
    parts = re.split(r"[,;\n]", reader.text("equipment"))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _hundredths(reader: RowReader, name: str) -> int:
    number = read_number(reader.value(name))
    return round(number * 100) if number and number > 0 else 0


def _upper_bound(value: Value) -> int | None:
    """8 of «8», 15 of «1–15»."""
    bounds = re.findall(r"\d+", as_text(value))
    return int(bounds[-1]) if bounds else None
