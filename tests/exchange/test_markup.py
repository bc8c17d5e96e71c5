"""Pages and XML under a workbook's name: the same cells as a workbook would give."""

from datetime import datetime, time

import pytest

from demoexam.exchange import failures
from demoexam.exchange.grids import Grid
from demoexam.exchange.reading import read_book

PAGE = """<html><head><meta charset=windows-1251></head><body>
<table><tr><td></td></tr></table>
<table border=1><tr><th rowspan=2>ФИО<th colspan=2>Работа</tr>
<tr><td>Место<td>Должность</tr>
<tr><td><b>Иванов</b> Иван&nbsp;Иванович<br>(эксперт)</td><td rowspan="2">ООО &laquo;Завод&raquo;
</td><td>мастер</td></tr><tr><td>Ким А. А.</td><td>сварщик</td></tr></table>
<script>var x = "<td>нет</td>";</script><table><tr><td>вторая</td></tr></table></body></html>"""

SPREADSHEET = """<?xml version="1.0" encoding="{encoding}"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Список"><Table>
<Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">Работа</Data></Cell>
<Cell ss:Index="4" ss:MergeDown="1"><Data ss:Type="String">Срок</Data>
<Comment><Data>примечание</Data></Comment></Cell></Row>
<Row><Cell><Data ss:Type="Number">902.5</Data></Cell>
<Cell ss:Formula="=1+1"><Data ss:Type="Number">2</Data></Cell></Row>
<Row><Cell><Data ss:Type="DateTime">2026-06-12T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="DateTime">1899-12-31T09:30:00.000</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Number">нет</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="архив"><Table><Row><Cell><Data ss:Type="String">старое</Data></Cell></Row>
</Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


def book(tmp_path, content: bytes, name: str = "выгрузка.xls"):
    path = tmp_path / name
    path.write_bytes(content)
    return read_book(path)


def test_every_table_of_a_page_is_a_sheet(tmp_path):
    read = book(tmp_path, PAGE.encode("cp1251"))
    assert [sheet.name for sheet in read.sheets] == ["html", "html2"]
    lines = read.sheets[0].lines
    assert [line.cells for line in lines[:2]] == [
        ("ФИО", "Работа", None),
        ("ФИО", "Место", "Должность"),
    ]
    assert lines[2].cells == ("Иванов Иван Иванович\n(эксперт)", "ООО «Завод»", "мастер")
    assert lines[3].cells == ("Ким А. А.", "ООО «Завод»", "сварщик")
    assert (lines[1].spread, lines[3].spread) == ({0}, {1})
    assert read.sheets[0].across == {(1, 1, 2)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("start", ["<html>", "<!DOCTYPE html>\n<html>", "<table>", "\n <META x>"])
def test_pages_are_known_by_their_beginning(tmp_path, encoding, start):
    page = f"{start}<table><tr><td>Иванов Иван Иванович</td></tr></table>"
    assert (
        book(tmp_path, page.encode(encoding)).sheets[0].lines[0].text(0) == "Иванов Иван Иванович"
    )


def test_a_page_that_errs_about_its_encoding_is_read_by_its_bytes(tmp_path):
    page = "<html><meta charset=utf-8><table><tr><td>Иванов</td></tr></table>"
    assert book(tmp_path, page.encode("cp1251")).sheets[0].lines[0].text(0) == "Иванов"


def test_a_web_archive_is_read_as_its_pages(tmp_path):
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    archive = MIMEMultipart("related")
    for cell in ("Иванов", "Петров"):
        page = f"<html><meta charset=windows-1251><table><tr><td>{cell}</td></tr></table>"
        archive.attach(MIMEText(page, "html", "windows-1251"))
    text = archive.as_bytes()
    ordered = b"MIME-Version: 1.0\n" + text.replace(b"MIME-Version: 1.0\n", b"", 1)
    read = book(tmp_path, ordered)
    assert [(s.name, s.lines[0].cells) for s in read.sheets] == [
        ("html", ("Иванов",)),
        ("html2", ("Петров",)),
    ]


def test_a_page_without_a_table_is_refused(tmp_path):
    with pytest.raises(failures.NotASpreadsheet, match="веб-страница"):
        book(tmp_path, b"<html><body><p>text</p></body></html>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_spreadsheet_xml_has_types_merges_and_hidden_sheets(tmp_path, encoding):
    read = book(tmp_path, SPREADSHEET.format(encoding=encoding).encode(encoding))
    assert [(sheet.name, sheet.hidden) for sheet in read.sheets] == [
        ("Список", False),
        ("архив", True),
    ]
    lines = read.sheets[0].lines
    assert [line.number for line in lines] == [2, 3, 4]
    assert lines[0].cells == ("Работа", None, None, "Срок")
    assert lines[1].cells == (902.5, 2, None, "Срок")
    assert lines[1].spread == {3}
    assert lines[2].cells == (datetime(2026, 6, 12), time(9, 30), True, "нет")
    assert read.sheets[0].across == {(2, 0, 1)}


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE Workbook [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "<!DOCTYPE Workbook>"],
)
def test_entities_of_spreadsheet_xml_are_refused(tmp_path, declared):
    text = SPREADSHEET.format(encoding="utf-8").replace("<Workbook", f"{declared}<Workbook")
    with pytest.raises(failures.FileDangerous):
        book(tmp_path, text.replace("Работа", "&e;").encode())


def test_entities_of_a_page_are_refused(tmp_path):
    page = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><table><tr><td>&e;</td></tr></table>'
    with pytest.raises(failures.FileDangerous):
        book(tmp_path, page.encode())


def test_torn_xml_is_damaged(tmp_path):
    with pytest.raises(failures.FileDamaged):
        book(tmp_path, SPREADSHEET.format(encoding="utf-8").encode()[:900])


def test_spans_without_end_are_refused(tmp_path):
    cell = '<td colspan="1000" rowspan="65534">x</td>'
    page = f"<table><tr>{cell * 16}</tr>{'<tr></tr>' * 200}</table>"
    with pytest.raises(failures.TooLarge):
        book(tmp_path, page.encode())


def test_a_page_of_very_many_cells_is_refused(tmp_path):
    with pytest.raises(failures.TooLarge):
        book(tmp_path, b"<table>" + b"<tr>" + b"<td>1</td>" * 1_600_000)


def test_a_grid_keeps_a_merge_that_reaches_below_the_last_cell():
    grid = Grid("файл")
    for cells in ((("ООО", 2),), (), (("a", 0),)):
        grid.start_row()
        for value, down in cells:
            grid.add(value, column=1, down=down)
    assert [line.cells for line in grid.sheet("s").lines] == [
        (None, "ООО"), (None, "ООО"), (None, "ООО", "a")
    ]  # fmt: skip
