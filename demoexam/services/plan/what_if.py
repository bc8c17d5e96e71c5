"""What a change would do, told before it is made: to the year's share, and to planned exams."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import false, select, update
from sqlalchemy.orm import Session

from demoexam.models.exams import ExamSession
from demoexam.models.reference import Setting
from demoexam.rules.check import check_one
from demoexam.rules.shares import Share
from demoexam.rules.terms import Level
from demoexam.rules.violation import Violation
from demoexam.services.college.college import targets
from demoexam.services.directory.writes import save_record
from demoexam.services.plan.check import hold_contradictions, plan_around
from demoexam.services.share.share import year_share
from demoexam.text import counted, percent

Change = Callable[[Session], object]


@dataclass(frozen=True)
class ShareChange:
    """The year's share without and with a change."""

    year: int
    before: Share
    after: Share

    def __str__(self) -> str:
        if self.before == self.after:
            return f"Доля {self.year} не изменится: {_told(self.before)}."
        return f"Доля {self.year}: сейчас {_told(self.before)}, станет {_told(self.after)}."


@dataclass(frozen=True)
class Broken:
    """A planned exam that a change would break, and by which rule."""

    session_id: str
    reason: str


def share_if(session: Session, change: Change, *, year: int, today: date) -> ShareChange:
    """The share with `change` made and rolled back; a UserError of the change comes through.

    Nothing is left of it, yet it takes the write lock for a moment: call off the GUI thread.
    """
    _lock(session)
    known = targets(session)
    before, _ = year_share(session, year=year, today=today, targets=known)
    try:
        change(session)
        session.flush()
        after, _ = year_share(session, year=year, today=today, targets=known)
    finally:
        session.rollback()
    return ShareChange(year, before, after)


def broken_if(session: Session, change: Change, *, workshop_id: str, today: date) -> list[Broken]:
    """Exams of the workshop from `today` on that contradict the rules only after `change`."""
    _lock(session)
    ids = _upcoming(session, workshop_id, today)
    before = {_key(found) for found in _contradictions(session, ids, today)}
    try:
        change(session)
        session.flush()
        session.expire_all()
        after = _contradictions(session, ids, today)
    finally:
        session.rollback()
    return [Broken(one.session, one.reason) for one in after if _key(one) not in before]


def change_and_hold(
    session: Session, *, table: str, record_id: str, values: Mapping[str, Any], workshop_id: str,
    today: date,
) -> str:  # fmt: skip
    """Make the change all the same; the exams it breaks leave the plan and wait to be mended."""
    made = save_record(session, table=table, record_id=record_id, values=values)
    hold_contradictions(session, row_ids=_upcoming(session, workshop_id, today))
    return made


def _lock(session: Session) -> None:
    """Become the writer before anything is read: a reader that turns writer may find it stale."""
    session.execute(update(Setting).where(false()).values(key=Setting.key))


def _upcoming(session: Session, workshop_id: str, today: date) -> list[str]:
    query = select(ExamSession.id).where(
        ExamSession.live(),
        ExamSession.workshop_id == workshop_id,
        ExamSession.starts_at >= datetime.combine(today, datetime.min.time()),
    )
    return list(session.scalars(query.order_by(ExamSession.starts_at)))


def _contradictions(session: Session, ids: Collection[str], today: date) -> list[Violation]:
    plan = plan_around(session, ids, today=today)
    found = (one for ident in ids for one in check_one(plan, ident))
    return [one for one in found if one.level is Level.CONTRADICTION and not one.held]


def _key(found: Violation) -> tuple[str, str, frozenset[str]]:
    return found.code, found.session, frozenset(found.subjects)


def _told(share: Share) -> str:
    if not share.experts:
        return "нет данных"
    people = counted(share.experts, "эксперта", "экспертов", "экспертов")
    return f"{percent(share.value)} ({share.employers} из {people})"
