"""Rules of layout that a form's author leans on."""

from datetime import date
from io import BytesIO

import pytest
from documents.geometry import ink_of, joined
from documents.people import COLLEGE
from pypdf import PdfReader

from demoexam.documents.blocks import (
    Column,
    Grid,
    Lines,
    Look,
    NewPage,
    Section,
    Signatures,
    Signer,
    Text,
)
from demoexam.documents.form import Form
from demoexam.documents.rendering import render

NUMBER = Column("№ п/п", 9, "center")
CHIEF = Signatures([Signer("Главный эксперт", "Р. И. Ахметшин")])


def printed(*body, **fields):
    return render(Form("9.9", "АКТ", "о проверке", "1-99/2026", None, COLLEGE, body, **fields))


def pages(pdf):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def grid(rows, **fields):
    return Grid(
        [NUMBER, Column("Имя")], [[str(n), f"строка-{n}"] for n in range(1, rows + 1)], **fields
    )


def test_a_heading_wider_than_its_column_is_the_authors_mistake():
    with pytest.raises(ValueError, match="Освидетельствование"):
        printed(Grid([Column("Освидетельствование", 12), Column("Имя")], [["", ""]]))


def test_a_section_title_never_ends_a_page():
    rows = [
        row
        for n in range(40)
        for row in (Section(f"раздел-{n}"), ["1", "строка-а"], ["2", "строка-б"])
    ]
    made = pages(printed(Grid([NUMBER, Column("Имя")], rows)))
    assert len(made) > 2
    for page in made:
        last = max(page.rfind("раздел-"), page.rfind("строка-"))
        assert page[last:].startswith("строка-")


def test_blank_rows_fill_the_page_but_open_no_new_one():
    few = printed(grid(3, blank_rows=6, min_blank=1), CHIEF)
    assert len(pages(few)) == 1
    assert "строка-3456789Главный" in joined(few)
    for rows in range(28, 36):
        spread = pages(printed(grid(rows, blank_rows=6, min_blank=1), CHIEF))
        exact = pages(printed(grid(rows, blank_rows=1), CHIEF))
        assert len(spread) == len(exact)


def test_a_group_larger_than_a_page_still_signs():
    crowd = Signatures([Signer("Эксперт", f"И. Подписавший{n}") for n in range(40)])
    text = joined(printed(grid(3), crowd))
    assert all(f"И.Подписавший{n}" in text for n in range(40))


def test_a_form_without_a_table_keeps_signatures_with_its_last_block():
    filler = [Text(f"абзац {n} " * 60) for n in range(9)]
    for count in range(3, 9):
        made = pages(printed(*filler[:count], Text("последний абзац"), CHIEF))
        assert "последний" in made[-1]
        assert "Ахметшин" in made[-1]


def test_ruled_lines_and_new_page():
    pdf = printed(
        Lines("Замечания:", 3, "нет", "(подробно)"), NewPage(), Text("дальше", Look.PLAIN), CHIEF
    )
    first, second = pages(pdf)
    assert "Замечания:" in first
    assert "дальше" in second
    rules = [one for one in ink_of(pdf)[0][2] if one.what == "line" and one.y0 == one.y1]
    assert len([one for one in rules if one.x1 - one.x0 > 300]) >= 3


def test_an_unknown_day_is_left_for_handwriting():
    assert "«____»" in pages(printed(CHIEF))[0]
    dated = Form("9.9", "АКТ", "о проверке", "1-99/2026", date(2026, 6, 18), COLLEGE, [CHIEF])
    assert "18июня2026г." in joined(render(dated))


def test_a_long_value_takes_as_many_lines_as_it_needs():
    words = [f"слово-{n}" for n in range(90)]
    unbroken = "ж" * 300
    pdf = printed(Lines("Обстоятельства:", 2, " ".join([*words, unbroken]), "(подробно)"), CHIEF)
    text = joined(pdf)
    assert "".join(words) in text
    assert unbroken in text
    for width, _, ink in ink_of(pdf):
        assert [one for one in ink if one.x1 > width - 10 * 72 / 25.4 + 0.6] == []


def test_a_line_of_two_halves_keeps_both_labels_and_values():
    lines = Lines(
        "Рабочее место №", value="12", second="Время (часы, минуты)", second_value="11:20"
    )
    assert "Рабочееместо№12Время(часы,минуты)11:20" in joined(printed(lines, CHIEF))


def test_a_label_longer_than_the_page_is_wide_goes_on_below():
    label = " ".join(["Подробное описание обстоятельств"] * 5)
    text = joined(printed(Lines(label, value="нет"), CHIEF))
    assert "".join(f"{label}нет".split()) in text
