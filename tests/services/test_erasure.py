"""Erasing a person's data: gone from rows, journal, search and images; links and counts stay."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from conftest import Builder
from sqlalchemy import select, text

from demoexam.errors import NotFound
from demoexam.models.exams import Assignment
from demoexam.models.exchange import Conflict, ConflictKind, Erasure
from demoexam.models.people import Certificate, Employment, Expert
from demoexam.rules.terms import Role
from demoexam.services.exams.candidates import candidates
from demoexam.services.history import bring_back, past_operations, take_back
from demoexam.services.records.erased import ErasedForGood, ErasureStays
from demoexam.services.records.erasure import OPERATION, erase_person, erasure_plan
from demoexam.services.records.history import record_history
from demoexam.services.records.records import change_record, delete_record
from demoexam.services.share.share import shares
from demoexam.store.erasing import ERASED_NAME, erase_here
from demoexam.store.search import matching
from demoexam.store.store import Store
from demoexam.store.undo import NothingToUndo

NAME, PHONE, NUMBER = "Ёлкин Артём Олегович", "+79125550143", "00004711"


@pytest.fixture
def person(store):
    """An expert with traces of his name everywhere; gives his id."""
    with store.transaction("новый эксперт") as session:
        make = Builder(session)
        expert = make.expert(
            NAME, make.employer(), phone=PHONE, note="друг Ёлкина", certified=False
        )
        make.certificate(expert, number=NUMBER)
        make.unavailability(expert, date(2026, 5, 1), reason="Ёлкин в отпуске")
        sitting = make.sitting()
    with store.transaction("назначен эксперт Ёлкин А. О., ИС-41") as session:
        Builder(session).assignment(session.get_one(type(sitting), sitting.id), expert)
    with store.transaction("правка эксперта: телефон") as session:
        change_record(
            session, table="expert", record_id=expert.id, values={"phone": "+79125550144"}
        )
        session.add(
            Conflict(
                table_name="expert", row_id=expert.id, kind=ConflictKind.FIELD, unit="phone",
                base=f'{{"phone":"{PHONE}"}}', ours='{"phone":"Ёлкин"}', theirs="{}",
                at=datetime.now(UTC).replace(tzinfo=None),
            )
        )  # fmt: skip
    return expert.id


def erase(store, ident, table="expert"):
    with store.transaction(OPERATION) as session:
        return erase_person(session, table=table, record_id=ident, reason="отозвал согласие")


def traces(store, *words):
    """Tables (and whole file's pages) in which a word still stands."""
    store.close()
    found = set()
    with closing(sqlite3.connect(store.path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
        names = [name for name in names if not name.startswith(("search_", "ix_", "sqlite_"))]
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        for (name,) in tables:
            if name in names:
                dumped = repr(connection.execute(f"SELECT * FROM {name}").fetchall())
                found |= {(name, word) for word in words if word in dumped}
    return found


def test_nothing_of_the_person_is_left_in_any_table(store, person):
    words = ("Ёлкин", "Артём", PHONE, "+79125550144", NUMBER)
    assert traces(store, *words)

    erase(store, person)

    assert traces(store, *words) == set()
    with store.reading() as session:
        row = session.get_one(Expert, person)
        assert (row.last_name, row.first_name, row.phone, row.deleted) == (
            ERASED_NAME,
            "",
            "",
            False,
        )
        assert session.scalars(select(Certificate.number)).all() == [""]
        assert session.scalar(select(Expert.id).where(matching(Expert, "елкин"))) is None
        texts = session.scalars(text("SELECT text FROM operation ORDER BY n")).all()
        assert texts[-3:] == ["назначен эксперт", "правка эксперта: телефон", OPERATION]


def test_the_bytes_of_the_file_forget_too(store, person):
    erase(store, person)
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    body = store.path.read_bytes()
    assert "Артём".encode() not in body
    assert NUMBER.encode() not in body


def test_links_and_counts_stay(store, person):
    def figures():
        with store.reading() as session:
            return (
                session.scalar(select(Assignment.expert_id)),
                session.scalar(select(Employment.valid_from)),
                shares(session, year=2026)[0].share,
            )

    before = figures()
    erase(store, person)
    assert figures() == before


def test_the_erasure_travels_as_rows_and_what_is_to_send_holds_no_old_value(store, person):
    with store.applying() as connection:
        connection.execute(text("DELETE FROM dirty"))  # all of it is known to the hub
    erase(store, person)
    with store.reading() as session:
        erased = {tuple(row) for row in session.execute(select(Erasure.table_name, Erasure.row_id))}
        dirty = session.execute(text("SELECT table_name, base FROM dirty")).all()
    assert ("expert", person) in erased
    assert {table for table, _ in erased} == {
        "expert", "employment", "certificate", "unavailability"
    }  # fmt: skip
    images = [json.loads(base) for table, base in dirty if table == "expert"]
    assert [image["last_name"] for image in images] == [ERASED_NAME]


def test_another_store_forgets_when_the_erasure_arrives(store, person):
    with store.applying() as connection:
        erase_here(connection, "expert", person)
    assert {table for table, _ in traces(store, "Артём", PHONE)} == set()


def test_undo_says_that_it_stays_and_the_next_undo_goes_on(store, person):
    with store.transaction("заметка") as session:
        session.get_one(Assignment, session.scalar(select(Assignment.id))).duty = "оценка"
    erase(store, person)
    with pytest.raises(ErasureStays):
        take_back(store)
    assert traces(store, "Артём") == set()
    with store.reading() as session:
        assert next(p.done for p in past_operations(session) if p.text == OPERATION)
    with pytest.raises(NothingToUndo):
        bring_back(store)

    assert take_back(store).text == "заметка"

    assert {kept.reason for kept in take_back(store).kept} == {"персональные данные удалены"}
    with store.reading() as session:
        assert session.get_one(Expert, person).last_name == ERASED_NAME


def test_what_was_erased_is_not_written_again(store, person):
    erase(store, person)
    with pytest.raises(ErasedForGood), store.transaction("правка") as session:
        change_record(session, table="expert", record_id=person, values={"phone": PHONE})
    with store.transaction("правка") as session:
        change_record(session, table="expert", record_id=person, values={"active": "нет"})


def test_the_plan_counts_what_goes_and_what_stays(store, person):
    with store.reading() as session:
        plan = erasure_plan(session, table="expert", record_id=person)
    assert (plan.name, plan.parts, plan.duties, plan.done) == (NAME, 3, 1, False)
    erase(store, person)
    with store.reading() as session:
        assert erasure_plan(session, table="expert", record_id=person).done


def test_a_student_is_erased_with_the_notes_of_his_sittings(store):
    with store.transaction("данные") as session:
        make = Builder(session)
        group = make.group()
        student = make.examinee(group, "Щукин Лев Ильич", note="слабослышащий")
        make.place(make.sitting(group), student, workplace=3, note="Щукин опоздал")
    assert erase(store, student.id, "examinee") == 2
    assert traces(store, "Щукин", "слабослышащий") == set()
    with store.reading() as session:
        told = [one.what for one in record_history(session, table="examinee", record_id=student.id)]
    assert "Данные удалены" in told


def test_operations_forget_the_name_their_undos_too(store, person):
    with store.reading() as session:
        named = {past.text: past.id for past in past_operations(session)}
    take_back(store, named["назначен эксперт Ёлкин А. О., ИС-41"])
    bring_back(store)
    with store.transaction("снят эксперт Ёлкин А. О., ИС-41") as session:
        delete_record(session, table="assignment", record_id=session.scalar(select(Assignment.id)))
    with store.transaction("выбор при расхождении: Ёлкин А. О.") as session:
        session.scalars(select(Conflict)).one().choice = "hub"
    erase(store, person)
    with store.reading() as session:
        texts = session.scalars(text("SELECT text FROM operation ORDER BY n")).all()
    assert texts[-5:] == [
        "назначен эксперт",
        "назначен эксперт",
        "снят эксперт",
        "выбор при расхождении",
        OPERATION,
    ]


def test_nobody_offers_the_erased_for_another_exam(store, person):
    with store.transaction("данные") as session:
        make = Builder(session)
        other = make.sitting(make.group(name="Б-1"), make.kit("09.02.07-3-2026"))
    with store.reading() as session:
        assert [
            one.expert.id for one in candidates(session, session_id=other.id, role=Role.SCORING)
        ] == [person]
    erase(store, person)
    with store.reading() as session:
        assert candidates(session, session_id=other.id, role=Role.SCORING) == []


def test_nobody_is_not_erased(store):
    with pytest.raises(NotFound):
        erase(store, "nobody")


def test_a_failed_erasure_leaves_everything_and_the_capture_works(store, person):
    with pytest.raises(RuntimeError), store.transaction(OPERATION) as session:
        erase_person(session, table="expert", record_id=person)
        raise RuntimeError
    again = Store(store.path)
    with again.transaction("правка") as session:
        session.get_one(Expert, person).note = "!"
    with again.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM erasure")) == 0
        assert session.scalar(text("SELECT text FROM operation ORDER BY n DESC")) == "правка"
    again.close()
