"""Connecting to a shared store and exchanging with it, as the window and the command line do."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import func, select, text

from demoexam.hub import hub_file
from demoexam.hub.errors import (
    HubMissing,
    HubRestored,
    LocksDoNotWork,
    NoHub,
    NotAHub,
    OtherHub,
)
from demoexam.models.people import Expert
from demoexam.services.syncing.connection import known_address, place_words, typed_password
from demoexam.services.syncing.exchange import (
    Answer,
    answer_restored,
    connect_store,
    disconnect,
    exchanges,
    parked_rows,
    send_again,
    sync_state,
    synchronise,
)
from demoexam.sync import administration


def test_nothing_is_exchanged_without_a_hub(store):
    with pytest.raises(NoHub):
        synchronise(store)
    with store.reading() as session:
        state = sync_state(session)
        assert exchanges(session) == []
    assert not state.connected
    assert (state.conflicts, state.held, state.parked, state.trouble) == (0, 0, 0, "")


def test_state_and_log_tell_what_was_exchanged(pair):
    pair.here.make(lambda make: make.expert("Ёлкин Артём", certified=False))
    assert pair.here.see(sync_state).unsent == 1
    done = pair.here.sync()
    assert (done.pulled, done.pushed) == (0, 1)
    state = pair.here.see(sync_state)
    assert (state.unsent, state.trouble) == (0, "")
    assert state.last_at == state.tried_at
    assert state.words == f"файл hub.db в папке {pair.hub.parent}"
    line = pair.here.see(exchanges)[0]
    assert (line.pulled, line.pushed, line.conflicts, line.trouble) == (0, 1, 0, "")
    assert pair.there.sync().pulled == 1


def test_a_failed_exchange_is_told_until_one_succeeds(pair):
    pair.hub.rename(pair.hub.with_name("away.db"))
    with pytest.raises(HubMissing):
        pair.here.sync()
    state = pair.here.see(sync_state)
    assert "не найдено" in state.trouble
    assert "Ваши правки целы" in state.advice
    assert state.last_at < state.tried_at
    assert pair.here.see(exchanges)[0].trouble == state.trouble
    pair.hub.with_name("away.db").rename(pair.hub)
    pair.here.sync()
    assert pair.here.see(sync_state).trouble == ""


def test_an_address_that_is_no_hub_is_not_remembered(store, blank_store):
    with pytest.raises(NotAHub):
        connect_store(store, str(blank_store))
    with store.reading() as session:
        assert not sync_state(session).connected


def test_a_folder_whose_locks_keep_nobody_out_is_refused(store, hub, monkeypatch):
    monkeypatch.setattr(administration, "writes_from_aside", lambda _path: True)
    with pytest.raises(LocksDoNotWork):
        connect_store(store, str(hub))
    with store.reading() as session:
        assert not sync_state(session).connected


def test_a_busy_hub_may_be_connected_but_not_tested(store, hub):
    with closing(sqlite3.connect(hub, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        connect_store(store, str(hub))
        writer.execute("ROLLBACK")
    assert synchronise(store).pushed > 0


def test_disconnecting_keeps_the_data_and_the_place_in_the_exchange(pair):
    pair.here.make(lambda make: make.expert("Ёлкин Артём"))
    pair.here.sync()
    disconnect(pair.here.store)
    with pytest.raises(NoHub):
        pair.here.sync()
    connect_store(pair.here.store, str(pair.hub))
    assert pair.here.sync().pushed == 0


def test_a_restored_hub_is_a_question_with_two_answers(pair):
    copy = pair.hub.read_bytes()
    expert = pair.here.make(lambda make: make.expert("Ёлкин Артём")).id
    pair.here.sync()
    pair.hub.write_bytes(copy)
    with pytest.raises(HubRestored):
        pair.here.sync()
    assert "из старой копии" in pair.here.see(sync_state).trouble
    done = answer_restored(pair.here.store, Answer.RESEND)
    assert done.pushed >= 1
    pair.there.sync()
    assert pair.there.see(lambda s: s.get(Expert, expert)) is not None


def test_taking_everything_again_keeps_unsent_work(pair):
    copy = pair.hub.read_bytes()
    lost = pair.here.make(lambda make: make.expert("Ёлкин Артём")).id
    pair.here.sync()
    unsent = pair.here.make(lambda make: make.expert("Белов Пётр")).id
    pair.hub.write_bytes(copy)
    answer_restored(pair.here.store, Answer.TAKE)
    assert pair.here.see(lambda s: s.get(Expert, lost)) is None
    pair.there.sync()
    assert pair.there.see(lambda s: s.get(Expert, unsent)) is not None


def test_another_hub_at_the_address_is_a_question(pair):
    pair.here.make(lambda make: make.expert("Ёлкин Артём"))
    pair.here.sync()
    pair.hub.unlink()
    hub_file.create(pair.hub)
    with pytest.raises(OtherHub):
        pair.here.sync()
    answer_restored(pair.here.store, Answer.RESEND)
    answer_restored(pair.there.store, Answer.TAKE)
    count = select(func.count()).select_from(Expert)
    assert pair.there.see(lambda s: s.scalar(count)) == 1


def test_what_the_hub_did_not_take_is_listed_and_sent_again(pair):
    expert = pair.here.make(lambda make: make.expert("Ёлкин Артём Олегович", certified=False)).id
    pair.here.do(lambda s: s.execute(text("UPDATE dirty SET rejected = 'Чужая запись.'")))
    (line,) = pair.here.see(parked_rows)
    assert (line.table, line.record_id) == ("expert", expert)
    assert (line.title, line.kind) == ("Ёлкин Артём Олегович", "Эксперт")
    assert line.reason == "Чужая запись."
    assert pair.here.sync().pushed == 0
    assert pair.here.see(sync_state).parked == 1
    pair.here.do(send_again)
    assert pair.here.sync().pushed == 1


def test_addresses_are_remembered_in_full_and_without_a_password(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    full = f"sqlite:///{(tmp_path / 'hub.db').as_posix()}"
    assert known_address("hub.db") == known_address("sqlite:///hub.db") == full
    assert known_address(full) == full
    server = "postgresql://ivanova:secret@db.example.ru/demoexam?sslmode=verify-full"
    assert known_address(server) == server.replace(":secret", "")
    assert typed_password(server) == "secret"
    assert place_words(known_address(server)) == "сервер db.example.ru, имя ivanova"
