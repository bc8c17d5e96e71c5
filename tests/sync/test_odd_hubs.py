"""Hubs and stores that come back from the past, differ in age, or do not agree on the time."""

import time
from datetime import datetime, timedelta, tzinfo
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sync.fault_hubs import ServerHub, whole
from sync.faults import Office
from sync.furnished import ends_with, ends_with_or_asks, refused

from demoexam.hub.columns import SCHEMA
from demoexam.hub.errors import HubRestored, HubTooOld, OtherHub, ProgramTooOld
from demoexam.models import base
from demoexam.sync.first_sync import first_sync, resend_after_restore

YEARS = timedelta(days=20 * 365)


# -- age ----------------------------------------------------------------------------------


def test_an_older_hub_waits_for_its_administrator(both: Office, widely: str) -> None:
    both.edit("ivan", widely, note="до обновления")
    older, again = (f"UPDATE sync_hub SET schema = {number}" for number in (SCHEMA - 1, SCHEMA))
    both.shared.administer(older, older)
    refused(HubTooOld, lambda: both.sync("ivan"), "более старой программой", "правки целы")
    with both.hub() as hub:
        path = both.folder / "new.db"
        refused(HubTooOld, lambda: first_sync(path, hub, client="new"), "hub upgrade")
    assert not list(both.folder.glob("new.db*"))
    both.shared.administer(again, again)
    ends_with(both, widely, note="до обновления")


def test_a_hub_that_needs_a_newer_program(both: Office, widely: str) -> None:
    both.edit("ivan", widely, note="старой программой")
    newer, again = (f"UPDATE sync_hub SET min_client = {n}" for n in (SCHEMA + 1, SCHEMA))
    both.shared.administer(newer, newer)
    refused(ProgramTooOld, lambda: both.sync("ivan"), "более новую программу", "Обновите")
    with both.hub() as hub:
        path = both.folder / "new.db"
        refused(ProgramTooOld, lambda: first_sync(path, hub, client="new"), "Обновите")
    both.shared.administer(again, again)
    ends_with(both, widely, note="старой программой")


def test_a_newer_hub_that_still_knows_this_program(both: Office, widely: str) -> None:
    """What it has more is left alone."""
    for query in (
        "ALTER TABLE expert ADD COLUMN nickname TEXT NOT NULL DEFAULT 'нет'",
        f"UPDATE sync_hub SET schema = {SCHEMA + 1}",
        f"UPDATE expert SET nickname = 'Громыч' WHERE id = '{widely}'",
    ):
        both.shared.administer(query, query)
    both.edit("ivan", widely, note="старой программой")
    both.edit("olga", widely, phone="+79000000001")
    ends_with(both, widely, note="старой программой", phone="+79000000001")
    with both.hub() as hub, hub.reading() as far:
        query = text("SELECT nickname FROM expert WHERE id = :id")
        assert far.scalar(query, {"id": widely}) == "Громыч"


def test_a_file_of_a_newer_program_is_not_copied(both: Office) -> None:
    if isinstance(both.shared, ServerHub):
        return  # a server's hub is copied column by column
    both.shared.administer("UPDATE alembic_version SET version_num = '9999'", "")
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
    for module in ("demoexam.hub.hub", "demoexam.store.store"):
        monkeypatch.setattr(f"{module}.datetime", Shifted)


def test_clocks_twenty_years_off_order_nothing(
    both: Office, widely: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, shift, value in (
        ("ivan", YEARS, "первое"), ("olga", -YEARS, "второе"), ("ivan", YEARS, "третье"),
        ("olga", -YEARS, "последнее"),
    ):  # fmt: skip
        with monkeypatch.context() as clock:
            _clock(clock, shift)
            both.sync(name)
            both.edit(name, widely, note=value)
            both.expert(name, f"Новый {value}")
            both.sync(name)
    ends_with(both, widely, note="последнее")
    assert both.conflicts() == []


def test_clocks_off_do_not_decide_a_contradiction(
    both: Office, widely: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first in the hub stays, whatever the clocks said; the other is kept beside it."""
    with monkeypatch.context() as clock:
        _clock(clock, -YEARS)
        both.edit("olga", widely, note="пришло первым")
        both.sync("olga")
    with monkeypatch.context() as clock:
        _clock(clock, YEARS)
        both.edit("ivan", widely, note="пришло вторым")
        both.sync("ivan")
    ends_with(both, widely, note="пришло первым")
    (told,) = both.conflicts()
    assert "пришло вторым" in told["ours"]


# -- back from the past -------------------------------------------------------------------


def _return_hub(office: Office, widely: str) -> None:
    """The hub of before everybody's last exchange is put back."""
    copy = office.folder / "copy"
    office.save(copy)
    office.edit("ivan", widely, note="после копии")
    office.expert("ivan", "Новый")
    office.sync("ivan")
    office.sync("olga")
    office.edit("olga", widely, phone="+79000000002")
    office.sync("olga")
    office.edit("ivan", widely, email="unsent@example.org")
    office.close()
    office.shared.restore(copy)


def test_a_hub_restored_from_a_copy_is_a_question(both: Office, widely: str) -> None:
    _return_hub(both, widely)
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
    ends_with_or_asks(both, widely, **values)


def test_a_restored_hub_that_went_on_is_noticed_too(both: Office, widely: str) -> None:
    """Its numbers are those that Ivan knows, its commits are not."""
    _return_hub(both, widely)
    with both.hub() as hub:
        resend_after_restore(both.store("olga"), hub)
    for value in ("раз", "два", "три", "четыре"):
        both.edit("olga", widely, note=value)
        both.sync("olga")
    refused(HubRestored, lambda: both.sync("ivan"), "из старой копии")
    with both.hub() as hub:
        resend_after_restore(both.store("ivan"), hub)
    values = {"note": "четыре", "phone": "+79000000002", "email": "unsent@example.org"}
    ends_with_or_asks(both, widely, **values)
    ends_with_or_asks(both, widely, note="после копии")


def test_taking_a_restored_hub_anew_keeps_what_was_not_sent(both: Office, widely: str) -> None:
    _return_hub(both, widely)
    both.close()
    with both.hub() as hub:
        copy = first_sync(both.file("ivan"), hub, client="ivan")
    assert copy is not None
    assert whole(copy)
    assert both.value("ivan", widely, "email") == "unsent@example.org"
    both.sync("ivan")
    with both.hub() as hub:
        resend_after_restore(both.store("olga"), hub)
    values = {"note": "после копии", "phone": "+79000000002", "email": "unsent@example.org"}
    ends_with_or_asks(both, widely, **values)


def test_another_hub_at_the_address_is_a_question(both: Office, widely: str) -> None:
    query = "UPDATE sync_hub SET hub_id = '00000000-0000-7000-8000-000000000000'"
    both.edit("ivan", widely, note="не туда")
    both.shared.administer(query, query)
    told = refused(OtherHub, lambda: both.sync("ivan"), "другое общее хранилище")
    assert told.question
    for name in both.names:
        with both.hub() as hub:
            resend_after_restore(both.store(name), hub)
    ends_with_or_asks(both, widely, note="не туда")
