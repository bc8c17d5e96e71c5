from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.grading import (
    GRADE_NAMES,
    BadScale,
    NotPoints,
    Scale,
    check_points,
    hundredths,
)
from demoexam.text import points as written

SCALE = Scale()
maxima = st.integers(1, 20_000)


@pytest.mark.parametrize(
    ("maximum", "bounds"),
    [
        (2500, (500, 1000, 1750)),
        (2600, (520, 1040, 1820)),
        (5000, (1000, 2000, 3500)),
        (7500, (1500, 3000, 5250)),
        (8000, (1600, 3200, 5600)),
        (10000, (2000, 4000, 7000)),
    ],
)
def test_bounds_of_real_kits(maximum, bounds):
    assert tuple(SCALE.lowest(grade, maximum) for grade in (3, 4, 5)) == bounds
    for grade, lowest in zip((3, 4, 5), bounds, strict=True):
        assert SCALE.grade(lowest, maximum) == grade
        assert SCALE.grade(lowest - 1, maximum) == grade - 1


def test_points_are_not_rounded_before_grading():
    assert SCALE.grade(6975, 10000) == 4
    assert SCALE.grade(6999, 10000) == 4
    assert SCALE.grade(7000, 10000) == 5


BOUNDS_OF_KITS = {  # domain 1.4, in points
    25: ("5", "10", "17.5"),
    26: ("5.2", "10.4", "18.2"),
    50: ("10", "20", "35"),
    75: ("15", "30", "52.5"),
    80: ("16", "32", "56"),
    100: ("20", "40", "70"),
}


def exact_grade(points, maximum, scale):
    """By the definition alone: the share of the maximum as a fraction, half-open intervals."""
    share = Fraction(points, maximum)
    edges = (Fraction(scale.three, 100), Fraction(scale.four, 100), Fraction(scale.five, 100))
    return 2 + sum(share >= edge for edge in edges)


@pytest.mark.parametrize("maximum", BOUNDS_OF_KITS)
def test_every_point_of_a_real_kit_is_graded_exactly(maximum):
    """All hundredths from nothing to the maximum, and the printed bounds themselves."""
    most = maximum * 100
    for points in range(most + 1):
        assert SCALE.grade(points, most) == exact_grade(points, most, SCALE)
    for grade, bound in zip((3, 4, 5), BOUNDS_OF_KITS[maximum], strict=True):
        at = hundredths(bound)
        assert [SCALE.grade(at + step, most) for step in (-1, 0, 1)] == [grade - 1, grade, grade]


scales = (
    st.lists(st.integers(1, 100), min_size=3, max_size=3, unique=True)
    .map(sorted)
    .map(lambda bounds: Scale(*bounds))
)


@given(maxima, scales, st.data())
def test_any_maximum_and_scale_are_graded_exactly(maximum, scale, data):
    points = data.draw(st.integers(0, maximum))
    assert scale.grade(points, maximum) == exact_grade(points, maximum, scale)


@given(maxima, scales, st.sampled_from([3, 4, 5]))
def test_a_hundredth_decides_at_every_bound(maximum, scale, grade):
    """One hundredth below, at and above the bound of any scale, whole points or not."""
    edge = Fraction((scale.three, scale.four, scale.five)[grade - 3] * maximum, 100)
    lowest = scale.lowest(grade, maximum)
    assert Fraction(lowest - 1) < edge <= Fraction(lowest)
    for points in (lowest - 1, lowest, lowest + 1):
        if 0 <= points <= maximum:
            assert scale.grade(points, maximum) == exact_grade(points, maximum, scale)


@given(maxima, st.data())
def test_grade_lies_between_two_and_five_and_rises_with_points(maximum, data):
    fewer, more = sorted(data.draw(st.lists(st.integers(0, maximum), min_size=2, max_size=2)))
    assert 2 <= SCALE.grade(fewer, maximum) <= SCALE.grade(more, maximum) <= 5


@given(maxima, st.sampled_from([3, 4, 5]))
def test_lowest_points_of_a_grade_are_the_lowest(maximum, grade):
    lowest = SCALE.lowest(grade, maximum)
    assert SCALE.grade(lowest, maximum) >= grade
    assert SCALE.grade(lowest - 1, maximum) < grade


@given(maxima)
def test_nothing_is_a_two_and_everything_a_five(maximum):
    assert (SCALE.grade(0, maximum), SCALE.grade(maximum, maximum)) == (2, 5)


def test_kit_without_points_gives_no_grade_above_two():
    assert SCALE.grade(0, 0) == 2


def test_every_grade_has_a_name():
    assert set(GRADE_NAMES) == {2, 3, 4, 5}


@pytest.mark.parametrize("bounds", [(0, 40, 70), (40, 40, 70), (20, 80, 70), (20, 40, 101)])
def test_scale_rises_within_the_hundred(bounds):
    with pytest.raises(BadScale, match="не годятся"):
        Scale(*bounds)


@pytest.mark.parametrize(
    ("typed", "expected"), [("18,5", 1850), (" 8 ", 800), ("0.05", 5), ("69,75", 6975)]
)
def test_points_are_read_as_people_type_them(typed, expected):
    assert hundredths(typed) == expected


@given(st.integers(0, 999_999))
def test_printed_points_are_read_back(points):
    assert hundredths(written(points)) == points


@pytest.mark.parametrize("typed", ["", "пять", "-1", "1,005", "1 000", "1e2"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(NotPoints, match="не похоже на баллы"):
        hundredths(typed)


def test_points_stay_within_the_modules_maximum():
    (found,) = check_points("Иванов Иван", {"1": 2501, "2": 2500}, {"1": 2500, "2": 2500})
    assert found.code == "too_many_points"
    assert str(found) == (
        "Иванов Иван: за модуль 1 стоит 25,01, а максимум 25,00. Исправьте баллы."
    )


def test_points_of_a_module_that_does_not_exist():
    (found,) = check_points("Иванов Иван", {"7": 0}, {"1": 2500})
    assert found.code == "unknown_module"
    assert "нет модуля 7" in str(found)
