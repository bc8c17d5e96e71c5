"""Sittings with their expert groups, as rows of a schedule that a load of the file understands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.exchange.sheets_out import SheetColumn
from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.models.places import Workshop
from demoexam.rules.terms import EXAM_LEVEL_NAMES, STATE_NAMES, Answer, Role
from demoexam.services.exports.exported_roster import Lines
from demoexam.text import clock, full_name

EXAM_COLUMNS = (
    SheetColumn("Дата проведения", 12, "day"),
    SheetColumn("Дата окончания", 12, "day"),
    SheetColumn("Подготовительный день", 16, "day"),
    SheetColumn("Время начала", 10),
    SheetColumn("Время окончания", 12),
    SheetColumn("Группа", 12),
    SheetColumn("Шифр КОД", 20),
    SheetColumn("Уровень", 24),
    SheetColumn("Мастерская", 40),
    SheetColumn("Количество участников", 12, "whole"),
    SheetColumn("Главный эксперт", 34),
    SheetColumn("Эксперты", 60),
    SheetColumn("Технический эксперт", 34),
    SheetColumn("Колледж", 34),
    SheetColumn("Член ГЭК", 24),
    SheetColumn("Состояние", 14),
)


def exam_rows(session: Session, numbers: Sequence[int], _today: date) -> Lines:
    query = (
        select(ExamSession, StudyGroup.name, AssessmentKit.code, AssessmentKit.level,
               Workshop.name, Workshop.room, Organization.short_name)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .join(AssessmentKit, AssessmentKit.id == ExamSession.kit_id)
        .join(Organization, Organization.id == StudyGroup.college_id)
        .outerjoin(Workshop, Workshop.id == ExamSession.workshop_id)
        .where(ExamSession.n.in_(numbers))
    )  # fmt: skip
    found = session.execute(query).all()
    ids = [one.id for one, *_ in found]
    duties, seated = _duties(session, ids), _seated(session, ids)
    return {
        one.n: [
            (
                *_times(one), group, kit, EXAM_LEVEL_NAMES[level],
                _place(workshop, room), one.head_count or seated.get(one.id),
                *(_people(duties[one.id], role) for role in Role),
                college, one.board_member,
                "отложен" if one.held else STATE_NAMES[one.state],
            )
        ]
        for one, group, kit, level, workshop, room, college in found
    }  # fmt: skip


def _times(one: ExamSession) -> tuple[date | str | None, ...]:
    return (
        _day(one.starts_at), one.second_day, one.preparation_day,
        clock(one.starts_at) if one.starts_at else "", clock(one.ends_at) if one.ends_at else "",
    )  # fmt: skip


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _place(workshop: str | None, room: str | None) -> str:
    return f"{workshop}, каб. {room}" if workshop and room else workshop or ""


def _people(duties: Sequence[tuple[Role, str]], role: Role) -> str:
    return "; ".join(name for each, name in duties if each is role)


def _seated(session: Session, ids: Sequence[str]) -> Mapping[str, int]:
    query = select(ExamPlace.session_id, func.count()).where(
        ExamPlace.live(), ExamPlace.session_id.in_(ids)
    )
    return dict(session.execute(query.group_by(ExamPlace.session_id)).all())


def _duties(session: Session, ids: Sequence[str]) -> Mapping[str, list[tuple[Role, str]]]:
    """Sitting -> roles with the names of those who have not refused."""
    query = (
        select(Assignment.session_id, Assignment.role, Expert.last_name, Expert.first_name,
               Expert.middle_name)
        .join(Expert, Expert.id == Assignment.expert_id)
        .where(
            Assignment.live(), Assignment.answer != Answer.REFUSED, Assignment.session_id.in_(ids)
        )
        .order_by(Expert.skey)
    )  # fmt: skip
    found: dict[str, list[tuple[Role, str]]] = defaultdict(list)
    for ident, role, last, first, middle in session.execute(query):
        found[ident].append((role, full_name(last, first, middle)))
    return found
