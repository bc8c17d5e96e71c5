"""Workplaces given by hand: checked, exchanged, and told from those that were drawn."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from demoexam.errors import Refused, UserError
from demoexam.models.exams import ExamPlace, ExamSession, WorkplaceDraw
from demoexam.models.groups import Examinee
from demoexam.models.places import Workshop
from demoexam.rules.draw import drawn_workplaces, list_sum
from demoexam.rules.terms import SessionState
from demoexam.services.exam_places import open_place
from demoexam.services.workplace_draw import ExamIsOver
from demoexam.text import full_name, short_name

UNDRAWN = 0  # who was not in the list when it was drawn


class WorkplaceTaken(UserError):
    text = "Место № {workplace} занимает {holder}."
    advice = "Выберите свободное место или поменяйте участников местами."


def set_workplace(
    session: Session, *, place_id: str, workplace: int | None, swap: bool = False
) -> None:
    """Give an examinee another workplace by hand; None takes it away.

    A place somebody has is refused with his name (WorkplaceTaken) unless the two `swap`.
    """
    place = open_place(session, place_id)
    sitting = session.get_one(ExamSession, place.session_id)
    if sitting.state is SessionState.DONE:
        raise ExamIsOver
    if workplace is not None:
        _check_number(session, sitting, workplace)
        holder = _holder(session, place, workplace)
        if holder is not None:
            if not swap:
                raise WorkplaceTaken(workplace=workplace, holder=_name(session, holder))
            holder.workplace = place.workplace
    place.workplace = workplace
    session.flush()


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


def _check_number(session: Session, sitting: ExamSession, workplace: int) -> None:
    workshop = session.get(Workshop, sitting.workshop_id) if sitting.workshop_id else None
    if workplace < 1 or (workshop is not None and workplace > workshop.places):
        most = f"в мастерской {workshop.places} мест" if workshop else "места считают с единицы"
        raise Refused(f"Рабочего места № {workplace} нет: {most}.", "Введите другой номер.")


def _holder(session: Session, place: ExamPlace, workplace: int) -> ExamPlace | None:
    query = select(ExamPlace).where(
        ExamPlace.live(),
        ExamPlace.session_id == place.session_id,
        ExamPlace.workplace == workplace,
        ExamPlace.id != place.id,
    )
    return session.scalars(query).first()


def _name(session: Session, place: ExamPlace) -> str:
    one = session.get_one(Examinee, place.examinee_id)
    return short_name(one.last_name, one.first_name, one.middle_name)
