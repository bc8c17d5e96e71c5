"""Making shifts as they were proposed: exams, seats and experts, one operation."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.places import Workshop
from demoexam.services.exams.places import concerned
from demoexam.services.exams.shifts import Shift, live_row
from demoexam.services.plan.plan_guard import Saved, plan_change, sitting_row


def make_shifts(
    session: Session,
    *,
    group_id: str,
    kit_id: str,
    workshop_id: str,
    shifts: Sequence[Shift],
    today: date | None = None,
) -> list[Saved]:
    """Write the shifts as proposed; refused as a whole if one of them contradicts the plan.

    Whoever comes into another shift loses his workplace, and so does everybody of a shift that
    has changed: places are drawn anew.
    """
    live_row(session, Workshop, workshop_id, "мастерская")
    with ExitStack() as stack:
        kept = [one for one in shifts if one.session_id]
        saved = {
            one.session_id: stack.enter_context(plan_change(session, one.session_id, today=today))
            for one in kept
        }
        witness = next((session.get_one(ExamSession, s).board_member for s in saved), "")
        rows = [_written(session, group_id, kit_id, workshop_id, one) for one in shifts]
        for row, one in zip(rows, shifts, strict=True):
            row.board_member = row.board_member or witness
            if one.examinee_ids:
                _seat(session, row, one, [each.id for each in rows])
            session.add_all(
                Assignment(session_id=row.id, expert_id=duty.expert_id, role=duty.role)
                for duty in one.duties
            )
        session.flush()
        for row in rows:
            if row.id not in saved:
                made = stack.enter_context(plan_change(session, today=today))
                made.id = row.id
                saved[row.id] = made
    return [saved[row.id] for row in rows]


def _written(
    session: Session, group_id: str, kit_id: str, workshop_id: str, shift: Shift
) -> ExamSession:
    if shift.session_id:
        row = sitting_row(session, shift.session_id)
    else:
        row = ExamSession(group_id=group_id, kit_id=kit_id, number=_next_number(session, group_id))
        session.add(row)
    row.workshop_id, row.head_count = workshop_id, shift.head_count
    row.starts_at, row.ends_at = shift.starts_at, shift.ends_at
    row.second_day, row.preparation_day = shift.second_day, shift.preparation_day
    session.flush()
    return row


def _next_number(session: Session, group_id: str) -> int:
    query = select(func.max(ExamSession.number)).where(
        ExamSession.group_id == group_id, ExamSession.deleted.is_(False)
    )
    return (session.scalar(query) or 0) + 1


def _seat(session: Session, row: ExamSession, shift: Shift, of_shifts: Sequence[str]) -> None:
    """Those of the shift sit here, taken from where they sat in another of the shifts."""
    query = select(ExamPlace).where(ExamPlace.live(), ExamPlace.session_id.in_(of_shifts))
    seats = {one.examinee_id: one for one in session.scalars(query)}
    here = {ident for ident, one in seats.items() if one.session_id == row.id}
    for ident in shift.examinee_ids:
        seat = seats.get(ident)
        if seat is None:
            session.add(ExamPlace(session_id=row.id, examinee_id=ident))
        elif seat.session_id != row.id:
            _refuse_begun(session, seat)
            seat.session_id, seat.workplace = row.id, None
    if here != set(shift.examinee_ids):
        for ident in here:
            seats[ident].workplace = None
    session.flush()


def _refuse_begun(session: Session, seat: ExamPlace) -> None:
    if seat.points or seat.attended is not None or concerned(session, seat):
        raise Refused(
            "Экзамен группы уже идёт: у участников есть явка, баллы или записи.",
            "Делить на смены можно до начала экзамена.",
        )
