"""Two computers and a shared file on the command line, as an administrator schedules it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from shell import Shell

from demoexam.settings import LocalSettings

ROOT = Path(__file__).parents[2]
NAMES = ("last_name=Ёлкин", "first_name=Артём", "middle_name=Олегович")


@pytest.fixture(scope="module")
def exchanged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub and two connected stores with the same one expert, made once."""
    folder = tmp_path_factory.mktemp("exchanged")
    url = f"sqlite:///{folder / 'hub.db'}"
    here, there = Shell(folder / "here.db"), Shell(folder / "there.db")
    here("hub", "create", url)
    here("init", "--college", "Колледж связи")
    here("add", "expert", *NAMES, "phone=+79000000000")
    here("sync", url)
    there("sync", url)
    return folder


@pytest.fixture
def url(exchanged: Path, tmp_path: Path) -> str:
    shutil.copyfile(exchanged / "hub.db", tmp_path / "hub.db")
    return f"sqlite:///{tmp_path / 'hub.db'}"


@pytest.fixture
def here(exchanged: Path, tmp_path: Path, url: str) -> Shell:
    return Shell(copied(exchanged / "here.db", tmp_path, url))


@pytest.fixture
def there(exchanged: Path, tmp_path: Path, url: str) -> Shell:
    return Shell(copied(exchanged / "there.db", tmp_path, url))


def copied(store: Path, folder: Path, url: str) -> Path:
    """A store beside its own hub."""
    copy = shutil.copyfile(store, folder / store.name)
    with closing(sqlite3.connect(copy)) as raw, raw:
        raw.execute("UPDATE sync_meta SET v = ? WHERE k = 'hub_url'", (url,))
    return copy


def expert(shell: Shell) -> dict:
    (found,) = shell.json("get", "expert")
    return found


def test_a_store_that_does_not_exist_is_made_from_the_hub(here, tmp_path, url):
    new = Shell(tmp_path / "folder" / "new.db")
    told = new.json("sync", url)
    assert told == {"pulled": 0, "pushed": 0, "conflicts": 0, "held": 0, "parked": 0, "rev": 2}
    assert new.json("get", "expert") == here.json("get", "expert")
    for table in ("specialty", "organization", "setting", "calendar_day"):
        rows, ours = ({row["id"]: row for row in one.json("get", table)} for one in (new, here))
        assert rows == ours


def test_the_address_is_given_once(here, there):
    here("set", "expert", expert(here)["id"], "email=elkin@example.ru")
    assert here.json("sync")["pushed"] == 1
    assert there.json("sync")["pulled"] == 1
    assert expert(there)["email"] == "elkin@example.ru"
    assert there("sync").startswith("Получено: 0")


def test_a_field_written_twice_is_resolved_and_both_stores_agree(here, there):
    ident = expert(here)["id"]
    here("set", "expert", ident, "phone=+79000001133", "email=elkin@example.ru")
    there("set", "expert", ident, "phone=+79000001122", "note=второй корпус")
    here("sync")
    assert there.json("sync")["conflicts"] == 1
    (conflict,) = there.json("conflicts")
    assert conflict["kind"] == "field"
    assert (conflict["table"], conflict["row_id"], conflict["unit"]) == ("expert", ident, "phone")
    assert conflict["base"] == {"phone": "+79000000000"}
    assert conflict["mine"] == {"phone": "+79000001122"}
    assert conflict["hub"] == {"phone": "+79000001133"}
    assert conflict["client"] == LocalSettings.load().client_of(there.path)
    assert "Ёлкин Артём Олегович: Телефон" in there("conflicts")
    there("resolve", conflict["id"], "--keep", "mine")
    assert there.json("sync")["conflicts"] == 0
    here("sync")
    assert expert(here) == expert(there)
    assert expert(here)["phone"] == "+79000001122"
    assert expert(here)["email"] == "elkin@example.ru"
    assert expert(here)["note"] == "второй корпус"
    assert "Решать нечего" in here("conflicts")


@pytest.mark.parametrize(
    ("keep", "phone"), [("hub", "+79000001133"), ("8 900 000-11-44", "+79000001144")]
)
def test_the_hub_s_value_or_a_third_one_may_be_kept(here, there, keep, phone):
    ident = expert(here)["id"]
    here("set", "expert", ident, "phone=+79000001133")
    there("set", "expert", ident, "phone=+79000001122")
    here("sync")
    there("sync")
    (conflict,) = there.json("conflicts")
    there("resolve", conflict["id"], "--keep", keep)
    assert expert(there)["phone"] == phone
    assert "уже решено" in there("resolve", conflict["id"], "--keep", "mine", code=1)


def test_a_value_that_does_not_fit_settles_nothing(here, there):
    ident = expert(here)["id"]
    here("set", "expert", ident, "phone=+79000001133")
    there("set", "expert", ident, "phone=+79000001122")
    here("sync")
    there("sync")
    (conflict,) = there.json("conflicts")
    assert "с ошибкой" in there("resolve", conflict["id"], "--keep", "12", code=1)
    assert there.json("conflicts") == [conflict]


def test_a_choice_is_taken_back_by_undo(here, there):
    ident = expert(here)["id"]
    here("set", "expert", ident, "phone=+79000001133")
    there("set", "expert", ident, "phone=+79000001122")
    here("sync")
    there("sync")
    (conflict,) = there.json("conflicts")
    there("resolve", conflict["id"], "--keep", "mine")
    assert "выбор при расхождении: Ёлкин" in there("undo")
    assert expert(there)["phone"] == "+79000001133"
    assert there.json("conflicts") == [conflict]


def test_without_a_hub_the_reason_is_told(tmp_path):
    shell = Shell(tmp_path / "s.db")
    shell("init")
    told = shell("sync", code=1)
    assert "Общее хранилище не подключено" in told
    assert "sync АДРЕС" in told


def test_a_hub_that_went_away_is_told_and_nothing_is_lost(here, tmp_path):
    here("set", "expert", expert(here)["id"], "note=до обмена")
    (tmp_path / "hub.db").rename(tmp_path / "moved.db")
    told = here("sync", code=1)
    assert "не найдено" in told
    assert "Ваши правки целы" in told
    (tmp_path / "moved.db").rename(tmp_path / "hub.db")
    assert here.json("sync")["pushed"] == 1


def test_a_wrong_address_makes_no_store(tmp_path):
    shell = Shell(tmp_path / "s.db")
    assert "не найдено" in shell("sync", tmp_path / "no.db", code=1)
    assert "не понят" in shell("sync", "ftp://hub", code=1)
    assert not shell.path.exists()


def test_a_file_that_is_no_hub_is_refused(here, tmp_path):
    shell = Shell(tmp_path / "plain.db")
    shell("init")
    assert "не общее хранилище" in here("sync", shell.path, code=1)


READ_ONLY = """
import os, sys
from pathlib import Path
from demoexam.cli import main
store, hub = map(Path, sys.argv[1:])
main(["--store", str(store), "sync", str(hub)], standalone_mode=False)  # all is loaded by now
main(["--store", str(store), "add", "industry", "name=Без права"], standalone_mode=False)
for path, mode in ((hub, 0o444), (hub.parent, 0o555)):
    path.chmod(mode)
if os.getuid() == 0:
    for path in (store.parent, *store.parent.rglob("*")):
        os.chown(path, 65534, 65534)
    os.setgid(65534)
    os.setuid(65534)
main(["--store", str(store), "sync"])
"""


def test_a_hub_without_the_right_to_write_is_told(here, tmp_path):
    with TemporaryDirectory() as open_to_all:
        root = Path(open_to_all)
        root.chmod(0o755)
        own, share = root / "own", root / "share"
        own.mkdir()
        share.mkdir()
        store, hub = here.path.rename(own / "here.db"), share / "hub.db"
        (tmp_path / "hub.db").rename(hub)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, store, hub], check=False, capture_output=True,
            text=True, timeout=60, env=os.environ | {"DEMOEXAM_HOME": str(own)}, cwd=ROOT,
        )  # fmt: skip
        share.chmod(0o755)
    assert "нельзя записывать" in done.stderr
    assert "Ваши правки целы" in done.stderr
    assert done.returncode == 1


def test_deleting_against_editing_asks_and_does_what_was_chosen(here, there):
    ident = expert(here)["id"]
    here("set", "expert", ident, "note=важное")
    here("sync")
    there("delete", "expert", ident)
    assert there.json("sync")["conflicts"] == 1
    assert expert(there)["note"] == "важное"
    (conflict,) = there.json("conflicts")
    assert (conflict["kind"], conflict["unit"]) == ("deletion", "deletion")
    there("resolve", conflict["id"], "--keep", "mine")
    there("sync")
    here("sync")
    assert here.json("get", "expert") == []


def test_a_restored_hub_stops_the_exchange_until_somebody_answers(here, there, tmp_path):
    copy = (tmp_path / "hub.db").read_bytes()
    here("set", "expert", expert(here)["id"], "note=после копии")
    here("sync")
    (tmp_path / "hub.db").write_bytes(copy)
    assert "из старой копии" in here("sync", code=1)
    here("sync", "--after-restore", "resend")
    there("sync")
    assert expert(there)["note"] == "после копии"


def test_taking_all_from_a_restored_hub_keeps_a_copy_of_what_was(here, tmp_path):
    copy = (tmp_path / "hub.db").read_bytes()
    here("set", "expert", expert(here)["id"], "note=после копии")
    here("sync")
    (tmp_path / "hub.db").write_bytes(copy)
    here("sync", "--after-restore", "take")
    assert expert(here)["note"] == ""
    (kept,) = (tmp_path / "backups").glob("here-before-exchange-*.db")
    assert expert(Shell(kept))["note"] == "после копии"


def test_the_hub_is_checked_and_made_only_once(here, url):
    found = here.json("hub", "check", url)
    assert found
    assert all(line["ok"] for line in found)
    assert "уже есть" in here("hub", "create", url, code=1)
    here("hub", "upgrade", url)
    assert "Убрано записей: 0" in here("hub", "purge", url)
    assert "права даёт сетевая папка" in here(
        "hub", "grant", url, "ivanova", "--organization", "Колледж связи", code=1
    )


def test_erased_people_are_erased_everywhere(here, there):
    ident = expert(here)["id"]
    told = here("erase", "expert", ident, "--reason", "заявление № 1")
    assert "Персональные данные удалены" in told
    here("sync")
    there("sync")
    assert expert(there)["phone"] == ""
    assert "Ёлкин" not in str(there.json("get", "expert"))


def test_a_wrong_answer_is_a_sentence(here):
    assert "не найдена" in here("resolve", "нет-такого", "--keep", "mine", code=1)
    here("resolve", "нет-такого", code=2)
