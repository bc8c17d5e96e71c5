"""What one more expert in one sitting would do to the year's share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.rules.plan import DutyFacts, ExpertFacts, SittingFacts
from demoexam.rules.shares import Share, counted_roles, deciding_turn, side_on
from demoexam.rules.terms import CountMethod, Role, Side, SideDate
from demoexam.services.share.counting import count_of, counted
from demoexam.services.share.units import Count, seated
from demoexam.text import percent

Turns = Mapping[str, list[date]]  # expert -> days of his counted sittings of the year


class Trend(StrEnum):
    RISES = "rises"
    STAYS = "stays"
    FALLS = "falls"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True, slots=True)
class ShareEffect:
    """The share of the sitting's year before and after; `known_before`: counted already."""

    before: Share
    after: Share
    counts: bool = True
    known_before: bool = False

    @property
    def trend(self) -> Trend:
        before, after = self.before.value or 0, self.after.value or 0
        if not self.counts:
            return Trend.NOT_COUNTED
        if after == before:
            return Trend.STAYS
        return Trend.RISES if after > before else Trend.FALLS

    def __str__(self) -> str:
        if not self.counts:
            return "В доле не учитывается"
        if self.after == self.before:
            why = ": уже в счёте этого года" if self.known_before else ""
            return f"Доля не изменится{why}"
        return f"Доля станет {percent(self.after.value)} ({_people(self.after)})"

    def change(self, year: int) -> str:
        """«Доля 2026: 68,4 % → 69,1 %»; with people where the rounded figures are the same."""
        if not self.counts or self.after == self.before:
            return str(self)
        before, after = percent(self.before.value), percent(self.after.value)
        people = f" ({_people(self.before)} → {_people(self.after)})" if before == after else ""
        return f"Доля {year}: {before} → {after}{people}"


class YearShare:
    """The share of the sitting's year, ready to be asked about one candidate after another."""

    def __init__(
        self, session: Session, sitting: SittingFacts, replaced: DutyFacts | None = None
    ) -> None:
        self._sitting = sitting
        self._count = count_of(session, year=sitting.day.year)
        self.before = counted(session, self._count).get("", Share())
        self._turns: Turns = _turns(session, self._count)
        self._base = self.before
        if replaced is not None:
            self._base, self._turns = self._without(replaced)
        self._with_one: dict[Side, Share] = {}

    def effect(self, expert: ExpertFacts, role: Role) -> ShareEffect:
        """Of giving `expert` a free seat of this role."""
        if not self._counts(role):
            return ShareEffect(self.before, self._base, counts=False)
        turns = self._turns.get(expert.id)
        if not turns:
            return ShareEffect(self.before, self._plus(side_on(expert.jobs, self._sitting.day)))
        return ShareEffect(self.before, self._again(self._base, expert, turns), known_before=True)

    def effect_of(
        self, experts: Iterable[ExpertFacts], role: Role, replaced: DutyFacts | None = None
    ) -> ShareEffect:
        """Of giving a seat of this role to each of them; of none: of leaving the seat empty."""
        counts, after, known = self._counts(role), self._base, self._turns
        if replaced is not None:
            after, known = self._without(replaced)
        for expert in experts if counts else ():
            turns = known.get(expert.id)
            new = side_on(expert.jobs, self._sitting.day)
            after = self._again(after, expert, turns) if turns else after.plus(new)
        return ShareEffect(self.before, after, counts=counts)

    def _again(self, share: Share, expert: ExpertFacts, turns: list[date]) -> Share:
        """With one more sitting of an expert who is counted already."""
        was, becomes = self._side(expert, turns), self._side(expert, [*turns, self._sitting.day])
        return share if was is becomes else share.plus(was, -1).plus(becomes)

    def _plus(self, side: Side) -> Share:
        """The same few results serve thousands of candidates."""
        if side not in self._with_one:
            self._with_one[side] = self._base.plus(side)
        return self._with_one[side]

    def _counts(self, role: Role) -> bool:
        by_roster = self._count.method is CountMethod.ROSTER
        return not by_roster and role in counted_roles(chief_counts=self._count.chief_counts)

    def _without(self, replaced: DutyFacts) -> tuple[Share, Turns]:
        """The share and the turns once the seat is empty; his other sittings stay."""
        expert, day = replaced.expert, self._sitting.day
        turns = self._turns.get(expert.id, [])
        if self._sitting.held or not self._counts(replaced.role) or not replaced.counts:
            return self.before, self._turns
        if self._count.method is CountMethod.ASSIGNMENTS:
            return self.before.plus(side_on(expert.jobs, day), -1), self._turns
        left = list(turns)
        left.remove(day)
        base = self.before.plus(self._side(expert, turns), -1)
        share = base.plus(self._side(expert, left)) if left else base
        return share, {**self._turns, expert.id: left}

    def _side(self, expert: ExpertFacts, days: list[date]) -> Side:
        if self._count.side_date is SideDate.LAST:
            return side_on(expert.jobs, max(days))
        turns = [(day, side_on(expert.jobs, day)) for day in days]
        return deciding_turn(turns, self._count.side_date)[1]


def _people(share: Share) -> str:
    return f"{share.employers} из {share.experts}"


def _turns(session: Session, count: Count) -> dict[str, list[date]]:
    """Expert -> days of his counted sittings of the year."""
    turns: dict[str, list[date]] = defaultdict(list)
    if count.method is CountMethod.PERSONS:
        seats = seated(count)
        query = select(seats.c.expert_id, seats.c.moment)
        for expert, moment in session.execute(query):
            turns[expert].append(date.fromisoformat(moment[:10]))
    return turns
