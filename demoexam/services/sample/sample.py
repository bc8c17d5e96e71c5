"""Fills an empty store with invented data, labelled as such; equal seeds give equal data."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.kits import Specialty
from demoexam.models.organizations import Cluster, Industry, Organization
from demoexam.models.people import Certificate, Expert, TeachingLink
from demoexam.rules.terms import Answer, OrganizationKind, Role, SessionState
from demoexam.services.college.calendar import work_calendar
from demoexam.services.college.college import store_setting
from demoexam.services.papers.signers import change_signer
from demoexam.services.sample.catalog import ENGINEERING, FIELDS, Kits, add_kits
from demoexam.services.sample.draft import Draft
from demoexam.services.sample.incidents import add_incidents
from demoexam.services.sample.people import add_organization, add_staff
from demoexam.services.sample.places import SampleCollege, add_boards, add_bookings, add_rooms
from demoexam.services.sample.season import (
    HALF_SEASON,
    Season,
    working_days,
)
from demoexam.services.season.plan_approval import plan_coverage
from demoexam.services.season.plan_versions import approve_plan
from demoexam.text import full_name

LABEL = "Учебные данные"
APPROVED_BEFORE = timedelta(days=40)  # of the day on which the sample looks at its season
COLLEGES: Mapping[str, int] = MappingProxyType({"college": 1, "cluster": 4, "region": 30})
ROOMS, FIELDS_TAUGHT, PARTNERS, CLUSTER_OF = 10, 8, 4, 4
COLLEGE_NAMES = (  # with the industry of the cluster each has joined
    ("Приволжский индустриальный техникум", ENGINEERING),
    ("Зареченский политехнический колледж", ENGINEERING),
    ("Верхневолжский железнодорожный колледж", "Железнодорожный транспорт"),
    ("Светлоярский агропромышленный техникум", "Сельское хозяйство"),
    ("Рудногорский металлургический колледж", "Металлургия"),
    ("Новокамский химический техникум", "Химическая отрасль"),
    ("Степногорский колледж технологий", ENGINEERING),
    ("Краснопольский аграрный колледж", "Сельское хозяйство"),
)


EARLIEST, LATEST = 2000, 2100  # identifiers carry the time, and terms must fit the calendar


def fill_sample(
    session: Session, *, size: str = "college", seed: int = 1, today: date
) -> dict[str, int]:
    """Rows written, by table. A season half over on `today`, and June of three years before.

    The plan keeps to the rules but for a few planted troubles that ask for attention.
    Refuses an unknown size and a store that already has organizations.
    """
    if size not in COLLEGES:
        raise Refused(f"Размера «{size}» нет.", f"Есть: {', '.join(COLLEGES)}.")
    if not EARLIEST <= today.year <= LATEST:
        raise Refused(
            f"Учебных данных на {today.year} год нет.",
            f"Выберите день от {EARLIEST} до {LATEST} года.",
        )
    if session.scalar(select(Organization.id).limit(1)):
        raise Refused("В базе уже есть записи.", "Для учебных данных создайте новую, пустую базу.")
    draft = _draft(session, seed, today)
    years = range(today.year - 3, today.year + 2)
    kits = add_kits(draft, years)
    colleges = _add_colleges(draft, COLLEGES[size], years)
    for college in colleges:
        _add_exams(draft, college, kits)
    for college in colleges:
        draft.owner = college.id
        add_incidents(draft, college.id)
    _plant_troubles(draft, colleges[0])
    written = draft.write(session)
    store_setting(session, key="own_college", value=colleges[0].id)
    store_setting(session, key="sample", value={"label": LABEL, "size": size, "seed": seed})
    _approve_plans(session, draft)
    for key in ("deputy_name", "coordinator_name"):
        person = next(draft.people)
        name = full_name(person.last, person.first, person.middle)
        change_signer(session, key=key, value=name)
    return written


def _approve_plans(session: Session, draft: Draft) -> None:
    """The plans of the season, each approved as it is, in time for all that is ahead."""
    at = datetime.combine(draft.today - APPROVED_BEFORE, time(10))
    for year in sorted({draft.today.year, (draft.today + HALF_SEASON).year}):
        if plan_coverage(session, year=year).sittings:
            facts = {"name": f"План на {year} год", "ident": draft.new_id()}
            approve_plan(session, year=year, at=at, **facts)


def _draft(session: Session, seed: int, today: date) -> Draft:
    codes = session.execute(select(Specialty.code, Specialty.id).where(Specialty.live()))
    names = session.execute(select(Industry.name, Industry.id).where(Industry.live()))
    calendar = work_calendar(session, range(today.year - 3, today.year + 2))
    return Draft(Random(seed), today, calendar, dict(codes.all()), dict(names.all()))


def _add_colleges(draft: Draft, number: int, years: range) -> list[SampleCollege]:
    """So many colleges with exams; a single one also has partners that send teachers."""
    total = max(number, PARTNERS + 1)
    clusters = [
        draft.add(Cluster, name=f"Учебный кластер № {each + 1}")
        for each in range((total + CLUSTER_OF - 1) // CLUSTER_OF)
    ]
    ids = [_add_college(draft, each, clusters[each // CLUSTER_OF]) for each in range(total)]
    colleges = []
    for position, ident in enumerate(ids[:number]):
        partners = [each for each in ids if each != ident][:PARTNERS]
        draft.owner = ident
        lines = [*FIELDS[:2], *draft.rng.sample(FIELDS[2:], FIELDS_TAUGHT - 2)]
        cluster = clusters[position // CLUSTER_OF]
        staff = add_staff(draft, ident, lines, rooms=ROOMS, partners=partners, cluster_id=cluster)
        rooms = add_rooms(draft, ident, lines, staff)
        boards = add_boards(draft, ident, years)
        colleges.append(SampleCollege(ident, lines, rooms, staff, boards))
    return colleges


def _add_college(draft: Draft, number: int, cluster_id: str) -> str:
    again, place = divmod(number, len(COLLEGE_NAMES))
    name, industry = COLLEGE_NAMES[place]
    title = f"{name} № {again + 1}" if again else name
    return add_organization(
        draft,
        OrganizationKind.COLLEGE,
        f"{title} ({LABEL.lower()})",
        f"«{title}» ({LABEL.lower()})",
        cluster_id=cluster_id,
        industry_id=draft.industries.get(industry),
        legal_form="Государственное бюджетное профессиональное образовательное учреждение",
        founder="Министерство образования области (учебные данные)",
    )


def _add_exams(draft: Draft, college: SampleCollege, kits: Kits) -> None:
    draft.owner = college.id
    days = working_days(draft, draft.today - HALF_SEASON, draft.today + HALF_SEASON)
    season = Season(draft, college, kits, days)
    season.add_earlier()
    season.add_current()
    add_bookings(draft, college, [day for day in days if day > draft.today - timedelta(days=14)])


def _plant_troubles(draft: Draft, college: SampleCollege) -> None:
    """One of each: too few experts, a refusal, an old certificate, no consent, no witness, R2."""
    ahead = [
        row
        for row in draft.rows(ExamSession)
        if row["owner_id"] == college.id and row["starts_at"] and row["number"] == 1
        and row["starts_at"].date() > draft.today
    ]  # fmt: skip
    ahead.sort(key=lambda row: row["starts_at"])
    announced = [row for row in ahead if row["state"] is SessionState.ANNOUNCED]
    planned = [row for row in ahead if row["state"] is SessionState.PLANNED]
    for sitting in planned[:1]:
        dropped = [row["id"] for row in _scorers(draft, sitting)[:2]]
        rows = draft.rows(Assignment)
        rows[:] = [row for row in rows if row["id"] not in dropped]
    for sitting in planned[1:2]:
        _scorers(draft, sitting)[0]["answer"] = Answer.REFUSED
    for sitting in planned[2:3]:
        sitting["board_member"] = ""
    for sitting in announced[:1]:
        late = _about(draft, Certificate, _scorers(draft, sitting)[0]["expert_id"])
        late["valid_until"] = sitting["starts_at"].date() - timedelta(days=1)
    for sitting in announced[1:2]:
        unasked = _expert(draft, _scorers(draft, sitting)[1]["expert_id"])
        unasked.update(consent_on=None, consent_document="")
    for sitting in announced[2:3]:
        taught = _scorers(draft, sitting)[2]["expert_id"]
        note = "вёл(а) производственную практику"
        draft.add(TeachingLink, expert_id=taught, group_id=sitting["group_id"], note=note)


def _scorers(draft: Draft, sitting: dict[str, Any]) -> list[dict[str, Any]]:
    members = (row for row in draft.rows(Assignment) if row["session_id"] == sitting["id"])
    return [row for row in members if row["role"] is Role.SCORING]


def _about(draft: Draft, entity: type[Certificate], expert: str) -> dict[str, Any]:
    return next(row for row in draft.rows(entity) if row["expert_id"] == expert)


def _expert(draft: Draft, ident: str) -> dict[str, Any]:
    return next(row for row in draft.rows(Expert) if row["id"] == ident)
