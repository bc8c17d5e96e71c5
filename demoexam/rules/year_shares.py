"""What other days or other people of an exam would make of the employers' share of a year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, NamedTuple

from demoexam.rules.plan import JobFacts, SittingFacts
from demoexam.rules.shares import (
    Share,
    ShareBelowTarget,
    counted_roles,
    persons_side,
    side_on,
    target_for,
)
from demoexam.rules.terms import CountMethod, Side, SideDate
from demoexam.rules.violation import Fix, FixAction
from demoexam.text import percent

Jobs = Mapping[str, Sequence[JobFacts]]  # by expert
Stages = tuple[SittingFacts, SittingFacts, SittingFacts]
"""A sitting as the base of a comparison knows it, as the ledger does, and as it would be."""


class Turn(NamedTuple):
    """A counted duty of an expert."""

    day: date
    session_id: str


@dataclass(frozen=True)
class ShareFalls(ShareBelowTarget):
    """R13 for a move: it takes the year below the target, or further below it."""

    text: ClassVar[str] = (
        "Доля экспертов от работодателей за {year} год станет {shown} ({employers} из {experts})"
        "{now}, цель {target}\N{NO-BREAK SPACE}%."
    )
    before: Share

    @property
    def now(self) -> str:
        if self.before.value is None:
            return ""
        count = f"({self.before.employers} из {self.before.experts})"
        return f", а сейчас {percent(self.before.value)} {count}"


@dataclass(frozen=True)
class ShareLedger:
    """The share of each known year, and the counted duties it comes from.

    The roster counts people whether they sit or not: no ledger is kept of it.
    """

    targets: Mapping[int, int]
    shares: Mapping[int, Share] = field(default_factory=dict)
    turns: Mapping[str, Sequence[Turn]] = field(default_factory=dict)  # by expert
    method: CountMethod = CountMethod.PERSONS
    side_date: SideDate = SideDate.LAST
    chief_counts: bool = True

    def falls(self, stages: Stages, base: "ShareLedger") -> Iterator[ShareFalls]:
        """Years whose share would be worse than in `base`, and below its target.

        A year is told of only when the people of this sitting would count in it otherwise than
        in `base`: of several moved together, those that change nothing are not to blame.
        """
        _, now, then = stages
        jobs, made = _jobs(now, then), self.turns_after(now, then)
        for year in sorted({each.day.year for each in stages} & self.shares.keys()):
            target = target_for(self.targets, year)
            if target is None or all(
                base.units(jobs[who], base.turns.get(who, ()), year)
                == self.units(jobs[who], turns, year)
                for who, turns in made.items()
            ):
                continue
            after, before = self.share_after(year, made, jobs), base.shares[year]
            if _worse(before, after, target):
                fell = ShareFalls(year, after.employers, after.experts, target, before)
                ways = Fix(FixAction.MOVE_SITTING, then.id), Fix(FixAction.OPEN_SHARE, str(year))
                yield fell.about(then.id, (then.id, str(year)), *ways)

    def after(self, changes: Iterable[tuple[SittingFacts, SittingFacts]]) -> "ShareLedger":
        """The ledger once each sitting is as the second of its pair tells."""
        shares, turns = dict(self.shares), dict(self.turns)
        made = replace(self, shares=shares, turns=turns)
        for now, then in changes:
            jobs, new = _jobs(now, then), made.turns_after(now, then)
            for year in {now.day.year, then.day.year} & shares.keys():
                shares[year] = made.share_after(year, new, jobs)
            turns.update(new)
        return made

    def units(self, jobs: Sequence[JobFacts], turns: Sequence[Turn], year: int) -> list[Side]:
        """What an expert adds to the count of the year by these duties of his."""
        days = [turn.day for turn in turns if turn.day.year == year]
        if self.method is CountMethod.ASSIGNMENTS:
            return sorted(side_on(jobs, day) for day in days)
        if days and self.side_date is SideDate.LAST:
            return [side_on(jobs, max(days))]
        return [persons_side(jobs, days, self.side_date)] if days else []

    def turns_after(self, now: SittingFacts, then: SittingFacts) -> dict[str, list[Turn]]:
        """The duties of everybody who sits or would sit there."""
        counted = counted_roles(chief_counts=self.chief_counts)
        seats = [duty.expert.id for duty in then.live_duties if duty.role in counted]
        leaving = (duty.expert.id for duty in now.live_duties if duty.role in counted)
        made = {
            who: [turn for turn in self.turns.get(who, ()) if turn.session_id != then.id]
            for who in dict.fromkeys([*seats, *leaving])
        }
        for who in seats:
            made[who].append(Turn(then.day, then.id))
        return made

    def share_after(self, year: int, made: Mapping[str, Sequence[Turn]], jobs: Jobs) -> Share:
        share = self.shares[year]
        for who, turns in made.items():
            old = self.units(jobs[who], self.turns.get(who, ()), year)
            new = self.units(jobs[who], turns, year)
            if old != new:
                for side in old:
                    share = share.plus(side, -1)
                for side in new:
                    share = share.plus(side)
        return share


def _jobs(now: SittingFacts, then: SittingFacts) -> Jobs:
    return {each.expert.id: each.expert.jobs for each in (*now.live_duties, *then.live_duties)}


def _worse(before: Share, after: Share, target: int) -> bool:
    """Below the target, and not because it was at least as low before."""
    if after.value is None or after.meets(target):
        return False
    return before.value is None or after.value < before.value
