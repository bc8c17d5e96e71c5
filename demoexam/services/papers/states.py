"""Each form of a sitting as its card shows it: what it lacks, its print, and whether that holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from demoexam.documents.form import Form
from demoexam.documents.template import Template
from demoexam.models.exams import ExamSession
from demoexam.models.reference import PrintedDocument
from demoexam.services.papers.changes import Changes
from demoexam.services.papers.checks import Sheets
from demoexam.services.papers.numbers import printed_rows
from demoexam.services.papers.scopes import keeper
from demoexam.services.papers.sheet import dated_sitting, local_time
from demoexam.services.papers.templates import templates_in_force
from demoexam.text import clock, day_month


@dataclass(frozen=True)
class PaperState:
    """A form of a sitting; with several copies (one an examinee) the latest print counts."""

    code: str
    name: str
    missing: tuple[str, ...]
    number: str = ""
    printed_at: datetime | None = None  # on the college's clock
    outdated: bool = False  # printed, and the exam has changed since
    by_day: bool = True
    documents: int = 1
    changes: tuple[str, ...] = ()  # what has happened to the exam since

    @property
    def stale(self) -> str:
        """«Устарел после печати 27 мая в 09:40: замена эксперта (28 мая, 09:12)», or nothing."""
        if not self.outdated or self.printed_at is None:
            return ""
        when = f"{day_month(self.printed_at.date())} в {clock(self.printed_at)}"
        return f"Устарел после печати {when}: {self._changed}."

    @property
    def warning(self) -> str:
        """«Устарел документ 3.9: замена эксперта (28 мая, 09:12)», or nothing."""
        return f"Устарел документ {self.code}: {self._changed}." if self.stale else ""

    @property
    def _changed(self) -> str:
        return "; ".join(self.changes) or "изменились данные, которые в нём напечатаны"


def paper_states(session: Session, *, session_id: str) -> list[PaperState]:
    """Every form of a sitting, in the order of the exam."""
    return states_of(session, [dated_sitting(session, session_id)])[session_id]


def states_of(session: Session, sittings: Sequence[ExamSession]) -> Mapping[str, list[PaperState]]:
    """Of several sittings at once: what they share is looked at once."""
    templates = [one for one in templates_in_force(session).values() if one.about == "sitting"]
    keepers = {
        one.id: [(keeper(session, one, template), template) for template in templates]
        for one in sittings
    }
    owners = dict.fromkeys(owner for pairs in keepers.values() for owner, _ in pairs)
    sheets, changes = Sheets(session, list(owners)), Changes(session)
    rows = {one.id: printed_rows(session, session_id=one.id) for one in owners}
    return {
        ident: [_state(sheets, changes, *pair, rows[pair[0].id]) for pair in pairs]
        for ident, pairs in keepers.items()
    }


def _state(
    sheets: Sheets,
    changes: Changes,
    owner: ExamSession,
    template: Template,
    printed: Mapping[str, PrintedDocument],
) -> PaperState:
    out = [row for row in printed.values() if row.kind == template.code]
    last = max(out, key=lambda row: row.printed_at, default=None)
    outdated = last is not None and _changed(sheets.forms(owner, template), printed)
    return PaperState(
        code=template.code,
        name=template.name,
        missing=tuple(sheets.sentences(owner, sheets.lacking(owner, template))),
        number=last.number if last else "",
        printed_at=local_time(last.printed_at) if last else None,
        outdated=outdated,
        by_day=template.by_day,
        documents=len(sheets.fillings(owner, template)),
        changes=changes.since(owner.id, last.printed_at) if outdated and last else (),
    )


def _changed(forms: Sequence[Form], printed: Mapping[str, PrintedDocument]) -> bool:
    """Some copy differs from its print, or has none while others have."""
    hashes = {number: row.content_hash for number, row in printed.items()}
    return any(hashes.get(form.number) != form.content_hash for form in forms)
