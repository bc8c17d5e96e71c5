"""What sittings' papers are filled with, once the rules have looked: drafts, and what they lack."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from demoexam.documents.catalogue import BLANK_BEFORE_THE_EXAM, MISSING, lacking
from demoexam.documents.exam_filling import exam_filling, fillings
from demoexam.documents.exam_sheet import ExamSheet
from demoexam.documents.form import Form
from demoexam.documents.template import Filling, Template, fill
from demoexam.models.exams import ExamSession
from demoexam.rules.draw import list_sum
from demoexam.rules.terms import SessionState
from demoexam.rules.violation import contradictions, incompletes
from demoexam.services.check import sitting_findings
from demoexam.services.paper_numbers import document_heads
from demoexam.services.paper_scopes import chapter_of
from demoexam.services.paper_sheet import sheet_for

OVER = {SessionState.DONE, SessionState.CLOSED}


class Sheets:
    """The sheets of some sittings, each made once and only when it is asked for."""

    def __init__(self, session: Session, sittings: Sequence[ExamSession]) -> None:
        self._session = session
        self._heads = document_heads(session, sorted(sittings, key=_order))
        self._made: dict[str, tuple[ExamSheet, list[str]]] = {}

    def sheet(self, sitting: ExamSession) -> ExamSheet:
        return self._of(sitting)[0]

    def remarks(self, sitting: ExamSession) -> list[str]:
        """Why its papers are drafts, and what else is wrong with them."""
        return self._of(sitting)[1]

    def fillings(self, sitting: ExamSession, template: Template) -> list[Filling]:
        """One for each copy of the form; what several sittings share has a chapter of its own."""
        sheet = self.sheet(sitting)
        made = fillings(sheet, template)
        chapter = chapter_of(template.scope, sheet)
        return [replace(each, chapter=chapter) for each in made] if chapter else made

    def forms(self, sitting: ExamSession, template: Template) -> list[Form]:
        return [fill(template, each) for each in self.fillings(sitting, template)]

    def lacks(self, sitting: ExamSession, templates: Iterable[Template]) -> list[str]:
        """Sentences, each once; places that were not drawn are not told of twice."""
        sheet, over = self.sheet(sitting), sitting.state in OVER
        keys = [key for one in templates for key in lacking(one, exam_filling(sheet, one))]
        passed = set() if over else set(BLANK_BEFORE_THE_EXAM)
        if "draw_seed" in keys:
            passed.add("places_known")
        return [MISSING[key] for key in dict.fromkeys(keys) if key not in passed]

    def _of(self, sitting: ExamSession) -> tuple[ExamSheet, list[str]]:
        if sitting.id not in self._made:
            self._made[sitting.id] = self._checked(sitting)
        return self._made[sitting.id]

    def _checked(self, sitting: ExamSession) -> tuple[ExamSheet, list[str]]:
        """A draft if the rules do not let it be ready, and what they say."""
        found = sitting_findings(self._session, session_id=sitting.id)
        if not sitting.held:
            found = [each for each in found if not each.held]
        stops = [*contradictions(found), *incompletes(found)]
        draft = bool(stops) or sitting.held
        sheet = sheet_for(self._session, sitting.id, number=self._heads[sitting.id], draft=draft)
        return sheet, [*map(str, stops), *_draw_remarks(sheet)]


def _order(sitting: ExamSession) -> tuple[datetime, str, str]:
    """Numbers that nobody has printed yet go by the time of the exams."""
    return sitting.starts_at or datetime.max, sitting.workshop_id or "", sitting.id


def _draw_remarks(sheet: ExamSheet) -> list[str]:
    if sheet.draw is None or not sheet.draw.list_sum:
        return []
    names = [one.name.full for one in sheet.participants]
    if list_sum(names) == sheet.draw.list_sum:
        return []
    return ["Список участников изменился после жеребьёвки: проведите её заново."]
