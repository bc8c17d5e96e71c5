from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoexam.exchange.cells import as_text
from demoexam.exchange.clock import read_times
from demoexam.exchange.dates import DateReading, read_date
from demoexam.exchange.fields import (
    read_count,
    read_flag,
    read_kit_codes,
    read_level,
    read_minutes,
    read_number,
    read_specialty_codes,
)
from demoexam.rules.terms import ExamLevel

TODAY = date(2026, 2, 2)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (date(2026, 6, 1), date(2026, 6, 1)),
        (datetime(2026, 6, 1, 9, 0), date(2026, 6, 1)),
        (46174.0, date(2026, 6, 1)),
        ("46174", date(2026, 6, 1)),
        ("28.1.2026", date(2026, 1, 28)),
        ("02/02/2026", date(2026, 2, 2)),
        ("2026-07-27", date(2026, 7, 27)),
        ("13.01.2026г.", date(2026, 1, 13)),
        ("20 февраля 2026 г.", date(2026, 2, 20)),
        ("1 июня", date(2026, 6, 1)),
        ("5 мая 27", date(2027, 5, 5)),
        ("08.09.30", date(2030, 9, 8)),
        ("пн 01.06.2026, 09:00", date(2026, 6, 1)),
    ],
)
def test_a_date_in_any_form(typed, day):
    assert read_date(typed, today=TODAY, year=2026) == DateReading(day, day)


@pytest.mark.parametrize(
    "typed",
    [
        "04-05.06.2026",
        "04.06-05.06.2026",
        "04.06.2026 - 05.06.2026",
        "4–5 июня 2026 г.",
        "с 4 по 5 июня 2026 г.",
        "4 и 5 июня 2026",
    ],
)
def test_two_days_in_one_cell(typed):
    reading = read_date(typed, today=TODAY)
    assert reading == DateReading(date(2026, 6, 4), date(2026, 6, 5))


@pytest.mark.parametrize("typed", ["31.02.1984", "00.00.0000", "12.13.1990", "скоро", "5 марта"])
def test_a_day_that_does_not_exist(typed):
    assert read_date(typed, today=TODAY).problem == "date_impossible"


def test_nothing_is_no_mistake():
    assert read_date("—", today=TODAY) == read_date(None, today=TODAY) == DateReading()


def test_nobody_was_born_in_the_future():
    assert read_date("58.1", today=TODAY, birth=True).problem == "date_impossible"
    assert read_date("01.02.58", today=TODAY, birth=True).day == date(1958, 2, 1)
    assert read_date("01.02.05", today=TODAY, birth=True).day == date(2005, 2, 1)
    assert read_date("05.05.2031", today=TODAY, birth=True).problem == "birth_in_future"


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("9:00", (time(9), None)),
        ("9.00", (time(9), None)),
        ("08-30", (time(8, 30), None)),
        ("9 ч 30 мин", (time(9, 30), None)),
        ("10 ч", (time(10), None)),
        (0.375, (time(9), None)),
        (time(9, 0, 30), (time(9), None)),
        (timedelta(hours=9), (time(9), None)),
        (datetime(2026, 6, 1, 14, 30), (time(14, 30), None)),
        (date(2026, 6, 1), (None, None)),
        (datetime(2026, 6, 1), (None, None)),
        ("с 09:00 до 13:00", (time(9), time(13))),
        ("09:00-13:00", (time(9), time(13))),
        ("утром", (None, None)),
    ],
)
def test_a_time_in_any_form(typed, span):
    assert read_times(typed) == span


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2:30:00", 150),
        ("2 ч 30 мин", 150),
        ("2,5 часа", 150),
        ("150 мин", 150),
        (150.0, 150),
        (4, 240),
        (timedelta(hours=2.5), 150),
        (time(2, 30), 150),
        ("", None),
        (0, None),
    ],
)
def test_a_duration_in_any_form(typed, minutes):
    assert read_minutes(typed) == minutes


def test_numbers():
    assert read_number("1 234,5 балла") == 1234.5
    assert read_number(True) is None
    assert read_count("25 чел.") == 25
    assert read_count("-3") is None
    assert read_count("нет") is None
    assert read_count("1" * 400) is read_count(1e300) is read_minutes("1" * 400) is None


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Да", True), ("+", True), ("V", True), (1.0, True), (True, True), ("да, с 2020", True),
        ("работодатель", True), ("нет", False), ("-", False), (0.0, False), ("Нет.", False),
        ("преподаватель колледжа", False), ("", None), (None, None),
    ],
)  # fmt: skip
def test_yes_and_no(typed, answer):
    assert read_flag(typed) == (answer, "")


def test_neither_yes_nor_no():
    assert read_flag("?") == (None, "flag_unclear")


def test_specialty_codes_even_where_a_spreadsheet_made_a_date_of_them():
    assert read_specialty_codes("09.02.07 Информ. системы\n15,01,05") == (
        ("09.02.07", "15.01.05"),
        (),
    )
    assert read_specialty_codes(date(2007, 2, 9)) == (("09.02.07",), ())
    assert read_specialty_codes("2007-02-09 00:00:00") == (("09.02.07",), ())
    assert read_specialty_codes("КОД 35.02.16-1-2026") == (("35.02.16",), ())
    assert read_specialty_codes("99.02.99, 09.02.07", {"09.02.07"}) == (
        ("09.02.07",),
        ("99.02.99",),
    )


def test_kit_codes_and_levels():
    assert read_kit_codes("КОД 09.02.07-2-2026 БУ; 15.01.05–01–2026") == (
        "09.02.07-2-2026",
        "15.01.05-1-2026",
    )
    assert read_level("09.02.07-2-2026-ПУ") is ExamLevel.PROFILE
    assert read_level("ГИА ДЭ БУ") is ExamLevel.BASIC
    assert read_level("Промежуточная аттестация") is ExamLevel.INTERIM
    assert read_level("экзамен") is None


@given(st.text(max_size=30))
def test_no_cell_makes_a_reading_fail(text):
    read_date(text, today=TODAY)
    read_times(text)
    read_minutes(text)
    read_flag(text)
    read_specialty_codes(text)


def test_cells_as_the_user_sees_them():
    assert as_text(5.0) == "5"
    assert as_text(True) == "да"
    assert as_text(datetime(2026, 6, 1)) == "2026-06-01"
    assert as_text(datetime(2026, 6, 1, 9, 30)) == "2026-06-01 09:30:00"
