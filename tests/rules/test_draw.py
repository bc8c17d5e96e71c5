"""The draw of workplaces can be repeated by hand and prefers nobody."""

import hashlib
import random
from collections import Counter
from hashlib import sha256
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.draw import METHOD_WORDS, drawn_workplaces, list_sum


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


def test_the_printed_words_are_enough_to_repeat_a_draw():
    """Nothing of ours but the sentence on the paper: order by SHA-256 of «зерно|№ в списке»."""
    assert METHOD_WORDS == ("Порядок мест: по возрастанию SHA-256 от строки «зерно|№ в списке».")
    dice = random.Random(1)  # noqa: S311 -- draws to be repeated
    for _ in range(200):
        seed, people = seed_of(dice), dice.randint(1, 40)
        sums = [(sha256(f"{seed}|{row}".encode()).digest(), row) for row in range(1, people + 1)]
        seated = {row: place for place, (_, row) in enumerate(sorted(sums), start=1)}
        assert drawn_workplaces(seed, people) == [seated[row] for row in range(1, people + 1)]


def test_the_draw_is_uniform():
    """20 000 draws of twelve with fixed seeds: each row at each place, and pairs of neighbours.

    Bounds are the quantiles 0.0005 and 0.9995 of chi-square with 11 and 131 degrees of freedom: a
    draw that is too even is no chance either.
    """
    dice = random.Random(20_000)  # noqa: S311 -- draws to be repeated
    draws = [drawn_workplaces(seed_of(dice), 12) for _ in range(20_000)]
    for row in range(12):
        counts = Counter(places[row] for places in draws)
        assert 1.5 < chi_square(counts, range(1, 13)) < 33.1
    for row in range(11):
        pairs = Counter((places[row], places[row + 1]) for places in draws)
        assert 83 < chi_square(pairs, list(permutations(range(1, 13), 2))) < 191


def seed_of(dice):
    """7F3A-91C4-22D0-8B5E: as the program makes them."""
    digits = f"{dice.getrandbits(64):016X}"
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def chi_square(counts, cells):
    expected = counts.total() / len(cells)
    return sum((counts[cell] - expected) ** 2 for cell in cells) / expected


def test_the_sum_tells_lists_apart():
    one = list_sum(["Ким Виктория", "Ли Анна"])
    assert one == list_sum(["Ким Виктория", "Ли Анна"])
    assert one != list_sum(["Ли Анна", "Ким Виктория"])
    assert len(one) == 16
