"""Applying a ready way out of a finding, together with the move it was found for."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused
from demoexam.models.exams import Assignment, ExamSession
from demoexam.rules.fixed import Seats
from demoexam.rules.placing import Move
from demoexam.rules.violation import Fix, FixAction
from demoexam.services.bookings.bookings import delete_booking
from demoexam.services.exams import exams, expert_group
from demoexam.services.exams.shift_experts import staffed_shifts
from demoexam.services.exams.shift_making import make_shifts
from demoexam.services.plan.held import release_held
from demoexam.services.season.guard import Moved, moving, sitting_rows, told
from demoexam.services.season.moves import move_sittings, place

MOVES = frozenset({FixAction.MOVE_SITTING, FixAction.CHANGE_WORKSHOP})


def apply_fix(
    session: Session, fix: Fix, move: Move | None = None, *, today: date | None = None
) -> Moved:
    """Do what a ready fix says, as one operation.

    `move` is the place whose verdict offered the fix: the sitting goes there and is mended in
    one go, so that it may go where it could not go as it was. A fix which is a move itself needs
    none.
    """
    if fix.action in MOVES:
        return move_sittings(session, [Move.read(fix.target, fix.value)], today=today)
    row = _sitting(session, fix)
    if move is None or (move.workshop_id, move.starts_at) == (row.workshop_id, row.starts_at):
        _mend(session, row, fix, today)
        return Moved([row.id], findings=told(session, [row.id], today))
    with moving(session, [row], today) as moved:
        if fix.action is FixAction.SPLIT_GROUP:
            _split(session, row, move, today)
        else:
            place(session, row, move)
            session.flush()
            _mend(session, row, fix, today)
    return moved


def _sitting(session: Session, fix: Fix) -> ExamSession:
    """The sitting that the fix changes: its target, that of its seat, or its value."""
    if fix.action is FixAction.REMOVE_BOOKING:
        return sitting_rows(session, [fix.value])[0]
    seat = session.get(Assignment, fix.target)
    return sitting_rows(session, [seat.session_id if seat is not None else fix.target])[0]


def _mend(session: Session, row: ExamSession, fix: Fix, today: date | None) -> None:
    match fix.action:
        case FixAction.REPLACE_EXPERT:
            expert_group.replace_expert(
                session, assignment_id=fix.target, expert_id=fix.value, today=today
            )
        case FixAction.REMOVE_EXPERT:
            expert_group.unassign(session, assignment_id=fix.target, today=today)
        case FixAction.ADD_EXPERT:
            _seat(session, row, Seats.read(fix.value), today)
        case FixAction.REMOVE_BOOKING:
            delete_booking(session, booking_id=fix.target)
        case FixAction.RELEASE:
            release_held(session, row_id=fix.target, today=today)
        case FixAction.SPLIT_GROUP:
            _split(session, row, None, today)
        case _:
            _change(session, row, fix, today)


def _seat(session: Session, row: ExamSession, seats: Seats, today: date | None) -> None:
    for expert_id in seats.experts:
        expert_group.assign(
            session, session_id=row.id, expert_id=expert_id, role=seats.role, today=today
        )


def _change(session: Session, row: ExamSession, fix: Fix, today: date | None) -> None:
    """A fix of the sitting's own facts."""
    changes: exams.SittingChanges
    match fix.action:
        case FixAction.SET_PREPARATION_DAY:
            changes = {"preparation_day": date.fromisoformat(fix.value)}
        case FixAction.SET_SECOND_DAY:
            changes = {"second_day": date.fromisoformat(fix.value)}
        case FixAction.SET_END:
            changes = {"ends_at": datetime.fromisoformat(fix.value)}
        case FixAction.SET_BOARD_MEMBER:
            changes = {"board_member": fix.value}
        case FixAction.CHANGE_KIT:
            changes = {"kit_id": fix.value}
        case _:
            raise Refused("Этот выход одной кнопкой не сделать.", "Откройте карточку экзамена.")
    exams.update_session(session, session_id=row.id, today=today, **changes)


def _split(session: Session, row: ExamSession, move: Move | None, today: date | None) -> None:
    """Shifts of the group in the workshop, from the sitting's hour on, with their experts."""
    workshop_id = move.workshop_id if move else row.workshop_id
    starts_at = move.starts_at if move else row.starts_at
    if workshop_id is None or starts_at is None:
        raise NotFound(what="место экзамена")
    about = {"group_id": row.group_id, "kit_id": row.kit_id, "workshop_id": workshop_id}
    proposed = staffed_shifts(
        session,
        **about,
        day=starts_at.date(),
        first_start=starts_at.time(),
        session_id=row.id,
        today=today,
    )
    make_shifts(session, **about, shifts=proposed, today=today)
