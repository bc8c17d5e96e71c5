"""Search and order in Russian: case, ё, prefixes, any order of words."""

import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.models.people import Expert
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
