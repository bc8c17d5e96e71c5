"""Every write is in the journal, whoever makes it; no row is ever removed."""

import json
import sqlite3
from contextlib import closing

import pytest
from conftest import Builder
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from demoexam.models.base import Record, captured_columns, merge_units, new_id
from demoexam.models.catalog import entities
from demoexam.models.journal import change, dirty, operation
from demoexam.models.organizations import Cluster
from demoexam.models.people import Expert


def changes_of(store, row_id):
    with store.reading() as session:
        query = select(change).where(change.c.row_id == row_id).order_by(change.c.n)
        return session.execute(query).all()


def values(**fields):
    given = dict.fromkeys(captured_columns(Record.metadata.tables["expert"]), "")
    nothing = dict.fromkeys(("deleted_by", "consent_on", "consent_withdrawn", "person_hash"))
    flags = {"deleted": False, "held": False, "active": True}
    return {**given, **nothing, **flags, "id": new_id(), **fields}


def test_insert_and_edit_are_journaled_with_the_operation_and_the_changed_columns_only(store):
    with store.transaction("новый эксперт") as session:
        expert = Builder(session).expert("Ёлкин Артём Олегович")
    with store.transaction("правка телефона") as session:
        session.get_one(Expert, expert.id).phone = "+79120000001"

    made, edited = changes_of(store, expert.id)
    assert made.before is None
    assert json.loads(made.after)["last_name"] == "Ёлкин"
    assert (edited.before, edited.after) == ('{"phone":""}', '{"phone":"+79120000001"}')
    with store.reading() as session:
        texts = session.scalars(select(operation.c.text).order_by(operation.c.n)).all()
    assert texts[-2:] == ["новый эксперт", "правка телефона"]


def test_bulk_writes_are_journaled_row_by_row(store):
    rows = [values(last_name=f"Эксперт {n}", first_name="Иван") for n in range(50)]
    with store.transaction("список") as session:
        session.execute(insert(Expert), rows)
    with store.transaction("всем заметка") as session:
        session.execute(update(Expert).values(note="проверен"))

    assert [len(changes_of(store, row["id"])) for row in rows] == [2] * 50


def test_raw_sql_outside_the_program_is_journaled_without_an_operation(store):
    with store.transaction("новый эксперт") as session:
        expert = Builder(session).expert()
    with closing(sqlite3.connect(store.path)) as raw, raw:
        raw.execute("UPDATE expert SET note = 'из другой программы' WHERE id = ?", [expert.id])

    last = changes_of(store, expert.id)[-1]
    assert last.operation_id is None
    assert last.at.startswith("20")
    assert json.loads(last.after) == {"note": "из другой программы"}


def test_a_write_that_changes_nothing_leaves_no_trace(store):
    with store.transaction("новый эксперт") as session:
        expert = Builder(session).expert()
    with store.transaction("ничего") as session:
        session.execute(update(Expert).values(note=""))

    with store.reading() as session:
        texts = session.scalars(select(operation.c.text)).all()
    assert "ничего" not in texts
    assert len(changes_of(store, expert.id)) == 1


def test_dirty_keeps_the_image_before_the_first_touch_and_counts_touches(store):
    with store.transaction("новый эксперт") as session:
        expert = Builder(session).expert("Иванов Иван Иванович")
    with store.transaction("будто отправлено") as session:
        session.execute(dirty.delete())
    for note in ("один", "два"):
        with store.transaction(note) as session:
            session.get_one(Expert, expert.id).note = note

    with store.reading() as session:
        row = session.execute(select(dirty).where(dirty.c.row_id == expert.id)).one()
    assert (row.lsn, row.is_new, json.loads(row.base)["note"]) == (2, 0, "")


def test_while_a_pull_applies_nothing_is_captured_but_search_follows(store):
    with store.transaction("новый эксперт") as session:
        expert = Builder(session).expert("Иванов Иван")
    with store.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE store_state SET applying = 1")
        connection.execute(text("UPDATE expert SET last_name = 'Петров'"))
        connection.exec_driver_sql("UPDATE store_state SET applying = 0")

    assert len(changes_of(store, expert.id)) == 1
    with store.reading() as session:
        found = "SELECT count(*) FROM search_expert WHERE search_expert MATCH 'петров'"
        assert session.scalar(text(found)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM expert",
        "UPDATE expert SET id = 'x'",
        "REPLACE INTO cluster (n, id, name) SELECT n, id, 'Другой' FROM cluster",
        "DELETE FROM change",
        "UPDATE change SET after = '{}'",
        "DELETE FROM operation",
        "UPDATE operation SET text = ''",
    ],
)
def test_rows_and_the_journal_cannot_be_destroyed(store, statement):
    with store.transaction("новый эксперт") as session:
        Builder(session).expert()
        session.add(Cluster(name="Металлурги"))
    with pytest.raises(IntegrityError), store.transaction("порча") as session:
        session.execute(text(statement))


def test_every_entity_is_captured_strict_and_exact(store):
    with store.reading() as session:
        names = set(session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
        kinds = {
            (row.name, row.strict)
            for row in session.execute(text("PRAGMA table_list"))
            if row.type == "table" and row.schema == "main" and not row.name.startswith("sqlite_")
        }
        types = {
            column.type
            for table in Record.metadata.tables
            for column in session.execute(text(f"PRAGMA table_info({table})"))
        }
    for name in entities():
        assert {f"capture_insert_{name}", f"capture_update_{name}"} <= names
        assert (name, 1) in kinds
    assert types == {"INTEGER", "TEXT"}


def test_times_and_workshop_of_a_sitting_are_one_merge_unit():
    units = merge_units(Record.metadata.tables["exam_session"])
    together = {name for name, unit in units.items() if unit == "place_time"}
    assert together == {"starts_at", "ends_at", "second_day", "workshop_id"}
    assert units["deleted"] == units["deleted_by"]
