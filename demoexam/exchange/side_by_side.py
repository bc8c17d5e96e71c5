"""Tables that stand side by side on a sheet: where one ends and the next begins."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from demoexam.exchange.cells import Line, Sheet
from demoexam.exchange.headers import Title
from demoexam.exchange.titles import title_key
from demoexam.text import fold

_LOOKED_AT: Final = 40
_LEAST_WIDTH: Final = 2
_SIDES: Final = re.compile(r"эксперт|работодател|педагог|преподавател|представител")


def blocks_of(titles: Mapping[int, Title], below: Sequence[Line]) -> list[range]:
    """Columns of each block; blocks are parted by an empty column or a header begun anew."""
    if not titles:
        return []
    width = max(titles) + 1
    filled = {i for line in below[:_LOOKED_AT] for i in line.own_columns()} | {*titles}
    starts = [min(titles)]
    keys: set[str] = set()
    for column in range(starts[0], width):
        key = title_key(titles[column].path) if column in titles else ""
        if key and column > starts[-1] and _another_side(titles, starts[-1], column):
            starts.append(column)
            keys = set()
        after_gap = column in filled and column - 1 not in filled and column > starts[-1]
        if after_gap or (key and key in keys and key == _first_key(titles, starts[-1])):
            starts.append(column)
            keys = set()
        keys.add(key)
    ends = [*starts[1:], width]
    blocks = [range(start, end) for start, end in zip(starts, ends, strict=True)]
    return blocks if all(len(block) >= _LEAST_WIDTH for block in blocks) else []


def _another_side(titles: Mapping[int, Title], start: int, column: int) -> bool:
    """Whether people of another heading begin: «Главные эксперты: ФИО | Линейные: ФИО»."""
    above = [_above(titles.get(i)) for i in range(column + 1)]
    if not _SIDES.search(above[column]) or above[column] == above[column - 1]:
        return False
    before = {title_key(titles[i].own) for i in range(start, column) if i in titles}
    first = next(i for i in range(column + 1) if above[i])
    return (
        title_key(titles[column].own) in before
        and bool(_SIDES.search(above[column - 1]))
        and first - min(titles) <= 1  # nothing but a number leads: no schedule
    )


def _above(title: Title | None) -> str:
    """What the upper storeys say, folded."""
    return fold(title.path.removesuffix(title.own)) if title else ""


def _first_key(titles: Mapping[int, Title], start: int) -> str:
    return title_key(titles[start].path) if start in titles else ""


def only_columns(sheet: Sheet, block: range) -> Sheet:
    """The sheet with every other column blank, so that columns keep their numbers."""
    return replace(sheet, lines=tuple(_only(line, block) for line in sheet.lines))


def _only(line: Line, block: range) -> Line:
    cells = [None] * min(block.start, len(line.cells)) + [*line.cells[block.start : block.stop]]
    return Line(line.number, tuple(cells), line.spread & {*block})
