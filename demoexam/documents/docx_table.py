"""Tables of a Word file: fixed widths, rows that do not part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from demoexam.documents.docx_xml import Element, twips, w
from demoexam.documents.styles import RULE

ALL_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True)
class Pads:
    """Room inside every cell of a table, in points."""

    top: float = 0.0
    side: float = 0.0
    bottom: float = 0.0


NO_PADS = Pads()


@dataclass(frozen=True)
class Cell:
    """`merge` joins cells of one column over rows: «restart» the first, «continue» the others."""

    content: Sequence[Element]
    span: int = 1
    merge: str = ""
    foot: float = 0.0  # points: the thickness of a rule under it
    stands: str = "top"


def table(
    widths: Sequence[float],
    rows: Iterable[Element],
    *,
    pads: Pads = NO_PADS,
    ruled: bool = False,
) -> Element:
    sides = ("top", pads.top), ("left", pads.side), ("bottom", pads.bottom), ("right", pads.side)
    borders = [w("tblBorders", *(_border(side, RULE) for side in ALL_BORDERS))] if ruled else []
    properties = w(
        "tblPr",
        w("tblW", w=twips(sum(widths)), type="dxa"),
        w("tblInd", w=0, type="dxa"),
        *borders,
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=twips(room), type="dxa") for side, room in sides)),
    )
    grid = w("tblGrid", *(w("gridCol", w=twips(width)) for width in widths))
    return w("tbl", properties, grid, *rows)


def row(
    cells: Sequence[Cell],
    widths: Sequence[float],
    *,
    height: float = 0.0,
    heading: bool = False,
) -> Element:
    """At least `height` points high; a heading is repeated on every page."""
    flags = [w("cantSplit")]
    if height:
        flags.append(w("trHeight", val=twips(height), hRule="atLeast"))
    if heading:
        flags.append(w("tblHeader"))
    made = w("tr", w("trPr", *flags))
    at = 0
    for cell in cells:
        made.append(_cell(cell, sum(widths[at : at + cell.span])))
        at += cell.span
    return made


def _cell(cell: Cell, width: float) -> Element:
    properties = [w("tcW", w=twips(width), type="dxa")]
    if cell.span > 1:
        properties.append(w("gridSpan", val=cell.span))
    if cell.merge:
        properties.append(w("vMerge", val=cell.merge))
    if cell.foot:
        properties.append(w("tcBorders", _border("bottom", cell.foot)))
    properties.append(w("vAlign", val=cell.stands))
    return w("tc", w("tcPr", *properties), *cell.content)


def _border(side: str, thick: float) -> Element:
    return w(side, val="single", sz=round(thick * 8), space=0, color="auto")
