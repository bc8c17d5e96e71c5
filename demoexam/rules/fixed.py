"""A sitting as it would be after its people or its kit change: facts in, facts out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from demoexam.rules.calendar import WorkCalendar
from demoexam.rules.placing import hanging_days
from demoexam.rules.plan import DutyFacts, ExpertFacts, KitFacts, SittingFacts
from demoexam.rules.terms import Role


@dataclass(frozen=True, slots=True)
class Seats:
    """The value of a fix which fills seats of one role: «scoring:id,id»."""

    role: Role
    experts: tuple[str, ...]

    @property
    def value(self) -> str:
        return f"{self.role}:{','.join(self.experts)}"

    @classmethod
    def read(cls, value: str) -> "Seats":
        role, _, ids = value.partition(":")
        return cls(Role(role), tuple(ident for ident in ids.split(",") if ident))


def without(sitting: SittingFacts, assignment_id: str) -> SittingFacts:
    """The seat is free."""
    stay = (duty for duty in sitting.duties if duty.assignment_id != assignment_id)
    return sitting.with_duties(*stay)


def replaced(sitting: SittingFacts, assignment_id: str, expert: ExpertFacts) -> SittingFacts:
    """Another person in the seat."""
    gone = next(each for each in sitting.duties if each.assignment_id == assignment_id)
    return seated(without(sitting, assignment_id), gone.role, [expert])


def seated(sitting: SittingFacts, role: Role, experts: Iterable[ExpertFacts]) -> SittingFacts:
    """More people in seats of one role."""
    new = (DutyFacts(f"new {expert.id}", expert, role) for expert in experts)
    return sitting.with_duties(*sitting.duties, *new)


def with_kit(sitting: SittingFacts, kit: KitFacts, calendar: WorkCalendar) -> SittingFacts:
    """Another kit brings its own length and days."""
    days = hanging_days(sitting.day, kit.exam_days, calendar)
    return replace(
        sitting,
        kit=kit,
        ends_at=sitting.starts_at + timedelta(minutes=kit.minutes),
        second_day=days.second,
        preparation_day=days.preparation,
    )
