"""The list of sittings as a page shows it: found and ordered in SQL, fetched block by block."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.people import Expert
from demoexam.models.places import Workshop
from demoexam.rules.plan import KitFacts
from demoexam.rules.terms import Answer, ExamLevel, Role, SessionState
from demoexam.rules.violation import Violation
from demoexam.services.plan.check import findings
from demoexam.services.plan.plan_facts import load_kits
from demoexam.store.search import matching
from demoexam.text import words

OVER = (SessionState.DONE, SessionState.CLOSED)


class Which(StrEnum):
    """What part of the list is wanted."""

    ALL = "all"
    AHEAD = "ahead"
    OVER = "over"
    DOUBTFUL = "doubtful"
    HELD = "held"
    UNDATED = "undated"


@dataclass(frozen=True)
class ListQuery:
    """What to list: `among` are the ids which the kind DOUBTFUL is narrowed to."""

    year: int
    today: date
    text: str = ""
    which: Which = Which.ALL
    among: frozenset[str] = frozenset()
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ExamRow:
    """A line of the list."""

    n: int
    id: str
    starts_at: datetime | None
    ends_at: datetime | None
    second_day: date | None
    group: str
    kit: str
    level: ExamLevel
    workshop: str
    places: int | None
    state: SessionState
    held: bool
    held_duties: int
    students: int
    scoring: int
    needed: int


def exam_ids(session: Session, wanted: ListQuery) -> list[int]:
    """Row numbers of the sittings, held ones included, in the order asked for."""
    query: Select[Any] = select(ExamSession.n).join(
        StudyGroup, StudyGroup.id == ExamSession.group_id
    )
    query = query.join(AssessmentKit, AssessmentKit.id == ExamSession.kit_id)
    query = query.outerjoin(Workshop, Workshop.id == ExamSession.workshop_id)
    query = query.where(ExamSession.deleted.is_(False), *_conditions(wanted))
    return list(session.scalars(query.order_by(*_order(wanted), ExamSession.n)))


def exam_total(session: Session, year: int) -> int:
    """How many sittings the year has, with those that have no date yet."""
    query = select(func.count()).select_from(ExamSession)
    return session.scalar(query.where(ExamSession.deleted.is_(False), _of_year(year))) or 0


def exam_rows(session: Session, numbers: Collection[int]) -> dict[int, ExamRow]:
    """The lines with these row numbers, read with four selects."""
    query = (
        select(
            ExamSession.n,
            ExamSession.id,
            ExamSession.starts_at,
            ExamSession.ends_at,
            ExamSession.second_day,
            StudyGroup.name,
            AssessmentKit.code,
            AssessmentKit.level,
            Workshop.name,
            Workshop.places,
            ExamSession.state,
            ExamSession.held,
            ExamSession.kit_id,
            func.coalesce(ExamSession.head_count, StudyGroup.head_count, 0),
        )
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .join(AssessmentKit, AssessmentKit.id == ExamSession.kit_id)
        .outerjoin(Workshop, Workshop.id == ExamSession.workshop_id)
        .where(ExamSession.n.in_(numbers))
    )
    rows = session.execute(query).all()
    ids = [row[1] for row in rows]
    parts = _Parts(_seated(session, ids), load_kits(session, {row[12] for row in rows}))
    duties = _duties(session, ids)
    return {row[0]: _exam_row(row, parts, duties.get(row[1], (0, 0))) for row in rows}


def plan_findings(session: Session, year: int, today: date) -> dict[str, list[Violation]]:
    """Sitting -> what is said of it, the worst first; a clash of two is told under both."""
    told: dict[str, list[Violation]] = defaultdict(list)
    known = set(session.scalars(select(ExamSession.id).where(_of_year(year))))
    for found in findings(session, today=today, years={year}):
        both = found.symmetric and not found.held
        for ident in {found.session, *(set(found.subjects) & known if both else ())}:
            told[ident].append(found)
    return told


@dataclass(frozen=True)
class _Parts:
    seated: Mapping[str, int]
    kits: Mapping[str, KitFacts]


def _exam_row(row: Sequence[Any], parts: _Parts, duties: tuple[int, int]) -> ExamRow:
    students = parts.seated.get(row[1]) or row[13]
    need = parts.kits[row[12]].staffing_for(students)
    scoring, held = duties
    counts = held, students, scoring, need.minimum if need else 1
    return ExamRow(*[*row[:12], *counts])


def _seated(session: Session, ids: Collection[str]) -> dict[str, int]:
    query = select(ExamPlace.session_id, func.count()).where(
        ExamPlace.live(), ExamPlace.session_id.in_(ids)
    )
    return dict(session.execute(query.group_by(ExamPlace.session_id)).all())


def _duties(session: Session, ids: Collection[str]) -> dict[str, tuple[int, int]]:
    """Sitting -> how many score in it, and how many duties wait outside the plan."""
    scores = and_(
        Assignment.held.is_(False),
        Assignment.role == Role.SCORING,
        Assignment.answer != Answer.REFUSED,
    )
    query = (
        select(
            Assignment.session_id,
            func.sum(case((scores, 1), else_=0)),
            func.sum(case((Assignment.held, 1), else_=0)),
        )
        .where(Assignment.deleted.is_(False), Assignment.session_id.in_(ids))
        .group_by(Assignment.session_id)
    )
    return {ident: (scoring, held) for ident, scoring, held in session.execute(query)}


def _conditions(wanted: ListQuery) -> list[ColumnElement[bool]]:
    found = [_of_year(wanted.year), *(_has_word(word) for word in words(wanted.text))]
    match wanted.which:
        case Which.AHEAD:
            found += [
                ExamSession.starts_at >= _morning(wanted.today),
                ExamSession.state.not_in(OVER),
            ]
        case Which.OVER:
            found += [ExamSession.state.in_(OVER)]
        case Which.DOUBTFUL:
            found += [ExamSession.id.in_(wanted.among)]
        case Which.HELD:
            waits = exists().where(
                Assignment.session_id == ExamSession.id,
                Assignment.held,
                Assignment.deleted.is_(False),
            )
            found += [or_(ExamSession.held, waits)]
        case Which.UNDATED:
            found += [ExamSession.starts_at.is_(None)]
    return found


def _of_year(year: int) -> ColumnElement[bool]:
    dated = and_(
        ExamSession.starts_at >= datetime(year, 1, 1),
        ExamSession.starts_at < datetime(year + 1, 1, 1),
    )
    return or_(ExamSession.starts_at.is_(None), dated)


def _has_word(word: str) -> ColumnElement[bool]:
    """The word begins a word of the group, the kit, the workshop or one of the experts."""
    people = (
        select(Assignment.session_id)
        .join(Expert, Expert.id == Assignment.expert_id)
        .where(Assignment.deleted.is_(False), matching(Expert, word))
    )
    return or_(
        matching(StudyGroup, word),
        matching(AssessmentKit, word),
        matching(Workshop, word),
        ExamSession.id.in_(people),
    )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _order(wanted: ListQuery) -> list[Any]:
    """By a column; else what has no date, what is ahead, what is over, the nearest first."""
    columns: dict[str, Any] = {
        "date": ExamSession.starts_at,
        "group": StudyGroup.skey,
        "kit": AssessmentKit.code,
        "workshop": Workshop.skey,
        "state": _rank_of_state(),
    }
    chosen = columns.get(wanted.sort)
    ahead = ExamSession.starts_at >= _morning(wanted.today)
    natural = [
        case((ExamSession.starts_at.is_(None), 0), (ahead, 1), else_=2),
        case((ahead, ExamSession.starts_at)),
        ExamSession.starts_at.desc(),
        StudyGroup.skey,
    ]
    if chosen is None:
        return natural
    turned = chosen.desc() if wanted.descending else chosen.asc()
    return [turned.nulls_last(), *natural]


def _rank_of_state() -> ColumnElement[int]:
    ranks = [(ExamSession.state == state, rank) for rank, state in enumerate(SessionState)]
    return case(*ranks, else_=len(ranks))
