"""Undo and redo: operations, not memory; never over somebody's later edit."""

import shutil
import tempfile
from pathlib import Path

import pytest
from conftest import Builder
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from demoexam.models.base import Record
from demoexam.models.catalog import entities
from demoexam.models.people import Employment, Expert
from demoexam.services.history import bring_back, offers, past_operations, take_back
from demoexam.store.store import Store
from demoexam.store.undo import NothingToUndo


def state(store):
    """Everything that counts as data: all live rows of all tables, without local columns."""
    with store.reading() as session:
        return {
            name: {
                row.id: {k: v for k, v in row._mapping.items() if k not in {"n", "rev"}}
                for row in session.execute(text(f"SELECT * FROM {name} WHERE deleted = 0"))
            }
            for name in entities()
            if name != "coordinator"
        }


def test_undo_of_an_insert_hides_the_row_and_redo_brings_it_back(store):
    before = state(store)
    with store.transaction("новый эксперт") as session:
        Builder(session).expert("Иванов Иван")
    after = state(store)

    report = take_back(store)
    assert (report.text, state(store)) == ("новый эксперт", before)
    assert bring_back(store).text == "отмена: новый эксперт"
    assert state(store) == after


def test_a_later_edit_by_someone_else_survives_and_is_listed(store):
    with store.transaction("новый эксперт") as session:
        expert = Builder(session).expert()
    with store.transaction("правка") as session:
        row = session.get_one(Expert, expert.id)
        row.phone, row.email = "+79120000001", "a@example.org"
    with store.transaction("чужая правка") as session:
        session.get_one(Expert, expert.id).phone = "+79120000002"

    with store.reading() as session:
        edit = next(past for past in past_operations(session) if past.text == "правка")
    report = take_back(store, edit.id)

    with store.reading() as session:
        row = session.get_one(Expert, expert.id)
        assert (row.phone, row.email) == ("+79120000002", "")
    (kept,) = report.kept
    assert (kept.row_id, kept.columns, kept.reason) == (expert.id, ("phone",), "изменено позже")


def test_an_inserted_row_with_live_dependants_stays(store):
    with store.transaction("завод") as session:
        factory = Builder(session).employer()
    with store.transaction("эксперт завода") as session:
        expert = Builder(session).expert(certified=False)
        Builder(session).employment(expert, factory)
    with store.reading() as session:
        made = next(past for past in past_operations(session) if past.text == "завод")

    report = take_back(store, made.id)

    assert [(kept.table, kept.row_id) for kept in report.kept] == [("organization", factory.id)]
    with store.reading() as session:
        assert session.scalar(select(Employment.deleted)) is False


def test_a_merge_unit_goes_back_whole_or_not_at_all(store):
    with store.transaction("экзамен") as session:
        sitting = Builder(session).sitting()
    with store.transaction("перенос") as session:
        row = session.get_one(type(sitting), sitting.id)
        row.starts_at, row.ends_at = row.starts_at.replace(hour=14), row.ends_at.replace(hour=19)
    with store.transaction("другая мастерская") as session:
        row = session.get_one(type(sitting), sitting.id)
        row.workshop_id = Builder(session).workshop().id
        moved = (row.starts_at, row.ends_at, row.workshop_id)

    with store.reading() as session:
        move = next(past for past in past_operations(session) if past.text == "перенос")
    report = take_back(store, move.id)

    with store.reading() as session:
        row = session.get_one(type(sitting), sitting.id)
        assert (row.starts_at, row.ends_at, row.workshop_id) == moved
    assert [set(kept.columns) for kept in report.kept] == [{"starts_at", "ends_at", "workshop_id"}]


def test_offers_name_what_would_happen_and_a_new_action_forgets_the_redo(store):
    with store.transaction("первое") as session:
        expert = Builder(session).expert()
    take_back(store)
    with store.reading() as session:
        assert offers(session, client="") == ("", "первое")
    bring_back(store)
    with store.transaction("второе") as session:
        session.get_one(Expert, expert.id).note = "!"
    with store.reading() as session:
        assert offers(session, client="") == ("второе", "")


def test_nothing_to_undo_is_said(store):
    with pytest.raises(NothingToUndo):
        take_back(store)
    with pytest.raises(NothingToUndo):
        bring_back(store)


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["add", "rename", "note", "delete", "restore", "bulk"]),
        st.integers(0, 5),
        st.sampled_from(["Иванов", "Ёлкин", "Петров"]),
    ),
    min_size=1,
    max_size=6,
)


def act(session, made, action):
    kind, which, name = action
    row = session.get(Expert, made[which % len(made)]) if made else None
    if kind == "add" or row is None:
        made.append(Builder(session).expert(f"{name} Пётр", certified=False).id)
    elif kind == "rename":
        row.last_name = name
    elif kind == "note":
        row.note = f"{name} {which}"
    elif kind == "bulk":
        session.execute(text("UPDATE expert SET note = note || :n, phone = :n"), {"n": name})
    else:
        row.deleted = kind == "delete"
        row.deleted_by = name if row.deleted else None


@settings(max_examples=20, deadline=None)
@given(ACTIONS)
def test_any_operations_undone_in_reverse_give_the_first_state_and_redone_the_last(
    blank_store, actions
):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "exams.db"
        shutil.copyfile(blank_store, path)
        store, made = Store(path), []
        states = [state(store)]
        for number, action in enumerate(actions):
            with store.transaction(f"действие {number}") as session:
                act(session, made, action)
            with store.reading() as session:
                (newest, *_) = past_operations(session)
            if newest.text == f"действие {number}":  # nothing is journaled where nothing changed
                states.append(state(store))

        store.close()
        store = Store(path)  # a restart in the middle changes nothing
        for expected in reversed(states[:-1]):
            take_back(store)
            assert state(store) == expected
        for expected in states[1:]:
            bring_back(store)
            assert state(store) == expected
        store.close()


def test_the_registry_names_every_table_once():
    assert set(entities()) <= set(Record.metadata.tables)
