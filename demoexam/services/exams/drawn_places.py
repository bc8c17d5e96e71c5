"""Which workplaces were changed by hand after the draw: found by repeating it."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from demoexam.models.exams import ExamPlace, WorkplaceDraw
from demoexam.models.groups import Examinee
from demoexam.rules.draw import drawn_workplaces, list_sum
from demoexam.text import full_name

UNDRAWN = 0  # of who was not in the list when it was drawn


def changed_by_hand(session: Session, session_id: str) -> Mapping[str, int]:
    """Examinee -> the number he had drawn, of everybody who now has another workplace.

    Recomputed from the recorded seed and the list it was drawn on; `UNDRAWN` for who was not in
    that list. Empty when nothing was drawn, or the list cannot be made out any more.
    """
    draw = _draw(session, session_id)
    if draw is None:
        return {}
    known = draw.method.partition(" ")[2]
    lists = _lists(session, draw)
    drawn = next((people for people in lists if _sum(people) == known), None)
    if drawn is None:
        return {}
    numbers = drawn_workplaces(draw.seed, len(drawn))
    given = dict(zip((one.id for one in drawn), numbers, strict=True))
    return {
        examinee: given.get(examinee, UNDRAWN)
        for examinee, workplace in _workplaces(session, session_id)
        if workplace is not None and workplace != given.get(examinee)
    }


def _draw(session: Session, session_id: str) -> WorkplaceDraw | None:
    query = select(WorkplaceDraw).where(
        WorkplaceDraw.live(), WorkplaceDraw.session_id == session_id
    )
    return session.scalars(query.order_by(WorkplaceDraw.drawn_at.desc()).limit(1)).first()


def _lists(session: Session, draw: WorkplaceDraw) -> Iterator[list[Examinee]]:
    """Lists that may have been drawn: who sat there at that moment (ids grow with time), or now."""
    query = (
        select(Examinee)
        .join(ExamPlace, ExamPlace.examinee_id == Examinee.id)
        .where(ExamPlace.session_id == draw.session_id)
        .order_by(Examinee.skey)
    )
    gone_since = and_(ExamPlace.deleted, ExamPlace.deleted_by > draw.id)
    there = or_(ExamPlace.deleted.is_(False), gone_since)
    yield list(session.scalars(query.where(ExamPlace.id < draw.id, there)))
    yield list(session.scalars(query.where(ExamPlace.live())))


def _sum(people: Sequence[Examinee]) -> str:
    return list_sum([full_name(one.last_name, one.first_name, one.middle_name) for one in people])


def _workplaces(session: Session, session_id: str) -> list[tuple[str, int | None]]:
    query = select(ExamPlace.examinee_id, ExamPlace.workplace).where(
        ExamPlace.live(), ExamPlace.session_id == session_id
    )
    return [(examinee, workplace) for examinee, workplace in session.execute(query)]
