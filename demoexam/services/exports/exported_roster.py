"""All that is known of experts, a row each, under titles that a load of the file understands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.exchange.sheets_out import Cell, SheetColumn
from demoexam.models.kits import AssessmentKit, Specialty
from demoexam.models.organizations import Industry, Organization
from demoexam.models.people import Certificate, Competence, Employment, Expert
from demoexam.rules.plan import JobFacts
from demoexam.rules.shares import deciding_job, side_on
from demoexam.rules.terms import KIND_NAMES, ROLE_NAMES, Role, Side
from demoexam.services.experts.facts import has_consent

COLUMNS = (
    SheetColumn("Фамилия", 18),
    SheetColumn("Имя", 14),
    SheetColumn("Отчество", 18),
    SheetColumn("Место работы", 38),
    SheetColumn("ИНН", 14),
    SheetColumn("Вид организации", 16),
    SheetColumn("Должность", 24),
    SheetColumn("Телефон", 18),
    SheetColumn("Электронная почта", 26),
    SheetColumn("Компетенции", 22),
    SheetColumn("Роль", 22),
    SheetColumn("Номер свидетельства", 20),
    SheetColumn("Дата выдачи", 12, "day"),
    SheetColumn("Действует до", 12, "day"),
    SheetColumn("Представитель работодателя", 16),
    SheetColumn("Согласие на обработку ПДн", 14),
    SheetColumn("Отрасль", 22),
    SheetColumn("Примечание", 30),
)
CONTACTS = frozenset({"Телефон", "Электронная почта"})
FOREVER = "бессрочно"
SIDE_JOB = " (по совместительству)"
EMPLOYER_WORDS = {Side.EMPLOYER: "да", Side.EDUCATION: "нет", Side.OTHER: "нет", Side.UNKNOWN: ""}

Line = Sequence[Cell]
Lines = Mapping[int, Sequence[Line]]


def expert_rows(session: Session, numbers: Sequence[int], today: date) -> Lines:
    """One select for each kind of fact, whatever the number of experts."""
    people = session.scalars(select(Expert).where(Expert.n.in_(numbers))).all()
    ids = [person.id for person in people]
    jobs, places = _jobs(session, ids)
    certificates, skills = _certificates(session, ids), _skills(session, ids)
    return {
        one.n: [
            (
                one.last_name, one.first_name, one.middle_name,
                *_work(jobs[one.id], places, today),
                one.phone, one.email,
                *_abilities(skills[one.id]),
                *_certified(certificates[one.id]),
                EMPLOYER_WORDS[side_on(jobs[one.id], today)],
                "да" if has_consent(one.consent_on, one.consent_withdrawn) else "нет",
                _industry(jobs[one.id], places, today), one.note,
            )
        ]
        for one in people
    }  # fmt: skip


def _work(jobs: Sequence[JobFacts], places: Mapping[str, "_Place"], today: date) -> Line:
    """The present places of work, the main one first, and what is told of that one."""
    main = deciding_job(jobs, today)
    if main is None:
        return "", "", "", ""
    present = (job for job in jobs if job.covers(today) and job is not main)
    others = sorted(present, key=lambda job: (not job.is_main, job.organization))
    names = [main.organization, *(f"{job.organization}{SIDE_JOB}" for job in others)]
    return "; ".join(dict.fromkeys(names)), places[main.id][0], KIND_NAMES[main.kind], main.post


def _industry(jobs: Sequence[JobFacts], places: Mapping[str, "_Place"], today: date) -> str:
    main = deciding_job(jobs, today)
    return places[main.id][1] if main else ""


def _abilities(skills: Sequence[tuple[str, frozenset[str]]]) -> tuple[str, str]:
    """Codes of specialties and kits, and the roles that hold for all of them."""
    if not skills:
        return "", ""
    shared = frozenset.intersection(*(roles for _, roles in skills))
    named = [Role.CHIEF] if {Role.CHIEF, Role.SCORING} <= shared else []
    named += [Role.TECHNICAL] if Role.TECHNICAL in shared else []
    if not named and Role.SCORING in shared:
        named = [Role.SCORING]
    codes = dict.fromkeys(code for code, _ in skills)
    return ", ".join(codes), ", ".join(ROLE_NAMES[role] for role in named)


def _certified(certificates: Sequence[tuple[str, date | None, date | None]]) -> Line:
    """The one that holds longest."""
    if not certificates:
        return "", None, None
    number, issued, until = max(certificates, key=lambda one: one[2] or date.max)
    return number, issued, until or FOREVER


_Place = tuple[str, str]  # INN and industry


def _jobs(
    session: Session, ids: Sequence[str]
) -> tuple[Mapping[str, list[JobFacts]], Mapping[str, _Place]]:
    """Expert -> places of work; place of work -> what is told of its organization."""
    query = (
        select(
            Organization.inn, Industry.name, Employment.expert_id, Employment.organization_id,
            Organization.short_name, Organization.kind, Employment.valid_from,
            Employment.valid_to, Employment.is_main, Employment.counts_as_employer,
            Employment.id, Employment.post,
        )
        .join(Organization, Organization.id == Employment.organization_id)
        .outerjoin(Industry, Industry.id == Organization.industry_id)
        .where(Employment.live(), Employment.expert_id.in_(ids))
        .order_by(Employment.n)
    )  # fmt: skip
    jobs: dict[str, list[JobFacts]] = defaultdict(list)
    places: dict[str, _Place] = {}
    rows: Iterable[tuple[Any, ...]] = session.execute(query)
    for inn, industry, expert, *facts in rows:
        job = JobFacts(*facts)
        jobs[expert].append(job)
        places[job.id] = inn or "", industry or ""
    return jobs, places


def _certificates(
    session: Session, ids: Sequence[str]
) -> Mapping[str, list[tuple[str, date | None, date | None]]]:
    query = (
        select(
            Certificate.expert_id, Certificate.number, Certificate.issued_on,
            Certificate.valid_until,
        )
        .where(Certificate.live(), Certificate.expert_id.in_(ids))
        .order_by(Certificate.n)
    )  # fmt: skip
    found: dict[str, list[tuple[str, date | None, date | None]]] = defaultdict(list)
    for expert, number, issued, until in session.execute(query):
        found[expert].append((number, issued, until))
    return found


def _skills(session: Session, ids: Sequence[str]) -> Mapping[str, list[tuple[str, frozenset[str]]]]:
    query = (
        select(Competence.expert_id, Specialty.code, AssessmentKit.code, Competence.roles)
        .outerjoin(Specialty, Specialty.id == Competence.specialty_id)
        .outerjoin(AssessmentKit, AssessmentKit.id == Competence.kit_id)
        .where(Competence.live(), Competence.expert_id.in_(ids))
        .order_by(Competence.n)
    )
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for expert, specialty, kit, roles in session.execute(query):
        if code := kit or specialty:
            found[expert].append((code, frozenset(roles)))
    return found
