"""The examination board of a year: who sits on it, in which order, and what is refused."""

from datetime import date

import pytest

from demoexam.errors import Refused
from demoexam.rules.terms import BoardRole
from demoexam.services.history import take_back
from demoexam.services.papers.board import (
    add_board_member,
    board_card,
    board_of,
    change_board_member,
    copy_board,
    remove_board_member,
    write_board_order,
)
from tests.conftest import Builder

PEOPLE = (
    ("Юрьева Ёлка Петровна", "преподаватель", BoardRole.SECRETARY),
    ("Ярцев Ян Ильич", "инженер", BoardRole.MEMBER),
    ("Ёжиков Лев Львович", "инженер", BoardRole.MEMBER),
    ("Зайцев Глеб Ильич", "заместитель директора", BoardRole.DEPUTY),
    ("Овчаренко Виктор Николаевич", "генеральный директор", BoardRole.CHAIR),
)


@pytest.fixture
def college(store):
    with store.transaction("колледж") as session:
        return Builder(session).college().id


@pytest.fixture
def board(store, college):
    with store.transaction("состав комиссии") as session:
        for name, post, role in PEOPLE:
            add_board_member(
                session, college_id=college, year=2026, name=name, post=post, role=role
            )
    return college


def card(store, college, year=2026):
    with store.reading() as session:
        return board_card(session, college_id=college, year=year)


def names(found):
    return [one.name.last for one in found]


def test_a_board_is_read_as_papers_name_it(store, board):
    with store.transaction("приказ") as session:
        write_board_order(
            session, college_id=board, year=2026, number="15-у", day=date(2025, 12, 15)
        )
    with store.reading() as session:
        read = board_of(session, board, 2026)
        assert board_of(session, board, 2025).people == ()
    assert (read.order_number, read.order_date) == ("15-у", date(2025, 12, 15))
    assert names(read.people) == ["Овчаренко", "Зайцев", "Ёжиков", "Ярцев", "Юрьева"]
    assert read.of_role(BoardRole.CHAIR)[0].post == "генеральный директор"


def test_a_person_is_changed_and_taken_out_and_that_is_undone(store, board):
    seat = next(one for one in card(store, board).seats if one.role is BoardRole.DEPUTY)
    with store.transaction("правка") as session:
        change_board_member(session, member_id=seat.id, name="Зайцева Анна Ильинична", post="мэр")
    changed = next(one for one in card(store, board).seats if one.id == seat.id)
    assert (changed.name.full, changed.post, changed.role) == (
        "Зайцева Анна Ильинична", "мэр", BoardRole.DEPUTY,
    )  # fmt: skip
    with store.transaction("выход") as session:
        remove_board_member(session, member_id=seat.id)
    assert seat.id not in {one.id for one in card(store, board).seats}
    take_back(store)
    assert seat.id in {one.id for one in card(store, board).seats}


@pytest.mark.parametrize("role", [BoardRole.CHAIR, BoardRole.SECRETARY])
def test_there_is_one_chair_and_one_secretary(store, board, role):
    with store.transaction("второй") as session, pytest.raises(Refused, match="уже есть"):
        add_board_member(
            session, college_id=board, year=2026, name="Новый Иван", post="", role=role
        )
    member = next(one for one in card(store, board).seats if one.role is BoardRole.MEMBER)
    with store.transaction("второй") as session, pytest.raises(Refused, match="уже есть"):
        change_board_member(session, member_id=member.id, role=role)


@pytest.mark.parametrize("name", ["", "  ", "Иванов"])
def test_a_person_without_a_first_name_is_refused(store, board, name):
    with store.transaction("член") as session, pytest.raises(Refused, match="имени"):
        add_board_member(
            session, college_id=board, year=2026, name=name, post="", role=BoardRole.MEMBER
        )


def test_nobody_sits_twice(store, board):
    with store.transaction("член") as session, pytest.raises(Refused, match="уже в комиссии"):
        add_board_member(
            session, college_id=board, year=2026, name="ежиков  лев львович", post="",
            role=BoardRole.MEMBER,
        )  # fmt: skip


def test_the_last_year_is_copied_beside_who_sits_already(store, board):
    with store.transaction("новый год") as session:
        add_board_member(
            session, college_id=board, year=2028, name="Новый Глеб Ильич", post="",
            role=BoardRole.CHAIR,
        )  # fmt: skip
        assert copy_board(session, college_id=board, year=2028) == 4
        assert copy_board(session, college_id=board, year=2028) == 0
    copied = card(store, board, 2028)
    assert names(copied.seats) == ["Новый", "Зайцев", "Ёжиков", "Ярцев", "Юрьева"]
    assert copied.earlier == 2026
    assert card(store, board).earlier is None
    with store.transaction("до всех") as session, pytest.raises(Refused, match="нечего"):
        copy_board(session, college_id=board, year=2026)
