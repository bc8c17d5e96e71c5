"""Places of examinees in a sitting: who sits, who came, what points he got."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound, Refused, RulesBroken
from demoexam.models.exams import ExamPlace, ExamSession
from demoexam.models.groups import Examinee
from demoexam.models.kits import TaskModule
from demoexam.rules.grading import check_points, hundredths
from demoexam.rules.incidents import end_of_work
from demoexam.services.exams.happenings import happenings
from demoexam.services.plan.plan_guard import Saved, plan_change, refuse_closed, sitting_row
from demoexam.text import full_name


def add_examinees(
    session: Session, *, session_id: str, examinee_ids: Iterable[str] | None = None
) -> Saved:
    """Seat the named examinees; by default those of the group who sit nowhere with this kit."""
    row = sitting_row(session, session_id)
    with plan_change(session, session_id) as saved:
        ids = unseated(session, row) if examinee_ids is None else examinee_ids
        seat_examinees(session, row, ids)
    return saved


def remove_examinee(session: Session, *, place_id: str) -> Saved:
    """Take the examinee out of the sitting; his workplace becomes free."""
    place = open_place(session, place_id)
    sitting_row(session, place.session_id)
    if concerned(session, place):
        raise Refused(
            "Об участнике есть запись в ходе экзамена.", "Сначала уберите её, потом участника."
        )
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
    place = open_place(session, place_id)
    if attended is False and place.points:
        raise Refused(
            "У участника уже есть баллы, неявку отметить нельзя.", "Сначала сотрите баллы."
        )
    if attended is False and concerned(session, place):
        raise Refused(
            "Об участнике есть запись в ходе экзамена, неявку отметить нельзя.",
            "Сначала уберите эту запись.",
        )
    place.attended = attended


def set_points(session: Session, *, place_id: str, module: int, typed: str) -> None:
    """Write points as they were typed («18,5»); an empty text takes them away.

    Whoever has points has come. Refuses what is no number, more than the module's maximum, and
    points of one who was absent or whose work is not scored.
    """
    place = open_place(session, place_id)
    if place.attended is False:
        raise Refused("Участник не явился, баллов у него нет.", "Исправьте отметку о явке.")
    points = {key: value for key, value in place.points.items() if key != str(module)}
    if typed.strip():
        _refuse_unscored(session, place)
        points[str(module)] = hundredths(typed)
        place.attended = True
    name = _examinee_name(session, place)
    broken = list(check_points(name, points, module_maxima(session, place.session_id)))
    if broken:
        raise RulesBroken(broken)
    place.points = points


def concerned(session: Session, place: ExamPlace) -> bool:
    """Whether an incident names this examinee."""
    return any(one.examinee == place.examinee_id for one in happenings(session, place.session_id))


def _refuse_unscored(session: Session, place: ExamPlace) -> None:
    end = end_of_work(happenings(session, place.session_id), place.examinee_id)
    if end is not None and not end.is_scored:
        raise Refused(
            f"Работа участника не оценивается: {end.outcome}.",
            "Если решено её оценить, отметьте это на вкладке «Ход экзамена».",
        )


def unseated(session: Session, row: ExamSession) -> list[str]:
    taken = (
        select(ExamPlace.examinee_id)
        .join(ExamSession, ExamSession.id == ExamPlace.session_id)
        .where(ExamPlace.live(), ExamSession.live(), ExamSession.kit_id == row.kit_id)
    )
    free = select(Examinee.id).where(
        Examinee.live(), Examinee.group_id == row.group_id, Examinee.id.not_in(taken)
    )
    return list(session.scalars(free.order_by(Examinee.skey)))


def open_place(session: Session, place_id: str) -> ExamPlace:
    """The live place, to be changed: not of a closed sitting."""
    place = session.get(ExamPlace, place_id)
    if place is None or place.deleted:
        raise NotFound(what="место участника")
    refuse_closed(session, place.session_id)
    return place


def module_maxima(session: Session, session_id: str) -> dict[str, int]:
    """Module number as text -> its most points, in hundredths."""
    query = (
        select(TaskModule.number, TaskModule.max_points)
        .join(ExamSession, ExamSession.kit_id == TaskModule.kit_id)
        .where(TaskModule.live(), ExamSession.id == session_id)
        .order_by(TaskModule.number)
    )
    return {str(number): points for number, points in session.execute(query)}


def _examinee_name(session: Session, place: ExamPlace) -> str:
    row = session.get_one(Examinee, place.examinee_id)
    return full_name(row.last_name, row.first_name, row.middle_name)
