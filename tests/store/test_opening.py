"""Opening what is there: old, new, foreign, damaged, read-only, full; copies and restoring."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from alembic import command
from alembic.config import Config
from conftest import Builder
from sqlalchemy import select, text

from demoexam.errors import DiskFull, FolderReadOnly, Refused, UserError
from demoexam.models.base import Record
from demoexam.models.people import Expert
from demoexam.store import schema
from demoexam.store.backup import BadCopy, CopyOntoItself, is_sound, restore, verified_copy
from demoexam.store.health import examine
from demoexam.store.opening import create_store, open_store
from demoexam.store.schema import NewerStore, NotAStore, StoreMissing, upgrade
from demoexam.store.snapshot import load_snapshot, save_snapshot
from demoexam.store.store import StoreBusy, StoreDamaged, make_engine


def test_the_migrated_schema_is_the_one_of_the_models(blank_store):
    engine = make_engine(blank_store)
    with engine.connect() as connection:
        for name, table in Record.metadata.tables.items():
            rows = connection.execute(text(f"PRAGMA table_xinfo({name})")).all()
            assert [(row.name, bool(row.notnull)) for row in rows] == [
                (column.name, not column.nullable) for column in table.columns
            ], name
            keys = {
                row.table for row in connection.execute(text(f"PRAGMA foreign_key_list({name})"))
            }
            assert keys == {key.column.table.name for key in table.foreign_keys}
            present = {row.name for row in connection.execute(text(f"PRAGMA index_list({name})"))}
            assert {index.name for index in table.indexes} <= present
    engine.dispose()


def test_reference_data_is_the_same_in_every_store(blank_store, tmp_path):
    ids = "SELECT id FROM specialty UNION SELECT id FROM industry UNION SELECT id FROM share_target"
    create_store(tmp_path / "second.db").close()
    with (
        closing(sqlite3.connect(blank_store)) as one,
        closing(sqlite3.connect(tmp_path / "second.db")) as two,
    ):
        assert set(one.execute(ids)) == set(two.execute(ids))
        count = "SELECT count(*) FROM "
        assert one.execute(count + "specialty").fetchone() == (230,)
        assert one.execute(count + "industry").fetchone() == (9,)
        targets = one.execute("SELECT year, percent FROM share_target ORDER BY year").fetchall()
        assert targets == [(2022, 50), (2023, 60), (2024, 70)]
        assert one.execute(count + "calendar_day WHERE day >= '2027'").fetchone()[0] > 10
        assert one.execute(
            "SELECT DISTINCT verified FROM calendar_day WHERE day >= '2027'"
        ).fetchall() == [(0,)]


def test_a_migration_is_preceded_by_a_verified_copy(store):
    with store.transaction("эксперт") as session:
        Builder(session).expert("Иванов Иван")
    copy = upgrade(store.engine, store.path)
    assert copy is not None
    with closing(sqlite3.connect(copy)) as connection:
        assert is_sound(connection)
        assert connection.execute("SELECT last_name FROM expert").fetchall() == [("Иванов",)]


def test_people_of_an_older_store_are_in_order_after_the_update(tmp_path):
    """Before the fifth version the sort key was another expression."""
    path = tmp_path / "старая.db"
    engine = make_engine(path)
    with engine.execution_options(writes=True).begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(schema.MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        for place, name in enumerate(("Юрьев", "елкин", "Ёлкин", "Абрамов")):
            connection.exec_driver_sql(
                "INSERT INTO expert (id, last_name, first_name, middle_name, phone, email,"
                " consent_document, note, active) VALUES (?, ?, '', '', '', '', '', '', 1)",
                (str(place), name),
            )
    engine.dispose()
    with closing(open_store(path)) as store, store.reading() as session:
        names = session.scalars(select(Expert.last_name).order_by(Expert.skey)).all()
    assert names == ["Абрамов", "Ёлкин", "елкин", "Юрьев"]
    assert [*(tmp_path / "backups").glob("старая-before-update-*.db")]


def test_a_new_store_never_replaces_a_file(tmp_path):
    path = tmp_path / "занято.db"
    path.write_text("важное", encoding="utf-8")
    with pytest.raises(Refused, match="уже есть"):
        create_store(path)
    assert path.read_text(encoding="utf-8") == "важное"


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"\xff" * 500])
def test_what_is_no_store_is_named_so_and_left_alone(tmp_path, content):
    path = tmp_path / "чужой.db"
    path.write_bytes(content)
    with pytest.raises(NotAStore, match=r"чужой\.db") as refused:
        open_store(path)
    assert refused.value.hint
    assert path.read_bytes() == content


def test_a_foreign_sqlite_file_is_no_store(tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection, connection:
        connection.execute("CREATE TABLE notes (body)")
    with pytest.raises(NotAStore):
        open_store(tmp_path / "other.db")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(StoreMissing, match=r"нет\.db"):
        open_store(tmp_path / "нет.db")


def test_a_store_of_a_newer_version_is_refused_unchanged(store):
    store.close()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerStore) as refused:
        open_store(store.path)
    assert "Обновите программу" in refused.value.hint
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_the_known_versions_are_those_of_the_migrations():
    found = {path.name[:4] for path in (schema.MIGRATIONS / "versions").glob("[0-9]*.py")}
    assert found == set(schema.KNOWN)
    assert max(schema.KNOWN) == schema.CURRENT


def test_a_full_disk_is_told_and_what_was_written_stays(store):
    with store.transaction("эксперт") as session:
        Builder(session).expert("Иванов Иван")
    with pytest.raises(DiskFull), store.transaction("список") as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages + 20}"))
        for number in range(5000):
            Builder(session).expert(f"Эксперт {number}", note="х" * 500)
    with store.reading() as session:
        assert session.scalars(text("SELECT last_name FROM expert")).all() == ["Иванов"]


def test_a_store_locked_by_another_program_is_told(store):
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        impatient = type(store)(store.path)
        impatient.engine.dispose()
        with impatient.engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
            driver = connection.connection.driver_connection
            driver.execute("PRAGMA busy_timeout = 20")
        with pytest.raises(StoreBusy), impatient.transaction("эксперт") as session:
            Builder(session).expert()
        impatient.close()


READ_ONLY = """
import os, sys
from pathlib import Path
from demoexam.errors import UserError
from demoexam.store.opening import create_store
create_store(Path(sys.argv[2])).close()  # with the rights of the caller: loads what is lazy
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.seteuid(65534)  # root ignores the mode of a folder
try:
    create_store(Path(sys.argv[1]))
except UserError as error:
    print(type(error).__name__)
"""


def test_a_folder_without_the_right_to_write_is_told(tmp_path):
    folder = tmp_path / "закрыто"
    folder.mkdir()
    for parent in [tmp_path, *tmp_path.parents]:
        if "pytest-" in str(parent):  # a worker of xdist has a folder more
            parent.chmod(0o755)
    folder.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(folder / "x.db"), str(tmp_path / "y.db")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout.strip(), list(folder.iterdir())) == ("FolderReadOnly", []), done.stderr


def test_restore_brings_the_copy_and_keeps_the_replaced_file(store, tmp_path):
    with store.transaction("эксперт") as session:
        Builder(session).expert("Иванов Иван")
    copy = verified_copy(store.path, tmp_path / "copies" / "a.db")
    with store.transaction("ещё эксперт") as session:
        Builder(session).expert("Петров Пётр")
    store.close()

    kept = restore(copy, store.path)

    names = "SELECT last_name FROM expert ORDER BY n"
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute(names).fetchall() == [("Иванов",)]
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute(names).fetchall() == [("Иванов",), ("Петров",)]


def test_a_copy_to_an_impossible_place_is_refused_and_leaves_nothing(store, tmp_path):
    (tmp_path / "файл").write_text("", encoding="utf-8")
    with pytest.raises(UserError):
        verified_copy(store.path, tmp_path / "файл" / "copy.db")
    assert list(tmp_path.glob("*.part")) == []


def test_doctor_passes_a_good_store_and_names_what_is_wrong(store):
    assert examine(store.path).sound
    store.close()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("DROP TRIGGER capture_update_expert")
    report = examine(store.path)
    assert not report.sound
    assert "1" in report.found["триггеры"]


def test_snapshot_is_kept_and_a_damaged_one_is_none(store, tmp_path):
    assert load_snapshot(store.path) is None
    save_snapshot(store.path, {"доля": "45,8 %"})
    save_snapshot(store.path, {"доля": "50,0 %"})
    assert load_snapshot(store.path) == {"доля": "50,0 %"}
    assert load_snapshot(tmp_path / "нет.db") is None
    assert FolderReadOnly.advice


def _spoil(path):
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(bytes(content))


def test_a_damaged_store_is_told_on_reading_and_replaced_by_its_copy(store, tmp_path):
    copy = verified_copy(store.path, tmp_path / "copy.db")
    store.close()
    _spoil(store.path)
    with pytest.raises(StoreDamaged), store.reading() as session:
        session.execute(text("SELECT * FROM specialty")).all()
    with pytest.raises(StoreDamaged), store.transaction("правка") as session:
        session.execute(text("UPDATE specialty SET title = 'x'"))
    store.close()
    kept = restore(copy, store.path)
    assert kept is not None
    assert examine(store.path).sound


def test_a_damaged_copy_is_named_and_replaces_nothing(store, tmp_path):
    copy = verified_copy(store.path, tmp_path / "copy.db")
    _spoil(copy)
    with pytest.raises(BadCopy, match=r"copy\.db"):
        restore(copy, store.path)
    assert sorted(path.name for path in tmp_path.glob("*-before-restore*")) == []


def test_what_a_restore_put_aside_can_itself_be_restored(store, tmp_path):
    copy = verified_copy(store.path, tmp_path / "copy.db")
    with store.transaction("правка") as session:
        session.execute(text("UPDATE share_target SET percent = 65 WHERE year = 2024"))
    store.close()
    aside = restore(copy, store.path)
    assert restore(aside, store.path) != aside
    with closing(sqlite3.connect(store.path)) as connection:
        query = "SELECT percent FROM share_target WHERE year = 2024"
        assert connection.execute(query).fetchone() == (65,)


def test_a_store_is_not_its_own_copy(store):
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(CopyOntoItself):
        verified_copy(store.path, store.path)
    with pytest.raises(CopyOntoItself):
        restore(store.path, store.path)
    assert store.path.read_bytes() == before
