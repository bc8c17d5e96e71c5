"""What the cells of a row tell of a kit: its code, its levels, the module that it is."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final

from demoexam.exchange.cells import Value, as_text
from demoexam.exchange.fields import (
    read_count,
    read_flag,
    read_kit_codes,
    read_level,
    read_minutes,
    read_number,
    read_specialty_codes,
)
from demoexam.exchange.headings import Headings
from demoexam.exchange.row_reader import RowReader
from demoexam.exchange.titles import title_key, title_match
from demoexam.exchange.values import ROW, Finding, KitModule
from demoexam.exchange.vocabulary import TERMS, Kind
from demoexam.rules.identity import clean
from demoexam.rules.terms import ExamLevel

_PARTS: Final = re.compile(r"[/;\n+]|,\s|\bи\b", re.IGNORECASE)
_BY_LEVEL: Final = frozenset(
    {"minutes", "points", "core_points", "variable_points", "experts", "recommended"}
)
_MODULE: Final = re.compile(
    r"^(?:модул[ьи]|задани[ея]|мод\.)\s*№?\s*([\dА-ЯA-Z]{0,2})\b[\s.:–—-]*", re.IGNORECASE
)
_YEAR: Final = re.compile(r"\b20\d\d\b")
_BOUNDS: Final = re.compile(r"(?:\d+\s*[-–—]|до|от \d+ до)\s*(\d+)(?: (?:рм|мест|раб\w*))?")
_MOST_KITS: Final = 99  # of one specialty and year


class KitReader(RowReader):
    """Reads rows of kits; of a cell for several levels the part of the level in hand."""

    level: ExamLevel | None = None
    levels: Sequence[ExamLevel] = ()
    bounds: Mapping[int, int] = MappingProxyType({})  # column of experts -> most workplaces

    def tells_bounds(self) -> bool:
        """Whether the row parts the columns of experts by workplaces: «1-5», «6-10»."""
        filled = {
            at: as_text(cell).strip() for at, cell in enumerate(self.cells) if as_text(cell).strip()
        }
        found = {at: _BOUNDS.fullmatch(text) for at, text in filled.items()}
        bounds = {at: int(match[1]) for at, match in found.items() if match}
        if len(bounds) < 2 or len(bounds) < len(filled):  # noqa: PLR2004 -- one is no table
            return False
        self.bounds = bounds
        return True

    @cached_property
    def columns_of_levels(self) -> Mapping[ExamLevel, Mapping[str, int]]:
        """«Продолжительность БУ | ПУ»: the columns of each level, where they have their own."""
        found: dict[ExamLevel, dict[str, int]] = {}
        if "level" in self.table.columns:
            return found
        for column, title in self.table.titles.items():
            level = read_level(title)
            name = _field_titled(title_key(title)) if level else ""
            if level and name:
                found.setdefault(level, {}).setdefault(name, column)
        return found

    def of_level(self, name: str) -> Value:
        """The cell of the field, or what it says of the level in hand."""
        columns = self.columns_of_levels.get(self.level) if self.level else None
        if columns and name in columns:
            column = columns[name]
            return self.cells[column] if column < len(self.cells) else None
        value = self.value(name)
        if not isinstance(value, str) or len(self.levels) < 2 or self.level is None:  # noqa: PLR2004
            return value
        parts = [part for part in _PARTS.split(value) if part.strip()]
        mine = next((part for part in parts if read_level(part) is self.level), None)
        if mine is not None:
            return mine
        is_paired = len(parts) == len(self.levels)
        return parts[self.levels.index(self.level)] if is_paired else value

    def codes(self) -> tuple[str, ...]:
        """Codes of the cell, or the one that the specialty, a number and a year make."""
        written = self.value("code")
        if codes := read_kit_codes(written):
            return codes
        number = read_count(written) if not isinstance(written, date) else None
        specialty = read_specialty_codes(self.value("specialty"))[0]
        if not number or number > _MOST_KITS or len(specialty) != 1:
            return ()
        told = (as_text(self.value("year")), *reversed(self.table.heading))
        year = next((found[0] for text in told if (found := _YEAR.search(text))), "")
        return (f"{specialty[0]}-{number}-{year}",) if year else ()

    def code_alone(self, codes: Sequence[str], headings: Headings) -> Finding | None:
        """What to say of a row that has a code and nothing more, unless rows below tell more."""
        told = (self.value(name) for name in _BY_LEVEL)
        if not codes or levels_of(self, headings) or any(value not in {None, ""} for value in told):
            return None
        return Finding(self.place, "no_level", ROW, "code", self.text("code"))

    def code_above(self, headings: Headings, above: tuple[str, ...]) -> tuple[str, ...]:
        """The code of a row that has none but tells its level: that of the rows above it."""
        if self.text("code") or read_level(as_text(self.value("level"))) is None:
            return ()
        return above or next(filter(None, map(read_kit_codes, headings.texts)), ())

    def levels_marked(self) -> Sequence[ExamLevel]:
        """The levels in whose columns the row has a «+»."""
        titles = self.table.titles.items() if "level" not in self.table.columns else ()
        marked = [
            level
            for column, title in titles
            if column < len(self.cells) and (level := read_level(title))
            if read_flag(self.cells[column])[0]
        ]
        return [*dict.fromkeys(marked)]

    def module(self) -> KitModule | None:
        """The module that the row tells, in a column of its own or in place of the kit."""
        texts = [clean(cell) for cell in self.cells if isinstance(cell, str) and cell.strip()]
        told = self.text("module")
        at = next((i for i, text in enumerate(texts) if _MODULE.match(text)), None)
        if at is None and not told:
            return None
        text = told if at is None else texts[at]
        found = _MODULE.match(text)
        title = _MODULE.sub("", text).strip(" .:")
        if (
            not title
            and at is not None
            and at + 1 < len(texts)
            and read_minutes(texts[at + 1]) is None
        ):
            title = texts[at + 1]
        number = found[1] if found else ""
        return KitModule(
            number=int(number) if number.isdecimal() else 0,
            title=title,
            minutes=read_minutes(self.value("minutes")) or 0,
            points=hundredths(self.value("points")),
            is_first_row=bool(self.codes()),
        )


def _field_titled(key: str) -> str:
    """The field that differs by level and that the title means best."""
    fits = {
        each.field: title_match(each, key) for each in TERMS[Kind.KITS] if each.field in _BY_LEVEL
    }
    best = max(fits, key=lambda name: fits[name])
    return best if fits[best] else ""


def levels_of(reader: KitReader, headings: Headings) -> Sequence[ExamLevel]:
    written = (*reader.values("level"), reader.value("code"))
    if found := next(filter(None, map(_levels_in, map(as_text, written))), ()):
        return found
    if len(reader.columns_of_levels) > 1:
        return [*reader.columns_of_levels]
    if marked := reader.levels_marked():
        return marked
    around = (*headings.texts, reader.table.sheet, *reversed(reader.table.heading))
    level = next(filter(None, map(read_level, around)), None)
    return (level,) if level else ()


def _levels_in(text: str) -> Sequence[ExamLevel]:
    """The levels that the text lists, or the one that it tells."""
    listed = [level for part in _PARTS.split(text) if (level := read_level(part))]
    if len({*listed}) > 1 and len(listed) == len({*listed}):
        return listed
    level = read_level(text)
    return (level,) if level else ()


def listed(reader: RowReader) -> tuple[str, ...]:
    """What the equipment cell lists."""
    parts = re.split(r"[,;\n]", reader.text("equipment"))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def hundredths(value: Value) -> int:
    number = read_number(value)
    return round(number * 100) if number and number > 0 else 0


def upper_bound(value: Value) -> int | None:
    """8 of «8», 15 of «1–15»."""
    bounds = re.findall(r"\d+", as_text(value))
    return int(bounds[-1]) if bounds else None
