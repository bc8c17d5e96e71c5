"""Reads the cells of a table's rows and notes what is wrong with them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Final

from demoexam.exchange.cells import Place, Value, as_text
from demoexam.exchange.dates import DateReading, read_date, read_term
from demoexam.exchange.dittos import is_ditto, written_once
from demoexam.exchange.fields import read_flag
from demoexam.exchange.headings import Headings
from demoexam.exchange.lines import data_lines
from demoexam.exchange.lost_cells import FORMULA
from demoexam.exchange.person_cells import is_whole_name, split_birth, split_contacts, split_person
from demoexam.exchange.table import Table
from demoexam.exchange.values import FIELD, INFO, ROW, Finding
from demoexam.rules.full_names import (
    NameReading,
    read_full_name,
    read_name_parts,
    read_plain_name,
)
from demoexam.rules.identity import Reading, clean, clean_lines
from demoexam.text import fold

_ERROR: Final = re.compile(
    r"#(?:N/A|Н/Д|REF!|ССЫЛКА!|VALUE!|ЗНАЧ!|NAME\?|ИМЯ\?|DIV/0!|ДЕЛ/0!|NUM!|ЧИСЛО!|NULL!|ПУСТО!)"
)
_LOST: Final = frozenset({"error_cell", "formula_cell"})
_NOTHING: Final = frozenset({"нет", "отсутствует", "не указан", "не указана", "н/д", "нет данных"})
LONGEST_TEXT: Final = 300
NO_DAY: Final = DateReading()


class RowReader:
    """Stands on one row of data after another; `findings` are those of all rows passed."""

    def __init__(self, table: Table, today: date) -> None:
        self.table = table
        self.today = today
        self.findings: list[Finding] = []
        self.place = Place(table.sheet, 0, table.origin)
        self.cells: tuple[Value, ...] = ()
        self.aside = ""  # what the cell of the name says beside it
        self.reach = ""  # the telephone and address in it
        self.born: date | None = None  # and the day of birth
        self._columns = table.columns
        self._several = table.more
        self._passed = 0  # findings of the rows before
        self._above: dict[str, Value] = {}  # what a ditto mark repeats
        self._cleaned: dict[str, str] = {}  # a list repeats its posts, roles and kinds

    def rows(self) -> Iterator[Headings]:
        """Goes through the rows; of each, the headings in force above it."""
        sheet, origin = self.table.sheet, self.table.origin
        for line, headings in data_lines(self.table):
            self.place = Place(sheet, line.number, origin)
            self.cells = line.cells
            self.aside, self.reach, self.born = "", "", None
            self._passed = len(self.findings)
            yield headings

    def note(self, reason: str, name: str, bad: str = "", level: str = FIELD) -> None:
        self.findings.append(Finding(self.place, reason, level, name, bad))

    def value(self, name: str) -> Value:
        """The cell; an error of Excel in it is noted and read as nothing."""
        column = self._columns.get(name)
        if column is None or column >= len(self.cells):
            return None
        value = self.cells[column]
        if isinstance(value, str) and "#" in value:
            return self._unless_lost(value, name)
        return value

    def _unless_lost(self, value: str, name: str) -> str | None:
        if _ERROR.match(value.strip()):
            self.note("error_cell", name, value.strip())
            return None
        if value.startswith(FORMULA):
            self.note("formula_cell", name, value.removeprefix(FORMULA).strip())
            return None
        return value

    def _further(self, name: str) -> list[Value]:
        """Cells of the other columns of a field that has several."""
        return [self.cells[i] for i in self._several.get(name, ()) if i < len(self.cells)]

    def values(self, name: str) -> list[Value]:
        """Every cell of a field that may have several columns."""
        return [self.value(name), *self._further(name)]

    def text(self, name: str) -> str:
        if name not in self._columns:
            return ""
        value = self.value(name)
        if value is None:
            return ""
        if isinstance(value, str) and value in self._cleaned:
            return self._cleaned[value]
        text = clean(as_text(value))
        if len(text) > LONGEST_TEXT:
            self.note("too_long", name, level=INFO)
        elif isinstance(value, str):
            self._cleaned[value] = text
        return text

    def carried(self, name: str, value: Value) -> Value:
        """The cell, or the one above for a ditto mark and below what is written once for many."""
        if value and not (isinstance(value, str) and is_ditto(value)):
            self._above[name] = value
            return value
        if value or name in self._once:
            return self._above.get(name)
        return None

    @cached_property
    def _once(self) -> frozenset[str]:
        return written_once(self.table)

    def lines(self, name: str) -> str:
        """The cell, or all cells of a field of several columns, with line breaks."""
        value = self.value(name)
        if name not in self._several or name not in self._columns:
            return clean_lines(value if isinstance(value, str) else as_text(value))
        return clean_lines("\n".join(map(as_text, (value, *self._further(name)))))

    def checked(self, reading: Reading, name: str, raw: str) -> str:
        if reading.problem and fold(clean(raw)).strip(" .") not in _NOTHING:
            self.note(reading.problem, name, raw)
        return reading.value

    def day(self, name: str, *, birth: bool = False) -> date | None:
        return self.term(name, birth=birth).day

    def term(self, name: str, *, birth: bool = False) -> DateReading:
        """The day of the cell; the first and last of «с 01.02.2025 по 31.01.2027»."""
        if name not in self._columns:
            return NO_DAY
        value = self.value(name)
        if value is None or value == "":
            return NO_DAY
        reading = read_term(value, self.today, birth)
        if reading.problem:
            self.note(reading.problem, name, as_text(value))
        return reading

    def flag(self, name: str) -> bool | None:
        if name not in self._columns:
            return None
        value = self.value(name)
        if value is None or value == "":
            return None
        answer, problem = read_flag(value)
        if problem:
            self.note(problem, name, as_text(value))
        return answer

    def _take_aside(self, aside: str) -> None:
        rest, born = split_birth(aside[:LONGEST_TEXT])
        self.aside, self.reach = split_contacts(rest)
        self.born = read_date(born, today=self.today, birth=True).day if born else None
        if is_whole_name(split_person(self.aside)[0]):
            self.note("several_people", "fio", clean(self.aside)[:LONGEST_TEXT])
            self.aside = ""

    def name(self) -> NameReading:
        """The person's name; a row without one is noted as rejected."""
        if "full_name" in self._columns:
            raw = as_text(self.value("full_name"))
            if plain := read_plain_name(raw):
                return NameReading(plain)
            written, aside = split_person(raw)
            reading = read_full_name(written)
            if aside:
                self._take_aside(aside)
        else:
            parts = [as_text(self.value(p)) for p in ("last_name", "first_name", "middle_name")]
            raw = " ".join(part for part in parts if part)
            reading = read_name_parts(parts[0], parts[1], parts[2])
        own = self.findings[self._passed :]
        failed = [found for found in own if found.reason in _LOST]
        if reading.name is None and failed:
            self.findings[self._passed :] = [replace(failed[0], level=ROW, field="fio")]
        elif reading.problem:
            level = FIELD if reading.name else ROW
            self.note(reading.problem, "fio", clean(raw)[:LONGEST_TEXT], level)
        return reading
