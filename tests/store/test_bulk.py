"""Many rows written at once leave the same traces as rows written one by one."""

import json
import sqlite3
from contextlib import closing
from itertools import islice
from uuid import UUID

import pytest
from conftest import Builder
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from demoexam.errors import DiskFull
from demoexam.models.base import many_ids, new_id
from demoexam.models.journal import change, dirty
from demoexam.models.organizations import Cluster
from demoexam.models.people import Competence, Expert
from demoexam.models.reference import Setting
from demoexam.store.bulk import insert_rows
from demoexam.store.store import changed_tables
from demoexam.store.undo import revert


def people(number):
    return [
        {"id": new_id(), "last_name": f"Ёлкин {each}", "first_name": "Пётр"}
        for each in range(number)
    ]


def traces(store, idents):
    """Journal and queue of the rows, without what differs from one writing to the next."""
    with store.reading() as session:
        query = select(change).where(change.c.row_id.in_(idents)).order_by(change.c.n)
        written = [
            (row.row_id, row.table_name, row.before, row.after, row.at, bool(row.operation_id))
            for row in session.execute(query)
        ]
        query = select(dirty).where(dirty.c.row_id.in_(idents)).order_by(dirty.c.row_id)
        return written, session.execute(query).all()


def test_the_journal_and_the_queue_are_those_of_single_inserts(store, tmp_path):
    from demoexam.store.opening import create_store

    rows = people(30)
    other = create_store(tmp_path / "other.db")
    with store.transaction("разом") as session:
        insert_rows(session, Expert, rows)
        assert "expert" in changed_tables(session)
    with other.transaction("по одному") as session:
        session.execute(insert(Expert), rows)
    idents = [row["id"] for row in rows]

    assert traces(store, idents) == traces(other, idents)
    assert len(traces(store, idents)[0]) == 30
    other.close()


def test_defaults_owner_and_typed_values_are_as_everywhere(store):
    with store.transaction("разом") as session:
        expert = Builder(session).expert()
        session.info["owner"] = owner = new_id()
        insert_rows(session, Competence, [{"id": new_id(), "expert_id": expert.id}])
    with store.reading() as session:
        competence = session.scalars(select(Competence)).one()
        assert (competence.roles, competence.held, competence.owner_id) == ([], False, owner)


def test_the_rows_are_found_and_one_undo_takes_them_back(store):
    rows = people(5)
    with store.transaction("разом") as session:
        insert_rows(session, Expert, rows)
        operation = session.info["operation"]
    with closing(sqlite3.connect(store.path)) as raw:
        found = raw.execute("SELECT count(*) FROM search_expert WHERE search_expert MATCH 'елкин'")
        assert found.fetchone() == (5,)
    with store.transaction("отмена", undoes=operation) as session:
        revert(session, operation)
    with store.reading() as session:
        assert session.scalar(select(Expert.id).where(Expert.live())) is None


def test_a_refused_bulk_leaves_the_capture_on(store):
    rows = people(3)
    with store.transaction("разом") as session:
        insert_rows(session, Expert, rows)
        with pytest.raises(IntegrityError):
            insert_rows(session, Expert, rows)
        session.add(Cluster(name="После отказа"))
    with store.reading() as session:
        assert session.scalar(text("SELECT applying FROM store_state")) == 0
        last = session.scalars(select(change.c.after).order_by(change.c.n.desc())).first()
        assert json.loads(last)["name"] == "После отказа"


def test_a_full_disk_is_told_as_such_and_the_capture_stays_on(store):
    with pytest.raises(DiskFull), store.transaction("разом") as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages + 20}"))
        insert_rows(session, Expert, [row | {"note": "х" * 500} for row in people(5000)])
    store.engine.dispose()
    rows = people(1)
    with store.transaction("после") as session:
        session.execute(insert(Expert), rows)
    written, unsent = traces(store, [rows[0]["id"]])
    assert (len(written), len(unsent)) == (1, 1)


def test_rows_beyond_one_statement_keep_their_order_and_what_differs(store):
    rows = [row | {"active": each != 700} for each, row in enumerate(people(1300))]
    with store.transaction("разом") as session:
        insert_rows(session, Expert, rows)
    with store.reading() as session:
        stored = session.execute(select(Expert.id, Expert.active).order_by(Expert.n)).all()
    assert [tuple(row) for row in stored] == [(row["id"], row["active"]) for row in rows]


def test_one_and_true_are_two_values_of_a_setting(store):
    rows = [{"id": new_id(), "key": f"key_{each}", "value": each} for each in (1, True)]
    with store.transaction("разом") as session:
        insert_rows(session, Setting, rows)
    with closing(sqlite3.connect(store.path)) as raw:
        written = raw.execute("SELECT value FROM setting WHERE key LIKE 'key!_%' ESCAPE '!'")
        assert [each for (each,) in written] == ["1", "true"]


def test_ids_made_in_great_numbers_are_unique_and_sort_as_they_were_made():
    before = new_id()
    made = [before, *islice(many_ids(), 1000), new_id()]
    assert made == sorted({*made})
    assert {UUID(each).version for each in made} == {7}
