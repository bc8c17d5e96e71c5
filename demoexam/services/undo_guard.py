"""What an undo may not do to protocols: change a closed one, close one with gaps."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.catalog import entities
from demoexam.models.exams import ExamSession
from demoexam.rules.terms import SessionState
from demoexam.services.plan.plan_guard import OF_SITTING, ProtocolClosed

SITTING = "exam_session"


def closed_sittings(session: Session) -> frozenset[str]:
    query = select(ExamSession.id).where(ExamSession.state == SessionState.CLOSED)
    return frozenset(session.scalars(query))


def check_protocols(
    session: Session, before: frozenset[str], rows: Iterable[tuple[str, str]]
) -> None:
    """Judge what an undo wrote, `rows` as table and id, by what was closed `before` it.

    Taking back the closing itself is allowed; closing again wants a complete protocol.
    """
    touched = set(rows)
    after = closed_sittings(session)
    opened = before - after
    allowed = {(SITTING, ident) for ident in opened}
    for table, row_id in touched - allowed:
        if table in OF_SITTING and _sitting_of(session, table, row_id) in before:
            raise ProtocolClosed
    from demoexam.services.exams.closing import refuse_incomplete

    for sitting_id in after - before:
        refuse_incomplete(session, sitting_id)


def _sitting_of(session: Session, table: str, row_id: str) -> str:
    row = session.get(entities()[table], row_id)
    return row_id if table == SITTING else str(getattr(row, "session_id", ""))
