"""The sample's organizations and experts: who works where, may assess what, and since when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from demoexam.models.organizations import Organization
from demoexam.models.people import Certificate, Competence, Employment, Expert
from demoexam.rules.terms import OrganizationKind, Role
from demoexam.services.sample.catalog import Field
from demoexam.services.sample.draft import Draft
from demoexam.services.sample.names import CITIES, STREETS, employer_names, inn, phone

EMPLOYERS_A_FIELD = 3
FROM_PLANTS, FROM_COLLEGES = 8, 4  # experts a field
OWN_TEACHERS, FROM_UNIVERSITY, WITHOUT_PLACE = 8, 4, 2
MOVED = 2  # fields where one expert went from a college to a plant in June
NOTE = "Учебные данные: человек вымышлен."
SEPARATE_CONSENT = date(2025, 9, 1)  # since then the consent is a document of its own
TERM = timedelta(days=730)


@dataclass
class Specialist:
    """An expert who may be called from outside, and how he has been used so far."""

    id: str
    from_plant: bool
    may_lead: bool
    busy: set[date] = field(default_factory=set)
    calls: int = 0


@dataclass
class Staff:
    """Outside experts by field, and one technical expert of the college's own a workshop."""

    outside: dict[str, list[Specialist]]
    technical: list[str]


@dataclass(frozen=True)
class Job:
    organization_id: str
    post: str
    since: date | None = None
    until: date | None = None


def add_organization(
    draft: Draft, kind: OrganizationKind, short: str, full: str, **columns: str | None
) -> str:
    number, rng = next(draft.numbers), draft.rng
    head, post = (
        next(draft.people),
        {OrganizationKind.COLLEGE: "директор"}.get(kind, "руководитель"),
    )
    city = columns.get("city") or rng.choice(CITIES)
    street = f"ул. {rng.choice(STREETS)}, д. {rng.randint(1, 90)}"
    return draft.add(
        Organization,
        kind=kind,
        short_name=short,
        full_name=full,
        inn=inn(number),
        city=city,
        address=f"г. {city}, {street}",
        industry_id=columns.get("industry_id"),
        cluster_id=columns.get("cluster_id"),
        founder=columns.get("founder") or "",
        legal_form=columns.get("legal_form") or "",
        phone=phone(number),
        email=f"office{number}@example.com",
        head_name=" ".join(head),
        head_post=post,
    )


def add_staff(
    draft: Draft,
    college: str,
    fields: Sequence[Field],
    *,
    rooms: int,
    partners: Sequence[str],
    cluster_id: str,
) -> Staff:
    """About 120 experts for a college with eight fields and ten workshops."""
    technical = [
        add_expert(draft, [Job(college, "мастер производственного обучения")], None, Role.TECHNICAL)
        for _ in range(rooms)
    ]
    outside = {
        each.code: list(_of_field(draft, each, partners, cluster_id, moved=number < MOVED))
        for number, each in enumerate(fields)
    }
    university = add_organization(
        draft, OrganizationKind.UNIVERSITY, "Технический университет",
        "Технический университет (учебные данные)",
    )  # fmt: skip
    for number in range(OWN_TEACHERS + FROM_UNIVERSITY + WITHOUT_PLACE):
        code = fields[number % len(fields)].code
        place = college if number < OWN_TEACHERS else university
        post = "преподаватель" if number < OWN_TEACHERS else "доцент"
        jobs = [Job(place, post)] if number < OWN_TEACHERS + FROM_UNIVERSITY else []
        add_expert(draft, jobs, code, Role.SCORING)
    return Staff(outside, technical)


def _of_field(
    draft: Draft, line: Field, partners: Sequence[str], cluster_id: str, *, moved: bool
) -> Iterator[Specialist]:
    names = employer_names(line.employers, draft.rng)
    industry = draft.industries.get(line.industry)
    plants = [
        add_organization(draft, OrganizationKind.EMPLOYER, *next(names), industry_id=industry,
                         cluster_id=cluster_id)
        for _ in range(EMPLOYERS_A_FIELD)
    ]  # fmt: skip
    for number in range(FROM_PLANTS + FROM_COLLEGES):
        from_plant = number < FROM_PLANTS
        place = plants[number % EMPLOYERS_A_FIELD] if from_plant else draft.rng.choice(partners)
        jobs = [Job(place, line.post if from_plant else "преподаватель")]
        if moved and number == 0:
            jobs = _change_of_work(draft, draft.rng.choice(partners), jobs[0])
        may_lead = number % 2 == 0
        roles = (Role.SCORING, Role.CHIEF) if may_lead else (Role.SCORING,)
        yield Specialist(add_expert(draft, jobs, line.code, *roles), from_plant, may_lead)


def _change_of_work(draft: Draft, college: str, present: Job) -> list[Job]:
    """Taught until the last 31 May, works at the plant since."""
    year = draft.today.year - (draft.today < date(draft.today.year, 7, 1))
    before = Job(college, "преподаватель", until=date(year, 5, 31))
    return [before, Job(present.organization_id, present.post, since=date(year, 6, 1))]


def add_expert(draft: Draft, jobs: Sequence[Job], code: str | None, *roles: Role) -> str:
    """A certified expert with consent; the last of `jobs` lasts."""
    number, person, rng = next(draft.numbers), next(draft.people), draft.rng
    ident = draft.add(
        Expert,
        last_name=person.last,
        first_name=person.first,
        middle_name=person.middle,
        phone=phone(number),
        email=f"expert{number}@example.com",
        consent_on=_consent_day(draft),
        consent_document=f"Согласие № {number}",
        note=NOTE,
    )
    began = date(rng.randint(2012, 2021), rng.randint(1, 12), 1)
    for job in jobs:
        draft.add(
            Employment,
            expert_id=ident,
            organization_id=job.organization_id,
            post=job.post,
            valid_from=job.since or began,
            valid_to=job.until,
        )
    specialty = draft.specialties[code] if code else None
    draft.add(Competence, expert_id=ident, specialty_id=specialty, roles=[*roles])
    issued = draft.today - timedelta(days=rng.randint(30, 400))
    draft.add(
        Certificate,
        expert_id=ident,
        kind="Свидетельство эксперта ДЭ",
        number=f"{number:07d}",
        issued_by="Оператор (учебные данные)",
        issued_on=issued,
        valid_until=issued + TERM,
    )
    return ident


def _consent_day(draft: Draft) -> date:
    latest = draft.today - timedelta(days=10)
    earliest = min(SEPARATE_CONSENT, latest - timedelta(days=60))
    return earliest + timedelta(days=draft.rng.randrange((latest - earliest).days))
