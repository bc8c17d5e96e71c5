"""Who stands behind a share: each person with his organization, side and sittings."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.models.organizations import Industry, Organization
from demoexam.models.people import Employment, Expert
from demoexam.rules.terms import CountMethod, ShareCut, Side
from demoexam.services.share.counting import ALL_LEVELS, count_of, units_of
from demoexam.services.share.units import Count, seated
from demoexam.text import full_name


@dataclass(frozen=True)
class Person:
    """One expert on one side; `units` is what he adds to the count, `sittings` his year's load."""

    expert_id: str
    name: str
    organization: str
    industry: str
    post: str
    phone: str
    email: str
    side: Side
    units: int
    sittings: int


def people_behind(
    session: Session,
    *,
    year: int,
    today: date | None = None,
    count: CountMethod | None = None,
    level: str = ALL_LEVELS,
    by: ShareCut = ShareCut.TOTAL,
    key: str = "",
) -> list[Person]:
    """The people of one row of `shares`, in Russian order; `key` is that row's id.

    Their units sum to the row's numbers. Counted by assignment, a person who changed sides
    within the year stands here once for each side.
    """
    counted = count_of(session, year=year, today=today, method=count, level=level, by=by)
    told = [unit for unit in units_of(session, counted) if unit[1] == key]
    if by is ShareCut.EMPLOYER:
        told = [unit for unit in told if unit[2] == Side.EMPLOYER]
    load = _sittings(session, counted)
    units: dict[tuple[str, str, str], int] = defaultdict(int)
    for expert, _, side, job, amount in told:
        units[expert, side, job or ""] += amount
    return _described(session, units, load)


def _sittings(session: Session, count: Count) -> dict[str, int]:
    """Expert -> number of his counted sittings of the year."""
    seats = seated(replace(count, by=ShareCut.TOTAL))
    query = select(seats.c.expert_id, func.count()).group_by(seats.c.expert_id)
    return dict(session.execute(query).all())


def _described(
    session: Session, units: dict[tuple[str, str, str], int], load: dict[str, int]
) -> list[Person]:
    experts = _rows_by_id(session, _expert_columns().order_by(Expert.skey))
    jobs = _rows_by_id(session, _job_columns())
    order = {ident: place for place, ident in enumerate(experts)}
    people = []
    for (expert, side, job), amount in units.items():
        last, first, middle, phone, email = experts[expert]
        post, organization, industry = jobs.get(job, ("", "", ""))
        person = Person(
            expert_id=expert,
            name=full_name(last, first, middle),
            organization=organization,
            industry=industry or "",
            post=post,
            phone=phone,
            email=email,
            side=Side(side),
            units=amount,
            sittings=load.get(expert, 0),
        )
        people.append(person)
    return sorted(people, key=lambda person: order[person.expert_id])


def _rows_by_id(session: Session, query: Any) -> dict[str, tuple[Any, ...]]:
    return {ident: tuple(rest) for ident, *rest in session.execute(query)}


def _expert_columns() -> Any:
    names = Expert.last_name, Expert.first_name, Expert.middle_name
    return select(Expert.id, *names, Expert.phone, Expert.email)


def _job_columns() -> Any:
    query = select(Employment.id, Employment.post, Organization.short_name, Industry.name)
    employed = query.join(Organization, Organization.id == Employment.organization_id)
    return employed.outerjoin(Industry, Industry.id == Organization.industry_id)
