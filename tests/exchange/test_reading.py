"""Every way a file cannot be read ends in one clear sentence; every way it can, in rows."""

from pathlib import Path

import pytest
import xlsxwriter
from import_truth import DATA, TODAY, roster

from demoexam.errors import FileLocked, UserError
from demoexam.exchange import failures
from demoexam.exchange.cells import Place
from demoexam.exchange.reading import read_book
from demoexam.exchange.recognition import recognise
from demoexam.exchange.safety import TooLarge
from demoexam.exchange.text_tables import decode
from demoexam.exchange.values import FileContent

UNREADABLE = DATA / "unreadable"
BRIEF = "ФИО;Организация;Телефон\nИванов Иван Иванович;ООО «Завод»;8 900 111-22-33\n"


def content_of(path: Path) -> FileContent:
    return recognise(read_book(path), today=TODAY)


def refusal(path: Path) -> UserError:
    with pytest.raises(UserError) as refused:
        content_of(path)
    assert path.name in str(refused.value)
    assert refused.value.hint
    return refused.value


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("пусто.xlsx", b"", failures.FileEmpty),
        ("нули.xlsx", b"\0" * 512, failures.NotASpreadsheet),
        ("фото.xlsx", b"\xff\xd8\xff\xe0 JFIF", failures.NotASpreadsheet),
        ("скан.xlsx", b"%PDF-1.4", failures.NotASpreadsheet),
        ("страница.xls", b"<html><table>", failures.NotASpreadsheet),
        ("обрезан.xlsx", b"PK\x03\x04 not a zip", failures.FileDamaged),
        ("~$книга.xlsx", b"\x05owner", failures.OfficeLockFile),
        ("двоичный.csv", b"a\0b;c", failures.NotASpreadsheet),
        ("пробелы.csv", b"  \n \n", failures.FileEmpty),
        ("товар.csv", "Товар;Цена\nГвозди;5\n".encode(), failures.TableNotFound),
        ("шапка.csv", "ФИО;Организация\n".encode(), failures.TableNotFound),
    ],
)
def test_what_is_no_table_is_named(tmp_path, name, content, kind):
    assert type(refusal(written(tmp_path / name, content))) is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("password.xlsx", failures.FileProtected),
        ("truncated.xlsx", failures.FileDamaged),
        ("hostile_xxe.xlsx", failures.FileDangerous),
        ("hostile_dimension.xlsx", TooLarge),
    ],
)
def test_broken_and_hostile_workbooks_are_refused(name, kind):
    assert type(refusal(UNREADABLE / name)) is kind


def test_a_missing_file_and_a_folder(tmp_path):
    assert type(refusal(tmp_path / "нет.xlsx")) is failures.FileMissing
    (tmp_path / "папка.xlsx").mkdir()
    assert type(refusal(tmp_path / "папка.xlsx")) is failures.NotASpreadsheet


@pytest.mark.parametrize("part", ["word/document.xml", "ppt/presentation.xml", "readme.txt"])
def test_other_archives_are_told_from_workbooks(tmp_path, part):
    import zipfile

    path = tmp_path / "письмо.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "<xml/>")
    assert type(refusal(path)) is failures.NotASpreadsheet


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    import zipfile

    path = tmp_path / "бомба.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)
    assert type(refusal(path)) is TooLarge


def test_a_file_open_in_excel_is_named_so(tmp_path, monkeypatch):
    """Windows answers an open of such a file with errno 13, as here."""
    path = written(tmp_path / "занят.xlsx", b"PK")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert isinstance(refusal(path), FileLocked)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-r"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_text_tables_in_any_encoding_and_separator(tmp_path, encoding, separator):
    text = BRIEF * 3
    text = text.replace("«Завод»", "Завод").replace(";", separator)
    path = written(tmp_path / "список.csv", text.encode(encoding))
    person = content_of(path).people[0]
    assert str(person.name) == "Иванов Иван Иванович"
    assert person.organizations[0].short == "ООО «Завод»"
    assert person.phone == "+79001112233"


def test_the_separator_may_be_told_by_the_first_line(tmp_path):
    path = written(tmp_path / "список.csv", ("sep=,\n" + BRIEF.replace(";", ",")).encode())
    assert content_of(path).people[0].place == Place("csv", 3)


def test_a_row_is_numbered_by_the_line_where_it_begins(tmp_path):
    text = 'ФИО;Примечание\nИванов Иван Ильич;"раз\nдва"\nПетров Пётр Ильич;три\n'
    path = written(tmp_path / "список.csv", text.encode())
    assert [person.place.row for person in content_of(path).people] == [2, 4]


def test_an_unknown_byte_does_not_stop_the_reading():
    assert "Иванов" in decode("Иванов".encode("cp1251") + b"\x98")


def test_an_old_workbook_is_read_under_any_name(tmp_path):
    source = (DATA / "rosters" / "old_format.xls").read_bytes()
    for name in ("старый.xls", "переименован.xlsx"):
        assert len(content_of(written(tmp_path / name, source)).people) == 5


def test_hidden_sheets_are_named_and_left_alone(tmp_path):
    path = tmp_path / "книга.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("Список", "архив 2022"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["ФИО", "Место работы"])
            sheet.write_row(1, 0, ["Иванов Иван Иванович", "ООО «Завод»"])
        sheet.hide()
    content = content_of(path)
    assert content.hidden_sheets == ("архив 2022",)
    assert [person.place.sheet for person in content.people] == ["Список"]


def test_vertical_merges_fill_the_cells_below():
    lines = read_book(roster("college_a.xlsx")).sheets[0].lines
    assert lines[11].text(2) == lines[10].text(2) == lines[12].text(2) != ""
    assert 2 not in lines[11].own_columns()
