"""What befalls the folder of the shared file: one clear sentence, and no edit is lost."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import event
from sync.fault_hubs import whole
from sync.faults import Office
from sync.furnished import Ask, arrives, files, locked, refused

from demoexam.errors import DiskFull
from demoexam.hub import hub_file
from demoexam.hub.errors import CloudFolder, HubBusy, HubExists, HubFull, HubMissing
from demoexam.hub.hub import connect_hub
from demoexam.hub.sqlite_hub import SqliteHub
from demoexam.store.store import StoreBusy
from demoexam.sync.administration import check_hub
from demoexam.sync.synchronizer import Exchanger, exchange

WRITE = (
    "import sqlite3, sys\n"
    "c = sqlite3.connect(sys.argv[1], uri=True, timeout=0)\n"
    "c.execute('BEGIN IMMEDIATE')"
)


# -- the folder ---------------------------------------------------------------------------


def test_a_share_renamed_away_is_missed_and_never_made_anew(office: Office, known: str) -> None:
    share, aside = office.folder / "share", office.folder / "aside"
    share.mkdir()
    office.shared.path.rename(share / "hub.db")
    office.shared.path = share / "hub.db"
    office.edit("ivan", known, note="без папки")
    office.close()
    share.rename(aside)
    refused(HubMissing, lambda: office.sync("ivan"), "не найдено", "сетевая папка", "правки целы")
    assert not share.exists()
    share.mkdir()  # an empty folder in its place: a share that is not connected
    refused(HubMissing, lambda: office.sync("ivan"), "не найдено")
    assert list(share.iterdir()) == []
    share.rmdir()
    aside.rename(share)
    arrives(office, known, "без папки")


def test_a_share_that_goes_in_the_middle_of_an_exchange(office: Office, known: str) -> None:
    office.edit("olga", known, phone="+79000000009")
    office.sync("olga")
    office.edit("ivan", known, note="посередине")
    path, away = office.shared.path, office.folder / "away.db"

    def go(step: str) -> None:
        if step == "pulled" and path.exists():
            path.rename(away)

    with office.hub() as hub:
        refused(HubMissing, Exchanger(office.store("ivan"), hub, on=go).run, "не найдено")
    assert not path.exists()
    assert office.value("ivan", known, "phone") == "+79000000009"
    away.rename(path)
    arrives(office, known, "посередине")


@pytest.mark.parametrize("closed", ["folder", "file", "both"])
def test_what_may_only_be_read_is_told_and_read(
    office: Office, known: str, hindered: Ask, closed: str
) -> None:
    office.edit("olga", known, phone="+79000000009")
    office.sync("olga")
    office.edit("ivan", known, note="в запертую папку")
    office.close()
    share = office.folder / "share"
    share.mkdir()
    path = office.shared.path = office.shared.path.rename(share / "hub.db")
    path.chmod(0o444 if closed in {"file", "both"} else 0o666)
    share.chmod(0o555 if closed in {"folder", "both"} else 0o777)
    _for_everybody(office)
    words = hindered(["nobody", *files(office)])[0]
    share.chmod(0o777)
    path.chmod(0o666)
    assert words.startswith("HubReadOnly: В общее хранилище «"), words
    assert "нельзя записывать" in words
    assert "право записи" in words
    assert office.value("ivan", known, "phone") == "+79000000009"
    arrives(office, known, "в запертую папку")


def _for_everybody(office: Office) -> None:
    """Pytest's folders are closed to other users."""
    for path in [office.folder, *office.folder.glob("ivan.db*")]:
        path.chmod(0o777)
    for parent in office.folder.parents:
        if os.access(parent, os.W_OK) and os.geteuid() == parent.stat().st_uid:
            parent.chmod(parent.stat().st_mode | 0o011)


@pytest.mark.parametrize("name", ["OneDrive", "OneDrive — Колледж", "YandexDisk", "Dropbox"])
def test_a_folder_of_a_cloud_is_refused(tmp_path: Path, name: str) -> None:
    place = tmp_path / name / "обмен"
    place.mkdir(parents=True)
    for act in (hub_file.create, SqliteHub, lambda path: connect_hub(f"sqlite:///{path}")):
        refused(CloudFolder, lambda act=act: act(place / "hub.db"), name, "облачная")
    assert not (place / "hub.db").exists()


# -- locks --------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_lock_that_somebody_keeps(office: Office, known: str, how: str) -> None:
    office.edit("ivan", known, note="пока занято")
    office.shared.patience = 0.2
    with locked(office.shared.path, how):
        refused(HubBusy, lambda: office.sync("ivan"), "занято", "другой компьютер", "правки целы")
    arrives(office, known, "пока занято")


def test_a_lock_that_is_given_back_in_time(office: Office, known: str) -> None:
    office.edit("ivan", known, note="подождал")
    with locked(office.shared.path, "EXCLUSIVE", "0.6"):
        office.sync("ivan")
    arrives(office, known, "подождал")


def test_a_store_that_another_program_keeps_locked(office: Office, known: str) -> None:
    office.edit("ivan", known, note="база занята")
    office.edit("olga", known, phone="+79000000009")
    office.sync("olga")
    engine = office.store("ivan").engine
    engine.dispose()
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 100"))
    with locked(office.file("ivan"), "IMMEDIATE"):
        refused(StoreBusy, lambda: office.sync("ivan"), "занята другой программой")
    arrives(office, known, "база занята")
    assert office.value("ivan", known, "phone") == "+79000000009"


def test_a_folder_without_locks_is_found_out(office: Office) -> None:
    path = office.shared.path

    def writes(target: str) -> Callable[[Path], bool]:
        def holds(_path: Path) -> bool:
            with suppress(subprocess.CalledProcessError):
                command = [sys.executable, "-c", WRITE, target]
                subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
                return True
            return False

        return holds

    assert hub_file.locks_work(path, writes(f"file:{path}"))
    assert not hub_file.locks_work(path, writes(f"file:{path}?nolock=1"))
    assert all(sound for _, sound, _ in check_hub(f"sqlite:///{path}"))


def test_a_hub_turned_to_wal_by_another_program_is_turned_back(office: Office, known: str) -> None:
    path = office.shared.path
    office.edit("ivan", known, note="wal")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT count(*) FROM expert").fetchone()
        office.shared.patience = 0.2
        refused(HubBusy, lambda: office.sync("ivan"), "занято")
    arrives(office, known, "wal")
    assert not list(office.folder.glob("hub.db-[ws]*"))


# -- room ---------------------------------------------------------------------------------


def test_a_full_disk_of_the_hub(office: Office, known: str) -> None:
    office.edit("ivan", known, note="x" * 300_000)
    with office.hub() as hub:
        room = _no_room(office.shared.path)
        event.listen(hub._engine, "connect", lambda raw, _: raw.execute(room))
        refused(HubFull, lambda: exchange(office.store("ivan"), hub), "нет места", "правки целы")
    assert whole(office.shared.path)
    arrives(office, known, "x" * 300_000)


def test_a_full_disk_of_the_desktop(office: Office, known: str) -> None:
    office.edit("olga", known, note="y" * 300_000)
    office.sync("olga")
    office.edit("ivan", known, phone="+79000000001")
    store, room = office.store("ivan"), [_no_room(office.file("ivan"))]
    event.listen(store.engine, "connect", lambda raw, _: [raw.execute(each) for each in room])
    store.engine.dispose()
    refused(DiskFull, lambda: office.sync("ivan"), "место")
    room.clear()
    store.engine.dispose()
    arrives(office, known, "y" * 300_000)
    assert office.value("olga", known, "phone") == "+79000000001"


def _no_room(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        return f"PRAGMA max_page_count = {raw.execute('PRAGMA page_count').fetchone()[0] + 3}"


@pytest.mark.parametrize("whose", ["hub", "ivan"])
def test_a_file_that_may_not_grow(office: Office, known: str, hindered: Ask, whose: str) -> None:
    """The system itself refuses to write: what a quota of a share or of a profile does."""
    office.edit("olga", known, note="z" * 300_000)
    office.sync("olga")
    for number in range(20):
        office.expert("ivan", f"Новый {number}", note="и" * 20_000)
    office.close()
    with closing(sqlite3.connect(office.file("ivan"))) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else its log alone may be over the limit
    size = 200_000  # less than the store's WAL
    if whose == "hub":  # larger than the store will ever be, and almost full
        with closing(sqlite3.connect(office.shared.path)) as raw, raw:
            raw.execute("CREATE TABLE ballast AS SELECT zeroblob(8000000) AS weight")
        size = office.shared.path.stat().st_size + 100_000
    words = hindered(["bounded", *files(office), size])[0]
    assert words.startswith("HubNotWritten" if whose == "hub" else "StoreNotWritten"), words
    assert "не записывается: кончилось место" in words
    assert whole(office.shared.path)
    arrives(office, known, "z" * 300_000)


def test_two_administrators_make_a_hub_at_once(tmp_path: Path, hindered: Ask) -> None:
    path = tmp_path / "hub.db"
    said = sorted(hindered(["create", str(path)], ["create", str(path)]))
    assert said[1] == "done"
    assert said[0].startswith("HubExists: Общее хранилище «hub.db» уже есть.")
    assert whole(path)
    assert [each.name for each in tmp_path.iterdir()] == ["hub.db"]
    refused(HubExists, lambda: hub_file.create(path), "уже есть")


def test_a_full_disk_at_the_first_exchange(
    office: Office, known: str, hindered: Ask, tmp_path: Path
) -> None:
    """What was begun is taken away: the old store is as it was, where there was one."""
    office.edit("ivan", known, note="не поместилось")
    office.close()
    before = {each.name: each.read_bytes() for each in tmp_path.glob("ivan.db*")}
    for name in ("ivan.db", "new.db"):
        order = ["bounded_first", str(tmp_path / name), str(office.shared.path), 500_000]
        words = hindered(order)[0]
        assert words.startswith("StoreNotWritten: База «"), words
    assert {each.name: each.read_bytes() for each in tmp_path.glob("ivan.db*")} == before
    assert not list(tmp_path.glob("*.new*"))
    assert not list(tmp_path.glob("new.db*"))
    arrives(office, known, "не поместилось")
