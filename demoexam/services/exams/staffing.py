"""Filling the free seats of an expert group with the most suitable candidates."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.rules.terms import Role
from demoexam.services.exams.candidates import candidates
from demoexam.services.exams.expert_group import assign


def fill_seats(
    session: Session, *, session_id: str, roles: Sequence[Role], today: date | None = None
) -> int:
    """Give each seat to its best allowed candidate, as one operation; returns how many.

    Seats without a candidate stay free; refuses when nobody at all could be found.
    """
    taken = 0
    for role in roles:
        ranked = candidates(session, session_id=session_id, role=role, today=today)
        best = next((one for one in ranked if one.allowed and one.competent), None)
        if best is not None:
            assign(session, session_id=session_id, expert_id=best.expert_id, role=role, today=today)
            taken += 1
    if roles and not taken:
        raise Refused(
            "Подходящих свободных экспертов не нашлось.",
            "Перенесите экзамен или добавьте экспертов и их компетенции.",
        )
    return taken
