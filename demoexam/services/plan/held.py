"""Rows kept out of the plan: bringing them back once they contradict nothing."""

from datetime import date

from sqlalchemy.orm import Session

from demoexam.errors import NotFound
from demoexam.models.exams import Assignment, ExamSession
from demoexam.services.plan.plan_guard import Saved, plan_change, refuse_closed


def release_held(session: Session, *, row_id: str, today: date | None = None) -> Saved:
    """Return a held sitting or assignment to the plan; RulesBroken while it contradicts."""
    row = session.get(ExamSession, row_id) or session.get(Assignment, row_id)
    if row is None or row.deleted or not row.held:
        raise NotFound(what="отложенная запись")
    session_id = row.session_id if isinstance(row, Assignment) else row.id
    refuse_closed(session, session_id)
    with plan_change(session, session_id, today=today) as saved:
        row.held = False
    return saved
