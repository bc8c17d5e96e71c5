"""What every form of the catalogue must prove, whatever it is filled with."""

import re
from dataclasses import fields, is_dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise

import pytest
from documents.geometry import sheets_of
from documents.people import COLLEGE, LONG, UNBROKEN, report, sheet
from pypdf import PdfReader

from demoexam.documents.blocks import Grid, Section, Signatures, Text, Total
from demoexam.documents.catalogue import FORMS, MISSING
from demoexam.documents.exam_filling import fillings
from demoexam.documents.exam_sheet import ExamSheet
from demoexam.documents.fonts import BOLD, SERIF, knows
from demoexam.documents.form import Form
from demoexam.documents.rendering import render
from demoexam.documents.share_sheet import share_filling
from demoexam.documents.template import fill
from demoexam.documents.typo import typo

EDGE = 0.6  # points: half of a line's thickness and rounding
MM = 72 / 25.4
LEFT, ARCHIVE_LEFT, RIGHT, TOP, BOTTOM = 20 * MM, 30 * MM, 10 * MM, 20 * MM, 20 * MM
FOOTER = 17.1 * MM  # the top of the QR code: below it is the footer, above it the body
COUNTS = (0, 1, 12, 25, 60)  # nobody is known of the first
EVERY = pytest.mark.parametrize("code", FORMS)
FILLED = pytest.mark.parametrize("count", COUNTS)
BLACK_ONLY = {"rg", "RG", "k", "K", "sc", "SC", "scn", "SCN", "cs", "CS", "sh", "Do", "gs"}
TYPESET = "№«»„“–—−…□×§°·€\u00a0ёЁ" + "".join(map(chr, range(0x0410, 0x0450)))


def names(count):
    """Three letters and seventy, with a patronymic and without."""
    kinds = (LONG, "Ли Я", UNBROKEN, "Ким Виктория", "Ёлкина Полина Артёмовна")
    return [kinds[at % len(kinds)] for at in range(count)]


@cache
def made(code, count):
    template = FORMS[code]
    if template.about == "year":
        year = report(experts=report().experts * (count // 2)) if count else report(experts=())
        return fill(template, share_filling(year))
    known = sheet(names(count), planned=count)
    unknown = ExamSheet(COLLEGE, "15", known.exam_day, planned=25)
    return fill(template, fillings(known if count else unknown, template)[0])


@cache
def printed(code, count):
    pdf = render(made(code, count))
    return pdf, sheets_of(pdf)


@EVERY
@FILLED
def test_nothing_stands_outside_the_margins(code, count):
    form, (_, sheets) = made(code, count), printed(code, count)
    left = ARCHIVE_LEFT if form.archive and not form.wide else LEFT
    for page in sheets:
        assert (page.width > page.height) == form.wide
        body = [one for one in page.ink if one.y0 > FOOTER and not in_upper_margin(one, page)]
        assert body
        outside = [one for one in page.ink if one.x0 < left - EDGE]
        outside += [one for one in page.ink if one.x1 > page.width - RIGHT + EDGE]
        outside += [one for one in body if one.y0 < BOTTOM - EDGE]
        outside += [one for one in body if one.y1 > page.height - TOP + EDGE]
        assert outside == []


def in_upper_margin(one, page):
    """ГОСТ lets nothing but the page's number into it."""
    return one.what == "text" and abs(one.y0 - (page.height - 13 * MM)) < EDGE


@EVERY
@FILLED
def test_every_letter_has_its_glyph_and_no_colour(code, count):
    for page in printed(code, count)[1]:
        assert page.unknown_letters == 0
        assert not page.operators & BLACK_ONLY


@EVERY
def test_fonts_are_embedded_and_subset(code):
    for page in PdfReader(BytesIO(printed(code, 12)[0])).pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            described = font.get_object()
            assert re.match(r"/[A-Z]{6}\+LiberationSerif", described["/BaseFont"])
            assert "/FontFile2" in described["/FontDescriptor"].get_object()
            assert "/ToUnicode" in described


def test_a_letter_the_face_lacks_is_seen_by_the_proof():
    body = [Text("печать \U0001f4a9")]
    form = Form("9.9", "АКТ", "о проверке", "1-99/2026", None, COLLEGE, body)
    assert sheets_of(render(form))[0].unknown_letters == 1


def test_the_faces_know_every_letter_in_use():
    used = set(TYPESET) | set(map(chr, range(0x20, 0x7F)))
    used |= {letter for text in texts((FORMS, MISSING)) for letter in typo(text)}
    used -= {"\n", "\u00ad"}
    for face in (SERIF, BOLD):
        assert [letter for letter in sorted(used) if not knows(letter, face)] == []


def texts(value):
    """Every string in dataclasses, mappings and sequences."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts((*value, *value.values()))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        yield from texts([getattr(value, field.name) for field in fields(value)])


@EVERY
@pytest.mark.parametrize("count", [25, 60])
def test_the_heading_row_stands_on_each_page_of_a_table(code, count):
    """A page with a row of it has the titles of all columns."""
    pages = [plain(page.text) for page in printed(code, count)[1]]
    for grid in [block for block in made(code, count).body if isinstance(block, Grid)]:
        titles = [plain(column.title) for column in grid.columns]
        rows = [
            "" if isinstance(row, Section | Total) else plain("".join(row)) for row in grid.rows
        ]
        pairs = [one + other for one, other in pairwise(rows) if len(one) > len("№00") and other]
        holding = [page for page in pages if any(pair in page for pair in pairs)]
        assert bool(holding) == bool(pairs)
        for page in holding:
            assert [title for title in titles if title not in page] == []


def plain(text):
    """Without spaces and hyphens, which a line's end may add or take."""
    return re.sub(r"[\s\u00ad-]", "", typo(text))


@EVERY
@FILLED
def test_no_signature_stands_alone(code, count):
    """Each page of signatures has something else to read, furniture apart."""
    form, (_, sheets) = made(code, count), printed(code, count)
    signed = [block for block in form.body if isinstance(block, Signatures)]
    signers = [one for block in signed for one in block.signers]
    known = [plain(text) for one in signers for text in (one.post, one.name) if text]
    for page in sheets:
        text = plain(page.text)
        if "(подпись)" not in text:
            continue
        text = re.sub(r"Страница\d+из\d+|лист\d+из\d+|\(подпись\)|\(И\.О\.Фамилия\)", "", text)
        text = re.sub(r"№[\d/]+·формаДЭ.*", "", text)
        for words in sorted(known, key=len, reverse=True):
            text = text.replace(words, "")
        assert len(text) > 3, page.text


@pytest.mark.parametrize("code", ["3.8", "3.9", "3.11"])
@pytest.mark.parametrize("count", range(9, 31, 3))
def test_signatures_have_two_rows_of_the_table_above_them(code, count):
    people = sheet([f"Участник{at} Иван" for at in range(1, count + 1)])
    form = fill(FORMS[code], fillings(people, FORMS[code])[0])
    last = next(page.text for page in sheets_of(render(form)) if "(подпись)" in page.text)
    assert f"Участник{count - 1}" in last
    assert f"Участник{count}" in last


@EVERY
def test_no_page_is_empty(code):
    for count in COUNTS:
        assert all(len(page.text) > 100 for page in printed(code, count)[1])
