"""A file is read apart: the same book, the same refusals, and limits that hold."""

import os
import pickle
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import psutil
import pytest
from import_truth import DATA, FILES, roster

from demoexam.exchange import failures, isolated, isolated_child
from demoexam.exchange.isolated import read_safely
from demoexam.exchange.reading import read_book
from demoexam.progress import Cancelled, Progress


def children() -> list[psutil.Process]:
    """Readers that still run; the tracker that Python starts beside the first one is none."""
    started = psutil.Process().children(recursive=True)
    return [child for child in started if "resource_tracker" not in " ".join(child.cmdline())]


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("large") / "большая.csv"
    path.write_text(f"{'Иванов Иван Иванович;' * 10}\n" * 60_000, encoding="cp1251")
    return path


@pytest.mark.parametrize("name", FILES)
def test_the_book_is_the_same(name):
    assert read_safely(roster(name)) == read_book(roster(name))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("password.xlsx", failures.FileProtected),
        ("truncated.xlsx", failures.FileDamaged),
        ("hostile_xxe.xlsx", failures.FileDangerous),
        ("hostile_dimension.xlsx", failures.TooLarge),
        ("нет такого.xlsx", failures.FileMissing),
    ],
)
def test_refusals_cross_the_boundary_whole(name, kind):
    with pytest.raises(failures.FileUnreadable) as apart:
        read_safely(DATA / "unreadable" / name)
    with pytest.raises(failures.FileUnreadable) as here:
        read_book(DATA / "unreadable" / name)
    assert type(apart.value) is type(here.value) is kind
    assert (str(apart.value), apart.value.hint) == (str(here.value), here.value.hint)


def test_memory_has_a_limit(large):
    with pytest.raises(failures.FileTooHeavy, match="памяти"):
        read_safely(large, megabytes=8)
    assert children() == []


def test_time_has_a_limit(large):
    with pytest.raises(failures.FileTooHeavy, match="долго"):
        read_safely(large, seconds=0.3)
    assert children() == []


def test_a_small_file_may_not_work_for_long(large, monkeypatch):
    monkeypatch.setattr(isolated, "_WORK", 0.2)
    monkeypatch.setattr(isolated, "_WORK_A_MEGABYTE", 0.0)
    with pytest.raises(failures.FileTooHeavy, match="долго"):
        read_safely(large)


def test_cancelling_ends_the_reader_at_once(large):
    progress = Progress()
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read_safely, large, progress=progress)
        time.sleep(0.3)
        progress.cancel()
        asked = time.monotonic()
        with pytest.raises(Cancelled):
            reading.result(timeout=10)
    assert time.monotonic() - asked < 2
    assert children() == []


def die(*_: object) -> None:
    os._exit(3)


def stumble(path: str, pipe, _memory: int) -> None:
    pipe.send_bytes(pickle.dumps(("stumbled", "KeyError reading.py:1")))


def attack(path: str, pipe, _memory: int) -> None:
    pipe.send_bytes(pickle.dumps(("book", subprocess.Popen)))


@pytest.mark.parametrize(
    ("child", "noted"), [(die, "code 3"), (stumble, "KeyError reading.py"), (attack, "code 0")]
)
def test_a_child_gone_wrong_is_a_damaged_file(monkeypatch, caplog, child, noted):
    monkeypatch.setattr(isolated, "serve", child)
    with pytest.raises(failures.FileDamaged):
        read_safely(roster("clean.xlsx"))
    assert noted in caplog.text
    assert children() == []


def test_a_child_that_cannot_be_started_is_told(monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(isolated, "_started", refuse)
    with pytest.raises(failures.ReaderNotStarted):
        read_safely(roster("clean.xlsx"))


def test_dates_survive_and_nothing_else_is_made():
    plain = pickle.dumps((date(2026, 6, 12), {"a": frozenset({1})}))
    assert isolated._Plain(isolated.io.BytesIO(plain)).load()[0] == date(2026, 6, 12)
    with pytest.raises(pickle.UnpicklingError):
        isolated._Plain(isolated.io.BytesIO(pickle.dumps(Path("a")))).load()


def test_it_works_where_there_is_no_main_module():
    code = (
        "from pathlib import Path; from demoexam.exchange.isolated import read_safely;"
        f"print(len(read_safely(Path({str(roster('clean.xlsx'))!r})).sheets))"
    )
    for arguments, given in ((["-c", code], None), (["-"], code)):
        ran = subprocess.run(
            [sys.executable, *arguments], input=given, capture_output=True, text=True, check=False
        )
        assert ran.stdout.strip() == "2", ran.stderr


def test_the_child_imports_neither_the_window_nor_the_store():
    code = (
        "import sys, demoexam.exchange.isolated_child, demoexam.exchange.reading;"
        "import demoexam.exchange.word_documents, demoexam.exchange.workbooks;"
        "print([m for m in ('PySide6', 'sqlalchemy', 'pandas', 'psutil') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "[]", ran.stderr


def test_a_failure_is_told_without_the_words_of_the_file():
    try:
        int("Иванов")
    except ValueError as broken:
        told = isolated_child._where(broken)
    assert told.startswith("ValueError test_isolated.py:")
    assert "Иванов" not in told
