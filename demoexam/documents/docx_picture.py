"""Pictures in a Word file that stand at a place of their own, with no text around them."""

from typing import Literal

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from demoexam.documents.docx_xml import EMU

PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def floating(
    image: str, left: float, top: float, size: tuple[float, float], *, name: str, told: str,
    at: int, frame: Literal["page", "text"],
) -> BaseOxmlElement:  # fmt: skip
    """`image` is its relationship; `left` and `top` count from the sheet or from the paragraph."""
    across, down = ("page", "page") if frame == "page" else ("column", "paragraph")
    wide, tall = (round(side * EMU) for side in size)
    return parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'pic', 'r')}>"
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" behindDoc="0"'
        f' relativeHeight="{at}" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{across}">{_offset(left)}</wp:positionH>'
        f'<wp:positionV relativeFrom="{down}">{_offset(top)}</wp:positionV>'
        f'<wp:extent cx="{wide}" cy="{tall}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:wrapNone/><wp:docPr id="{at}" name="{name}" descr="{told}"/>'
        "<wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{PICTURE}">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{at}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{image}"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{wide}" cy="{tall}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def _offset(points: float) -> str:
    return f"<wp:posOffset>{round(points * EMU)}</wp:posOffset>"
