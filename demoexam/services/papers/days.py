"""Which sittings a package is for, and what a day without any is told."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.services.papers.sheet import dated_sitting
from demoexam.text import clock, short_date

NEAREST = 3  # exam days named when the asked one has none


class NothingToPrint(UserError):
    text = "На {day} экзаменов нет."
    advice = "{nearest}"


class AllHeld(UserError):
    text = "Экзамены {day} отложены из-за противоречий, печатать нечего."
    advice = "Откройте «Обзор» или выполните demoexam check и устраните противоречия."


def chosen_sittings(
    session: Session,
    day: date | None,
    session_id: str | None,
    session_ids: Collection[str] | None = None,
) -> tuple[list[ExamSession], list[str]]:
    """What to print, and sentences about what is kept out of the plan that day."""
    if session_id is not None:
        return [dated_sitting(session, session_id)], []
    if day is None:
        raise ValueError("a day or a sitting must be named")
    rows = list(session.scalars(sittings_of(day)))
    live = [row for row in rows if not row.held]
    if rows and not live:
        raise AllHeld(day=short_date(day))
    if not live:
        raise NothingToPrint(day=short_date(day), nearest=_nearest(session, day))
    held = [_held(session, row) for row in rows if row.held]
    return [row for row in live if session_ids is None or row.id in session_ids], held


def sittings_of(day: date) -> Select[ExamSession]:
    """All of a day, held ones too, in order of time."""
    start = datetime.combine(day, time.min)
    first = ExamSession.starts_at.between(start, start + timedelta(hours=23, minutes=59))
    dated = ExamSession.deleted.is_(False), ExamSession.starts_at.is_not(None)
    found = select(ExamSession).where(*dated, or_(first, ExamSession.second_day == day))
    return found.order_by(ExamSession.starts_at, ExamSession.workshop_id, ExamSession.id)


def _held(session: Session, row: ExamSession) -> str:
    group = session.get_one(StudyGroup, row.group_id).name
    hour = f" в {clock(row.starts_at)}" if row.starts_at else ""
    return f"{group}{hour}: экзамен отложен из-за противоречия, его бумаги не напечатаны."


def _nearest(session: Session, day: date) -> str:
    query = select(ExamSession.starts_at).where(
        ExamSession.live(), ExamSession.starts_at.is_not(None)
    )
    days = {moment.date() for moment in session.scalars(query) if moment}
    if not days:
        return "Сначала назначьте экзаменам даты."
    near = sorted(sorted(days, key=lambda one: abs(one - day))[:NEAREST])
    return f"Ближайшие дни экзаменов: {', '.join(map(short_date, near))}."
