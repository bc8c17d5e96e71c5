"""What an import left out goes to a workbook of its own, and comes back mended."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from shell import Shell

TITLES = ("№", "ФИО", "Место работы", "Телефон")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "season.db")


def write(path: Path, *names: str) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(TITLES)
    for number, name in enumerate(names, start=1):
        sheet.append((number, name, "АО «Волгамаш»", f"0{number}"))
    book.save(path)
    return path


def test_rejected_rows_are_written_mended_and_loaded(shell: Shell, tmp_path: Path) -> None:
    first = write(tmp_path / "а.xlsx", "Ёлкин Артём Олегович", "???", "Белов Пётр Ильич")
    other = write(tmp_path / "б.xlsx", "Титов Ян Львович", "12345")
    out = tmp_path / "исправить.xlsx"
    said = shell("import", first, other, "--rejected", out)
    assert "исправить.xlsx — 2\u00a0строки" in said
    book = load_workbook(out)
    assert [sheet.title for sheet in book.worksheets] == ["Sheet", "Sheet (2)"]
    for sheet in book.worksheets:
        assert [cell.value for cell in sheet[1]] == [*TITLES, "Причина"]
        assert sheet.max_row == 2
        assert "нет имени" in sheet["E2"].value
    assert book.worksheets[0]["D2"].value == "02"
    before = len(shell.json("get", "expert"))
    assert "Ничего не загружено" in shell("import", out)
    book.worksheets[1]["B2"] = "Ярцев Яков Янович"
    book.save(out)
    assert "Загружен 1\u00a0эксперт" in shell("import", out)
    assert len(shell.json("get", "expert")) == before + 1


def test_nothing_rejected_is_told_and_nothing_is_written(shell: Shell, tmp_path: Path) -> None:
    good = write(tmp_path / "а.xlsx", "Ёлкин Артём Олегович")
    out = tmp_path / "исправить.xlsx"
    assert "Пропущенных строк нет" in shell("import", good, "--rejected", out)
    assert not out.exists()
    assert "Папки" in shell("import", good, "--rejected", tmp_path / "нет" / "x.xlsx", code=1)
