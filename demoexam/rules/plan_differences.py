"""Two plans compared: what was moved, added, dropped, given other experts or other numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from demoexam.rules.terms import Role

Duty = tuple[Role, str]  # a role and the expert's id


@dataclass(frozen=True, slots=True)
class PlannedSitting:
    """A dated sitting as a version of the plan keeps it: ids, days, hours, numbers; no names."""

    id: str
    group_id: str
    kit_id: str
    starts_at: datetime
    ends_at: datetime
    number: int = 1
    workshop_id: str | None = None
    second_day: date | None = None
    preparation_day: date | None = None
    head_count: int = 0
    duties: frozenset[Duty] = field(default_factory=frozenset)

    @property
    def place_and_time(self) -> tuple[object, ...]:
        days = self.second_day, self.preparation_day
        return self.workshop_id, self.starts_at, self.ends_at, *days

    @property
    def numbers(self) -> tuple[object, ...]:
        return self.kit_id, self.head_count, self.number


class DifferenceKind(StrEnum):
    """In the order in which they are told."""

    MOVED = "moved"
    ADDED = "added"
    DROPPED = "dropped"
    EXPERTS = "experts"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different about one sitting; `old` or `new` is None where it is not."""

    kind: DifferenceKind
    old: PlannedSitting | None
    new: PlannedSitting | None

    @property
    def sitting(self) -> PlannedSitting:
        known = self.new or self.old
        if known is None:
            raise ValueError("a difference of nothing")
        return known

    @property
    def gone(self) -> Sequence[Duty]:
        """Experts of the old plan alone."""
        return sorted(self._duties(self.old) - self._duties(self.new))

    @property
    def come(self) -> Sequence[Duty]:
        return sorted(self._duties(self.new) - self._duties(self.old))

    @staticmethod
    def _duties(one: PlannedSitting | None) -> frozenset[Duty]:
        return one.duties if one else frozenset()


def differences(old: Iterable[PlannedSitting], new: Iterable[PlannedSitting]) -> list[Difference]:
    """By kind, then in order of time. A sitting can differ in several ways at once."""
    before = {one.id: one for one in old}
    after = {one.id: one for one in new}
    found = [
        Difference(kind, before.get(ident), after.get(ident))
        for ident in before | after
        for kind in _kinds(before, after, ident)
    ]
    order = list(DifferenceKind)
    return sorted(
        found, key=lambda one: (order.index(one.kind), one.sitting.starts_at, one.sitting.id)
    )


def _kinds(
    before: Mapping[str, PlannedSitting], after: Mapping[str, PlannedSitting], ident: str
) -> list[DifferenceKind]:
    old, new = before.get(ident), after.get(ident)
    if old is None:
        return [DifferenceKind.ADDED]
    if new is None:
        return [DifferenceKind.DROPPED]
    told = {
        DifferenceKind.MOVED: old.place_and_time != new.place_and_time,
        DifferenceKind.EXPERTS: old.duties != new.duties,
        DifferenceKind.NUMBERS: old.numbers != new.numbers,
    }
    return [kind for kind, differs in told.items() if differs]
