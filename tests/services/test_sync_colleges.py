"""Several colleges on one PostgreSQL: each brings what it has, and sees what it may."""

import pytest
from conftest import Builder
from shell import Shell
from sqlalchemy import select, text
from sync.postgres import postgres_hub, postgres_server  # noqa: F401 -- fixtures by name

from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.services.college.college import change_setting, college_settings, found_college
from demoexam.services.syncing.cards import Way
from demoexam.services.syncing.conflicts import open_conflicts
from demoexam.services.syncing.exchange import connect_store, parked_rows, sync_state, synchronise
from demoexam.store.opening import create_store


@pytest.fixture
def stores(tmp_path):
    """Two coordinators who have worked alone so far."""
    made = {}
    for name, college in (("anna", "Колледж А"), ("boris", "Техникум Б")):
        store = create_store(tmp_path / f"{name}.db", client=name)
        with store.transaction("правка") as session:
            own = found_college(session, name=college)
            change_setting(session, key="kit_term", value=name)
            make = Builder(session)
            make.expert(f"{name.title()} Эксперт", own, certified=False)
            kit = make.kit(f"09.02.07-{len(made) + 1}-2026")
            make.sitting(make.group(own), kit, make.workshop(own))
        made[name] = store
    yield made
    for store in made.values():
        store.close()


def test_what_was_made_before_the_hub_becomes_the_hub_s_college_s(stores, postgres_hub):  # noqa: F811
    for name in ("anna", "boris"):
        connect_store(stores[name], postgres_hub.url(name))
    for name in ("anna", "boris", "anna", "boris"):
        done = synchronise(stores[name])
        assert (done.conflicts, done.parked) == (0, 0), name
    for name, store in stores.items():
        ours = postgres_hub.organizations[name]
        with store.reading() as session:
            assert session.scalars(select(Expert.last_name)).all() == [name.title()]
            assert session.scalars(select(StudyGroup.college_id)).all() == [ours]
            assert session.scalars(select(ExamSession.owner_id)).all() == [ours]
            found = college_settings(session)
            assert (found.own_college, found.kit_term) == (ours, name)
            assert session.get_one(Organization, ours).short_name == (
                "Колледж А" if name == "anna" else "Колледж Б"
            )
            assert parked_rows(session) == []
            assert sync_state(session).unsent == 0
            assert sync_state(session).organization == ours


def test_a_coordinator_s_new_computer_begins_with_the_hub_s_copy(stores, postgres_hub, tmp_path):  # noqa: F811
    connect_store(stores["anna"], postgres_hub.url("anna"))
    synchronise(stores["anna"])
    shell = Shell(tmp_path / "new.db")
    told = shell.json("sync", postgres_hub.url("anna"))
    assert (told["conflicts"], told["parked"]) == (0, 0)
    (expert,) = shell.json("get", "expert")
    assert expert["last_name"] == "Anna"
    shell("set", "expert", expert["id"], "note=с нового места")
    assert shell.json("sync")["parked"] == 0
    synchronise(stores["anna"])
    with stores["anna"].reading() as session:
        assert session.scalar(select(Expert.note)) == "с нового места"


def test_a_reader_s_edit_is_parked_with_the_reason(stores, postgres_hub, tmp_path):  # noqa: F811
    connect_store(stores["anna"], postgres_hub.url("anna"))
    synchronise(stores["anna"])
    shell = Shell(tmp_path / "rita.db")
    shell("sync", postgres_hub.url("rita"))
    (expert,) = shell.json("get", "expert")
    shell("set", "expert", expert["id"], "note=не моё дело")
    told = shell("sync", code=1)
    assert "права" in told


def test_two_coordinators_of_one_college_disagree_and_agree(stores, postgres_hub, tmp_path):  # noqa: F811
    anna = stores["anna"]
    connect_store(anna, postgres_hub.url("anna"))
    synchronise(anna)
    shell = Shell(tmp_path / "second.db")
    shell("sync", postgres_hub.url("anna"))
    (expert,) = shell.json("get", "expert")
    shell("set", "expert", expert["id"], "phone=+79000001122")
    with anna.transaction("правка") as session:
        session.execute(text("UPDATE expert SET phone = '+79000001133'"))
    synchronise(anna)
    assert shell.json("sync")["conflicts"] == 1
    (conflict,) = shell.json("conflicts")
    shell("resolve", conflict["id"], "--keep", "mine")
    shell("sync")
    synchronise(anna)
    with anna.reading() as session:
        assert session.scalar(select(Expert.phone)) == "+79000001122"
        assert open_conflicts(session) == []


def test_an_expert_taken_by_a_neighbour_is_told_without_the_neighbour_s_plan(
    stores,
    postgres_hub,  # noqa: F811
):
    """Colleges of one cluster share experts, but not the plans in which they stand."""
    anna, boris = stores["anna"], stores["boris"]
    with postgres_hub.sql() as admin:
        admin.execute("INSERT INTO cluster (id, owner_id, name, rev) VALUES ('c', '', 'Запад', 1)")
        admin.execute("UPDATE organization SET cluster_id = 'c'")
    for name, store in stores.items():
        connect_store(store, postgres_hub.url(name))
    with anna.transaction("правка") as session:
        expert = Builder(session).expert("Общий Пётр", certified=False).id
    for store in (anna, boris):
        synchronise(store)
    for store in (anna, boris):
        with store.transaction("назначение") as session:
            sitting = session.scalars(select(ExamSession)).one()
            Builder(session).assignment(sitting, session.get_one(Expert, expert))
    synchronise(anna)
    assert synchronise(boris).held == 1
    with boris.reading() as session:
        (card,) = open_conflicts(session)
        assert card.title.startswith("Общий")
        assert card.other.title == "запись другого колледжа (вам она не видна)"
        assert card.reason.startswith("Эксперт в это время занят на другом экзамене: запись др")
        assert [offer.way for offer in card.offers] == [Way.RELEASE, Way.MOVE, Way.CANCEL]


def test_people_are_let_in_on_the_command_line(postgres_hub, tmp_path):  # noqa: F811
    shell = Shell(tmp_path / "none.db")
    url = postgres_hub.url()
    told = shell("hub", "grant", url, "vera", "--organization", "Колледж А")
    assert told.startswith("Доступ дан: vera")
    refused = shell("hub", "grant", url, "zoya", "--organization", "Нет такого", code=1)
    assert "Нет такого" in refused
    assert all(line["ok"] for line in shell.json("hub", "check", url))
