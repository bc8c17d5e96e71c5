"""The college numbers its documents its own way; what was printed before keeps its exam."""

from datetime import datetime

import pytest
from conftest import Builder

from demoexam.documents.numbers import USUAL
from demoexam.errors import Refused
from demoexam.services.college.college import store_setting
from demoexam.services.history import take_back
from demoexam.services.papers.number_pattern import KEY, change_number_pattern, number_patterns
from demoexam.services.papers.papers import package

OWN = "DE-{year}/{form}-{head}"


def change(store, value):
    with store.transaction("нумерация") as session:
        change_number_pattern(session, value=value)


def patterns(store):
    with store.reading() as session:
        return number_patterns(session)


def printed(store, sitting_id, form="3.9"):
    with store.transaction("печать") as session:
        made = package(session, session_id=sitting_id, forms=[form], at=datetime(2026, 6, 17, 9))
        return [paper.number for paper in made.contents]


@pytest.fixture
def sittings(store):
    with store.transaction("подготовка") as session:
        build = Builder(session)
        return [build.staffed_sitting().id, build.staffed_sitting(at=14).id]


def test_earlier_patterns_are_remembered_and_a_change_can_be_undone(store):
    assert patterns(store) == [USUAL]
    change(store, OWN)
    assert patterns(store) == [OWN, USUAL]
    change(store, "")
    assert patterns(store) == [USUAL, OWN]
    take_back(store)
    assert patterns(store) == [OWN, USUAL]


def test_a_sitting_keeps_its_head_under_another_pattern(store, sittings):
    first, second = sittings
    assert printed(store, second) == ["1-09/2026"]
    change(store, OWN)
    assert printed(store, first) == ["DE-2026/09-2"]
    assert printed(store, second) == ["DE-2026/09-1"]
    change(store, USUAL)
    assert printed(store, first, "3.8") == ["2-08/2026"]


@pytest.mark.parametrize("wrong", ["№ {head}-{form}/{year}", "{head}", "{head.real}-{form}/{year}"])
def test_an_unfit_pattern_is_refused_with_its_reason(store, wrong):
    with pytest.raises(Refused, match="Номера так не составить"):
        change(store, wrong)
    assert patterns(store) == [USUAL]


@pytest.mark.parametrize("stored", ["текст", {"a": 1}, [5, "{bad}", None], None])
def test_a_setting_of_another_program_is_passed_over(store, stored):
    with store.transaction("чужая настройка") as session:
        store_setting(session, key=KEY, value=stored)
    assert patterns(store) == [USUAL]
