"""A Word file looks as the paper prints: sheet, page numbers, what stays together."""

import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from documents.people import COLLEGE
from documents.word_files import (
    W,
    disordered,
    fields,
    is_kept,
    opened,
    parts,
    plain,
    rows_below,
    said,
    tables,
)

from demoexam.documents.blocks import (
    Bar,
    Boxed,
    Chart,
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
    Total,
)
from demoexam.documents.docx_rendering import render_docx, render_docx_package
from demoexam.documents.form import Approval, Form
from demoexam.documents.qr import qr_modules
from demoexam.progress import Cancelled, Progress

MM = 36000  # units of a drawing; python-docx measures in them too
NUMBER = Column("№ п/п", 9, "center")
CHIEF = Signatures([Signer("Главный эксперт", "Р. И. Ахметшин"), Signer("Эксперт")])
ROWS = [[str(n), f"строка-{n}"] for n in range(1, 6)]


def form(*body, on=None, **fields):
    return Form("9.9", "АКТ", "о проверке", "1-99/2026", on, COLLEGE, body, **fields)


def word(*body, **fields):
    return opened(render_docx(form(*body, **fields)))


def everything():
    grouped = [NUMBER, Column("М1", 30, group="Баллы"), Column("М2", 30, group="Баллы")]
    return form(
        Pairs([Pair("Смена", "1"), Pair("Дата", "18.06.2026"), Pair("Адрес", "г. Заречье", True)]),
        Text("приложение", Look.APPENDIX),
        Grid([*grouped, Column("Имя")], [["1", "2", "3", ""]], 8, 2, 1, caption="Список"),
        Lines("Замечания:", 3, "нет", "(подробно)"),
        Lines("Место", value="3", second="Время", second_value="11:20"),
        Boxed("Зерно: 7F3A"),
        Chart([Bar("2025", 64.3, "64,3", "9 из 14", 70, "70*"), Bar("2026", None)], "факт", "цель"),
        NewPage(),
        Grid([NUMBER, Column("Имя")], [Section("раздел"), *ROWS, Total(["Всего"], 2)]),
        CHIEF,
        approvals=[Approval("СОГЛАСОВАНО", "Глава"), Approval("УТВЕРЖДАЮ", "Директор", "И. Ли")],
        draft=True,
    )


def test_properties_stand_in_the_order_word_insists_on():
    for one in (everything(), replace(everything(), order=True, wide=True, archive=True)):
        package = opened(render_docx_package([one, one], title="Пакет"))
        assert [wrong for part in parts(package) for wrong in disordered(part)] == []


def test_every_style_in_use_is_defined_and_russian_times():
    document = opened(render_docx(everything()))
    known = {style.style_id for style in document.styles}
    used = {one.get(f"{W}val") for part in parts(document) for one in part.iter(f"{W}pStyle")}
    assert used
    assert used <= known
    [fonts] = document.styles.element.iter(f"{W}rFonts")
    assert set(fonts.attrib.values()) == {"Times New Roman"}
    assert {"ascii", "hAnsi", "cs"} <= {name.removeprefix(W) for name in fonts.attrib}
    assert next(document.styles.element.iter(f"{W}lang")).get(f"{W}val") == "ru-RU"


def test_the_sheet_is_that_of_the_print():
    forms = [form(Text("а")), form(Text("б"), archive=True), form(Text("в"), wide=True)]
    sections = list(opened(render_docx_package(forms, title="Пакет")).sections)
    sizes = [(round(one.page_width / MM), round(one.page_height / MM)) for one in sections]
    assert sizes == [(210, 297), (210, 297), (297, 210)]
    assert [one.orientation.name for one in sections] == ["PORTRAIT", "PORTRAIT", "LANDSCAPE"]
    assert [round(one.left_margin / MM) for one in sections] == [20, 30, 20]
    for one in sections:
        others = (one.right_margin, one.top_margin, one.bottom_margin)
        assert [round(margin / MM) for margin in others] == [10, 20, 20]


def test_each_paper_counts_its_own_pages_from_the_second():
    package = opened(render_docx_package([form(Text("а")), form(Text("б"))], title="Пакет"))
    for one in package.sections:
        assert one._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"
        assert fields(one.header._element) == ["PAGE", "SECTIONPAGES"]
        assert fields(one.footer._element) == ["PAGE", "SECTIONPAGES"]
        assert one.different_first_page_header_footer
        assert said(one.first_page_header._element) == ""
        assert not one.header.is_linked_to_previous
    [alone] = word(Text("а")).sections
    assert fields(alone.header._element) == ["PAGE", "NUMPAGES"]


def test_numbers_of_pages_are_those_of_the_print_until_word_counts_anew():
    [section] = word(Text("а"), NewPage(), Text("б"), NewPage(), Text("в")).sections
    assert plain(said(section.header._element)) == "Страница2из3"
    assert plain(said(section.first_page_footer._element)).endswith("лист1из3")


def test_the_footer_names_the_paper_and_a_draft_says_so():
    [section] = word(Text("а"), draft=True).sections
    for footer in (section.footer, section.first_page_footer):
        assert "№\u00a01-99/2026   ·   форма ДЭ-9.9   ·   Акт о\u00a0проверке" in said(
            footer._element
        )
    for header in (section.header, section.first_page_header):
        assert "ПРОЕКТ, не подписывать" in said(header._element)
    [sound] = word(Text("а")).sections
    assert "ПРОЕКТ" not in said(sound.header._element)


def test_the_picture_in_the_footer_is_the_code_of_the_print():
    [section] = word(Text("а")).sections
    [image] = section.footer.part.related_parts.values()
    png, modules = image.blob, qr_modules("1-99/2026")
    side = len(modules) * 8
    assert png[16:24] == side.to_bytes(4, "big") * 2
    data = zlib.decompress(png[png.index(b"IDAT") + 4 :])
    rows = [
        data[start + 1 : start + 1 + len(modules)] for start in range(0, len(data), side // 8 + 1)
    ]
    assert len(rows) == side
    assert [[byte == 0 for byte in row] for row in rows[::8]] == modules
    assert rows[0] == rows[7]


def test_equal_papers_give_equal_bytes_that_hold_no_time():
    content = render_docx(everything())
    assert content == render_docx(everything())
    assert content != render_docx(replace(everything(), number="2-99/2026"))
    with ZipFile(BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = file.namelist()
    assert [name for name in names if name.startswith("docProps")] == ["docProps/core.xml"]
    properties = opened(content).core_properties
    assert (properties.created, properties.modified) == (None, None)
    assert (properties.author, properties.language) == ("ГБПОУ «ЗКС»", "ru-RU")
    assert properties.title == "Акт о\u00a0проверке №\u00a01-99/2026"


@pytest.mark.parametrize("order", [True, False])
def test_an_order_has_its_date_above_its_title(order):
    text = plain(said(word(Text("а"), order=order, on=date(2026, 1, 20)).element.body))
    assert (text.index("20января2026г.") < text.index("опроверке")) == order


def test_rows_do_not_part_and_keep_their_heights():
    [table] = tables(word(Grid([NUMBER, Column("Имя")], ROWS, 9, blank_rows=3, min_blank=2), CHIEF))
    rows = rows_below(table)
    assert [said(row)[:1] for row in rows] == list("1234567")
    for row in rows:
        properties = row.find(f"{W}trPr")
        assert properties.find(f"{W}cantSplit") is not None
        height = properties.find(f"{W}trHeight")
        assert (height.get(f"{W}val"), height.get(f"{W}hRule")) == ("510", "atLeast")
    widths = [int(one.get(f"{W}w")) for one in table.iter(f"{W}gridCol")]
    assert widths == [510, round(171 * 56.6929)]


def test_signatures_take_the_last_rows_along():
    document = word(
        Grid([NUMBER, Column("Имя")], [Section("раздел"), *ROWS], caption="Список"),
        Text("вывод"),
        CHIEF,
    )
    body = list(document.element.body)
    [table] = tables(document)
    rows = rows_below(table)
    assert [is_kept(row) for row in rows] == [True, False, False, False, True, True]
    assert is_kept(body[body.index(table) - 1])
    after = body[body.index(table) + 1 :]
    signed = next(one for one in after if one.tag == f"{W}tbl")
    assert all(is_kept(one) for one in after[: after.index(signed)])
    *most, last = signed.tr_lst
    assert all(is_kept(row) for row in most)
    assert not is_kept(last)


def test_a_table_with_nothing_after_it_parts_anywhere():
    [table] = tables(word(Grid([NUMBER, Column("Имя")], ROWS)))
    assert [is_kept(row) for row in rows_below(table)] == [True, False, False, False, False]


def test_page_breaks_that_part_nothing_are_none():
    document = word(Text("а"), NewPage(), NewPage(), Text("б"), NewPage())
    assert len(list(document.element.body.iter(f"{W}pageBreakBefore"))) == 1
    assert "аб" in plain(said(document.element.body))


def test_ruled_lines_have_as_many_rules_as_the_print():
    [*_, first, second, third, caption, _, _] = word(
        Lines("Замечания:", 3, "нет", "(где)")
    ).paragraphs
    assert first.text.split() == ["Замечания:", "нет"]
    assert caption.text == "(где)"
    for one in (first, second, third):
        assert one.runs[-1].underline
        assert one.runs[-1].text.endswith("\t")


def test_words_that_no_cell_holds_step_down_and_numbers_stay_whole():
    name, kit = "Архангельскокрестовоздвиженский", "09.02.07-2-2026"
    document = word(Grid([Column("Имя", 40), Column("№", 12), Column("Шифр")], [[name, kit, kit]]))
    [row] = rows_below(tables(document)[0])
    sizes = [cell.find(f".//{W}sz") is not None for cell in row.tc_lst]
    assert sizes == [True, True, False]
    kept = [len(list(cell.iter(f"{W}noBreakHyphen"))) for cell in row.tc_lst]
    assert kept == [0, 0, 2]
    assert [said(cell) for cell in row.tc_lst] == [name, kit, kit]


def test_soft_hyphens_stay_soft():
    [table] = tables(word(Grid([Column("От\u00adметка", 13), Column("Имя")], [["", ""]])))
    run = next(table.iter(f"{W}softHyphen")).getparent()
    assert [child.tag.removeprefix(W) for child in run][-3:] == ["t", "softHyphen", "t"]
    assert "\u00ad" not in said(table)


@pytest.mark.parametrize(
    ("hostile", "expected"),
    [
        ("<b>О&#39;Коннор</b> &amp; ]]>", "<b>О&#39;Коннор</b>&amp;]]>"),
        ("а\x00б\x0bв\x1fг\x85д", "абвгд"),
        ("а\ud800б\udfffв\ufffeг\uffffд", "абвгд"),
        ("ж" * 3000, "ж" * 3000),
        ("", ""),
    ],
)
def test_no_text_breaks_the_file(hostile, expected):
    document = word(
        Text(hostile), Boxed(hostile), Lines(hostile, value=hostile), Lines("а", value=hostile),
        Pairs([Pair(hostile, hostile)]), Grid([Column("Имя")], [[hostile], Section(hostile)]),
        Signatures([Signer(hostile, hostile)]), Chart([Bar("1", 1, hostile)], "а", "б"),
    )  # fmt: skip
    text = plain(said(document.element.body))
    assert "опроверке" in text
    if expected:
        assert text.count(plain(expected)) == 12


def test_a_college_that_named_nothing_still_has_papers():
    bare = replace(
        form(), letterhead=replace(COLLEGE, name="", founder="", legal_form="", short="")
    )
    assert "АКТ" in said(opened(render_docx(bare)).element.body)


def test_no_papers_are_no_package_and_a_cancelled_one_stops():
    with pytest.raises(ValueError, match="no forms"):
        render_docx_package([], title="x")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        render_docx_package([form(Text("а"))], title="x", progress=progress)
