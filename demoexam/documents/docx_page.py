"""The sheet of a paper in Word: margins, page numbers, footer with a QR code, in a section each."""

from dataclasses import dataclass
from io import BytesIO

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.parts.hdrftr import FooterPart, HeaderPart
from reportlab.lib.units import mm

from demoexam.documents.docx_picture import floating
from demoexam.documents.docx_styles import FOOTER, MARGIN
from demoexam.documents.docx_xml import Element, paragraph, run, twips, w
from demoexam.documents.fonts import ASCENT, DESCENT
from demoexam.documents.form import Form
from demoexam.documents.page import (
    DRAFT,
    FOOTER_FROM_FOOT,
    NUMBER_FROM_TOP,
    QR_FOOT,
    QR_SIDE,
    RULE_FROM_FOOT,
    Sheet,
    footer_text,
)
from demoexam.documents.qr import qr_png
from demoexam.documents.styles import HAIR
from demoexam.text import NBSP

# LibreOffice counts no pages of a section: a paper alone in its file does without.
PAGES_OF_SECTION, PAGES_OF_FILE = "SECTIONPAGES", "NUMPAGES"


@dataclass(frozen=True)
class PagesOf:
    """How many pages a paper has: the field Word counts by, and what print counted."""

    field: str
    count: int


def section(document: Document, form: Form, pages: PagesOf, at: int) -> Element:
    """The section of one paper; the first page has a header without a number."""
    sheet = Sheet(form.wide, form.archive)
    width, height = sheet.size
    side = {"orient": "landscape"} if form.wide else {}
    return w(
        "sectPr",
        _header(document, form, sheet, pages, first=False),
        _header(document, form, sheet, pages, first=True),
        _footer(document, form, sheet, pages, first=False, at=at),
        _footer(document, form, sheet, pages, first=True, at=at),
        w("type", val="nextPage"),
        w("pgSz", w=twips(width), h=twips(height), **side),
        w(
            "pgMar",
            top=twips(sheet.top),
            right=twips(sheet.right),
            bottom=twips(sheet.bottom),
            left=twips(sheet.left),
            header=twips(NUMBER_FROM_TOP - MARGIN.size * ASCENT),
            footer=twips(FOOTER_FROM_FOOT - FOOTER.size * DESCENT),
            gutter=0,
        ),
        w("pgNumType", start=1),
        w("titlePg"),
    )


def _header(
    document: Document, form: Form, sheet: Sheet, pages: PagesOf, *, first: bool
) -> Element:
    part = HeaderPart.new(document.part.package)
    ident = document.part.relate_to(part, RELATIONSHIP_TYPE.HEADER)
    runs = [run("\t")]
    if not first:
        runs += [run(f"Страница{NBSP}"), _field("PAGE", 2)]
        runs += [run(f" из{NBSP}"), _field(pages.field, pages.count)]
    if form.draft:
        runs.append(run(f"\t{DRAFT}", w("b"), w("bCs")))
    centre = w("tab", val="center", pos=twips(sheet.text_width / 2))
    edge = w("tab", val="right", pos=twips(sheet.text_width))
    _refill(part.element, paragraph(MARGIN, *runs, properties=[w("tabs", centre, edge)]))
    return _reference("headerReference", ident, first=first)


def _footer(
    document: Document, form: Form, sheet: Sheet, pages: PagesOf, *, first: bool, at: int
) -> Element:
    part = FooterPart.new(document.part.package)
    ident = document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTER)
    free = sheet.text_width - QR_SIDE - 4 * mm
    place = f"лист {pages.count} из{NBSP}{pages.count}"
    runs = [
        run(footer_text(form, place, free)),
        run(f"\tлист{NBSP}"),
        _field("PAGE", 1),
        run(f" из{NBSP}"),
        _field(pages.field, pages.count),
        w("r", _code(part, form.number, sheet, 2 * at + first + 1)),
    ]
    space = RULE_FROM_FOOT - FOOTER_FROM_FOOT - FOOTER.size * ASCENT
    rule = w("top", val="single", sz=round(HAIR * 8), space=round(space), color="auto")
    properties = [
        w("pBdr", rule),
        w("tabs", w("tab", val="right", pos=twips(free))),
        w("ind", right=twips(sheet.text_width - free)),
    ]
    _refill(part.element, paragraph(FOOTER, *runs, properties=properties))
    return _reference("footerReference", ident, first=first)


def _field(name: str, shown: int) -> Element:
    """`shown` until it is counted: a program that counts no sections goes on showing it."""
    return w("fldSimple", run(str(shown)), instr=f" {name} ")


def _reference(name: str, ident: str, *, first: bool) -> Element:
    made = w(name, type="first" if first else "default")
    made.set(qn("r:id"), ident)
    return made


def _refill(story: Element, *content: Element) -> None:
    for child in list(story):
        story.remove(child)
    story.extend(content)


def _code(part: FooterPart, number: str, sheet: Sheet, at: int) -> Element:
    """The QR code where print has it: measured from the edges of the sheet."""
    image, _ = part.get_or_add_image(BytesIO(qr_png(number)))
    width, height = sheet.size
    place = width - sheet.right - QR_SIDE, height - QR_FOOT - QR_SIDE, (QR_SIDE, QR_SIDE)
    return floating(image, *place, name=f"QR {at}", told="Номер документа", at=at, frame="page")
