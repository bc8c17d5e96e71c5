"""The file that holds papers for Word: bare of everything its template brings along."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from demoexam.documents.docx_styles import styles_xml

KEPT = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.THEME,
}
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a zip: equal papers give equal bytes
SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    # Of Word 2013 and later: a table stands with its border, not its text, on the margin.
    '<w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="ru-RU"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
)


def new_document(title: str, author: str) -> Document:
    """An empty file in our styles; its properties hold no moment of time."""
    document = docx.Document()
    _bare(document.part.rels)
    _bare(document.part.package.rels)
    _refilled(document.styles.element, styles_xml())
    _refilled(document.settings.element, SETTINGS)
    _emptied(document.element.body)
    _emptied(document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).element)
    properties = document.core_properties
    properties.title, properties.author, properties.language = title[:255], author[:255], "ru-RU"
    return document


def saved(document: Document) -> bytes:
    """Equal documents give equal bytes, on any system and any day."""
    made, fixed = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, EARLIEST)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def _bare(relationships: Relationships) -> None:
    for ident in [key for key, one in relationships.items() if one.reltype not in KEPT]:
        del relationships[ident]


def _refilled(element: BaseOxmlElement, content: str) -> None:
    _emptied(element)
    element.extend(parse_xml(f"<w:all {nsdecls('w')}>{content}</w:all>"))


def _emptied(element: BaseOxmlElement) -> None:
    for child in list(element):
        element.remove(child)
