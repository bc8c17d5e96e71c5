"""The hub in PostgreSQL: rows in and out, what it refuses, and what it says when it cannot."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from conftest import Builder
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sync.hub_rows import filled, hub_of, rows, write
from sync.postgres import HubDatabase

from demoexam.errors import UserError
from demoexam.hub.columns import form, forms
from demoexam.models.base import new_id
from demoexam.models.exams import ExamSession
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.places import Workshop
from demoexam.progress import Progress
from demoexam.store.backup import is_sound
from demoexam.store.health import examine
from demoexam.store.store import Store
from demoexam.sync.first_sync import first_sync
from demoexam.sync.memory import remember
from demoexam.sync.merge import Row
from demoexam.sync.synchronizer import exchange

ODD = 'кавычка " и \\ и {,} и NULL и \n строка'


def desk(path: Path, database: HubDatabase, user: str = "olga") -> Store:
    """A store with everything that the user may see, at his college."""
    first_sync(path, hub_of(database, user), client=path.stem)
    store = Store(path, client=path.stem)
    with store.applying() as connection:
        remember(connection, own_college=database.organizations.get(user, ""))
    return store


@pytest.fixture
def here(tmp_path: Path, postgres_hub: HubDatabase) -> Iterator[Store]:
    store = desk(tmp_path / "here.db", postgres_hub)
    yield store
    store.close()


def local(store: Store, name: str) -> list[Row]:
    with store.reading() as session:
        found = session.execute(text(f'SELECT {form(name).quoted}, rev FROM "{name}"'))
        return sorted(tuple(row) for row in found)


# -- rows ---------------------------------------------------------------------------------------


def test_a_row_comes_back_as_it_went(postgres_hub: HubDatabase) -> None:
    hub = hub_of(postgres_hub)
    row = filled("cluster", name=ODD)
    rev = write(hub, "cluster", row, filled("cluster", name="Запад", deleted_by=None))
    assert (*row, rev) in rows(hub, "cluster")
    again = (*row[:-1], "иначе")
    later = write(hub, "cluster", again)
    assert later == rev + 1
    assert (*again, later) in rows(hub, "cluster")
    assert len(rows(hub, "cluster")) == 2


def test_a_new_desk_equals_the_hub(here: Store, tmp_path: Path, postgres_hub: HubDatabase) -> None:
    with here.transaction("учебные данные") as session:
        make = Builder(session)
        make.staffed_sitting()
        make.booking(make.workshop(), datetime(2026, 6, 1, 9), datetime(2026, 6, 1, 12))
        make.employer(ODD)
    hub = hub_of(postgres_hub, "olga")
    exchange(here, hub)
    with hub.reading() as connection:
        assert hub.batch_at(connection, hub.state(connection).rev)
    there = desk(tmp_path / "there.db", postgres_hub)
    for each in forms():
        assert local(there, each.name) == local(here, each.name), each.name
        assert local(there, each.name) == rows(hub, each.name), each.name
    there.close()
    with closing(sqlite3.connect(tmp_path / "there.db")) as raw:
        assert is_sound(raw)


def test_the_copy_is_a_whole_store(tmp_path: Path, postgres_hub: HubDatabase) -> None:
    path = tmp_path / "copy.db"
    state = hub_of(postgres_hub, "olga").copy_to(path, Progress())
    assert state.rev > 0
    assert examine(path).sound


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("exam_session", {"workshop_id": "не номер"}),
        ("exam_session", {"starts_at": "2026-13-40T09:00"}),
        ("exam_session", {"starts_at": "вчера"}),
        ("exam_session", {"starts_at": "2026-06-01T15:00"}),
        ("exam_session", {"group_id": None}),
        ("exam_session", {"note": "нулевой \0 знак"}),
        ("exam_session", {"number": 10**20}),
    ],
)
def test_a_malformed_row_is_parked(
    postgres_hub: HubDatabase, table: str, values: dict[str, object]
) -> None:
    sound: dict[str, object] = {
        "group_id": new_id(), "kit_id": new_id(), "workshop_id": new_id(), "number": 1,
        "starts_at": "2026-06-01T09:00", "ends_at": "2026-06-01T12:00", "board_member": "",
        "state": "planned", "pinned": 0, "note": "",
    }  # fmt: skip
    hub = hub_of(postgres_hub)
    with hub.writing() as connection:
        rev = hub.open_commit(connection, new_id(), "", 2)
        with pytest.raises(DBAPIError) as refused, connection.begin_nested():
            hub.upsert(connection, form(table), [filled(table, **sound | values)], rev)
        assert hub.refusal(refused.value)
        hub.upsert(connection, form(table), [filled(table, **sound)], rev)
    assert len(rows(hub, table)) == 1


def test_the_right_that_is_missing_is_a_reason(postgres_hub: HubDatabase) -> None:
    hub = hub_of(postgres_hub, "boris")
    with hub.writing() as connection:
        rev = hub.open_commit(connection, new_id(), "boris", 1)
        with pytest.raises(DBAPIError) as refused, connection.begin_nested():
            hub.upsert(connection, form("cluster"), [filled("cluster", name="")], rev)
        assert "другой организации" in str(hub.refusal(refused.value))
        ident = postgres_hub.organizations["boris"]
        own = filled("organization", id=ident, owner_id=ident, kind="college")
        moved = tuple("" if value is None else value for value in own)
        with pytest.raises(DBAPIError) as refused, connection.begin_nested():
            hub.upsert(connection, form("organization"), [moved], rev)
        assert "меняет администратор" in str(hub.refusal(refused.value))
    assert hub.refusal(ValueError()) is None


SITTING = {
    "group_id": "g", "kit_id": "k", "number": 1, "board_member": "", "state": "planned",
    "pinned": 0, "note": "", "starts_at": "2026-06-01T09:00", "ends_at": "2026-06-01T12:00",
}  # fmt: skip
AFTERNOON = {"ends_at": "2026-06-01T18:00"}


@pytest.mark.parametrize(
    ("table", "one", "other", "clash"),
    [
        ("exam_session", {}, {}, True),
        ("exam_session", {}, AFTERNOON | {"starts_at": "2026-06-01T11:59"}, True),
        ("exam_session", {}, AFTERNOON | {"starts_at": "2026-06-01T12:00"}, False),
        ("exam_session", {}, {"held": 1}, False),
        ("exam_session", {}, {"deleted": 1}, False),
        ("exam_session", {"state": "done"}, {"state": "done"}, False),
        ("exam_session", {}, {"starts_at": None, "ends_at": None}, False),
        ("exam_session", {"second_day": "2026-06-02"},
         {"starts_at": "2026-06-02T09:00", "ends_at": "2026-06-02T12:00"}, True),
        ("exam_session", {"second_day": "2026-06-03"},
         {"starts_at": "2026-06-02T09:00", "ends_at": "2026-06-02T12:00"}, False),
        ("exam_place", {"workplace": 1}, {"workplace": 1}, True),
        ("exam_place", {"workplace": 1}, {"workplace": 2}, False),
        ("exam_place", {"workplace": None}, {"workplace": None}, False),
        ("assignment", {}, {}, True),
        ("assignment", {}, {"expert_id": "другой"}, False),
    ],
)  # fmt: skip
def test_constraints_are_the_last_guard(
    postgres_hub: HubDatabase,
    table: str,
    one: dict[str, object],
    other: dict[str, object],
    clash: bool,
) -> None:
    """Even for whoever writes without asking the rules: nothing that clashes is ever committed."""
    shared: dict[str, dict[str, object]] = {
        "exam_session": SITTING | {"workshop_id": new_id()},
        "exam_place": {"session_id": "s", "examinee_id": "e", "variant": "", "points": "{}",
                       "note": ""},
        "assignment": {"session_id": "s", "expert_id": "e", "role": "scoring", "duty": "",
                       "workplaces": "", "answer": "invited"},
    }  # fmt: skip
    hub = hub_of(postgres_hub)
    both = [filled(table, **shared[table] | each) for each in (one, other)]
    if not clash:
        write(hub, table, *both)
        assert len(rows(hub, table)) == 2
        return
    with pytest.raises(UserError):
        write(hub, table, *both)
    assert rows(hub, table) == []


# -- rules --------------------------------------------------------------------------------------


def test_rules_reach_rows_that_the_coordinator_does_not_see(
    tmp_path: Path, postgres_hub: HubDatabase
) -> None:
    """Two colleges use one workshop at once; neither sees the other's sitting."""
    office = desk(tmp_path / "office.db", postgres_hub)
    with office.transaction("мастерская") as session:
        make = Builder(session)
        kit, workshop = make.kit(), make.workshop()
        ids = kit.id, workshop.id
    exchange(office, hub_of(postgres_hub, "olga"))
    with postgres_hub.sql() as admin:  # one cluster: workshops are lent
        admin.execute(
            "UPDATE organization SET cluster_id = 'запад' WHERE id IN"
            " (SELECT organization_id FROM sync_user)"
        )
    stores = [desk(tmp_path / f"{user}.db", postgres_hub, user) for user in ("anna", "boris")]
    for store, user in zip(stores, ("anna", "boris"), strict=True):
        with store.transaction("экзамен") as session:
            make = Builder(session)
            college = session.get_one(Organization, postgres_hub.organizations[user])
            kit, workshop = (
                session.get_one(AssessmentKit, ids[0]),
                session.get_one(Workshop, ids[1]),
            )
            sitting = make.sitting(make.group(college), kit, workshop)
            assert sitting.owner_id == postgres_hub.organizations[user]
        done = exchange(store, hub_of(postgres_hub, user))
        assert done.held == (user == "boris")
    held = [row for row in rows(hub_of(postgres_hub), "exam_session") if row[4]]
    assert [row[1] for row in held] == [postgres_hub.organizations["boris"]]
    with stores[1].transaction("перенос") as session:
        mine = session.get_one(ExamSession, held[0][0])
        assert mine.held
        mine.workshop_id = None
    assert exchange(stores[1], hub_of(postgres_hub, "boris")).held == 0
    assert not [row for row in rows(hub_of(postgres_hub), "exam_session") if row[4]]
    for store in (office, *stores):
        store.close()
