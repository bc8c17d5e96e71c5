"""Sizes and leadings of every text of a paper."""

from dataclasses import dataclass

from reportlab.lib.units import mm

from demoexam.documents.blocks import Align, Look
from demoexam.documents.fonts import BOLD, SERIF

SMALLEST = 9.0  # pt: no text steps down below
RULE = 0.5  # pt: a line that carries meaning
HAIR = 0.25  # pt: a line that only guides the eye
_ALIGNS: tuple[Align, ...] = ("left", "center", "right")


@dataclass(frozen=True, eq=False)  # one object a style: a key that costs nothing
class Style:
    size: float  # pt
    leading: float
    align: Align = "left"
    font: str = SERIF
    indent: float = 0.0  # of the first line


LOOKS = {
    Look.BODY: Style(12, 15, indent=12.5 * mm),
    Look.PLAIN: Style(12, 15),
    Look.NOTE: Style(10, 12),
    Look.HEADING: Style(12, 14.5, "center", BOLD),
    Look.APPENDIX: Style(11, 13, "right"),
}
CELL = {align: Style(10.5, 12.2, align) for align in _ALIGNS}
CELL_BOLD = {align: Style(10.5, 12.2, align, BOLD) for align in _ALIGNS}
HEAD = Style(10, 11.3, "center", BOLD)
SECTION = Style(10.5, 12.5, font=BOLD)
LABEL = Style(10, 13)
VALUE = Style(11, 12.5)
CAPTION = Style(7, 8, "center")
POST = Style(11, 12.5)
NAME = Style(11, 12.5, "center")
LINE_LABEL = Style(12, 15)
COLLEGE_SMALL = Style(10, 12, "center")
COLLEGE = Style(12, 14, "center", BOLD)
KIND = Style(14, 17, "center", BOLD)
TITLE = Style(12, 14.5, "center", BOLD)
ORDER_TITLE = Style(12, 14.5, font=BOLD)
EDGE = {align: Style(11, 13, align) for align in _ALIGNS}
