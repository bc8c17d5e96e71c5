"""What the approved plan says of sittings: a version is the approval of all that it holds."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from demoexam.models.exams import ExamSession, PlanVersion
from demoexam.rules.notice import ApprovedPlace
from demoexam.text import day_month

Version = tuple[str, str, datetime, str, int]
NAMED = 400  # ids in one select; of more sittings a version is read whole


@dataclass(frozen=True)
class Approval:
    """What the last version that speaks of a sitting says of it, and since which day.

    `place` is None where the plan was approved without it.
    """

    version: str
    since: date
    place: ApprovedPlace | None

    def holds(self, sitting: ExamSession) -> bool:
        """Whether the sitting is approved as it stands now: on these days, in this workshop."""
        return self.place is not None and self.place == place_of(sitting)

    @property
    def remark(self) -> str:
        """How a sitting that it does not hold differs."""
        what = "добавлен" if self.place is None else "перенесён"
        return f"{what} после утверждения плана {day_month(self.since)}"


@dataclass(frozen=True)
class PlanStanding:
    """How the plan of a year stands beside the last version of it, if it has any."""

    version: str = ""
    on: date | None = None
    differ: int = 0  # sittings moved, added or dropped since


@dataclass(frozen=True)
class Coverage:
    """What a version taken now would hold, and what it leaves out."""

    sittings: int
    first: date | None
    last: date | None
    undated: int
    held: int


def local_day(moment: datetime) -> date:
    """The day of a stored UTC moment by the college's clock."""
    return moment.replace(tzinfo=UTC).astimezone().date()


def place_of(sitting: ExamSession) -> ApprovedPlace:
    return _place(sitting.starts_at, sitting.second_day, sitting.workshop_id)


def _place(starts_at: datetime | None, second: date | None, workshop: str | None) -> ApprovedPlace:
    first = [starts_at.date()] if starts_at else []
    return ApprovedPlace((*first, *([second] if second else ())), workshop)


def approvals(session: Session, sittings: Collection[ExamSession]) -> Mapping[str, Approval]:
    """Sitting -> its approval; nothing of those whose plan was never approved.

    One that every later version has in the same place is approved since the first of them.
    """
    found: dict[str, Approval] = {}
    unsettled = {one.id: one for one in sittings}
    for version in _versions(session):
        if not unsettled:
            break
        places = _places(session, version.id, unsettled)
        for ident, sitting in list(unsettled.items()):
            place, known = places.get(ident), found.get(ident)
            if place is None and not _speaks_of(version, sitting):
                continue
            day = local_day(version.taken_at)
            if known is None:
                found[ident] = Approval(version.name, day, place)
                if not found[ident].holds(sitting):
                    del unsettled[ident]
            elif place == known.place:
                found[ident] = replace(known, since=day)
            else:
                del unsettled[ident]
    return found


def plan_standing(session: Session, *, year: int) -> PlanStanding:
    """Whether the plan of the year is approved, and how much of it is another since."""
    version = next((one for one in _versions(session) if one.year == year), None)
    if version is None:
        return PlanStanding()
    query = select(
        ExamSession.id, ExamSession.starts_at, ExamSession.second_day, ExamSession.workshop_id
    ).where(ExamSession.live(), _of_year(year))
    now = {
        ident: _place(starts_at, second, workshop)
        for ident, starts_at, second, workshop in session.execute(query)
    }
    then = dict(_held(session, version.id))
    differ = sum(then.get(ident) != now.get(ident) for ident in then | now)
    return PlanStanding(version.name, local_day(version.taken_at), differ)


def plan_coverage(session: Session, *, year: int) -> Coverage:
    """What `approve_plan` would keep."""
    counts = select(func.count(), func.min(ExamSession.starts_at), func.max(ExamSession.starts_at))
    number, first, last = session.execute(counts.where(ExamSession.live(), _of_year(year))).one()
    undated = counts.where(ExamSession.live(), ExamSession.starts_at.is_(None))
    held = counts.where(ExamSession.deleted.is_(False), ExamSession.held, _of_year(year))
    return Coverage(
        number,
        first.date() if first else None,
        last.date() if last else None,
        session.execute(undated).one()[0],
        session.execute(held).one()[0],
    )


def _of_year(year: int) -> ColumnElement[bool]:
    ends = datetime(year, 1, 1), datetime.combine(date(year, 12, 31), time.max)
    return ExamSession.starts_at.between(*ends)


def approved_places(
    session: Session, sittings: Collection[ExamSession]
) -> Mapping[str, ApprovedPlace]:
    """Sitting -> where the approved plan has it."""
    found: dict[str, ApprovedPlace] = {}
    unsettled = {one.id: one for one in sittings if one.starts_at}
    for version in _versions(session):
        if not unsettled:
            break
        found |= _places(session, version.id, unsettled)
        settled = [
            ident
            for ident, sitting in unsettled.items()
            if ident in found or _speaks_of(version, sitting)
        ]
        for ident in settled:
            del unsettled[ident]
    return found


def _versions(session: Session) -> Sequence[Row[Version]]:
    """Id, name, moment, owner and year of each version, the latest first."""
    year = func.json_extract(PlanVersion.content, "$.year").label("year")
    query = select(
        PlanVersion.id, PlanVersion.name, PlanVersion.taken_at, PlanVersion.owner_id, year
    ).where(PlanVersion.live())
    return session.execute(query.order_by(PlanVersion.taken_at.desc(), PlanVersion.n.desc())).all()


def _speaks_of(version: Row[Version], sitting: ExamSession) -> bool:
    """Whether the sitting would be in this version if it had been in the plan then."""
    same = not version.owner_id or version.owner_id == sitting.owner_id
    return same and sitting.starts_at is not None and sitting.starts_at.year == version.year


def _places(
    session: Session, version_id: str, wanted: Collection[str]
) -> Mapping[str, ApprovedPlace]:
    return {ident: place for ident, place in _held(session, version_id, wanted) if ident in wanted}


def _held(
    session: Session, version_id: str, wanted: Collection[str] = ()
) -> Iterator[tuple[str, ApprovedPlace]]:
    """What a version holds; of a few sittings these alone."""
    each = func.json_each(PlanVersion.content, "$.sittings").table_valued(
        "value", joins_implicitly=True
    )
    keys = ("$.id", "$.starts", "$.second", "$.workshop")
    ident, *facts = (func.json_extract(each.c.value, key) for key in keys)
    query = select(ident, *facts).where(PlanVersion.id == version_id)
    if 0 < len(wanted) <= NAMED:
        query = query.where(ident.in_(wanted))
    for found, starts, second, workshop in session.execute(query):
        days = [starts[:10], *([second] if second else ())]
        yield found, ApprovedPlace(tuple(map(date.fromisoformat, days)), workshop)
