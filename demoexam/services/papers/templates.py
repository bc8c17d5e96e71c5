"""The forms as the college has them: the program's, changed where it keeps its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.documents.catalogue import EDITABLE, FORMS
from demoexam.documents.template import Template
from demoexam.documents.template_check import checked_template, same_program, sound_template
from demoexam.documents.template_data import Data, completed, template_data
from demoexam.documents.template_problems import BrokenTemplate, Problem
from demoexam.errors import NotFound
from demoexam.models.base import reference_id
from demoexam.models.reference import DocumentTemplate
from demoexam.services.college.setting_rows import SettingScope


@dataclass(frozen=True)
class TemplateTrouble:
    """A changed form that cannot be used: the program's is printed instead."""

    code: str
    name: str
    reason: str
    advice: str

    @property
    def sentence(self) -> str:
        return (
            f"Ваш бланк {self.code} не подходит этой версии программы: печатается бланк программы."
        )


def templates_in_force(session: Session) -> Mapping[str, Template]:
    """Code -> template, in the order of the exam."""
    kept = _contents(session)
    if not kept:
        return FORMS
    return {
        code: _judged(code, kept[code])[0] if code in kept else shipped
        for code, shipped in FORMS.items()
    }


def template_in_force(session: Session, code: str) -> Template:
    """One form as the college has it: of an exam, of the year or of the season."""
    kept = _contents(session).get(code)
    return EDITABLE[code] if kept is None else _judged(code, kept)[0]


def changed_templates(session: Session) -> frozenset[str]:
    """Codes of the forms that the college has changed, unusable ones too."""
    return frozenset(_contents(session))


def template_troubles(session: Session) -> list[TemplateTrouble]:
    """What the college changed once and the program cannot use now."""
    judged = {code: _judged(code, text)[1] for code, text in _contents(session).items()}
    return [
        TemplateTrouble(code, EDITABLE[code].name, str(error), error.hint)
        for code, error in judged.items()
        if error
    ]


def template_of(session: Session, *, code: str) -> Data:
    """The data of the form in force, complete, ready to be edited."""
    shipped, kept = _shipped(code), _contents(session).get(code)
    if kept is None or _judged(code, kept)[1]:
        return template_data(shipped)
    return completed(json.loads(kept), shipped)


def save_template(session: Session, *, code: str, data: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Keep the college's form once it has been proved; returns what should not be missed.

    Data that say what the program's form says restore it. Raises BrokenTemplate.
    """
    shipped = _shipped(code)
    checked = checked_template(dict(data), shipped)
    if checked.data == template_data(shipped):
        restore_template(session, code=code)
        return ()
    row = _row(session, code)
    if row is None:
        row = DocumentTemplate(id=_ident(session, code), code=code, content=checked.data)
        session.add(row)
    row.content, row.deleted = checked.data, False
    session.flush()
    return checked.warnings


def restore_template(session: Session, *, code: str) -> None:
    """Go back to the program's form."""
    _shipped(code)
    row = _row(session, code)
    if row is not None and not row.deleted:
        row.deleted = True
        session.flush()


def _shipped(code: str) -> Template:
    if code not in EDITABLE:
        raise NotFound(what=f"бланк {code}")
    return EDITABLE[code]


@lru_cache(maxsize=128)
def _judged(code: str, text: str) -> tuple[Template, BrokenTemplate | None]:
    """The form of stored data, or the program's and why; measured again for a newer program."""
    data, shipped = json.loads(text), EDITABLE[code]
    try:
        if isinstance(data, dict) and same_program(data, shipped):
            return sound_template(data, shipped), None
        return checked_template(data, shipped).template, None
    except BrokenTemplate as error:
        return shipped, error


def _contents(session: Session) -> dict[str, str]:
    """Code -> the college's data as text, for the forms that the program knows."""
    scope = SettingScope(session)
    query = select(DocumentTemplate).where(DocumentTemplate.live()).order_by(DocumentTemplate.n)
    rows = [row for row in session.scalars(query) if row.code in EDITABLE and _covers(scope, row)]
    rows.sort(key=lambda row: row.owner_id == scope.own)  # the college's own last: it counts
    return {row.code: json.dumps(row.content, sort_keys=True) for row in rows}


def _covers(scope: SettingScope, row: DocumentTemplate) -> bool:
    return not scope.shared or (row.owner_id or "") in {"", scope.own}


def _row(session: Session, code: str) -> DocumentTemplate | None:
    """The row that holds the form here, a deleted one included."""
    scope = SettingScope(session)
    query = select(DocumentTemplate).where(DocumentTemplate.code == code)
    rows = session.scalars(query.order_by(DocumentTemplate.deleted, DocumentTemplate.n))
    covered = [row for row in rows if _covers(scope, row)]
    return min(covered, key=lambda row: row.owner_id != scope.own, default=None)


def _ident(session: Session, code: str) -> str:
    """The same in every store of the college, so that two desks meet in one row."""
    own = SettingScope(session).own
    return reference_id("document_template", f"{own}:{code}" if own else code)
