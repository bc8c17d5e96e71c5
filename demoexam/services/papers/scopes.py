"""Papers that serve several sittings: which of them keeps the one copy with its one number."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from demoexam.documents.exam_sheet import ExamSheet
from demoexam.documents.template import Scope, Template
from demoexam.models.exams import ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.places import Workshop
from demoexam.models.reference import PrintedDocument
from demoexam.text import short_date

SHARED: Collection[Scope] = frozenset({Scope.DAY, Scope.SEASON, Scope.BOARD})


def keeper(session: Session, sitting: ExamSession, template: Template) -> ExamSession:
    """The sitting under which the form is made and registered, whichever it is asked through.

    Of those which share the form: the one it was printed for, else the earliest.
    """
    if template.scope not in SHARED or sitting.held:
        return sitting
    shared = sharing(session, sitting, template.scope)
    ids = [one.id for one in shared]
    printed = (
        select(PrintedDocument.session_id)
        .where(PrintedDocument.live(), PrintedDocument.kind == template.code)
        .where(PrintedDocument.session_id.in_(ids))
        .order_by(PrintedDocument.n)
    )
    first = session.scalar(printed.limit(1))
    return next((one for one in shared if one.id == first), shared[0] if shared else sitting)


def sharing(session: Session, sitting: ExamSession, scope: Scope) -> list[ExamSession]:
    """The live sittings with one copy of a form of this scope; a held one has its own."""
    if sitting.held:
        return [sitting]
    return list(session.scalars(_sharing(session, sitting, scope)))


def chapter_of(scope: Scope, sheet: ExamSheet) -> str:
    """The bookmark above papers that belong to several sittings; empty: the sitting's own."""
    if scope is Scope.DAY:
        return f"Общие бумаги дня {short_date(sheet.exam_day)}"
    return f"Общие бумаги {sheet.exam_day.year} года" if scope in SHARED else ""


def _sharing(session: Session, sitting: ExamSession, scope: Scope) -> Select[ExamSession]:
    """The live sittings with one copy of a form of this scope, the earliest first."""
    day = sitting.starts_at.date() if sitting.starts_at else date.min
    query = (
        select(ExamSession)
        .join(StudyGroup, StudyGroup.id == ExamSession.group_id)
        .outerjoin(Workshop, Workshop.id == ExamSession.workshop_id)
        .where(ExamSession.live(), *_same(session, sitting, scope))
    )
    if scope is Scope.DAY:
        query = query.where(_between(day, day))
    else:
        query = query.where(_between(date(day.year, 1, 1), date(day.year, 12, 31)))
    return query.order_by(ExamSession.starts_at, ExamSession.workshop_id, ExamSession.id)


def _same(session: Session, sitting: ExamSession, scope: Scope) -> list[ColumnElement[bool]]:
    if scope is Scope.DAY:
        workshop = session.get(Workshop, sitting.workshop_id) if sitting.workshop_id else None
        center = workshop.exam_center_id if workshop else None
        place = (
            Workshop.exam_center_id == center
            if center
            else ExamSession.workshop_id == sitting.workshop_id
        )
        return [ExamSession.kit_id == sitting.kit_id, place]
    group = session.get_one(StudyGroup, sitting.group_id)
    same = [StudyGroup.college_id == group.college_id]
    if scope is Scope.SEASON:
        same.append(StudyGroup.specialty_id == group.specialty_id)
    return same


def _between(first: date, last: date) -> ColumnElement[bool]:
    start, end = datetime.combine(first, time.min), datetime.combine(last, time.min)
    return ExamSession.starts_at.between(start, end + timedelta(hours=23, minutes=59))
