"""The deadlines of stored exams: their days, what the store knows is done, and ticks by hand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.places import Workshop
from demoexam.rules.deadlines import (
    DRAW,
    PLAN,
    PROTOCOLS,
    TERMS,
    Deadline,
    DeadlineState,
    Done,
    Occasion,
    deadlines,
)
from demoexam.rules.terms import SessionState
from demoexam.services.college.calendar import work_calendar
from demoexam.services.college.setting_rows import put_setting_row, setting_row
from demoexam.services.deadlines.facts import DeadlineFacts, deadline_facts, tick_key
from demoexam.services.deadlines.terms import deadline_terms

KNOWN = {  # what the program itself sees done, and how: no tick stands for it
    PLAN: "Утвердите план на странице «Расписание».",
    DRAW: "Проведите жеребьёвку на вкладке «Места».",
    PROTOCOLS: "Закройте экзамен, когда баллы внесены.",
}


@dataclass(frozen=True)
class ExamDeadlines:
    """One exam's deadlines in the order of their days; none while it has no date."""

    id: str
    group: str
    state: SessionState
    starts_at: datetime
    workshop: str
    deadlines: Sequence[Deadline]


def exam_deadlines(session: Session, *, session_id: str, today: date) -> Sequence[Deadline]:
    """The deadlines of one exam, held or not."""
    own = ExamSession.deleted.is_(False) & (ExamSession.id == session_id)
    found = _deadlines(session, own, today)
    return found[0].deadlines if found else ()


def deadlines_between(
    session: Session, *, first: date, last: date, today: date
) -> list[ExamDeadlines]:
    """The deadlines of the exams that begin within these days, in the order of the exams."""
    end = datetime.combine(last + timedelta(days=1), time.min)
    within = (ExamSession.starts_at >= datetime.combine(first, time.min)) & (
        ExamSession.starts_at < end
    )
    return _deadlines(session, ExamSession.live() & within, today)


def mark_done(session: Session, *, session_id: str, code: str, day: date) -> None:
    """Note that a thing was done on a day; refuses what the program sees itself."""
    _refuse_tick(session, session_id, code)
    put_setting_row(session, key=tick_key(session_id, code), value=day.isoformat())


def mark_all_done(
    session: Session, *, session_ids: Sequence[str], code: str, today: date, in_time: bool = False
) -> int:
    """Note it for several exams at once, where it is still open; returns how many there were.

    `in_time` dates each note by its own deadline: it was done then, and nobody said so.
    """
    marked = 0
    wanted = ExamSession.deleted.is_(False) & ExamSession.id.in_(session_ids)
    for exam in _deadlines(session, wanted, today):
        for one in exam.deadlines:
            if one.term.code == code and tickable(one):
                day = min(one.due, today) if in_time else today
                mark_done(session, session_id=exam.id, code=code, day=day)
                marked += 1
    return marked


def unmark_done(session: Session, *, session_id: str, code: str) -> None:
    """Take such a note back."""
    _refuse_tick(session, session_id, code)
    row = setting_row(session, tick_key(session_id, code))
    if row is not None:
        row.deleted = True
        session.flush()


def tickable(one: Deadline) -> bool:
    """Whether a person may say that this is done."""
    untold = one.done is None and one.state in {DeadlineState.DUE, DeadlineState.OVERDUE}
    return untold and one.term.code not in KNOWN and not one.term.passes


def _refuse_tick(session: Session, session_id: str, code: str) -> None:
    sitting = session.get(ExamSession, session_id)
    if sitting is None or sitting.deleted:
        raise NotFound(what="экзамен")
    if code in KNOWN:
        raise Refused(f"«{TERMS[code].title}» отмечать не нужно.", KNOWN[code])
    if code not in TERMS or TERMS[code].passes:
        raise Refused(f"Срока «{code}» нет.", "Обновите карточку экзамена.")


def _deadlines(session: Session, which: ColumnElement[bool], today: date) -> list[ExamDeadlines]:
    query = (
        select(ExamSession, StudyGroup.name, Workshop.name)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .outerjoin(Workshop, Workshop.id == ExamSession.workshop_id)
        .where(which, ExamSession.starts_at.is_not(None))
        .order_by(ExamSession.starts_at, StudyGroup.name, ExamSession.id)
    )
    rows = session.execute(query).all()
    sittings = [sitting for sitting, _, _ in rows]
    if not sittings:
        return []
    terms, calendar = deadline_terms(session), work_calendar(session, _years(sittings))
    facts = deadline_facts(session, sittings)
    return [
        ExamDeadlines(
            sitting.id, group, sitting.state, sitting.starts_at, workshop or "",
            deadlines(terms, _occasion(sitting, facts), calendar, today),
        )
        for sitting, group, workshop in rows
        if sitting.starts_at is not None
    ]  # fmt: skip


def _occasion(sitting: ExamSession, facts: DeadlineFacts) -> Occasion:
    first = _day(sitting)
    done: Mapping[str, Done] = facts.done.get(sitting.id, {})
    spared: Mapping[str, str] = facts.spared.get(sitting.id, {})
    remarks: Mapping[str, str] = facts.remarks.get(sitting.id, {})
    return Occasion(first, sitting.second_day or first, done, spared, remarks)


def _years(sittings: Collection[ExamSession]) -> set[int]:
    """Those of the exams, and the years before them: a term may begin there."""
    years = {_day(one).year for one in sittings}
    return years | {year - 1 for year in years}


def _day(sitting: ExamSession) -> date:
    return sitting.starts_at.date() if sitting.starts_at else date.max
