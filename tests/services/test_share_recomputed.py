"""The share counted in SQL against the same counted by plain loops, over invented years."""

from collections import Counter, defaultdict
from datetime import date
from random import Random

import pytest
from conftest import Builder
from sqlalchemy import select

from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Cluster, Organization
from demoexam.models.people import Employment
from demoexam.rules.terms import (
    Answer,
    CountMethod,
    ExamLevel,
    OrganizationKind,
    Role,
    ShareCut,
    Side,
    SideDate,
)
from demoexam.services.college.college import change_setting
from demoexam.services.share.people import people_behind
from demoexam.services.share.share import shares

TODAY = date(2026, 3, 2)
PERSONS, ASSIGNMENTS, ROSTER = CountMethod


@pytest.fixture
def session(store):
    with store.transaction("проверка") as session:
        yield session


@pytest.fixture
def make(session):
    return Builder(session)


def invented_year(make, seed):
    """Experts who move, overlap, lack a job; sittings of two years, some outside the plan."""
    random = Random(seed)  # noqa: S311 -- invented, and repeatable
    session = make._session
    clusters = [make._saved(Cluster(name=f"Кластер {n}")) for n in range(2)]
    industries = [make.industry(f"Отрасль {n}") for n in range(2)]
    organizations = [
        make.organization(
            kind, f"{kind} {n}",
            cluster_id=random.choice([None, *clusters]) and random.choice(clusters).id,
            industry_id=random.choice([None, industries[0].id, industries[1].id]),
        )
        for kind in OrganizationKind
        for n in range(2)
    ]  # fmt: skip
    experts = [make.expert(certified=False) for _ in range(14)]
    for expert in experts:
        for _ in range(random.choice([0, 1, 1, 1, 2, 3])):
            since = random.choice([None, date(2025, 1, 1), date(2026, random.randint(1, 12), 5)])
            till = random.choice([None, None, date(2026, random.randint(1, 12), 20)])
            make.employment(
                expert, random.choice(organizations), valid_from=since, valid_to=till,
                is_main=random.random() < 0.7,
                counts_as_employer=random.choice([None, None, None, True, False]),
                deleted=random.random() < 0.1,
            )  # fmt: skip
    colleges = [each for each in organizations if each.kind is OrganizationKind.COLLEGE]
    groups = [make.group(each, f"Г-{n}") for n, each in enumerate(colleges)]
    kits = [make.kit(), make.kit("15.01.05-1-2026", ExamLevel.BASIC)]
    workshop = make.workshop()
    for _ in range(25):
        day = date(random.choice([2025, 2026, 2026, 2026]), random.randint(1, 12), 7)
        sitting = make.sitting(
            random.choice(groups), random.choice(kits), workshop, day=day,
            held=random.random() < 0.1, deleted=random.random() < 0.1,
        )  # fmt: skip
        for expert in random.sample(experts, 4):
            make.assignment(
                sitting, expert, random.choice(list(Role)), answer=random.choice(list(Answer)),
                held=random.random() < 0.1,
            )  # fmt: skip
    session.flush()


def side_and_job(session, expert_id, day):
    """The side told by plain loops over the rows."""
    jobs = session.scalars(
        select(Employment).where(Employment.expert_id == expert_id, Employment.deleted.is_(False))
    )
    fitting = [
        job for job in jobs if (job.valid_from or date.min) <= day <= (job.valid_to or date.max)
    ]
    if not fitting:
        return Side.UNKNOWN, None
    job = max(fitting, key=lambda j: (j.is_main, j.valid_from or date.min, j.id))
    kind = session.get_one(Organization, job.organization_id).kind
    if job.counts_as_employer:
        return Side.EMPLOYER, job
    if kind in {OrganizationKind.COLLEGE, OrganizationKind.UNIVERSITY}:
        return Side.EDUCATION, job
    employer = kind is OrganizationKind.EMPLOYER and job.counts_as_employer is not False
    return (Side.EMPLOYER if employer else Side.OTHER), job


def duties_of(session, year, level):
    rows = session.execute(
        select(Assignment, ExamSession, AssessmentKit, StudyGroup, Organization)
        .join(ExamSession, ExamSession.id == Assignment.session_id)
        .join(AssessmentKit, AssessmentKit.id == ExamSession.kit_id)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .join(Organization, Organization.id == StudyGroup.college_id)
    ).all()
    for duty, sitting, kit, group, college in rows:
        out = duty.held or duty.deleted or sitting.held or sitting.deleted
        counted = duty.role is not Role.TECHNICAL and duty.answer is not Answer.REFUSED
        if out or not counted or sitting.starts_at.year != year:
            continue
        if level in {"all", kit.level}:
            keys = {
                ShareCut.TOTAL: "", ShareCut.COLLEGE: group.college_id,
                ShareCut.CLUSTER: college.cluster_id or "",
                ShareCut.SPECIALTY: kit.specialty_id,
                ShareCut.MONTH: sitting.starts_at.strftime("%Y-%m"),
            }  # fmt: skip
            yield duty.expert_id, sitting.starts_at.date(), keys


def chosen_day(session, expert_id, days, side_date):
    sides = {day: side_and_job(session, expert_id, day)[0] for day in days}
    last = max(days)
    if side_date is SideDate.ANY:
        return max((day for day in days if sides[day] is Side.EMPLOYER), default=last)
    if side_date is SideDate.MOST:
        votes = Counter(sides[day] for day in days if sides[day] is not Side.UNKNOWN)
        if votes:
            best = max(votes.values())
            return max(d for d in days if votes[sides[d]] == best and sides[d] in votes)
    return last


def recomputed(session, count, side_date, level, by):
    """Key -> (employers, experts, unknown), without any of the code under test."""
    duties = list(duties_of(session, 2026, level))
    days = defaultdict(list)
    for expert, day, _ in duties:
        days[expert].append(day)
    units = []
    for expert, day, keys in duties:
        when = day if count is ASSIGNMENTS else chosen_day(session, expert, days[expert], side_date)
        side, job = side_and_job(session, expert, when)
        key = keys.get(by)
        if by is ShareCut.EMPLOYER:
            key = job.organization_id if job else ""
        elif by is ShareCut.INDUSTRY:
            key = session.get_one(Organization, job.organization_id).industry_id if job else ""
        units.append((expert, key or "", side))
    if count is PERSONS:
        units = set(units)
    if by is ShareCut.EMPLOYER:
        units = [unit for unit in units if unit[2] is Side.EMPLOYER]
    return summed(units)


def summed(units):
    found = defaultdict(lambda: [0, 0, 0])
    for _, key, side in units:
        found[key][0] += side is Side.EMPLOYER
        found[key][1] += side is not Side.UNKNOWN
        found[key][2] += side is Side.UNKNOWN
    return {key: tuple(numbers) for key, numbers in found.items()}


@pytest.mark.parametrize("seed", range(4))
def test_sql_counts_as_plain_loops_do(session, make, seed):
    invented_year(make, seed)
    ways = [(PERSONS, side_date) for side_date in SideDate] + [(ASSIGNMENTS, SideDate.LAST)]
    for count, side_date in ways:
        change_setting(session, key="share_side", value=side_date)
        for by in ShareCut:
            for level in ("all", "profile"):
                told = shares(session, year=2026, today=TODAY, count=count, level=level, by=by)
                got = {
                    row.id: (row.share.employers, row.share.experts, row.share.unknown)
                    for row in told
                }
                expected = recomputed(session, count, side_date, level, by)
                assert got == (expected or ({"": (0, 0, 0)} if by is ShareCut.TOTAL else {}))


@pytest.mark.parametrize("side_date", SideDate)
def test_people_behind_a_number_sum_to_it(session, make, side_date):
    invented_year(make, seed=7)
    change_setting(session, key="share_side", value=side_date)
    for count in CountMethod:
        for by in ShareCut:
            how = {"year": 2026, "today": TODAY, "count": count, "by": by}
            for row in shares(session, **how):
                sides = Counter()
                for person in people_behind(session, key=row.id, **how):
                    sides[person.side] += person.units
                assert sides[Side.EMPLOYER] == row.share.employers
                assert sides[Side.UNKNOWN] == row.share.unknown
                assert sides.total() == row.share.experts + row.share.unknown
