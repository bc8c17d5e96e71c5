"""Numbers of documents, and the record of what was printed under them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.documents.numbers import head_and_year
from demoexam.models.exams import ExamSession
from demoexam.models.reference import PrintedDocument
from demoexam.services.papers.number_pattern import number_patterns
from demoexam.services.papers.sheet import utc_time
from demoexam.store.store import coordinator_id


class Numbered(Protocol):
    """What is registered: a form, or what a package tells of one."""

    @property
    def code(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def content_hash(self) -> str: ...


def document_heads(session: Session, sittings: Sequence[ExamSession]) -> dict[str, str]:
    """Sitting -> the number that heads its documents: its own once printed, else the next free."""
    heads: dict[str, str] = {}
    for year in sorted({sitting.starts_at.year for sitting in sittings if sitting.starts_at}):
        taken = _heads_of(session, year)
        latest = max(taken.values(), default=0)
        for sitting in sittings:
            if sitting.starts_at is None or sitting.starts_at.year != year:
                continue
            if sitting.id not in taken:
                latest += 1
                taken[sitting.id] = latest
            heads[sitting.id] = str(taken[sitting.id])
    return heads


def _heads_of(session: Session, year: int) -> dict[str, int]:
    row = PrintedDocument
    query = select(row.session_id, row.kind, row.number).where(
        row.deleted.is_(False), row.session_id.is_not(None)
    )
    found: dict[str, int] = {}
    patterns = number_patterns(session)
    for sitting, code, number in session.execute(query.order_by(row.n)):
        told = head_and_year(number, code, patterns)
        if sitting and told and told[1] == year:
            found.setdefault(sitting, told[0])
    return found


def register(
    session: Session,
    forms: Sequence[Numbered],
    *,
    at: datetime,
    session_id: str | None = None,
    period: str = "",
) -> None:
    """Record what was printed; the same content printed again only moves the moment."""
    known = printed_rows(session, session_id=session_id, period=period)
    who = coordinator_id(session)
    for form in forms:
        row = known.get(form.number)
        if row is None or row.content_hash != form.content_hash:
            row = PrintedDocument(
                kind=form.code,
                number=form.number,
                printed_at=utc_time(at),
                content_hash=form.content_hash,
                session_id=session_id,
                period=period,
                printed_by=who,
            )
            session.add(row)
        row.printed_at = utc_time(at)
    session.flush()


def printed_rows(
    session: Session, *, session_id: str | None = None, period: str = ""
) -> dict[str, PrintedDocument]:
    """Number -> the latest record of its print."""
    query = select(PrintedDocument).where(
        PrintedDocument.live(),
        PrintedDocument.session_id.is_(None)
        if session_id is None
        else PrintedDocument.session_id == session_id,
        PrintedDocument.period == period,
    )
    return {row.number: row for row in session.scalars(query.order_by(PrintedDocument.printed_at))}
