"""Undo once rows and journals of other desktops came: my change only, where nobody changed it."""

import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Builder
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from demoexam.models.base import Record, new_id
from demoexam.models.journal import change, operation
from demoexam.models.people import Certificate, Employment, Expert
from demoexam.services.history import bring_back, offers, past_operations, take_back
from demoexam.store.store import Store
from demoexam.store.undo import NothingToUndo, taken_back

OTHER = "the other desktop"


@pytest.fixture
def store(store):
    store.close()
    mine = Store(store.path, client="this desktop")
    yield mine
    mine.close()


@pytest.fixture
def expert(store):
    with store.transaction("новый эксперт") as session:
        found = Builder(session).expert("Иванов Иван", certified=False, phone="1").id
    send(store)
    return found


def send(store):
    """All that was done here is known to the hub."""
    with store.applying() as connection:
        for table in ("operation", "change", "expert", "employment"):
            connection.execute(text(f"UPDATE {table} SET rev = 1 WHERE rev IS NULL"))
        connection.execute(text("DELETE FROM dirty"))


def pull(store, table, row_id, *, undoes=None, words="там", **values):
    """Another desktop's edit of a row, with its operation and change; gives the operation."""
    made = new_id()
    with store.applying() as connection:
        target = Record.metadata.tables[table]
        names = ", ".join(f'"{name}"' for name in values)
        query = text(f"SELECT {names} FROM {table} WHERE id = :id")
        before = dict(connection.execute(query, {"id": row_id}).mappings().one())
        if "deleted" in values:
            values = {**values, "deleted_by": made}
        pairs = ", ".join(f'"{name}" = :{name}' for name in values)
        update = text(f"UPDATE {target.name} SET {pairs}, rev = 2 WHERE id = :row_id_")
        connection.execute(update, {**values, "row_id_": row_id})
        record(connection, made, words, undoes)
        connection.execute(
            insert(change).values(
                id=new_id(), operation_id=made, table_name=table, row_id=row_id, rev=2,
                before=json.dumps(before), after=json.dumps(values),
            )
        )  # fmt: skip
    return made


def record(connection, ident, words, undoes=None):
    now = datetime.now(UTC).replace(tzinfo=None)
    entry = {"id": ident, "client": OTHER, "text": words, "undoes": undoes, "rev": 2, "at": now}
    connection.execute(insert(operation).values(**entry))


def edit(store, ident, words="правка", **values):
    with store.transaction(words) as session:
        row = session.get_one(Expert, ident)
        for name, value in values.items():
            setattr(row, name, value)
    send(store)


def stored(store, ident, entity=Expert):
    with store.reading() as session:
        return session.get_one(entity, ident)


def test_only_the_unit_that_others_left_alone_goes_back(store, expert):
    edit(store, expert, phone="2", note="моя")
    pull(store, "expert", expert, phone="3")

    report = take_back(store)

    row = stored(store, expert)
    assert (row.phone, row.note) == ("3", "")
    assert [(kept.columns, kept.reason) for kept in report.kept] == [(("phone",), "изменено позже")]


def test_a_pull_without_its_journal_counts_as_well(store, expert):
    edit(store, expert, phone="2")
    with store.applying() as connection:
        connection.execute(text("UPDATE expert SET phone = '3'"))
    assert [kept.columns for kept in take_back(store).kept] == [("phone",)]
    assert stored(store, expert).phone == "3"


def test_operations_of_others_are_neither_offered_nor_in_the_way(store, expert):
    edit(store, expert, "моя правка", note="моя")
    pull(store, "expert", expert, phone="3")
    with store.reading() as session:
        assert offers(session, client=store.client) == ("моя правка", "")
    take_back(store)
    pull(store, "expert", expert, phone="4")
    with store.reading() as session:
        assert offers(session, client=store.client) == ("новый эксперт", "моя правка")
    bring_back(store)
    row = stored(store, expert)
    assert (row.phone, row.note) == ("4", "моя")


def test_an_undo_that_could_put_nothing_back_lets_the_earlier_one_be_undone(store, expert):
    edit(store, expert, "первая", note="моя")
    edit(store, expert, "вторая", phone="2")
    pull(store, "expert", expert, phone="3")
    assert len(take_back(store).kept) == 1
    assert take_back(store).text == "первая"
    row = stored(store, expert)
    assert (row.phone, row.note) == ("3", "")
    bring_back(store)
    assert stored(store, expert).note == "моя"


def test_an_inserted_row_on_which_pulled_rows_stand_stays(store):
    with store.transaction("завод") as session:
        factory = Builder(session).employer().id
    with store.transaction("эксперт") as session:
        expert = Builder(session).expert(certified=False).id
    send(store)
    with store.applying() as connection:
        job = {"id": new_id(), "expert_id": expert, "organization_id": factory}
        connection.execute(insert(Employment).values(**job))
    with store.reading() as session:
        made = next(past.id for past in past_operations(session) if past.text == "завод")

    assert [kept.row_id for kept in take_back(store, made).kept] == [factory]


def test_an_inserted_row_that_another_desktop_changed_stays(store, expert):
    pull(store, "expert", expert, note="чужая")
    assert [kept.columns for kept in take_back(store).kept] == [("note",)]
    assert not stored(store, expert).deleted


def test_that_the_hub_held_a_row_keeps_nobody_from_undoing_it(store, expert):
    with store.applying() as connection:
        connection.execute(text("UPDATE expert SET held = 1"))
    assert take_back(store).kept == []
    assert stored(store, expert).deleted


def test_an_edit_is_not_put_back_into_a_row_that_others_deleted(store, expert):
    edit(store, expert, phone="2")
    pull(store, "expert", expert, deleted=1)
    assert [kept.reason for kept in take_back(store).kept] == ["запись удалена позже"]
    with store.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM dirty")) == 0


def test_a_link_to_a_row_that_others_deleted_is_not_put_back(store, expert):
    with store.transaction("работа") as session:
        make = Builder(session)
        old, new = make.employer("Старая"), make.employer("Новая")
        job = make.employment(session.get_one(Expert, expert), old)
    with store.transaction("переход") as session:
        session.get_one(Employment, job.id).organization_id = new.id
    pull(store, "organization", old.id, deleted=1)
    (kept,) = take_back(store).kept
    assert kept.columns == ("organization_id",)
    assert stored(store, job.id, Employment).organization_id == new.id


def test_a_change_of_a_row_that_is_not_here_is_told(store, expert):
    with store.transaction("правка") as session:
        session.get_one(Expert, expert).note = "моя"
    with store.applying() as connection:
        connection.execute(text("UPDATE change SET row_id = 'purged' WHERE before IS NOT NULL"))
    assert [kept.reason for kept in take_back(store).kept] == ["записи больше нет"]


def test_what_another_desktop_has_taken_back_is_not_offered_again(store, expert):
    edit(store, expert, "правка", note="моя")
    with store.reading() as session:
        made = past_operations(session)[0].id
    pull(store, "expert", expert, undoes=made, words="отмена: правка", note="")
    with store.reading() as session:
        assert offers(session, client=store.client)[0] == "новый эксперт"


def test_undo_and_redo_of_others_are_told_in_whatever_order_they_come(store, expert):
    edit(store, expert, "правка", note="моя")
    with store.reading() as session:
        made = past_operations(session)[0].id
    first, second, third = new_id(), new_id(), new_id()
    with store.applying() as connection:
        for ident, undoes in ((third, second), (first, made), (second, first)):
            record(connection, ident, "отмена", undoes)
    with store.reading() as session:  # undone, redone, undone again
        assert taken_back(session) == {made, second}


def test_a_new_row_with_parts_goes_whole_after_it_was_sent(store):
    with store.transaction("эксперт") as session:
        expert = Builder(session).expert().id
    send(store)
    assert take_back(store).kept == []
    assert stored(store, expert).deleted
    with store.reading() as session:
        assert session.scalars(select(Certificate.deleted)).all() == [True]
    with pytest.raises(NothingToUndo):
        take_back(store)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["mine", "theirs", "undo", "redo"]),
        st.sampled_from(["phone", "note", "email"]),
        st.sampled_from(["1", "2", "3"]),
    ),
    max_size=10,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_no_undo_ever_writes_over_what_another_desktop_wrote(blank_store, steps):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "exams.db"
        shutil.copyfile(blank_store, path)
        mine = Store(path, client="this desktop")
        with mine.transaction("новый эксперт") as session:
            ident = Builder(session).expert("Иванов Иван", certified=False).id
        send(mine)
        theirs: dict[str, str] = {}
        for number, (kind, column, value) in enumerate(steps):
            if kind == "mine":
                edit(mine, ident, f"правка {number}", **{column: f"m{number}"})
                theirs.pop(column, None)
            elif kind == "theirs":
                theirs[column] = f"t{number}{value}"
                pull(mine, "expert", ident, **{column: theirs[column]})
            else:
                try:
                    (take_back if kind == "undo" else bring_back)(mine)
                except NothingToUndo:
                    continue
            row = stored(mine, ident)
            assert {name: getattr(row, name) for name in theirs} == theirs
        mine.close()
