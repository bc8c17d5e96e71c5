"""The live plan looked up by day: who and what is already taken."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from demoexam.rules.plan import DutyDay, DutyFacts, SittingFacts

Key = tuple[str, date]
WEEK = 7


class PlanIndex:
    """Live sittings by workshop, group and expert of a day; a check looks at a handful of rows."""

    def __init__(
        self, sittings: Iterable[SittingFacts] = (), elsewhere: Iterable[DutyDay] = ()
    ) -> None:
        self._workshops: dict[Key, list[SittingFacts]] = defaultdict(list)
        self._groups: dict[Key, list[SittingFacts]] = defaultdict(list)
        self._experts: dict[Key, list[tuple[SittingFacts, DutyFacts]]] = defaultdict(list)
        self._weeks: dict[tuple[str, int], list[tuple[date, str]]] = defaultdict(list)
        for sitting in sittings:
            self.take(sitting)
        for busy in elsewhere:
            self._add_day(busy.expert_id, busy.day, busy.session_id)

    def add(self, sitting: SittingFacts) -> None:
        """Take the sitting's workshop and group, but none of its experts."""
        for day in sitting.days:
            self._groups[sitting.group.id, day].append(sitting)
            if sitting.workshop:
                self._workshops[sitting.workshop.id, day].append(sitting)

    def add_duty(self, duty: DutyFacts, sitting: SittingFacts) -> None:
        for day in sitting.days:
            self._experts[duty.expert.id, day].append((sitting, duty))
            self._add_day(duty.expert.id, day, sitting.id)

    def _add_day(self, expert_id: str, day: date, session_id: str) -> None:
        self._weeks[expert_id, _week(day)].append((day, session_id))

    def after(self, gone: Collection[SittingFacts], there: Collection[SittingFacts]) -> "PlanIndex":
        """The index with some sittings as they are now, not as they were; this one stays."""
        made = PlanIndex()
        made._workshops, made._groups = self._workshops.copy(), self._groups.copy()
        made._experts, made._weeks = self._experts.copy(), self._weeks.copy()
        ids = {sitting.id for sitting in gone}
        for sitting in (*gone, *there):
            made._let_go(sitting, ids)
        for sitting in there:
            made.take(sitting)
        return made

    def _let_go(self, sitting: SittingFacts, gone: Collection[str]) -> None:
        """New lists of all that the sitting takes, without those that are gone."""
        people = [duty.expert.id for duty in sitting.live_duties]
        for day in sitting.days:
            _leave(self._groups, (sitting.group.id, day), gone)
            if sitting.workshop:
                _leave(self._workshops, (sitting.workshop.id, day), gone)
            for who in people:
                busy, week = self._experts[who, day], (who, _week(day))
                self._experts[who, day] = [one for one in busy if one[0].id not in gone]
                self._weeks[week] = [one for one in self._weeks[week] if one[1] not in gone]

    def take(self, sitting: SittingFacts) -> None:
        """Take the sitting with its experts, unless it is held."""
        if not sitting.held:
            self.add(sitting)
            for duty in sitting.live_duties:
                self.add_duty(duty, sitting)

    def in_workshop(self, workshop_id: str, sitting: SittingFacts) -> Iterator[SittingFacts]:
        """Other sittings in the workshop at the same time."""
        beside = _beside(self._workshops, workshop_id, sitting)
        return (other for other in beside if sitting.collides(other))

    def of_group(self, sitting: SittingFacts) -> Iterator[SittingFacts]:
        """Other sittings of the same study group at the same time."""
        return (other for other in self.of_group_that_day(sitting) if sitting.collides(other))

    def of_group_that_day(self, sitting: SittingFacts) -> Iterator[SittingFacts]:
        """Other sittings of the same study group on a day of this one."""
        return _beside(self._groups, sitting.group.id, sitting)

    def in_workshop_that_day(self, sitting: SittingFacts) -> Iterator[SittingFacts]:
        """Other sittings of this one's workshop on a day of this one."""
        if sitting.workshop:
            yield from _beside(self._workshops, sitting.workshop.id, sitting)

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

    def days_of_expert(self, expert_id: str, monday: date, besides: str) -> set[date]:
        """Days of the week from `monday` with a duty of the expert in sittings but `besides`."""
        week = self._weeks.get((expert_id, monday.toordinal() // WEEK))
        return {day for day, ident in week if ident != besides} if week else set()


def _week(day: date) -> int:
    """Weeks are told apart by the number of their Monday: the first day of all was one."""
    return (day.toordinal() - day.weekday()) // WEEK


def _leave(table: dict[Key, list[SittingFacts]], key: Key, gone: Collection[str]) -> None:
    table[key] = [each for each in table[key] if each.id not in gone]


def _beside(
    table: dict[Key, list[SittingFacts]], owner: str, sitting: SittingFacts
) -> Iterator[SittingFacts]:
    seen = {sitting.id}
    for day in sitting.days:
        for other in table.get((owner, day), ()):
            if other.id not in seen:
                seen.add(other.id)
                yield other
