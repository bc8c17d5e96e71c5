"""Approved plans: kept under a name, listed, read again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused
from demoexam.models.base import new_id
from demoexam.models.exams import Assignment, ExamPlace, ExamSession, PlanVersion
from demoexam.models.groups import StudyGroup
from demoexam.rules.plan_differences import Duty, PlannedSitting
from demoexam.rules.terms import Answer, Role
from demoexam.services.papers.sheet import local_time, utc_time
from demoexam.text import short_date

FORMAT = 1


@dataclass(frozen=True)
class VersionLine:
    """A version in the list; `taken_at` is on the college's clock."""

    id: str
    name: str
    taken_at: datetime
    year: int
    sittings: int
    note: str = ""


def approve_plan(
    session: Session,
    *,
    name: str,
    year: int,
    note: str = "",
    at: datetime | None = None,
    ident: str = "",
) -> str:
    """Keep the year's plan as it is now under a name; gives the version's id.

    The plan is every sitting that has a date and is not held.
    """
    cleaned = " ".join(name.split())
    if not cleaned:
        raise Refused("У версии плана нет названия.", "Назовите её, например «План ГИА 2026».")
    if any(one.name == cleaned for one in plan_versions(session, year=year)):
        raise Refused(f"Версия «{cleaned}» уже есть.", "Выберите другое название.")
    plan = present_plan(session, year=year)
    if not plan:
        raise Refused(
            f"В плане {year} года нет ни одного экзамена с датой.", "Назначьте экзаменам даты."
        )
    moment = utc_time(at or datetime.now())
    content = {"format": FORMAT, "year": year, "sittings": [_stored(one) for one in plan]}
    version = PlanVersion(
        id=ident or new_id(), name=cleaned, taken_at=moment, content=content, note=note.strip()
    )
    session.add(version)
    session.flush()
    return version.id


def proposed_name(session: Session, *, year: int, today: date) -> str:
    """A name that no version of the year has yet."""
    first = f"План на {year} год, {short_date(today)}"
    taken = {one.name for one in plan_versions(session, year=year)}
    names = (first, *(f"{first} ({number})" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def plan_versions(session: Session, *, year: int) -> list[VersionLine]:
    """The versions of a year, the latest first."""
    query = select(PlanVersion).where(PlanVersion.live())
    rows = session.scalars(query.order_by(PlanVersion.taken_at.desc(), PlanVersion.n.desc()))
    lines = [version_line(row) for row in rows]
    return [line for line in lines if line.year == year]


def version_line(row: PlanVersion) -> VersionLine:
    content = row.content
    year, count = int(content.get("year", 0)), len(content.get("sittings", ()))
    return VersionLine(row.id, row.name, local_time(row.taken_at), year, count, row.note)


def version_row(session: Session, version_id: str) -> PlanVersion:
    row = session.get(PlanVersion, version_id)
    if row is None or row.deleted:
        raise NotFound(what="версия плана")
    return row


def planned_then(row: PlanVersion) -> list[PlannedSitting]:
    """What the version holds."""
    return [_read(one) for one in row.content.get("sittings", ())]


def present_plan(
    session: Session, *, year: int, also: Collection[str] = ()
) -> list[PlannedSitting]:
    """The dated sittings of the year as they are now, and those named, of whatever year."""
    starts = datetime(year, 1, 1), datetime.combine(date(year, 12, 31), time.max)
    wanted = and_(
        ExamSession.live(), ExamSession.starts_at.is_not(None),
        or_(ExamSession.starts_at.between(*starts), ExamSession.id.in_(also)),
    )  # fmt: skip
    chosen = select(ExamSession.id).where(wanted)
    duties = _duties(session, Assignment.session_id.in_(chosen))
    seated: dict[str, int] = dict(
        session.execute(
            select(ExamPlace.session_id, func.count())
            .where(ExamPlace.live(), ExamPlace.session_id.in_(chosen))
            .group_by(ExamPlace.session_id)
        ).all()
    )
    query = select(ExamSession, StudyGroup.head_count).join(
        StudyGroup, StudyGroup.id == ExamSession.group_id
    )
    return [
        _planned(row, seated.get(row.id) or row.head_count or whole or 0, duties[row.id])
        for row, whole in session.execute(query.where(wanted).order_by(ExamSession.starts_at))
    ]


def _duties(session: Session, wanted: Any) -> Mapping[str, frozenset[Duty]]:
    """Sitting -> its live duties; whoever refused is not of the plan."""
    query = select(Assignment.session_id, Assignment.role, Assignment.expert_id).where(
        Assignment.live(), Assignment.answer != Answer.REFUSED, wanted
    )
    found: dict[str, frozenset[Duty]] = defaultdict(frozenset)
    for sitting, role, expert in session.execute(query):
        found[sitting] |= {(role, expert)}
    return found


def _planned(row: ExamSession, heads: int, duties: frozenset[Duty]) -> PlannedSitting:
    starts_at = row.starts_at or datetime.min
    return PlannedSitting(
        id=row.id,
        group_id=row.group_id,
        kit_id=row.kit_id,
        starts_at=starts_at,
        ends_at=row.ends_at or starts_at,
        number=row.number,
        workshop_id=row.workshop_id,
        second_day=row.second_day,
        preparation_day=row.preparation_day,
        head_count=heads,
        duties=duties,
    )


def _stored(one: PlannedSitting) -> dict[str, Any]:
    experts: dict[str, list[str]] = defaultdict(list)
    for role, expert in sorted(one.duties):
        experts[role.value].append(expert)
    return {
        "id": one.id,
        "group": one.group_id,
        "kit": one.kit_id,
        "number": one.number,
        "workshop": one.workshop_id,
        "starts": one.starts_at.isoformat(timespec="minutes"),
        "ends": one.ends_at.isoformat(timespec="minutes"),
        "second": _iso(one.second_day),
        "preparation": _iso(one.preparation_day),
        "people": one.head_count,
        "experts": dict(experts),
    }


def _read(stored: Mapping[str, Any]) -> PlannedSitting:
    return PlannedSitting(
        id=stored["id"],
        group_id=stored["group"],
        kit_id=stored["kit"],
        starts_at=datetime.fromisoformat(stored["starts"]),
        ends_at=datetime.fromisoformat(stored["ends"]),
        number=stored["number"],
        workshop_id=stored["workshop"],
        second_day=_day(stored["second"]),
        preparation_day=_day(stored["preparation"]),
        head_count=stored["people"],
        duties=frozenset(_pairs(stored["experts"].items())),
    )


def _pairs(experts: Iterable[tuple[str, list[str]]]) -> Iterator[Duty]:
    for role, ids in experts:
        yield from ((Role(role), ident) for ident in ids)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
