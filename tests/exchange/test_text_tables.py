"""Text tables: every Russian encoding, quotation marks as people leave them, the clipboard."""

import pytest

from demoexam.exchange import failures, text_tables
from demoexam.exchange.text_tables import decode, read_pasted, read_text_table

TEXT = "ФИО;Место работы\nИванов Иван Иванович;ООО «Завод» № 5\nЯшина Ёлка;школа — дом\n"
CODE_PAGES = ["cp1251", "cp866", "koi8-r"]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"],
)
def test_unicode_and_windows_texts(encoding):
    assert decode(TEXT.encode(encoding)).lstrip("\ufeff") == TEXT


@pytest.mark.parametrize("encoding", CODE_PAGES)
@pytest.mark.parametrize(
    "text",
    ["ФИО;Организация\nИванов Иван;Завод", "ИВАНОВ ИВАН ИВАНОВИЧ;ЗАВОД ЩЁКИНО", "группа: ис-21;да"],
)
def test_code_pages_are_told_apart(encoding, text):
    assert decode(text.encode(encoding)) == text


def test_one_bad_byte_does_not_spoil_the_rest():
    content = TEXT.encode()
    assert decode(content[:-20] + b"\xff" + content[-20:]).startswith(TEXT[:40])


def test_an_unclosed_quotation_mark_does_not_swallow_the_rows_below():
    text = 'ФИО;Место\nИванов И. И.;"Завод\n' + "".join(f"Петров{n} П. П.;Хлеб\n" for n in range(9))
    lines = read_text_table(text.encode(), "список.csv").lines
    assert len(lines) == 11
    assert lines[1].cells == ("Иванов И. И.", '"Завод')


def test_a_cell_of_many_lines_stays_a_cell():
    text = 'ФИО;Примечание\nИванов;"раз\nдва\nтри\nчетыре\nпять"\nПетров;нет\n'
    lines = read_text_table(text.encode(), "список.csv").lines
    assert [line.number for line in lines] == [1, 2, 7]
    assert lines[1].cells[1] == "раз\nдва\nтри\nчетыре\nпять"


@pytest.mark.parametrize(("first", "separator"), [("sep=|", "|"), ("SEP=;", ";"), ("sep=\t", "\t")])
def test_the_separator_may_be_told(first, separator):
    text = f"{first}\nа{separator}б\n"
    assert read_text_table(text.encode(), "a.csv").lines[0].cells == ("а", "б")


def test_too_long_a_line_and_too_many_cells_are_refused(monkeypatch):
    with pytest.raises(failures.NotASpreadsheet, match="строка 1"):
        read_text_table(b"x" * 200_000, "a.csv")
    with pytest.raises(failures.TooLarge):
        read_text_table((b";" * 1000 + b"\n") * 1600, "a.csv")
    monkeypatch.setattr(text_tables, "MOST_BYTES", 10)
    with pytest.raises(failures.FileTooHeavy):
        read_text_table(b"x" * 20, "a.csv")


@pytest.mark.parametrize("end", ["\r\n", "\n", ""])
def test_pasted_cells_are_as_they_were_copied(end):
    text = f'ФИО\t"Место ""А""\nработы"\t\r\n"Ромашка" ООО\t"Завод\t007{end}'
    (sheet,) = read_pasted(text).sheets
    assert sheet.name == "буфер"
    assert [line.cells for line in sheet.lines] == [
        ("ФИО", 'Место "А"\nработы', ""),
        ('"Ромашка" ООО', '"Завод', "007"),
    ]
    assert [line.number for line in sheet.lines] == [1, 2]


def test_an_empty_clipboard_is_named_so():
    with pytest.raises(failures.FileEmpty, match="буфер обмена"):
        read_pasted(" \t\r\n")
