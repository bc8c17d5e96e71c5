"""A table written to a file and read again has the same cells, whatever is in them."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nasty_cells import EACH, NASTY, TABLES, TITLES, cells_of

from demoexam.exchange.formulas import harmless, unmarked
from demoexam.exchange.reading import read_book
from demoexam.exchange.sheets_out import SheetColumn, SheetTable
from demoexam.services.exports.table_export import save_table

numbers = itertools.count()


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_every_cell_comes_back(suffix, tmp_path):
    columns = [SheetColumn(title, 10) for title in TITLES]

    @settings(max_examples=60, deadline=None)
    @given(rows=TABLES)
    @example(rows=EACH)
    def check(rows):
        path = tmp_path / f"{next(numbers)}{suffix}"
        save_table(path, SheetTable("Лист", (), columns, rows, listing=True))
        assert cells_of(read_book(path)) == [list(TITLES), *rows]

    check()


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=8) | st.sampled_from(NASTY))
def test_a_mark_is_taken_away_as_it_was_set(text):
    assert unmarked(harmless(text)) == text
    assert harmless(text)[:1] not in set("=+-@\t\r＝＋－＠")
