"""What has happened to an exam since a moment, in the words of the journal."""

from datetime import datetime

from sqlalchemy.orm import Session

from demoexam.services.paper_sheet import local_time
from demoexam.services.record_history import record_history
from demoexam.text import clock, day_month

MOST = 3


def changes_since(session: Session, session_id: str, moment: datetime) -> list[str]:
    """«замена эксперта (28 мая, 09:12)», the latest first, a few of them; `moment` is UTC.

    Nothing for what is no part of the exam: an examinee's corrected name, another template.
    """
    since = local_time(moment)
    told: dict[str, str] = {}
    for entry in record_history(session, table="exam_session", record_id=session_id):
        if entry.at is not None and entry.at > since and entry.operation:
            when = f"{day_month(entry.at.date())}, {clock(entry.at)}"
            told.setdefault(entry.operation, f"{entry.operation} ({when})")
    return list(told.values())[:MOST]
