"""Findings over the plan: what contradicts, what is missing, what deserves a second look."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from demoexam.rules.check import check_plan
from demoexam.rules.plan import PlanFacts, SittingFacts
from demoexam.rules.shares import check_share
from demoexam.rules.terms import Level
from demoexam.rules.violation import Violation, with_levels
from demoexam.services.college import college_settings, targets
from demoexam.services.plan_facts import in_years, load_plan
from demoexam.services.share import year_share

SEVERITY = {level: rank for rank, level in enumerate(Level)}
UNDATED = ""


def findings(
    session: Session, *, today: date, years: Collection[int] | None = None
) -> list[Violation]:
    """Everything that is wrong with the plan, the worst first and then in order of time.

    Held rows are checked against the live plan with all their reasons. `years` narrows the plan
    to the sittings of these years.
    """
    condition = None if years is None else in_years(years)
    plan = load_plan(session, today=today, condition=condition)
    levels = college_settings(session).rule_levels
    found = with_levels([*check_plan(plan), *_share_findings(session, plan, today)], levels)
    when = {sitting.id: sitting.starts_at.isoformat() for sitting in plan.sittings}
    return sorted(found, key=lambda each: (SEVERITY[each.level], when.get(each.session, UNDATED)))


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


def sitting_of(plan: PlanFacts, ident: str) -> SittingFacts | None:
    return next((sitting for sitting in plan.sittings if sitting.id == ident), None)


def of_sitting(found: Sequence[Violation], ident: str) -> list[Violation]:
    """The findings that concern one sitting, also as the other side of a clash."""
    return [each for each in found if each.session == ident or ident in each.subjects]
