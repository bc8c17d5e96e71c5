"""The administrator's commands, on both kinds of a shared store."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from conftest import Builder
from sqlalchemy import text
from sync.postgres import HubDatabase, Server

from demoexam.errors import NotFound, Refused
from demoexam.hub.columns import SCHEMA
from demoexam.hub.errors import HubExists, NoRight, SnapshotNeeded
from demoexam.hub.hub import connect_hub
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.services.directory.writes import namesakes
from demoexam.store.schema import CURRENT, version_of
from demoexam.store.store import Store
from demoexam.sync.administration import check_hub, create_hub, grant, purge, upgrade_hub
from demoexam.sync.first_sync import first_sync
from demoexam.sync.synchronizer import exchange


@pytest.fixture(params=["sqlite", "postgresql"])
def url(
    request: pytest.FixtureRequest, tmp_path: Path, postgres_server: Server, name: str
) -> Iterator[str]:
    """Where a new shared store may be made."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'hub.db'}"
        return
    with postgres_server.connect() as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield postgres_server.url(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def name() -> str:
    return "administered"


def failures(url: str) -> list[tuple[str, str]]:
    return [(what, words) for what, sound, words in check_hub(url) if not sound]


def test_a_new_hub_is_sound_full_of_reference_rows_and_never_made_twice(url: str) -> None:
    create_hub(url)
    assert failures(url) == []
    with connect_hub(url).reading() as connection:
        before = connection.execute(text("SELECT count(*) FROM specialty")).scalar()
        assert before
    with pytest.raises(HubExists):
        create_hub(url)
    upgrade_hub(url)
    assert failures(url) == []


def test_a_check_without_connection_says_why(tmp_path: Path) -> None:
    [(what, sound, words)] = check_hub(f"sqlite:///{tmp_path / 'нет.db'}")
    assert (what, sound) == ("связь", False)
    assert "не найдено" in words


def test_a_check_sees_a_gap_in_the_ledger(url: str) -> None:
    create_hub(url)
    with connect_hub(url).writing() as connection:
        connection.execute(text("UPDATE sync_hub SET rev = rev + 1"))
    assert [what for what, _ in failures(url)] == ["счётчик обменов"]


def test_a_check_sees_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    create_hub(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("DELETE FROM sqlite_master WHERE name = 'hub_rev_expert'")
        raw.commit()
    assert failures(f"sqlite:///{path}")


# -- granting -------------------------------------------------------------------------------------


def test_a_new_user_gets_a_password_once(postgres_hub: HubDatabase) -> None:
    url, user = postgres_hub.url(), 'o"neil; DROP TABLE expert'
    try:
        first = grant(url, user, "Колледж А")
        assert first.password
        assert len(first.password) >= 12
        assert first.organization == "Колледж А"
        assert grant(url, user, postgres_hub.organizations["boris"]).password is None
        with postgres_hub.sql() as admin:
            query = "SELECT organization_id, role FROM sync_user WHERE usr = %s"
            row = admin.execute(query, (user,)).fetchone()
            assert row == (postgres_hub.organizations["boris"], "coordinator")
            secret = admin.execute(
                "SELECT rolpassword FROM pg_authid WHERE rolname = %s", (user,)
            ).fetchone()
            assert secret is not None
            assert secret[0].startswith("SCRAM-SHA-256$")
    finally:
        with postgres_hub.sql() as admin:
            admin.execute('DROP ROLE "o""neil; DROP TABLE expert"')


def test_an_organization_is_made_only_when_asked(postgres_hub: HubDatabase) -> None:
    with pytest.raises(NotFound):
        grant(postgres_hub.url(), "anna", "Новый колледж")
    granted = grant(postgres_hub.url(), "anna", "Новый колледж", new_organization=True)
    with postgres_hub.sql("anna") as anna:
        changed = anna.execute(
            "UPDATE organization SET city = 'Казань' WHERE short_name = %s", (granted.organization,)
        )
        assert changed.rowcount == 1


def test_a_role_taken_away_is_gone(postgres_hub: HubDatabase, postgres_server: Server) -> None:
    url = postgres_hub.url()
    grant(url, "zoya", "Колледж А")
    try:
        with postgres_hub.sql("zoya") as zoya:
            zoya.execute("SELECT sync_lock()")
            grant(url, "zoya", "Колледж А", role="reader")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                zoya.execute("SELECT sync_lock()")
        with pytest.raises(Refused):
            grant(url, "zoya", "Колледж А", role="хозяин")
    finally:
        with postgres_server.connect() as admin:
            admin.execute("DROP ROLE zoya")


def test_coordinators_administer_nothing(postgres_hub: HubDatabase, tmp_path: Path) -> None:
    url = postgres_hub.url("anna")
    with pytest.raises(NoRight):
        grant(url, "anna", "Колледж Б")
    with pytest.raises(NoRight):
        upgrade_hub(url)
    assert failures(url) == []
    with pytest.raises(Refused):
        grant(f"sqlite:///{tmp_path / 'hub.db'}", "anna", "Колледж А")


def test_an_administrator_needs_not_be_a_superuser(postgres_server: Server) -> None:
    """CREATEROLE and CREATE on the database are enough, on a server of its own groups."""
    from sync.postgres import running, wheel_binaries

    with running(wheel_binaries()) as server:
        with server.connect() as connection:
            connection.execute("CREATE ROLE keeper LOGIN CREATEROLE")
            connection.execute("CREATE DATABASE hub OWNER keeper")
        url = server.url("hub", "keeper")
        create_hub(url)
        assert failures(url) == []
        grant(url, "anna", "Колледж А", new_organization=True)
        assert failures(server.url("hub", "anna")) == []
        upgrade_hub(url)


# -- tidying --------------------------------------------------------------------------------------


def test_what_everybody_knows_to_be_deleted_goes(url: str, tmp_path: Path) -> None:
    """A group goes after its student; a deleted one that somebody still names stays."""
    create_hub(url)
    hub = connect_hub(url)
    stores = []
    for desk in ("a", "b"):
        first_sync(tmp_path / f"{desk}.db", hub, client=desk)
        stores.append(Store(tmp_path / f"{desk}.db", client=desk))
    one, other = stores
    with one.transaction("группы") as session:
        make = Builder(session)
        college = make.college()
        gone, named = make.group(college, examinees=1), make.group(college, examinees=1)
        ids = gone.id, named.id
        session.flush()
        for group in (gone, named):
            group.deleted = True
        session.query(Examinee).where(Examinee.group_id == gone.id).update({"deleted": True})
        make.organization("college", "ещё")
    exchange(one, hub)
    assert purge(hub) == 0  # the other desk has not seen it
    for store in (other, one, other):
        exchange(store, hub)
        with store.transaction("правка") as session:
            session.get_one(StudyGroup, ids[1]).course = 3 if store is one else 2
    for store in (one, other, one, other):
        exchange(store, hub)
        with store.transaction("правка") as session:
            session.get_one(StudyGroup, ids[1]).year = 2030 if store is one else 2031
    exchange(one, hub)
    exchange(other, hub)
    assert purge(hub) == 2
    with hub.reading() as connection:
        left = connection.execute(text("SELECT id FROM study_group")).scalars().all()
        assert left == [ids[1]]
        assert hub.state(connection).purged > 0
    with other.applying() as connection:  # a desk that was away for a year
        connection.exec_driver_sql("UPDATE sync_meta SET v = '1' WHERE k = 'cursor'")
        with hub.reading() as far:
            batch = hub.batch_at(far, 1)
        connection.exec_driver_sql("UPDATE sync_meta SET v = ? WHERE k = 'head'", (batch,))
    with pytest.raises(SnapshotNeeded):
        exchange(other, hub)
    for store in stores:
        store.close()


def test_an_older_file_is_copied_and_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first version knew nothing of an exchange: it is played by its number."""
    path = tmp_path / "hub.db"
    create_hub(f"sqlite:///{path}")
    kept = tmp_path / "kept.db"
    shutil.copyfile(path, kept)
    with closing(sqlite3.connect(path)) as raw:
        for table in ("conflict", "declined_name", "document_template", "erasure",
                      "import_mapping", "incident", "plan_version", "sync_batch", "sync_head",
                      "sync_log", "sync_meta"):  # fmt: skip
            raw.execute(f"DROP TABLE {table}")
        for grown in ("workplace_draw DROP COLUMN reason", "unavailability DROP COLUMN soft",
                      "workshop_booking DROP COLUMN series",
                      "assessment_kit DROP COLUMN turnaround"):  # fmt: skip
            raw.execute(f"ALTER TABLE {grown}")
        for sorted_by_name in ("examinee", "expert", "organization", "study_group", "workshop"):
            raw.execute(f"ALTER TABLE {sorted_by_name} ADD COLUMN skey_half TEXT AS ('')")
        for index in ("ix_operation_unsent", "ix_change_unsent"):
            raw.execute(f"DROP INDEX {index}")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
        raw.execute("UPDATE sync_hub SET schema = 1")
        raw.commit()
    url = f"sqlite:///{path}"
    assert ("версия", f"1, программа знает {SCHEMA}") in failures(url)
    upgrade_hub(url)
    assert failures(url) == []
    assert list((tmp_path / "hub-backups").glob("hub-before-update-*.db"))
    with closing(sqlite3.connect(path)) as new, closing(sqlite3.connect(kept)) as old:
        query = "SELECT name FROM sqlite_master WHERE type <> 'trigger' ORDER BY name"
        assert new.execute(query).fetchall() == old.execute(query).fetchall()


def test_a_desk_is_up_to_date_though_its_hub_sorts_as_before(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    create_hub(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as raw:
        for table in ("examinee", "expert", "organization", "study_group", "workshop"):
            raw.execute(f"ALTER TABLE {table} ADD COLUMN skey_half TEXT AS ('')")
        raw.execute("UPDATE alembic_version SET version_num = '0004'")
        raw.commit()
    hub = connect_hub(f"sqlite:///{path}")
    first_sync(tmp_path / "desk.db", hub, client="desk")
    hub.close()
    assert version_of(tmp_path / "desk.db") == CURRENT
    with closing(Store(tmp_path / "desk.db", client="desk")) as desk:
        with desk.transaction("эксперт") as session:
            Builder(session).expert("Ёлкин Пётр", middle_name="", certified=False)
        with desk.reading() as session:
            found = namesakes(session, last_name="ЕЛКИН", first_name="петр", middle_name="")
    assert len(found) == 1
