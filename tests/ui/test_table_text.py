"""Rows as text for a clipboard: what a spreadsheet, and this program itself, makes of them."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from nasty_cells import EACH, TABLES, TITLES, cells_of

from demoexam.exchange.text_tables import read_pasted
from demoexam.ui.list_source import ListSource
from demoexam.ui.query_table import Cell, Column, Row
from demoexam.ui.table_text import Wanted, said, tab_safe, with_tabs


def shown(rows):
    columns = [Column(f"c{at}", title) for at, title in enumerate(TITLES)]
    source = ListSource(columns, [Row(str(at), row) for at, row in enumerate(rows)])
    return Wanted(source, range(len(rows)), range(len(TITLES)))


@settings(max_examples=60, deadline=None)
@given(rows=TABLES)
@example(rows=EACH)
def test_what_was_copied_is_pasted_as_it_was(rows):
    text = with_tabs(shown(rows), titled=True)
    told = [[cell.replace("\u00a0", " ") for cell in row] for row in rows]
    assert cells_of(read_pasted(text)) == [list(TITLES), *told]


def test_a_spreadsheet_reads_the_same_cells_and_no_formula():
    text = with_tabs(shown(EACH))
    parsed = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    assert len(parsed) == len(EACH)
    firsts = [row[0] for row in parsed]
    assert not any(cell.lstrip()[:1] in set("=+-@") for cell in firsts if cell.strip())


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Ли Анна", "Ли Анна"),
        ("ООО «Заря»", "ООО «Заря»"),
        ('ООО "Заря"', 'ООО "Заря"'),
        ('"Заря" ООО', '"""Заря"" ООО"'),
        ("две\nстроки", '"две\nстроки"'),
        ("1\t2", '"1\t2"'),
        ("=1+1", "'=1+1"),
        ("=1\n+1", '"\'=1\n+1"'),
        ("007", "007"),
    ],
)
def test_a_cell_is_written_as_a_spreadsheet_writes_it(text, safe):
    assert tab_safe(text) == safe


def test_a_cell_says_both_its_lines():
    assert said(Cell("18.06.2026", below="09:00")) == "18.06.2026, 09:00"
    assert said("5\u00a0мест") == "5 мест"


def test_rows_that_are_gone_are_passed_over():
    wanted = shown([["а"] * len(TITLES), ["б"] * len(TITLES)])
    wanted.source.rows = lambda keys: {1: Row("1", ["б"] * len(TITLES))}
    assert with_tabs(wanted) == "\t".join("б" * len(TITLES))
