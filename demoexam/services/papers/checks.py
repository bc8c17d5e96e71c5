"""What sittings' papers are filled with, once the rules have looked: drafts, and what they lack."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from demoexam.documents.catalogue import BLANK_BEFORE_THE_EXAM, MISSING, lacking
from demoexam.documents.exam_filling import fillings
from demoexam.documents.exam_sheet import ExamSheet
from demoexam.documents.form import Form
from demoexam.documents.template import Filling, Template, fill
from demoexam.models.exams import ExamSession
from demoexam.rules.draw import list_sum
from demoexam.rules.terms import SessionState
from demoexam.rules.violation import contradictions, incompletes
from demoexam.services.papers.numbers import document_heads
from demoexam.services.papers.scopes import chapter_of
from demoexam.services.papers.sheet import sheet_for
from demoexam.services.plan.check import sitting_findings

OVER = {SessionState.DONE, SessionState.CLOSED}


class Sheets:
    """The sheets of some sittings, each made once and only when it is asked for."""

    def __init__(self, session: Session, sittings: Sequence[ExamSession]) -> None:
        self._session = session
        self._heads = document_heads(session, sorted(sittings, key=_order))
        self._made: dict[str, tuple[ExamSheet, list[str]]] = {}
        self._last: tuple[tuple[str, str], list[Filling]] | None = None

    def sheet(self, sitting: ExamSession) -> ExamSheet:
        return self._of(sitting)[0]

    def remarks(self, sitting: ExamSession) -> list[str]:
        """Why its papers are drafts, and what else is wrong with them."""
        return self._of(sitting)[1]

    def fillings(self, sitting: ExamSession, template: Template) -> list[Filling]:
        """One for each copy of the form; what several sittings share has a chapter of its own."""
        key = sitting.id, template.code
        if self._last is None or self._last[0] != key:
            sheet = self.sheet(sitting)
            chapter = chapter_of(template.scope, sheet) or sheet.chapter
            made = [replace(each, chapter=chapter) for each in fillings(sheet, template)]
            self._last = key, made  # the last only: a package need not be held
        return self._last[1]

    def forms(self, sitting: ExamSession, template: Template) -> list[Form]:
        return [fill(template, each) for each in self.fillings(sitting, template)]

    def lacking(self, sitting: ExamSession, template: Template) -> list[str]:
        """Keys of what some copy of the form needs and nobody gave."""
        found = (lacking(template, each) for each in self.fillings(sitting, template))
        return list(dict.fromkeys(key for keys in found for key in keys))

    def sentences(self, sitting: ExamSession, keys: Sequence[str]) -> list[str]:
        """Each once; places that were not drawn are not told of twice."""
        passed = set() if sitting.state in OVER else set(BLANK_BEFORE_THE_EXAM)
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
