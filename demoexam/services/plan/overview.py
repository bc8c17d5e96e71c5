"""The figures of the first page, as plain JSON, so that the last ones can be painted at start."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, select
from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.models.places import Workshop
from demoexam.rules.terms import STATE_NAMES, Level, SessionState, ShareCut
from demoexam.rules.violation import Violation
from demoexam.services.college.college import college_settings
from demoexam.services.college.setting_rows import setting_values
from demoexam.services.deadlines.week_deadlines import week_deadlines
from demoexam.services.plan.attention import needs
from demoexam.services.plan.check import findings
from demoexam.services.share.share import ShareRow, shares

FORM = 2  # grows when the figures are laid out otherwise, so that old ones are not painted
YEARS_SHOWN, NEXT_SHOWN, NEEDS_KEPT = 3, 4, 30
OVER = (SessionState.DONE, SessionState.CLOSED)

Figures = dict[str, Any]


def overview(session: Session, *, year: int, today: date) -> Figures:
    """Everything that Обзор shows of a year."""
    found = findings(session, today=today, years={year})
    told = needs(session, found, today)
    return {
        "form": FORM,
        "year": year,
        "day": today.isoformat(),
        "college": college_name(session),
        "share": _share(shares(session, year=year, today=today)[0]),
        "years": [
            _share(shares(session, year=each, today=today)[0]) | {"year": each}
            for each in range(year - YEARS_SHOWN + 1, year + 1)
        ],
        "industries": [
            _share(row) | {"name": row.key}
            for row in shares(session, year=year, today=today, by=ShareCut.INDUSTRY)
            if row.id
        ],
        "months": _months(session, year),
        "needs": [asdict(need) for need in told[:NEEDS_KEPT]],
        "needs_total": len(told),
        "urgent": sum(need.tone == "bad" for need in told),
        "next": _next(session, today, found),
        "deadlines": week_deadlines(session, today=today),
        "counts": counts(session),
        "sample": is_sample(session),
    }


def counts(session: Session) -> dict[str, int]:
    """How far the first steps are: experts, workshops and sittings there are."""
    kinds: dict[str, type[Record]] = {
        "experts": Expert, "workshops": Workshop, "kits": AssessmentKit, "groups": StudyGroup,
        "sittings": ExamSession,
    }  # fmt: skip
    return {
        name: session.scalar(select(func.count()).select_from(kind).where(kind.live())) or 0
        for name, kind in kinds.items()
    }


def college_name(session: Session) -> str:
    """The own college's short name, or "" while it is unknown."""
    own = college_settings(session).own_college
    college = session.get(Organization, own) if own else None
    return college.short_name if college else ""


def is_sample(session: Session) -> bool:
    """Whether the store holds invented data."""
    return bool(setting_values(session, ["sample"]).get("sample"))


def working_year(session: Session, today: date) -> int:
    """The year to begin with: the setting, or the nearest year that has sittings."""
    chosen = college_settings(session).working_year
    if chosen:
        return chosen
    year = func.substr(cast(ExamSession.starts_at, String), 1, 4)
    rows = session.scalars(select(year).where(ExamSession.live(), year.is_not(None)).distinct())
    years = [int(each) for each in rows]
    return min(years, key=lambda each: (abs(each - today.year), each), default=today.year)


def _share(row: ShareRow) -> Figures:
    return {
        "employers": row.share.employers,
        "experts": row.share.experts,
        "unknown": row.share.unknown,
        "target": row.target,
        "add": row.add,
        "replace": row.replace,
    }


def _months(session: Session, year: int) -> list[dict[str, int]]:
    month = func.substr(cast(ExamSession.starts_at, String), 6, 2)
    over = func.sum(case((ExamSession.state.in_(OVER), 1), else_=0))
    query = (
        select(month, over, func.count())
        .where(ExamSession.live(), *_within(year))
        .group_by(month)
        .order_by(month)
    )
    return [
        {"month": int(number), "done": done, "planned": total - done}
        for number, done, total in session.execute(query)
    ]


def _within(year: int) -> Iterable[ColumnElement[bool]]:
    yield ExamSession.starts_at >= datetime(year, 1, 1)
    yield ExamSession.starts_at < datetime(year + 1, 1, 1)


def _next(session: Session, today: date, found: Iterable[Violation]) -> list[Figures]:
    experts = (
        select(func.count())
        .where(Assignment.live(), Assignment.session_id == ExamSession.id)
        .scalar_subquery()
    )
    students = (
        select(func.count())
        .where(ExamPlace.live(), ExamPlace.session_id == ExamSession.id)
        .scalar_subquery()
    )
    query = (
        select(
            ExamSession.id, ExamSession.starts_at, StudyGroup.name, Workshop.name,
            AssessmentKit.title, AssessmentKit.code, students, ExamSession.head_count, experts,
            ExamSession.state,
        )
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .join(AssessmentKit, AssessmentKit.id == ExamSession.kit_id)
        .outerjoin(Workshop, Workshop.id == ExamSession.workshop_id)
        .where(
            ExamSession.live(),
            ExamSession.starts_at >= datetime.combine(today, time()),
            ExamSession.state.not_in(OVER),
        )
        .order_by(ExamSession.starts_at)
        .limit(NEXT_SHOWN)
    )  # fmt: skip
    worst = _worst(found)
    return [
        {
            "id": ident, "at": at.isoformat(), "group": group, "workshop": workshop or "",
            "kit": " · ".join(filter(None, (title, code))),
            "students": seated or planned or 0, "experts": number,
            **_readiness(worst.get(ident), state),
        }
        for ident, at, group, workshop, title, code, seated, planned, number, state
        in session.execute(query)
    ]  # fmt: skip


def _worst(found: Iterable[Violation]) -> dict[str, Violation]:
    """The first finding of each sitting: they come with the worst first."""
    worst: dict[str, Violation] = {}
    for one in found:
        worst.setdefault(one.session, one)
    return worst


def _readiness(worst: Violation | None, state: SessionState) -> dict[str, str]:
    if worst is not None and worst.level is Level.CONTRADICTION:
        return {"state": "противоречие", "tone": "bad"}
    if worst is not None and worst.level is Level.INCOMPLETE:
        return {"state": "не готов", "tone": "bad"}
    if state is SessionState.ANNOUNCED:
        return {"state": "готов", "tone": "ok"}
    return {"state": STATE_NAMES[state], "tone": "warn" if worst else "accent"}
