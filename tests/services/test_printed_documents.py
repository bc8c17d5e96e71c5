"""The register of printed documents: numbers, searching, what holds no more."""

from datetime import datetime

import pytest
from conftest import EXAM_DAY, Builder

from demoexam.models.exams import ExamSession
from demoexam.models.groups import Examinee
from demoexam.models.reference import PrintedDocument
from demoexam.progress import Cancelled, Progress
from demoexam.services.papers.papers import package, register_papers
from demoexam.services.papers.printed_documents import (
    Validity,
    document_validity,
    printed_documents,
)
from demoexam.services.share.report import report_paper, share_report

NOON, EVENING = datetime(2026, 6, 17, 12, 5), datetime(2026, 6, 17, 18, 30)


@pytest.fixture
def sitting_id(store):
    with store.transaction("подготовка") as session:
        sitting = Builder(session).staffed_sitting(examinees=3).id
    with store.transaction("печать") as session:
        package(session, session_id=sitting, forms=["3.6", "3.9", "3.11"], at=NOON)
    return sitting


def listed(store, **asked):
    with store.reading() as session:
        return printed_documents(session, **{"year": 2026, **asked})


def edited(store, sitting_id, **fields):
    with store.transaction("правка") as session:
        for name, value in fields.items():
            setattr(session.get_one(ExamSession, sitting_id), name, value)


def test_a_line_tells_what_when_and_for_which_exam(store, sitting_id):
    lines = {one.number: one for one in listed(store)}
    assert set(lines) == {"1-06/2026", "1-09/2026", "1-11/2026"}
    line = lines["1-09/2026"]
    assert (line.code, line.name) == ("3.9", "Жеребьёвка рабочих мест")
    assert line.printed_at == NOON
    assert line.exam == f"ИС-41, {EXAM_DAY:%d.%m.%Y}"
    assert listed(store, year=2025) == []


@pytest.mark.parametrize(
    "typed", ["1-09/2026", "1-09.2026", " 1-09/2026 ", "1–09/2026", "1-09\\2026"]
)
def test_a_number_is_found_as_a_reader_of_codes_types_it(store, sitting_id, typed):
    assert [one.number for one in listed(store, text=typed)] == ["1-09/2026"]


def test_a_whole_number_is_that_document_and_a_part_is_any(store, sitting_id):
    with store.transaction("подготовка") as session:
        facts = {"printed_at": NOON, "content_hash": "", "session_id": sitting_id}
        session.add(PrintedDocument(kind="3.9", number="11-09/2026", **facts))
    assert [one.number for one in listed(store, text="1-09/2026")] == ["1-09/2026"]
    assert {one.number for one in listed(store, text="1-09")} == {"1-09/2026", "11-09/2026"}


def test_a_number_from_paper_is_found_in_any_year(store, sitting_id):
    (line,) = listed(store, year=2024, text="1-09/2026")
    assert line.number == "1-09/2026"
    assert listed(store, year=2024, text="09/2026") == []


def test_letters_of_a_number_are_typed_on_any_keyboard(store, sitting_id):
    with store.transaction("правка") as session:
        session.query(PrintedDocument).filter_by(kind="3.9").one().number = "DE.14_09/2026"
    for typed in ("DE.14_09/2026", "ву.14_09.2026", "de/14-09/2026"):
        assert [one.code for one in listed(store, text=typed)] == ["3.9"]


def test_words_find_documents_too(store, sitting_id):
    assert [one.code for one in listed(store, text="жеребьёвка ис-41")] == ["3.9"]
    assert [one.code for one in listed(store, text="жеребьевка 18.06")] == ["3.9"]
    assert listed(store, text="такого нет") == []


def test_a_change_outdates_what_it_touches(store, sitting_id):
    assert listed(store, outdated=True) == []
    edited(store, sitting_id, board_member="Другой Д. Д.")
    changed = {one.code for one in listed(store, outdated=True)}
    assert {"3.6", "3.11"} <= changed
    assert {one.code for one in listed(store, outdated=False)} == {"3.6", "3.9", "3.11"} - changed
    assert all(one.validity is Validity.OUTDATED for one in listed(store, outdated=True))
    edited(store, sitting_id, board_member="Кузнецов К. К.")
    assert listed(store, outdated=True) == []


def test_what_was_printed_anew_replaces_the_older_print(store, sitting_id):
    edited(store, sitting_id, board_member="Другой Д. Д.")
    with store.transaction("печать") as session:
        package(session, session_id=sitting_id, forms=["3.11"], at=EVENING)
    lines = [one for one in listed(store, outdated=False) if one.code == "3.11"]
    assert [(one.printed_at, one.validity) for one in lines] == [
        (EVENING, Validity.CURRENT),
        (NOON, Validity.REPLACED),
    ]


def test_papers_of_an_exam_that_is_no_more_are_told_so(store, sitting_id):
    edited(store, sitting_id, deleted=True)
    assert {one.validity for one in listed(store, outdated=False)} == {Validity.UNKNOWN}


def test_the_years_report_is_compared_with_that_of_its_day(store):
    with store.transaction("подготовка") as session:
        make = Builder(session)
        sitting = make.staffed_sitting(examinees=1)
        paper = report_paper(share_report(session, year=2026, today=NOON.date()))
        register_papers(session, papers=[paper], at=NOON)
    (line,) = listed(store, outdated=False)
    assert (line.number, line.exam, line.validity) == ("20/2026", "2026 год", Validity.CURRENT)
    edited(store, sitting.id, deleted=True)
    assert [one.number for one in listed(store, outdated=True)] == ["20/2026"]


def test_an_exams_papers_are_made_once_and_the_work_can_be_stopped(store, sitting_id):
    told = []
    with store.reading() as session:
        documents = printed_documents(session, year=2026)
        document_validity(
            session, documents=documents, progress=Progress(lambda *at: told.append(at))
        )
        stopped = Progress()
        stopped.cancel()
        with pytest.raises(Cancelled):
            document_validity(session, documents=documents, progress=stopped)
    assert told == [(1, 1)]


def test_an_examinees_new_name_outdates_the_lists_with_it(store, sitting_id):
    with store.transaction("правка имени") as session:
        session.query(Examinee).first().last_name = "Яшин"
    assert "3.9" in {one.code for one in listed(store, outdated=True)}
