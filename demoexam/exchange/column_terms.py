"""What is known of a column of some list: how it is titled and what it holds."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Term:
    """A column: patterns over its folded title, best first; `not_if` refuses a title.

    `content` names a test of `content.py`; `alone` lets the content speak without a title.
    `weight` is what the column adds to the belief that the list is of this kind. `many`: the
    field may be spread over several columns (Эксперт 1, Эксперт 2).
    """

    field: str
    titles: tuple[re.Pattern[str], ...]
    content: str = "text"
    weight: float = 0.5
    not_if: re.Pattern[str] | None = None
    alone: bool = False
    many: bool = False


def term(
    name: str,
    titles: str,
    content: str = "text",
    weight: float = 0.5,
    not_if: str = "",
    *,
    alone: bool = False,
    many: bool = False,
) -> Term:
    """`titles` are patterns parted by « || », each vaguer than the one before."""
    patterns = tuple(re.compile(pattern) for pattern in titles.split(" || "))
    refused = re.compile(not_if) if not_if else None
    return Term(name, patterns, content, weight, refused, alone, many)


NUMBER = term(
    "number", r"^(?:№|n|no|номер|нпп)?(?: ?п ?п| пп)?$|^номер (?:по порядку|строки)$", "number", 0
)
NOTE = term("note", r"примечан|^прим\b|комментар|заметк|прочее|дополнительно", "text", 0.1)
