"""Rows kept out of the live plan because they contradict it; and what refuses a single write."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from demoexam.models.exams import Assignment, ExamSession
from demoexam.rules.check import check_duty, check_sitting
from demoexam.rules.index import PlanIndex
from demoexam.rules.plan import PlanFacts, SittingFacts
from demoexam.rules.violation import Violation, contradictions, with_levels
from demoexam.services.college import college_settings
from demoexam.services.plan_facts import around, load_plan


def sitting_findings(session: Session, *, session_id: str) -> list[Violation]:
    """Everything about one sitting as it would stand now, clashes with others included."""
    plan = _plan_around(session, [session_id])
    levels = college_settings(session).rule_levels
    for sitting in plan.live():
        if sitting.id == session_id:
            found = check_sitting(sitting, PlanIndex(plan.sittings), plan.calendar, plan.today)
            return list(with_levels(found, levels))
    return []


def hold_contradictions(session: Session, *, row_ids: Collection[str]) -> list[Violation]:
    """Hold those of these sittings and assignments that contradict the rest of the live plan.

    They are tried one after another, so of two that contradict each other the later is held.
    Returns the reasons.
    """
    owners = select(Assignment.session_id).where(Assignment.id.in_(row_ids))
    sittings = set(session.scalars(owners)) | set(row_ids)
    plan = _plan_around(session, sittings)
    reasons: list[Violation] = []
    live = {sitting.id: _without(sitting, row_ids) for sitting in plan.live()}
    for sitting in plan.live():
        if sitting.id in row_ids:
            found = _against_sitting(live[sitting.id], live.values(), plan)
            if found:
                _hold(session, ExamSession, sitting.id)
                del live[sitting.id]
                reasons += found
                continue
        for duty in sitting.live_duties:
            if duty.assignment_id not in row_ids:
                continue
            index = PlanIndex(live.values())
            found = contradictions(check_duty(duty, live[sitting.id], index))
            if found:
                _hold(session, Assignment, duty.assignment_id)
                reasons += found
            else:
                duties = (*live[sitting.id].duties, duty)
                live[sitting.id] = replace(live[sitting.id], duties=duties)
    return reasons


def _without(sitting: SittingFacts, row_ids: Collection[str]) -> SittingFacts:
    kept = tuple(duty for duty in sitting.duties if duty.assignment_id not in row_ids)
    return replace(sitting, duties=kept)


def _against_sitting(
    sitting: SittingFacts, others: Iterable[SittingFacts], plan: PlanFacts
) -> list[Violation]:
    index = PlanIndex(others)
    return contradictions(check_sitting(sitting, index, plan.calendar, plan.today))


def _hold(session: Session, entity: type[ExamSession | Assignment], row_id: str) -> None:
    session.execute(update(entity).where(entity.id == row_id).values(held=True))


def _plan_around(session: Session, sitting_ids: Collection[str]) -> PlanFacts:
    chosen = ExamSession.id.in_(sitting_ids)
    times = session.execute(select(ExamSession.starts_at, ExamSession.second_day).where(chosen))
    days = {day for start, second in times for day in (start and start.date(), second) if day}
    condition = or_(chosen, around(days)) if days else chosen
    return load_plan(session, today=date.today(), condition=condition)
