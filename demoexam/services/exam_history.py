"""Who changed a sitting, when and what: its part of the journal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from demoexam.models.exams import Assignment, ExamPlace, ExamSession, WorkplaceDraw
from demoexam.models.journal import change, operation
from demoexam.models.reference import Coordinator
from demoexam.services.paper_sheet import local_time

MOST = 500


@dataclass(frozen=True)
class HistoryLine:
    at: datetime  # on the college's clock
    who: str
    text: str


def sitting_history(session: Session, *, session_id: str) -> list[HistoryLine]:
    """Operations that touched the sitting, its duties, places and draws, newest first."""
    rows = union(
        select(ExamSession.id).where(ExamSession.id == session_id),
        *(
            select(part.id).where(part.session_id == session_id)
            for part in (Assignment, ExamPlace, WorkplaceDraw)
        ),
    )
    touched = select(change.c.operation_id).where(change.c.row_id.in_(rows))
    query = (
        select(operation.c.at, Coordinator.name, operation.c.text)
        .outerjoin(Coordinator, Coordinator.id == operation.c.who)
        .where(operation.c.id.in_(touched))
        .order_by(operation.c.n.desc())
        .limit(MOST)
    )
    return [
        HistoryLine(local_time(at), who or "", text) for at, who, text in session.execute(query)
    ]
