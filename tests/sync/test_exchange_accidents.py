"""Hubs put back, swapped, older, refusing; copies taken anew; people who want to be forgotten."""

import pytest
from sqlalchemy import text
from sync.shares import SqliteShare

from demoexam.hub.errors import (
    HubRestored,
    HubTooOld,
    OtherHub,
    ProgramTooOld,
    SnapshotNeeded,
    SyncRefused,
)
from demoexam.sync.first_sync import first_sync, resend_after_restore
from demoexam.sync.memory import pending
from demoexam.sync.synchronizer import SCHEMA, Exchanger


@pytest.fixture
def expert(two):
    return two.ids("expert")[0]


def administrator(two, statement):
    """Whoever looks after the hub does something to it by hand."""
    share = two.world.share
    if isinstance(share, SqliteShare):
        with share.hub.writing() as far:
            far.exec_driver_sql(statement)
    else:
        with share._server.connect(share.name) as connection:
            connection.execute(statement)


def exchange(two, desk):
    return Exchanger(desk.store, two.world.hub).run()


# -- a hub that is not what it was ----------------------------------------------------------


def test_a_restored_hub_is_noticed_and_what_it_lost_is_sent_again(two, expert):
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.sync(two.anna, two.boris)
    two.world.keep_hub()
    two.write(two.anna, "expert", expert, phone="+7 2")
    made = two.add(two.boris, "expert", last_name="Поздний", first_name="Пётр")
    two.sync(two.anna, two.boris, two.anna)
    two.world.put_hub_back()
    two.write(two.boris, "expert", expert, note="после")
    for desk in (two.anna, two.boris):
        with pytest.raises(HubRestored) as refused:
            exchange(two, desk)
        assert refused.value.question
    assert two.row(two.anna, "expert", expert)["phone"] == "+7 2"
    two.at_rest()
    row = two.row(two.boris, "expert", expert)
    assert (row["phone"], row["note"]) == ("+7 2", "после")
    assert two.row(two.anna, "expert", made)["last_name"] == "Поздний"
    assert two.conflicts(two.anna, expert) == []


def test_after_a_restored_hub_an_edit_made_there_since_is_not_overwritten(two, expert):
    """The third desk never saw what was lost, and works on with the restored hub."""
    third = two.world.desks[2]
    two.world.keep_hub()
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.sync(two.anna)
    two.world.put_hub_back()
    two.write(third, "expert", expert, phone="+7 3")
    two.sync(third)
    two.at_rest()
    assert two.row(two.anna, "expert", expert)["phone"] == "+7 3"
    assert two.told(two.boris, expert, unit="phone")["ours"] == {"phone": "+7 1"}


def test_what_a_restored_hub_lost_may_be_given_up(two, expert):
    two.world.keep_hub()
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.sync(two.anna)
    two.world.put_hub_back()
    path = two.anna.store.path
    two.anna.store.close()
    kept = first_sync(path, two.world.hub, client=two.anna.name)
    two.world.reopen(two.anna)
    exchange(two, two.anna)
    assert two.row(two.anna, "expert", expert) == two.row(two.boris, "expert", expert)
    assert kept is not None
    assert b"+7 1" in kept.read_bytes()  # the file as it was is beside it


def test_a_rule_that_was_broken_in_what_the_hub_lost_is_asked_again(two, expert):
    sittings = two.ids("exam_session")
    where = two.row(two.anna, "exam_session", sittings[0])
    unit = {name: where[name] for name in ("workshop_id", "starts_at", "ends_at", "second_day")}
    two.world.keep_hub()
    two.write(two.boris, "exam_session", sittings[1], **unit)
    two.sync(two.boris, two.anna)
    assert two.row(two.anna, "exam_session", sittings[1])["held"] == 1
    two.world.put_hub_back()
    two.at_rest()
    assert two.row(two.anna, "exam_session", sittings[1])["held"] == 1


def test_another_hub_in_its_place_is_noticed_and_may_be_filled(two, expert):
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.at_rest()
    two.write(two.boris, "expert", expert, note="не отправлено")
    administrator(two, "UPDATE sync_hub SET hub_id = 'another'")
    for desk in two.world.desks:
        with pytest.raises(OtherHub):
            exchange(two, desk)
        assert two.row(desk, "expert", expert)
        resend_after_restore(desk.store, two.world.hub)
    two.at_rest()  # what both started from is not known there: the first one's note stays
    assert two.told(two.anna, expert, unit="note")["ours"] == {"note": "не отправлено"}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (f"UPDATE sync_hub SET schema = {SCHEMA - 1}, min_client = {SCHEMA - 1}", HubTooOld),
        (f"UPDATE sync_hub SET schema = {SCHEMA + 1}, min_client = {SCHEMA + 1}", ProgramTooOld),
    ],
)
def test_a_hub_of_another_version_is_refused_and_the_work_is_kept(two, expert, change, refusal):
    two.write(two.anna, "expert", expert, phone="+7 1")
    administrator(two, change)
    with pytest.raises(refusal):
        exchange(two, two.anna)
    assert pending(two.anna.store)
    administrator(two, f"UPDATE sync_hub SET schema = {SCHEMA}, min_client = {SCHEMA}")
    two.at_rest()
    assert two.row(two.boris, "expert", expert)["phone"] == "+7 1"


def test_a_newer_hub_that_still_speaks_to_this_program_is_used(two, expert):
    administrator(two, f"UPDATE sync_hub SET schema = {SCHEMA + 1}")
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.at_rest()
    assert two.row(two.boris, "expert", expert)["phone"] == "+7 1"


def test_who_was_away_longer_than_deleted_rows_are_kept_takes_everything_anew(two, expert):
    two.write(two.boris, "expert", expert, note="не потеряйте")
    two.write(two.anna, "expert", expert, phone="+7 1")
    two.sync(two.anna)
    administrator(two, f"UPDATE sync_hub SET purged = {two.world.rev()}")
    with pytest.raises(SnapshotNeeded):
        exchange(two, two.boris)
    two.at_rest()
    row = two.row(two.anna, "expert", expert)
    assert (row["phone"], row["note"]) == ("+7 1", "не потеряйте")


def test_a_hub_out_of_order_is_told_of_in_a_sentence_and_nothing_is_lost(two, expert):
    two.write(two.anna, "expert", expert, phone="+7 1")
    with two.world.share.out_of_order(), pytest.raises(SyncRefused) as refused:
        exchange(two, two.anna)
    assert "целы" in refused.value.advice
    two.at_rest()
    assert two.row(two.boris, "expert", expert)["phone"] == "+7 1"


# -- what the hub does not take -------------------------------------------------------------


def test_one_refused_row_of_a_thousand_waits_and_the_rest_goes_through(two):
    rows = [(f"Новый {n}", "нельзя" if n == 617 else "") for n in range(1000)]

    def write(hand):
        for last_name, note in rows:
            ident = hand.insert("expert", (0, 0, 0), last_name=last_name, note=note)
            assert ident

    _refuse_notes(two)
    two.world.work(two.anna, write, "список")
    done = exchange(two, two.anna)
    assert (done.pushed, done.parked) == (999, 1)
    assert not pending(two.anna.store)
    two.sync(two.boris)
    with two.anna.store.reading() as session:
        waiting = session.execute(text("SELECT row_id, rejected FROM dirty")).one()
    assert waiting.rejected
    assert waiting.row_id not in two_ids(two.boris)
    assert len(two_ids(two.boris)) == len(two_ids(two.anna)) - 1
    assert exchange(two, two.anna).pushed == 0  # it is not tried over and over
    two.write(two.anna, "expert", waiting.row_id, note="можно")
    two.at_rest()
    assert two.row(two.boris, "expert", waiting.row_id)["note"] == "можно"


def two_ids(desk):
    with desk.store.reading() as session:
        return set(session.scalars(text("SELECT id FROM expert")))


def test_an_edit_that_is_refused_leaves_the_row_of_the_others_alone(two, expert):
    _refuse_notes(two)
    two.write(two.anna, "expert", expert, note="нельзя")
    assert exchange(two, two.anna).parked == 1
    two.write(two.boris, "expert", expert, phone="+7 2")
    two.sync(two.boris, two.anna)
    row = two.row(two.anna, "expert", expert)
    assert (row["phone"], row["note"]) == ("+7 2", "нельзя")
    two.write(two.anna, "expert", expert, note="можно")
    two.at_rest()
    row = two.row(two.boris, "expert", expert)
    assert (row["phone"], row["note"]) == ("+7 2", "можно")


def _refuse_notes(two):
    administrator(
        two,
        "CREATE TRIGGER refuse BEFORE INSERT ON expert WHEN NEW.note = 'нельзя'"
        " BEGIN SELECT RAISE(ABORT, 'нельзя'); END"
        if isinstance(two.world.share, SqliteShare)
        else "ALTER TABLE expert ADD CHECK (note <> 'нельзя')",
    )


# -- copies -----------------------------------------------------------------------------------


def test_a_copy_taken_anew_carries_over_what_was_not_sent(two, expert):
    third = two.world.desks[2]
    two.write(two.boris, "expert", expert, phone="+7 2", email="b@example.org")
    made = two.add(two.boris, "expert", last_name="Поздний", first_name="Пётр")
    two.delete(two.boris, "expert", two.ids("expert")[1])
    two.write(two.anna, "expert", expert, phone="+7 1", note="от Анны")
    two.sync(two.anna)
    two.world.begin_anew(two.boris)
    row = two.row(two.boris, "expert", expert)
    assert (row["phone"], row["note"], row["email"]) == ("+7 1", "от Анны", "b@example.org")
    assert pending(two.boris.store)
    two.at_rest()
    assert two.told(third, expert, unit="phone")["ours"] == {"phone": "+7 2"}
    assert two.row(two.anna, "expert", made)["last_name"] == "Поздний"
    assert two.row(two.anna, "expert", two.ids("expert")[1])["deleted"] == 1


def test_a_file_copied_to_another_computer_sends_nothing_twice(two, expert):
    third = two.world.desks[2]
    two.write(two.anna, "expert", expert, phone="+7 1")
    made = two.add(two.anna, "expert", last_name="Поздний", first_name="Пётр")
    assert two.world.copy_desk(two.anna, third)
    two.sync(two.anna, third)
    two.write(third, "expert", expert, phone="+7 3")
    two.write(two.anna, "expert", made, phone="+7 4")
    two.at_rest()
    assert two.row(two.boris, "expert", expert)["phone"] == "+7 3"
    assert two.row(two.boris, "expert", made)["phone"] == "+7 4"
    assert two.conflicts(two.boris, expert) == []
    assert two.conflicts(two.boris, made, kind="field") == []


# -- erasure --------------------------------------------------------------------------------


@pytest.mark.parametrize("eraser_first", [True, False])
def test_an_erased_person_is_nowhere_whoever_has_edited_him_meanwhile(two, expert, eraser_first):
    two.write(two.boris, "expert", expert, phone="+7 919 000-00-01", note="не забыть")
    two.sync(two.boris, two.anna)
    two.write(two.boris, "expert", expert, phone="+7 919 000-00-02")
    two.write(two.boris, "expert", expert, active=0)
    two.write(two.world.desks[2], "expert", expert, phone="+7 919 000-00-03")
    two.world.erase(two.anna, "expert", expert)
    two.sync(*((two.anna, two.boris) if eraser_first else (two.boris, two.anna)))
    two.at_rest()
    for desk in two.world.desks:
        row = two.row(desk, "expert", expert)
        assert (row["last_name"], row["phone"], row["note"]) == ("Удалённые данные", "", "")
        assert row["active"] == 0
        with desk.store.reading() as session:
            journal = session.execute(text("SELECT before, after FROM change")).all()
        assert not any("919 000-00" in f"{entry}" for entry in journal)
        assert two.conflicts(desk, expert, status="open") == []
    assert two.row(two.boris, "assignment", two.ids("assignment")[0])["expert_id"]


def test_a_contradiction_that_tells_nothing_of_an_erased_person_stays(two):
    place, student = two.ids("exam_place")[0], two.ids("examinee")[0]
    assert two.row(two.anna, "exam_place", place)["examinee_id"] == student
    two.write(two.anna, "exam_place", place, variant="1", note="болел")
    two.write(two.boris, "exam_place", place, variant="2", note="здоров")
    two.sync(two.anna, two.boris, two.anna)
    two.world.erase(two.anna, "examinee", student)
    two.at_rest()
    kept = two.told(two.boris, place, unit="variant")
    assert (kept["status"], kept["ours"]) == ("open", {"variant": "2"})
    gone = two.told(two.boris, place, unit="note")
    assert (gone["status"], gone["ours"]) == ("resolved", None)
