"""The door through which the plan is changed: a contradiction is refused and undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused, RulesBroken, UserError
from demoexam.models.exams import ExamSession
from demoexam.rules.terms import SessionState
from demoexam.rules.violation import Violation, contradictions, incompletes, warnings
from demoexam.services.plan.check import sitting_findings

OVER = {SessionState.DONE, SessionState.CLOSED}
OF_SITTING = frozenset({"exam_session", "exam_place", "workplace_draw", "assignment", "incident"})


class ProtocolClosed(UserError):
    text = "Экзамен закрыт: его протокол не меняют."
    advice = "Если в нём ошибка, откройте экзамен заново и укажите причину: карточка экзамена, «…»."


@dataclass
class Saved:
    """What was written: its id, and what the rules still say about its sitting."""

    id: str = ""
    findings: list[Violation] = field(default_factory=list)

    @property
    def warnings(self) -> list[Violation]:
        return warnings(self.findings)

    @property
    def incomplete(self) -> list[Violation]:
        return incompletes(self.findings)


@contextmanager
def plan_change(
    session: Session, session_id: str = "", *, today: date | None = None
) -> Iterator[Saved]:
    """Let the block change one sitting (named here, or made in it as `saved.id`).

    A contradiction that was not there before raises RulesBroken, and nothing of the block stays.
    A held sitting may contradict: it returns to the plan by itself once it does not.
    """
    saved = Saved(session_id)
    old = _told(session, session_id, today) if session_id else []
    with session.begin_nested():
        yield saved
        session.flush()
        changed = session_id or saved.id
        saved.findings = _told(session, changed, today)
        _release_if_mended(session, changed, saved, today)
        known = {_key(found) for found in in_force(old)}
        broken = [found for found in in_force(saved.findings) if _key(found) not in known]
        if broken:
            raise RulesBroken(broken)


def sitting_row(session: Session, session_id: str, *, also_over: bool = False) -> ExamSession:
    """The sitting to be changed; one that is over is not changed any more."""
    row = session.get(ExamSession, session_id)
    if row is None or row.deleted:
        raise NotFound(what="экзамен")
    if row.state is SessionState.CLOSED and not also_over:
        raise ProtocolClosed
    if row.state in OVER and not also_over:
        raise Refused(
            "Экзамен уже проведён, его состав и время не меняют.",
            "Если это ошибка, верните экзамену состояние «объявлен».",
        )
    return row


def refuse_closed(session: Session, session_id: str) -> None:
    """What belongs to a closed sitting stays as it was printed until it is opened anew."""
    if is_closed(session, session_id):
        raise ProtocolClosed


def is_closed(session: Session, session_id: str) -> bool:
    state = session.scalar(select(ExamSession.state).where(ExamSession.id == session_id))
    return state is SessionState.CLOSED


def _told(session: Session, session_id: str, today: date | None) -> list[Violation]:
    session.flush()
    return sitting_findings(session, session_id=session_id, today=today)


def in_force(found: list[Violation]) -> list[Violation]:
    """Contradictions within the live plan; what a held row contradicts is why it is held."""
    return [each for each in contradictions(found) if not each.held]


def _release_if_mended(session: Session, session_id: str, saved: Saved, today: date | None) -> None:
    row = session.get(ExamSession, session_id)
    if row is not None and row.held and not contradictions(saved.findings):
        row.held = False
        saved.findings = _told(session, session_id, today)


def _key(found: Violation) -> tuple[str, frozenset[str]]:
    return found.code, frozenset(found.subjects)
