"""A transaction of many rows lasts as any other; its log goes into the file beside the work."""

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from sqlalchemy import text

from demoexam.models.base import new_id
from demoexam.models.people import Expert
from demoexam.store.bulk import insert_rows
from demoexam.store.many_rows import MANY_ROWS
from demoexam.store.store import Store

SECONDS = 20


def write_many(store):
    rows = [
        {"id": new_id(), "last_name": f"Ёлкин {each}", "first_name": "Пётр"}
        for each in range(MANY_ROWS)
    ]
    with store.transaction("загрузка") as session:
        insert_rows(session, Expert, rows)


ENDING = """
import os, sys
from pathlib import Path
from demoexam.models.base import new_id
from demoexam.models.people import Expert
from demoexam.store.bulk import insert_rows
from demoexam.store.store import Store

store, count = Store(Path(sys.argv[1])), int(sys.argv[2])
named = lambda each: {"id": new_id(), "last_name": f"Ёлкин {each}", "first_name": "Пётр"}
with store.transaction("загрузка") as session:
    insert_rows(session, Expert, [named(each) for each in range(count)])
os._exit(7)
"""


def test_what_was_committed_is_there_though_the_program_ends_at_once(store):
    store.close()
    command = [sys.executable, "-c", ENDING, str(store.path), str(MANY_ROWS)]
    assert subprocess.run(command, check=False).returncode == 7

    with closing(sqlite3.connect(store.path)) as left:
        assert left.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert left.execute("SELECT count(*) FROM expert").fetchone() == (MANY_ROWS,)
        assert left.execute("SELECT count(*) FROM change").fetchone() >= (MANY_ROWS,)


def test_the_log_is_copied_into_the_file_though_nobody_closes_it(store):
    before = store.path.stat().st_size
    write_many(store)

    ends = time.monotonic() + SECONDS
    while store.path.stat().st_size < before + MANY_ROWS * 100:
        assert time.monotonic() < ends, "the log was not copied"
        time.sleep(0.02)


def test_the_next_transaction_finds_the_connection_as_ever(store):
    def settings():
        with store.reading() as session:
            asked = ("cache_size", "wal_autocheckpoint")
            return [session.scalar(text(f"PRAGMA {name}")) for name in asked]

    usual = settings()
    write_many(store)
    assert settings() == usual

    with pytest.raises(RuntimeError), store.transaction("не вышло") as session:
        rows = [{"id": new_id(), "last_name": "Ёлкин", "first_name": "Пётр"}] * MANY_ROWS
        insert_rows(session, Expert, [{**each, "id": new_id()} for each in rows])
        raise RuntimeError
    assert settings() == usual


def test_the_file_is_given_back_when_the_log_is_copied(store, tmp_path):
    write_many(store)
    with store.at_rest() as path:
        shutil.copy(path, tmp_path / "whole.db")  # alone: nothing of it is in the log any more
    other = Store(tmp_path / "whole.db")
    with other.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM expert")) == MANY_ROWS
    other.close()
