"""Drawing the workplaces of a sitting: by a recorded seed, with a method anybody can repeat."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import UserError
from demoexam.models.exams import ExamPlace, ExamSession, WorkplaceDraw
from demoexam.models.places import Workshop
from demoexam.rules.draw import METHOD, drawn_workplaces, list_sum
from demoexam.rules.terms import SessionState
from demoexam.services.papers.people import Seat, seats
from demoexam.services.papers.sheet import dated_sitting, local_time, utc_time
from demoexam.text import full_name, short_date

SEED_BYTES, SEED_GROUP, LONGEST_SEED = 8, 4, 64


class NobodyToDraw(UserError):
    text = "Жеребьёвку проводить не с кем: список участников пуст."
    advice = "Загрузите список группы или внесите участников в экзамен."


class TooFewWorkplaces(UserError):
    text = "Участников {people}, а рабочих мест в мастерской {places}."
    advice = "Разбейте группу на смены или выберите другую мастерскую."


class ExamIsOver(UserError):
    text = "Экзамен уже проведён: рабочие места менять нельзя."
    advice = "Если экзамен отмечен проведённым по ошибке, верните его в план."


class NoReason(UserError):
    text = "Жеребьёвка уже проведена {day}: без причины её не повторяют."
    advice = "Напишите причину: она печатается в протоколе вместе с новым зерном."


class BadSeed(UserError):
    text = "Зерно жеребьёвки должно быть непустым, не длиннее {longest} знаков."
    advice = "Оставьте зерно пустым: программа выберет его сама."


def draw_workplaces(
    session: Session,
    *,
    session_id: str,
    seed: str | None = None,
    at: datetime | None = None,
    reason: str = "",
) -> str:
    """Give every examinee a workplace and record how; returns the seed.

    `at` is the moment on the college's clock, by default now. A second draw replaces the first,
    whose record stays in the journal, and needs a `reason`. Without a `seed` one is chosen that
    nobody can foretell.
    """
    sitting = dated_sitting(session, session_id)
    if sitting.state in {SessionState.DONE, SessionState.CLOSED}:
        raise ExamIsOver
    people = seats(session, sitting)
    _check_room(session, sitting, len(people))
    reason = " ".join(reason.split()).rstrip(".")
    earlier = _earlier(session, session_id)
    if earlier and not reason:
        raise NoReason(day=short_date(local_time(earlier[-1].drawn_at).date()))
    seed = _checked(seed) if seed is not None else _new_seed()
    _seat(session, sitting, people, drawn_workplaces(seed, len(people)))
    for draw in earlier:
        draw.deleted, draw.deleted_by = True, session.info.get("operation")
    method = f"{METHOD} {list_sum(list_names(people))}"
    drawn_at = utc_time(at or datetime.now())
    draw = WorkplaceDraw(
        session_id=session_id, seed=seed, drawn_at=drawn_at, method=method, reason=reason
    )
    session.add(draw)
    session.flush()
    return seed


def list_names(people: list[Seat]) -> list[str]:
    """The list that is drawn: full names in the order of the paper."""
    return [full_name(one.last_name, one.first_name, one.middle_name) for one, _ in people]


def _check_room(session: Session, sitting: ExamSession, people: int) -> None:
    if not people:
        raise NobodyToDraw
    workshop = session.get(Workshop, sitting.workshop_id) if sitting.workshop_id else None
    if workshop and workshop.places < people:
        raise TooFewWorkplaces(people=people, places=workshop.places)


def _seat(
    session: Session, sitting: ExamSession, people: list[Seat], workplaces: list[int]
) -> None:
    for (examinee, place), workplace in zip(people, workplaces, strict=True):
        if place is None:
            place = ExamPlace(session_id=sitting.id, examinee_id=examinee.id)  # noqa: PLW2901
            session.add(place)
        place.workplace = workplace


def _earlier(session: Session, session_id: str) -> Sequence[WorkplaceDraw]:
    """The draws in force, the latest last: two computers may have drawn while apart."""
    query = select(WorkplaceDraw).where(
        WorkplaceDraw.live(), WorkplaceDraw.session_id == session_id
    )
    return session.scalars(query.order_by(WorkplaceDraw.drawn_at)).all()


def _new_seed() -> str:
    """7F3A-91C4-22D0-8B5E."""
    digits = secrets.token_hex(SEED_BYTES).upper()
    return "-".join(digits[at : at + SEED_GROUP] for at in range(0, len(digits), SEED_GROUP))


def _checked(seed: str) -> str:
    cleaned = seed.strip()
    if not cleaned or len(cleaned) > LONGEST_SEED:
        raise BadSeed(longest=LONGEST_SEED)
    return cleaned
