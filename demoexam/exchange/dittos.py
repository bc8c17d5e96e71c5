"""Cells that stand for the one above them: ditto marks, and blanks below what is written once."""

import itertools
import re
from typing import Final

from demoexam.exchange.cells import as_text
from demoexam.exchange.table import Table

_LONGEST: Final = 10
_DITTO: Final = re.compile(
    r"[\s–—-]*(?:[\"«»“”„]|//|\\\\)[\s–—\"«»“”„/\\-]*|(?:то|тот|та|там) же\.?|аналогично",
    re.IGNORECASE,
)
_STARTS: Final = frozenset(' –—-"«»“”„/\\тТаА')
_SOUGHT: Final = ("organization", "competences")
_LEAST_BLANKS: Final = 0.3


def is_ditto(text: str) -> bool:
    """Whether it says no more than that the cell above is meant."""
    return (
        text[:1] in _STARTS and len(text) <= _LONGEST and _DITTO.fullmatch(text.strip()) is not None
    )


def written_once(table: Table) -> frozenset[str]:
    """Columns to the left of the names that are filled in the first row of each group only."""
    name = table.columns.get("full_name", table.columns.get("last_name", 0))
    left = [field for field in _SOUGHT if table.columns.get(field, name) < name]
    return frozenset(field for field in left if _is_of_groups(table, field, name))


def _is_of_groups(table: Table, field: str, name: int) -> bool:
    """Many blanks, and nothing that is written twice running."""
    rows = [line for line in table.lines if line.text(name).strip()]
    texts = [as_text(table.value(line, field)).strip() for line in rows]
    filled = [text for text in texts if text]
    repeated = any(one == other for one, other in itertools.pairwise(filled))
    return len(texts) - len(filled) >= _LEAST_BLANKS * len(texts) and not repeated
