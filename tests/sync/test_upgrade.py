"""A hub and stores of the second version, brought up to date: nothing is lost, nothing missed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import TextClause, select, text
from sync.postgres import Server
from sync.second_version import EXPERTS, Rows, old_file_hub, old_server_hub, old_store, season

from demoexam.hub.columns import SCHEMA
from demoexam.hub.errors import HubTooOld
from demoexam.hub.hub import connect_hub
from demoexam.models.exams import ExamSession, WorkplaceDraw
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit, Specialty
from demoexam.models.organizations import Organization
from demoexam.models.reference import ImportMapping
from demoexam.rules.terms import ExamLevel, SpecialtyKind
from demoexam.store.health import examine
from demoexam.store.opening import open_store
from demoexam.store.store import Store
from demoexam.sync.administration import check_hub, upgrade_hub
from demoexam.sync.first_sync import first_sync
from demoexam.sync.memory import remember
from demoexam.sync.synchronizer import exchange

NAMES = text("SELECT last_name FROM expert ORDER BY last_name")
AGAIN = text("SELECT reason FROM workplace_draw")
SAVED = text("SELECT source, columns, header_rows FROM import_mapping")


@pytest.fixture
def rows() -> Rows:
    return season()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(
    request: pytest.FixtureRequest, tmp_path: Path, postgres_server: Server, rows: Rows
) -> Iterator[str]:
    """A hub of the second version with a college and two experts."""
    if request.param == "sqlite":
        yield old_file_hub(tmp_path / "hub.db", rows)
        return
    yield old_server_hub(postgres_server, "second_version", rows)
    with postgres_server.connect() as connection:
        connection.execute("DROP DATABASE second_version WITH (FORCE)")


def leave_old_store(path: Path, url: str, rows: Rows) -> None:
    """What a desk's old program has after its last exchange with the hub as it is now."""
    hub = connect_hub(url)
    with hub.reading() as far:
        state = hub.state(far)
        head = hub.batch_at(far, state.rev)
    hub.close()
    assert head is not None
    old_store(path, rows, state, head)


def map_columns(store: Store) -> None:
    with store.transaction("разметка") as session:
        session.add(
            ImportMapping(source="roster:1", kind="roster", columns={"inn": ["a", 0, 0]},
                          header_rows=2)
        )  # fmt: skip


def draw_again(store: Store) -> None:
    """A sitting whose workplaces were drawn a second time."""
    with store.transaction("жеребьёвка") as session:
        college = session.scalars(select(Organization)).one()
        specialty = Specialty(code="09.02.07", title="ИСП", kind=SpecialtyKind.SPECIALTY)
        session.add(specialty)
        session.flush()
        group = StudyGroup(college_id=college.id, specialty_id=specialty.id, name="ИСП-41")
        kit = AssessmentKit(
            code="09.02.07-2-2026", specialty_id=specialty.id, level=ExamLevel.PROFILE, year=2026,
            minutes=240,
        )  # fmt: skip
        session.add_all([group, kit])
        session.flush()
        sitting = ExamSession(group_id=group.id, kit_id=kit.id)
        session.add(sitting)
        session.flush()
        session.add(WorkplaceDraw(
            session_id=sitting.id, seed="7F3A", drawn_at=datetime(2026, 6, 17, 9, 42),
            method="sha256-order", reason="сломалось место",
        ))  # fmt: skip


def ask(store: Store, query: TextClause) -> list[tuple[object, ...]]:
    with store.reading() as session:
        return [tuple(row) for row in session.execute(query)]


def test_a_younger_program_waits_for_the_administrator_and_then_goes_on(
    url: str, tmp_path: Path, rows: Rows
) -> None:
    leave_old_store(tmp_path / "desk.db", url, rows)
    store = open_store(tmp_path / "desk.db", client="desk")
    assert list((tmp_path / "backups").glob("desk-before-update-*.db"))
    assert examine(store.path).sound
    map_columns(store)
    hub = connect_hub(url)
    with pytest.raises(HubTooOld) as refused:
        exchange(store, hub)
    assert "hub upgrade" in refused.value.hint
    assert ("версия", False, f"2, программа знает {SCHEMA}") in check_hub(url)
    upgrade_hub(url)
    assert [words for what, sound, words in check_hub(url) if not sound] == []
    assert exchange(store, hub).pushed == 3  # the phone, the columns, their coordinator
    first_sync(tmp_path / "other.db", hub, client="other")
    with closing(Store(tmp_path / "other.db", client="other")) as other:
        for each in (store, other):
            assert ask(each, NAMES) == [(name,) for name in EXPERTS]
            phone = text("SELECT phone FROM expert WHERE last_name = 'Иванов'")
            assert ask(each, phone) == [("+79990000000",)]
            assert ask(each, SAVED) == [("roster:1", '{"inn":["a",0,0]}', 2)]
        assert exchange(other, hub).pulled == 0
    store.close()
    hub.close()


def test_what_an_old_program_could_not_take_is_taken_after_its_update(
    url: str, tmp_path: Path, rows: Rows
) -> None:
    """Its cursor has passed the commit, since the hub still speaks to it."""
    upgrade_hub(url)
    hub = connect_hub(url)
    first_sync(tmp_path / "new.db", hub, client="new")
    with closing(Store(tmp_path / "new.db", client="new")) as new:
        map_columns(new)
        exchange(new, hub)
    leave_old_store(tmp_path / "old.db", url, rows)
    with closing(open_store(tmp_path / "old.db", client="old")) as old:
        assert ask(old, SAVED) == []
        assert exchange(old, hub).pulled == 1
        assert ask(old, SAVED) == [("roster:1", '{"inn":["a",0,0]}', 2)]
        assert exchange(old, hub).pulled == 0
    hub.close()


def test_columns_that_an_old_program_did_not_know_are_filled_after_its_update(
    url: str, tmp_path: Path
) -> None:
    """It took the row of the draw, and left the reason on the hub."""
    upgrade_hub(url)
    hub = connect_hub(url)
    first_sync(tmp_path / "desk.db", hub, client="desk")
    with closing(Store(tmp_path / "desk.db", client="desk")) as desk:
        draw_again(desk)
        exchange(desk, hub)
        with desk.applying() as connection:
            connection.exec_driver_sql("UPDATE workplace_draw SET reason = ''")
            remember(connection, schema=3)
        assert exchange(desk, hub).pulled == 2  # the draw, and the kit of its sitting
        assert ask(desk, AGAIN) == [("сломалось место",)]
        assert exchange(desk, hub).pulled == 0
    hub.close()


def test_a_file_of_the_second_version_becomes_the_one_of_a_new_hub(
    tmp_path: Path, rows: Rows
) -> None:
    from demoexam.hub import hub_file

    upgrade_hub(old_file_hub(tmp_path / "old.db", rows))
    hub_file.create(tmp_path / "new.db")
    query = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    with (
        closing(sqlite3.connect(tmp_path / "old.db")) as old,
        closing(sqlite3.connect(tmp_path / "new.db")) as new,
    ):
        assert _shape(old.execute(query)) == _shape(new.execute(query))
    assert list((tmp_path / "hub-backups").glob("old-before-update-*.db"))


def _shape(rows: sqlite3.Cursor) -> list[tuple[str, ...]]:
    return [tuple(" ".join((part or "").split()) for part in row) for row in rows]
