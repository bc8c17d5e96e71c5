"""The season's plan as papers and as a workbook: exams by workshop and by day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from demoexam.documents.form import Form, Letterhead
from demoexam.documents.forms.season_plan import BY_DAY, BY_WORKSHOP
from demoexam.documents.season_sheet import (
    SeasonExam,
    SeasonSheet,
    Signing,
    day_filling,
    workshop_filling,
)
from demoexam.documents.template import fill
from demoexam.errors import UserError
from demoexam.exchange.files_out import save_bytes
from demoexam.exchange.sheets_out import Cell, SheetColumn, SheetTable, workbook
from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.organizations import Organization
from demoexam.models.people import Expert
from demoexam.models.places import Workshop
from demoexam.rules.terms import EXAM_LEVEL_NAMES, STATE_NAMES, Answer, Role
from demoexam.services.college.college import college_settings
from demoexam.services.papers.letterhead import letterhead_of
from demoexam.services.papers.signers import college_signers, director_of, signature_of
from demoexam.services.papers.templates import template_in_force
from demoexam.text import clock, short_date, short_name

TITLE = "Сводный план демонстрационных экзаменов"


class UnknownSeasonFormat(UserError):
    text = "План нельзя сохранить в файл «{name}»: такой вид не поддерживается."
    advice = "Укажите имя с окончанием .xlsx или .pdf."


def season_sheet(
    session: Session, *, first: date, last: date, today: date | None = None
) -> SeasonSheet:
    """The live exams that begin, go on or are prepared between the two days."""
    begin, end = datetime.combine(first, time.min), datetime.combine(last, time.max)
    inside = or_(
        ExamSession.starts_at.between(begin, end),
        ExamSession.second_day.between(first, last),
        ExamSession.preparation_day.between(first, last),
    )
    college = session.get(Organization, college_settings(session).own_college)
    undated = select(func.count()).where(ExamSession.live(), ExamSession.starts_at.is_(None))
    return SeasonSheet(
        signing=signing(session),
        taken_on=today or date.today(),
        first=first,
        last=last,
        exams=_exams(session, inside),
        unplaced=session.scalar(undated) or 0,
        own=college.short_name if college else "",
        by_workshop=template_in_force(session, BY_WORKSHOP.code),
        by_day=template_in_force(session, BY_DAY.code),
    )


def signing(session: Session) -> Signing:
    """The own college's letterhead and signers; blanks for what is not known."""
    own = college_settings(session).own_college
    college = session.get(Organization, own) if own else None
    coordinator = signature_of(college_signers(session).coordinator_name)
    if college is None:
        return Signing(Letterhead(""), coordinator)
    director = director_of(college)
    return Signing(letterhead_of(session, college), coordinator, director.name, director.post)


def season_form(sheet: SeasonSheet, *, by_day: bool = False) -> Form:
    if by_day:
        return fill(sheet.by_day, day_filling(sheet))
    return fill(sheet.by_workshop, workshop_filling(sheet))


def season_pdf(sheet: SeasonSheet, *, by_day: bool = False) -> bytes:
    from demoexam.documents.rendering import render

    return render(season_form(sheet, by_day=by_day))


def season_workbook(sheet: SeasonSheet) -> bytes:
    """One table with a filter and a frozen head; days and numbers are typed."""
    heading = [f"{TITLE}, {sheet.period}", f"Данные на {short_date(sheet.taken_on)}"]
    columns = [
        SheetColumn("День", 12, "day"),
        SheetColumn("Второй день", 12, "day"),
        SheetColumn("День С-1", 12, "day"),
        SheetColumn("Начало", 9),
        SheetColumn("Конец", 9),
        SheetColumn("Мастерская", 30),
        SheetColumn("Группа", 14),
        SheetColumn("Колледж", 30),
        SheetColumn("Комплект", 20),
        SheetColumn("Уровень", 16),
        SheetColumn("Человек", 10, "whole"),
        SheetColumn("Главный эксперт", 24),
        SheetColumn("Состояние", 16),
    ]
    rows = [_cells(one) for one in sorted(sheet.exams, key=lambda e: (e.starts_at, e.workshop))]
    table = SheetTable("План", heading, columns, rows, listing=True)
    return workbook([table], title=heading[0], made_on=sheet.taken_on)


def save_season(sheet: SeasonSheet, path: Path, *, by_day: bool = False) -> Path:
    """Write the plan as its suffix tells: .xlsx or .pdf."""
    match path.suffix.lower():
        case ".xlsx":
            return save_bytes(path, season_workbook(sheet))
        case ".pdf":
            return save_bytes(path, season_pdf(sheet, by_day=by_day))
    raise UnknownSeasonFormat(name=path.name)


def _cells(one: SeasonExam) -> Sequence[Cell]:
    return [
        one.day,
        one.second_day,
        one.preparation_day,
        clock(one.starts_at),
        clock(one.ends_at),
        one.workshop,
        one.group,
        one.college,
        one.kit,
        one.level,
        one.people,
        one.chief,
        one.state,
    ]


def _exams(session: Session, inside: ColumnElement[bool]) -> list[SeasonExam]:
    query = (
        select(
            ExamSession,
            StudyGroup,
            Organization.short_name,
            AssessmentKit,
            Workshop.name,
            Workshop.room,
        )
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .join(Organization, Organization.id == StudyGroup.college_id)
        .join(AssessmentKit, AssessmentKit.id == ExamSession.kit_id)
        .outerjoin(Workshop, Workshop.id == ExamSession.workshop_id)
        .where(ExamSession.live(), ExamSession.starts_at.is_not(None), inside)
        .order_by(ExamSession.starts_at, StudyGroup.skey)
    )  # fmt: skip
    seated, chiefs, parts = _seated(session), _chiefs(session), _parts(session)
    return [
        SeasonExam(
            starts_at=row.starts_at or datetime.min,
            ends_at=row.ends_at or row.starts_at or datetime.min,
            group=_title(group.name, row, parts),
            college=college,
            kit=kit.code,
            level=EXAM_LEVEL_NAMES[kit.level],
            people=seated.get(row.id) or row.head_count or group.head_count or 0,
            state=STATE_NAMES[row.state],
            workshop=", ".join(filter(None, (workshop, room))),
            chief=chiefs.get(row.id, ""),
            second_day=row.second_day,
            preparation_day=row.preparation_day,
        )
        for row, group, college, kit, workshop, room in session.execute(query)
    ]


def _title(name: str, row: ExamSession, parts: Mapping[tuple[str, str], int]) -> str:
    """With the number of the exam group where a group sits this kit in several shifts."""
    several = parts[row.group_id, row.kit_id] > 1
    return f"{name}, ЭГ {row.number}" if several else name


def _parts(session: Session) -> dict[tuple[str, str], int]:
    query = select(ExamSession.group_id, ExamSession.kit_id, func.count()).where(ExamSession.live())
    rows = session.execute(query.group_by(ExamSession.group_id, ExamSession.kit_id))
    return {(group, kit): count for group, kit, count in rows}


def _seated(session: Session) -> dict[str, int]:
    query = select(ExamPlace.session_id, func.count()).where(ExamPlace.live())
    return dict(session.execute(query.group_by(ExamPlace.session_id)).all())


def _chiefs(session: Session) -> dict[str, str]:
    query = (
        select(Assignment.session_id, Expert.last_name, Expert.first_name, Expert.middle_name)
        .join(Expert, Expert.id == Assignment.expert_id)
        .where(
            Assignment.live(), Assignment.role == Role.CHIEF, Assignment.answer != Answer.REFUSED
        )
    )
    return {ident: short_name(*name) for ident, *name in session.execute(query)}
