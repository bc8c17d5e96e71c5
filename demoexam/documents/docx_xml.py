"""Elements of a Word file: paragraphs and runs from plain values."""

import re
from collections.abc import Iterable, Iterator

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement

from demoexam.documents.docx_styles import style_id
from demoexam.documents.styles import Style
from demoexam.documents.typo import typo

Element = BaseOxmlElement

EMU = 12700  # a point, in the units of drawings
NO_BREAK_HYPHEN = "\u2011"
MARKS = {"\n": "br", "\t": "tab", "\u00ad": "softHyphen", NO_BREAK_HYPHEN: "noBreakHyphen"}
_PIECES = re.compile(f"([{''.join(MARKS)}])")
_IN_NUMBERS = re.compile(r"(?<=\d)-(?=\d)")
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def w(name: str, *children: Element, **attributes: object) -> Element:
    """An element of the main namespace; children stand in the order of the schema."""
    given = {qn(f"w:{key}"): str(value) for key, value in attributes.items()}
    made = OxmlElement(f"w:{name}", given)
    made.extend(children)
    return made


def twips(points: float) -> int:
    return round(points * 20)


def clean(text: str) -> str:
    """`text` in Russian typography and without what XML cannot hold."""
    return _NOT_XML.sub("", typo(text)).strip(" ")


def said(text: str) -> str:
    """`text` for a paragraph, where Word must not part a number at its hyphens."""
    return _IN_NUMBERS.sub(NO_BREAK_HYPHEN, clean(text))


def run(text: str, *properties: Element) -> Element:
    """`text` as it is given, with tabs, breaks and hyphens as Word has them."""
    made = w("r", w("rPr", *properties)) if properties else w("r")
    made.extend(_pieces(_NOT_XML.sub("", text)))
    return made


def _pieces(text: str) -> Iterator[Element]:
    for piece in _PIECES.split(text):
        if piece in MARKS:
            yield w(MARKS[piece])
        elif piece:
            words = w("t")
            words.text = piece
            words.set(qn("xml:space"), "preserve")
            yield words


def size(points: float) -> list[Element]:
    """Of a run."""
    return [w(name, val=round(points * 2)) for name in ("sz", "szCs")]


def paragraph(style: Style, *runs: Element, properties: Iterable[Element] = ()) -> Element:
    return w("p", w("pPr", w("pStyle", val=style_id(style)), *properties), *runs)


def text_paragraph(text: str, style: Style, *, after: float = 0, **indents: float) -> Element:
    """`after` and `indents` (left, right) in points; the first line keeps its style's indent."""
    properties = [w("spacing", after=twips(after))] if after else []
    if indents:
        properties.append(w("ind", **{key: twips(room) for key, room in indents.items()}))
    words = said(text)
    return paragraph(style, *([run(words)] if words else []), properties=properties)


def spacer(height: float, *properties: Element, section: Element | None = None) -> Element:
    """Room of exactly `height` points; it also parts two tables, which would else grow together."""
    room = w("spacing", line=max(twips(height), 20), lineRule="exact")
    last = [] if section is None else [section]
    return w("p", w("pPr", *properties, room, w("rPr", *size(1)), *last))


def held(elements: Iterable[Element]) -> None:
    """Every paragraph among or inside these stays on the page of what comes after it."""
    for element in elements:
        for one in element.iter(qn("w:p")):
            if isinstance(one, CT_P):
                one.get_or_add_pPr().get_or_add_keepNext()
