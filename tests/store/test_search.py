"""Search and order in Russian: case, ё, prefixes, any order of words."""

import pytest
from conftest import Builder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from demoexam.models.base import new_id
from demoexam.models.people import Expert
from demoexam.store.bulk import insert_rows
from demoexam.store.search import matching

NAMES = ["Ёлкин Артём Олегович", "Елисеев Пётр", "Жуков Йохан", "Егоров Пётр Ильич"]


@pytest.fixture
def people(store):
    with store.transaction("люди") as session:
        for name in NAMES:
            Builder(session).expert(name, middle_name=[*name.split(), ""][2], certified=False)
    return store


def found(store, typed):
    with store.reading() as session:
        query = select(Expert.last_name).where(matching(Expert, typed), Expert.live())
        return session.scalars(query.order_by(Expert.skey)).all()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ЕЛКИН", ["Ёлкин"]),
        ("ел", ["Елисеев", "Ёлкин"]),
        ("петр", ["Егоров", "Елисеев"]),
        ("ильич пё", ["Егоров"]),
        ("иохан", []),  # й is a letter of its own
        ("й", ["Жуков"]),
        ('"%*', []),
        ("", ["Егоров", "Елисеев", "Ёлкин", "Жуков"]),
    ],
)
def test_words_are_found_by_their_beginning_in_any_order(people, typed, expected):
    assert found(people, typed) == expected


def test_an_edited_row_is_found_by_its_new_name_only(people):
    with people.transaction("фамилия") as session:
        session.scalars(select(Expert).where(Expert.last_name == "Жуков")).one().last_name = "Юрьев"
    assert found(people, "жуков") == []
    assert found(people, "юрь") == ["Юрьев"]


def test_a_deleted_row_leaves_the_results_and_comes_back(people):
    for deleted, expected in ((True, []), (False, ["Жуков"])):
        with people.transaction("корзина") as session:
            row = session.scalars(select(Expert).where(Expert.last_name == "Жуков")).one()
            row.deleted = deleted
        assert found(people, "жуков") == expected


LETTERS = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюяAzZ -.1"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=2, max_size=12, unique=True))
def test_names_are_in_the_order_of_their_letters_whatever_the_case(store, names):
    idents = [new_id() for _ in names]
    rows = [
        {"id": ident, "last_name": name, "first_name": ""}
        for ident, name in zip(idents, names, strict=True)
    ]
    with store.transaction("люди") as session:
        insert_rows(session, Expert, rows)
    with store.reading() as session:
        query = select(Expert.last_name).where(Expert.id.in_(idents))
        told = session.scalars(query.order_by(Expert.skey)).all()
    assert told == sorted(names, key=lambda name: (name.lower().replace("ё", "е"), name))
