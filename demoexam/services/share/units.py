"""The units of the employers' share as SQL: who is counted, on which day, on which side.

The side is decided here as `rules.shares.deciding_job` and `side_of_job` decide it; a test
holds the two together.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.people import Competence, Employment, Expert
from demoexam.rules.shares import counted_roles, roster_day
from demoexam.rules.terms import (
    Answer,
    CountMethod,
    ExamLevel,
    OrganizationKind,
    ShareCut,
    Side,
    SideDate,
)

DATE_LENGTH, MONTH_LENGTH = len("2026-06-18"), len("2026-06")
EDUCATION = (OrganizationKind.COLLEGE, OrganizationKind.UNIVERSITY)
College = aliased(Organization, name="college")


@dataclass(frozen=True)
class Count:
    """One way to count: the year, what a unit is, which sittings and roles belong to it."""

    year: int
    today: date
    method: CountMethod = CountMethod.PERSONS
    side_date: SideDate = SideDate.LAST
    level: ExamLevel | None = None
    chief_counts: bool = True
    by: ShareCut = ShareCut.TOTAL


def dated_units(count: Count) -> Select[Any]:
    """Rows `expert_id, day, key, n`: n units of an expert whose side is that of `day`."""
    if count.method is CountMethod.ROSTER:
        return _roster(count)
    seats = seated(count)
    if count.method is CountMethod.ASSIGNMENTS:
        day = func.substr(seats.c.moment, 1, DATE_LENGTH).label("day")
        units = select(seats.c.expert_id, day, seats.c.key, func.count().label("n"))
        return units.group_by(seats.c.expert_id, day, seats.c.key)
    return _persons_by_last(seats, keyed=_sitting_key(count.by) is not None)


def _persons_by_last(seats: FromClause, *, keyed: bool) -> Select[Any]:
    """Each person once for a key, dated by the last of all his sittings of the year."""
    last = func.substr(func.max(seats.c.moment), 1, DATE_LENGTH).label("day")
    one = literal(1).label("n")
    if not keyed:
        return select(seats.c.expert_id, last, literal("").label("key"), one).group_by(
            seats.c.expert_id
        )
    latest = select(seats.c.expert_id, last).group_by(seats.c.expert_id).cte("latest")
    pairs = select(seats.c.expert_id, seats.c.key).distinct().cte("pairs")
    units = select(pairs.c.expert_id, latest.c.day, pairs.c.key, one)
    return units.join(latest, latest.c.expert_id == pairs.c.expert_id)


def seated(count: Count) -> FromClause:
    """Rows `expert_id, moment, session_id, key` of all counted duties of the year; text moments."""
    start, moment = ExamSession.starts_at, type_coerce(ExamSession.starts_at, String)
    key = _sitting_key(count.by)
    duties = (
        select(
            Assignment.expert_id,
            moment.label("moment"),
            ExamSession.id.label("session_id"),
            (literal("") if key is None else key).label("key"),
        )
        .join(Assignment, Assignment.session_id == ExamSession.id)
        .where(
            moment >= f"{count.year:04d}-",
            moment < f"{count.year + 1:04d}-",
            start.is_not(None),
            ExamSession.live(),
            Assignment.live(),
            Assignment.role.in_(counted_roles(chief_counts=count.chief_counts)),
            Assignment.answer != Answer.REFUSED,
        )
    )
    return _joined(duties, count).cte("seated")


def _joined(duties: Select[Any], count: Count) -> Select[Any]:
    """With the tables that the cut and the level need, and no others."""
    if count.by is ShareCut.SPECIALTY or count.level:
        duties = duties.join(AssessmentKit, AssessmentKit.id == ExamSession.kit_id)
    if count.level:
        duties = duties.where(AssessmentKit.level == count.level)
    if count.by in {ShareCut.COLLEGE, ShareCut.CLUSTER}:
        duties = duties.join(StudyGroup, StudyGroup.id == ExamSession.group_id)
    if count.by is ShareCut.CLUSTER:
        duties = duties.join(College, College.id == StudyGroup.college_id)
    return duties


def _sitting_key(by: ShareCut) -> ColumnElement[Any] | None:
    """What a sitting tells of the cut; None where the expert's employer tells it."""
    match by:
        case ShareCut.COLLEGE:
            return type_coerce(StudyGroup.college_id, String)
        case ShareCut.CLUSTER:
            return func.coalesce(College.cluster_id, "")
        case ShareCut.SPECIALTY:
            return type_coerce(AssessmentKit.specialty_id, String)
        case ShareCut.MONTH:
            return func.substr(type_coerce(ExamSession.starts_at, String), 1, MONTH_LENGTH)
        case _:
            return None


def _roster(count: Count) -> Select[Any]:
    """Active experts, dated by today or by the nearest day of the year."""
    day = literal(roster_day(count.year, count.today).isoformat()).label("day")
    key: ColumnElement[Any] = literal("")
    if count.by is ShareCut.SPECIALTY:
        key = func.coalesce(Competence.specialty_id, "")
    elif count.by is ShareCut.MONTH:
        key = func.substr(day, 1, MONTH_LENGTH)
    active = select(Expert.id.label("expert_id"), day, key.label("key"), literal(1).label("n"))
    if count.by is ShareCut.SPECIALTY:
        mine = and_(Competence.expert_id == Expert.id, Competence.live())
        active = active.outerjoin(Competence, mine).distinct()
    return active.where(Expert.live(), Expert.active)


def with_sides(units: FromClause, by: ShareCut, *, roster: bool) -> Select[Any]:
    """Rows `expert_id, key, side, employment_id, n` with the key completed by the employer."""
    day = units.c.day
    other = aliased(Employment)
    begins = type_coerce(other.valid_from, String)
    deciding = (
        select(other.id)
        .where(
            other.expert_id == units.c.expert_id,
            other.live(),
            or_(other.valid_from.is_(None), begins <= day),
            or_(other.valid_to.is_(None), type_coerce(other.valid_to, String) >= day),
        )
        .order_by(other.is_main.desc(), func.coalesce(begins, "").desc(), other.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    key = _employer_key(by, roster=roster)
    return (
        select(
            units.c.expert_id,
            (units.c.key if key is None else key).label("key"),
            side_column().label("side"),
            Employment.id.label("employment_id"),
            units.c.n,
        )
        .select_from(units)
        .outerjoin(Employment, Employment.id == deciding)
        .outerjoin(Organization, Organization.id == Employment.organization_id)
    )


def side_column() -> ColumnElement[str]:
    """`rules.shares.side_of_job` over Employment and Organization; no job at all is unknown."""
    untold = Employment.counts_as_employer.is_(None)
    return case(
        (Employment.id.is_(None), Side.UNKNOWN.value),
        (Employment.counts_as_employer.is_(True), Side.EMPLOYER.value),
        (Organization.kind.in_(EDUCATION), Side.EDUCATION.value),
        (and_(Organization.kind == OrganizationKind.EMPLOYER, untold), Side.EMPLOYER.value),
        else_=Side.OTHER.value,
    )


def _employer_key(by: ShareCut, *, roster: bool) -> ColumnElement[Any] | None:
    if by is ShareCut.INDUSTRY:
        return func.coalesce(Organization.industry_id, "")
    if by is ShareCut.EMPLOYER or (roster and by is ShareCut.COLLEGE):
        return func.coalesce(Employment.organization_id, "")
    if roster and by is ShareCut.CLUSTER:
        return func.coalesce(Organization.cluster_id, "")
    return None
