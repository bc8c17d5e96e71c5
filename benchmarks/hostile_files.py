"""Files made to harm whoever opens them: bombs, false sizes, entities, endless lines."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

_MEGABYTE: Final = 1 << 20
_SHEET: Final = "xl/worksheets/sheet1.xml"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ENTITY: Final = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_LAUGHS: Final = "<!DOCTYPE x [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)
_XML_BOOK: Final = (
    '<?xml version="1.0"?>{}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Лист1"><Table>'
    "{}</Table></Worksheet></Workbook>"
)
_FRAME: Final = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-'
    'types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relation'
    f'ships"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    '<sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package'
    f'/2006/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}


def hostile_files(folder: Path, percent: int = 100) -> Iterator[Path]:
    """Writes one after another; `percent` makes the large ones smaller."""
    for name, content in _files(percent).items():
        path = folder / name
        made = content()
        if isinstance(made, bytes):
            path.write_bytes(made)
        else:
            with path.open("wb") as file:
                for chunk in made:
                    file.write(chunk)
        yield path


Content = Callable[[], bytes | Iterator[bytes]]


def _files(percent: int) -> dict[str, Content]:
    def part(megabytes: int) -> int:
        return max(megabytes * percent // 100, 1)

    return {
        **_workbooks(part),
        "word_bomb.docx": lambda: _document(_row("x") * 10_000, part(250)),
        "word_nested.docx": lambda: _document("<w:tbl><w:tr><w:tc>", part(2)),
        "word_entity.docx": lambda: _document(f"{_ENTITY}<w:p/>", 1),
        "page_cells.xls": lambda: b"<table><tr>" + b"<td>1</td>" * (10_000 * percent),
        "page_spans.xls": lambda: _spans(percent),
        "page_entity.xls": lambda: bytes(f"{_ENTITY}<html><table><tr><td>&e;", "utf-8"),
        "xml_laughs.xls": lambda: _XML_BOOK.format(_LAUGHS, _cell("&a9;")).encode(),
        "xml_far.xls": lambda: _XML_BOOK.format("", _FAR * (20 * percent)).encode(),
        "line.csv": lambda: (b"x" * _MEGABYTE for _ in range(part(100))),
        "line_within.csv": lambda: (b"x" * _MEGABYTE for _ in range(part(20))),
        "text.txt": lambda: ("Иванов;Завод\n".encode() * 50_000 for _ in range(part(120))),
        "separators.csv": lambda: b";" * (part(20) * _MEGABYTE),
        "quote.csv": lambda: bytes('ФИО;"Место\n' + "Иванов;Завод\n" * 100 * percent, "utf-8"),
        "repeated.ods": lambda: _zip({"content.xml": _REPEATED}),
        "archive.zip": lambda: _zip({"книга.xlsx": _workbook("")}),
    }


def _workbooks(part: Callable[[int], int]) -> dict[str, Content]:
    far = '<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>'
    wide = "".join(f'<c r="{_letters(n)}1"><v>1</v></c>' for n in range(1, 16_385))
    blank = " " * _MEGABYTE
    return {
        "far_cell.xlsx": lambda: _workbook(far),
        "false_range.xlsx": lambda: _workbook("", '<dimension ref="A1:XFD1048576"/>'),
        "wide_rows.xlsx": lambda: _workbook(wide + far.replace("XFD", "A")),
        "blank_bomb.xlsx": lambda: _zip({**_FRAME, _SHEET: blank * part(40)}),
        "huge_bomb.xlsx": lambda: _zip(_FRAME, {_SHEET: (blank, part(350))}),
        "strings_bomb.xlsx": lambda: _zip(
            {**_FRAME, _SHEET: ""},
            {"xl/sharedStrings.xml": ("<si><t>щ</t></si>" * 9999, part(600))},
        ),
        "entity.xlsx": lambda: _workbook(_cell("&e;"), before=_ENTITY),
        "laughs.xlsx": lambda: _workbook(_cell("&a9;"), before=_LAUGHS),
        "unknown_entity.xlsx": lambda: _workbook(
            '<row r="1"><c r="A1" t="str"><v>&e;</v></c></row>'
        ),
        "outside.xlsx": lambda: _zip({**_FRAME, _SHEET: "", "../../evil.txt": "evil"}),
        "many_parts.xlsx": lambda: _zip({**_FRAME, **{f"xl/{n}.xml": "" for n in range(6_000)}}),
        "false_size.xlsx": lambda: _with_false_size(_workbook("<row/>" * 200_000)),
        "lock.xlsx": lambda: b"PK\x05\x06" + b"\0" * 18,
        "cipher.xls": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 4096,
    }


_FAR: Final = (
    '<Row ss:Index="1048576"><Cell ss:Index="16384" ss:MergeAcross="16383" ss:MergeDown="1048575">'
    '<Data ss:Type="String">x</Data></Cell></Row>'
)
_REPEATED: Final = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="Л"><table:table-row '
    'table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
    'office:value-type="float" office:value="1"></table:table-cell></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


def _cell(text: str) -> str:
    return f'<Row><Cell><Data ss:Type="String">{text}</Data></Cell></Row>'


def _row(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _spans(percent: int) -> bytes:
    return ('<table><tr><td colspan="1000" rowspan="65534">x' + "<tr>" * (1000 * percent)).encode()


def _workbook(rows: str, head: str = "", *, before: str = "") -> bytes:
    sheet = f'{before}<worksheet xmlns="{_MAIN}">{head}<sheetData>{rows}</sheetData></worksheet>'
    return _zip({**_FRAME, _SHEET: sheet})


def _document(body: str, times: int) -> bytes:
    start = f'<w:document xmlns:w="{_WORD}"><w:body>'
    if body.startswith("<!"):
        return _zip({"word/document.xml": body.replace("<w:p/>", f"{start}<w:p/>")})
    return _zip({}, {"word/document.xml": (body, max(times * _MEGABYTE // len(body), 1))}, start)


def _zip(
    parts: Mapping[str, str | bytes],
    repeated: dict[str, tuple[str, int]] | None = None,
    start: str = "",
) -> bytes:
    """`repeated` parts are written so many times without ever being held in memory."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, (piece, times) in (repeated or {}).items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(start.encode())
                for _ in range(times):
                    part.write(piece.encode())
    return packed.getvalue()


def _with_false_size(workbook: bytes) -> bytes:
    """The directory claims that the sheet unpacks to ten bytes."""
    broken = bytearray(workbook)
    place = broken.rfind(_SHEET.encode()) - 46
    struct.pack_into("<I", broken, place + 24, 10)
    return bytes(broken)


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
