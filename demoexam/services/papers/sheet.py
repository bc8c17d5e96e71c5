"""From the stored sitting to the values its papers are filled with."""

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache, partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from demoexam.documents.exam_sheet import (
    Draw,
    ExamSheet,
    GradeBounds,
    Module,
)
from demoexam.errors import NotFound, Refused
from demoexam.models.exams import ExamSession, WorkplaceDraw
from demoexam.models.groups import StudyGroup
from demoexam.models.kits import AssessmentKit, Specialty, TaskModule
from demoexam.models.organizations import Organization
from demoexam.models.places import ExamCenter, Workshop
from demoexam.rules.draw import METHOD_WORDS
from demoexam.rules.grading import Scale
from demoexam.rules.terms import ExamLevel
from demoexam.services.college.college import college_settings, grade_bounds
from demoexam.services.exams.drawn_places import changed_by_hand
from demoexam.services.exams.happenings import happenings
from demoexam.services.papers.board import board_of
from demoexam.services.papers.incidents import sitting_incidents
from demoexam.services.papers.letterhead import letterhead_of
from demoexam.services.papers.number_pattern import number_pattern
from demoexam.services.papers.people import (
    board_member,
    group_experts,
    representative,
    seats,
)
from demoexam.services.papers.plan import day_plan, room_of, shift_number
from demoexam.services.papers.results import Results
from demoexam.services.papers.season import season_of
from demoexam.services.papers.signers import deputy_of, director_of
from demoexam.services.plan.plan_facts import load_kits
from demoexam.text import clock, short_date

LEVELS = {
    ExamLevel.INTERIM: "промежуточная аттестация (ПА)",
    ExamLevel.BASIC: "ГИА, базовый (БУ)",
    ExamLevel.PROFILE: "ГИА, профильный (ПУ)",
}


def dated_sitting(session: Session, session_id: str) -> ExamSession:
    """A sitting that papers can be made for: it has a day."""
    sitting = session.get(ExamSession, session_id)
    if sitting is None or sitting.deleted:
        raise NotFound(what=f"экзамен {session_id}")
    if sitting.starts_at is None:
        raise Refused(
            "У экзамена не назначены дата и время: бумаги печатать рано.",
            "Откройте экзамен и назначьте день и начало.",
        )
    return sitting


def sheet_for(
    session: Session, session_id: str, *, number: str = "", draft: bool = False
) -> ExamSheet:
    """Everything known of a sitting, as the forms take it; `number` heads its documents."""
    sitting = dated_sitting(session, session_id)
    starts_at = _known(sitting.starts_at)
    facts = _Facts.of(session, sitting)
    modules = _modules(session, sitting.kit_id)
    bounds = grade_bounds(session, college_id=facts.group.college_id)
    people = seats(session, sitting)
    results = Results(
        modules,
        Scale(*bounds),
        happenings(session, session_id),
        changed_by_hand(session, session_id),
    )
    draw, _ = recorded_draw(session, session_id)
    deputy = deputy_of(session, facts.college.id)
    planned = sitting.head_count or facts.group.head_count or 0
    return ExamSheet(
        letterhead=letterhead_of(session, facts.college),
        number=number,
        exam_day=starts_at.date(),
        specialty=f"{facts.specialty.code} {facts.specialty.title}",
        numbering=number_pattern(session),
        kit_term=college_settings(session).kit_term,
        kit_code=facts.kit.code,
        level=LEVELS[facts.kit.level],
        center=facts.center_name,
        address=facts.address,
        exam_group=f"ЭГ-{sitting.number}",
        study_group=facts.group.name,
        shift=_shift(session, sitting),
        starts_at=starts_at,
        ended_at=results.ended_at(starts_at.date(), people),
        second_day=sitting.second_day,
        preparation_day=sitting.preparation_day,
        workplaces=facts.workshop.places if facts.workshop else None,
        experts=group_experts(session, sitting, starts_at.date()),
        least_experts=_least_experts(session, sitting, len(people) or planned),
        board_member=board_member(session, sitting, facts.college.id, starts_at.year),
        representative=representative(facts.host),
        participants=results.participants(people, facts.group.name),
        planned=planned,
        modules=modules,
        draw=draw,
        bounds=GradeBounds(*map(Fraction, bounds)),
        notes=results.notes(people),
        board=board_of(session, facts.college.id, starts_at.year),
        plan=cache(partial(day_plan, session, sitting)),
        season=cache(partial(season_of, session, sitting, deputy)),
        director=director_of(facts.college),
        deputy=deputy,
        incidents=sitting_incidents(session, session_id, people),
        draft=draft,
    )


def recorded_draw(session: Session, session_id: str) -> tuple[Draw | None, str]:
    """The draw in force and the sum of the list it was made on."""
    query = select(WorkplaceDraw).where(
        WorkplaceDraw.live(), WorkplaceDraw.session_id == session_id
    )
    row = session.scalars(query.order_by(WorkplaceDraw.drawn_at.desc()).limit(1)).first()
    if row is None:
        return None, ""
    drawn_on = row.method.partition(" ")[2]
    return Draw(row.seed, local_time(row.drawn_at), drawn_on, METHOD_WORDS, row.reason), drawn_on


def local_time(moment: datetime) -> datetime:
    """A stored UTC moment on the college's clock, as papers print it."""
    return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)


def utc_time(moment: datetime) -> datetime:
    """A moment of the college's clock as the store keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class _Facts:
    """The records a sitting points at."""

    group: StudyGroup
    college: Organization
    kit: AssessmentKit
    specialty: Specialty
    workshop: Workshop | None
    center: ExamCenter | None
    host: Organization | None  # on whose premises the exam is held

    @classmethod
    def of(cls, session: Session, sitting: ExamSession) -> "_Facts":
        group = session.get_one(StudyGroup, sitting.group_id)
        kit = session.get_one(AssessmentKit, sitting.kit_id)
        workshop = session.get(Workshop, sitting.workshop_id) if sitting.workshop_id else None
        center = (
            session.get(ExamCenter, workshop.exam_center_id)
            if workshop and workshop.exam_center_id
            else None
        )
        host = center.organization_id if center else workshop.organization_id if workshop else None
        return cls(
            group=group,
            college=session.get_one(Organization, group.college_id),
            kit=kit,
            specialty=session.get_one(Specialty, kit.specialty_id),
            workshop=workshop,
            center=center,
            host=session.get(Organization, host) if host else None,
        )

    @property
    def center_name(self) -> str:
        if self.workshop is None:
            return ""
        owner = self.center.name if self.center else self.host.short_name if self.host else ""
        return ", ".join(part for part in (owner, room_of(self.workshop)) if part)

    @property
    def address(self) -> str:
        known = (self.center, self.workshop, self.host)
        return next((one.address for one in known if one and one.address), "")


def _known(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("a sitting without a time")
    return moment


def _modules(session: Session, kit_id: str) -> list[Module]:
    columns = TaskModule.number, TaskModule.max_points, TaskModule.title
    query = select(*columns).where(TaskModule.live(), TaskModule.kit_id == kit_id)
    return [Module(*row) for row in session.execute(query.order_by(TaskModule.number))]


def _least_experts(session: Session, sitting: ExamSession, heads: int) -> int:
    kit = load_kits(session, [sitting.kit_id])[sitting.kit_id]
    row = kit.staffing_for(heads)
    return row.minimum if row else 0


def _shift(session: Session, sitting: ExamSession) -> str:
    """1 (09:00-13:00): which of the day's sittings in its workshop this one is."""
    starts_at = _known(sitting.starts_at)
    hours = f"{clock(starts_at)}-{clock(sitting.ends_at)}" if sitting.ends_at else clock(starts_at)
    return f"{shift_number(session, sitting)} ({hours})"


def sitting_title(sheet: ExamSheet) -> str:
    """ИСП-41, 18.06.2026, 1 (09:00-13:00): how a sentence names a sitting."""
    return f"{sheet.study_group}, {short_date(sheet.exam_day)}, смена {sheet.shift}"
