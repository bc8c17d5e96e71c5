"""The chart of the share as a drawing of Word: the same bars, lines and words as in print."""

from collections.abc import Iterator
from typing import NamedTuple

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from reportlab.lib.units import mm

from demoexam.documents.blocks import Chart
from demoexam.documents.chart import (
    BAR,
    BASE,
    GREY,
    HIGH,
    LEFT,
    LEGEND,
    PALE,
    RHOMBUS,
    SCALE,
    TARGET_LINE,
    TICKS,
    chart_picture,
)
from demoexam.documents.docx_xml import EMU, paragraph, run, said, size, w
from demoexam.documents.fonts import ASCENT, BOLD, unit_width
from demoexam.documents.slab import Words
from demoexam.documents.styles import CELL, HAIR

GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
SPACES = (
    f'{nsdecls("w", "wp", "a")} xmlns:wpg="{GROUP}" xmlns:wps="{SHAPE}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
BLACK = 0.0
FREE = 2.0  # on either side of the words of a text box: another program may measure them anew


class Figure(NamedTuple):
    """A shape by its top left corner; `fill` and `pen` are greys, None is none."""

    kind: str
    x: float
    y: float
    wide: float
    tall: float
    fill: float | None
    pen: float | None = None
    thick: float = 0.75


def chart_drawing(chart: Chart, width: float) -> BaseOxmlElement:
    """A paragraph that holds it: shapes first, texts last, as in print."""
    shapes = "".join(_shape(at, one) for at, one in enumerate(_figures(chart, width)))
    words = [one for one in chart_picture(chart, width).words if one.text]
    texts = "".join(_text_box(one) for one in words)
    across, down = _emu(width), _emu(HIGH)
    drawing = parse_xml(
        f'<mc:AlternateContent {SPACES}><mc:Choice Requires="wpg"><w:drawing>'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        '<wp:docPr id="1" name="Диаграмма"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/>'
        f'<a:chOff x="0" y="0"/><a:chExt cx="{across}" cy="{down}"/></a:xfrm></wpg:grpSpPr>'
        f"{shapes}{texts}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</mc:Choice></mc:AlternateContent>"
    )
    for box, one in zip(drawing.iter(f"{{{SHAPE}}}txbx"), words, strict=True):
        box[0].append(_said(one))
    return paragraph(CELL["left"], w("r", drawing))


def _figures(chart: Chart, width: float) -> Iterator[Figure]:
    """The room of it all, which some programs shrink to what they see; bars, then targets."""
    yield Figure("rect", 0, 0, width, HIGH, None)
    step = (width - LEFT - LEGEND) / max(len(chart.bars), 1)
    placed = [(bar, LEFT + step * (at + 0.5)) for at, bar in enumerate(chart.bars)]
    side = width - LEGEND + 3 * mm
    for tick in TICKS:
        pen, thick = (PALE, HAIR) if tick else (BLACK, 0.75)
        yield Figure("line", LEFT, _up(tick), width - LEGEND - LEFT, 0, None, pen, thick)
    for bar, middle in placed:
        if bar.value is not None:
            wide = min(BAR, step * 0.8)
            tall = bar.value * SCALE
            yield Figure("rect", middle - wide / 2, _up(bar.value), wide, tall, GREY, BLACK)
    for bar, middle in placed:
        if bar.target is not None:
            yield from _goal(middle - step * 0.42, middle + step * 0.42, _up(bar.target))
            room = unit_width(bar.target_text, BOLD) * 9 + 1
            y = _up(bar.target) - TARGET_LINE - 3 * mm
            yield Figure("rect", middle + step * 0.42 - room, y, room, 3 * mm, 1.0)
    yield Figure("rect", side, 7 * mm, 6 * mm, 4 * mm, GREY, BLACK)
    yield from _goal(side, side + 6 * mm, 17 * mm)


def _goal(start: float, end: float, y: float) -> Iterator[Figure]:
    yield Figure("line", start, y, end - start, 0, None, BLACK, TARGET_LINE)
    yield Figure("diamond", start - RHOMBUS, y - RHOMBUS, 2 * RHOMBUS, 2 * RHOMBUS, BLACK)


def _up(per_cent: float) -> float:
    return float(HIGH - BASE - per_cent * SCALE)


def _shape(at: int, one: Figure) -> str:
    fill = "<a:noFill/>" if one.fill is None else _solid(one.fill)
    pen = "<a:noFill/>" if one.pen is None else _solid(one.pen)
    line = f'<a:ln w="{_emu(one.thick)}">{pen}</a:ln>'
    return (
        f'<wps:wsp><wps:cNvPr id="{at + 2}" name="{one.kind} {at}"/><wps:cNvSpPr/>'
        f"<wps:spPr>{_frame(one.x, one.y, one.wide, one.tall, one.kind)}{fill}{line}</wps:spPr>"
        "<wps:bodyPr/></wps:wsp>"
    )


def _text_box(one: Words) -> str:
    """The box alone: its words are put in as an element, which no mark in them can break."""
    wide = unit_width(one.text, one.font) * one.size + 2 * FREE
    frame = _frame(one.x - FREE, one.y - ASCENT * one.size, wide, one.size * 1.2, "rect")
    return (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>{frame}<a:noFill/>'
        "<a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent/></wps:txbx>"
        '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t">'
        "<a:noAutofit/></wps:bodyPr></wps:wsp>"
    )


def _said(one: Words) -> BaseOxmlElement:
    bold = [w("b"), w("bCs")] if one.font == BOLD else []
    return paragraph(CELL["center"], run(said(one.text), *bold, *size(one.size)))


def _frame(x: float, y: float, wide: float, tall: float, kind: str) -> str:
    return (
        f'<a:xfrm><a:off x="{_emu(x)}" y="{_emu(y)}"/><a:ext cx="{_emu(wide)}" cy="{_emu(tall)}"/>'
        f'</a:xfrm><a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>'
    )


def _solid(grey: float) -> str:
    return f'<a:solidFill><a:srgbClr val="{f"{round(grey * 255):02X}" * 3}"/></a:solidFill>'


def _emu(points: float) -> int:
    return round(points * EMU)
