"""Sizes and leadings of every text, and paragraphs whose words always fit their room."""

import re
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from demoexam.documents.blocks import Align, Look
from demoexam.documents.page import BOLD, SERIF
from demoexam.documents.typo import typo
from demoexam.text import NBSP

_ALIGN: dict[Align, int] = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
SOFT_HYPHEN = "\u00ad"
SMALLEST = 9.0  # pt: no cell is set smaller


def style(
    name: str, size: float, leading: float, align: Align = "left", *, font: str = SERIF
) -> Any:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=leading,
        alignment=_ALIGN[align],
    )


INDENT = 12.5 * mm
LOOKS = {
    Look.BODY: ParagraphStyle("body", style("plain", 12, 15), firstLineIndent=INDENT),
    Look.PLAIN: style("plain", 12, 15),
    Look.NOTE: style("note", 10, 12),
    Look.HEADING: style("heading", 12, 14.5, "center", font=BOLD),
    Look.APPENDIX: style("appendix", 11, 13, "right"),
}
CELL = {align: style(f"cell-{align}", 10.5, 12.2, align) for align in _ALIGN}
CELL_BOLD = {align: style(f"bold-{align}", 10.5, 12.2, align, font=BOLD) for align in _ALIGN}
HEAD = style("head", 10, 11.3, "center", font=BOLD)
SECTION = style("section", 10.5, 12.5, font=BOLD)
LABEL = style("label", 10, 13)
VALUE = style("value", 11, 12.5)
CAPTION = style("caption", 7, 8, "center")
POST = style("post", 11, 12.5)
NAME = style("name", 11, 12.5, "center")
COLLEGE_SMALL = style("college-small", 10, 12, "center")
COLLEGE = style("college", 12, 14, "center", font=BOLD)
KIND = style("kind", 14, 17, "center", font=BOLD)
TITLE = style("title", 12, 14.5, "center", font=BOLD)
ORDER_TITLE = style("order-title", 12, 14.5, font=BOLD)
EDGE = {align: style(f"edge-{align}", 11, 13, align) for align in _ALIGN}


def paragraph(text: str, look: Any) -> Any:
    """`text` set in Russian typography; nothing in it is taken for markup."""
    return Paragraph(_markup(typo(text)), look)


def fitting(text: str, look: Any, room: float, smallest: float = SMALLEST) -> Any:
    """A paragraph no word of which is wider than `room`.

    A unit held by no-break spaces parts at them, then a double name after its hyphen, then the
    text steps down to `smallest`; a word of 60 letters at last breaks inside.
    """
    font, size = look.fontName, look.fontSize
    units = [part for unit in typo(text).split(" ") for part in _parted(unit, font, size, room)]
    set_text = " ".join(units)
    widest = max(stringWidth(piece, font, 1) for piece in _pieces(set_text))
    if widest * size > room:
        size = max(smallest, int(room / widest * 2) / 2)
        look = ParagraphStyle(
            "stepped", look, fontSize=size, leading=size * look.leading / look.fontSize
        )
    return Paragraph(_markup(set_text), look)


def _parted(unit: str, font: str, size: float, room: float) -> list[str]:
    """The pieces of a unit that is too wide; a piece ending in \\n starts a new line after it."""
    if max(stringWidth(line, font, size) for line in unit.split("\n")) <= room:
        return [unit]
    if NBSP in unit:
        return [piece for word in unit.split(NBSP) for piece in _parted(word, font, size, room)]
    if re.search(r"\w-\w", unit):
        return [re.sub(r"(?<=\w)-(?=\w)", "-\n", unit, count=1)]
    return [unit]


def _pieces(text: str) -> list[str]:
    """What cannot break: between spaces, new lines and soft hyphens (which then show)."""
    words = re.split(r"[ \n]", text.replace(SOFT_HYPHEN, f"{SOFT_HYPHEN} "))
    return [word.replace(SOFT_HYPHEN, "-") for word in words]


def _markup(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


def height(cell: Any, width: float) -> float:
    """The height a paragraph takes at `width`."""
    return float(cell.wrap(width, 10_000)[1])
