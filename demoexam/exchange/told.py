"""What a list without a column for it tells around its rows: the study group, the day."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from demoexam.exchange.cells import Line
from demoexam.exchange.content import group_in
from demoexam.exchange.dates import read_date
from demoexam.rules.identity import clean
from demoexam.text import fold

_WORD: Final = re.compile(r"[а-яё]{2}")
_STUDENTS: Final = re.compile(r"студент|обучающ|выпускник|учащ(?:их|ие)ся|контингент")
_OTHERS: Final = re.compile(
    r"эксперт|преподават|педагог|мастер|комисси|представ|сотрудник|работник|работодат|куратор"
    r"|кадр|руковод|тьютор|наставник"
)
_IN_TEXT: Final = 2.5  # as much as a column of groups
_OF_SHEET: Final = 1.0  # a sheet may be called so by chance
_DAY: Final = 1.5
_SOME_DAY: Final = date(2026, 1, 1)
_SPECIALTY: Final = re.compile(r"\d\d\.\d\d\.\d\d[\s«\"–—-]+[А-ЯЁ][а-яё]+\s")  # its code and title


def joined(line: Line) -> str:
    """All that is written in the line."""
    return " ".join(clean(line.text(column)) for column in line.own_columns())


def _between(lines: Sequence[Line]) -> Iterator[str]:
    return (joined(line) for line in lines if len(line.own_columns()) == 1)


def group_told(sheet: str, heading: Sequence[str], below: Sequence[Line]) -> float:
    """How surely a list without a column of groups tells them: in its title or between its rows."""
    if any(map(group_of_title, heading)) or any(
        group_in(text, alone=True) for text in _between(below)
    ):
        return _IN_TEXT
    return _OF_SHEET if group_in(sheet, alone=True) else 0.0


def group_of_title(text: str) -> str:
    """The group that a line above a list names, or that is all of the line."""
    return group_in(text, alone=not _WORD.search(text))


def students_told(sheet: str, heading: Sequence[str]) -> bool:
    """Whether a list says above its titles that it is one of students, of whatever group."""
    said = fold(" ".join((sheet, *heading)))
    return bool(_STUDENTS.search(said)) and not _OTHERS.search(said)


def day_told(below: Sequence[Line]) -> float:
    """How surely days stand as headings between the rows."""
    year = _SOME_DAY.year
    texts = (text for text in _between(below) if not _SPECIALTY.match(text))
    days = (read_date(text, today=_SOME_DAY, year=year).day for text in texts)
    return _DAY if any(days) else 0.0
