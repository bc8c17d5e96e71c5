"""Word documents: tables with their merges, paragraphs numbered, whatever Word puts around them."""

import zipfile
from pathlib import Path

import docx
import pytest

from demoexam.exchange import failures
from demoexam.exchange.cells import Book
from demoexam.exchange.reading import read_book

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def written(path: Path, body: str) -> Book:
    """A document whose body is written by hand, as Word would not let us."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{SPACE}" xmlns:mc="urn:mc"><w:body>{body}</w:body></w:document>',
        )
    return read_book(path)


def paragraph(text: str, around: str = "{}") -> str:
    return f"<w:p>{around.format(f'<w:r><w:t>{text}</w:t></w:r>')}</w:p>"


def test_tables_are_sheets_with_merges_spread(tmp_path):
    document = docx.Document()
    document.add_paragraph("ПРИКАЗ")
    document.add_table(rows=1, cols=2)  # a frame without text is no sheet, but is counted
    table = document.add_table(rows=4, cols=3)
    rows = (("Сведения", "", "Роль"), ("ФИО", "Место", "эксперт"),
            ("Ким А. А.", "ООО «Завод»", "эксперт"), ("Цой Б. Б.", "", "эксперт"))  # fmt: skip
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(2, 1).merge(table.cell(3, 1))
    document.save(str(tmp_path / "приказ.docx"))
    (sheet,) = read_book(tmp_path / "приказ.docx").sheets
    assert sheet.name == "table2"
    assert sheet.lines[0].cells == ("Сведения", None, "Роль")
    assert sheet.across == {(1, 0, 1)}
    assert sheet.lines[3].cells == ("Цой Б. Б.", "ООО «Завод»", "эксперт")
    assert sheet.lines[3].spread == {1}


def test_a_list_of_people_is_the_sheet_paragraphs(tmp_path):
    document = docx.Document()
    for text in ("ПРИКАЗ", "Утвердить состав:"):
        document.add_paragraph(text)
    document.add_paragraph("Ким А. А., инженер ООО «Завод»", style="List Number")
    document.add_paragraph("Цой Б. Б., мастер ГБПОУ «Колледж»", style="List Number")
    document.save(str(tmp_path / "приказ.docx"))
    (sheet,) = read_book(tmp_path / "приказ.docx").sheets
    assert sheet.name == "paragraphs"
    assert [line.number for line in sheet.lines] == [1, 2, 3, 4]
    assert sheet.lines[3].cells[:4] == ("Цой Б. Б.", "", "мастер", "ГБПОУ «Колледж»")


def test_what_was_inserted_is_read_and_what_was_removed_is_not(tmp_path):
    name = "Иванов Иван Иванович, инженер ООО «Завод»"
    kept = paragraph(name, "<w:ins>{}</w:ins>") + paragraph("1. " + name, "<w:sdt>{}</w:sdt>")
    gone = (
        "<w:p><w:del><w:r><w:delText>Петров</w:delText></w:r></w:del></w:p>"
        + paragraph("Цой Пётр Ильич, мастер", "<w:moveFrom>{}</w:moveFrom>")
        + paragraph("Цой Пётр Ильич, мастер", "<w:r><w:drawing>{}</w:drawing></w:r>")
        + paragraph("Цой Пётр Ильич, мастер", "<mc:Fallback>{}</mc:Fallback>")
    )
    (sheet,) = written(tmp_path / "правки.docx", kept + gone).sheets
    assert [line.number for line in sheet.lines if line.cells[0] == "Иванов Иван Иванович"] == [
        1,
        2,
    ]
    assert "Цой" not in str(sheet)


def test_tables_within_cells_and_rows_that_begin_late(tmp_path):
    def cell(text: str) -> str:
        return f"<w:tc>{text}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(paragraph('внутри'))}</w:tr></w:tbl>"
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell(paragraph("позже"))}</w:tr>'
    body = f"<w:tbl><w:tr>{cell(paragraph('а') + inner + paragraph('б'))}</w:tr>{late}</w:tbl>"
    outer, nested = written(tmp_path / "таблицы.docx", body).sheets
    assert (outer.name, nested.name) == ("table1", "table1.1")
    assert [line.cells for line in outer.lines] == [("а\nб",), (None, "позже")]
    assert nested.lines[0].cells == ("внутри",)


@pytest.mark.parametrize("name", ["пусто.docx", "переименован.xlsx"])
def test_a_document_without_a_table_is_named_as_one(tmp_path, name):
    with pytest.raises(failures.NotASpreadsheet, match="документ Word"):
        written(tmp_path / name, paragraph("Прошу предоставить отпуск."))


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (f'<!DOCTYPE x><w:document xmlns:w="{SPACE}"/>', failures.FileDangerous),
        (f'<w:document xmlns:w="{SPACE}"><w:p>', failures.FileDamaged),
        ("<a>" * 2000, failures.FileDamaged),
    ],
)
def test_hostile_documents_are_refused(tmp_path, part, kind):
    with zipfile.ZipFile(tmp_path / "а.docx", "w") as archive:
        archive.writestr("word/document.xml", part)
    with pytest.raises(failures.FileUnreadable) as refused:
        read_book(tmp_path / "а.docx")
    assert type(refused.value) is kind


def test_a_document_that_unpacks_to_very_much_is_refused_unread(tmp_path):
    with zipfile.ZipFile(tmp_path / "а.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:p>щ</w:p>" * 4_000_000)
    with pytest.raises(failures.TooLarge):
        read_book(tmp_path / "а.docx")
