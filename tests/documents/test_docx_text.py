"""Word files say what the print says, of every form."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from documents.people import LONG, NAMES, UNBROKEN, crowd, report, sheet
from documents.word_files import body_text, heading_rows, opened, plain, said, tables
from pypdf import PdfReader

from demoexam.documents.blocks import Grid
from demoexam.documents.catalogue import FORMS
from demoexam.documents.docx_rendering import render_docx, render_docx_package
from demoexam.documents.exam_filling import fillings
from demoexam.documents.exam_sheet import ExamSheet
from demoexam.documents.rendering import render
from demoexam.documents.share_sheet import share_filling
from demoexam.documents.template import fill

FURNITURE = "(Страница{page}из{pages})?(ПРОЕКТ,неподписывать)?№{number}·формаДЭ.*"


def made(code, exam=None):
    """The first copy of a form."""
    template = FORMS[code]
    filling = share_filling(report()) if template.about == "year" else None
    return bare(fill(template, filling or fillings(exam or sheet(), template)[0]))


@cache
def word(code):
    return opened(render_docx(made(code)))


def bare(form):
    """Print fills its page with blank rows, Word's file has the fewest."""
    return replace(form, body=[least(block) for block in form.body])


def least(block):
    if not isinstance(block, Grid):
        return block
    return replace(block, blank_rows=block.least_blank, min_blank=None)


def printed_text(form):
    """The words of the print but for page furniture and the headings of tables."""
    pages = PdfReader(BytesIO(render(form))).pages
    text = ""
    for at, page in enumerate(pages, start=1):
        words = plain(page.extract_text())
        shape = FURNITURE.format(page=at, pages=len(pages), number=re.escape(plain(form.number)))
        body, found = re.subn(f"{shape}лист{at}из{len(pages)}$", "", words)
        assert found == 1
        text += body
    for heading in map(printed_heading, grids(form)):
        assert heading in text
        text = text.replace(heading, "")
    return text


def grids(form):
    return [block for block in form.body if isinstance(block, Grid)]


def printed_heading(grid):
    """Columns of their own, groups, and then what stands under these."""
    alone = [one.title for one in grid.columns if not one.group]
    under = [one.title for one in grid.columns if one.group]
    return plain("".join([*alone, *groups(grid), *under]))


def groups(grid):
    return list(dict.fromkeys(one.group for one in grid.columns if one.group))


@pytest.mark.parametrize("code", FORMS)
def test_the_text_is_that_of_the_print(code):
    assert body_text(word(code)) == printed_text(made(code))


@pytest.mark.parametrize("code", FORMS)
def test_the_text_of_an_exam_nobody_filled_is_that_of_the_print(code):
    empty = ExamSheet(sheet().letterhead, "15", sheet().exam_day, planned=25)
    form = made(code, empty)
    assert body_text(opened(render_docx(form))) == printed_text(form)


def test_sixty_of_the_longest_names_are_all_there():
    form = made("3.11", sheet(crowd(60), planned=60, modules=6))
    text = body_text(opened(render_docx(form)))
    assert text == printed_text(form)
    assert text.count(plain(LONG)) == text.count(plain(UNBROKEN)) == 30


@pytest.mark.parametrize("code", FORMS)
def test_headings_of_tables_are_flagged_and_hold_every_column(code):
    form, document = made(code), word(code)
    heights = [2 if groups(grid) else 1 for grid in grids(form)]
    rows = heading_rows(document)
    assert len(rows) == sum(heights)
    assert len(tables(document)) == len(heights)
    for grid, height in zip(grids(form), heights, strict=True):
        heading, rows = rows[:height], rows[height:]
        found = sorted(plain(said(cell)) for row in heading for cell in row.tc_lst if said(cell))
        assert found == sorted(plain(one) for one in (*groups(grid), *titles(grid)))


def titles(grid):
    return [one.title for one in grid.columns]


def test_a_package_holds_the_papers_one_after_another():
    codes = ("3.8", "3.12", "3.20")
    document = opened(render_docx_package([made(code) for code in codes], title="Пакет"))
    assert body_text(document) == "".join(printed_text(made(code)) for code in codes)
    assert all(plain(name) in body_text(document) for name in NAMES)
