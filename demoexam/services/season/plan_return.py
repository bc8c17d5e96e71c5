"""Returning to an approved plan: what would be done is told first, then done as one operation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demoexam.models.base import Record
from demoexam.models.exams import Assignment, ExamPlace, ExamSession
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit
from demoexam.models.people import Expert
from demoexam.models.places import Workshop
from demoexam.rules.plan_differences import Difference, PlannedSitting, differences
from demoexam.rules.terms import Answer, SessionState
from demoexam.rules.violation import Violation
from demoexam.services.plan.check import hold_contradictions
from demoexam.services.plan.plan_guard import OVER
from demoexam.services.season.plan_versions import planned_then, present_plan, version_row


@dataclass(frozen=True)
class Stays:
    """What cannot be as it was, and why."""

    sitting_id: str
    why: str


@dataclass
class Return:
    """What a return does: sittings as they were, those added since, those brought back.

    `held` is known once it is done: sittings and assignments that contradict what came since.
    """

    restored: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    revived: list[str] = field(default_factory=list)
    stays: list[Stays] = field(default_factory=list)
    held: Mapping[str, list[Violation]] = field(default_factory=dict)

    @property
    def changes(self) -> int:
        return len(self.restored) + len(self.unplaced) + len(self.revived)


def return_preview(session: Session, *, version_id: str) -> Return:
    """What `return_to_version` would do; nothing is written."""
    plan = Return()
    for ident, (old, _) in _sittings_that_differ(session, version_id).items():
        row = session.get(ExamSession, ident)
        why = _obstacle(session, row, old)
        if why:
            plan.stays.append(Stays(ident, why))
            continue
        if old is None:
            plan.unplaced.append(ident)
        elif row is not None and row.deleted:
            plan.revived.append(ident)
        else:
            plan.restored.append(ident)
        plan.stays += [Stays(ident, each) for each in _losses(session, ident, old)]
    return plan


def return_to_version(session: Session, *, version_id: str) -> Return:
    """Days, hours, workshops, kits and experts as they were approved.

    What was added since loses its date; what is over, closed or pinned stays, and so do the
    lists of examinees. A sitting or an expert that contradicts something newer is held.
    """
    wanted = {one.id: one for one in planned_then(version_row(session, version_id))}
    plan = return_preview(session, version_id=version_id)
    for ident in plan.unplaced:
        row = session.get_one(ExamSession, ident)
        row.starts_at = row.ends_at = row.second_day = row.preparation_day = None
        row.state = SessionState.DRAFT
    for ident in (*plan.revived, *plan.restored):
        row = session.get_one(ExamSession, ident)
        if row.deleted:
            _revive(session, row)
        _restore(session, row, wanted[ident])
        _restore_duties(session, wanted[ident])
    session.flush()
    plan.held = hold_contradictions(session, row_ids=[*plan.revived, *plan.restored])
    return plan


def _sittings_that_differ(
    session: Session, version_id: str
) -> dict[str, tuple[PlannedSitting | None, PlannedSitting | None]]:
    row = version_row(session, version_id)
    then = planned_then(row)
    now = present_plan(session, year=int(row.content["year"]), also=[one.id for one in then])
    told: Sequence[Difference] = differences(then, now)
    return {one.sitting.id: (one.old, one.new) for one in told}


def _obstacle(session: Session, row: ExamSession | None, old: PlannedSitting | None) -> str:
    """Why the sitting stays as it is; "" if nothing stands against its return."""
    if row is None:
        return "записи об экзамене больше нет"
    if row.state in OVER:
        return "экзамен уже проведён"
    if row.pinned:
        return "экзамен закреплён"
    needed: list[tuple[type[Record], str, str]] = [(StudyGroup, row.group_id, "группа удалена")]
    if old is not None:
        needed.append((AssessmentKit, old.kit_id, "комплект удалён"))
        if old.workshop_id:
            needed.append((Workshop, old.workshop_id, "мастерская удалена"))
    for entity, ident, words in needed:
        if (found := session.get(entity, ident)) is None or found.deleted:
            return words
    return ""


def _losses(session: Session, ident: str, old: PlannedSitting | None) -> list[str]:
    """What does not come back with a sitting that does."""
    if old is None:
        return []
    lost = []
    people = _seated(session, ident)
    if people and people != old.head_count:
        lost.append("состав участников остаётся нынешним")
    for role, expert_id in old.duties:
        expert = session.get(Expert, expert_id)
        if expert is None or expert.deleted:
            lost.append("эксперт удалён")
        elif _has_refused(_assigned(session, ident, role, expert_id)):
            lost.append("эксперт отказался")
    return lost


def _seated(session: Session, ident: str) -> int:
    query = select(func.count()).where(ExamPlace.live(), ExamPlace.session_id == ident)
    return session.scalar(query) or 0


def _assigned(session: Session, ident: str, role: object, expert_id: str) -> Assignment | None:
    """This duty as it is or was, what is live first, then the latest."""
    query = select(Assignment).where(
        Assignment.session_id == ident, Assignment.expert_id == expert_id, Assignment.role == role
    )
    return session.scalar(query.order_by(Assignment.deleted, Assignment.n.desc()).limit(1))


def _has_refused(known: Assignment | None) -> bool:
    return known is not None and known.answer is Answer.REFUSED


def _revive(session: Session, row: ExamSession) -> None:
    """Out of the basket with its list of examinees, if that went there together with it."""
    together, row.deleted, row.deleted_by = row.deleted_by, False, None
    query = select(ExamPlace).where(
        ExamPlace.session_id == row.id, ExamPlace.deleted, ExamPlace.deleted_by == together
    )
    for seat in session.scalars(query):
        seat.deleted, seat.deleted_by = False, None


def _restore(session: Session, row: ExamSession, then: PlannedSitting) -> None:
    row.held = False
    row.kit_id, row.number, row.workshop_id = then.kit_id, then.number, then.workshop_id
    row.starts_at, row.ends_at = then.starts_at, then.ends_at
    row.second_day, row.preparation_day = then.second_day, then.preparation_day
    session.flush()
    if not _seated(session, row.id):
        row.head_count = then.head_count or None


def _restore_duties(session: Session, then: PlannedSitting) -> None:
    here = Assignment.live(), Assignment.session_id == then.id
    for one in session.scalars(select(Assignment).where(*here)):
        if one.answer is not Answer.REFUSED and (one.role, one.expert_id) not in then.duties:
            one.deleted, one.deleted_by = True, session.info.get("operation")
    for role, expert_id in sorted(then.duties):
        expert = session.get(Expert, expert_id)
        if expert is None or expert.deleted:
            continue
        known = _assigned(session, then.id, role, expert_id)
        if known is None:
            session.add(Assignment(session_id=then.id, expert_id=expert_id, role=role))
        elif not _has_refused(known):
            known.deleted, known.deleted_by, known.held = False, None, False
