"""The first exchange: what a store brings, what it takes from the hub, and whose settings count."""

import sqlite3
from contextlib import closing

from conftest import Builder
from sqlalchemy import select, text

from demoexam.hub.sqlite_hub import SqliteHub
from demoexam.models.base import reference_id
from demoexam.models.groups import StudyGroup
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.models.reference import Setting, ShareTarget
from demoexam.rules.terms import OrganizationKind
from demoexam.services.college.college import (
    change_setting,
    college_settings,
    found_college,
    set_target,
    targets,
)
from demoexam.services.history import take_back
from demoexam.services.records.records import change_record
from demoexam.services.syncing.adoption import adopt
from demoexam.services.syncing.exchange import (
    connect_store,
    exchanges,
    store_from_hub,
    synchronise,
)
from demoexam.store.undo import JOINING


def own_college_of(store, name):
    with store.transaction("свой колледж") as session:
        return found_college(session, name=name).id


def dirty_rows(store):
    with store.reading() as session:
        return session.scalar(text("SELECT count(*) FROM dirty"))


def test_a_store_with_nothing_of_its_own_begins_with_the_hub_s_copy(pair, other):
    pair.here.do(set_target, year=2026, percent=75)
    pair.here.make(lambda make: make.expert("Ёлкин Артём"))
    pair.here.sync()
    done = synchronise(other, url=str(pair.hub))
    assert (done.conflicts, done.pushed) == (0, 0)
    with other.reading() as session:
        assert session.scalars(select(Expert.last_name)).all() == ["Ёлкин"]
        assert targets(session)[2026] == 75
        assert [line.trouble for line in exchanges(session)] == [""]
    assert list(other.path.parent.glob("backups/other-before-exchange-*.db"))


def test_work_done_before_the_first_exchange_joins_the_hub_s(pair, other):
    pair.here.do(set_target, year=2024, percent=75)
    pair.here.make(lambda make: make.expert("Ёлкин Артём"))
    pair.here.sync()
    with other.transaction("правка") as session:
        Builder(session).expert("Белов Пётр")
    done = synchronise(other, url=str(pair.hub))
    pair.here.sync()
    assert done.conflicts == 0
    for store in (other, pair.here.store):
        with store.reading() as session:
            assert set(session.scalars(select(Expert.last_name))) == {"Белов", "Ёлкин"}
            assert targets(session)[2024] == 75


def test_a_store_connected_while_the_hub_was_empty_does_not_argue_about_reference(
    store, other, hub
):
    for each in (other, store):
        connect_store(each, str(hub))
    with store.transaction("правка") as session:
        set_target(session, year=2024, percent=75)
    synchronise(store)
    assert synchronise(other).conflicts == 0
    with other.reading() as session:
        assert targets(session)[2024] == 75


def test_what_is_typed_while_the_copy_is_made_is_not_lost(pair, other, monkeypatch):
    pair.here.make(lambda make: make.expert("Ёлкин Артём"))
    pair.here.sync()
    copy_to = SqliteHub.copy_to

    def copy_while_somebody_types(self, path, progress):
        state = copy_to(self, path, progress)
        with other.transaction("правка") as session:
            Builder(session).expert("Белов Пётр", certified=False)
        return state

    monkeypatch.setattr(SqliteHub, "copy_to", copy_while_somebody_types)
    assert synchronise(other, url=str(pair.hub)).pushed >= 1
    pair.here.sync()
    for each in (other, pair.here.store):
        with each.reading() as session:
            assert set(session.scalars(select(Expert.last_name))) == {"Белов", "Ёлкин"}


def test_the_same_store_goes_on_after_its_file_was_replaced(pair, other):
    pair.here.make(lambda make: make.expert("Ёлкин Артём"))
    pair.here.sync()
    synchronise(other, url=str(pair.hub))
    with other.transaction("правка") as session:
        ident = session.scalar(select(Expert.id))
        change_record(session, table="expert", record_id=ident, values={"note": "после обмена"})
    assert synchronise(other).pushed == 1
    pair.here.sync()
    assert pair.here.see(lambda s: s.scalar(select(Expert.note))) == "после обмена"


def test_a_new_store_is_made_from_a_filled_hub(pair, tmp_path):
    pair.here.make(lambda make: make.expert("Ёлкин Артём"))
    pair.here.sync()
    store = store_from_hub(tmp_path / "new" / "s.db", str(pair.hub), client="new")
    synchronise(store)
    with store.reading() as session:
        assert session.scalar(select(Expert.last_name)) == "Ёлкин"
    store.close()


def test_an_empty_hub_is_filled_by_the_first_store(tmp_path, hub):
    store = store_from_hub(tmp_path / "new.db", str(hub), client="new")
    synchronise(store)
    assert dirty_rows(store) == 0
    with closing(sqlite3.connect(hub)) as raw:
        assert raw.execute("SELECT count(*) FROM specialty").fetchone()[0] > 100
    store.close()


def test_two_colleges_keep_their_own_settings(store, other, hub):
    names = {store: "Колледж связи", other: "Политехнический техникум"}
    ids = {each: own_college_of(each, name) for each, name in names.items()}
    for each, term in ((store, "КИМ"), (other, "КОД")):
        with each.transaction("правка") as session:
            change_setting(session, key="kit_term", value=term)
        connect_store(each, str(hub))
    for each in (store, other, store, other):
        assert synchronise(each).conflicts == 0
    for each, term in ((store, "КИМ"), (other, "КОД")):
        with each.reading() as session:
            found = college_settings(session)
            assert (found.kit_term, found.own_college) == (term, ids[each])
        with each.transaction("правка") as session:
            change_setting(session, key="kit_term", value=f"{term}!")
    for each in (store, other, store):
        assert synchronise(each).conflicts == 0
    with store.reading() as session:
        assert college_settings(session).kit_term == "КИМ!"


def test_a_new_computer_of_one_of_two_colleges_is_asked_which(store, other, hub, tmp_path):
    ids = {}
    for each, name in ((store, "Колледж связи"), (other, "Техникум")):
        ids[name] = own_college_of(each, name)
        with each.transaction("правка") as session:
            change_setting(session, key="kit_term", value=name)
        synchronise(each, url=str(hub))
    new = store_from_hub(tmp_path / "new.db", str(hub), client="new")
    with new.reading() as session:
        assert college_settings(session).own_college == ""
        assert college_settings(session).kit_term == "КОД"
    assert own_college_of(new, "Техникум") == ids["Техникум"]
    with new.reading() as session:
        assert college_settings(session).own_college == ids["Техникум"]
        assert college_settings(session).kit_term == "Техникум"
    assert synchronise(new).conflicts == 0
    new.close()


def test_two_stores_of_one_college_share_their_settings(pair):
    own_college_of(pair.here.store, "Колледж связи")
    pair.here.do(change_setting, key="kit_term", value="КИМ")
    pair.settle()
    assert pair.there.see(college_settings) == pair.here.see(college_settings)
    pair.there.do(change_setting, key="kit_term", value="КОД")
    pair.settle()
    assert pair.here.see(college_settings).kit_term == "КОД"


def test_settings_with_ids_of_old_take_the_college_s_ids_once(store, hub):
    with store.transaction("правка") as session:
        college = Organization(kind=OrganizationKind.COLLEGE, short_name="Колледж")
        session.add(college)
        session.flush()
        for key, value in (("own_college", college.id), ("kit_term", "КИМ")):
            session.add(Setting(id=reference_id("setting", key), key=key, value=value))
        ident = college.id
    connect_store(store, str(hub))
    synchronise(store)
    with store.reading() as session:
        live = select(Setting.id).where(Setting.live())
        keys = ("own_college", "kit_term")
        assert set(session.scalars(live)) == {
            reference_id("setting", f"{ident}:{key}") for key in keys
        }
        assert college_settings(session).kit_term == "КИМ"
    with closing(sqlite3.connect(hub)) as raw:
        assert raw.execute("SELECT count(*) FROM setting").fetchone()[0] == 2


def test_people_are_told_apart_by_the_hub_s_key(pair, other):
    ident = reference_id("setting", "identity_key")
    pair.here.do(lambda s: s.add(Setting(id=ident, key="identity_key", value="ab" * 32)))
    pair.here.sync()
    with other.transaction("правка") as session:
        session.add(Setting(id=ident, key="identity_key", value="cd" * 32))
        session.add(Expert(last_name="Белов", first_name="Пётр", person_hash="f" * 64))
    assert synchronise(other, url=str(pair.hub)).conflicts == 0
    with other.reading() as session:
        assert session.get_one(Setting, ident).value == "ab" * 32
        assert session.scalar(select(Expert.person_hash)) is None


def test_rows_become_those_of_the_hub_s_organization(store):
    own = own_college_of(store, "Колледж связи")
    with store.transaction("правка") as session:
        theirs = Organization(kind=OrganizationKind.COLLEGE, short_name="КС", inn="7707083893")
        session.add(theirs)
        make = Builder(session)
        group = make.group(college=session.get_one(Organization, own))
        kept, group_id = theirs.id, group.id
    with store.transaction(JOINING) as session:
        adopt(session, own=own, organization=kept)
    with store.reading() as session:
        assert session.get_one(StudyGroup, group_id).college_id == kept
        assert session.get_one(StudyGroup, group_id).owner_id == kept
        assert session.get_one(Organization, own).deleted
        assert set(session.scalars(select(ShareTarget.owner_id))) == {""}
    assert take_back(store).text == "правка"  # Ctrl+Z passes the joining by
