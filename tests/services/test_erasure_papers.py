"""Erasing a person takes with it what papers keep of him: corrected cases, texts of incidents."""

import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.models.exams import Incident
from demoexam.models.reference import DeclinedName
from demoexam.rules.terms import IncidentKind
from demoexam.services.papers.declension import Case, correct, declined
from demoexam.services.records.erasure import OPERATION, erase_person
from demoexam.store.erasing import ERASED_NAME

NAME, OTHER = "Дубровина Евгения Фёдоровна", "Дубровин Евгений Фёдорович"
REASON = "Дубровина передала записку соседу"


@pytest.fixture
def expert(store):
    with store.transaction("эксперт") as session:
        ident = Builder(session).expert(NAME).id
    with store.transaction("правка падежа") as session:
        correct(session, NAME, Case.ACCUSATIVE, "Дубровину Евгению Фёд.")
        correct(session, OTHER, Case.ACCUSATIVE, "Дубровина Евгения Фёд.")
    return ident


def erase(store, table, ident):
    with store.transaction(OPERATION) as session:
        erase_person(session, table=table, record_id=ident)


def in_file(store, words):
    store.close()
    wal = store.path.with_name(f"{store.path.name}-wal")
    kept = store.path.read_bytes() + (wal.read_bytes() if wal.exists() else b"")
    return words.encode() in kept


def test_the_corrected_cases_of_a_name_go_with_the_person(store, expert):
    erase(store, "expert", expert)
    with store.reading() as session:
        rows = session.execute(select(DeclinedName.words, DeclinedName.declined)).all()
        assert sorted(map(tuple, rows)) == [
            (OTHER, "Дубровина Евгения Фёд."), (ERASED_NAME, ERASED_NAME),
        ]  # fmt: skip
        assert declined(session, NAME, Case.ACCUSATIVE) == "Дубровину Евгению Фёдоровну"
        assert declined(session, ERASED_NAME, Case.ACCUSATIVE) == ERASED_NAME
    assert not in_file(store, "Дубровину Евгению Фёд.")


def test_what_incidents_tell_of_a_student_goes_with_him(store):
    with store.transaction("случай") as session:
        make = Builder(session)
        group = make.group()
        student = make.examinee(group, NAME)
        sitting = make.sitting(group)
        session.add(
            Incident(
                session_id=sitting.id, kind=IncidentKind.REMOVAL, examinee_id=student.id,
                started="10:40", clause="п. 52", reason=REASON, explanation="Дубровина отказалась",
            )
        )  # fmt: skip
        ident = student.id
    assert in_file(store, REASON)
    erase(store, "examinee", ident)
    with store.reading() as session:
        kept = session.scalars(select(Incident)).one()
        assert (kept.reason, kept.explanation, kept.person) == ("", "", "")
        assert (kept.started, kept.clause) == ("10:40", "п. 52")
    assert not in_file(store, REASON)
    assert not in_file(store, "Дубровина отказалась")
