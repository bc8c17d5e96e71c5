"""What happened during a sitting, as the rules of time and points read it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.exams import ExamSession, Incident
from demoexam.rules.incidents import Happening, compensation, hour_at, minute_of


def happenings(session: Session, session_id: str) -> list[Happening]:
    """The live incidents of a sitting, in the order of the day."""
    query = select(Incident).where(Incident.live(), Incident.session_id == session_id)
    found = [happening(one) for one in session.scalars(query)]
    return sorted(found, key=lambda one: one.started)


def happening(row: Incident) -> Happening:
    return Happening(
        kind=row.kind,
        examinee=row.examinee_id or "",
        started=row.started or "",
        ended=row.ended or "",
        compensation=row.compensation or 0,
        counts=row.counts,
    )


def planned_end(sitting: ExamSession, happened: list[Happening], examinee: str) -> str:
    """HH:MM when an examinee must stop: the planned end and his compensation; "" undated."""
    if sitting.ends_at is None:
        return ""
    return hour_at(minute_of(_hour(sitting.ends_at)) + compensation(happened, examinee))


def begins(sitting: ExamSession) -> str:
    """HH:MM of the planned beginning; "" without a date."""
    return _hour(sitting.starts_at) if sitting.starts_at else ""


def _hour(moment: datetime) -> str:
    return f"{moment:%H:%M}"
