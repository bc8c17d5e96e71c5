"""A college's form measured and printed with invented people before it is ever kept."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportlab.lib.units import mm

from demoexam.documents.blocks import Column, Grid
from demoexam.documents.fonts import BOLD, knows, unit_width
from demoexam.documents.invented import sample_fillings
from demoexam.documents.page import Sheet
from demoexam.documents.rendering import laid_out
from demoexam.documents.styles import SMALLEST
from demoexam.documents.table import PAD_X, MeasuredGrid, column_widths, heading
from demoexam.documents.template import Filling, Table, Template, fill, filled_fields, grid_of
from demoexam.documents.template_check import texts
from demoexam.documents.template_problems import At, Problem
from demoexam.documents.template_schema import SOFT_HYPHEN
from demoexam.documents.typo import typo

NARROWEST = 8.0  # mm: what is left for a column without a width
MODULES = (4, 8)  # the most that a portrait sheet takes, and a landscape one
MOST_PAGES = 10  # of a sitting of three people
MOST_HEADING, MOST_ROW = 80, 150  # mm: a sheet must hold both


def paper_problems(data: Mapping[str, Any], template: Template) -> list[Problem]:
    """Why a form whose words are sound cannot be printed, or would not end."""
    try:
        return _measures(data, template) or list(_trial(template))
    except Exception as error:  # noqa: BLE001 -- whatever stops the trial stops real prints too
        return [Problem((), f"пробная печать не удалась: {type(error).__name__} {error}")]


def _measures(data: Mapping[str, Any], template: Template) -> list[Problem]:
    """Letters that the paper's font lacks, and tables that do not fit the sheet."""
    problems = [
        Problem(at, f"знака «{lacking}» (U+{ord(lacking):04X}) в шрифте бумаг нет: замените его")
        for at, text in texts(data)
        if (lacking := _lacking(text))
    ]
    for modules in MODULES:
        for filling in sample_fillings(template, modules=modules)[:1]:
            problems += _table_problems(data, template, filling)
    return list(dict.fromkeys(problems))


def _trial(template: Template) -> Iterator[Problem]:
    for filling in sample_fillings(template, modules=MODULES[0])[:1]:
        pages = len(laid_out(fill(template, filling)))
        if pages > MOST_PAGES:
            text = f"бланк на троих занимает {pages} листов, а можно {MOST_PAGES}: сократите его"
            yield Problem((), text)


def _lacking(text: str) -> str:
    """The first letter that would print as an empty box."""
    return next((one for one in text if one not in {"\n", SOFT_HYPHEN} and not knows(one)), "")


def _table_problems(
    data: Mapping[str, Any], template: Template, filling: Filling
) -> Iterator[Problem]:
    """The parts of the data are the template's, one for one."""
    form = fill(template, filling)
    width = Sheet(form.wide, form.archive).text_width / mm
    for at, (told, part) in enumerate(zip(data["parts"], template.parts, strict=True)):
        if isinstance(part, Table):
            place = ("parts", at)
            columns = list(_column_problems(_columns(told, part, filling), width, place))
            yield from columns or _height_problems(grid_of(part, filling), width, place)


def _height_problems(grid: Grid, width: float, at: At) -> Iterator[Problem]:
    """A heading or a row that leaves no room on the sheet."""
    columns = tuple(grid.columns)
    tall = heading(columns, column_widths(columns, width * mm)).height / mm
    if tall > MOST_HEADING:
        text = f"заголовки граф высотой {tall:.0f} мм, а можно {MOST_HEADING}: сократите их"
        yield Problem((*at, "columns"), text)
    tall = max((line.height for line in MeasuredGrid(grid, width * mm).lines), default=0) / mm
    if tall > MOST_ROW:
        text = f"строка высотой {tall:.0f} мм, а можно {MOST_ROW}: сократите её или расширьте графы"
        yield Problem(at, text)


def _columns(told: Mapping[str, Any], part: Table, filling: Filling) -> list[tuple[int, Column]]:
    """The columns as printed, each with its place in the data, which keep hidden ones too."""
    shown = [number for number, one in enumerate(told["columns"]) if one["shown"]]
    return [
        (number, one.column)
        for number, field in zip(shown, part.fields, strict=True)
        for one in filled_fields(field, filling)
    ]


def _column_problems(
    columns: Sequence[tuple[int, Column]], width: float, at: At
) -> Iterator[Problem]:
    fixed = sum(column.width or 0 for _, column in columns)
    loose = sum(column.width is None for _, column in columns)
    if (needed := fixed + loose * NARROWEST) > width:
        text = f"графам нужно {needed:g} мм, а на листе {width:g} мм: сузьте или скройте графы"
        yield Problem((*at, "columns"), text)
        return
    for number, column in columns:
        room = column.width or (width - fixed) / loose
        if word := _too_wide(column.title, room):
            text = f"слово «{word[:40]}» шире графы ({room:.1f} мм)"
            yield Problem((*at, "columns", number, "width"), text)


def _too_wide(title: str, room: float) -> str:
    """The first word of a heading that does not fit even in the smallest letters."""
    words = re.split("[ \u00a0\n\u00ad]", typo(title))
    limit = room * mm - 2 * PAD_X
    return next((one for one in words if unit_width(one, BOLD) * SMALLEST > limit), "")
