"""Stops of time, removals and early ends of an exam: noted, corrected, taken away, listed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound
from demoexam.models.exams import ExamPlace, ExamSession, Incident
from demoexam.models.groups import Examinee
from demoexam.rules.incidents import proposed_compensation, typed_hour
from demoexam.rules.terms import INCIDENT_NAMES, IncidentKind
from demoexam.services.exams.incident_checks import check_incident
from demoexam.services.plan.plan_guard import refuse_closed
from demoexam.text import short_name

EVERYBODY = "все участники"
PAPERS = {
    IncidentKind.STOP: "3.12",
    IncidentKind.REMOVAL: "3.13",
    IncidentKind.EARLY_END: "3.14",
}


class IncidentFields(TypedDict, total=False):
    """What a form may fill in; hours as typed. A key left out stays as it is."""

    examinee_id: str | None
    person: str
    role: str
    started: str
    ended: str
    compensation: int | None
    clause: str
    reason: str
    explanation: str
    counts: bool | None


class IncidentChanges(IncidentFields, total=False):
    kind: IncidentKind


@dataclass(frozen=True)
class IncidentRow:
    """An incident as lists show it; `who` is everybody for a stop without an examinee."""

    id: str
    kind: IncidentKind
    examinee_id: str
    who: str
    role: str
    workplace: int | None
    started: str
    ended: str
    compensation: int | None
    clause: str
    reason: str
    explanation: str
    counts: bool | None

    @property
    def paper(self) -> str:
        """The code of the form it is printed in."""
        return PAPERS[self.kind]

    @property
    def running(self) -> bool:
        """A stop whose end is not known yet."""
        return self.kind is IncidentKind.STOP and not self.ended

    @property
    def words(self) -> str:
        """Остановка времени: Белов О. П., 10:15–10:27."""
        hours = f"{self.started}–{self.ended}" if self.ended else self.started
        return f"{INCIDENT_NAMES[self.kind]}: {self.who}, {hours}"


def add_incident(
    session: Session, *, session_id: str, kind: IncidentKind, **facts: Unpack[IncidentFields]
) -> str:
    """Note an incident; returns its id.

    Compensation follows from the length of a stop unless it is given. Who is removed or leaves
    early has come. Refuses hours out of the exam, people unknown to it, an empty reason.
    """
    sitting = session.get(ExamSession, session_id)
    if sitting is None or sitting.deleted:
        raise NotFound(what="экзамен")
    refuse_closed(session, session_id)
    row = Incident(session_id=session_id, kind=IncidentKind(kind))
    _apply(row, facts)
    check_incident(session, row)
    session.add(row)
    _note_came(session, row)
    session.flush()
    return row.id


def change_incident(
    session: Session, *, incident_id: str, **facts: Unpack[IncidentChanges]
) -> None:
    """Correct an incident; a compensation that was the proposed one follows the hours."""
    row = _incident(session, incident_id)
    with session.begin_nested():
        _apply(row, facts)
        check_incident(session, row)
        _note_came(session, row)


def remove_incident(session: Session, *, incident_id: str) -> None:
    """It was noted by mistake: the compensation goes, the examinee's work is scored again."""
    row = _incident(session, incident_id)
    row.deleted, row.deleted_by = True, session.info.get("operation")
    session.flush()


def incidents_of(session: Session, session_id: str) -> list[IncidentRow]:
    """The live incidents of a sitting, in the order of the day."""
    query = (
        select(Incident, Examinee, ExamPlace.workplace)
        .outerjoin(Examinee, Examinee.id == Incident.examinee_id)
        .outerjoin(
            ExamPlace,
            (ExamPlace.examinee_id == Incident.examinee_id)
            & (ExamPlace.session_id == Incident.session_id)
            & ExamPlace.live(),
        )
        .where(Incident.live(), Incident.session_id == session_id)
        .order_by(Incident.started, Incident.id)
    )
    return [_row(*found) for found in session.execute(query)]


def _row(row: Incident, examinee: Examinee | None, workplace: int | None) -> IncidentRow:
    who = row.person or EVERYBODY
    if examinee is not None:
        who = short_name(examinee.last_name, examinee.first_name, examinee.middle_name)
    return IncidentRow(
        id=row.id, kind=row.kind, examinee_id=row.examinee_id or "", who=who, role=row.role,
        workplace=workplace, started=row.started or "", ended=row.ended or "",
        compensation=row.compensation, clause=row.clause, reason=row.reason,
        explanation=row.explanation, counts=row.counts,
    )  # fmt: skip


def _apply(row: Incident, facts: Mapping[str, Any]) -> None:
    before = proposed_compensation(row.started or "", row.ended or "")
    followed = row.compensation is None or row.compensation == before
    for name, value in facts.items():
        if name in {"started", "ended"}:
            value = typed_hour(value or "") or None  # noqa: PLW2901
        elif name == "kind":
            value = IncidentKind(value)  # noqa: PLW2901 -- Qt hands over the bare text
        setattr(row, name, value.strip() if type(value) is str else value)
    if row.kind is not IncidentKind.STOP:
        row.ended = row.compensation = None
    elif "compensation" not in facts and followed:
        row.compensation = proposed_compensation(row.started or "", row.ended or "")


def _note_came(session: Session, row: Incident) -> None:
    """Whoever leaves the exam has come to it."""
    if row.examinee_id is None:
        return
    place = session.scalars(
        select(ExamPlace).where(
            ExamPlace.live(),
            ExamPlace.session_id == row.session_id,
            ExamPlace.examinee_id == row.examinee_id,
        )
    ).first()
    if place is not None and place.attended is None:
        place.attended = True


def _incident(session: Session, incident_id: str) -> Incident:
    row = session.get(Incident, incident_id)
    if row is None or row.deleted:
        raise NotFound(what="случай на экзамене")
    refuse_closed(session, row.session_id)
    return row
