"""What stands above a paper's text in Word: the college, approvals, kind, title, date, number."""

from collections.abc import Sequence
from io import BytesIO

from docx.parts.story import StoryPart
from reportlab.lib.units import mm

from demoexam.documents.college_head import college_head
from demoexam.documents.docx_picture import floating
from demoexam.documents.docx_signing import FULL_NAME, SIGNATURE, standing
from demoexam.documents.docx_table import Cell, row, table
from demoexam.documents.docx_xml import Element, spacer, text_paragraph, w
from demoexam.documents.form import Approval, Form, Letterhead
from demoexam.documents.head import (
    APPROVAL,
    APPROVED,
    GAP,
    NAME_WIDTH,
    ORDER_WIDTH,
    SIGN,
    UNDATED,
)
from demoexam.documents.slab import Picture
from demoexam.documents.styles import (
    CAPTION,
    EDGE,
    KIND,
    LABEL,
    NAME,
    ORDER_TITLE,
    POST,
    RULE,
    TITLE,
)
from demoexam.text import long_date

UNDER_RULE, OVER_RULE, SIGN_ROOM = 3 * mm, 1.5 * mm, 6 * mm


def head_elements(form: Form, width: float, part: StoryPart) -> list[Element]:
    """An order has its date above its title, every other paper below."""
    start = [*_letterhead(form.letterhead, width, part), *_approvals(form.approvals, width)]
    if form.order:
        kind = text_paragraph(form.kind, KIND, after=4 * mm)
        right = width * (1 - ORDER_WIDTH)
        title = text_paragraph(form.title, ORDER_TITLE, after=4 * mm, right=right)
        return [*start, kind, _edge(form, width), spacer(4 * mm), title]
    kind = text_paragraph(form.kind, KIND, after=1 * mm)
    title = text_paragraph(form.title, TITLE, after=3 * mm)
    return [*start, kind, title, _edge(form, width), spacer(2 * mm + 2)]


def _letterhead(college: Letterhead, width: float, part: StoryPart) -> list[Element]:
    plan = college_head(college, width)
    sides = {"left": plan.indent, "right": plan.indent} if plan.indent else {}
    lines = [text_paragraph(text, style, **sides) for text, style in plan.lines]
    if plan.picture:
        lines = [_logo(plan.picture, plan.above, part), *lines, spacer(plan.below)]
    rule = w("pBdr", w("bottom", val="single", sz=8, space=0, color="auto"))
    ruled = [spacer(OVER_RULE, rule), spacer(UNDER_RULE)]
    return [*lines, *ruled]


def _logo(picture: Picture, above: float, part: StoryPart) -> Element:
    """Room above the lines, from whose corner the logo is measured."""
    image, _ = part.get_or_add_image(BytesIO(picture.logo.png))
    place = picture.x, picture.y, (picture.wide, picture.tall)
    room = spacer(above)
    drawing = floating(image, *place, name="Логотип", told="Логотип колледжа", at=1, frame="text")
    room.append(w("r", drawing))
    return room


def _approvals(approvals: Sequence[Approval], width: float) -> list[Element]:
    """The last stands right; of two the first stands left."""
    if not approvals:
        return []
    left = _approval(approvals[0]) if len(approvals) > 1 else [text_paragraph("", POST)]
    widths = [APPROVAL, width - 2 * APPROVAL, APPROVAL]
    cells = [Cell(left), Cell([text_paragraph("", POST)]), Cell(_approval(approvals[-1]))]
    return [table(widths, [row(cells, widths)]), spacer(4 * mm)]


def _approval(approval: Approval) -> list[Element]:
    widths = [SIGN, GAP, NAME_WIDTH]
    signed = [standing("", POST, foot=RULE), standing("", POST)]
    signed.append(standing(approval.name, NAME, foot=RULE))
    texts = (SIGNATURE, "", FULL_NAME)
    below = [Cell([text_paragraph(text, CAPTION)]) for text in texts]
    rows = [
        row(signed, widths, height=SIGN_ROOM + NAME.leading + 1.5),
        row(below, widths, height=CAPTION.leading + 1 * mm),
    ]
    return [
        text_paragraph(approval.word, POST),
        text_paragraph(approval.post, POST),
        table(widths, rows),
        text_paragraph(APPROVED, LABEL),
    ]


def _edge(form: Form, width: float) -> Element:
    day = long_date(form.day) if form.day else UNDATED
    texts = (day, form.letterhead.city, f"№ {form.number}")
    widths = [width / 3] * 3
    cells = [
        Cell([text_paragraph(text, style)])
        for text, style in zip(texts, EDGE.values(), strict=True)
    ]
    return table(widths, [row(cells, widths)])
