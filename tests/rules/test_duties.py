"""The shares of modules and workplaces: nothing is left out, nobody has nothing."""

import re

from hypothesis import given
from hypothesis import strategies as st

from demoexam.rules.duties import ALL_MODULES, Share, shared_evenly


def numbers(words: str) -> set[int]:
    if found := re.search(r"(\d+)–(\d+)", words):
        return set(range(int(found[1]), int(found[2]) + 1))
    return {int(each) for each in re.findall(r"\d+", words)}


@given(modules=st.integers(1, 12), workplaces=st.integers(1, 40), experts=st.integers(1, 20))
def test_every_module_at_every_workplace_is_somebodys(modules, workplaces, experts):
    shares = shared_evenly(range(1, modules + 1), workplaces, experts)
    assert len(shares) == experts
    assert all(numbers(one.duty) and numbers(one.workplaces) for one in shares)
    covered = {(m, w) for one in shares for m in numbers(one.duty) for w in numbers(one.workplaces)}
    everything = {(m, w) for m in range(1, modules + 1) for w in range(1, workplaces + 1)}
    assert covered == everything


@given(modules=st.integers(1, 12), experts=st.integers(1, 12))
def test_nobody_has_two_modules_more_than_another(modules, experts):
    counts = [len(numbers(one.duty)) for one in shared_evenly(range(1, modules + 1), 9, experts)]
    assert max(counts) - min(counts) <= 1


def test_as_the_protocol_prints_it():
    assert shared_evenly([1, 2, 3], 13, 2) == [
        Share("Модуль 1", "1–13"),
        Share("Модули 2, 3", "1–13"),
    ]
    assert shared_evenly([1, 2, 3, 4], 2, 1) == [Share("Модули 1–4", "1, 2")]
    assert shared_evenly([1, 3, 4], 5, 1) == [Share("Модули 1, 3, 4", "1–5")]
    assert shared_evenly([1], 13, 2) == [Share("Модуль 1", "1–6"), Share("Модуль 1", "7–13")]
    assert shared_evenly([], 7, 2) == [Share(ALL_MODULES, "1–3"), Share(ALL_MODULES, "4–7")]


def test_with_fewer_workplaces_than_experts_all_share_them():
    assert shared_evenly([], 1, 2) == [Share(ALL_MODULES, "1")] * 2
    assert shared_evenly([1], 0, 1) == [Share("Модуль 1", "")]
