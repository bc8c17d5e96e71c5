"""Experts as lines of a list: one select for each kind of fact, however many lines are shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.kits import AssessmentKit, Specialty
from demoexam.models.organizations import Industry, Organization
from demoexam.models.people import Certificate, Competence, Employment, Expert
from demoexam.rules.plan import JobFacts
from demoexam.rules.shares import deciding_job, side_on
from demoexam.rules.terms import ROLE_NAMES, Answer, Role, Side
from demoexam.services.experts.facts import has_consent
from demoexam.text import full_name

AHEAD = timedelta(days=92)  # a change of side that comes sooner is announced
FOREVER = date.max


@dataclass(frozen=True, slots=True)
class Turn:
    """A coming change of side: the first day of the new one."""

    day: date
    side: Side


@dataclass(frozen=True, slots=True)
class ExpertLine:
    """One expert in the list; `certified_until` is None without a certificate."""

    id: str
    name: str
    side: Side
    turn: Turn | None
    organization: str
    industry: str
    competences: tuple[str, ...]
    certified_until: date | None
    exams: int
    consented: bool
    active: bool


def expert_lines(
    session: Session, numbers: Sequence[int], *, today: date, year: int
) -> dict[int, ExpertLine]:
    """Lines of the experts with these row numbers: one select for each kind of fact."""
    names = select(Expert).where(Expert.n.in_(numbers))
    people = session.scalars(names).all()
    ids = [person.id for person in people]
    jobs, industries = _jobs(session, ids)
    skills, until = _competences(session, ids), _certified(session, ids)
    load = _exams(session, ids, year)
    lines = {}
    for person in people:
        mine = jobs.get(person.id, ())
        job = deciding_job(mine, today)
        lines[person.n] = ExpertLine(
            id=person.id,
            name=full_name(person.last_name, person.first_name, person.middle_name),
            side=side_on(mine, today),
            turn=coming_turn(mine, today),
            organization=job.organization if job else "",
            industry=industries.get(job.id, "") if job else "",
            competences=tuple(skills.get(person.id, ())),
            certified_until=until.get(person.id),
            exams=load.get(person.id, 0),
            consented=has_consent(person.consent_on, person.consent_withdrawn),
            active=person.active,
        )
    return lines


def coming_turn(jobs: Iterable[JobFacts], today: date) -> Turn | None:
    """The first day within three months on which the side is another than today's."""
    jobs = tuple(jobs)
    now = side_on(jobs, today)
    starts = {job.valid_from for job in jobs if job.valid_from}
    ends = {job.valid_to + timedelta(days=1) for job in jobs if job.valid_to}
    for day in sorted(starts | ends):
        if today < day <= today + AHEAD and (side := side_on(jobs, day)) is not now:
            return Turn(day, side)
    return None


def duties_of(year: int, *columns: Any) -> Select[Any]:
    """The columns asked, over the duties of a year which nobody has refused."""
    query: Select[Any] = select(*columns).join(ExamSession, ExamSession.id == Assignment.session_id)
    return query.where(
        Assignment.live(),
        ExamSession.live(),
        Assignment.answer != Answer.REFUSED,
        ExamSession.starts_at >= datetime(year, 1, 1),
        ExamSession.starts_at < datetime(year + 1, 1, 1),
    )


def _jobs(session: Session, ids: Sequence[str]) -> tuple[dict[str, list[JobFacts]], dict[str, str]]:
    """Expert -> places of work; employment -> industry."""
    columns = (
        Employment.expert_id, Employment.organization_id, Organization.short_name,
        Organization.kind, Employment.valid_from, Employment.valid_to, Employment.is_main,
        Employment.counts_as_employer, Employment.id,
    )  # fmt: skip
    query = (
        select(Industry.name, *columns)
        .join(Organization, Organization.id == Employment.organization_id)
        .outerjoin(Industry, Industry.id == Organization.industry_id)
        .where(Employment.live(), Employment.expert_id.in_(ids))
    )
    jobs: dict[str, list[JobFacts]] = defaultdict(list)
    industries: dict[str, str] = {}
    rows: Iterable[tuple[Any, ...]] = session.execute(query)
    for industry, expert, *facts in rows:
        job = JobFacts(*facts)
        jobs[expert].append(job)
        industries[job.id] = industry or ""
    return jobs, industries


def _competences(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    query = (
        select(
            Competence.expert_id,
            Competence.roles,
            Specialty.code,
            Specialty.title,
            AssessmentKit.code,
        )
        .outerjoin(Specialty, Specialty.id == Competence.specialty_id)
        .outerjoin(AssessmentKit, AssessmentKit.id == Competence.kit_id)
        .where(Competence.live(), Competence.expert_id.in_(ids))
        .order_by(Specialty.code, AssessmentKit.code)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for expert, roles, code, title, kit in session.execute(query):
        named = f"{code} {title}" if code else kit
        found[expert].append(named or ", ".join(ROLE_NAMES[Role(role)] for role in roles))
    return found


def _certified(session: Session, ids: Sequence[str]) -> dict[str, date]:
    query = select(Certificate.expert_id, Certificate.valid_until).where(
        Certificate.live(), Certificate.expert_id.in_(ids)
    )
    until: dict[str, date] = {}
    for expert, day in session.execute(query):
        until[expert] = max(until.get(expert, date.min), day or FOREVER)
    return until


def _exams(session: Session, ids: Sequence[str], year: int) -> Mapping[str, int]:
    query = duties_of(year, Assignment.expert_id, func.count(Assignment.id))
    mine = query.where(Assignment.expert_id.in_(ids)).group_by(Assignment.expert_id)
    return dict(session.execute(mine).all())
