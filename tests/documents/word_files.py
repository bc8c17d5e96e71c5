"""Reads back what a Word file holds: text, heading rows, page furniture, order of properties."""

from io import BytesIO

import docx
from docx.oxml.ns import qn

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SOFT_HYPHEN = "\u00ad"
# What Word insists on: the order of the schema, of which only what we write is listed.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs spacing ind jc "
    "outlineLvl rPr sectPr",
    "rPr": "rFonts b bCs sz szCs u lang",
    "tblPr": "tblW tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge tcBorders vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType titlePg",
    "style": "name basedOn uiPriority semiHidden qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol "
    "listSeparator",
}


def opened(content):
    return docx.Document(BytesIO(content))


def plain(text):
    """Without white space, and without hyphens: print adds some at the ends of lines."""
    return "".join(text.split()).replace("-", "").replace(SOFT_HYPHEN, "")


def said(element):
    """All the words inside, in the order of the file."""
    found = element.iter(f"{W}t", f"{W}noBreakHyphen")
    return "".join("-" if one.tag == f"{W}noBreakHyphen" else one.text or "" for one in found)


def body_text(document):
    """The words of the body but for the headings of tables."""
    heads = {words for row in heading_rows(document) for words in row.iter(f"{W}t")}
    found = document.element.body.iter(f"{W}t")
    return plain("".join(words.text or "" for words in found if words not in heads))


def heading_rows(document):
    return [
        row
        for row in document.element.body.iter(f"{W}tr")
        if row.find(f"{W}trPr/{W}tblHeader") is not None
    ]


def tables(document):
    """The tables that have a heading, in order."""
    found = document.element.body.findall(f"{W}tbl")
    return [one for one in found if one.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None]


def rows_below(table):
    return [one for one in table.iter(f"{W}tr") if one.find(f"{W}trPr/{W}tblHeader") is None]


def is_kept(element):
    """Whether every paragraph of it stays with what follows."""
    paragraphs = [element] if element.tag == f"{W}p" else list(element.iter(f"{W}p"))
    return all(one.find(f"{W}pPr/{W}keepNext") is not None for one in paragraphs)


def fields(element):
    return [one.get(qn("w:instr")).strip() for one in element.iter(f"{W}fldSimple")]


def parts(document):
    """Every piece of XML of ours: the body, headers and footers, styles, settings."""
    names = ("header", "first_page_header", "footer", "first_page_footer")
    margins = [getattr(section, name)._element for section in document.sections for name in names]
    return [document.element, document.styles.element, document.settings.element, *margins]


def disordered(element):
    """Properties that do not stand as the schema has them."""
    wrong = []
    for name, order in ORDERS.items():
        ranks = {f"{W}{child}": at for at, child in enumerate(order.split())}
        for one in element.iter(f"{W}{name}"):
            places = [ranks[child.tag] for child in one]
            if places != sorted(places):
                wrong.append([child.tag.removeprefix(W) for child in one])
    return wrong
