"""Ways to raise a year's share by the people of one exam: employers' experts come to it."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from demoexam.rules.fixed import Seats, replaced, seated, without
from demoexam.rules.plan import DutyFacts, ExpertFacts, SittingFacts
from demoexam.rules.shares import ShareBelowTarget, counted_roles, side_on
from demoexam.rules.terms import Role, Side
from demoexam.rules.violation import Fix, FixAction, Violation
from demoexam.rules.year_shares import ShareFalls
from demoexam.text import short_of

if TYPE_CHECKING:
    from demoexam.rules.moves import MoveJudge

TRIED, INVITED = 5, 3  # people for a seat; more seats than the group has
Proposal = tuple[Fix, SittingFacts]


def hired(judge: "MoveJudge", sitting: SittingFacts, found: Violation) -> Iterator[Proposal]:
    """An employer's expert instead of another one who counts in the share."""
    counted = counted_roles(chief_counts=judge.ledger.chief_counts)
    for duty in sitting.live_duties:
        if duty.role not in counted or side_on(duty.expert.jobs, sitting.day) is Side.EMPLOYER:
            continue
        for expert in _employers(judge, without(sitting, duty.assignment_id), duty.role):
            after = replaced(sitting, duty.assignment_id, expert)
            if _lifts(judge, found, after):
                words = f"Заменить: {_instead(duty, expert)}"
                yield Fix(FixAction.REPLACE_EXPERT, duty.assignment_id, expert.id, words), after


def invited(judge: "MoveJudge", sitting: SittingFacts, found: Violation) -> Iterator[Proposal]:
    """A few more of them, as many as it takes."""
    chosen: list[ExpertFacts] = []
    after = sitting
    for _ in range(INVITED):
        expert = next(_employers(judge, after, Role.SCORING), None)
        if expert is None:
            return
        chosen.append(expert)
        after = seated(after, Role.SCORING, [expert])
        if _lifts(judge, found, after):
            seats = Seats(Role.SCORING, tuple(each.id for each in chosen))
            words = f"Добавить: {', '.join(short_of(each.name) for each in chosen)}"
            yield Fix(FixAction.ADD_EXPERT, sitting.id, seats.value, words), after


def _employers(judge: "MoveJudge", sitting: SittingFacts, role: Role) -> Iterator[ExpertFacts]:
    fit = judge.pool.fit(sitting, role, judge.index, judge.levels)
    mine = (each for each in fit if side_on(each.jobs, sitting.day) is Side.EMPLOYER)
    return islice(mine, TRIED)


def _lifts(judge: "MoveJudge", found: Violation, after: SittingFacts) -> bool:
    """What a move does is tried by its verdict; what is said of the year, against its target."""
    if isinstance(found, ShareFalls):
        return True
    return isinstance(found, ShareBelowTarget) and judge.share_met(found.year, after)


def _instead(duty: DutyFacts, expert: ExpertFacts) -> str:
    return f"{short_of(duty.expert.name)} → {short_of(expert.name)}"
