"""Days on which experts cannot or would rather not come: one day, a period, several people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.people import Unavailability
from demoexam.rules.plan import AbsenceFacts, ExpertFacts
from demoexam.services.records.records import add_record, change_record, delete_record

TABLE = "unavailability"
LONGEST = 366 * 3  # days of one period
ONE_DAY = timedelta(days=1)


class DayState(StrEnum):
    """How it stands with an expert's day, apart from his duties."""

    FREE = "free"
    WISH = "wish"
    AWAY = "away"


@dataclass(frozen=True)
class Period:
    """What a row of the table says, whoever it is about."""

    from_day: date
    to_day: date
    only_these: bool = False
    soft: bool = False
    reason: str = ""


def state_on(absences: Iterable[AbsenceFacts], day: date) -> DayState:
    absence = ExpertFacts("", "", absences=tuple(absences)).absence_on(day)
    if absence is None:
        return DayState.FREE
    return DayState.WISH if absence.soft else DayState.AWAY


def add_period(session: Session, *, expert_ids: Sequence[str], period: Period) -> int:
    """Note the period for each of them; gives how many did not have it already."""
    refuse_odd(period)
    new = [each for each in expert_ids if not _known(session, each, period)]
    for expert_id in new:
        _add(session, expert_id, period)
    return len(new)


def refuse_odd(period: Period) -> None:
    if period.to_day < period.from_day:
        raise Refused("Период кончается раньше, чем начинается.", "Исправьте даты.")
    if (period.to_day - period.from_day).days >= LONGEST:
        raise Refused("Период длиннее трёх лет.", "Исправьте даты.")


def mark_days(
    session: Session, *, expert_id: str, first: date, last: date, state: DayState
) -> None:
    """Make every day from `first` to `last` so, and leave all other days as they were.

    Periods that reach into these days are cut; a day joins a period of the same kind beside it.
    """
    refuse_odd(Period(first, last))
    for row in _rows(session, expert_id):
        if not row.only_these and row.from_day <= last and row.to_day >= first:
            _cut(session, row, first, last)
    if state is DayState.FREE:
        _allow(session, expert_id, first, last)
    else:
        _join(session, expert_id, first, last, soft=state is DayState.WISH)


def _known(session: Session, expert_id: str, period: Period) -> bool:
    """Whether a period of the same kind holds all its days already."""
    return any(
        row.from_day <= period.from_day and period.to_day <= row.to_day
        for row in _rows(session, expert_id)
        if (row.only_these, row.soft) == (period.only_these, period.soft)
    )


def _rows(session: Session, expert_id: str) -> Sequence[Unavailability]:
    query = select(Unavailability).where(
        Unavailability.live(), Unavailability.expert_id == expert_id
    )
    return session.scalars(query.order_by(Unavailability.from_day, Unavailability.id)).all()


def _cut(session: Session, row: Unavailability, first: date, last: date) -> None:
    """Take the days from `first` to `last` out of a period; it may fall into two."""
    begins, ends = row.from_day, row.to_day
    rest = Period(last + ONE_DAY, ends, soft=row.soft, reason=row.reason)
    if begins < first:
        change_record(session, table=TABLE, record_id=row.id, values={"to_day": first - ONE_DAY})
        if ends > last:
            _add(session, row.expert_id, rest)
    elif ends > last:
        change_record(session, table=TABLE, record_id=row.id, values={"from_day": last + ONE_DAY})
    else:
        delete_record(session, table=TABLE, record_id=row.id)


def _join(session: Session, expert_id: str, first: date, last: date, *, soft: bool) -> None:
    """Add the days to the wordless period of the same kind that ends or begins beside them."""
    beside = [
        row
        for row in _rows(session, expert_id)
        if (row.only_these, row.soft, row.reason) == (False, soft, "")
        and (row.to_day + ONE_DAY == first or row.from_day - ONE_DAY == last)
    ]
    for row in beside:
        first, last = min(first, row.from_day), max(last, row.to_day)
    for row in beside[1:]:
        delete_record(session, table=TABLE, record_id=row.id)
    if beside:
        days = {"from_day": first, "to_day": last}
        change_record(session, table=TABLE, record_id=beside[0].id, values=days)
    else:
        _add(session, expert_id, Period(first, last, soft=soft))


def _allow(session: Session, expert_id: str, first: date, last: date) -> None:
    """Who can come on certain days only can come on these too."""
    for soft in (False, True):
        only = [row for row in _rows(session, expert_id) if row.only_these and row.soft is soft]
        covered = any(row.from_day <= first and last <= row.to_day for row in only)
        if only and not covered:
            _add(session, expert_id, Period(first, last, only_these=True, soft=soft))


def _add(session: Session, expert_id: str, period: Period) -> None:
    values = {
        "expert_id": expert_id, "from_day": period.from_day, "to_day": period.to_day,
        "only_these": period.only_these, "soft": period.soft, "reason": period.reason,
    }  # fmt: skip
    add_record(session, table=TABLE, values=values)
