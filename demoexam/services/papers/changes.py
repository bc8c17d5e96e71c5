"""What has happened to an exam since a moment, in the words of the journal."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from demoexam.services.papers.sheet import local_time
from demoexam.services.records.history import HistoryEntry, record_history
from demoexam.text import clock, day_month

MOST = 3


class Changes:
    """Reads the history of each exam once, and only when it is asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[str, Sequence[HistoryEntry]] = {}

    def since(self, session_id: str, moment: datetime) -> tuple[str, ...]:
        """«замена эксперта (28 мая, 09:12)», the latest first, a few of them; `moment` is UTC.

        Nothing for what is no part of the exam: an examinee's corrected name, another template.
        """
        if session_id not in self._read:
            history = record_history(self._session, table="exam_session", record_id=session_id)
            self._read[session_id] = history
        since = local_time(moment)
        told: dict[str, str] = {}
        for entry in self._read[session_id]:
            if entry.at is not None and entry.at > since and entry.operation:
                when = f"{day_month(entry.at.date())}, {clock(entry.at)}"
                told.setdefault(entry.operation, f"{entry.operation} ({when})")
        return tuple(told.values())[:MOST]
