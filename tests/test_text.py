"""Numbers, dates and names as Russian readers expect them."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoexam import text

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("count", "word"),
    [(1, "эксперт"), (2, "эксперта"), (5, "экспертов"), (11, "экспертов"), (12, "экспертов"),
     (21, "эксперт"), (22, "эксперта"), (111, "экспертов"), (0, "экспертов"), (1001, "эксперт")],
)  # fmt: skip
def test_plural(count, word):
    assert text.plural(count, "эксперт", "эксперта", "экспертов") == word
    assert text.counted(count, "эксперт", "эксперта", "экспертов") == f"{count}{NBSP}{word}"


@pytest.mark.parametrize(
    ("share", "shown"),
    [(Fraction(11, 24), "45,8"), (Fraction(13, 16), "81,3"), (Fraction(1, 2), "50,0"),
     (Fraction(0), "0,0"), (Fraction(1), "100,0"), (Fraction(2, 3), "66,7")],
)  # fmt: skip
def test_percent_is_rounded_half_up(share, shown):
    assert text.percent(share) == f"{shown}{NBSP}%"


def test_no_data_is_said_in_words():
    assert text.percent(None) == "нет данных"


@given(st.fractions(min_value=-2, max_value=2), st.integers(0, 4))
def test_rounding_is_never_off_by_more_than_half_a_step(value, digits):
    shown = Fraction(text.rounded(value, digits))
    assert abs(shown - value) <= Fraction(1, 2 * 10**digits)


def test_negative_numbers_have_a_real_minus():
    assert text.decimal_comma(text.rounded(Fraction(-54, 10))) == "\u22125,4"


def test_dates():
    day = date(2026, 6, 18)
    assert text.short_date(day) == "18.06.2026"
    assert text.long_date(day) == f"18{NBSP}июня 2026{NBSP}г."
    assert (text.day_month(day), text.weekday(day)) == (f"18{NBSP}июня", "четверг")


def test_names_with_and_without_a_patronymic():
    assert text.full_name("Ли", "Анна", "") == "Ли Анна"
    assert text.short_name("Иванов", "Иван", "Ильич") == f"Иванов{NBSP}И.{NBSP}И."
    assert text.signature_name("Ли", "Анна", None) == f"А.{NBSP}Ли"


def test_points_are_printed_with_two_decimals():
    assert [text.points(hundredths) for hundredths in (800, 6975, 5)] == ["8,00", "69,75", "0,05"]


def test_words_of_a_filter_are_folded():
    assert text.words("  ЁЛКИН, пётр-2! ") == ["елкин", "петр", "2"]
