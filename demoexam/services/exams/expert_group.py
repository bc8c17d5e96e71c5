"""The expert group of a sitting: who is assigned, in which role, and what he answered."""

from datetime import date

from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused
from demoexam.models.exams import Assignment, ExamSession
from demoexam.models.people import Expert
from demoexam.rules.terms import Answer, Role
from demoexam.services.plan.plan_guard import Saved, plan_change, refuse_closed, sitting_row


def assign(
    session: Session,
    *,
    session_id: str,
    expert_id: str,
    role: Role,
    duty: str = "",
    workplaces: str = "",
    today: date | None = None,
) -> Saved:
    """Give the expert a seat, or raise RulesBroken and change nothing.

    `duty` and `workplaces` are what form 3.5 prints.
    """
    _dated(sitting_row(session, session_id))
    _known(session, expert_id)
    with plan_change(session, session_id, today=today) as saved:
        row = Assignment(
            session_id=session_id,
            expert_id=expert_id,
            role=role,
            duty=duty,
            workplaces=workplaces,
        )
        session.add(row)
    saved.id = row.id
    return saved


def unassign(session: Session, *, assignment_id: str, today: date | None = None) -> Saved:
    """Free the seat."""
    row = _duty(session, assignment_id)
    with plan_change(session, row.session_id, today=today) as saved:
        _remove(session, row)
    return saved


def replace_expert(
    session: Session, *, assignment_id: str, expert_id: str, today: date | None = None
) -> Saved:
    """Another person takes the seat with its role and duties; the answer is asked anew."""
    old = _duty(session, assignment_id)
    _known(session, expert_id)
    with plan_change(session, old.session_id, today=today) as saved:
        _remove(session, old)
        new = Assignment(
            session_id=old.session_id,
            expert_id=expert_id,
            role=old.role,
            duty=old.duty,
            workplaces=old.workplaces,
        )
        session.add(new)
    saved.id = new.id
    return saved


def change_role(
    session: Session, *, assignment_id: str, role: Role, today: date | None = None
) -> Saved:
    """Another role in the same group, if the rules allow it."""
    row = _duty(session, assignment_id)
    with plan_change(session, row.session_id, today=today) as saved:
        row.role = role
    return saved


def set_answer(session: Session, *, assignment_id: str, answer: Answer) -> Saved:
    """Who has refused leaves the live plan; who comes back is checked against it again."""
    row = _duty(session, assignment_id, also_over=True)
    with plan_change(session, row.session_id) as saved:
        row.answer = answer
    return saved


def _duty(session: Session, assignment_id: str, *, also_over: bool = False) -> Assignment:
    row = session.get(Assignment, assignment_id)
    if row is None or row.deleted:
        raise NotFound(what="назначение эксперта")
    refuse_closed(session, row.session_id)
    sitting_row(session, row.session_id, also_over=also_over)
    return row


def _remove(session: Session, row: Assignment) -> None:
    row.deleted, row.deleted_by = True, session.info.get("operation")


def _known(session: Session, expert_id: str) -> None:
    expert = session.get(Expert, expert_id)
    if expert is None or expert.deleted:
        raise NotFound(what="эксперт")


def _dated(sitting: ExamSession) -> None:
    if sitting.starts_at is None:
        raise Refused(
            "У экзамена нет даты, поэтому экспертов назначать рано.",
            "Сначала назначьте дату и время.",
        )
