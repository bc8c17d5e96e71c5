"""Places of examinees in a sitting: who sits, who came, what points he got."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused, RulesBroken
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.groups import Examinee
from demoexam.models.kits import TaskModule
from demoexam.rules.grading import check_points, hundredths
from demoexam.services.plan_guard import Saved, plan_change, sitting_row
from demoexam.text import full_name, short_name


def add_examinees(
    session: Session, *, session_id: str, examinee_ids: Iterable[str] | None = None
) -> Saved:
    """Seat the named examinees; by default those of the group who sit nowhere with this kit."""
    row = sitting_row(session, session_id)
    with plan_change(session, session_id) as saved:
        ids = _unseated(session, row) if examinee_ids is None else examinee_ids
        seat_examinees(session, row, ids)
    return saved


def remove_examinee(session: Session, *, place_id: str) -> Saved:
    """Take the examinee out of the sitting; his workplace becomes free."""
    place = _place(session, place_id)
    sitting_row(session, place.session_id)
    with plan_change(session, place.session_id) as saved:
        place.deleted, place.deleted_by = True, session.info.get("operation")
    return saved


def seat_examinees(session: Session, sitting: ExamSession, examinee_ids: Iterable[str]) -> None:
    """Places without workplaces: these are drawn on the preparation day."""
    wanted = list(dict.fromkeys(examinee_ids))
    query = select(Examinee.id).where(Examinee.id.in_(wanted), Examinee.live())
    known = set(session.scalars(query.where(Examinee.group_id == sitting.group_id)))
    if len(known) < len(wanted):
        raise Refused(
            "Среди выбранных есть студенты не из группы этого экзамена.",
            "Выберите студентов из группы экзамена.",
        )
    seated = select(ExamPlace.examinee_id).where(
        ExamPlace.live(), ExamPlace.session_id == sitting.id
    )
    present = set(session.scalars(seated))
    for ident in wanted:
        if ident not in present:
            session.add(ExamPlace(session_id=sitting.id, examinee_id=ident))
    session.flush()


def set_attendance(session: Session, *, place_id: str, attended: bool | None) -> None:
    """Came, did not come, or not noted yet; who did not come has no points."""
    place = _place(session, place_id)
    if attended is False and place.points:
        raise Refused(
            "У участника уже есть баллы, неявку отметить нельзя.", "Сначала сотрите баллы."
        )
    place.attended = attended


def set_points(session: Session, *, place_id: str, module: int, typed: str) -> None:
    """Write points as they were typed («18,5»); an empty text takes them away.

    Refuses what is no number, more than the module's maximum, and points of one who was absent.
    """
    place = _place(session, place_id)
    if place.attended is False:
        raise Refused("Участник не явился, баллов у него нет.", "Исправьте отметку о явке.")
    points = {key: value for key, value in place.points.items() if key != str(module)}
    if typed.strip():
        points[str(module)] = hundredths(typed)
    broken = list(check_points(_examinee_name(session, place), points, _maxima(session, place)))
    if broken:
        raise RulesBroken(broken)
    place.points = points


def points_missing(session: Session, *, session_id: str) -> list[str]:
    """Short names of those not known to be absent who lack points of some module."""
    query = (
        select(ExamPlace, Examinee)
        .join(Examinee, Examinee.id == ExamPlace.examinee_id)
        .where(ExamPlace.live(), ExamPlace.session_id == session_id)
        .order_by(Examinee.skey)
    )
    return [
        short_name(examinee.last_name, examinee.first_name, examinee.middle_name)
        for place, examinee in session.execute(query)
        if place.attended is not False and _maxima(session, place).keys() - place.points.keys()
    ]


def _unseated(session: Session, row: ExamSession) -> list[str]:
    taken = (
        select(ExamPlace.examinee_id)
        .join(ExamSession, ExamSession.id == ExamPlace.session_id)
        .where(ExamPlace.live(), ExamSession.live(), ExamSession.kit_id == row.kit_id)
    )
    free = select(Examinee.id).where(
        Examinee.live(), Examinee.group_id == row.group_id, Examinee.id.not_in(taken)
    )
    return list(session.scalars(free.order_by(Examinee.skey)))


def _place(session: Session, place_id: str) -> ExamPlace:
    place = session.get(ExamPlace, place_id)
    if place is None or place.deleted:
        raise NotFound(what="место участника")
    return place


def _maxima(session: Session, place: ExamPlace) -> dict[str, int]:
    query = (
        select(TaskModule.number, TaskModule.max_points)
        .join(ExamSession, ExamSession.kit_id == TaskModule.kit_id)
        .where(TaskModule.live(), ExamSession.id == place.session_id)
    )
    return {str(number): points for number, points in session.execute(query)}


def _examinee_name(session: Session, place: ExamPlace) -> str:
    row = session.get_one(Examinee, place.examinee_id)
    return full_name(row.last_name, row.first_name, row.middle_name)
