"""Counting a share: in SQL by the default rules, person by person for the rarer settings."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from demoexam.rules.shares import Share, deciding_turn
from demoexam.rules.terms import CountMethod, ExamLevel, ShareCut, Side, SideDate
from demoexam.services.college.college import college_settings
from demoexam.services.share.units import Count, dated_units, with_sides

ALL_LEVELS = "all"

Unit = tuple[str, str, str, str | None, int]  # expert, key, side, employment, number of units


def count_of(
    session: Session,
    *,
    year: int,
    today: date | None = None,
    method: CountMethod | None = None,
    level: str = ALL_LEVELS,
    by: ShareCut = ShareCut.TOTAL,
) -> Count:
    """How to count, after the college's settings."""
    settings = college_settings(session)
    return Count(
        year=year,
        today=today or date.today(),
        method=method or settings.share_count,
        side_date=settings.share_side,
        level=None if level == ALL_LEVELS else ExamLevel(level),
        chief_counts=settings.share_count_chief,
        by=by,
    )


def counted(session: Session, count: Count) -> dict[str, Share]:
    """Key -> share."""
    if _by_days(count):
        rows = _units_by_days(session, count)
        return _summed(count.by, ((key, side, amount) for _, key, side, _, amount in rows))
    sided = _sided(count).subquery()
    sums = select(sided.c.key, sided.c.side, func.sum(sided.c.n))
    rows_by_key = sums.group_by(sided.c.key, sided.c.side)
    return _summed(count.by, session.execute(rows_by_key))


def units_of(session: Session, count: Count) -> Iterable[Unit]:
    """What the share sums up, one by one."""
    if _by_days(count):
        return _units_by_days(session, count)
    return session.execute(_sided(count))


def _by_days(count: Count) -> bool:
    return count.method is CountMethod.PERSONS and count.side_date is not SideDate.LAST


def _summed(by: ShareCut, rows: Iterable[tuple[str, str, int]]) -> dict[str, Share]:
    """Shares from rows of key, side, units; the cut by employers leaves all others out."""
    found: dict[str, Share] = defaultdict(Share)
    for key, side, units in rows:
        if by is not ShareCut.EMPLOYER or side == Side.EMPLOYER:
            found[key] = found[key].plus(Side(side), units)
    return dict(found)


def _sided(count: Count) -> Select[Any]:
    units = dated_units(count).cte("units")
    return with_sides(units, count.by, roster=count.method is CountMethod.ROSTER)


def _units_by_days(session: Session, count: Count) -> list[Unit]:
    """Persons dated by the setting ANY or MOST: from their assignments, person by person."""
    each_duty = replace(count, method=CountMethod.ASSIGNMENTS)
    units = dated_units(each_duty).cte("units")
    sided = with_sides(units, count.by, roster=False).add_columns(units.c.day)
    rows = session.execute(sided.order_by(units.c.expert_id))
    found: list[Unit] = []
    for expert, duties in groupby(rows, key=itemgetter(0)):
        found += _one_person(expert, list(duties), count)
    return found


def _one_person(expert: str, duties: list[tuple[Any, ...]], count: Count) -> Iterable[Unit]:
    turns = [
        (date.fromisoformat(day), Side(side))
        for _, _, side, _, amount, day in duties
        for _ in range(amount)
    ]
    day, side = deciding_turn(turns, count.side_date)
    decided = next(duty for duty in duties if duty[5] == day.isoformat())
    own_keys = {decided[1]} if _key_of_employer(count.by) else {duty[1] for duty in duties}
    return ((expert, key, side.value, decided[3], 1) for key in sorted(own_keys))


def _key_of_employer(by: ShareCut) -> bool:
    return by in {ShareCut.EMPLOYER, ShareCut.INDUSTRY}
