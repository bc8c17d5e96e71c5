"""What stands above a paper's text: the college, approvals, the kind, title, date and number."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import HRFlowable, Spacer

from demoexam.documents.form import Approval, Form, Letterhead
from demoexam.documents.page import RULE
from demoexam.documents.styles import (
    CAPTION,
    COLLEGE,
    COLLEGE_SMALL,
    EDGE,
    KIND,
    LABEL,
    NAME,
    ORDER_TITLE,
    POST,
    TITLE,
    fitting,
    paragraph,
)
from demoexam.documents.table import BLACK, Command, plain_table
from demoexam.text import NBSP, long_date

UNDATED = f"«____»{NBSP}_______________{NBSP}20___{NBSP}г."
APPROVED = f"«____»{NBSP}______________{NBSP}20___{NBSP}г."
APPROVAL, SIGN, GAP, NAME_WIDTH = 78 * mm, 30 * mm, 3 * mm, 44 * mm
ORDER_WIDTH = 0.55  # of the line: the title of an order stands left
BARE: tuple[Command, ...] = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
)


def head(form: Form, width: float) -> list[Any]:
    """An order has its date above its title, every other paper below."""
    start = [*_letterhead(form.letterhead, width), *_approvals(form.approvals, width)]
    kind, edge = paragraph(form.kind, KIND), _edge(form, width)
    if form.order:
        title = fitting(form.title, ORDER_TITLE, width * ORDER_WIDTH)
        left = plain_table(
            [[title, ""]], BARE, colWidths=[width * ORDER_WIDTH, width * (1 - ORDER_WIDTH)]
        )
        return [*start, kind, _room(4), edge, _room(4), left, _room(4)]
    return [*start, kind, _room(1), fitting(form.title, TITLE, width), _room(3), edge, _room(2)]


def _letterhead(college: Letterhead, width: float) -> list[Any]:
    lines = [
        (college.founder, COLLEGE_SMALL),
        (college.legal_form, COLLEGE_SMALL),
        (college.name, COLLEGE),
        (f"({college.short})" if college.short else "", COLLEGE_SMALL),
    ]
    rule = HRFlowable(width="100%", thickness=1, color=BLACK, spaceBefore=0, spaceAfter=3 * mm)
    return [*(fitting(text, look, width) for text, look in lines if text), _room(1.5), rule]


def _approvals(approvals: Sequence[Approval], width: float) -> list[Any]:
    """The last stands right; of two the first stands left."""
    if not approvals:
        return []
    left = _approval(approvals[0]) if len(approvals) > 1 else ""
    cells = [[left, "", _approval(approvals[-1])]]
    columns = [APPROVAL, width - 2 * APPROVAL, APPROVAL]
    return [plain_table(cells, BARE, colWidths=columns), _room(4)]


def _approval(approval: Approval) -> list[Any]:
    name = fitting(approval.name, NAME, NAME_WIDTH)
    rows = [
        ["", "", name],
        [paragraph("(подпись)", CAPTION), "", paragraph("(И. О. Фамилия)", CAPTION)],
        [paragraph(APPROVED, LABEL), "", ""],
    ]
    style: list[Command] = [
        *BARE,
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 1.5),
        ("TOPPADDING", (0, 2), (-1, 2), 1 * mm),
        ("LINEBELOW", (0, 0), (0, 0), RULE, BLACK),
        ("LINEBELOW", (2, 0), (2, 0), RULE, BLACK),
        ("SPAN", (0, 2), (2, 2)),
    ]
    hand = plain_table(rows, style, colWidths=[SIGN, GAP, NAME_WIDTH], hAlign="LEFT")
    words = (approval.word, approval.post)
    return [*(fitting(text, POST, APPROVAL) for text in words), _room(6), hand]


def _edge(form: Form, width: float) -> Any:
    cells = [
        fitting(long_date(form.day) if form.day else UNDATED, EDGE["left"], width / 3),
        fitting(form.letterhead.city, EDGE["center"], width / 3),
        fitting(f"№ {form.number}", EDGE["right"], width / 3),
    ]
    style = [*BARE, ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
    return plain_table([cells], style, colWidths=[width / 3] * 3)


def _room(millimetres: float) -> Any:
    return Spacer(0, millimetres * mm)
