"""The draw of workplaces can be repeated by hand and prefers nobody."""

import hashlib
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.draw import drawn_workplaces, list_sum


def test_the_documented_method_by_hand():
    digests = {
        row: hashlib.sha256(f"7F3A-91C4-22D0-8B5E|{row}".encode()).hexdigest() for row in (1, 2, 3)
    }
    first, second, third = sorted(digests, key=digests.__getitem__)
    places = drawn_workplaces("7F3A-91C4-22D0-8B5E", 3)
    assert [places[row - 1] for row in (first, second, third)] == [1, 2, 3]


def test_the_printed_example():
    """The worked example of the paper's target page: twelve examinees."""
    expected = [8, 7, 5, 12, 9, 10, 1, 2, 6, 4, 3, 11]
    assert drawn_workplaces("7F3A-91C4-22D0-8B5E", 12) == expected


@given(seed=st.text(max_size=30), count=st.integers(0, 60))
def test_everybody_gets_one_place(seed, count):
    assert sorted(drawn_workplaces(seed, count)) == list(range(1, count + 1))
    assert drawn_workplaces(seed, count) == drawn_workplaces(seed, count)


def test_no_row_is_preferred():
    firsts = Counter(drawn_workplaces(f"seed {n}", 4).index(1) for n in range(2000))
    assert min(firsts.values()) > 400


def test_the_sum_tells_lists_apart():
    one = list_sum(["Ким Виктория", "Ли Анна"])
    assert one == list_sum(["Ким Виктория", "Ли Анна"])
    assert one != list_sum(["Ли Анна", "Ким Виктория"])
    assert len(one) == 16
