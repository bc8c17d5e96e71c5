"""Lists of a group's students in a single column without a title."""

import re
from dataclasses import replace
from typing import Final

from demoexam.exchange.cells import Line, Sheet
from demoexam.exchange.headers import tells_of_somebody
from demoexam.rules.full_names import is_patronymic
from demoexam.rules.identity import clean

_MOSTLY: Final = 0.6
_LEAST_NAMES: Final = 2
_MARK: Final = re.compile(r"^\d{1,3}\s*[.)]\s*")


def plain_names(sheet: Sheet) -> tuple[Sheet, int] | None:
    """The sheet with «1. Иванов…» as names alone, and the index of the first of them."""
    names = [at for at, line in enumerate(sheet.lines) if _is_name(line)]
    said = [at for at, line in enumerate(sheet.lines) if line.own_columns()]
    below = [at for at in said if names and at >= names[0]]
    if len(names) < _LEAST_NAMES or len(names) < _MOSTLY * len(below):
        return None
    return replace(sheet, lines=tuple(map(_unmarked, sheet.lines))), names[0]


def _is_name(line: Line) -> bool:
    """Whether all that the line says is a person's whole name."""
    own = line.own_columns()
    words = line.text(own[0]).split() if len(own) == 1 else []
    return len(words) > 1 and is_patronymic(words[-1]) and tells_of_somebody(line)


def _unmarked(line: Line) -> Line:
    own = line.own_columns()
    if len(own) != 1 or not _MARK.match(text := clean(line.text(own[0]))):
        return line
    cells = (*line.cells[: own[0]], _MARK.sub("", text), *line.cells[own[0] + 1 :])
    return replace(line, cells=cells)
