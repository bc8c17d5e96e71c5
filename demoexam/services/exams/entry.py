"""Entering what came of an exam for many people at once, as one operation."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.rules.incidents import end_of_work, typed_hour
from demoexam.services.exams.happenings import begins, happenings, planned_end
from demoexam.services.exams.places import open_place, set_points
from demoexam.services.plan.plan_guard import refuse_closed

Entry = tuple[str, int, str]  # place id, module number, the points as typed


def enter_points(session: Session, *, entries: Sequence[Entry]) -> int:
    """Write a block of points; all of them or none. Returns how many."""
    for place_id, module, typed in entries:
        set_points(session, place_id=place_id, module=module, typed=typed)
    return len(entries)


def mark_present(session: Session, *, place_ids: Collection[str]) -> int:
    """Note as come everybody of these of whom nothing is noted yet."""
    places = [open_place(session, place_id) for place_id in place_ids]
    unmarked = [place for place in places if place.attended is None]
    for place in unmarked:
        place.attended = True
    return len(unmarked)


def set_finished(session: Session, *, place_id: str, typed: str) -> None:
    """Note when an examinee finished, as typed: 1258, 12:58, 12.58; nothing takes it away.

    Refuses an hour before the exam and one after his time was over, compensation included.
    """
    place = open_place(session, place_id)
    hour = typed_hour(typed)
    if hour:
        sitting = session.get_one(ExamSession, place.session_id)
        _check_finish(session, sitting, place, hour)
        place.attended = True
    place.finished_at = hour or None


def enter_finished(session: Session, *, entries: Sequence[tuple[str, str]]) -> int:
    """Note when many finished, place id and hour as typed; all of them or none."""
    for place_id, typed in entries:
        set_finished(session, place_id=place_id, typed=typed)
    return len(entries)


def finish_in_time(session: Session, *, session_id: str) -> int:
    """All who came and of whom it is not known finished at the planned end, prolonged by stops."""
    refuse_closed(session, session_id)
    sitting, happened = session.get_one(ExamSession, session_id), happenings(session, session_id)
    query = select(ExamPlace).where(
        ExamPlace.live(), ExamPlace.session_id == session_id, ExamPlace.attended.is_(True)
    )
    rest = [one for one in session.scalars(query) if not one.finished_at]
    rest = [one for one in rest if end_of_work(happened, one.examinee_id) is None]
    for place in rest:
        place.finished_at = planned_end(sitting, happened, place.examinee_id) or None
    return len(rest)


def _check_finish(session: Session, sitting: ExamSession, place: ExamPlace, hour: str) -> None:
    if place.attended is False:
        raise Refused("Участник не явился, закончить он не мог.", "Исправьте отметку о явке.")
    happened = happenings(session, sitting.id)
    end = end_of_work(happened, place.examinee_id)
    if end is not None:
        raise Refused(f"Время уже записано в ходе экзамена: {end.outcome}.", "Исправьте ту запись.")
    first, last = begins(sitting), planned_end(sitting, happened, place.examinee_id)
    if first and not first <= hour <= last:
        raise Refused(
            f"{hour} — не время экзамена: у участника оно с {first} до {last}.",
            "Исправьте время; если оно продлено, запишите остановку.",
        )
