"""A form on paper before it is kept: with invented people, or with those of a real exam."""

from dataclasses import replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.documents.catalogue import EDITABLE
from demoexam.documents.exam_filling import fillings
from demoexam.documents.invented import sample_fillings
from demoexam.documents.template import Filling, Template, fill
from demoexam.documents.template_check import checked_template
from demoexam.documents.template_data import Data
from demoexam.documents.template_problems import Problem
from demoexam.models.exams import ExamSession
from demoexam.services.papers.letterhead import dressed
from demoexam.services.papers.sheet import sheet_for

HEAD = "14"  # of an example's number: previews take none


def preview(
    session: Session, *, code: str, data: Data, real: bool = False, today: date | None = None
) -> tuple[bytes, tuple[Problem, ...]]:
    """The form as PDF, and its warnings; `real` takes the nearest exam, if there is one.

    Raises BrokenTemplate for what must not be kept.
    """
    from demoexam.documents.rendering import render

    checked = checked_template(data, EDITABLE[code])
    template = checked.template
    filling = nearest_filling(session, template, today or date.today()) if real else None
    return render(fill(template, filling or _example(session, template))), checked.warnings


def _example(session: Session, template: Template) -> Filling:
    """Invented people below the college's own logo."""
    filling = sample_fillings(template)[0]
    return replace(filling, letterhead=dressed(session, filling.letterhead))


def nearest_filling(session: Session, template: Template, today: date) -> Filling | None:
    """The facts of the exam nearest to the day; None where there is none, or the form is yearly."""
    if template.about == "year":
        return None
    away = func.abs(func.julianday(ExamSession.starts_at) - func.julianday(today.isoformat()))
    query = select(ExamSession.id).where(ExamSession.live(), ExamSession.starts_at.is_not(None))
    nearest = session.scalar(query.order_by(away, ExamSession.n).limit(1))
    if nearest is None:
        return None
    return next(iter(fillings(sheet_for(session, nearest, number=HEAD), template)), None)
