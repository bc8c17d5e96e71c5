"""Rules of layout that a form's author leans on."""

from datetime import date
from io import BytesIO

import pytest
from documents.geometry import ink_of, joined, sheets_of, squeezed
from documents.people import COLLEGE
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from demoexam.documents.blocks import (
    Boxed,
    Column,
    Grid,
    Lines,
    Look,
    NewPage,
    Pair,
    Pairs,
    Section,
    Signatures,
    Signer,
    Text,
)
from demoexam.documents.form import Approval, Form
from demoexam.documents.rendering import laid_out, render
from demoexam.documents.typo import typo

NUMBER = Column("№ п/п", 9, "center")
MM = 72 / 25.4
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


def test_a_table_opens_on_a_page_with_two_rows_at_least():
    rows = [Section("раздел"), *([str(n), f"строка-{n}"] for n in range(9))]
    for lines in range(20, 40):
        filler = Text("абзац\n" * lines, Look.PLAIN)
        opening = next(
            page for page in pages(printed(filler, Grid([NUMBER, Column("Имя")], rows)))
            if "раздел" in page
        )  # fmt: skip
        assert opening.count("строка-") > 1


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


CHAIR = Approval("СОГЛАСОВАНО", "Председатель ГЭК", "В. Н. Овчаренко")
HEAD = Approval("УТВЕРЖДАЮ", "Директор ГБПОУ «ЗКС»", "М. А. Рождественская")


def of_width(ink, millimetres):
    """Where the level rules of this width begin, in mm from the sheet's left edge."""
    level = [one for one in ink if one.what == "line" and one.y0 == one.y1]
    wide = [one for one in level if abs(one.x1 - one.x0 - millimetres * MM) < 0.1]
    return sorted(round(one.x0 / MM) for one in wide)


def test_two_approvals_stand_in_columns_at_both_edges():
    pdf = printed(CHIEF, approvals=[CHAIR, HEAD])
    text = joined(pdf)
    for approval in (CHAIR, HEAD):
        assert squeezed(f"{approval.word}{approval.post}") in text
        assert squeezed(approval.name) in text
    assert text.count("«____»______________20___г.") == 2
    ink = ink_of(pdf)[0][2]
    assert of_width(ink, 30) == [20, 200 - 78]  # to sign on
    assert of_width(ink, 44) == [20 + 33, 200 - 78 + 33]  # the name


def test_one_approval_stands_right():
    assert of_width(ink_of(printed(CHIEF, approvals=[HEAD]))[0][2], 30) == [200 - 78]


def test_an_approval_without_a_name_leaves_its_line():
    pdf = printed(CHIEF, approvals=[Approval("УТВЕРЖДАЮ", "Директор")])
    assert of_width(ink_of(pdf)[0][2], 44) == [200 - 78 + 33]


def test_an_order_has_its_date_above_its_title_which_stands_left():
    title = "Об утверждении состава государственной экзаменационной комиссии и экспертной группы"
    form = Form("9.9", "ПРИКАЗ", title, "1-99/2026", date(2026, 1, 20), COLLEGE, [CHIEF])
    ordinary = joined(render(form))
    assert ordinary.index("Обутверждении") < ordinary.index("20января2026г.")
    made = Form(**{**vars(form), "order": True})
    text = joined(render(made))
    assert text.index("ПРИКАЗ") < text.index("20января2026г.") < text.index("Обутверждении")
    assert squeezed(title) in text
    lines = [slab for slab in laid_out(made)[0][0].slab.words if slab.text in typo(title)]
    assert len(lines) > 1
    assert {line.x for line in lines} == {0}


def test_the_heading_of_an_appendix_stands_in_the_right_half():
    appendix = Text("Приложение\nк приказу\nот 20 января 2026 г.", Look.APPENDIX)
    (placed,) = [each for each in laid_out(form(appendix))[0] if "Прил" in str(each.slab.words)]
    assert len(placed.slab.words) == 3
    assert all(line.x > 90 * MM for line in placed.slab.words)


def form(*body, **fields):
    return Form("9.9", "АКТ", "о проверке", "1-99/2026", None, COLLEGE, body, **fields)


LONG_TEXT = " ".join(f"слово{n}" for n in range(1500))


@pytest.mark.parametrize(
    "block",
    [
        Text(LONG_TEXT),
        Boxed(LONG_TEXT),
        Pairs([Pair("Адрес", LONG_TEXT)]),
        Lines("Обстоятельства:", 3, LONG_TEXT),
        Grid([NUMBER, Column("Имя")], [["1", LONG_TEXT], ["2", "Ли"]]),
        Grid([NUMBER, Column("Имя")], [Section(LONG_TEXT), ["2", "Ли"]]),
        Signatures([Signer(LONG_TEXT)]),
    ],
)
def test_what_fits_no_page_runs_on_and_loses_no_word(block):
    pdf = printed(Text("начало"), block, Text("конец"), CHIEF)
    assert len(pages(pdf)) > 1
    text = "".join(joined_body(pdf))
    for n in range(1500):
        assert f"слово{n}" in text
    for page in sheets_of(pdf):
        body = [one for one in page.ink if one.y0 > 18 * MM and one.y1 < page.height - 14 * MM]
        assert min(one.y0 for one in body) > 20 * MM - 0.6
        assert max(one.y1 for one in body) < page.height - 20 * MM + 0.6


def joined_body(pdf):
    return [page.text.replace("-", "") for page in sheets_of(pdf)]


def test_a_paragraph_leaves_two_lines_on_either_page():
    for lines in range(30, 48):
        made = form(Text("строка\n" * (lines - 1) + "строка", Look.PLAIN), Text("после"))
        for page in laid_out(made):
            told = [len(each.slab.words) for each in page if "строка" in str(each.slab.words)]
            assert told == [] or told[0] > 1


def test_signatures_keep_the_last_lines_of_a_long_text():
    made = pages(printed(Text("слово " * 1200), CHIEF))
    assert len(made) > 1
    assert made[-1].count("слово") > 12


def test_signatures_between_two_tables_stay_with_the_first():
    for rows in range(20, 34):
        made = pages(printed(grid(rows), CHIEF, Text("дальше"), grid(2)))
        (signed,) = [page for page in made if "Ахметшин" in page]
        assert f"строка-{rows}" in signed
        assert f"строка-{rows - 1}" in signed


def test_breaks_never_make_an_empty_page():
    made = pages(printed(NewPage(), Text("одна"), NewPage(), NewPage(), Text("две"), NewPage()))
    assert ["одна" in page for page in made] == [False, True, False]
    assert "две" in made[2]


WORDS = st.text(st.sampled_from("абвг -\n"), max_size=400)
BLOCKS = st.one_of(
    st.builds(Text, WORDS, st.sampled_from(Look)),
    st.builds(Boxed, WORDS),
    st.builds(Lines, WORDS, st.integers(1, 4), WORDS, WORDS),
    st.builds(lambda a, b: Pairs([Pair(a, b), Pair(b, a, wide=True), Pair(a, a)]), WORDS, WORDS),
    st.builds(lambda name: Signatures([Signer("Эксперт", name)]), WORDS),
    st.builds(grid, st.integers(0, 70), blank_rows=st.integers(0, 9), min_blank=st.just(0)),
    st.just(NewPage()),
)


@given(st.lists(BLOCKS, max_size=12), st.booleans())
def test_whatever_is_printed_stays_on_its_page(blocks, wide):
    made = laid_out(form(*blocks, wide=wide))
    assert all(made)
    tall = (210 if wide else 297) * MM - 40 * MM
    for page in made:
        ends = [placed.y + placed.slab.height for placed in page]
        assert max(ends) < tall + 0.2
        starts = [placed.y for placed in page]
        assert all(after >= end - 0.01 for after, end in zip(starts[1:], ends, strict=False))
