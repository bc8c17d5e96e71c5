"""Incidents and boards of the store, as the papers of a sitting tell them."""

from io import BytesIO

import pytest
from conftest import EXAM_DAY, Builder
from pypdf import PdfReader
from sqlalchemy import select

from demoexam.documents.catalogue import FORMS
from demoexam.documents.exam_filling import fillings
from demoexam.documents.template import fill
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.organizations import Organization
from demoexam.rules.terms import BoardRole, IncidentKind
from demoexam.services.exams.incidents import add_incident, remove_incident
from demoexam.services.papers.papers import package
from demoexam.services.papers.sheet import sheet_for


@pytest.fixture
def sitting_id(store):
    """A sitting from nine to one with five examinees and a board of the year."""
    with store.transaction("подготовка") as session:
        make = Builder(session)
        sitting = make.staffed_sitting(examinees=5)
        group = session.get_one(StudyGroup, sitting.group_id)
        college = session.get_one(Organization, group.college_id)
        board = make.board(college, order_number="214-у")
        make.board_member(board, "Овчаренко Виктор Никифорович", role=BoardRole.CHAIR)
        make.board_member(board, "Сушкова Елена Дмитриевна", role=BoardRole.SECRETARY)
        return sitting.id


def note(store, sitting_id, kind, place=None, **facts):
    """An incident of the examinee at `place` of the list, counted from one."""
    with store.transaction("случай") as session:
        examinee = sheet_order(session, sitting_id)[place - 1] if place else None
        return add_incident(
            session, session_id=sitting_id, kind=kind, examinee_id=examinee, **facts
        )


def sheet_order(session, sitting_id):
    query = select(ExamPlace.examinee_id).where(ExamPlace.session_id == sitting_id)
    return list(session.scalars(query.order_by(ExamPlace.workplace)))


def told(store, sitting_id):
    with store.reading() as session:
        return sheet_for(session, sitting_id, number="14")


def printed(store, sitting_id, code):
    with store.reading() as session:
        made = package(session, session_id=sitting_id, forms=[code], registered=False)
    pages = PdfReader(BytesIO(made.pdf)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_a_stop_is_a_row_of_its_log_and_a_note_of_the_protocol(store, sitting_id):
    note(store, sitting_id, IncidentKind.STOP, started="11:00", ended="11:07", reason="нет сети")
    note(store, sitting_id, IncidentKind.STOP, 2, started="10:05", ended="10:17", compensation=10)
    exam = told(store, sitting_id)
    first, second = exam.incidents
    assert (first.at, first.workplace, first.compensation) == (2, 2, 10)
    assert first.name == exam.participants[1].name
    assert (second.at, second.name, second.compensation) == (None, None, 7)
    log = printed(store, sitting_id, "3.12")
    assert f"12{''.join(first.name.full.split())}10:0510:1712" in log
    assert "2всеучастники11:0011:077нетсети7" in log
    protocol = printed(store, sitting_id, "3.11")
    assert "№2:времяпродленона10мин(протоколучётавремени№1-12/2026,запись1)." in protocol
    assert "Всеучастники:времяпродленона7мин(протоколучётавремени№1-12/2026,запись2)." in protocol


def test_each_removal_has_its_act_with_a_number_that_stays(store, sitting_id):
    first = note(store, sitting_id, IncidentKind.REMOVAL, 3, started="11:20", reason="телефон")
    note(
        store, sitting_id, IncidentKind.REMOVAL, started="10:00", reason="шум",
        person="Гостев Иван", role="наблюдатель",
    )  # fmt: skip
    exam = told(store, sitting_id)
    made = [fill(FORMS["3.13"], each) for each in fillings(exam, FORMS["3.13"])]
    assert [form.number for form in made] == ["14-13-2/2026", "14-13-1/2026"]
    acts = printed(store, sitting_id, "3.13")
    assert "□участник□членэкспертнойгруппы■иноелицо:наблюдатель" in acts
    assert "■участник□членэкспертнойгруппы□иноелицо:" in acts
    with store.transaction("ошибка") as session:
        remove_incident(session, incident_id=first)
    left = fillings(told(store, sitting_id), FORMS["3.13"])
    assert [each.number for each in left] == ["14-13-2/2026"]


def test_whoever_left_is_told_in_the_protocol_and_has_no_grade(store, sitting_id):
    note(store, sitting_id, IncidentKind.REMOVAL, 3, started="11:20", reason="телефон")
    note(store, sitting_id, IncidentKind.EARLY_END, 5, started="12:10", reason="болен", counts=True)
    protocol = printed(store, sitting_id, "3.11")
    assert "№3:удалениев11:20(акт№1-13-1/2026)." in protocol
    assert "№5:досрочноезавершениев12:10(акт№1-14-1/2026),оцениваетсявыполненное." in protocol
    meeting = printed(store, sitting_id, "3.15")
    assert "—удалён" in meeting
    assert "В.Н.Овчаренко" in meeting
    assert "Е.Д.Сушкова" in meeting
    assert "■оценитьпофактувыполненного□аннулировать" in printed(store, sitting_id, "3.14")


def test_an_act_without_an_incident_is_a_blank_of_one_copy(store, sitting_id):
    exam = told(store, sitting_id)
    for code in ("3.13", "3.14"):
        (only,) = fillings(exam, FORMS[code])
        assert only.number == f"14-{code[2:]}/2026"


def test_papers_of_examinees_have_a_copy_for_each(store, sitting_id):
    exam = told(store, sitting_id)
    for code in ("3.17", "3.19"):
        made = fillings(exam, FORMS[code])
        assert [each.number for each in made] == [f"14-{code[2:]}-{k}/2026" for k in range(1, 6)]
        assert [each.facts["person"] for each in made] == [
            one.name.full for one in exam.participants
        ]


def test_what_a_board_lacks_is_told(store, sitting_id):
    with store.transaction("печать") as session:
        made = package(session, session_id=sitting_id, forms=["3.15", "3.18"])
    assert "Не указаны члены ГЭК этого года." in made.missing
    assert not any("председатель" in sentence for sentence in made.missing)
    with store.transaction("год спустя") as session:
        sitting = session.get_one(ExamSession, sitting_id)
        assert sitting.starts_at.date() == EXAM_DAY
        sitting.starts_at = sitting.starts_at.replace(year=EXAM_DAY.year + 1)
        made = package(session, session_id=sitting_id, forms=["3.18"], registered=False)
    assert "Не указан председатель ГЭК этого года." in made.missing
