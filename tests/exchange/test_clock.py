"""Hours and days of exams as people write them; what cannot be is never made up."""

from datetime import date, time

import pytest
from import_truth import TODAY

from demoexam.exchange.clock import read_times, times_beside_day
from demoexam.exchange.dates import read_date


def told(times: tuple[time | None, time | None]) -> str:
    return "-".join(f"{each:%-H:%M}" for each in times if each)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9⁰⁰", "9:00"), ("9⁰⁰-14³⁰", "9:00-14:30"), ("9 00", "9:00"), ("0900", "9:00"),
        ("9;00", "9:00"), ("09,00", "9:00"), ("08ч30мин", "8:30"), ("9 часов 30 минут", "9:30"),
        ("9 ч. 00 мин. - 14 ч. 30 мин.", "9:00-14:30"), ("9:00\n14:30", "9:00-14:30"),
        ("явка 8.30, начало 9.00", "9:00"), ("8.00-8.30 регистрация, 9.00 начало", "9:00"),
        ("начало в 9.00", "9:00"), ("I (9.00-13.30)", "9:00-13:30"), ("14:00-9:00", "14:00-9:00"),
        ("25:00", ""), ("9:75", ""), ("1 смена", ""), ("смена 1", ""), ("2 поток", ""),
    ],
)  # fmt: skip
def test_hours(written, meant):
    assert told(read_times(written)) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("08.06 9:00", "9:00"), ("8 июня, с 9.00 до 13.00", "9:00-13:00"),
        ("8 июня (пн) 9:00-13:00", "9:00-13:00"), ("08.06 (понедельник) 9.00", "9:00"),
        ("10.10", ""), ("08.10, 10.10", ""), ("10.10-12.10.2026", ""), ("8, 9 и 10 июня", ""),
    ],
)  # fmt: skip
def test_hours_beside_a_day(written, meant):
    assert told(times_beside_day(written)) == meant


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("8, 9 и 10 июня", 8, 10), ("8,9,10 июня 2026", 8, 10), ("8, 9, 10.06", 8, 10),
        ("08.06., 09.06., 10.06.2026", 8, 10), ("08.06, 09.06, 10.06", 8, 10),
        ("с 08.06.2026 г. по 10.06.2026 г.", 8, 10), ("08.06 9:00", 8, 8),
        ("с 8 июня по 10 июня 2026 г.", 8, 10), ("08.06.2026 с 9:00 до 13:00", 8, 8),
    ],
)  # fmt: skip
def test_several_days(written, first, last):
    reading = read_date(written, today=TODAY, year=2026)
    assert (reading.day, reading.last) == (date(2026, 6, first), date(2026, 6, last))
