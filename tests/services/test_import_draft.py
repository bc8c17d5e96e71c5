"""Rows that are added all at once are rows like any others as soon as somebody looks at them."""

from datetime import date

import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.models.base import new_id
from demoexam.models.people import Competence, Expert
from demoexam.services.imports.draft import Draft

NAMES = ("id", "last_name", "first_name", "active", "consent_on")
DAY = date(2026, 6, 1)


@pytest.fixture
def draft(store):
    with store.reading() as session:
        yield Draft(session)


def people(number):
    return [(new_id(), f"Ёлкин {each}", "Пётр", True, DAY) for each in range(number)]


def written(store, draft):
    with store.transaction("загрузка") as session:
        draft.writes.write(session)
    with store.reading() as session:
        return session.scalars(select(Expert).order_by(Expert.n)).all()


def test_rows_that_nobody_asked_for_are_written_with_their_defaults(store, draft):
    rows = people(4_500)
    draft.add_all(Expert, NAMES, rows)
    assert draft.writes.counts() == {"expert": 4_500}
    assert [*draft.writes.values("expert", "id")] == [row[0] for row in rows]
    found = written(store, draft)
    assert [(one.id, one.last_name, one.first_name, one.active, one.consent_on) for one in found] \
        == rows  # fmt: skip
    assert {(one.middle_name, one.deleted, one.note, one.owner_id) for one in found} \
        == {("", False, "", "")}  # fmt: skip


def test_rows_that_were_asked_for_can_be_changed_and_are_written_once(store, draft):
    rows = people(3)
    draft.add_all(Expert, NAMES, rows)
    first, second, third = (row[0] for row in rows)
    draft.change(Expert, second, phone="+79000000001")
    draft.withdraw(Expert, third)
    assert draft.is_new(Expert, first)
    assert not draft.is_new(Expert, third)
    assert draft.writes.counts() == {"expert": 2}
    assert [*draft.writes.values("expert", "phone")] == ["", "+79000000001"]
    assert draft.rows(Expert)[first]["middle_name"] == ""
    found = written(store, draft)
    assert [(one.id, one.phone) for one in found] == [(first, ""), (second, "+79000000001")]


def test_ids_are_made_where_none_are_given_and_a_shared_list_is_not_changed_in_place(store):
    with store.transaction("подготовка") as session:
        expert = Builder(session).expert().id
    shared = ["chief", "scoring"]
    with store.reading() as session:
        draft = Draft(session)
        draft.add_all(Competence, ("expert_id", "roles"), [(expert, shared), (expert, shared)])
        first, second = draft.writes.values("competence", "id")
        assert first < second
        draft.change(Competence, first, roles=["technical"])
    with store.transaction("загрузка") as session:
        draft.writes.write(session)
    with store.reading() as session:
        found = session.execute(select(Competence.id, Competence.roles).order_by(Competence.n))
        assert [tuple(row) for row in found] == [(first, ["technical"]), (second, shared)]


def test_nothing_to_add_changes_nothing(draft):
    draft.add_all(Expert, NAMES, [])
    assert not draft.writes
