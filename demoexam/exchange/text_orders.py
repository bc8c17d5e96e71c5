"""Orders kept as plain text: paragraphs in which people are named, not a table."""

import re
from collections.abc import Sequence
from typing import Final

from demoexam.exchange.cells import Sheet
from demoexam.exchange.orders import Paragraph, people_told
from demoexam.exchange.text_tables import decode
from demoexam.text import fold

_LONGEST: Final = 200_000  # bytes: no order is longer
_LOOKED_AT: Final = 3_000
_ORDER: Final = re.compile(
    r"приказ|распоряж|назначить|утвердить|включить в состав"
    r"|состав\w* (?:\w+ )?(?:эксперт|комисс|гэк)"
)
_SEPARATORS: Final = re.compile(r"[;|\t]+")
_LEAST_CELLS: Final = 3
_MOST_PARTED: Final = 0.2
_EMPTY_CELLS: Final = re.compile(r'^[\s;"]*|;{2,}\s*$|"\s*;*\s*$')


def people_of_order(content: bytes) -> list[Sheet]:
    """Sheets of the people of an order; none when the text is a table or names nobody."""
    if len(content) > _LONGEST:
        return []
    text = decode(content).lstrip("\ufeff")
    if not _ORDER.search(fold(text[:_LOOKED_AT])):
        return []
    lines = [_EMPTY_CELLS.sub("", line) for line in text.splitlines()]
    if _is_table(lines):
        return []
    return people_told([Paragraph(line) for line in lines])


def _is_table(lines: Sequence[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    parted = sum(len(_SEPARATORS.split(line.strip(" ;|\t"))) >= _LEAST_CELLS for line in filled)
    return parted > len(filled) * _MOST_PARTED
