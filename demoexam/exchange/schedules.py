"""Rows of an exam schedule become sittings: day or days, hours, group, kit, place, people."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from demoexam.exchange.cells import Place, as_text
from demoexam.exchange.clock import read_times, times_beside_day
from demoexam.exchange.content import group_in, several_groups
from demoexam.exchange.dates import DateReading, read_date
from demoexam.exchange.exam_people import ExamPeople
from demoexam.exchange.fields import read_count, read_kit_codes, read_level, read_minutes
from demoexam.exchange.headings import Headings, Meaning, organization_in, organization_of_sheet
from demoexam.exchange.lists import room_name, split_room
from demoexam.exchange.organizations import OrganizationName, read_organization
from demoexam.exchange.pupils import group_name
from demoexam.exchange.row_reader import RowReader
from demoexam.exchange.table import Table
from demoexam.exchange.values import INFO, ROW, ExamRow, Finding
from demoexam.rules.identity import clean

_YEAR: Final = re.compile(r"(?<![.\d])(20\d{2})\b")  # not that of a whole date
_NOBODY: Final = re.compile(
    r"ваканс|вакант|назнач|уточня|согласов|отсутств|\bнет\b|не (?:треб|предусм|нужн)|определ|позже"
    r"|резерв|по (?:графику|приказу|списку)|согласно|приказ",
    re.IGNORECASE,
)
_AND_EXPERTS: Final = re.compile(r"эксперты|состав|член|групп")  # beside the chief
_CLOCK: Final = re.compile(r"\d[:.-][0-5]\d|\d\s?ч")
_WEEKDAYS: Final = (
    "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
)  # fmt: skip
_WEEKDAY_STARTS: Final = (
    "по", "вт", "ср", "че", "пя", "су", "во", "пн", "вт", "ср", "чт", "пт", "сб", "вс",
)  # fmt: skip
_WEEKDAY: Final = re.compile(
    r"\b(понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|пн|вт|ср|чт|пт|сб|вс)\b"
)
_ANYWHERE: Final = Place("", 0)
_FIRST_YEAR: Final = 2010
_YEARS_AHEAD: Final = 5
_FIRST_HOUR: Final = 6
_CODE_BEGUN: Final = re.compile(
    r"(?<![\d.])(\d{2})[.,](\d{2})[.,](\d{2})(?![.,]?\d)(?:\s?[-–—]\s?(\d{1,2})(?!\d))?"
)
_BESIDE_GROUP: Final = re.compile(r"(\d{1,2})\s*(?:чел|студ|уч\w|\)$)")
_LEVEL_BESIDE: Final = re.compile(r"\([БП]У\)|\(ПА\)")


def read_schedule(table: Table, *, today: date) -> tuple[list[ExamRow], list[Finding]]:
    exams: list[ExamRow] = []
    year = _year_of(table, today)
    days: tuple[date, date] | None = None
    seen: dict[tuple[str, ExamRow], int] = {}  # a list of students repeats their sitting
    reader = RowReader(table, today)
    for headings in reader.rows():
        days = _days(reader, headings, year, days if _date_leads(table) else None)
        exam = _exam(reader, headings, days)
        if exam is None:
            continue
        told = (reader.text("group"), replace(exam, place=_ANYWHERE))
        if (row := seen.setdefault(told, exam.place.row)) != exam.place.row:
            reader.note("repeated_row", "group", str(row), INFO)
        else:
            exams.append(exam)
    return exams, reader.findings


def _date_leads(table: Table) -> bool:
    """Whether the column of days is the first: then an empty cell repeats the last."""
    others = [i for name, i in table.columns.items() if name not in ("date", "number")]
    return table.columns.get("date", len(others)) < min(others, default=0)


def _year_of(table: Table, today: date) -> int:
    """The year of the heading, for dates written without one."""
    years = [int(year) for text in table.heading for year in _YEAR.findall(text)]
    return years[-1] if years else today.year


def _exam(reader: RowReader, headings: Headings, days: tuple[date, date] | None) -> ExamRow | None:
    group = group_name(reader.text("group")) or group_in(headings.of(Meaning.GROUP), alone=True)
    kits = _kits(reader, headings)
    for reason, missing in (("no_group", not group), ("no_kit", not kits)):
        if missing:
            reader.note(reason, reason.removeprefix("no_"), level=ROW)
    if several := several_groups(reader.lines("group")):
        reader.note("several_groups", "group", reader.text("group"), ROW)
    if days is None or not group or not kits or several:
        return None
    starts, ends = _hours(reader, headings)
    workshop, room = split_room(reader.text("workshop") or headings.of(Meaning.PLACE))
    beside = " ".join(_LEVEL_BESIDE.findall(reader.text("group")))
    levels = (*reader.values("level"), reader.value("kit"), beside, *headings.texts)
    people = _people(reader)
    return ExamRow(
        place=reader.place,
        day=days[0],
        last_day=days[1],
        starts=starts,
        ends=ends,
        group=group,
        kit=kits[0],
        level=next((level for text in levels if (level := read_level(text))), None),
        workshop=workshop,
        room=room_name(reader.text("room")) or room,
        head_count=_head_count(reader),
        chief=tuple(people.chief),
        experts=tuple(people.experts),
        technical=tuple(people.technical),
        preparation=_preparation(reader, days[0].year),
        college=_college(reader, headings),
        board_member=reader.text("board_member"),
    )


def _college(reader: RowReader, headings: Headings) -> OrganizationName | None:
    """Of its column, of the heading above or of the sheet, where a cluster lists its colleges."""
    named = reader.text("college") or organization_in(headings.of(Meaning.ORGANIZATION))
    return read_organization(named or organization_of_sheet(reader.table.sheet))


def _head_count(reader: RowReader) -> int | None:
    """From its column, or from «ИСП-41 (12 чел.)»."""
    beside = _BESIDE_GROUP.search(reader.text("group"))
    told = read_count(reader.value("head_count"))
    return int(beside[1]) if told is None and beside else told


def _preparation(reader: RowReader, year: int) -> date | None:
    short = read_date(reader.value("preparation"), today=reader.today, year=year)
    return short.day or reader.day("preparation")


def _people(reader: RowReader) -> ExamPeople:
    people = ExamPeople()
    for column in ("chief", "technical", "experts"):
        people.take(column, reader.lines(column))
    title = reader.table.titles.get(reader.table.columns.get("chief", -1), "")
    if "experts" not in reader.table.columns and _AND_EXPERTS.search(title.lower()):
        people.chief, people.experts = people.chief[:1], [*people.chief[1:], *people.experts]
    for column, text in people.unread:
        if not _NOBODY.search(text):
            reader.note("people_unclear", column, text)
    return people


def _kits(reader: RowReader, headings: Headings) -> tuple[str, ...]:
    """Codes of kits; else the beginning of one, by which the store may know it."""
    above = headings.of(Meaning.CODES)
    written = reader.value("kit")
    if whole := read_kit_codes(written) or read_kit_codes(above):
        return whole
    in_title = {code for text in reader.table.heading for code in read_kit_codes(text)}
    if not as_text(written).strip() and len(in_title) == 1:
        return (*in_title,)
    texts = (as_text(written), reader.text("specialty"), reader.text("group"), above)
    found = next(filter(None, map(_CODE_BEGUN.search, texts)), None)
    if found is None:
        return ()
    code = ".".join(found.groups()[:3]) + (f"-{int(found[4])}" if found[4] else "")
    reader.note("kit_incomplete", "kit", code, INFO)
    return (code,)


def _day_above(headings: Headings, today: date, year: int) -> DateReading:
    """The day that the nearest heading tells."""
    read = (read_date(text, today=today, year=year) for text in headings.texts)
    return next((reading for reading in read if reading.day), DateReading())


def _days(
    reader: RowReader, headings: Headings, year: int, before: tuple[date, date] | None
) -> tuple[date, date] | None:
    value = reader.value("date")
    reading = read_date(value, today=reader.today, year=year)
    if reading.day is None and not clean(as_text(value)):
        reading = _day_above(headings, reader.today, year)
    if reading.day is None and before and not clean(as_text(value)):
        return before
    if reading.day is None:
        reason = "date_impossible" if clean(as_text(value)) else "no_date"
        reader.note(reason, "date", as_text(value), ROW)
        return None
    if not _FIRST_YEAR <= reading.day.year <= reader.today.year + _YEARS_AHEAD:
        reader.note("year_unlikely", "date", as_text(value), ROW)
        return None
    _check_weekday(reader, as_text(value), reading)
    second = read_date(reader.value("date_to"), today=reader.today, year=year)
    return reading.day, max(second.day or reading.day, reading.last or reading.day)


def _check_weekday(reader: RowReader, text: str, reading: DateReading) -> None:
    """A weekday that the day is not: one of the two is a slip."""
    told = _WEEKDAY.findall(text.lower())
    if reading.day is None or reading.day != reading.last or len(told) != 1:
        return
    meant = _WEEKDAY_STARTS.index(told[0][:2]) % len(_WEEKDAYS)
    if meant != reading.day.weekday():
        right = _WEEKDAYS[reading.day.weekday()]
        reader.note("weekday_differs", "date", f"{text} — {right}", INFO)


def _hours(reader: RowReader, headings: Headings) -> tuple[time | None, time | None]:
    """Start and end: of their columns, of the shift, of the day's cell, of the headings."""
    written = as_text(reader.value("time"))
    starts, ends = _plausible(read_times(reader.value("time")))
    for column in ("shift", "date"):
        if starts is None and (value := reader.value(column)) is not None:
            read = read_times if column == "shift" and _CLOCK.search(as_text(value)) else None
            starts, ends = (read or times_beside_day)(value)
    for text in headings.texts:
        if starts is None and _CLOCK.search(text):
            starts, ends = times_beside_day(text)
    last, later = read_times(reader.value("time_to"))
    if starts is None and later is not None:  # «начало - окончание» in one column
        return last, later
    if last is None and isinstance(end := reader.value("date_to"), datetime):
        last = read_times(end)[0]
    if starts is None and any(map(str.isdigit, written)):
        reader.note("time_unclear", "time", written)
    elif starts is None and (shift := reader.text("shift")) not in ("", "1", "I"):
        reader.note("no_time", "time", shift, INFO)
    ends = last or ends or _after(starts, read_minutes(reader.value("minutes")))
    if starts and ends and ends <= starts:
        reader.note("time_reversed", "time_to", f"{starts:%H:%M} – {ends:%H:%M}")
        ends = None
    return starts, ends


def _plausible(times: tuple[time | None, time | None]) -> tuple[time | None, time | None]:
    """No exam begins at night: «4 ч 30 мин» is how long it takes."""
    starts, ends = times
    return times if starts is None or ends or starts.hour >= _FIRST_HOUR else (None, None)


def _after(starts: time | None, minutes: int | None) -> time | None:
    if starts is None or not minutes:
        return None
    ends = datetime.combine(date.min, starts) + timedelta(minutes=minutes)
    return ends.time() if ends.date() == date.min else None
