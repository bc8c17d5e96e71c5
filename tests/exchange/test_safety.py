"""What may be read is told from what would harm, before any of it is unpacked."""

import struct
import zipfile
from pathlib import Path

import pytest
from import_truth import roster

from demoexam.exchange import failures
from demoexam.exchange.reading import WIDEST, read_book
from demoexam.exchange.safety import refuse_hostile

ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="Список"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>Иванов</text:p></table:table-cell>'
    '<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="1048575">{}</table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
EMPTY = '<table:table-cell table:number-columns-repeated="16384"/>'


def zipped(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return path


def opendocument(path: Path, repeated: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(repeated))
    return path


def sheet_of(path: Path, cells: str) -> Path:
    """A sound workbook whose only sheet gets other cells."""
    with zipfile.ZipFile(roster("clean.xlsx")) as sound, zipfile.ZipFile(path, "w") as made:
        for part in sound.namelist():
            text = sound.read(part)
            if part == "xl/worksheets/sheet1.xml":
                start, _, rest = text.partition(b"<sheetData>")
                _, _, end = rest.partition(b"</sheetData>")
                text = start + b"<sheetData>" + cells.encode() + b"</sheetData>" + end
            made.writestr(part, text)
    return path


def test_empty_rows_without_end_are_nothing_to_fear(tmp_path):
    lines = read_book(opendocument(tmp_path / "таблица.ods", EMPTY)).sheets[0].lines
    assert [line.cells for line in lines] == [("Иванов",)]


def test_a_row_repeated_without_end_is_refused(tmp_path):
    filled = EMPTY.replace("/>", ' office:value-type="float" office:value="1"></table:table-cell>')
    with pytest.raises(failures.TooLarge):
        refuse_hostile(opendocument(tmp_path / "таблица.ods", filled))


def test_cells_that_have_a_style_alone_take_no_place(tmp_path):
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    near = '<row r="1"><c r="A1" t="str"><v>Иванов</v></c></row>'
    path = sheet_of(tmp_path / "книга.xlsx", near + far)
    assert len(read_book(path).sheets[0].lines) == 1


def test_far_cells_are_refused_by_the_rectangle_they_make(tmp_path):
    wide = '<row r="1"><c r="XFD1"><v>1</v></c></row>'
    refuse_hostile(sheet_of(tmp_path / "книга.xlsx", wide))
    with pytest.raises(failures.TooLarge):
        far = wide + '<row r="9999"><c r="A9999"><v>1</v></c></row>'
        refuse_hostile(sheet_of(tmp_path / "книга.xlsx", far))


def test_a_stray_cell_far_to_the_right_does_not_widen_the_table(tmp_path):
    wide = '<row r="1"><c r="A1"><v>7</v></c><c r="XFD1"><v>1</v></c></row>'
    cells = read_book(sheet_of(tmp_path / "книга.xlsx", wide)).sheets[0].lines[0].cells
    assert (cells[0], len(cells)) == (7, WIDEST)


@pytest.mark.parametrize("part", ["../x", "xl/../../x", "..\\x", "C:\\x", "c:x"])
def test_a_part_that_points_outside_is_refused(tmp_path, part):
    with pytest.raises(failures.FileDangerous, match="за пределы"):
        refuse_hostile(zipped(tmp_path / "книга.xlsx", **{part: "x"}))
    assert [path.name for path in tmp_path.iterdir()] == ["книга.xlsx"]


def test_formulas_stay_what_they_last_gave(tmp_path):
    cell = '<c r="A1" t="str"><f>HYPERLINK("http://example.com","a")</f><v>=cmd|calc</v></c>'
    path = sheet_of(tmp_path / "книга.xlsx", f'<row r="1">{cell}<c r="B1"><f>1+1</f></c></row>')
    assert read_book(path).sheets[0].lines[0].cells[0] == "=cmd|calc"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"книга.xlsx": "x"}, "это архив: извлеките"),
        ({"Index__Document.iwa": "x"}, "Apple Numbers"),
        (
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"},
            "текст Open",
        ),
        ({"ppt__presentation.xml": "<a/>"}, "презентация"),
        ({"readme.txt": "x"}, "нет книги"),
    ],
)
def test_other_archives_are_named(tmp_path, parts, said):
    with pytest.raises(failures.NotASpreadsheet, match=said):
        read_book(zipped(tmp_path / "файл.xlsx", **parts))


@pytest.mark.parametrize(
    ("content", "name", "kind", "said"),
    [
        ("WordDocument".encode("utf-16-le"), "приказ.doc", failures.OldWordDocument, "doc"),
        ("__substg1.0".encode("utf-16-le"), "письмо.msg", failures.NotASpreadsheet, "msg"),
        ("EncryptedPackage".encode("utf-16-le"), "а.docx", failures.FileProtected, "паролем"),
    ],
)
def test_files_of_old_office_are_named(tmp_path, content, name, kind, said):
    path = tmp_path / name
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + content)
    with pytest.raises(kind, match=said):
        read_book(path)


def test_an_old_workbook_with_a_password_is_named_so(tmp_path):
    sound = bytearray(roster("old_format.xls").read_bytes())
    place = sound.find(struct.pack("<HH", 0x5C, 112))  # who saved it: any record would do
    struct.pack_into("<H", sound, place, 0x2F)
    path = tmp_path / "закрыт.xls"
    path.write_bytes(bytes(sound))
    with pytest.raises(failures.FileProtected):
        read_book(path)


def test_shortcuts_are_named(tmp_path):
    path = tmp_path / "таблица.gsheet"
    path.write_text('{"url": "https://example.com"}', encoding="utf-8")
    with pytest.raises(failures.NotASpreadsheet, match="ярлык"):
        read_book(path)


def test_a_workbook_with_macros_is_read_as_any_other(tmp_path):
    path = tmp_path / "макросы.xlsm"
    path.write_bytes(roster("clean.xlsx").read_bytes())
    assert read_book(path).sheets == read_book(roster("clean.xlsx")).sheets
