"""A file that is no hub, or no longer: nothing of it reaches a store, and nothing is lost."""

import random
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from sync.fault_hubs import whole
from sync.faults import Office
from sync.furnished import arrives, refused

from demoexam.errors import UserError
from demoexam.hub.errors import HubDamaged, HubMissing, NotAHub
from demoexam.hub.sqlite_hub import SqliteHub
from demoexam.store.opening import create_store
from demoexam.store.store import Store, StoreDamaged
from demoexam.sync.first_sync import first_sync
from demoexam.sync.synchronizer import exchange

PAGE = 4096


def _trash(path: Path, pages: Iterable[int], seed: int = 1) -> None:
    dice = random.Random(seed)  # noqa: S311
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(dice.randbytes(PAGE))


def test_a_corrupt_hub_is_refused_with_its_copies_named(office: Office, known: str) -> None:
    with office.hub() as hub:
        hub.keep_copy()
    office.edit("ivan", known, note="после порчи")
    sound = office.shared.path.read_bytes()
    pages = len(sound) // PAGE
    _trash(office.shared.path, list(range(pages // 4, pages)))
    refused(HubDamaged, lambda: office.sync("ivan"), "повреждён", "hub-backups", "правки целы")
    with office.hub() as hub:
        hub.keep_copy()
    copies = list((office.folder / "hub-backups").iterdir())
    assert len(copies) == 1
    assert whole(copies[0])
    shutil.copyfile(copies[0], office.shared.path)
    arrives(office, known, "после порчи")


def test_any_corrupt_page_is_survived(office: Office, known: str) -> None:
    """Told, or of no effect: the store stays whole and nothing turns into a traceback."""
    survive_corrupt_pages(office, known, every=31)


def survive_corrupt_pages(office: Office, known: str, *, every: int) -> dict[str, int]:
    office.edit("olga", known, phone="+79000000009")
    office.sync("olga")
    office.edit("ivan", known, note="мимо страницы")
    saved, seen = office.folder / "before", dict[str, int]()
    office.save(saved)
    path = office.shared.path
    pages = path.stat().st_size // PAGE
    for page in range(0, pages, every):
        office.restore(saved)
        _trash(path, [page], seed=page)
        try:
            office.sync("ivan")
            kind = "unnoticed"
        except UserError as told:
            kind = type(told).__name__
        seen[kind] = seen.get(kind, 0) + 1
        assert whole(office.file("ivan")), page
        assert office.value("ivan", known) == "мимо страницы", page
    office.restore(saved)
    arrives(office, known, "мимо страницы")
    assert set(seen) <= {"HubDamaged", "NotAHub", "unnoticed"}, seen
    assert seen["HubDamaged"]
    return seen


def test_a_corrupt_store_is_told(office: Office, known: str) -> None:
    office.edit("ivan", known, note="до порчи")
    office.sync("ivan")
    office.edit("ivan", known, note="после обмена")
    office.close()
    path = office.file("ivan")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _trash(path, list(range(path.stat().st_size // PAGE // 5, path.stat().st_size // PAGE)))
    before = office.shared.path.read_bytes()
    refused(StoreDamaged, lambda: office.sync("ivan"), "повреждён", "резервной копии")
    assert office.hub_contents()["expert"]
    assert len(before) == office.shared.path.stat().st_size
    office.names = ("olga",)
    arrives(office, known, "до порчи")


@pytest.mark.parametrize("kind", ["empty", "text", "store", "database"])
def test_another_file_is_no_hub(office: Office, known: str, tmp_path: Path, kind: str) -> None:
    office.edit("ivan", known, note="в чужой файл")
    aside = office.shared.path.rename(tmp_path / "aside.db")
    path = office.shared.path
    if kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("Список экспертов\n" * 500, encoding="utf-8")
    elif kind == "store":
        create_store(path).close()
    else:
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("CREATE TABLE t (x)")
    before = path.read_bytes()
    refused(NotAHub, lambda: office.sync("ivan"), "не общее хранилище", "Выберите другой файл")
    with office.hub() as hub:
        refused(NotAHub, lambda: first_sync(tmp_path / "new.db", hub, client="new"), "hub.db")
    assert path.read_bytes() == before or kind == "store"  # a store is turned from WAL
    assert not list(tmp_path.glob("new.db*"))
    path.unlink()
    aside.rename(path)
    arrives(office, known, "в чужой файл")


def test_a_folder_is_no_hub(tmp_path: Path, store: Store) -> None:
    with closing(SqliteHub(tmp_path)) as hub:
        refused(HubMissing, lambda: exchange(store, hub), "не найдено")
