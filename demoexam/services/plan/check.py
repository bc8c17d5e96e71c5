"""Findings over the plan: what contradicts, what is missing, what deserves a second look."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from demoexam.models.exams import Assignment, ExamSession
from demoexam.rules.check import check_one, check_plan
from demoexam.rules.holding import to_hold
from demoexam.rules.plan import PlanFacts
from demoexam.rules.shares import check_share
from demoexam.rules.terms import Level
from demoexam.rules.violation import Violation, with_levels
from demoexam.services.college.college import college_settings, targets
from demoexam.services.plan.plan_facts import around, duty_days, in_years, load_plan
from demoexam.services.share.share import year_share

SEVERITY = {level: rank for rank, level in enumerate(Level)}
UNDATED = ""


def findings(
    session: Session, *, today: date | None = None, years: Collection[int] | None = None
) -> list[Violation]:
    """Everything that is wrong with the plan, the worst first and then in order of time.

    Held rows are checked against the live plan with all their reasons. `years` narrows the plan
    to the sittings of these years.
    """
    today = today or date.today()
    condition = None if years is None else in_years(years)
    plan = load_plan(session, today=today, condition=condition)
    levels = college_settings(session).rule_levels
    found = with_levels([*check_plan(plan), *_share_findings(session, plan, today)], levels)
    when = {sitting.id: sitting.starts_at.isoformat() for sitting in plan.sittings}
    return sorted(found, key=lambda each: (SEVERITY[each.level], when.get(each.session, UNDATED)))


def sitting_findings(
    session: Session, *, session_id: str, today: date | None = None
) -> list[Violation]:
    """Everything about one sitting against the live plan of its days, the worst first."""
    plan = plan_around(session, [session_id], today=today)
    levels = college_settings(session).rule_levels
    found = with_levels(check_one(plan, session_id), levels)
    return sorted(found, key=lambda each: SEVERITY[each.level])


def plan_around(
    session: Session,
    session_ids: Collection[str],
    *,
    today: date | None = None,
    everyone: bool = False,
) -> PlanFacts:
    """The sittings named, and all that share a day with one of them.

    The weeks of their experts are known, with `everyone` those of all experts.
    """
    columns = select(ExamSession.starts_at, ExamSession.second_day)
    rows = session.execute(columns.where(ExamSession.id.in_(session_ids))).all()
    days = {starts_at.date() for starts_at, _ in rows if starts_at}
    days |= {second_day for _, second_day in rows if second_day}
    condition = or_(ExamSession.id.in_(session_ids), around(days))
    plan = load_plan(session, today=today or date.today(), condition=condition)
    whose = None if everyone else session_ids
    return replace(plan, elsewhere=tuple(duty_days(session, plan, days, whose)))


def hold_contradictions(
    session: Session, *, row_ids: Collection[str]
) -> dict[str, list[Violation]]:
    """Take out of the live plan those sittings and assignments of `row_ids` that contradict it.

    For rows that came by import, undo or exchange. Returns the reasons by the ids held.
    """
    came = frozenset(row_ids)
    held = to_hold(plan_around(session, _sittings_of(session, came)), came)
    for entity in (ExamSession, Assignment):
        for row in session.scalars(select(entity).where(entity.id.in_(held))):
            row.held = True
    session.flush()
    return held


def _sittings_of(session: Session, row_ids: Collection[str]) -> set[str]:
    by_duty = select(Assignment.session_id).where(Assignment.id.in_(row_ids))
    by_id = select(ExamSession.id).where(ExamSession.id.in_(row_ids))
    return {*session.scalars(by_id), *session.scalars(by_duty)}


def _share_findings(session: Session, plan: PlanFacts, today: date) -> list[Violation]:
    known = targets(session)
    years = sorted({sitting.day.year for sitting in plan.live()})
    checked = (
        check_share(year, *year_share(session, year=year, today=today, targets=known))
        for year in years
    )
    return [found for found in checked if found is not None]


def finding_json(found: Violation) -> dict[str, Any]:
    """The form that `check --json` prints."""
    fixes = [
        {"action": fix.action.value, "target": fix.target, "value": fix.value, "text": fix.label}
        for fix in found.fixes
    ]
    return {
        "code": found.code,
        "rule": found.rule,
        "level": found.level.value,
        "session": found.session,
        "subjects": [ident for ident in found.subjects if ident],
        "text": str(found),
        "fixes": fixes,
        "held": found.held,
    }
