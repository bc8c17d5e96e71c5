"""The draw of workplaces: by chance, recorded, and repeatable by anybody with any tool."""

import hashlib
from collections.abc import Sequence

METHOD = "sha256-order"  # stored with each draw; another way to draw takes another name
METHOD_WORDS = "Порядок мест: по возрастанию SHA-256 от строки «зерно|№ в списке»."
SUM_LENGTH = 16


def drawn_workplaces(seed: str, count: int) -> list[int]:
    """The workplace, 1 to `count`, of each row of the list.

    Rows are ordered by the hexadecimal SHA-256 of "seed|row" in UTF-8, rows counted from 1; the
    first of that order takes place 1. Spare places keep the highest numbers.
    """
    rows = range(1, count + 1)
    order = sorted(rows, key=lambda row: hashlib.sha256(f"{seed}|{row}".encode()).hexdigest())
    place_of = {row: place for place, row in enumerate(order, start=1)}
    return [place_of[row] for row in rows]


def list_sum(names: Sequence[str]) -> str:
    """Proves which list was drawn: SHA-256 of the full names one a line, first 16 digits."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:SUM_LENGTH].upper()
