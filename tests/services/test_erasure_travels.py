"""Erasing a person's data while another desktop works: both computers and the hub forget."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select, text

from demoexam.models.people import Certificate, Expert
from demoexam.services.records.erasure import OPERATION, erase_person
from demoexam.services.records.history import EntryKind, record_history
from demoexam.services.records.records import change_record
from demoexam.store.erasing import ERASED_NAME

OLD, NEW = "+79125550143", "+79125550144"
WORDS = ("Ёлкин", "Артём", OLD, NEW, "00004711")


@pytest.fixture
def expert(pair):
    """Known to both."""

    def build(make):
        made = make.expert("Ёлкин Артём Олегович", make.employer(), phone=OLD, certified=False)
        make.certificate(made, number="00004711")
        return made.id

    found = pair.here.make(build)
    pair.settle()
    return found


def erase(desk, ident):
    desk.do(erase_person, OPERATION, table="expert", record_id=ident)


def edit(desk, ident, **values):
    desk.do(change_record, "правка эксперта", table="expert", record_id=ident, values=values)


def traces(path):
    """Words of the person in the tables of a file."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("search_", "sqlite_"))
        ]
        return {
            (name, word)
            for name in tables
            for dump in [repr(connection.execute(f"SELECT * FROM {name}").fetchall())]
            for word in WORDS
            if word in dump
        }


def everywhere(pair):
    return [traces(path) for path in (pair.hub, pair.here.store.path, pair.there.store.path)]


def rows(desk):
    def read(session):
        return [
            session.execute(text(f"SELECT {names} FROM {table} ORDER BY id")).all()
            for table, names in (
                ("expert", "id, last_name, phone, note, active, rev"),
                ("certificate", "id, number, deleted"),
                ("change", "id, before, after"),
                ("operation", "id, text"),
                ("conflict", "id, status, ours, theirs"),
            )
        ]

    return desk.see(read)


@pytest.mark.parametrize("first", ["here", "there"])
def test_an_edit_made_meanwhile_brings_nothing_back(pair, expert, first):
    edit(pair.there, expert, phone=NEW, note="друг Ёлкина")
    erase(pair.here, expert)
    order = [pair.here, pair.there] if first == "here" else [pair.there, pair.here]
    for desk in (*order, *order, *order):
        desk.sync()
    assert everywhere(pair) == [set(), set(), set()]
    assert rows(pair.here) == rows(pair.there)
    for desk in order:
        row = desk.see(lambda session: session.get_one(Expert, expert))
        assert (row.last_name, row.phone, row.deleted) == (ERASED_NAME, "", False)
        assert desk.cards() == []


def test_what_was_changed_besides_the_person_stays(pair, expert):
    edit(pair.there, expert, active=False)
    erase(pair.here, expert)
    pair.settle()
    pair.settle()
    for desk in (pair.here, pair.there):
        assert not desk.see(lambda session: session.get_one(Expert, expert).active)
        assert desk.see(lambda session: session.scalar(select(Certificate.number))) == ""
    assert rows(pair.here) == rows(pair.there)


def test_a_conflict_about_the_person_ends(pair, expert):
    edit(pair.here, expert, phone=NEW)
    edit(pair.there, expert, phone="+79125550145")
    pair.settle()
    assert len(pair.here.cards()) == 1
    erase(pair.here, expert)
    pair.settle()
    assert [desk.cards() for desk in (pair.here, pair.there)] == [[], []]
    assert everywhere(pair) == [set(), set(), set()]
    assert rows(pair.here) == rows(pair.there)


def test_the_history_of_another_desktop_is_told_here(pair, expert):
    edit(pair.there, expert, phone=NEW)
    pair.settle()

    def read(session):
        return record_history(session, table="expert", record_id=expert)

    entry = pair.here.see(read)[0]
    assert (entry.what, entry.before, entry.after, entry.operation) == (
        "Телефон", OLD, NEW, "правка эксперта"
    )  # fmt: skip
    assert entry.who
    erase(pair.there, expert)
    pair.settle()
    kinds = {one.kind for one in pair.here.see(read) if not one.about}
    assert kinds == {EntryKind.ERASED}
