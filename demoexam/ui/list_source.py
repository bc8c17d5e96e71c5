"""A TableSource over rows that are already in memory: dictionaries and short lists."""

from collections.abc import Mapping, Sequence

from demoexam.text import fold, words
from demoexam.ui.query_table import Cell, Column, Row


class ListSource:
    """Filters by the beginnings of words in any cell, sorts by the cells' folded text."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row] = ()) -> None:
        self.columns = columns
        self._rows = list(rows)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows; the table must be reloaded to see them."""
        self._rows = list(rows)

    def ids(self, filter_text: str, sort: str, descending: bool) -> Sequence[int]:
        typed = words(filter_text)
        found = [key for key, row in enumerate(self._rows) if _matches(row, typed)]
        names = [column.name for column in self.columns]
        if sort in names:
            place = names.index(sort)
            found.sort(key=lambda key: _key(self._rows[key], place), reverse=descending)
        return found

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {key: self._rows[key] for key in ids}

    def total(self) -> int:
        return len(self._rows)


def _matches(row: Row, typed: Sequence[str]) -> bool:
    found = words(" ".join(_text(cell) for cell in row.cells))
    return all(any(word.startswith(each) for word in found) for each in typed)


def _key(row: Row, place: int) -> tuple[bool, float, str]:
    """Numbers by their value and before words."""
    text = _text(row.cells[place])
    number = text.replace("\u00a0", "").replace("%", "").replace(",", ".").strip()
    try:
        return (False, float(number), "")
    except ValueError:
        return (True, 0.0, fold(text))


def _text(cell: Cell | str) -> str:
    return cell if isinstance(cell, str) else f"{cell.text} {cell.below}"
