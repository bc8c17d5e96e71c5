"""The logo and the words of a paper's head and foot, in print and in Word; hostile logos."""

from dataclasses import replace
from io import BytesIO

import pytest
from documents.logos import GOOD, HOSTILE, SIGNATURE, chunk, png
from documents.people import COLLEGE, sheet
from documents.test_docx_text import bare, printed_text
from documents.word_files import body_text, disordered, opened, parts, plain
from pypdf import PdfReader

from demoexam.documents.catalogue import FORMS
from demoexam.documents.college_head import BANNER, HIGH, WIDE, college_head
from demoexam.documents.docx_rendering import render_docx, render_docx_package
from demoexam.documents.exam_filling import fillings
from demoexam.documents.logo import sound_logo
from demoexam.documents.rendering import render, render_package
from demoexam.documents.template import fill

SQUARE, TALL, BROAD = png(90, 90), png(30, 120), png(400, 60)
WIDTH, SLACK = 510.0, 1e-6
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def paper(code="3.11", **look):
    exam = sheet(letterhead=replace(COLLEGE, **look))
    return bare(fill(FORMS[code], fillings(exam, FORMS[code])[0]))


def pictures(content):
    """What the first page of a PDF shows."""
    shown = PdfReader(BytesIO(content)).pages[0]["/Resources"].get("/XObject", {})
    return [one.get_object() for one in shown.values()]


def page_text(content):
    return plain(PdfReader(BytesIO(content)).pages[0].extract_text())


def logos(document):
    return [one for one in document.element.body.iter(DRAWING) if one.get("name") == "Логотип"]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_sound_picture_is_passed_over(name):
    assert sound_logo(HOSTILE[name]) is None


@pytest.mark.parametrize("name", ["text", "wrong sum", "bomb"])
def test_papers_go_without_it(name):
    assert render(paper(logo=HOSTILE[name])) == render(paper())
    assert render_docx(paper(logo=HOSTILE[name])) == render_docx(paper())


def test_a_picture_cut_anywhere_is_passed_over():
    assert sound_logo(GOOD)
    assert not any(sound_logo(GOOD[:at]) for at in range(len(GOOD)))


def test_a_flipped_bit_anywhere_is_noticed():
    for at in range(len(GOOD)):
        flipped = GOOD[:at] + bytes([GOOD[at] ^ 4]) + GOOD[at + 1 :]
        assert sound_logo(flipped) is None, at


def test_only_the_picture_itself_goes_into_papers():
    told = png(4, 4, extra=chunk(b"tEXt", b"Author\0Somebody")) + b"<script>"
    assert sound_logo(told).png == GOOD
    assert b"Somebody" not in render(paper(logo=told)) + render_docx(paper(logo=told))


@pytest.mark.parametrize(("logo", "space"), [(SQUARE, "/DeviceRGB"), (png(9, 9, 7), "/DeviceGray")])
def test_print_shows_the_picture_dot_by_dot(logo, space):
    (picture,) = pictures(render(paper(logo=logo)))
    assert (picture["/ColorSpace"], picture["/BitsPerComponent"]) == (space, 8)
    side = picture["/Width"]
    colour = b"\x07" if space == "/DeviceGray" else bytes((30, 90, 200))
    assert picture.get_data() == colour * side * side


def test_a_package_holds_the_logo_once():
    forms = [paper(code, logo=SQUARE) for code in ("3.11", "3.8", "3.9", "3.1")]
    content = render_package(forms, title="Пакет")
    assert content.count(b"/Subtype /Image") == 1
    document = opened(render_docx_package(forms, title="Пакет"))
    assert len(logos(document)) == len(forms)
    images = [one.blob for one in document.part.package.image_parts]
    assert images.count(SQUARE) == 1


def test_equal_papers_are_equal_bytes_and_other_logos_other_content():
    assert render(paper(logo=SQUARE)) == render(paper(logo=bytes(bytearray(SQUARE))))
    looks = [{}, {"logo": SQUARE}, {"logo": TALL}, {"footer": ""}, {"lines": ("", "", "Я", "")}]
    assert len({paper(**look).content_hash for look in looks}) == len(looks)


def test_papers_without_a_logo_hold_no_picture():
    assert pictures(render(paper())) == []
    assert logos(opened(render_docx(paper()))) == []


@pytest.mark.parametrize("logo", [SQUARE, TALL, BROAD, png(1, 600), png(600, 1), png(1, 1)])
def test_a_logo_keeps_its_shape_and_its_room(logo):
    plan, sound = college_head(replace(COLLEGE, logo=logo), WIDTH), sound_logo(logo)
    picture = plan.picture
    assert picture.wide / picture.tall == pytest.approx(sound.width / sound.height)
    assert picture.x >= 0
    assert picture.x + picture.wide <= WIDTH
    if plan.indent:  # beside the lines
        assert picture.wide < plan.indent
        assert picture.tall <= HIGH + SLACK
        assert picture.wide <= WIDE + SLACK
    else:
        assert picture.tall <= BANNER + SLACK
        assert picture.tall < plan.above


def test_a_head_without_lines_has_the_logo_in_the_middle():
    plan = college_head(replace(COLLEGE, logo=TALL, lines=("", "", "", "")), WIDTH)
    assert plan.picture.x + plan.picture.wide / 2 == pytest.approx(WIDTH / 2)


@pytest.mark.parametrize("logo", [SQUARE, TALL, BROAD])
@pytest.mark.parametrize("code", ["3.11", "3.1"])
def test_word_says_what_print_says_under_a_logo(code, logo):
    look = {"logo": logo, "lines": ("{city}", "", "Колледж {name}", "")}
    document = opened(render_docx(paper(code, **look)))
    text = body_text(document)
    assert text.startswith(plain("г. Заречье Колледж «Заречный колледж связи»"))
    assert text == printed_text(paper(code, **look))
    assert [wrong for part in parts(document) for wrong in disordered(part)] == []


def test_a_line_without_facts_is_left_out_and_reworded_ones_are_printed():
    head = replace(COLLEGE, short="", lines=("Реквизиты: {city}", "{{}}", "{name}", "({short})"))
    assert head.said_lines == ["Реквизиты: г. Заречье", "{}", "«Заречный колледж связи»", ""]


def test_the_footer_says_what_the_college_wants():
    worded = paper(footer="Документ {number} ({code})")
    assert worded.footer == "Документ 14-11/2026 (3.11)"
    assert plain("Документ 14-11/2026 (3.11)лист") in page_text(render(worded))
    (section,) = opened(render_docx(worded)).sections
    assert section.footer.paragraphs[0].text.startswith("Документ 14-11/2026 (3.11)\t")


def test_an_empty_footer_leaves_the_number_of_the_sheet():
    text = page_text(render(paper(footer="")))
    assert "формаДЭ" not in text
    assert text.endswith("лист1из2")


def test_a_signature_alone_is_not_enough():
    assert sound_logo(SIGNATURE + GOOD) is None
