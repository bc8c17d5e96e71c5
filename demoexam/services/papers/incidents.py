"""The incidents of a sitting as its papers name them."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.documents.exam_sheet import IncidentFacts, PersonName
from demoexam.documents.incident_filling import EXAMINEE
from demoexam.models.exams import Incident
from demoexam.models.groups import Examinee
from demoexam.rules.terms import IncidentKind
from demoexam.services.papers.people import Seat, written_name


def sitting_incidents(
    session: Session, session_id: str, people: Sequence[Seat]
) -> list[IncidentFacts]:
    """In the order of the day; `people` are the seats in the order of the list.

    An act keeps its number when another one is taken away: those count too.
    """
    query = select(Incident).where(Incident.session_id == session_id).order_by(Incident.id)
    counted: Counter[IncidentKind] = Counter()
    found = []
    for row in session.scalars(query):
        counted[row.kind] += 1
        if not row.deleted and not row.held:
            found.append((row.started or "", _facts(session, row, counted[row.kind], people)))
    return [one for _, one in sorted(found, key=lambda told: told[0])]


def _facts(session: Session, row: Incident, number: int, people: Sequence[Seat]) -> IncidentFacts:
    seats = enumerate(people, start=1)
    at, place = next(
        ((at, place) for at, (one, place) in seats if one.id == row.examinee_id), (None, None)
    )
    return IncidentFacts(
        kind=row.kind,
        number=number,
        at=at,
        name=_name(session, row),
        role=EXAMINEE if row.examinee_id else row.role,
        workplace=place.workplace if place else None,
        started=row.started or "",
        ended=row.ended or "",
        compensation=row.compensation,
        clause=row.clause,
        reason=row.reason,
        explanation=row.explanation,
        counts=row.counts,
    )


def _name(session: Session, row: Incident) -> PersonName | None:
    if row.examinee_id is None:
        return written_name(row.person)
    person = session.get_one(Examinee, row.examinee_id)
    return PersonName(person.last_name, person.first_name, person.middle_name)
