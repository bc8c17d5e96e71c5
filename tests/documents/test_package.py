"""Many papers as one file: made one by one, stopped between two, equal for equal forms."""

import weakref
from dataclasses import replace
from io import BytesIO

import pytest
from documents.people import COLLEGE
from pypdf import PdfReader

from demoexam.documents.blocks import Column, Grid, Signatures, Signer, Text
from demoexam.documents.form import Form
from demoexam.documents.rendering import render, render_package
from demoexam.progress import Cancelled, Progress


def paper(number, chapter="", rows=3):
    body = [
        Text(f"Бумага {number}"),
        Grid([Column("№", 12), Column("Имя")], [[str(n), f"Имя {number}"] for n in range(rows)]),
        Signatures([Signer("Эксперт", f"И. Имя{number}")]),
    ]
    return Form("9.9", "АКТ", f"о деле {number}", f"{number}-99/2026", None, COLLEGE, body,
                chapter=chapter)  # fmt: skip


def test_a_stream_of_forms_gives_the_bytes_of_a_list():
    forms = [paper(number) for number in range(7)]
    assert render_package(iter(forms), title="Пакет") == render_package(forms, title="Пакет")
    assert render_package(forms, title="Пакет") != render_package(forms[1:], title="Пакет")


def test_bytes_do_not_depend_on_what_was_printed_before():
    alone = render(paper(1))
    render_package([paper(number, rows=90) for number in range(2, 9)], title="Пакет")
    assert render(paper(1)) == alone


def test_few_forms_are_held_at_a_time():
    made, alive = [], []

    def stream():
        for number in range(20):
            form = paper(number)
            made.append(weakref.ref(form))
            alive.append(sum(one() is not None for one in made))
            yield form
            del form

    render_package(stream(), title="Пакет")
    assert max(alive) <= 3
    assert all(one() is None for one in made)


def test_the_work_stops_between_two_papers():
    progress = Progress(lambda done, _total: progress.cancel() if done == 2 else None)
    asked = []

    class Forms(list):
        def __iter__(self):
            for form in super().__iter__():
                asked.append(form)
                yield form

    with pytest.raises(Cancelled):
        render_package(Forms(map(paper, range(9))), title="Пакет", progress=progress)
    assert len(asked) == 3


def test_progress_is_told_of_a_known_number_of_papers():
    told = []
    progress = Progress(lambda done, total: told.append((done, total)))
    render_package([paper(1), paper(2)], title="Пакет", progress=progress)
    render_package(map(paper, (1, 2)), title="Пакет", progress=progress)
    assert told == [(1, 2), (2, 2)]


def test_no_forms_make_no_package():
    with pytest.raises(ValueError, match="no forms"):
        render_package(iter(()), title="Пакет")


def test_a_chapter_is_named_once_and_holds_its_papers():
    forms = [paper(1, "ЭГ-1"), paper(2, "ЭГ-1"), paper(3, "ЭГ-2"), paper(4)]
    outline = PdfReader(BytesIO(render_package(forms, title="Пакет"))).outline
    first, inside, second, other, last = outline
    assert (first.title, second.title) == ("ЭГ-1", "ЭГ-2")
    assert [len(inside), len(other)] == [2, 1]
    assert last.title == "9.9  Акт о\xa0деле 4"


def test_a_paper_alone_has_no_bookmarks():
    assert PdfReader(BytesIO(render(paper(1, "ЭГ-1")))).outline == []


def test_bookmarks_lead_to_the_top_of_the_first_page():
    reader = PdfReader(BytesIO(render_package([paper(1, rows=60), paper(2)], title="Пакет")))
    second = reader.outline[1]
    at = reader.get_destination_page_number(second)
    assert "Бумага 2" in reader.pages[at].extract_text()
    assert at > 1
    assert float(second.top) == pytest.approx(float(reader.pages[at].mediabox.height), abs=1)


def test_pages_turn_with_their_paper():
    forms = [paper(1), replace(paper(2), wide=True), paper(3)]
    boxes = [page.mediabox for page in PdfReader(
        BytesIO(render_package(forms, title="Пакет"))).pages]  # fmt: skip
    assert [box.width > box.height for box in boxes] == [False, True, False]


def test_the_file_names_its_college_and_title():
    known = PdfReader(BytesIO(render_package([paper(1), paper(2)], title="Бумаги - дня"))).metadata
    assert known.title == "Бумаги\xa0— дня"
    assert known.author == COLLEGE.short
