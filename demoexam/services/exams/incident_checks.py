"""What an incident must satisfy, whichever way it is written: hours, people, reason, minutes."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import Refused
from demoexam.models.exams import ExamPlace, ExamSession, Incident
from demoexam.rules.incidents import MOST_COMPENSATION, Happening, minute_of
from demoexam.rules.terms import IncidentKind
from demoexam.services.exams.happenings import begins, happening, planned_end

HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def check_incident(session: Session, row: Incident) -> None:
    """Refuse an incident that cannot be true or contradicts another of the same sitting."""
    _check_hours(row)
    _check_minutes(row)
    others = _others(session, row)
    place = _place(session, row)
    _check_people(row, place)
    _check_reason(row)
    _check_day(session, row, others)
    if row.kind is IncidentKind.STOP:
        _check_overlap(row, others)
    else:
        _check_once(row, others)
    if place is not None:
        _check_points(row, place)


def _check_hours(row: Incident) -> None:
    for hour in (row.started, row.ended):
        if hour and not HOUR.fullmatch(hour):
            raise Refused(f"«{hour}» не похоже на время.", "Запишите часы и минуты: 09:05.")
    if not row.started:
        raise Refused("Не указано время.", "Укажите, когда это случилось, например 10:15.")
    if row.ended and row.kind is not IncidentKind.STOP:
        raise Refused("Время возобновления бывает только у остановки.", "Сотрите его.")
    if row.ended and row.ended <= row.started:
        raise Refused(
            f"Остановка кончилась в {row.ended}, не позже, чем началась ({row.started}).",
            "Исправьте время возобновления.",
        )


def _check_minutes(row: Incident) -> None:
    minutes = row.compensation
    if minutes is None:
        return
    if row.kind is not IncidentKind.STOP and minutes:
        raise Refused("Время добавляют только за остановку.", "Сотрите добавленные минуты.")
    if not 0 <= minutes <= MOST_COMPENSATION:
        raise Refused(
            f"Добавить {minutes} мин нельзя.", f"Введите минуты от 0 до {MOST_COMPENSATION}."
        )


def _check_people(row: Incident, place: ExamPlace | None) -> None:
    if row.examinee_id is not None:
        if place is None:
            raise Refused(
                "Этот студент не сдаёт этот экзамен.", "Выберите участника из списка экзамена."
            )
        if place.attended is False:
            raise Refused("Участник не явился на экзамен.", "Исправьте отметку о явке.")
        if row.person:
            raise Refused(
                "Указаны и участник, и другое лицо.", "Оставьте одного: кто удалён с экзамена."
            )
        return
    if row.kind is IncidentKind.EARLY_END:
        raise Refused("Не указано, кто завершил экзамен досрочно.", "Выберите участника.")
    if row.kind is IncidentKind.REMOVAL and not (row.person.strip() and row.role.strip()):
        raise Refused(
            "Не указано, кто удалён.", "Выберите участника или впишите фамилию и роль другого лица."
        )


def _check_reason(row: Incident) -> None:
    if row.kind is not IncidentKind.STOP and not row.reason.strip():
        raise Refused("Не указана причина.", "Напишите, что произошло: это печатается в акте.")


def _check_day(session: Session, row: Incident, others: list[Happening]) -> None:
    """Time stops only while it runs; anybody can be removed at any hour of the day."""
    sitting = session.get_one(ExamSession, row.session_id)
    first = begins(sitting)
    last = planned_end(sitting, [*others, happening(row)], row.examinee_id or "")
    started = row.started or ""
    if row.kind is IncidentKind.REMOVAL or not first or first <= started <= last:
        return
    raise Refused(
        f"{started} — не время экзамена: он идёт с {first} до {last}.", "Исправьте время."
    )


def _check_overlap(row: Incident, others: list[Happening]) -> None:
    """Two stops at one time would give the same minutes twice."""
    mine = happening(row)
    for other in others:
        meets = not mine.examinee or not other.examinee or mine.examinee == other.examinee
        if other.kind is not IncidentKind.STOP or not meets:
            continue
        if _from(mine) < _until(other) and _from(other) < _until(mine):
            hours = f"{other.started}–{other.ended or '…'}"
            raise Refused(
                f"В это время уже записана остановка: {hours}.",
                "Исправьте время или ту запись: минуты не добавляют дважды.",
            )


def _from(stop: Happening) -> int:
    return minute_of(stop.started)


def _until(stop: Happening) -> int:
    """A stop that still runs is as long as has been seen: one minute."""
    return minute_of(stop.ended) if stop.ended else minute_of(stop.started) + 1


def _check_once(row: Incident, others: list[Happening]) -> None:
    for other in others:
        if other.ends_work and other.examinee == row.examinee_id:
            raise Refused(
                f"По этому участнику уже записано: {other.outcome}.", "Исправьте ту запись."
            )


def _check_points(row: Incident, place: ExamPlace) -> None:
    told = happening(row)
    if told.ends_work and not told.is_scored and place.points:
        raise Refused(
            "У участника уже есть баллы, а его работа не оценивается.",
            "Сотрите баллы или отметьте, что сделанное оценивается.",
        )


def _others(session: Session, row: Incident) -> list[Happening]:
    query = select(Incident).where(
        Incident.live(), Incident.session_id == row.session_id, Incident.id != row.id
    )
    with session.no_autoflush:
        return [happening(other) for other in session.scalars(query)]


def _place(session: Session, row: Incident) -> ExamPlace | None:
    query = select(ExamPlace).where(
        ExamPlace.live(),
        ExamPlace.session_id == row.session_id,
        ExamPlace.examinee_id == row.examinee_id,
    )
    with session.no_autoflush:
        return session.scalars(query).first() if row.examinee_id else None
