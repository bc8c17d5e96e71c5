"""The live plan looked up by day: who and what is already taken."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from demoexam.rules.plan import DutyFacts, SittingFacts

Key = tuple[str, date]


class PlanIndex:
    """Live sittings by workshop, group and expert of a day; a check looks at a handful of rows."""

    def __init__(self, sittings: Iterable[SittingFacts]) -> None:
        self._workshops: dict[Key, list[SittingFacts]] = defaultdict(list)
        self._groups: dict[Key, list[SittingFacts]] = defaultdict(list)
        self._experts: dict[Key, list[tuple[SittingFacts, DutyFacts]]] = defaultdict(list)
        for sitting in sittings:
            if not sitting.held:
                self.add(sitting)
                for duty in sitting.live_duties:
                    self.add_duty(duty, sitting)

    def add(self, sitting: SittingFacts) -> None:
        """Take the sitting's workshop and group, but none of its experts."""
        for day in sitting.days:
            self._groups[sitting.group.id, day].append(sitting)
            if sitting.workshop:
                self._workshops[sitting.workshop.id, day].append(sitting)

    def add_duty(self, duty: DutyFacts, sitting: SittingFacts) -> None:
        for day in sitting.days:
            self._experts[duty.expert.id, day].append((sitting, duty))

    def in_workshop(self, workshop_id: str, sitting: SittingFacts) -> Iterator[SittingFacts]:
        """Other sittings in the workshop at the same time."""
        return _colliding(self._workshops, workshop_id, sitting)

    def of_group(self, sitting: SittingFacts) -> Iterator[SittingFacts]:
        """Other sittings of the same study group at the same time."""
        return _colliding(self._groups, sitting.group.id, sitting)

    def of_expert(
        self, expert_id: str, sitting: SittingFacts
    ) -> Iterator[tuple[SittingFacts, DutyFacts]]:
        """The expert's duties in other sittings at the same time."""
        seen = {sitting.id}
        for day in sitting.days:
            for other, duty in self._experts.get((expert_id, day), ()):
                if other.id not in seen and sitting.collides(other):
                    seen.add(other.id)
                    yield other, duty


def _colliding(
    table: dict[Key, list[SittingFacts]], owner: str, sitting: SittingFacts
) -> Iterator[SittingFacts]:
    seen = {sitting.id}
    for day in sitting.days:
        for other in table.get((owner, day), ()):
            if other.id not in seen and sitting.collides(other):
                seen.add(other.id)
                yield other
