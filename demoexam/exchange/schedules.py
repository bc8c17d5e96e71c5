"""Rows of an exam schedule become sittings: day or days, hours, group, kit, place, people."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Final

from demoexam.exchange.cells import as_text
from demoexam.exchange.dates import read_date, read_times
from demoexam.exchange.fields import read_count, read_kit_codes, read_level
from demoexam.exchange.lines import data_lines
from demoexam.exchange.lists import group_name, split_room
from demoexam.exchange.organizations import read_organization
from demoexam.exchange.people import RowReader
from demoexam.exchange.tables import Table
from demoexam.exchange.values import ROW, ExamRow, Finding
from demoexam.rules.full_names import FullName, read_full_name
from demoexam.rules.identity import clean, clean_lines

_YEAR: Final = re.compile(r"\b(20\d{2})\b")
_BETWEEN_PEOPLE: Final = re.compile(r"[;\n/]|,(?!\s*[А-ЯЁ]\.)")
_NUMBERED: Final = re.compile(r"(?:^|\s)\d{1,2}[.)]\s*")
_ROLE_NOTE: Final = re.compile(r"\([^)]*\)|^\s*(?:гэ|тэ|эксперты?)\s*[:–—-]\s*", re.IGNORECASE)
_NEXT_PERSON: Final = re.compile(r"(?<=[А-ЯЁ]\.)\s+(?=[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.)")


def read_schedule(table: Table, *, today: date) -> tuple[list[ExamRow], list[Finding]]:
    exams: list[ExamRow] = []
    findings: list[Finding] = []
    year = _year_of(table, today)
    for line, heading in data_lines(table):
        reader = RowReader(table, line, today)
        if exam := _exam(reader, heading, year):
            exams.append(exam)
        findings += reader.findings
    return exams, findings


def _year_of(table: Table, today: date) -> int:
    """The year of the heading, for dates written without one."""
    years = [int(year) for text in table.heading for year in _YEAR.findall(text)]
    return years[-1] if years else today.year


def _exam(reader: RowReader, heading: str, year: int) -> ExamRow | None:
    days = _days(reader, heading, year)
    group = group_name(reader.text("group"))
    kits = read_kit_codes(reader.value("kit"))
    for reason, missing in (("no_group", not group), ("no_kit", not kits)):
        if missing:
            reader.note(reason, reason.removeprefix("no_"), level=ROW)
    if days is None or not group or not kits:
        return None
    starts, ends = _hours(reader)
    workshop, room = split_room(reader.text("workshop"))
    return ExamRow(
        place=reader.place,
        day=days[0],
        last_day=days[1],
        starts=starts,
        ends=ends,
        group=group,
        kit=kits[0],
        level=read_level(reader.value("level")) or read_level(reader.value("kit")),
        workshop=workshop,
        room=room,
        head_count=read_count(reader.value("head_count")),
        chief=tuple(read_people_names(reader.lines("chief"))),
        experts=tuple(read_people_names(reader.lines("experts"))),
        technical=tuple(read_people_names(reader.lines("technical"))),
        preparation=reader.day("preparation"),
        college=read_organization(reader.text("college")),
    )


def _days(reader: RowReader, heading: str, year: int) -> tuple[date, date] | None:
    value = reader.value("date")
    reading = read_date(value, today=reader.today, year=year)
    if reading.day is None and not clean(as_text(value)):
        reading = read_date(heading, today=reader.today, year=year)
    if reading.day is None:
        reason = "date_impossible" if clean(as_text(value)) else "no_date"
        reader.note(reason, "date", as_text(value), ROW)
        return None
    second = read_date(reader.value("date_to"), today=reader.today, year=year)
    return reading.day, max(second.day or reading.day, reading.last or reading.day)


def _hours(reader: RowReader) -> tuple[time | None, time | None]:
    starts, ends = read_times(reader.value("time"))
    if starts is None and (day := reader.value("date")) is not None:
        written = as_text(day)
        starts, ends = read_times(day) if ":" in written else (None, None)
    last = read_times(reader.value("time_to"))[0]
    return starts, last or ends


def read_people_names(text: str) -> Iterator[FullName]:
    """People named in one cell, one after another, with initials or in full."""
    listed = _NUMBERED.sub("\n", _ROLE_NOTE.sub(" ", clean_lines(text)))
    for part in _BETWEEN_PEOPLE.split(listed):
        for one in _NEXT_PERSON.split(part.strip()):
            reading = read_full_name(one)
            if reading.name is not None and clean(one):
                yield reading.name
