"""Who of a sitting's scoring experts assesses what, and where: read, proposed, written at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.errors import NotFound
from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.people import Expert
from demoexam.rules.duties import Share, shared_evenly
from demoexam.rules.terms import Answer, Role
from demoexam.services.exams.places import module_maxima
from demoexam.services.plan.plan_guard import refuse_closed, sitting_row
from demoexam.text import full_name


@dataclass(frozen=True)
class ExpertDuty:
    """A line of protocol 3.5, and what the program would write there."""

    assignment_id: str
    name: str
    duty: str
    workplaces: str
    proposed: Share


def duties(session: Session, *, session_id: str) -> Sequence[ExpertDuty]:
    """The scoring experts who have not refused, in Russian order."""
    row = sitting_row(session, session_id, also_over=True)
    names = Expert.last_name, Expert.first_name, Expert.middle_name
    found = session.execute(
        select(Assignment, *names)
        .join(Expert, Expert.id == Assignment.expert_id)
        .where(Assignment.live(), Assignment.session_id == session_id)
        .where(Assignment.role == Role.SCORING, Assignment.answer != Answer.REFUSED)
        .order_by(Expert.skey)
    ).all()
    modules = [int(number) for number in module_maxima(session, session_id)]
    shares = shared_evenly(modules, _workplaces(session, row), len(found))
    return [
        ExpertDuty(seat.id, full_name(*name), seat.duty, seat.workplaces, share)
        for (seat, *name), share in zip(found, shares, strict=True)
    ]


def set_duties(session: Session, *, session_id: str, shares: Mapping[str, Share]) -> None:
    """Write what experts of a sitting assess, by their assignments; the others stay as they are."""
    refuse_closed(session, session_id)
    sitting_row(session, session_id, also_over=True)
    for ident, share in shares.items():
        row = session.get(Assignment, ident)
        if row is None or row.deleted or row.session_id != session_id:
            raise NotFound(what="назначение эксперта")
        row.duty, row.workplaces = share.duty.strip(), share.workplaces.strip()


def _workplaces(session: Session, row: ExamSession) -> int:
    """The last workplace that was given; before the draw one for each who sits."""
    query = select(func.max(ExamPlace.workplace), func.count(ExamPlace.id))
    last, seated = session.execute(
        query.where(ExamPlace.live(), ExamPlace.session_id == row.id)
    ).one()
    group = session.get_one(StudyGroup, row.group_id)
    return last or seated or row.head_count or group.head_count or 0
