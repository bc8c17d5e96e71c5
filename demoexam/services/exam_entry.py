"""Entering what came of an exam for many people at once, as one operation."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.models.exams import ExamPlace
from demoexam.services.exam_places import set_points

Entry = tuple[str, int, str]  # place id, module number, the points as typed


def enter_points(session: Session, *, entries: Sequence[Entry]) -> int:
    """Write a block of points; all of them or none. Returns how many."""
    for place_id, module, typed in entries:
        set_points(session, place_id=place_id, module=module, typed=typed)
    return len(entries)


def mark_present(session: Session, *, place_ids: Collection[str]) -> int:
    """Note as come everybody of these of whom nothing is noted yet."""
    query = select(ExamPlace).where(
        ExamPlace.live(), ExamPlace.id.in_(place_ids), ExamPlace.attended.is_(None)
    )
    places = session.scalars(query).all()
    for place in places:
        place.attended = True
    return len(places)
