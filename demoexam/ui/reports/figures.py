"""What the share report shows: its parameters, and the figures counted by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.kits import Specialty
from demoexam.models.organizations import Organization
from demoexam.rules.shares import Share, target_for
from demoexam.rules.terms import CountMethod, ShareCut, SideDate
from demoexam.services.college import college
from demoexam.services.share import share
from demoexam.services.share.counting import ALL_LEVELS
from demoexam.services.share.people import Person, people_behind
from demoexam.services.share.share import ShareRow

YEARS_SHOWN = 3
MONTHS = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
    "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip


@dataclass(frozen=True)
class Request:
    """What is asked of the report; the year is the window's."""

    year: int
    method: CountMethod = CountMethod.PERSONS
    cut: ShareCut = ShareCut.SPECIALTY
    level: str = ALL_LEVELS


@dataclass(frozen=True)
class Figures:
    """All numbers of the page, counted in one reading."""

    request: Request
    college: str
    total: ShareRow
    rows: Sequence[ShareRow]
    by_method: Mapping[CountMethod, Share]
    years: Sequence[tuple[int, ShareRow]]
    side_date: SideDate
    chief_counts: bool
    taken_at: datetime
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nobody to count, whatever the method."""
        return not any(each.experts or each.unknown for each in self.by_method.values())

    def title_of(self, row: ShareRow) -> str:
        """The row's name for a reader: a specialty with its title, a month in words."""
        if self.request.cut is ShareCut.MONTH:
            year, month = row.key.split("-")
            return f"{MONTHS[int(month) - 1]} {year}"
        more = self.titles.get(row.key, "")
        return f"{row.key} {more}" if more else row.key


def count(session: Session, request: Request, today: date) -> Figures:
    """Count everything the page shows by one method, and the other methods beside it."""
    settings = college.college_settings(session)
    own = session.get(Organization, settings.own_college) if settings.own_college else None
    totals = {method: _total(session, request, method, today) for method in CountMethod}
    years = range(request.year - YEARS_SHOWN + 1, request.year + 1)
    return Figures(
        request=request,
        college=own.short_name if own else "",
        total=totals[request.method],
        rows=_rows(session, request, today),
        by_method={method: row.share for method, row in totals.items()},
        years=[(year, _total(session, request, request.method, today, year)) for year in years],
        side_date=settings.share_side,
        chief_counts=settings.share_count_chief,
        taken_at=datetime.now(),
        titles=_titles(session) if request.cut is ShareCut.SPECIALTY else {},
    )


def people(session: Session, request: Request, row: ShareRow, today: date) -> list[Person]:
    """The people behind one row; the total's row has the key TOTAL."""
    total = row.key == share.TOTAL
    return people_behind(
        session,
        year=request.year,
        today=today,
        count=request.method,
        level=request.level,
        by=ShareCut.TOTAL if total else request.cut,
        key="" if total else row.id,
    )


def targets_of(session: Session, years: Sequence[int]) -> dict[int, int | None]:
    """Year -> its target, for the choice of the year."""
    known = college.targets(session)
    return {year: target_for(known, year) for year in years}


def _total(
    session: Session, request: Request, method: CountMethod, today: date, year: int = 0
) -> ShareRow:
    found = share.shares(
        session, year=year or request.year, today=today, count=method, level=request.level
    )
    return found[0]


def _rows(session: Session, request: Request, today: date) -> list[ShareRow]:
    """Rows of the cut: months in their order, others by share, unnamed ones at the end."""
    if request.cut is ShareCut.TOTAL:
        return []
    rows = share.shares(
        session, year=request.year, today=today, count=request.method, level=request.level,
        by=request.cut,
    )  # fmt: skip
    if request.cut is ShareCut.MONTH:
        return rows
    if request.cut is ShareCut.EMPLOYER:
        return sorted(rows, key=lambda row: (not row.id, -row.share.employers))
    return sorted(rows, key=lambda row: (not row.id, -(row.share.value or 0)))


def _titles(session: Session) -> dict[str, str]:
    query = select(Specialty.code, Specialty.title).where(Specialty.live())
    return dict(session.execute(query).all())
