"""What stands above a table in a Word document or on a web page tells whose table it is."""

from collections.abc import Sequence
from pathlib import Path

import docx
from import_truth import TODAY

from demoexam.exchange.reading import read_book
from demoexam.exchange.recognition import recognise
from demoexam.exchange.values import FileContent

HEADER = ("№ п/п", "Ф.И.О.", "Дата рождения")
ONE = ("1.", "Абрамов Илья Сергеевич", "12.03.2006")
TWO = ("1.", "Ким Дарья Ильинична", "01.07.2006 г.")


def students(content: FileContent) -> list[tuple[int, str, str, str]]:
    return [(s.place.row, s.name.last, s.group, s.specialty) for s in content.students]


def add_table(document: docx.document.Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def test_groups_and_college_above_the_tables_of_a_document(tmp_path: Path):
    document = docx.Document()
    for text in ("ГБПОУ «Приволжский колледж»", "Список студентов группы ПКД-41", "43.02.15"):
        document.add_paragraph(text)
    add_table(document, (HEADER, ONE))
    document.add_paragraph("Список студентов группы ПКД-42")
    add_table(document, (HEADER, TWO))
    document.save(str(tmp_path / "группы.docx"))
    content = recognise(read_book(tmp_path / "группы.docx"), today=TODAY)
    assert students(content) == [
        (2, "Абрамов", "ПКД-41", "43.02.15"),
        (2, "Ким", "ПКД-42", ""),
    ]
    assert content.people == ()
    assert content.college
    assert content.college.short == "ГБПОУ «Приволжский колледж»"


def test_students_of_several_groups_in_numbered_paragraphs(tmp_path: Path):
    document = docx.Document()
    for group, names in (("ПКД-41", (ONE, TWO)), ("ПКД-42", (ONE,))):
        document.add_paragraph(f"Список студентов группы {group}")
        for _, name, _ in names:
            document.add_paragraph(name, style="List Number")
    document.save(str(tmp_path / "группы.docx"))
    content = recognise(read_book(tmp_path / "группы.docx"), today=TODAY)
    assert students(content) == [
        (2, "Абрамов", "ПКД-41", ""),
        (3, "Ким", "ПКД-41", ""),
        (5, "Абрамов", "ПКД-42", ""),
    ]
    assert content.people == ()


def test_headings_and_captions_of_a_web_page(tmp_path: Path):
    def table(caption: str, *rows: Sequence[str]) -> str:
        cells = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
        return f"<table>{caption}{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"

    path = tmp_path / "выгрузка.xls"
    page = "<html><title>Отчёт</title><h2>Список студентов <b>группы</b> ПКД-41</h2>"
    page += table("", HEADER, ONE)
    page += table("<caption>Список студентов группы ПКД-42</caption>", HEADER, TWO)
    path.write_text(f"{page}</html>", encoding="utf-8")
    content = recognise(read_book(path), today=TODAY)
    assert students(content) == [(2, "Абрамов", "ПКД-41", ""), (2, "Ким", "ПКД-42", "")]
    assert content.people == ()
