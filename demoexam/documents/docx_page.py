"""The sheet of a paper in Word: margins, page numbers, footer with a QR code, in a section each."""

from dataclasses import dataclass
from io import BytesIO

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.parts.hdrftr import FooterPart, HeaderPart
from reportlab.lib.units import mm

from demoexam.documents.docx_styles import FOOTER, MARGIN
from demoexam.documents.docx_xml import EMU, Element, paragraph, run, twips, w
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
    left = round((width - sheet.right - QR_SIDE) * EMU)
    top = round((height - QR_FOOT - QR_SIDE) * EMU)
    side = round(QR_SIDE * EMU)
    return parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'pic', 'r')}>"
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" behindDoc="0"'
        f' relativeHeight="{at}" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{side}" cy="{side}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:wrapNone/><wp:docPr id="{at}" name="QR {at}" descr="Номер документа"/>'
        "<wp:cNvGraphicFramePr/>"
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{at}" name="QR {at}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{image}"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{side}" cy="{side}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
