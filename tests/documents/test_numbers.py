"""The college orders the parts of a number; what was printed is still understood."""

import pytest

from demoexam.documents.numbers import USUAL, document_number, head_and_year, pattern_fault

SOUND = (USUAL, "DE-{year}/{head}.{form}", "{form}-{head}-{year}", "{year}_{form}_{head}_x")


@pytest.mark.parametrize("pattern", SOUND)
@pytest.mark.parametrize("head", [1, 9, 14, 2026])
@pytest.mark.parametrize(("code", "copy"), [("3.9", 0), ("3.14", 0), ("3.17", 12)])
def test_a_number_tells_what_it_was_made_of(pattern, head, code, copy):
    assert pattern_fault(pattern) == ""
    number = document_number(pattern, str(head), code, 2026, copy)
    assert number.isascii()
    assert head_and_year(number, code, [pattern]) == (head, 2026)


def test_the_usual_number():
    assert document_number(USUAL, "14", "3.9", 2026) == "14-09/2026"
    assert document_number(USUAL, "14", "3.17", 2026, 3) == "14-17-3/2026"


def test_an_earlier_pattern_is_not_taken_for_the_present_one():
    assert head_and_year("14-09/2026", "3.9", ["{form}-{head}/{year}", USUAL]) == (14, 2026)
    assert head_and_year("14-09/26", "3.9", SOUND) is None


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("", "ровно один раз"),
        ("{head}-{form}", "ровно один раз"),
        ("{head}-{head}-{form}/{year}", "ровно один раз"),
        ("{head}{form}/{year}", "между полями нужен знак"),
        ("№ {head}-{form}/{year}", "только латинские буквы"),
        ("{head}-{form}/{year} ", "только латинские буквы"),
        ("7{head}-{form}/{year}", "только латинские буквы"),
        ("{head}-{form}\\{year}", "только латинские буквы"),
        ("{head:>9}-{form}/{year}", "не имя поля"),
        ("{head}-{form}/{year}-{{x}}", "только латинские буквы"),
        ("{head}-{form}/{day}", "поля {day} нет"),
        ("{head}-{form}/{year}" + "x" * 40, "слишком длинно"),
    ],
)
def test_a_pattern_that_makes_no_numbers_is_refused(pattern, fault):
    assert fault in pattern_fault(pattern)
