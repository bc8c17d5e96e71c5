"""Stores that were copied, are open elsewhere, or hold a row that the hub does not take."""

import shutil
from contextlib import closing

import pytest
from sqlalchemy import text
from sync.accepted import differences, eventful
from sync.faults import Office
from sync.furnished import ends_with, refused

from demoexam.models.catalog import entities
from demoexam.store.store import Store, StoreBusy
from demoexam.sync.first_sync import first_sync
from demoexam.sync.synchronizer import Exchanger, exchange


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
    both: Office, widely: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another program writes meanwhile would not be carried over."""
    monkeypatch.setattr("demoexam.sync.first_sync.SWAP_SECONDS", 0.2)
    both.edit("ivan", widely, note="в другой программе")
    both.close()
    before = both.file("ivan").stat().st_ino
    with both.hub() as hub, closing(Store(both.file("ivan"))) as other:
        with other.reading() as session:
            session.execute(text("SELECT count(*) FROM expert")).scalar_one()
        act = lambda: first_sync(both.file("ivan"), hub, client="ivan")  # noqa: E731
        refused(StoreBusy, act, "занята другой программой")
    assert both.file("ivan").stat().st_ino == before
    ends_with(both, widely, note="в другой программе")


def test_a_story_ends_the_same_with_small_batches(both: Office) -> None:
    eventful(both)
    both.save(both.folder / "start")
    expected = both.settle().check()
    both.restore(both.folder / "start")
    with both.hub() as hub:
        exchange(both.store("ivan"), hub, batch=1)
    assert differences(expected, both.settle().check()) == []
