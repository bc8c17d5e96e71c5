from dataclasses import dataclass
from typing import ClassVar

import pytest

from demoexam.rules.terms import Level
from demoexam.rules.violation import (
    Fix,
    FixAction,
    Violation,
    contradictions,
    incompletes,
    warnings,
    with_levels,
)


@dataclass(frozen=True)
class Late(Violation):
    code: ClassVar[str] = "late"
    usual: ClassVar[Level] = Level.WARNING
    text: ClassVar[str] = "{person} опоздает на {minutes_told}."
    advice: ClassVar[str] = "Позвоните: {person}."
    person: str
    minutes: int = 5

    @property
    def minutes_told(self) -> str:
        return f"{self.minutes} минут"


@dataclass(frozen=True)
class Absent(Violation):
    code: ClassVar[str] = "absent"
    usual: ClassVar[Level] = Level.CONTRADICTION
    text: ClassVar[str] = "{person} не придёт."
    person: str


def test_finding_prints_its_facts_and_the_way_out():
    assert str(Late("Иванов")) == "Иванов опоздает на 5 минут. Позвоните: Иванов."
    assert str(Absent("Иванов")) == "Иванов не придёт."


def test_finding_remembers_what_it_is_about_and_how_to_mend_it():
    fix = Fix(FixAction.REPLACE_EXPERT, "assignment")
    found = Late("Иванов").about("sitting", ("assignment", "expert"), fix)
    assert (found.session, found.subjects) == ("sitting", ("assignment", "expert"))
    assert [each.label for each in found.fixes] == ["Заменить эксперта"]
    assert found.person == "Иванов"


def test_every_way_out_has_a_label():
    assert all(Fix(action, "").label for action in FixAction)


@pytest.mark.parametrize("wanted", ["contradiction", "warning"])
def test_college_may_raise_a_warning(wanted):
    (found,) = with_levels([Late("Иванов")], {"late": wanted})
    assert found.level == wanted


def test_college_may_switch_a_warning_off():
    assert list(with_levels([Late("Иванов")], {"late": "off"})) == []


def test_contradiction_is_the_law_whatever_the_settings_say():
    found = list(with_levels([Absent("Иванов")], {"absent": "off"}))
    assert found == [Absent("Иванов")]


def test_settings_of_other_findings_leave_a_warning_alone():
    assert list(with_levels([Late("Иванов")], {"absent": "off"})) == [Late("Иванов")]


def test_findings_are_told_apart_by_level():
    both = [Late("Иванов"), Absent("Петров")]
    assert (warnings(both), contradictions(both)) == ([both[0]], [both[1]])
    assert incompletes(both) == []
