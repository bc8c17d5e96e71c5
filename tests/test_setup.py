"""What the program stands on: Qt that keeps None alive, a lock that is complete, STRICT tables."""

import re
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def chosen(python: str) -> dict[str, Requirement]:
    """The dependencies a given Python takes, by name."""
    return {
        wish.name: wish
        for wish in map(Requirement, PROJECT["dependencies"])
        if wish.marker is None or wish.marker.evaluate({"python_version": python})
    }


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_each_python_takes_a_qt_that_does_not_lose_none(python):
    qt = chosen(python)
    broken_here = python == "3.11"
    assert ("6.12.0" in qt["PySide6-Essentials"].specifier) is not broken_here
    assert ("PySide6-Addons" in qt) is broken_here
    assert ("PySide6_Pdf" in qt) is not broken_here


def test_qt_survives_many_calls_that_return_nothing():
    """PySide6 6.12.0 on Python 3.11 dies here with `none_dealloc`."""
    code = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(200_000):
    thing.setObjectName("x")
print(thing.objectName())
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "x"), ran.stderr


def test_lock_names_no_host():
    assert "://" not in LOCK
    assert not re.search(r"^\s*--(?!hash=)", LOCK, re.MULTILINE)


def test_lock_has_a_hash_for_everything():
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    pinned = [entry for entry in entries if not entry.startswith("#")]
    assert len(pinned) > 40
    assert [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry] == []
    assert [entry.split()[0] for entry in pinned if "==" not in entry.split()[0]] == []


def test_lock_covers_what_the_project_names():
    locked = {
        name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE)
    }
    named = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]
    assert {Requirement(each).name.lower().replace("_", "-") for each in named} <= locked


def test_sqlite_knows_strict_tables_and_full_text_search():
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE expert (n INTEGER PRIMARY KEY, name TEXT) STRICT")
        database.execute("CREATE VIRTUAL TABLE found USING fts5(name, content='')")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("INSERT INTO expert (n, name) VALUES ('один', 'Иванов')")
    database.close()
