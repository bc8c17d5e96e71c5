"""Hubs and stores that come back from the past, differ in age, or do not agree on the time."""

import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text
from sync.accepted import differences, eventful
from sync.fault_hubs import FileHub, ServerHub, whole
from sync.faults import Office
from sync.furnished import refused

from demoexam.models import base
from demoexam.models.catalog import entities
from demoexam.store.store import Store, StoreBusy
from demoexam.sync.errors import HubRestored, HubTooOld, OtherHub, ProgramTooOld
from demoexam.sync.first_sync import first_sync, resend_after_restore
from demoexam.sync.synchronizer import Exchanger, exchange

YEARS = timedelta(days=20 * 365)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def first_state(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, blank_store: Path
) -> tuple[Office, Path]:
    """An office in step on either kind of hub, made once."""
    place = tmp_path_factory.mktemp("odd")
    shared: Any = FileHub(place)
    if request.param == "postgres":
        shared = ServerHub(request.getfixturevalue("postgres_server"))
    office = Office(place, shared).furnish(blank_store)
    office.save(place / "saved")
    return office, place / "saved"


@pytest.fixture
def both(first_state: tuple[Office, Path]) -> Iterator[Office]:
    office, saved = first_state
    office.names = ("ivan", "olga")
    office.restore(saved)
    with closing(office):
        yield office


@pytest.fixture
def expert(both: Office) -> str:
    ident = both.expert("ivan", note="начало")
    both.settle()
    return ident


def ends_with(office: Office, ident: str, **values: str) -> None:
    office.settle()
    office.check()
    for name in office.names:
        assert {each: office.value(name, ident, each) for each in values} == values


def ends_with_or_asks(office: Office, ident: str, **values: str) -> None:
    """Each value is everybody's, or stands in a contradiction that everybody sees."""
    office.settle()
    office.check()
    disputed = office.disputed()
    for column, value in values.items():
        final = {office.value(name, ident, column) for name in office.names}
        assert final == {value} or value in disputed[ident, column], (column, final, disputed)


# -- age ----------------------------------------------------------------------------------


def test_an_older_hub_waits_for_its_administrator(both: Office, expert: str) -> None:
    both.edit("ivan", expert, note="до обновления")
    both.shared.administer("UPDATE sync_hub SET schema = 1", "UPDATE sync_hub SET schema = 1")
    refused(HubTooOld, lambda: both.sync("ivan"), "более старой программой", "правки целы")
    with both.hub() as hub:
        path = both.folder / "new.db"
        refused(HubTooOld, lambda: first_sync(path, hub, client="new"), "hub upgrade")
    assert not list(both.folder.glob("new.db*"))
    both.shared.administer("UPDATE sync_hub SET schema = 2", "UPDATE sync_hub SET schema = 2")
    ends_with(both, expert, note="до обновления")


def test_a_hub_that_needs_a_newer_program(both: Office, expert: str) -> None:
    both.edit("ivan", expert, note="старой программой")
    newer, again = (f"UPDATE sync_hub SET min_client = {number}" for number in (3, 2))
    both.shared.administer(newer, newer)
    refused(ProgramTooOld, lambda: both.sync("ivan"), "более новую программу", "Обновите")
    with both.hub() as hub:
        path = both.folder / "new.db"
        refused(ProgramTooOld, lambda: first_sync(path, hub, client="new"), "Обновите")
    both.shared.administer(again, again)
    ends_with(both, expert, note="старой программой")


def test_a_newer_hub_that_still_knows_this_program(both: Office, expert: str) -> None:
    """What it has more is left alone."""
    for query in (
        "ALTER TABLE expert ADD COLUMN nickname TEXT NOT NULL DEFAULT 'нет'",
        "UPDATE sync_hub SET schema = 3",
        f"UPDATE expert SET nickname = 'Громыч' WHERE id = '{expert}'",
    ):
        both.shared.administer(query, query)
    both.edit("ivan", expert, note="старой программой")
    both.edit("olga", expert, phone="+79000000001")
    ends_with(both, expert, note="старой программой", phone="+79000000001")
    with both.hub() as hub, hub.reading() as far:
        query = text("SELECT nickname FROM expert WHERE id = :id")
        assert far.scalar(query, {"id": expert}) == "Громыч"


def test_a_file_of_a_newer_program_is_not_copied(both: Office) -> None:
    if isinstance(both.shared, ServerHub):
        return  # a server's hub is copied column by column
    both.shared.administer("UPDATE alembic_version SET version_num = '0003'", "")
    with both.hub() as hub:
        path = both.folder / "new.db"
        refused(ProgramTooOld, lambda: first_sync(path, hub, client="new"), "Обновите программу")
    assert not list(both.folder.glob("new.db*"))


# -- time ---------------------------------------------------------------------------------


def _clock(monkeypatch: pytest.MonkeyPatch, shift: timedelta) -> None:
    """This desktop's clock is years off."""

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + shift

    nanoseconds = int(shift.total_seconds()) * 10**9
    shifted = SimpleNamespace(time_ns=lambda: time.time_ns() + nanoseconds)
    monkeypatch.setattr(base, "time", shifted)
    monkeypatch.setattr(base._clock, "last", 0)
    for module in ("demoexam.sync.hub", "demoexam.store.store"):
        monkeypatch.setattr(f"{module}.datetime", Shifted)


def test_clocks_twenty_years_off_order_nothing(
    both: Office, expert: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, shift, value in (
        ("ivan", YEARS, "первое"), ("olga", -YEARS, "второе"), ("ivan", YEARS, "третье"),
        ("olga", -YEARS, "последнее"),
    ):  # fmt: skip
        with monkeypatch.context() as clock:
            _clock(clock, shift)
            both.sync(name)
            both.edit(name, expert, note=value)
            both.expert(name, f"Новый {value}")
            both.sync(name)
    ends_with(both, expert, note="последнее")
    assert both.conflicts() == []


def test_clocks_off_do_not_decide_a_contradiction(
    both: Office, expert: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first in the hub stays, whatever the clocks said; the other is kept beside it."""
    with monkeypatch.context() as clock:
        _clock(clock, -YEARS)
        both.edit("olga", expert, note="пришло первым")
        both.sync("olga")
    with monkeypatch.context() as clock:
        _clock(clock, YEARS)
        both.edit("ivan", expert, note="пришло вторым")
        both.sync("ivan")
    ends_with(both, expert, note="пришло первым")
    (told,) = both.conflicts()
    assert "пришло вторым" in told["ours"]


# -- back from the past -------------------------------------------------------------------


def _return_hub(office: Office, expert: str) -> None:
    """The hub of before everybody's last exchange is put back."""
    copy = office.folder / "copy"
    office.save(copy)
    office.edit("ivan", expert, note="после копии")
    office.expert("ivan", "Новый")
    office.sync("ivan")
    office.sync("olga")
    office.edit("olga", expert, phone="+79000000002")
    office.sync("olga")
    office.edit("ivan", expert, email="unsent@example.org")
    office.close()
    office.shared.restore(copy)


def test_a_hub_restored_from_a_copy_is_a_question(both: Office, expert: str) -> None:
    _return_hub(both, expert)
    for name in both.names:
        told = refused(
            HubRestored, lambda name=name: both.sync(name), "из старой копии", "Выберите"
        )
        assert told.question
    for name in both.names:
        with both.hub() as hub:
            resend_after_restore(both.store(name), hub)
            both.sync(name)
    values = {"note": "после копии", "phone": "+79000000002", "email": "unsent@example.org"}
    ends_with_or_asks(both, expert, **values)


def test_a_restored_hub_that_went_on_is_noticed_too(both: Office, expert: str) -> None:
    """Its numbers are those that Ivan knows, its commits are not."""
    _return_hub(both, expert)
    with both.hub() as hub:
        resend_after_restore(both.store("olga"), hub)
    for value in ("раз", "два", "три", "четыре"):
        both.edit("olga", expert, note=value)
        both.sync("olga")
    refused(HubRestored, lambda: both.sync("ivan"), "из старой копии")
    with both.hub() as hub:
        resend_after_restore(both.store("ivan"), hub)
    values = {"note": "четыре", "phone": "+79000000002", "email": "unsent@example.org"}
    ends_with_or_asks(both, expert, **values)
    ends_with_or_asks(both, expert, note="после копии")


def test_taking_a_restored_hub_anew_keeps_what_was_not_sent(both: Office, expert: str) -> None:
    _return_hub(both, expert)
    both.close()
    with both.hub() as hub:
        copy = first_sync(both.file("ivan"), hub, client="ivan")
    assert copy is not None
    assert whole(copy)
    assert both.value("ivan", expert, "email") == "unsent@example.org"
    both.sync("ivan")
    with both.hub() as hub:
        resend_after_restore(both.store("olga"), hub)
    values = {"note": "после копии", "phone": "+79000000002", "email": "unsent@example.org"}
    ends_with_or_asks(both, expert, **values)


def test_another_hub_at_the_address_is_a_question(both: Office, expert: str) -> None:
    query = "UPDATE sync_hub SET hub_id = '00000000-0000-7000-8000-000000000000'"
    both.edit("ivan", expert, note="не туда")
    both.shared.administer(query, query)
    told = refused(OtherHub, lambda: both.sync("ivan"), "другое общее хранилище")
    assert told.question
    for name in both.names:
        with both.hub() as hub:
            resend_after_restore(both.store(name), hub)
    ends_with_or_asks(both, expert, note="не туда")


# -- copies and refusals ------------------------------------------------------------------


def test_both_copies_of_a_store_go_on(both: Office) -> None:
    """Copied with work unsent and a batch of which nobody knows whether it arrived."""
    eventful(both)
    with both.hub() as hub, pytest.raises(ZeroDivisionError):
        Exchanger(both.store("ivan"), hub, on=lambda step: step == "after commit" and 1 / 0).run()
    both.close()
    for suffix in ("", "-wal"):
        if (source := both.folder / f"ivan.db{suffix}").exists():
            shutil.copyfile(source, both.folder / f"petr.db{suffix}")
    first = both.expert("ivan", "Первый")
    second = both.expert("petr", "Второй")
    both.names = ("ivan", "petr", "olga")
    contents = both.settle().check()
    assert len(contents["conflict"]) == 3
    names = {row[5] for row in contents["expert"]}
    assert {first, second} <= {row[0] for row in contents["expert"]}
    assert len(names) >= 2


def test_one_refused_row_holds_up_none_of_a_thousand(both: Office) -> None:
    both.shared.administer(
        "CREATE TRIGGER strict BEFORE INSERT ON expert WHEN NEW.note = 'плохо'"
        " BEGIN SELECT RAISE(ABORT, 'no'); END",
        "ALTER TABLE expert ADD CONSTRAINT strict CHECK (note <> 'плохо') NOT VALID",
    )
    make = entities()["expert"]
    with both.store("ivan").transaction("тысяча") as session:
        rows = [make(last_name=f"Ряд {n}", first_name="", middle_name="") for n in range(1001)]
        rows[617].note = "плохо"
        ident = rows[617].id
        session.add_all(rows)
    done = both.sync("ivan")
    assert (done.pushed, done.parked) == (1000, 1)
    both.sync("olga")
    assert both.value("olga", ident) is None
    with both.store("ivan").reading() as session:
        query = "SELECT row_id, rejected FROM dirty WHERE rejected IS NOT NULL"
        ((parked, reason),) = session.execute(text(query)).all()
    assert parked == ident
    assert any("а" <= letter <= "я" for letter in reason), reason
    assert both.sync("ivan").parked == 1  # it does not come up again by itself
    both.edit("ivan", ident, note="хорошо")
    assert both.sync("ivan").parked == 0
    ends_with(both, ident, note="хорошо")


def test_a_store_open_elsewhere_is_not_replaced(
    both: Office, expert: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another program writes meanwhile would not be carried over."""
    monkeypatch.setattr("demoexam.sync.first_sync.SWAP_SECONDS", 0.2)
    both.edit("ivan", expert, note="в другой программе")
    both.close()
    before = both.file("ivan").stat().st_ino
    with both.hub() as hub, closing(Store(both.file("ivan"))) as other:
        with other.reading() as session:
            session.execute(text("SELECT count(*) FROM expert")).scalar_one()
        act = lambda: first_sync(both.file("ivan"), hub, client="ivan")  # noqa: E731
        refused(StoreBusy, act, "занята другой программой")
    assert both.file("ivan").stat().st_ino == before
    ends_with(both, expert, note="в другой программе")


def test_a_story_ends_the_same_with_small_batches(both: Office) -> None:
    eventful(both)
    both.save(both.folder / "start")
    expected = both.settle().check()
    both.restore(both.folder / "start")
    with both.hub() as hub:
        exchange(both.store("ivan"), hub, batch=1)
    assert differences(expected, both.settle().check()) == []
