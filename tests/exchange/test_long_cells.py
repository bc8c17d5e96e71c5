"""A cell as long as Excel admits, of whatever signs, in any column: the other rows are read."""

import pytest
import xlsxwriter
from import_truth import TODAY

from demoexam.exchange.reading import LONGEST_CELL, read_book
from demoexam.exchange.recognition import recognise

LONG = 32_767
TITLES = {
    "people": ("ФИО", "СНИЛС", "Организация", "Телефон", "Почта", "Срок действия", "Дата рождения"),
    "students": ("ФИО студента", "Группа", "Специальность", "Курс", "Дата рождения"),
    "workshops": ("Мастерская", "Кабинет", "Адрес", "Рабочих мест", "Действует до"),
    "kits": ("Шифр КОД", "Уровень", "Продолжительность", "Баллы", "Эксперты"),
    "exams": ("Дата", "Время", "Группа", "КОД", "Мастерская", "Главный эксперт"),
}
ROWS = {
    "people": ("Иванов Иван Иванович", "", "ООО «Ромашка»", "+79000000001", "a@example.com",
               "01.02.2027", "12.03.1980"),
    "students": ("Иванов Иван Иванович", "ИС-41", "09.02.07", "4", "12.03.2006"),
    "workshops": ("Веб-технологии", "114", "ул. Мира, 1", "12", "31.12.2027"),
    "kits": ("09.02.07-2-2026", "ПУ", "4:30", "80", "3"),
    "exams": ("08.06.2026", "9:00", "ИС-41", "09.02.07-2-2026", "Веб", "Иванов И.И."),
}  # fmt: skip


@pytest.mark.parametrize("signs", ["1", "(", ", ", "- ", "А. ", "а", "№"])
@pytest.mark.parametrize("kind", TITLES)
def test_one_endless_cell_harms_no_other_row(tmp_path, kind, signs):
    endless = (signs * LONG)[:LONG]
    good = ROWS[kind]
    bad = [(*good[:i], endless, *good[i + 1 :]) for i in range(len(good))]
    path = tmp_path / "список.xlsx"
    with xlsxwriter.Workbook(path) as written:
        page = written.add_worksheet()
        for number, row in enumerate([TITLES[kind], good, good, *bad, (endless,)]):
            page.write_row(number, 0, row)
    book = read_book(path)
    longest = max(len(str(cell)) for line in book.sheets[0].lines for cell in line.cells)
    assert longest == LONGEST_CELL
    content = recognise(book, today=TODAY)
    rows = {row.place.row for row in getattr(content, kind)}
    assert {2, 3} & rows
