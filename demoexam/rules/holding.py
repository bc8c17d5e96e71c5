"""Which rows that came from elsewhere must be kept out of the live plan, and why."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain

from demoexam.rules.check import check_duty
from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import DutyFacts, PlanFacts, SittingFacts
from demoexam.rules.timetable import check_overlaps, check_workshop
from demoexam.rules.violation import Violation, contradictions


def to_hold(plan: PlanFacts, came: Collection[str]) -> dict[str, list[Violation]]:
    """Id of a sitting or an assignment among `came` -> what it contradicts.

    Rows are admitted in the order of their ids, so of two that clash the later one is held: the
    sitting for its workshop, places or group, else the assignment for its expert. A sitting that
    came brings all its assignments with it.
    """
    sittings = sorted(plan.live(), key=lambda sitting: sitting.id)
    index = PlanIndex(_settled(sitting, came) for sitting in sittings if sitting.id not in came)
    held: dict[str, list[Violation]] = {}
    for sitting in sittings:
        if sitting.id in came:
            reasons = contradictions(_against_sitting(sitting, index))
            if reasons:
                held[sitting.id] = reasons
            else:
                index.add(sitting)
    newcomers = sorted(_newcomers(sittings, came, held), key=_by_id)
    waiting = {duty.assignment_id for duty, _ in newcomers}
    for duty, sitting in newcomers:
        waiting.discard(duty.assignment_id)
        here = (
            each
            for each in sitting.live_duties
            if each.assignment_id not in waiting and each.assignment_id not in held
        )
        reasons = contradictions(check_duty(duty, sitting.with_duties(*here), index))
        if reasons:
            held[duty.assignment_id] = reasons
        else:
            index.add_duty(duty, sitting)
    return held


def _settled(sitting: SittingFacts, came: Collection[str]) -> SittingFacts:
    """The sitting with those of its duties that were there before."""
    stayed = (duty for duty in sitting.duties if duty.assignment_id not in came)
    return replace(sitting, duties=tuple(stayed))


def _against_sitting(sitting: SittingFacts, index: PlanIndex) -> Iterator[Violation]:
    return chain(check_overlaps(sitting, index), check_workshop(sitting))


def _newcomers(
    sittings: Collection[SittingFacts], came: Collection[str], held: Collection[str]
) -> Iterator[tuple[DutyFacts, SittingFacts]]:
    for sitting in sittings:
        if sitting.id not in held:
            for duty in sitting.live_duties:
                if sitting.id in came or duty.assignment_id in came:
                    yield duty, sitting


def _by_id(pair: tuple[DutyFacts, SittingFacts]) -> str:
    return pair[0].assignment_id
