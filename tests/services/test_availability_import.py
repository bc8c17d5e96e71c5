"""Rows of a file find their experts by address or name, and are written once, in one step."""

from datetime import date, timedelta

import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.exchange.availability_files import AbsenceRow
from demoexam.models.people import Unavailability
from demoexam.services.experts.availability_import import Standing, matched, write_lines

TODAY = date(2026, 6, 1)
MONDAY = date(2026, 6, 8)


@pytest.fixture
def session(store):
    with store.transaction("данные теста") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


def row(*texts, first=MONDAY, last=None, **facts):
    return AbsenceRow("строка 2", texts, first, last or first, **facts)


def lines(session, *rows, **facts):
    return matched(session, rows=rows, today=TODAY, **facts)


def test_people_are_found_by_full_name_initials_and_address(session, make):
    one, two = make.expert("Иванов Иван Ильич"), make.expert("Ёлкин Пётр Ильич", email="e@ex.ru")
    found = lines(
        session,
        row("ИВАНОВ ИВАН ИЛЬИЧ"),
        row("Елкин П. И.", first=MONDAY + timedelta(1)),
        row("Совещание", emails=("e@ex.ru",), first=MONDAY + timedelta(2)),
        row("Сомов С. С."),
    )
    assert [line.expert_id for line in found] == [one.id, two.id, two.id, ""]
    assert [line.standing for line in found][-2:] == [Standing.NEW, Standing.NOBODY]
    assert found[3].expert == "Сомов С. С."


def test_words_of_an_event_without_the_name_are_the_reason(session, make):
    make.expert("Иванов Иван Ильич")
    words = "Иванов И. И. — отпуск"
    (line,) = lines(session, row(words, "Иванов И. И.", "отпуск", reason=words))
    assert (line.expert, line.row.reason) == ("Иванов Иван Ильич", "отпуск")


def test_namesakes_are_not_guessed(session, make):
    for name in ("Иванов Иван Ильич", "Иванов Игорь Ильич"):
        make.expert(name)
    (line,) = lines(session, row("Иванов И. И."))
    assert (line.standing, line.expert) == (Standing.SEVERAL, "Иванов И. И.")


def test_what_is_known_past_or_repeated_is_not_new(session, make):
    who = make.expert("Иванов Иван Ильич")
    make.unavailability(who, MONDAY, MONDAY + timedelta(4))
    found = lines(
        session,
        row("Иванов И. И.", first=MONDAY + timedelta(1)),
        row("Иванов И. И.", first=TODAY - timedelta(1)),
        row("Иванов И. И.", soft=True),
        row("Иванов И. И.", soft=True, reason="ещё раз"),
        row("Иванов И. И.", problem="не разобрать дни"),
    )
    assert [line.standing for line in found] == [
        Standing.KNOWN, Standing.PAST, Standing.NEW, Standing.KNOWN, Standing.BROKEN,
    ]  # fmt: skip


def test_a_file_opened_from_a_card_is_about_its_expert(session, make):
    who = make.expert("Иванов Иван Ильич")
    (line,) = lines(session, row("Отпуск"), expert_id=who.id)
    assert (line.expert_id, line.standing) == (who.id, Standing.NEW)


def test_new_rows_are_written_once(session, make):
    who = make.expert("Иванов Иван Ильич")
    found = lines(session, row("Иванов И. И.", reason="отпуск"), row("Сомов С. С."))
    assert write_lines(session, lines=found) == 1
    assert write_lines(session, lines=found) == 0
    (written,) = session.scalars(select(Unavailability)).all()
    assert (written.expert_id, written.from_day, written.reason) == (who.id, MONDAY, "отпуск")
