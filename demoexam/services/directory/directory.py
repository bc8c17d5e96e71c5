"""Lines of the directories: organizations, workshops, kits, groups, examinees; set-based."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.kits import AssessmentKit, Specialty, StaffingRule, TaskModule
from demoexam.models.organizations import Cluster, Industry, Organization
from demoexam.models.people import Employment, Expert
from demoexam.models.places import ExamCenter, Workshop
from demoexam.rules.terms import ExamLevel, OrganizationKind, SessionState
from demoexam.text import full_name

Numbers = Sequence[int]
Choice = tuple[object, str]


@dataclass(frozen=True, slots=True)
class OrganizationLine:
    """`experts` work there today."""

    id: str
    name: str
    inn: str
    kind: OrganizationKind
    industry: str
    cluster: str
    city: str
    experts: int


@dataclass(frozen=True, slots=True)
class WorkshopLine:
    """`ahead` counts its exams from today on."""

    id: str
    name: str
    organization: str
    center: str
    room: str
    places: int
    equipment: tuple[str, ...]
    accredited_until: date | None
    open_saturday: bool
    ahead: int


@dataclass(frozen=True, slots=True)
class KitLine:
    """Points in hundredths: the kit's maximum, and what its modules give together."""

    id: str
    code: str
    title: str
    specialty: str
    level: ExamLevel
    year: int
    minutes: int
    exam_days: int
    points: int
    module_points: int
    modules: int
    experts: str


@dataclass(frozen=True, slots=True)
class GroupExam:
    session_id: str
    starts_at: datetime | None
    state: SessionState
    number: int
    held: bool


@dataclass(frozen=True, slots=True)
class GroupLine:
    """`students` are those named; `planned` is the head count foreseen."""

    id: str
    name: str
    college: str
    specialty: str
    year: int | None
    students: int
    planned: int | None
    exams: tuple[GroupExam, ...]


@dataclass(frozen=True, slots=True)
class StudentLine:
    id: str
    name: str
    needs_assistant: bool
    note: str
    exam_day: date | None


def organization_lines(
    session: Session, numbers: Numbers, *, today: date
) -> dict[int, OrganizationLine]:
    query = (
        select(
            Organization.n, Organization.id, Organization.short_name, Organization.inn,
            Organization.kind, Industry.name, Cluster.name, Organization.city,
        )
        .outerjoin(Industry, Industry.id == Organization.industry_id)
        .outerjoin(Cluster, Cluster.id == Organization.cluster_id)
        .where(Organization.n.in_(numbers))
    )  # fmt: skip
    rows: Sequence[tuple[Any, ...]] = session.execute(query).all()
    staff = staff_of(session, [row[1] for row in rows], today=today)
    return {
        n: OrganizationLine(
            ident, name, inn or "", kind, industry or "", cluster or "", city, staff.get(ident, 0)
        )
        for n, ident, name, inn, kind, industry, cluster, city in rows
    }


def staff_of(session: Session, ids: Sequence[str], *, today: date) -> Mapping[str, int]:
    """Organization -> number of live experts who work there on the day."""
    query = (
        select(Employment.organization_id, func.count(Employment.expert_id.distinct()))
        .join(Expert, Expert.id == Employment.expert_id)
        .where(
            Employment.live(), Expert.live(), Employment.organization_id.in_(ids),
            or_(Employment.valid_from.is_(None), Employment.valid_from <= today),
            or_(Employment.valid_to.is_(None), Employment.valid_to >= today),
        )
        .group_by(Employment.organization_id)
    )  # fmt: skip
    return dict(session.execute(query).all())


def workshop_lines(session: Session, numbers: Numbers, *, today: date) -> dict[int, WorkshopLine]:
    query = (
        select(Workshop, Organization.short_name, ExamCenter.name)
        .join(Organization, Organization.id == Workshop.organization_id)
        .outerjoin(ExamCenter, ExamCenter.id == Workshop.exam_center_id)
        .where(Workshop.n.in_(numbers))
    )
    rows = session.execute(query).all()
    counts = (
        select(ExamSession.workshop_id, func.count())
        .where(ExamSession.live(), ExamSession.starts_at >= _midnight(today))
        .group_by(ExamSession.workshop_id)
    )
    ahead = dict(session.execute(counts).all())
    return {
        row.n: WorkshopLine(
            row.id, row.name, organization, center or "", row.room, row.places,
            tuple(row.equipment), row.accredited_until, row.open_saturday, ahead.get(row.id, 0),
        )
        for row, organization, center in rows
    }  # fmt: skip


def kit_lines(session: Session, numbers: Numbers) -> dict[int, KitLine]:
    query = (
        select(AssessmentKit, Specialty.code, Specialty.title)
        .join(Specialty, Specialty.id == AssessmentKit.specialty_id)
        .where(AssessmentKit.n.in_(numbers))
    )
    rows = session.execute(query).all()
    ids = [row.id for row, _, _ in rows]
    sums = (
        select(TaskModule.kit_id, func.sum(TaskModule.max_points), func.count())
        .where(TaskModule.live(), TaskModule.kit_id.in_(ids))
        .group_by(TaskModule.kit_id)
    )
    modules = {kit: (points, count) for kit, points, count in session.execute(sums)}
    need = _experts_needed(session, ids)
    return {
        row.n: KitLine(
            row.id, row.code, row.title, f"{code} {title}", row.level, row.year, row.minutes,
            row.exam_days, row.core_points + row.variable_points, *modules.get(row.id, (0, 0)),
            need.get(row.id, ""),
        )
        for row, code, title in rows
    }  # fmt: skip


def _experts_needed(session: Session, ids: Sequence[str]) -> dict[str, str]:
    query = (
        select(StaffingRule.kit_id, func.min(StaffingRule.minimum), func.max(StaffingRule.minimum))
        .where(StaffingRule.live(), StaffingRule.kit_id.in_(ids))
        .group_by(StaffingRule.kit_id)
    )
    return {
        kit: str(least) if least == most else f"{least}–{most}"
        for kit, least, most in session.execute(query)
    }


def group_lines(session: Session, numbers: Numbers) -> dict[int, GroupLine]:
    query = (
        select(StudyGroup, Organization.short_name, Specialty.code, Specialty.title)
        .join(Organization, Organization.id == StudyGroup.college_id)
        .outerjoin(Specialty, Specialty.id == StudyGroup.specialty_id)
        .where(StudyGroup.n.in_(numbers))
    )
    rows = session.execute(query).all()
    ids = [row.id for row, *_ in rows]
    counts = (
        select(Examinee.group_id, func.count())
        .where(Examinee.live(), Examinee.group_id.in_(ids))
        .group_by(Examinee.group_id)
    )
    students = dict(session.execute(counts).all())
    exams = exams_of(session, ids)
    return {
        row.n: GroupLine(
            row.id, row.name, college, f"{code} {title}" if code else "", row.year,
            students.get(row.id, 0), row.head_count, tuple(exams.get(row.id, ())),
        )
        for row, college, code, title in rows
    }  # fmt: skip


def exams_of(session: Session, group_ids: Sequence[str]) -> dict[str, list[GroupExam]]:
    """Group -> its sittings, held ones included, in order of time."""
    query = (
        select(ExamSession)
        .where(ExamSession.deleted.is_(False), ExamSession.group_id.in_(group_ids))
        .order_by(ExamSession.starts_at.nulls_last(), ExamSession.number)
    )
    found: dict[str, list[GroupExam]] = defaultdict(list)
    for row in session.scalars(query):
        exam = GroupExam(row.id, row.starts_at, row.state, row.number, row.held)
        found[row.group_id].append(exam)
    return found


def student_lines(session: Session, numbers: Numbers) -> dict[int, StudentLine]:
    place, sitting = aliased(ExamPlace), aliased(ExamSession)
    query = (
        select(Examinee, func.max(sitting.starts_at))
        .outerjoin(place, (place.examinee_id == Examinee.id) & place.live())
        .outerjoin(sitting, (sitting.id == place.session_id) & sitting.live())
        .where(Examinee.n.in_(numbers))
        .group_by(Examinee.n)
    )
    return {
        row.n: StudentLine(
            row.id, full_name(row.last_name, row.first_name, row.middle_name),
            row.needs_assistant, row.note, starts.date() if starts else None,
        )
        for row, starts in session.execute(query)
    }  # fmt: skip


def industries(session: Session) -> list[Choice]:
    return _named(session, Industry)


def clusters(session: Session) -> list[Choice]:
    return _named(session, Cluster)


def _named(session: Session, entity: Any) -> list[Choice]:
    query = select(entity.id, entity.name).where(entity.live()).order_by(entity.name)
    rows: Iterable[tuple[str, str]] = session.execute(query)
    return [(ident, name) for ident, name in rows]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)
