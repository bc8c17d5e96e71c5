"""Workplaces given by hand: checked against the room and the others, or exchanged."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused, UserError
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.groups import Examinee
from demoexam.models.places import Workshop
from demoexam.rules.terms import SessionState
from demoexam.services.exams.places import open_place
from demoexam.services.exams.workplace_draw import ExamIsOver
from demoexam.text import short_name


class WorkplaceTaken(UserError):
    text = "{holder} уже сидит на месте № {workplace}."
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
