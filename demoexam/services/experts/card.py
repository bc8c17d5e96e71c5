"""All that the card of one expert shows, read in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound
from demoexam.models.base import Record
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.groups import Examinee, StudyGroup
from demoexam.models.journal import change, operation
from demoexam.models.kits import AssessmentKit, Specialty
from demoexam.models.organizations import Organization
from demoexam.models.people import (
    Certificate,
    Competence,
    Employment,
    Expert,
    KinshipLink,
    TeachingLink,
    Unavailability,
)
from demoexam.rules.plan import JobFacts
from demoexam.rules.shares import side_of_job, side_on
from demoexam.rules.terms import ROLE_NAMES, Answer, OrganizationKind, Role, SessionState, Side
from demoexam.services.directory.experts import Turn, coming_turn
from demoexam.services.experts.counting import counted_as
from demoexam.services.share.counting import count_of
from demoexam.text import full_name


@dataclass(frozen=True)
class Job:
    """A place of work; `side` is what it makes of the expert."""

    id: str
    organization_id: str
    organization: str
    kind: OrganizationKind
    post: str
    valid_from: date | None
    valid_to: date | None
    is_main: bool
    counts_as_employer: bool | None
    override_reason: str

    @property
    def side(self) -> Side:
        return side_of_job(self.kind, self.counts_as_employer)

    def facts(self) -> JobFacts:
        return JobFacts(
            self.organization_id, self.organization, self.kind, self.valid_from, self.valid_to,
            self.is_main, self.counts_as_employer, self.id,
        )  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A small record of the expert: two lines to show and the values its form starts from."""

    id: str
    title: str
    detail: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Duty:
    """One sitting of the year; `side` is the expert's on its day."""

    session_id: str
    day: date
    group: str
    role: Role
    answer: Answer
    state: SessionState
    held: bool
    side: Side


@dataclass(frozen=True)
class LastChange:
    at: datetime
    what: str


@dataclass(frozen=True)
class ExpertCard:
    """`values` holds the expert's own columns as Python values."""

    id: str
    name: str
    values: Mapping[str, Any]
    side: Side
    turn: Turn | None
    jobs: Sequence[Job]
    certificates: Sequence[Part]
    competences: Sequence[Part]
    absences: Sequence[Part]
    taught: Sequence[Part]
    kin: Sequence[Part]
    duties: Sequence[Duty]
    counted: str
    changed: LastChange | None


def expert_card(session: Session, *, expert_id: str, today: date, year: int) -> ExpertCard:
    """Raises NotFound when the expert lies in the basket."""
    expert = session.get(Expert, expert_id)
    if expert is None or expert.deleted:
        raise NotFound(what="эксперт")
    jobs = _jobs(session, expert_id)
    facts = tuple(job.facts() for job in jobs)
    duties = _duties(session, expert_id, facts, year)
    count = count_of(session, year=year, today=today)
    certificates, competences = _certificates(session, expert_id), _competences(session, expert_id)
    parts = [job.id for job in jobs] + [part.id for part in (*certificates, *competences)]
    return ExpertCard(
        id=expert.id,
        name=full_name(expert.last_name, expert.first_name, expert.middle_name),
        values=values_of(expert),
        side=side_on(facts, today),
        turn=coming_turn(facts, today),
        jobs=jobs,
        certificates=certificates,
        competences=competences,
        absences=[
            Part(row.id, "", row.reason, values_of(row))
            for row in _owned(session, Unavailability, expert_id, Unavailability.from_day)
        ],
        taught=_taught(session, expert_id),
        kin=_kin(session, expert_id),
        duties=duties,
        counted=counted_as(facts, [(d.day, d.role, d.answer, d.held) for d in duties], count),
        changed=last_change(session, expert_id, *parts),
    )


def values_of(record: Record) -> dict[str, Any]:
    """Column -> Python value, without what the store keeps for itself."""
    hidden = {"n", "id", "owner_id", "deleted", "deleted_by", "held", "rev"}
    columns = Record.metadata.tables[record.__tablename__].columns
    names = (c.name for c in columns if c.computed is None and c.name not in hidden)
    return {name: getattr(record, name) for name in names}


def last_change(session: Session, *row_ids: str) -> LastChange | None:
    """When and by what operation one of the rows was last written."""
    last = (
        select(operation.c.at, operation.c.text)
        .join(change, change.c.operation_id == operation.c.id)
        .where(change.c.row_id.in_(row_ids))
    )
    found = session.execute(last.order_by(change.c.n.desc()).limit(1)).first()
    return LastChange(found.at, found.text) if found else None


def _owned(session: Session, entity: Any, expert_id: str, *order: Any) -> Sequence[Any]:
    query = select(entity).where(entity.live(), entity.expert_id == expert_id)
    return session.scalars(query.order_by(*order)).all()


def _jobs(session: Session, expert_id: str) -> list[Job]:
    query = (
        select(
            Employment.id, Employment.organization_id, Organization.short_name, Organization.kind,
            Employment.post, Employment.valid_from, Employment.valid_to, Employment.is_main,
            Employment.counts_as_employer, Employment.override_reason,
        )
        .join(Organization, Organization.id == Employment.organization_id)
        .where(Employment.live(), Employment.expert_id == expert_id)
        .order_by(Employment.valid_from.nulls_first(), Employment.id)
    )  # fmt: skip
    rows: Iterable[tuple[Any, ...]] = session.execute(query)
    return [Job(*row) for row in rows]


def _certificates(session: Session, expert_id: str) -> list[Part]:
    rows = _owned(session, Certificate, expert_id, Certificate.valid_until.desc().nulls_first())
    return [
        Part(row.id, f"{row.kind or 'Свидетельство'} № {row.number}".strip(), row.issued_by,
             values_of(row))
        for row in rows
    ]  # fmt: skip


def _competences(session: Session, expert_id: str) -> list[Part]:
    query = (
        select(Competence, Specialty.code, Specialty.title, AssessmentKit.code)
        .outerjoin(Specialty, Specialty.id == Competence.specialty_id)
        .outerjoin(AssessmentKit, AssessmentKit.id == Competence.kit_id)
        .where(Competence.live(), Competence.expert_id == expert_id)
        .order_by(Specialty.code, AssessmentKit.code)
    )
    return [
        Part(row.id, f"{code} {title}" if code else kit or "любая специальность",
             ", ".join(ROLE_NAMES[Role(role)] for role in row.roles) or "роли не указаны",
             values_of(row))
        for row, code, title, kit in session.execute(query)
    ]  # fmt: skip


def _taught(session: Session, expert_id: str) -> list[Part]:
    query = (
        select(TeachingLink, StudyGroup.name)
        .join(StudyGroup, StudyGroup.id == TeachingLink.group_id)
        .where(TeachingLink.live(), TeachingLink.expert_id == expert_id)
    )
    rows = session.execute(query.order_by(StudyGroup.skey))
    return [Part(link.id, group, link.note, values_of(link)) for link, group in rows]


def _kin(session: Session, expert_id: str) -> list[Part]:
    query = (
        select(KinshipLink, Examinee, StudyGroup.name)
        .join(Examinee, Examinee.id == KinshipLink.examinee_id)
        .join(StudyGroup, StudyGroup.id == Examinee.group_id)
        .where(KinshipLink.live(), KinshipLink.expert_id == expert_id)
    )
    return [
        Part(link.id, f"{full_name(one.last_name, one.first_name, one.middle_name)}, {group}",
             link.note, values_of(link))
        for link, one, group in session.execute(query)
    ]  # fmt: skip


def _duties(session: Session, expert_id: str, jobs: Sequence[JobFacts], year: int) -> list[Duty]:
    query = (
        select(ExamSession.id, ExamSession.starts_at, StudyGroup.name, Assignment.role,
               Assignment.answer, ExamSession.state, ExamSession.held, Assignment.held)
        .join(ExamSession, ExamSession.id == Assignment.session_id)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .where(
            Assignment.expert_id == expert_id,
            Assignment.deleted.is_(False),
            ExamSession.deleted.is_(False),
            ExamSession.starts_at >= datetime(year, 1, 1),
            ExamSession.starts_at < datetime(year + 1, 1, 1),
        )
        .order_by(ExamSession.starts_at)
    )  # fmt: skip
    return [
        Duty(ident, starts.date(), group, role, answer, state, one or two,
             side_on(jobs, starts.date()))
        for ident, starts, group, role, answer, state, one, two in session.execute(query)
        if starts is not None
    ]  # fmt: skip
