"""Which rows of a sheet may be its header, in the words of the combo."""

from collections.abc import Sequence

from demoexam.exchange.cells import Line

Rows = tuple[int, int]  # first and last row of titles, as in Excel
NO_HEADER: Rows = (0, 0)
APART = ":  "  # between a choice and the row's own first words
_OFFERED = 12  # rows from the top: a header further down is found, or typed over, seldom
_LEAST_TITLES = 2
_SAMPLE = 24


def header_options(lines: Sequence[Line], now: Rows) -> list[tuple[Rows, str]]:
    """The header as it is among the rows near the top, one by one and in pairs."""
    rows = [line for line in lines[:_OFFERED] if len(line.own_columns()) >= _LEAST_TITLES]
    single = [(line.number, line.number) for line in rows]
    wordy = {line.number for line in rows if _is_wordy(line)}
    pairs = [(first, first + 1) for first in wordy if first + 1 in wordy and first <= now[0]]
    near = sorted({*single, *pairs, now} - {NO_HEADER})
    samples = {line.number: _sample(line) for line in lines[: _OFFERED + 1]}
    told = [(rows, f"{rows_words(rows)}{samples.get(rows[0], '')}") for rows in near]
    return [*told, (NO_HEADER, rows_words(NO_HEADER))]


def rows_words(rows: Rows) -> str:
    """«строка 4», «строки 4-5», «нет заголовков»."""
    first, last = rows
    if rows == NO_HEADER:
        return "нет заголовков"
    return f"строка {first}" if first == last else f"строки {first}\u2013{last}"


def _is_wordy(line: Line) -> bool:
    """Titles have no numbers among them: rows of data mostly do."""
    return all(isinstance(line.cells[at], str) for at in line.own_columns())


def _sample(line: Line) -> str:
    """The first words of the row, so that it is known without looking."""
    text = " · ".join(line.text(at).strip() for at in line.own_columns()[:3])
    text = " ".join(text.split())
    return f"{APART}{text[:_SAMPLE]}…" if len(text) > _SAMPLE else f"{APART}{text}"
