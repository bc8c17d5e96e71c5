"""What the rules say of a sitting at a place where it is not yet: the judge of a drag."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from typing import overload

from demoexam.rules.calendar import WorkCalendar
from demoexam.rules.check import check_sitting
from demoexam.rules.index import PlanIndex
from demoexam.rules.mending import Mender
from demoexam.rules.placing import Move, at_hour, placed
from demoexam.rules.plan import ExpertFacts, KitFacts, PlanFacts, SittingFacts, WorkshopFacts
from demoexam.rules.pool import Pool
from demoexam.rules.shares import target_for
from demoexam.rules.terms import Level
from demoexam.rules.violation import Fix, Violation, with_levels
from demoexam.rules.year_shares import ShareLedger

SEVERITY = {level: rank for rank, level in enumerate(Level)}
MORNING = datetime(2000, 1, 1, 9)
Boards = Mapping[tuple[str, int], Sequence[str]]  # members by college and year


@dataclass(frozen=True)
class Verdict:
    """What speaks against a place, the worst first; no level: nothing does."""

    level: Level | None = None
    findings: Sequence[Violation] = ()
    fixes: Sequence[Fix] = ()
    move: Move | None = None

    def fixes_of(self, found: Violation) -> Sequence[Fix]:
        """Ready ways out of one of the findings; to be applied together with the move."""
        return self.fixes.of(found) if isinstance(self.fixes, WaysOut) else self.fixes

    @property
    def accepted(self) -> bool:
        """The move may be made: it contradicts nothing."""
        return self.level is not Level.CONTRADICTION


class MoveJudge:
    """Judges places of one sitting at a time against all the others."""

    def __init__(
        self,
        plan: PlanFacts,
        calendar: WorkCalendar,
        levels: Mapping[str, str],
        *,
        workshops: Iterable[WorkshopFacts] = (),
        experts: Iterable[ExpertFacts] = (),
        kits: Iterable[KitFacts] = (),
        boards: Boards | None = None,
        ledger: ShareLedger | None = None,
    ) -> None:
        self.plan, self.calendar, self.levels = plan, calendar, levels
        self.sittings = {sitting.id: sitting for sitting in plan.sittings}
        self.sittings |= {each.id: each.sitting for each in plan.unplaced if each.sitting}
        named = (each.workshop for each in plan.sittings if each.workshop)
        self.workshops = {each.id: each for each in (*named, *workshops)}
        self.kits, self._boards = tuple(kits), boards or {}
        self.index = PlanIndex(plan.sittings, plan.elsewhere)
        self._experts = tuple(experts)
        self.ledger = ledger or ShareLedger({})
        self.base = self.sittings, self.ledger  # what is said of the share is said against it

    def verdict(self, ident: str, *, workshop_id: str | None, starts_at: datetime) -> Verdict:
        """What speaks against the sitting in this workshop at this time."""
        move = Move(ident, workshop_id, starts_at)
        return self.judged(self.there(move), move)

    def verdicts(self, moves: Sequence[Move]) -> Iterator[Verdict]:
        """Of moves made together: each against all the others at their new places."""
        if len(moves) == 1:
            return iter([self.judged(self.there(moves[0]), moves[0])])
        made = self.moved(moves)
        made.base = self.base
        return (made.judged(made.sittings[move.id], move) for move in moves)

    def judged(self, there: SittingFacts, move: Move) -> Verdict:
        findings = self.findings(there)
        worst = findings[0].level if findings else None
        return Verdict(worst, findings, WaysOut(self, there, findings), move)

    def fixes(self, ident: str, found: Violation) -> list[Fix]:
        """Ready ways out of what is said of the sitting where it is now, the best first."""
        sitting = self.sittings[ident]
        if sitting.starts_at == datetime.min:
            sitting = self._somewhere(sitting)
        return Mender(self, sitting).fixes(found)

    def _somewhere(self, sitting: SittingFacts) -> SittingFacts:
        """Where a search for a first place begins: a morning for which notice can be given."""
        noticed = sitting.notice.plan.earliest(self.plan.today, self.calendar)
        day = self.calendar.add(noticed, 1)
        start = at_hour(day, MORNING)
        return placed(sitting, None, start, self.calendar)

    @cached_property
    def pool(self) -> Pool:
        return Pool(self._experts, self.plan)

    def board_names(self, sitting: SittingFacts) -> Sequence[str]:
        """Members of the college's board of the year; while unknown, those of its sittings."""
        college = sitting.group.college_id
        named = (
            each.board_member
            for each in self.sittings.values()
            if each.board_member and each.group.college_id == college
        )
        return self._boards.get((college, sitting.day.year)) or [*dict.fromkeys(named)]

    def there(self, move: Move) -> SittingFacts:
        """The sitting as it would be after the move."""
        workshop = self.workshops[move.workshop_id] if move.workshop_id else None
        return placed(self.sittings[move.id], workshop, move.starts_at, self.calendar)

    def findings(self, sitting: SittingFacts) -> list[Violation]:
        """What speaks against these facts of a sitting, the worst first."""
        found = check_sitting(sitting, self.index, self.calendar, self.plan.today)
        was, ledger = self.base
        stages = was[sitting.id], self.sittings[sitting.id], sitting
        fell = self.ledger.falls(stages, ledger)
        told = with_levels(chain(found, fell), self.levels)
        return sorted(told, key=lambda each: SEVERITY[each.level])

    def share_met(self, year: int, sitting: SittingFacts) -> bool:
        """The year would reach its target with these facts of a sitting."""
        after = self.ledger.after([(self.sittings[sitting.id], sitting)])
        target = target_for(after.targets, year)
        return target is not None and after.shares[year].meets(target) is True

    def hour_on(self, ident: str, day: date) -> datetime:
        """When the sitting would begin on `day`: at its own hour, or in the morning."""
        sitting = self.sittings[ident]
        return at_hour(day, MORNING if sitting.starts_at == datetime.min else sitting.starts_at)

    def moved(self, moves: Iterable[Move]) -> "MoveJudge":
        """The judge after these moves; this one stays as it is."""
        made = copy(self)
        there = {move.id: self.there(move) for move in moves}
        before = [self.sittings[ident] for ident in there]
        made.sittings = {**self.sittings, **there}
        made.index = self.index.after(before, there.values())
        made.ledger = self.ledger.after(zip(before, there.values(), strict=True))
        made.base = made.sittings, made.ledger
        return made


class WaysOut(Sequence[Fix]):
    """Ready fixes of a verdict, looked for when they are read first."""

    def __init__(
        self, judge: MoveJudge, sitting: SittingFacts, findings: Sequence[Violation]
    ) -> None:
        self._judge, self._sitting, self._findings = judge, sitting, findings

    def of(self, found: Violation) -> Sequence[Fix]:
        """Those which remove this finding."""
        return self._made.get(id(found), ())

    @cached_property
    def _made(self) -> dict[int, list[Fix]]:
        mender = Mender(self._judge, self._sitting)
        return {id(found): mender.fixes(found) for found in self._findings}

    @cached_property
    def _all(self) -> tuple[Fix, ...]:
        return tuple(dict.fromkeys(fix for fixes in self._made.values() for fix in fixes))

    @overload
    def __getitem__(self, index: int) -> Fix: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Fix]: ...
    def __getitem__(self, index: int | slice) -> Fix | Sequence[Fix]:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)
